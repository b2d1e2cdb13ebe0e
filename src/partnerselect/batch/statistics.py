"""What the cases say together; nothing is kept of a case but two bytes a programme."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from partnerselect.allocation.amounts import AMOUNTS
from partnerselect.batch.drivers import UNKNOWN, Codes, Driver, drivers
from partnerselect.batch.sources import Source
from partnerselect.batch.work import ANSWERED
from partnerselect.model.scenario import Scenario
from partnerselect.tables.frames import Row

NO_ANSWER = "no answer exists"
DEFERRED = "deferred"
INFEASIBLE = "infeasible"


@dataclass
class Extent:
    """The lowest and the highest number seen, and the cases they were seen in."""

    low: float = math.inf
    high: float = -math.inf
    low_case: str = ""
    high_case: str = ""
    low_varied: Row | None = None
    high_varied: Row | None = None
    """What those cases vary."""

    def add(self, number: float | None, case: Row) -> None:
        """Look at one more number; the first of equals counts."""
        if number is None:
            return
        if number < self.low:
            self.low, self.low_case, self.low_varied = number, case["case"], case["varied"]
        if number > self.high:
            self.high, self.high_case, self.high_varied = number, case["case"], case["varied"]

    def named(self, low: str, high: str) -> Row:
        """Return its ends by the names of two columns."""
        return dict(zip((low, high), self.ends, strict=True))

    @property
    def ends(self) -> tuple[float, float] | tuple[None, None]:
        """The lowest and the highest; nothing where no number was seen."""
        return (self.low, self.high) if self.low <= self.high else (None, None)


def _extents() -> dict[str, Extent]:
    """Return room for what the cases come to, by amount."""
    return {amount.key: Extent() for amount in AMOUNTS}


@dataclass
class PartnerStatistics:
    """One partner in one programme, over all cases with an answer."""

    chosen: int = 0
    leads: int = 0
    eligible: int = 0
    value: Extent = field(default_factory=Extent)
    own_cost: Extent = field(default_factory=Extent)


@dataclass
class ProgrammeStatistics:
    """One programme over all cases."""

    title: str
    currency: str
    illustrative: bool = False
    answered: int = 0
    choices: Counter[str] = field(default_factory=Counter)
    """How often each set of partners is chosen, `deferred` among them."""
    value: Extent = field(default_factory=Extent)
    amounts: dict[str, Extent] = field(default_factory=_extents)
    partners: dict[str, PartnerStatistics] = field(default_factory=dict)

    @property
    def ranked_choices(self) -> list[tuple[str, int]]:
        """The sets of partners, the most frequent first; equals by name."""
        return sorted(self.choices.items(), key=lambda item: (-item[1], item[0]))

    @property
    def usual(self) -> str:
        """The set of partners chosen most often; nothing where no case has an answer."""
        return self.ranked_choices[0][0] if self.choices else ""

    @property
    def ranked_partners(self) -> list[tuple[str, PartnerStatistics]]:
        """The partners, those chosen most often first, then those that lead most often.

        Equals by id.
        """
        return sorted(
            self.partners.items(), key=lambda item: (-item[1].chosen, -item[1].leads, item[0])
        )


@dataclass
class ScenarioStatistics:
    """One scenario's cases: how they ended, and what the whole portfolio is worth and costs."""

    source: Source
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """State and reason of the cases without an answer."""
    value: Extent = field(default_factory=Extent)
    amounts: dict[str, Extent] = field(default_factory=_extents)
    codes: dict[str, Codes] = field(default_factory=dict)
    seen: int = 0

    def __post_init__(self) -> None:
        """Make room for the answers: two bytes for each case and programme."""
        if self.source.only is None:
            cases = sum(len(block) for block in self.source.blocks)
            self.codes = {
                name: np.full(cases, UNKNOWN, dtype=np.int16)
                for name in self.source.scenario.programmes
            }

    def drivers(self) -> Iterator[tuple[str, Driver]]:
        """Yield what drives the choice for each programme."""
        for programme, codes in self.codes.items():
            for driver in drivers(self.source.blocks, codes):
                yield programme, driver


MOST_REASONS = 200
"""Different reasons kept apart; the rest are counted together."""
OTHER_REASONS = "other reasons; see summary"


class Statistics:
    """Counts over all scenarios of a batch."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.scenarios = {source.name: ScenarioStatistics(source) for source in sources}
        self.programmes: dict[str, ProgrammeStatistics] = {}
        self._numbers: dict[str, int] = {}
        for source in sources:
            for name, programme in source.scenario.programmes.items():
                self.programmes.setdefault(
                    name, ProgrammeStatistics(programme.title, source.scenario.currency)
                )

    def add(self, row: Row) -> None:
        """Count one case; cases come in order."""
        summary = row["summary"]
        of = self.scenarios[summary["scenario"]]
        state, position = summary["state"], of.seen
        of.seen += 1
        of.states[state] += 1
        if state in ANSWERED:
            self._add_answer(of, row, position)
            return
        reason = (state, summary["reason"])
        of.reasons[
            reason
            if reason in of.reasons or len(of.reasons) < MOST_REASONS
            else (state, OTHER_REASONS)
        ] += 1
        if state == INFEASIBLE:
            for codes in of.codes.values():
                codes[position] = self._number(NO_ANSWER)

    def _add_answer(self, of: ScenarioStatistics, row: Row, position: int) -> None:
        summary = row["summary"]
        of.value.add(summary["value"], row)
        for key, extent in of.amounts.items():
            extent.add(summary[key], row)
        for programme in row["programmes"]:
            self._add_programme(programme, row)
            if programme["programme"] in of.codes:
                of.codes[programme["programme"]][position] = self._number(choice(programme))
        for ranked in row["ranking"]:
            self._add_partner(ranked, row)

    def _add_programme(self, row: Row, case: Row) -> None:
        summary = case["summary"]
        statistics = self.programmes.setdefault(
            row["programme"], ProgrammeStatistics(row["programme"], summary["currency"])
        )
        statistics.answered += 1
        statistics.illustrative |= summary["illustrative"]
        statistics.choices[choice(row)] += 1
        if row["run"]:
            statistics.value.add(row["value"], case)
            for key, extent in statistics.amounts.items():
                extent.add(row[key], case)
        if row["leader"]:
            statistics.partners.setdefault(row["leader"], PartnerStatistics()).leads += 1

    def _add_partner(self, row: Row, case: Row) -> None:
        statistics = self.programmes[row["programme"]].partners.setdefault(
            row["partner"], PartnerStatistics()
        )
        statistics.chosen += row["chosen"]
        if row["eligible"]:
            statistics.eligible += 1
            statistics.value.add(row["value"], case)
            statistics.own_cost.add(row["own_cost"], case)

    def departures(self, of: ScenarioStatistics) -> Iterator[tuple[str, int, int]]:
        """Yield in how many answered cases each programme goes to others than usual."""
        no_answer = self._numbers.get(NO_ANSWER, UNKNOWN)
        for name, codes in of.codes.items():
            answered = codes[(codes != UNKNOWN) & (codes != no_answer)]
            usual = self._numbers.get(self.programmes[name].usual, UNKNOWN)
            yield name, int((answered != usual).sum()), len(answered)

    def _number(self, answer: str) -> int:
        """Return the code of an answer; beyond what two bytes can tell apart, answers share one."""
        return self._numbers.setdefault(answer, min(len(self._numbers), np.iinfo(np.int16).max))

    def scenario_with(self, programme: str) -> Scenario:
        """Return the first scenario that has a programme."""
        scenarios = (of.source.scenario for of in self.scenarios.values())
        return next(one for one in scenarios if programme in one.programmes)

    @property
    def illustrative(self) -> bool:
        """Whether any scenario says that its figures are made up."""
        return any(of.source.scenario.illustrative for of in self.scenarios.values())


def choice(programme: Row) -> str:
    """Return the partners of a programme as one text, whatever the order.

    `deferred` where it does not run.
    """
    return " + ".join(sorted(programme["partners"].split(" + "))) if programme["run"] else DEFERRED
