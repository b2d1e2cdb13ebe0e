"""What is optional never takes the answer with it, in whatever it is printed.

Every optional question is made to break down, one at a time, while everything else works: the
recommendation stands in every output, the exit code is 0, and the reason stands where the question
would have. A new question, or a new place that attempts one, fails until it has its line here.
"""

from __future__ import annotations

import ast
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path
from typing import Any

import highspy
import openpyxl
import pytest
from click.testing import CliRunner

from partnerselect import analysis, files
from partnerselect.cli import main
from partnerselect.cli.output import FORMATS
from partnerselect.report.formats import PAPER_FORMATS
from partnerselect.tui.plain import PlainApp, listen
from tests.tui.delivered import PATIENCE

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "partnerselect"
pytestmark = [
    pytest.mark.filterwarnings("always:Something could not be worked out"),
    pytest.mark.filterwarnings("ignore:.* extension is not supported"),  # of openpyxl
]


@dataclass(frozen=True)
class Question:
    """What is asked beside the answer."""

    at: tuple[str, ...]
    """`module:function` or `module:Class.method`: where it is made to break down."""
    attempted: tuple[str, ...]
    """The functions that attempt it, by module."""
    shown: tuple[tuple[str, ...], ...]
    """The commands that would print what it finds, and the table of it where that is not the first."""
    on_paper: bool = True
    """Whether the paper would."""
    solves: bool = True
    """Whether the solver is asked, so that it may die or run out of time."""
    in_rows: bool = True
    """Whether it is asked for CSV."""


RANK = ("rank", "PATH", "--second-opinions", "--table", "ranking")
RECOMMENDED, EXPLAIN = ("rank", "PATH"), ("explain", "PATH", "dry-homes")
FRONTIER, ROBUSTNESS = ("frontier", "PATH"), ("robustness", "PATH")
JUDGE, NEAR = ("judge", "PATH"), ("alternatives", "PATH", "--within", "20")
WITHOUT = (*FRONTIER, "--table", "with-and-without")
LIMITS = (*FRONTIER, "--table", "limit-prices")
QUESTIONS = {
    "draws": Question(
        ("robustness.simulation:_Simulation.results",),
        ("robustness.simulation.simulate",),
        (RECOMMENDED, ROBUSTNESS),
        solves=False,
    ),
    "amounts over draws": Question(
        ("allocation.overruns:_overruns",),
        ("allocation.overruns.amounts_over_trials",),
        ((*ROBUSTNESS, "--table", "amounts"),),
        solves=False,
    ),
    "choices over draws": Question(
        ("allocation.choices:_TrialChoices.solved",),
        ("allocation.choices.portfolio_stability",),
        (RECOMMENDED, ROBUSTNESS),
    ),
    "regrets": Question(
        ("allocation.choices:TrialRegrets.__call__",),
        ("allocation.judging._answered", "allocation.near_best.few"),
        (JUDGE,),
        on_paper=False,
        solves=False,
    ),
    "prices": Question(
        ("allocation.wish_prices:_price",), ("allocation.wish_prices.price_wishes",), (RANK,)
    ),
    "ways back": Question(
        ("allocation.unlocking:_Asked.ask",), ("advice.reasons._ways_back",), (RECOMMENDED,)
    ),
    "opened gates": Question(
        ("allocation.alternatives:_alternative",),
        ("allocation.alternatives._alternatives",),
        (RECOMMENDED, WITHOUT),
    ),
    "choosing otherwise": Question(
        ("allocation.alternatives:_in_the_model",),
        ("allocation.alternatives.programme_alternatives",),
        (EXPLAIN,),
        on_paper=False,
        in_rows=False,
    ),
    "second opinions": Question(
        ("value.opinions:topsis_by_vector",),
        ("value.opinions._opinions",),
        (RANK,),
        on_paper=False,
        solves=False,
    ),
    "frontier": Question(
        ("allocation.budget_frontier:_collect",),
        ("allocation.budget_frontier.frontier",),
        (FRONTIER,),
    ),
    "limit prices": Question(
        ("allocation.limit_pricing:_worked_out",),
        ("allocation.limit_pricing.limit_prices",),
        (LIMITS,),
        on_paper=False,
    ),
    "alternatives": Question(
        ("allocation.near_best:_NearBest.all",),
        ("allocation.near_best.nearly_best",),
        (NEAR,),
        solves=False,
    ),
    "judged plans": Question(
        ("allocation.judging:_Judge._possible_plan", "allocation.judging:_Judge._completed"),
        ("allocation.judging._answered",),
        (JUDGE,),
        on_paper=False,
    ),
}


def scenario() -> dict[str, Any]:
    """Return a case in which every question has something to say: one programme is deferred, one decision open."""
    data: dict[str, Any] = json.loads(
        json.dumps(files.load(ROOT / "scenarios" / "aid-agency.yaml").scenario.data, default=str)
    )
    data["gates"] = {"door": {"title": "A door", "status": "unknown"}}
    data["partners"]["rapid-build"]["gate"] = "door"
    data["programmes"]["dry-homes"]["needs"]["shelter"] = {"low": 70, "likely": 80, "high": 100}
    data["limits"] = {"budget": 20000}
    data["plans"] = {"proposed": {"title": "A plan", "choose": {"dry-homes": "deferred"}}}
    data["analysis"] = {"samples": 60, "choice-samples": 20, "seed": 1}
    return data


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("optional") / "scenario.yaml"
    file.write_text(json.dumps(scenario()), encoding="utf-8")
    return str(file)


@contextmanager
def broken(question: Question, how: Breakdown) -> Iterator[None]:
    """Let whatever the question asks break down; the rest of the programme works."""
    with pytest.MonkeyPatch.context() as patch:
        for at in question.at:
            module, name = at.split(":")
            owner: Any = import_module(f"partnerselect.{module}")
            *inside, last = name.split(".")
            for one in inside:
                owner = getattr(owner, one)
            patch.setattr(owner, last, _breaking(getattr(owner, last), how))
        yield


def _breaking(real: Callable[..., Any], how: Breakdown) -> Callable[..., Any]:
    def asked(*args: Any, **named: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            how(patch)
            return real(*args, **named)

    return asked


Breakdown = Callable[[pytest.MonkeyPatch], None]


def _out_of_memory(_: pytest.MonkeyPatch) -> None:
    raise MemoryError


def _solver_dies(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(highspy.Highs, "getModelStatus", lambda _: highspy.HighsModelStatus.kSolveError)


def _time_runs_out(patch: pytest.MonkeyPatch) -> None:
    """Let an hour go by at every look at the clock."""
    hours = iter(range(1, 1_000_000))
    now = time.perf_counter()
    patch.setattr(time, "perf_counter", lambda: now + 3600 * next(hours))


MISSING = re.compile(
    "went wrong on our side|came to no answer|in the time allowed|not worked out|there may be more"
)
"""The reason in words."""
TOKEN = re.compile(r'"why": "(fault|solver|time)"')
"""The same for programs."""


def invoke(path: str, *arguments: str) -> tuple[str, str]:
    """Return what is printed and what is said beside it; the exit code is 0."""
    result = CliRunner().invoke(main, [path if word == "PATH" else word for word in arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout, result.stderr


def places() -> Iterator[str]:
    """Yield every function that attempts something, as `module.function`."""
    for file in SOURCE.rglob("*.py"):
        module = ".".join(file.relative_to(SOURCE).with_suffix("").parts)
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(one, ast.Call)
                and isinstance(one.func, ast.Name)
                and one.func.id == "attempted"
                for one in ast.walk(function)
            ):
                yield f"{module}.{function.name}"


NEEDED = {
    "analyse": "the answer itself and what `priced` adds",
    "analyse_unpriced": "the answer itself and the draws",
    "analyse_with_choices": "what `priced` adds, and choices over draws",
    "priced": "prices, ways back and opened gates",
    "with_choices": "choices over draws",
    "choices": "choices over draws",
    "why_not": "one of the prices",
    "alternatives_for": "choosing otherwise",
    "opinions": "second opinions",
    "spending": "the frontier",
    "prices": "limit prices",
    "with_and_without": "as opened gates are",
    "judge": "judged plans, and their regrets",
    "judge_as_written": "an exact check of plans, at once: no solver is asked where all is written",
    "as_planned": "sums over a plan that was judged",
    "alternatives": "alternatives",
    "uncertain_amounts": "amounts over draws",
    **dict.fromkeys(
        (
            "comparison",
            "intervals",
            "margins",
            "turning_points",
            "first_turning_point",
            "turning_points_between",
        ),
        "sums over scores and weights: neither solver nor trials are asked",
    ),
    **dict.fromkeys(
        ("worth_knowing", "agreement", "judgements"),
        "sums over scores, weights and trials that are there",
    ),
}
"""Every question of `analysis.py`, and which line above breaks it; else why none does."""


def test_every_optional_question_and_every_output_is_walked_here() -> None:
    asked = {
        name
        for name, one in getmembers(analysis, isfunction)
        if one.__module__ == analysis.__name__ and not name.startswith("_")
    }
    assert asked - {"asked_once"} == NEEDED.keys()
    assert set(places()) == {place for one in QUESTIONS.values() for place in one.attempted}
    assert set(FORMATS) == {"table", "csv", "markdown", "json", "jsonl"}
    assert set(PAPER_FORMATS) == PAPERS.keys()


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_breaks_down_is_missing_with_its_reason_and_the_rest_stands(
    name: str, path: str
) -> None:
    question = QUESTIONS[name]
    with broken(question, _out_of_memory):
        for command in question.shown:
            for form in FORMATS:
                if form == "csv" and not question.in_rows:
                    continue
                printed, said = invoke(path, *_with(command, form))
                where = f"{' '.join(command)} --format {form}"
                assert MISSING.search(printed + said) or TOKEN.search(printed), where
                if form in {"table", "markdown"}:
                    assert MISSING.search(" ".join(printed.split())), where
                if command[0] == "rank":
                    assert "Village Union" in printed, where


def _with(command: tuple[str, ...], form: str) -> tuple[str, ...]:
    """Return a command in a form; only rows and Markdown are of one table."""
    end = command.index("--table") if "--table" in command else None
    return (*(command if form in {"csv", "markdown"} else command[:end]), "--format", form)


@pytest.mark.parametrize("how", [_solver_dies, _time_runs_out])
@pytest.mark.parametrize("name", [name for name, one in QUESTIONS.items() if one.solves])
def test_so_it_is_where_the_solver_dies_or_time_runs_out(
    name: str, how: Breakdown, path: str
) -> None:
    command = QUESTIONS[name].shown[0]
    with broken(QUESTIONS[name], how):
        printed, _ = invoke(path, *_with(command, "table"))
    assert MISSING.search(" ".join(printed.split()))
    assert command[0] != "rank" or "Village Union" in printed


def _word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return re.sub("<[^>]+>", " ", parts.read("word/document.xml").decode())


def _cells(content: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row
    )


PAPERS: dict[str, Callable[[bytes], str]] = {
    ".md": bytes.decode,
    ".html": bytes.decode,
    ".docx": _word,
    ".xlsx": _cells,
}
NOT_IN_THE_WORKBOOK = {"opened gates"}
"""What it has no room for, broken or not."""


@pytest.mark.parametrize("name", [name for name, one in QUESTIONS.items() if one.on_paper])
def test_every_paper_is_written_whatever_breaks_down(name: str, path: str, tmp_path: Path) -> None:
    files_of = {suffix: tmp_path / f"paper{suffix}" for suffix in PAPERS}
    with broken(QUESTIONS[name], _out_of_memory):
        out = [word for file in files_of.values() for word in ("--out", str(file))]
        invoke(path, "paper", "PATH", "--full", *out)
    for suffix, read in PAPERS.items():
        text = read(files_of[suffix].read_bytes())
        assert "Village Union" in text, suffix
        if not (suffix == ".xlsx" and name in NOT_IN_THE_WORKBOOK):
            assert "went wrong on our side" in " ".join(text.split()), suffix


async def test_the_screens_tell_the_answer_where_everything_beside_it_breaks_down(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once, and each view says what it lacks."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    app, out = PlainApp([Path(path)]), io.StringIO()
    with ExitStack() as stack:
        for question in QUESTIONS.values():
            stack.enter_context(broken(question, _out_of_memory))
        await listen(app, [f"{key}\n" for key in "124579"], out)
        assert app.is_at_rest(PATIENCE)
    told = " ".join(out.getvalue().split())
    assert "Safe water Village Union" in told
    assert "Calculating …" not in told
    for words in (
        "What would bring it back could not be worked out",
        "what choosing it would cost could not be worked out",
        "What the trials say could not be worked out",
        "How often the same would be chosen again was not worked out",
        "Which choices cost less could not be worked out",
        "what its next step would bring could not be worked out",
        "Which plans are almost as good could not be worked out",
    ):
        assert words in told
