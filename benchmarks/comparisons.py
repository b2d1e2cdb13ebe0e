"""What we are measured against: each comparison prepares its inputs and returns what measures one pair."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import yaml
from highspy.highs import _Highs

from benchmarks import cases
from benchmarks.first_paint import seconds_until_shown
from benchmarks.measure import Benchmark, Pair, in_turn, stopwatch, timed
from partnerselect.allocation.check import ExactCheck
from partnerselect.analysis import analyse, analyse_unpriced
from partnerselect.arrays import FloatArray
from partnerselect.files import load
from partnerselect.model.criteria import LinearScale
from partnerselect.rows import ranking_json
from partnerselect.value.scoring import additive_values
from partnerselect.value.value_function import partial_values, side_by_side

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
SEED = 2021
CHECKS, MOST_FOR_A_CHECK = 20, 0.002
"""Times that a choice is checked, and seconds that one time may take."""
_FOLDER = tempfile.TemporaryDirectory()  # removed when the run ends

READING = ("numpy", "pydantic", "yaml")
"""What `check` cannot do without."""
SOLVING = (*READING, "pulp", "highspy")
"""What `rank` cannot do without."""
NO_TRIALS = ("--samples", "0")

FIRST_WORDS = "approving?"
"""The end of the question that view 1 answers; the app without us shows the same."""

BARE_APP = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("What am I approving?")

Bare().run()
"""


def command(name: str, *options: str, imports: Sequence[str]) -> Callable[[], Callable[[], Pair]]:
    """Return what runs a command on the shipped scenario from process start to end, warm.

    Against a process that only imports what it cannot do without.
    """
    ours = ("-m", "partnerselect", name, str(SHIPPED), *options)
    theirs = ("-c", f"import {', '.join(imports)}")
    return lambda: in_turn(lambda: _python(*ours), lambda: _python(*theirs))


def papers() -> Callable[[], Pair]:
    """Write the paper of the shipped scenario in three forms, against ranking it: whole processes."""
    forms = [str(Path(_FOLDER.name) / f"paper.{form}") for form in ("md", "html", "docx")]
    written = [word for form in forms for word in ("--out", form)]
    return in_turn(
        lambda: _python("-m", "partnerselect", "paper", str(SHIPPED), "--force", *written),
        lambda: _python("-m", "partnerselect", "rank", str(SHIPPED), "--format", "json"),
    )


def loading() -> Callable[[], Pair]:
    """Load and validate 500 partners with 20 scores each, against PyYAML's C loader on the same text."""
    path = _written("many-scores.yaml", cases.many_scores(partners=500, criteria=20, seed=SEED))
    return in_turn(
        lambda: load(path),
        lambda: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader),
    )


def scoring() -> Callable[[], Pair]:
    """Value 100,000 partners on 20 criteria, some scores unknown, against the one line of numpy that gives the same numbers."""
    scores, weights = cases.raw_scores(partners=100_000, criteria=20, seed=SEED)
    worst, best = 0.0, 10.0
    scale = LinearScale(worst=worst, best=best)

    def ours() -> FloatArray:
        values = side_by_side([partial_values(scores[:, c], scale) for c in range(scores.shape[1])])
        return additive_values(values, weights)

    def theirs() -> FloatArray:
        result: FloatArray = (
            np.where(
                np.isnan(scores), 50.0, np.clip((scores - worst) / (best - worst) * 100, 0, 100)
            )
            @ weights
        )
        return result

    np.testing.assert_allclose(ours(), theirs())
    return in_turn(ours, theirs)


def allocating() -> Callable[[], Pair]:
    """Answer 50 programmes × 20 partners × 4 needs, from the file to JSON: everything but the solver's own runs, against those."""
    path = _written(
        "many-needs.yaml", cases.many_needs(programmes=50, partners=20, needs=4, seed=SEED)
    )

    def pair() -> Pair:
        with stopwatch(_Highs, "run") as spent:
            whole = timed(lambda: json.dumps(ranking_json(analyse(load(path).scenario))))
        return whole - sum(spent), sum(spent)

    return pair


def checking() -> Callable[[], Pair]:
    """Recheck the choice of the shipped scenario in fractions, the scenario read anew, against 2 ms."""
    analysis = analyse_unpriced(load(SHIPPED).scenario)
    assert analysis.allocation.chosen is not None  # noqa: S101 - it has an answer
    chosen = analysis.allocation.chosen.tolist()

    def ours() -> None:
        for _ in range(CHECKS):
            ExactCheck(analysis.scenario, analysis.table).faults(chosen)

    return lambda: (timed(ours), CHECKS * MOST_FOR_A_CHECK)


def first_paint() -> Callable[[], Pair]:
    """Open the screens on the shipped scenario until the first words stand there, against one line in a bare app."""
    ours = [sys.executable, "-m", "partnerselect", "tui", str(SHIPPED)]
    theirs = [sys.executable, "-c", BARE_APP]
    return lambda: (
        seconds_until_shown(ours, FIRST_WORDS),
        seconds_until_shown(theirs, FIRST_WORDS),
    )


def _python(*arguments: str) -> None:
    nowhere = subprocess.DEVNULL
    subprocess.run([sys.executable, *arguments], check=True, stdout=nowhere, stderr=nowhere)


def _written(name: str, scenario: cases.Content) -> Path:
    return cases.write(scenario, Path(_FOLDER.name) / name)


BENCHMARKS = (
    Benchmark(
        "check the shipped scenario, from start to end",
        "importing numpy, pydantic, yaml",
        1.6,
        command("check", imports=READING),
    ),
    Benchmark(
        "rank the shipped scenario, from start to end, no trials",
        "importing numpy, pydantic, yaml, pulp, highspy",
        2.5,
        command("rank", "--format", "json", *NO_TRIALS, imports=SOLVING),
    ),
    Benchmark(
        "rank the shipped scenario, from start to end, 10,000 trials and 1,000 choices",
        "importing numpy, pydantic, yaml, pulp, highspy",
        5.0,
        command("rank", "--format", "json", imports=SOLVING),
    ),
    Benchmark("paper in Markdown, HTML and Word in one call", "rank", 2.0, papers),
    Benchmark("value 100,000 partners × 20 criteria", "plain numpy", 1.3, scoring, pairs=25),
    Benchmark(
        "all but solving, 50 programmes × 20 partners × 4 needs",
        "the solver's own runs",
        0.1,
        allocating,
        pairs=1,
    ),
    Benchmark("load 500 partners × 20 scores", "PyYAML's C loader", 2.0, loading),
    Benchmark("the exact check of the shipped choice", "2 ms each", 1.0, checking),
    Benchmark("first paint of the screens", "a bare Textual app", 1.5, first_paint),
)
