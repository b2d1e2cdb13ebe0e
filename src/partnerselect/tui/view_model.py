"""Everything the screens show of one scenario, as plain rows.

The engine is imported when the first row is asked for, in the worker.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerselect import rows
from partnerselect.errors import Loc, Problem
from partnerselect.tui.charts.words import Row
from partnerselect.words import amount, within_words

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.files import Places
    from partnerselect.model import Scenario


@dataclass(frozen=True)
class Selection:
    """What is looked at, whichever view shows it: a programme, and partners of it; or nothing."""

    programme: str | None = None
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ViewModel:
    """An analysed scenario and the files it came from.

    Equal to itself alone, for arrays have no one answer to whether they are equal.
    """

    analysis: Analysis
    sources: tuple[Path, ...]
    places: Places | None = None
    """Where everything stands in the files; None of what was never written."""
    slips: tuple[Problem, ...] = ()
    """What only the files show of what is allowed but probably not meant."""
    findings: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    """What came of queries about it, by name; a Failure where nothing did. Fuller ones share them.
    """
    is_priced: bool = field(default=True, compare=False)
    """Whether every reason is worked out."""

    def fuller(self, analysis: Analysis) -> ViewModel:
        """Return the view model of the same choice once more is known of it.

        What was found out about it stays.
        """
        return replace(self, analysis=analysis, is_priced=True)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was analysed."""
        return self.analysis.scenario

    @property
    def title(self) -> str:
        """What the decision is called."""
        return self.scenario.title

    @property
    def weights_changed(self) -> bool:
        """Whether weights are others than those fixed in the register."""
        from partnerselect.value import weights_since_frozen

        return bool(weights_since_frozen(self.scenario))

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.scenario.currency

    @property
    def partners(self) -> dict[str, str]:
        """Titles of the partners by id."""
        return self.scenario.partner_titles

    @property
    def programmes(self) -> dict[str, str]:
        """Titles of the programmes by id."""
        return {name: programme.title for name, programme in self.scenario.programmes.items()}

    @property
    def first_programme(self) -> str:
        """The programme to look at before one is pointed at, at the level at which it runs."""
        return str(self.approvals[0]["id"])

    @property
    def short_names(self) -> dict[str, str]:
        """Names of partners and programmes where there is little room, by title."""
        scenario = self.scenario
        partners = {one.title: one.short for one in scenario.partners.values() if one.short}
        programmes = {
            one.title: one.short for one in scenario.named_programmes.values() if one.short
        }
        levels = {one.dose.title for one in scenario.programmes.values() if one.dose}
        at_levels = {
            f"{title} (at {level})": f"{short} (at {level})"
            for title, short in partners.items()
            for level in levels
        }
        return partners | programmes | at_levels

    @cached_property
    def report(self) -> Row:
        """What `rank --format json` prints, each level a programme of its own."""
        return rows.ranking_report(self.analysis)

    @cached_property
    def approvals(self) -> list[Row]:
        """One row a programme."""
        return rows.approval_rows(self.analysis)

    @cached_property
    def extras(self) -> list[Row]:
        """Costs that belong to no programme."""
        return rows.extra_rows(self.analysis)

    @cached_property
    def gauges(self) -> list[Row]:
        """Every limit, the most used first."""
        return rows.gauge_rows(self.analysis)

    def drawn(self) -> ViewModel:
        """Work out the rows that the first screen needs, where it may take time."""
        _ = self.report, self.approvals, self.extras, self.gauges
        return self

    @property
    def has_answer(self) -> bool:
        """Whether there is a choice to recommend."""
        return self.report["portfolio"] is not None

    @property
    def summary(self) -> str:
        """What it all comes to, or why there is nothing to sum up."""
        state, portfolio = self.report["status"]["state"], self.report["portfolio"]
        if portfolio is None:
            return (
                "no choice meets everything"
                if state == "infeasible"
                else "no choice found in the time allowed"
            )
        told = (
            f"{amount(portfolio['own_cost'], self.currency)} from us ·"
            f" {amount(portfolio['cost'], self.currency)} in all"
        )
        gap = self.report["status"]["gap"] or 0.0
        return told if state == "optimal" else f"{within_words(gap)} · {told}"

    def place(self, loc: Loc, words: str) -> str:
        """Return file, line and column of what is said of a value; empty where it has none."""
        place = None if self.places is None else self.places.locate(Problem(loc, words)).place
        return place.label if place else ""

    def best_programme(self, partner: str) -> str:
        """Return the programme in which a partner is chosen, or else ranks best."""
        rows = [row for row in self.report["ranking"] if row["partner"] == partner]
        return str(
            min(rows, key=lambda row: (not row["chosen"], row["rank"] is None, row["rank"] or 0))[
                "programme"
            ]
        )

    def ranking(self, programme: str) -> list[Row]:
        """Return all partners of a programme, best first."""
        found = (row for row in self.report["ranking"] if row["programme"] == programme)
        return rows.with_names(self.scenario, found)

    def legend(self, programme: str) -> list[tuple[str, float]]:
        """Return the title and weight of every criterion, as they hold for a programme."""
        weights = rows.weights_of(self.analysis, programme)
        return [
            (criterion.title, weights[path])
            for path, criterion in self.scenario.criteria.leaves.items()
        ]
