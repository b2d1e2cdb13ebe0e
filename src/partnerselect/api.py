"""The package for Python: load a scenario, vary it, analyse it, and have the answer as DataFrames.

What `import partnerselect` offers stands here and nowhere else; all other modules may change.
"""

from __future__ import annotations

import html
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite, nan
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from partnerselect import (
    advice,
    analysis as asked,
    batches,
    files as reading,
    report,
    rows,
    tables,
)
from partnerselect.errors import FailureError, InputError, Problem, option_error
from partnerselect.model import Scenario as Content, named, plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Analysis",
    "Batch",
    "FailureError",
    "InputError",
    "Scenario",
    "analyse",
    "batch",
    "load",
]
AT_LEAST_ONE = "a whole number, 1 or more"
Rows = Sequence[dict[str, Any]]
Found = TypeVar("Found")


class Scenario:
    """Everything one choice depends on: programmes, partners, scores, prices, limits."""

    def __init__(self, content: Content, loaded: reading.Loaded | None = None) -> None:
        self._content, self._loaded = content, loaded

    @property
    def id(self) -> str:
        """The stem of its file."""
        return self._content.id

    @property
    def title(self) -> str:
        """What it is called."""
        return self._content.title

    @property
    def data(self) -> dict[str, Any]:
        """All that it says, as plain data: what stands in its file and in all that it names."""
        return self._content.data

    def change(self, path: str, value: Any) -> Scenario:  # noqa: ANN401 - as in a file
        """Return the scenario with one value changed; it stays as it is.

        Args:
            path: the keys to the value, `limits.budget`.
            value: what would stand there in a file; None removes an entry.

        Raises:
            InputError: there is no such path, or the value is not allowed there.
        """
        stated: Any = path
        if not (isinstance(stated, str) and stated):
            raise option_error("path", f"must be text, such as limits.budget (found {stated!r})")
        return Scenario(self._content.with_change(path, plain(value)), self._loaded)

    def check(self) -> pd.DataFrame:
        """Return what good practice lacks: `severity`, `path`, `words`, `mend`, `source`, `id`."""
        import pandas as pd

        slips = self._loaded.slips if self._loaded else ()
        found = [
            {**row, "path": Problem(row["loc"], "").path}
            for row in rows.check_rows(advice.examine(self._content), slips)
        ]
        return pd.DataFrame(found, columns=["severity", "path", "words", "mend", "source", "id"])

    def __repr__(self) -> str:
        """Say which scenario it is, and how large."""
        sizes = f"{len(self._content.entries)} programmes, {len(self._content.partners)} partners"
        return f"<Scenario {self.id!r}: {self.title}; {sizes}>"


class Analysis:
    """The answer to a scenario: who should do what, why, and how sure that is."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._found = asked.analyse_with_choices(scenario._content)  # noqa: SLF001 - ours

    @property
    def state(self) -> str:
        """How the search ended: `optimal`, `within-gap`, `infeasible` or `no-answer-yet`."""
        return self._found.allocation.state

    @property
    def value(self) -> float | None:
        """Portfolio value, 0 to 100; None without an answer."""
        account = self._found.allocation.account
        return account.value if account else None

    @property
    def own_cost(self) -> float | None:
        """What the recommended choice costs us; None without an answer."""
        account = self._found.allocation.account
        return account.own_cost if account else None

    def recommendation(self) -> pd.DataFrame:
        """Return a row for each programme, for what belongs to none, and for the whole."""
        return _frame("recommendation", tables.flat_recommendation(self._found))

    def ranking(self, *, second_opinions: bool = False) -> pd.DataFrame:
        """Return every partner of every programme, best first, the ineligible last."""
        opinions = asked.opinions(self._found) if second_opinions else ()
        return _frame("ranking", tables.flat_ranking(self._found, opinions))

    def allocation(self) -> pd.DataFrame:
        """Return who delivers what, when and at what cost."""
        return _frame("allocation", tables.flat_allocation(self._found))

    def limits(self) -> pd.DataFrame:
        """Return every limit and how far it is used."""
        return _frame("limits", tables.flat_limits(self._found))

    def standings(self) -> pd.DataFrame:
        """Return how often each partner is first over the trials."""
        return _frame("standings", tables.flat_standings(self._found))

    def intervals(self) -> pd.DataFrame:
        """Return how far each weight can move before another partner leads."""
        return _frame("intervals", tables.flat_intervals(self._found))

    def questions(self) -> pd.DataFrame:
        """Return the open scores that are worth finding out."""
        return _frame("questions", tables.flat_questions(self._found))

    def amounts(self) -> pd.DataFrame:
        """Return what money and days may come to over the trials, where they are ranges."""
        return _frame("amounts", tables.flat_amounts(self._found))

    def frontier(self, *, step: float | None = None) -> pd.DataFrame:
        """Return what more or less money would buy; `step` takes costs in steps of an amount.

        Raises:
            InputError: the step is no number of more than 0.
        """
        if step is not None:
            _require(step, Real, "step", "a finite number, more than 0", lambda one: one > 0)
        found = rows.frontier_rows(asked.spending(self._found, step=step))
        return _frame("frontier", tables.flat_frontier({"frontier": found}))

    def plans(self, *plans: str, table: str = "plans") -> pd.DataFrame:
        """Return how plans stand that somebody proposes: all of them, or those named.

        Args:
            plans: ids or titles; without any, all that the scenario states.
            table: `plans`, `plan-choices`, `broken` or `differences`, as of `judge`.

        Raises:
            InputError: no plan, or no table, is called so.
        """
        content = self._found.scenario
        known = [named("plan", content.all_plans, plan) for plan in plans]
        found = asked.judge(self._found, known or tuple(content.all_plans))
        return _asked(tables.JUDGED_ROWS, table, self._found, found)

    def alternatives(
        self, *, within: float = 1.0, most: int = 200, table: str = "alternatives"
    ) -> pd.DataFrame:
        """Return the choices almost as good as the recommended one.

        Args:
            within: points below the best; per cent above the least cost with that aim.
            most: after how many the list ends.
            table: `alternatives`, `alternative-choices` or `agreement`.

        Raises:
            InputError: no table is called so, or a number is not allowed there.
        """
        _require(within, Real, "within", "a finite number, 0 or more", lambda one: one >= 0)
        _require(most, Integral, "most", AT_LEAST_ONE, lambda one: one >= 1)
        found = asked.alternatives(self._found, within=within, most=most)
        return _asked(tables.NEAR_ROWS, table, self._found, found)

    def explain(self, programme: str, why: str | None = None, why_not: str | None = None) -> str:
        """Say in words why one partner comes before another for a programme.

        Args:
            programme: its id or title.
            why: the partner asked for, by id or title; else the one chosen.
            why_not: the one it is held against; else the one chosen, of that the main alternative.

        Raises:
            InputError: none is called so, both are the same, or there is only one partner.
        """
        programme, why, why_not = rows.named_pair(self._found.scenario, programme, why, why_not)
        programme = self._found.recommendation.entry_of(programme)
        pair = rows.partner_comparison(self._found, programme, why, why_not)
        assert pair is not None  # noqa: S101 - there are two partners
        wished = asked.why_not(self._found, programme, pair.wished)
        return " ".join(rows.explanation_summary(pair, wished))

    def json(self) -> dict[str, Any]:
        """Return what `rank --format json` prints."""
        return rows.ranking_json(self._found)

    def paper(self, *files: str | Path, plan: str | None = None) -> None:
        """Write the board paper or the workbook, by the suffix of each file; what is there goes.

        Args:
            files: where to write; `.md`, `.html`, `.docx` or `.xlsx`.
            plan: the plan that it is for, by id or title, instead of the recommended choice.

        Raises:
            InputError: there is no paper of such a name, or no plan is called so.
            FailureError: a file could not be written.
        """
        if plan is not None:
            wanted = named("plan", self._found.scenario.all_plans, plan)
            Analysis(self.scenario.change("paper.plan", wanted)).paper(*files)
            return
        makers = {Path(file): report.maker_of(report.suffix_of(Path(file).name)) for file in files}
        material = report.Material(self._found)
        for file, make in makers.items():
            try:
                reading.write_whole(file, make(material))
            except OSError as error:
                told = f"{file} could not be written ({error.strerror or error})"
                raise FailureError(told) from error

    def __repr__(self) -> str:
        """Say how the search ended and what it is worth."""
        worth = "" if self.value is None else f", value {self.value:.1f} of 100"
        return f"<Analysis of {self.scenario.id!r}: {self.state}{worth}>"

    def _repr_html_(self) -> str:
        """Return the recommendation as a notebook shows it."""
        import pandas as pd

        table = tables.recommendation_table(self._found)
        cells = [["".join(span.words for span in text) for text in row] for row in table.texts()]
        shown = pd.DataFrame(cells, columns=[column.heading for column in table.columns])
        note = "<br>".join(html.escape(line) for line in table.note.split("\n"))
        return f"<h4>{html.escape(table.heading)}</h4>{shown.to_html(index=False)}<p>{note}</p>"


class Batch:
    """The results of many cases, in a folder."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the folder: `summary`, `programmes`, `recommendations` or another.

        Raises:
            InputError: no table there is called so.
        """
        import pandas as pd

        found = {one.stem: one for one in sorted(self.folder.glob("*.csv"))}
        table = found[named("table", found, name)]
        return pd.read_csv(table, dtype_backend="numpy_nullable")

    def __repr__(self) -> str:
        """Say where the results stand."""
        return f"<Batch in {str(self.folder)!r}>"


def load(path: str | Path, *, root: str | Path | None = None) -> Scenario:
    """Load a scenario from its file and all that it names.

    What the files allow but probably do not mean is said as a warning.

    Raises:
        InputError: a file cannot be read, or what it says cannot be meant; all at once, each with
            its place.
    """
    loaded = reading.load(Path(path), root=None if root is None else Path(root))
    for problem in loaded.warnings:
        warnings.warn(str(problem), stacklevel=2)
    return Scenario(loaded.scenario, loaded)


def analyse(
    scenario: str | Path | Scenario,
    *,
    samples: int | None = None,
    seed: int | None = None,
    time_limit: float | None = None,
) -> Analysis:
    """Find who should do what.

    Args:
        scenario: a file, or what was loaded from one.
        samples: how many trials; 0 for none.
        seed: of the trials.
        time_limit: seconds for the choice; reasons and trials get as long again.

    Raises:
        InputError: the scenario cannot be used.
        FailureError: the solver broke down.
    """
    found = scenario if isinstance(scenario, Scenario) else load(scenario)
    stated = {"samples": samples, "seed": seed, "time-limit": time_limit}
    for key, value in stated.items():
        if value is not None:
            found = found.change(f"analysis.{key}", value)
    return Analysis(found)


def batch(
    *scenarios: str | Path | Scenario,
    out: str | Path,
    workers: int | None = None,
    resume: bool = False,
    most_cases: int = batches.MOST_CASES,
) -> Batch:
    """Run scenarios and their sweeps, and write their tables into a folder.

    Args:
        scenarios: files, or what was loaded from them.
        out: the folder; empty, or of an interrupted run with `resume`.
        workers: processes that work at once; one a core if not said.
        resume: go on with what was interrupted.
        most_cases: refuse to begin more cases than so many.

    Raises:
        InputError: a scenario or the folder cannot be used, or there are too many cases.
        FailureError: the folder cannot be written; what was finished stays.
    """
    if not scenarios:
        raise option_error("scenarios", "name one or more")
    if workers is not None:
        _require(workers, Integral, "workers", AT_LEAST_ONE, lambda one: one >= 1)
    sources = [source for one in scenarios for source in _sources(one)]
    batches.refuse_too_many(sources, most_cases, "most_cases={cases}")
    folder, works = Path(out), batches.engine(workers)
    batches.complete(
        batches.plan(batches.with_unique_names(sources)),
        folder,
        works,
        lambda *_: None,
        resume=resume,
    )
    return Batch(folder)


def _sources(scenario: str | Path | Scenario) -> list[batches.Source]:
    if not isinstance(scenario, Scenario):
        path = Path(scenario)
        return list(batches.sources_in(reading.load(path, root=None), path, {}))
    content, loaded = scenario._content, scenario._loaded  # noqa: SLF001 - our own
    read = tuple((str(one), batches.hashed(one)) for one in (loaded.sources if loaded else ()))
    return [batches.Source(scenario.id, content, f"{scenario.id} (in Python)", read, {})]


def _require(
    value: Any,  # noqa: ANN401 - whatever was given
    kind: type,
    name: str,
    words: str,
    fits: Callable[[Any], bool],
) -> None:
    """Refuse a number that is none, or not allowed, as the command does; raises InputError."""
    number: Any = value if isinstance(value, kind) and not isinstance(value, bool) else nan
    if not isfinite(number) or not fits(number):
        raise option_error(name, f"must be {words} (found {value!r})")


def _asked(
    known: Mapping[str, Callable[[asked.Analysis, Found], Iterable[dict[str, Any]]]],
    table: str,
    analysis: asked.Analysis,
    found: Found,
) -> pd.DataFrame:
    name = named("table", known, table)
    return _frame(name, list(known[name](analysis, found)))


def _frame(name: str, rows: Rows) -> pd.DataFrame:
    return tables.frame(tables.flat_layout(name, rows), rows)
