"""Everything the screens show of one scenario, as plain rows.

The engine is imported when the first row is asked for, in the worker.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerselect.errors import Problem, dotted
from partnerselect.words import amount, within_words

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.files import Places

Row = dict[str, Any]
UNMOVED = (
    "extras",
    "gauges",
    "checks",
    "places_of_checks",
    "practice",
    "evidence_by_partner",
)
"""What reasons and shares do not change."""


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
    warnings: tuple[str, ...] = ()
    places: Places | None = None
    """Where everything stands in the files; None of what was never written."""
    findings: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    """What came of queries about it, by name; a Failure where nothing did. Fuller ones share them.
    """
    is_priced: bool = field(default=True, compare=False)
    """Whether every reason is worked out."""

    def fuller(self, analysis: Analysis) -> ViewModel:
        """Return the view model of the same choice once more is known of it.

        What was found out about it stays.
        """
        more = replace(self, analysis=analysis, is_priced=True)
        more.__dict__.update(
            {name: self.__dict__[name] for name in UNMOVED if name in self.__dict__}
        )
        return more

    @property
    def title(self) -> str:
        """What the decision is called."""
        return self.analysis.scenario.title

    @property
    def as_at(self) -> str | None:
        """The date up to which evidence counts."""
        date = self.analysis.scenario.as_at
        return None if date is None else date.isoformat()

    @property
    def illustrative(self) -> bool:
        """Whether its figures are made up."""
        return self.analysis.scenario.illustrative

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.analysis.scenario.currency

    @property
    def partners(self) -> dict[str, str]:
        """Titles of the partners by id."""
        return {name: partner.title for name, partner in self.analysis.scenario.partners.items()}

    @property
    def programmes(self) -> dict[str, str]:
        """Titles of the programmes by id."""
        return {
            name: programme.title for name, programme in self.analysis.scenario.programmes.items()
        }

    @property
    def destinations(self) -> list[tuple[str, str, Selection]]:
        """Every programme and partner: what it is, its title, where it leads."""
        programmes = [
            ("programme", title, Selection(name)) for name, title in self.programmes.items()
        ]
        return programmes + [
            ("partner", title, Selection(self.best_programme(name), (name,)))
            for name, title in self.partners.items()
        ]

    @cached_property
    def report(self) -> Row:
        """What `rank --format json` prints."""
        from partnerselect import rows

        return rows.ranking_json(self.analysis)

    @property
    def summary(self) -> str:
        """What it all comes to, or why there is nothing to sum up."""
        if not self.has_answer:
            return (
                "no choice meets everything"
                if self.report["status"]["state"] == "infeasible"
                else "no choice found in the time allowed"
            )
        told = (
            f"{amount(self.report['portfolio']['own_cost'], self.currency)} from us,"
            f" {amount(self.report['portfolio']['cost'], self.currency)} in all"
        )
        return (
            told
            if self.report["status"]["state"] == "optimal"
            else f"{within_words(self.report['status']['gap'] or 0.0)} · {told}"
        )

    @cached_property
    def approvals(self) -> list[Row]:
        """One row a programme."""
        from partnerselect import rows

        return rows.approval_rows(self.analysis)

    @cached_property
    def extras(self) -> list[Row]:
        """Costs that belong to no programme."""
        from partnerselect import rows

        return rows.extra_rows(self.analysis)

    @cached_property
    def gauges(self) -> list[Row]:
        """Every limit, the most used first."""
        from partnerselect import rows

        return rows.gauge_rows(self.analysis)

    @cached_property
    def checks(self) -> list[Row]:
        """What good practice asks for and the scenario lacks, warnings first."""
        from partnerselect import rows

        return rows.check_rows(self.analysis)

    @cached_property
    def places_of_checks(self) -> list[str]:
        """File, line and column of each; empty where it has none."""
        return [self._place(Problem(row["loc"], row["words"])) for row in self.checks]

    @cached_property
    def places_of_demands(self) -> list[str]:
        """File, line and column of what stands in the way of an answer.

        Its path where it has none.
        """
        return [
            self._place(Problem(demand.loc, demand.words)) or dotted(demand.loc)
            for demand in self.analysis.conflicts
        ]

    def _place(self, problem: Problem) -> str:
        place = None if self.places is None else self.places.locate(problem).place
        return place.label if place else ""

    @cached_property
    def practice(self) -> list[Row]:
        """Two published checklists, item by item."""
        from partnerselect import rows

        return rows.practice_rows(self.analysis)

    @cached_property
    def evidence_by_partner(self) -> list[Row]:
        """What stands behind the scores, partner by partner."""
        from partnerselect import rows

        return rows.evidence_rows(self.analysis)

    @property
    def gates_drawn(self) -> list[Row]:
        """The gates that the draws open or shut, with their titles."""
        gates = self.analysis.scenario.gates
        return [
            {**row, "title": gates[row["gate"]].title}
            for row in (self.report["draws"] or {"gates": []})["gates"]
        ]

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
        return [row for row in self.report["ranking"] if row["programme"] == programme]

    def work(self, programme: str, partner: str) -> list[str]:
        """Return the needs of a programme that a partner is to deliver."""
        lines = [
            line
            for line in self.report["allocation"]
            if (line["programme"], line["partner"]) == (programme, partner)
        ]
        return list(dict.fromkeys(line["component"] for line in lines))

    def approved(self, programme: str, partner: str) -> float:
        """Return what a partner's recommended work costs us, one-off fees left out."""
        lines = self.report["allocation"] + self.report["fixed_costs"]
        return float(
            sum(
                line["own_cost"]
                for line in lines
                if (line["programme"], line["partner"]) == (programme, partner)
            )
        )

    def evidence(self, programme: str, partner: str) -> list[Row]:
        """Return what a partner scores for a programme and what stands behind it."""
        from partnerselect import rows

        return rows.score_rows(self.analysis, programme, partner)

    def legend(self, programme: str) -> list[tuple[str, float]]:
        """Return the title and weight of every criterion, as they hold for a programme."""
        own = next(
            row["weights"] for row in self.report["programmes"] if row["programme"] == programme
        )
        weights = own or self.report["weights"]
        return [
            (criterion.title, weights[path])
            for path, criterion in self.analysis.scenario.criteria.leaves.items()
        ]

    @property
    def has_answer(self) -> bool:
        """Whether there is a choice to recommend."""
        return self.report["portfolio"] is not None

    def drawn(self) -> ViewModel:
        """Work out the rows that the first screen needs, where it may take time."""
        _ = self.report, self.approvals, self.extras, self.gauges
        return self

    def checked(self) -> bool:
        """Work out the rows that the checks need; true once they are there."""
        _ = self.checks, self.places_of_checks, self.practice, self.evidence_by_partner
        return True
