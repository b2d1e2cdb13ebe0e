"""What we are measured against: each comparison prepares its inputs and returns what measures one pair."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks import cases
from benchmarks.first_paint import seconds_until_shown
from benchmarks.measure import Benchmark, Pair, in_turn
from partnerselect.files import load

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
SEED = 2021
_FOLDER = tempfile.TemporaryDirectory()  # removed when the run ends

IMPORTS = "import click, highspy, numpy, pulp, pydantic, yaml"
"""What `rank` cannot do without."""

BARE_APP = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Recommendation")

Bare().run()
"""


def ranking() -> Callable[[], Pair]:
    """Rank the shipped scenario from a cold process, against a process that only imports."""
    return in_turn(
        lambda: _python("-m", "partnerselect", "rank", str(SHIPPED), "--samples", "0", "--format", "json"),
        lambda: _python("-c", IMPORTS),
    )


def loading() -> Callable[[], Pair]:
    """Load and validate 500 partners with 20 scores each, against PyYAML's C loader on the same text."""
    path = _written("many-scores.yaml", cases.many_scores(partners=500, criteria=20, seed=SEED))
    return in_turn(lambda: load(path), lambda: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def first_paint() -> Callable[[], Pair]:
    """Open the screens on the shipped scenario until the first words stand there, against one line in a bare app."""
    ours = [sys.executable, "-m", "partnerselect", "tui", str(SHIPPED)]
    theirs = [sys.executable, "-c", BARE_APP]
    return lambda: (seconds_until_shown(ours, "Recommendation"), seconds_until_shown(theirs, "Recommendation"))


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _written(name: str, scenario: cases.Content) -> Path:
    return cases.write(scenario, Path(_FOLDER.name) / name)


BENCHMARKS = (
    Benchmark("rank the shipped scenario, cold, no draws", "importing its libraries", 1.6, ranking),
    Benchmark("load 500 partners × 20 scores", "PyYAML's C loader", 2.0, loading),
    Benchmark("first paint of the screens", "a bare Textual app", 1.5, first_paint),
)
