"""What the cases say together; nothing is kept of a case but two bytes a programme."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from partnerselect.allocation import AMOUNTS
from partnerselect.batches.sources import Source
from partnerselect.batches.work import ANSWERED
from partnerselect.cases import PLANS, Block, Grid, Sample
from partnerselect.model import Scenario
from partnerselect.tables import FrameRow
from partnerselect.value import mark_of
from partnerselect.words import share

NO_ANSWER = "no answer exists"
DEFERRED = "deferred"
INFEASIBLE = "infeasible"
Codes = NDArray[np.int16]
"""The answer of every case for one programme, as a number; shape (cases,)."""
UNKNOWN = -1
"""The code of a case that could not be run to an answer: it is not compared."""


@dataclass(frozen=True)
class End:
    """A number, and the case that it was seen in; nothing where none was."""

    number: float | None = None
    case: str = ""
    varied: FrameRow | None = None
    """What that case varies."""


@dataclass
class Extent:
    """The lowest and the highest number seen."""

    low: End = End()
    high: End = End()

    def add(self, number: float | None, case: FrameRow) -> None:
        """Look at one more number; the first of equals counts."""
        if number is None:
            return
        if self.low.number is None or number < self.low.number:
            self.low = End(number, case["case"], case["varied"])
        if self.high.number is None or number > self.high.number:
            self.high = End(number, case["case"], case["varied"])

    def named(self, low: str, high: str) -> FrameRow:
        """Return its ends by the names of two columns."""
        return {low: self.low.number, high: self.high.number}


Extents = dict[str, Extent]
"""By what they are of: the value, and what it comes to by amount."""


def _extents(*keys: str) -> Extents:
    return {key: Extent() for key in keys or ("value", *(amount.key for amount in AMOUNTS))}


def _look(extents: Extents, row: FrameRow, case: FrameRow) -> None:
    """Look at the numbers of one more row."""
    for key, extent in extents.items():
        extent.add(row[key], case)


@dataclass
class PartnerStatistics:
    """One partner in one programme, over all cases with an answer."""

    chosen: int = 0
    leads: int = 0
    eligible: int = 0
    extents: Extents = field(default_factory=lambda: _extents("value", "own_cost"))


@dataclass
class ProgrammeStatistics:
    """One programme over all cases."""

    title: str
    currency: str
    illustrative: bool = False
    answered: int = 0
    choices: Counter[str] = field(default_factory=Counter)
    """How often each set of partners is chosen, `deferred` among them."""
    extents: Extents = field(default_factory=_extents)
    """Over the cases in which it runs."""
    partners: dict[str, PartnerStatistics] = field(
        default_factory=lambda: defaultdict(PartnerStatistics)
    )

    @property
    def ranked_choices(self) -> list[tuple[str, int]]:
        """The sets of partners, most frequent first; of equals `deferred` last, else by name."""
        return sorted(
            self.choices.items(), key=lambda item: (-item[1], item[0] == DEFERRED, item[0])
        )

    @property
    def usual(self) -> str:
        """The set of partners chosen most often; nothing where no case has an answer."""
        return self.ranked_choices[0][0] if self.choices else ""

    @property
    def usual_share(self) -> float:
        """How often that is so."""
        return self.choices[self.usual] / self.answered if self.answered else 0.0

    @property
    def runs(self) -> int:
        """In how many cases it runs, with whichever partners."""
        return self.answered - self.choices[DEFERRED]

    @property
    def ranked_partners(self) -> list[tuple[str, PartnerStatistics]]:
        """The partners, those chosen most often first, then those that lead most often.

        Equals by id.
        """
        return sorted(
            self.partners.items(), key=lambda item: (-item[1].chosen, -item[1].leads, item[0])
        )


@dataclass
class PlanStatistics:
    """One plan over the cases that judge it."""

    judged: int = 0
    possible: int = 0
    extents: Extents = field(default_factory=lambda: _extents("plan_value", "plan_own_cost"))
    breaks: Counter[str] = field(default_factory=Counter)
    """In how many cases each limit or rule would have to give way."""

    def add(self, case: FrameRow) -> None:
        """Count one case."""
        summary = case["summary"]
        self.judged += 1
        self.possible += summary["plan_possible"]
        if summary["plan_value"] is not None:
            _look(self.extents, summary, case)
        self.breaks.update(dict.fromkeys(summary["gives_way"], 1))


@dataclass
class ScenarioStatistics:
    """One scenario's cases: how they ended, and what the whole portfolio is worth and costs."""

    source: Source
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """State and reason of the cases without an answer."""
    extents: Extents = field(default_factory=_extents)
    codes: dict[str, Codes] = field(default_factory=dict)
    plans: dict[str, PlanStatistics] = field(default_factory=lambda: defaultdict(PlanStatistics))
    """By the id of a plan that cases judge."""
    seen: int = 0

    def __post_init__(self) -> None:
        """Make room for the answers: two bytes for each case and programme."""
        if self.source.only is None:
            cases = self.source.asked
            self.codes = {
                name: np.full(cases, UNKNOWN, dtype=np.int16)
                for name in self.source.scenario.entries
            }

    @property
    def scenario(self) -> Scenario:
        """The scenario that its cases vary."""
        return self.source.scenario

    @property
    def answered(self) -> int:
        """How many of its cases have an answer."""
        return sum(self.states[state] for state in ANSWERED)


MOST_REASONS = 200
"""Different reasons kept apart; the rest are counted together."""
OTHER_REASONS = "other reasons; see summary"


class Statistics:
    """Counts over all scenarios of a batch."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.scenarios = {source.name: ScenarioStatistics(source) for source in sources}
        self.programmes: dict[str, ProgrammeStatistics] = {}
        self._numbers: dict[str, int] = {}
        for scenario in (source.scenario for source in sources):
            for name, programme in scenario.as_written.programmes.items():
                first = ProgrammeStatistics(programme.title, scenario.currency)
                self.programmes.setdefault(name, first)

    def add(self, row: FrameRow) -> None:
        """Count one case; cases come in order."""
        summary = row["summary"]
        of = self.scenarios[summary["scenario"]]
        state, position = summary["state"], of.seen
        of.seen += 1
        of.states[state] += 1
        if summary.get("plan_possible") is not None:
            of.plans[row["varied"][PLANS]].add(row)
        if state in ANSWERED:
            self._add_answer(of, row, position)
            return
        reason = (state, summary["reason"])
        if reason not in of.reasons and len(of.reasons) >= MOST_REASONS:
            reason = (state, OTHER_REASONS)
        of.reasons[reason] += 1
        if state == INFEASIBLE:
            for codes in of.codes.values():
                codes[position] = self._number(NO_ANSWER)

    def _add_answer(self, of: ScenarioStatistics, case: FrameRow, position: int) -> None:
        summary = case["summary"]
        _look(of.extents, summary, case)
        for row in case["programmes"]:
            name, chosen = row["programme"], choice(row)
            programme = self.programmes.setdefault(
                name, ProgrammeStatistics(name, summary["currency"])
            )
            programme.answered += 1
            programme.illustrative |= summary["illustrative"]
            programme.choices[chosen] += 1
            if row["run"]:
                _look(programme.extents, row, case)
            if row["leader"]:
                programme.partners[row["leader"]].leads += 1
            if name in of.codes:
                of.codes[name][position] = self._number(chosen)
        for row in _of_one_level(case):
            partner = self.programmes[row["programme"]].partners[row["partner"]]
            partner.chosen += row["chosen"]
            partner.eligible += row["eligible"]
            if row["eligible"]:
                _look(partner.extents, row, case)

    def drivers(self, programme: str) -> list[tuple[ScenarioStatistics, Driver]]:
        """Return what drives the choice for a programme, by scenario, the strongest first."""
        found = [
            (of, driver)
            for of in self.scenarios.values()
            if programme in of.codes
            for driver in drivers(of.source.blocks, of.codes[programme])
        ]
        return sorted(found, key=lambda pair: -pair[1].strength)

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
        """Return the first scenario that has a programme; the first where a case brought it in."""
        scenarios = [of.scenario for of in self.scenarios.values()]
        return next((one for one in scenarios if programme in one.entries), scenarios[0])

    @property
    def mark(self) -> str:
        """What every page says of the figures."""
        return mark_of(*(of.scenario for of in self.scenarios.values()))

    @property
    def illustrative(self) -> bool:
        """Whether any scenario says that its figures are made up."""
        return any(of.scenario.illustrative for of in self.scenarios.values())


def choice(programme: FrameRow) -> str:
    """Return the partners of a programme as one text, whatever the order, and its level.

    `deferred` where it does not run.
    """
    if not programme["run"]:
        return DEFERRED
    partners = " + ".join(sorted(programme["partners"].split(" + ")))
    return f"{partners}{AT}{programme['level']}" if programme.get("level") else partners


def _of_one_level(case: FrameRow) -> Iterator[FrameRow]:
    """Yield the ranking of a case, of a programme with levels at the one that runs, or first."""
    levels = {row["programme"]: row.get("level") for row in case["programmes"]}
    for row in case["ranking"]:
        name = row["programme"]
        levels[name] = levels.get(name) or row.get("level")
        if row.get("level") == levels[name]:
            yield row


AT = " @ "
"""Between the partners of a programme and the level at which it runs."""


@dataclass(frozen=True)
class Driver:
    """How far one input drives the choice for one programme."""

    input: str
    measure: str
    """`pairs` of cases that differ in this input alone, or `halves` of a sample: low and high."""
    compared: int
    """How many pairs, or cases."""
    strength: float
    """The share of pairs whose answers differ.

    In a sample: how much less often the usual answer holds in one half than in the other.
    """
    words: str


def drivers(blocks: Sequence[Block], codes: Codes) -> Iterator[Driver]:
    """Yield how far each input of a scenario's cases drives the choice for one programme."""
    yield from grid_drivers([block for block in blocks if isinstance(block, Grid)], codes)
    for block in blocks:
        if isinstance(block, Sample):
            yield from sample_drivers(block, codes)


def grid_drivers(grids: Sequence[Grid], codes: Codes) -> Iterator[Driver]:
    """Compare all pairs of cases that differ in one input alone.

    The part of them with different answers is that input's doing. Pairs of an input that several
    grids vary are counted together; a pair never has its cases in two grids. The plan that a case
    judges moves nothing.
    """
    counted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    start = 0
    for grid in grids:
        part = codes[start : start + grid.count]
        start += grid.count
        shaped = part.reshape([len(axis.values) for axis in grid.axes])
        for position, axis in enumerate(grid.axes):
            if len(axis.values) > 1 and axis.path != PLANS:
                counted[axis.path].append(_pairs(np.moveaxis(shaped, position, 0)))
    for path, found in counted.items():
        pairs, differing = map(sum, zip(*found, strict=True))
        strength = differing / pairs if pairs else 0.0
        words = (
            f"the answer differs in {differing:,} of {pairs:,} pairs of cases that differ in"
            f" nothing else ({share(strength)})"
        )
        yield Driver(path, "pairs", pairs, strength, words)


def _pairs(answers: Codes) -> tuple[int, int]:
    """Count the pairs along the first axis, and those that differ.

    n values with n_c of each answer make (n² − Σ n_c²) / 2 pairs that differ.
    """
    known = (answers != UNKNOWN).sum(axis=0, dtype=np.int64)
    alike = np.zeros_like(known)
    for code in np.unique(answers[answers != UNKNOWN]):
        alike += (answers == code).sum(axis=0, dtype=np.int64) ** 2
    return int((known * (known - 1) // 2).sum()), int(((known**2 - alike) // 2).sum())


def sample_drivers(sample: Sample, codes: Codes) -> Iterator[Driver]:
    """Compare how often the usual answer holds in the lower and the upper half of each input."""
    known = codes != UNKNOWN
    if not known.any():
        return
    answers, counts = np.unique(codes[known], return_counts=True)
    usual = codes == answers[counts.argmax()]
    for path, values in zip(sample.paths, sample.values.T, strict=True):
        middle = float(np.median(values[known]))
        lower, upper = usual[known & (values < middle)], usual[known & (values > middle)]
        if len(lower) and len(upper):
            below, above = float(lower.mean()), float(upper.mean())
            words = (
                f"the usual answer holds in {share(below)} of the cases with a lower value, in"
                f" {share(above)} of those with a higher"
            )
            yield Driver(path, "halves", len(lower) + len(upper), abs(above - below), words)
