"""Scores that are ranges or not known: what they may be, and what that is worth."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.model import (
    PROGRAMME_PRICES,
    Criterion,
    LevelsScale,
    Partner,
    PointsScale,
    Scenario,
    Score,
    holds_a_range,
    programme_of,
)
from partnerselect.robustness.amounts import HIGH, LOW, DrawnAmounts
from partnerselect.robustness.samplers import Block, scores_at
from partnerselect.value import PerformanceTable, values_of


@dataclass(frozen=True)
class OpenScore(ABC):
    """What may turn out differently of a partner on a criterion."""

    partner: str
    criterion: str
    programme: str | None
    """The programme it was given for; None where it was given for all."""
    holds_in: tuple[int, ...]
    """Positions of the programmes whose ranking it enters."""

    @abstractmethod
    def draw(self, block: Block) -> FloatArray:
        """Draw what it may be; shape (draws,)."""

    @abstractmethod
    def values(
        self,
        scores: FloatArray,
        criterion: Criterion,
        ends: FloatArray,
        is_open: BoolArray | None = None,
    ) -> FloatArray:
        """Return partial values of simulated scores, shape (draws,).

        `ends` are the programme's, shape (2,); `is_open` says of every gate whether it is open,
        shape (draws, gates), where gates are drawn too.
        """


@dataclass(frozen=True)
class UncertainScore(OpenScore):
    """One score of a partner that may turn out differently; common to programmes it holds in."""

    is_unknown: bool
    low: float
    likely: float | None
    high: float
    in_values: bool
    """Whether the ends are partial values (levels, unknown) instead of natural units."""

    def draw(self, block: Block) -> FloatArray:
        """Draw what it may be; shape (draws,)."""
        generator = block.stream("score", self.partner, self.criterion, self.programme or "")
        return scores_at(generator.random(block.draws), self.low, self.likely, self.high)

    def quantiles(self, count: int) -> FloatArray:
        """Return `count` equally likely scores, evenly spaced in chance; shape (count,)."""
        return scores_at((np.arange(count) + 0.5) / count, self.low, self.likely, self.high)

    def values(
        self,
        scores: FloatArray,
        criterion: Criterion,
        ends: FloatArray,
        is_open: BoolArray | None = None,  # noqa: ARG002 - no score depends on gates
    ) -> FloatArray:
        """Return partial values of simulated scores."""
        if self.in_values:
            return scores
        return values_of(criterion, scores, ends)


@dataclass(frozen=True)
class ComputedScore(OpenScore):
    """A score computed from prices and days, one of which is a range."""

    amounts: DrawnAmounts
    place: tuple[int, int]
    """Programme and partner by number."""
    is_a_day: bool
    """Whether it is what a day costs."""
    own_share: float
    """What we pay of it, as funding and its gate stand; 1 where it does not matter who pays."""
    gate: int | None
    """The number of the gate that its funding depends on, if any and if it matters who pays."""
    covers: float
    """What a payer covers while that gate is open."""

    def draw(self, block: Block) -> FloatArray:
        """Draw what it comes to, whoever pays."""
        days, cost = replace(self.amounts, block=block).alone(*self.place)
        return np.broadcast_to(cost / days if self.is_a_day else cost, block.draws)

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that it may come to for us."""
        ends = (replace(self.amounts, block=end) for end in (LOW, HIGH))
        (few, least), (many, most) = (one.alone(*self.place) for one in ends)
        if self.is_a_day:  # a price a day, and a part of the price per programme
            least, most = self._a_day(LOW, many), self._a_day(HIGH, few)
        return float(least[0]) * self.own_share, float(most[0]) * self.own_share

    def _a_day(self, end: int, days: FloatArray) -> FloatArray:
        (p, k), amounts = self.place, replace(self.amounts, block=end)
        return amounts.charged(p, k, days) / days

    def values(
        self,
        scores: FloatArray,
        criterion: Criterion,
        ends: FloatArray,
        is_open: BoolArray | None = None,
    ) -> FloatArray:
        """Return partial values of what we pay of it."""
        share: FloatArray | float = self.own_share
        if self.gate is not None and is_open is not None:
            share = np.where(is_open[:, self.gate], 1 - self.covers, 1.0)
        return values_of(criterion, scores * share, ends)


def computed_scores(
    scenario: Scenario, table: PerformanceTable, place: tuple[int, int] | None = None
) -> Iterator[ComputedScore]:
    """Yield the computed criteria that ranges of prices and days let turn out differently.

    `place` is one programme and partner by number; None all of them.
    """
    computed = [
        (name, stated.from_) for name, stated in scenario.criteria.leaves.items() if stated.from_
    ]
    if not computed or not scenario.has_ranges:
        return
    work, amounts = table.workload, DrawnAmounts(scenario, table.workload)
    gates = list(scenario.gates)
    for p, k in np.argwhere(work.alone[0] > 0).tolist() if place is None else [place]:
        funding = scenario.partners[work.partners[k]].funding
        for name, kind in computed if _is_open(amounts, p, k) else ():
            ours = kind.startswith("own-")
            yield ComputedScore(
                *(work.partners[k], name, work.programmes[p], (p,)),
                amounts=amounts,
                place=(p, k),
                is_a_day=kind.endswith("per-day"),
                own_share=float(work.own_share[k]) if ours else 1.0,
                gate=gates.index(funding.gate) if ours and funding and funding.gate else None,
                covers=funding.covers if funding else 0.0,
            )


def _is_open(amounts: DrawnAmounts, p: int, k: int) -> bool:
    """Tell whether a price of a partner for a programme, or days of it, are a range."""
    scenario, name = amounts.scenario, amounts.work.programmes[p]
    cost = scenario.partners[amounts.work.partners[k]].cost_for(name)
    told = (*(kind.of(cost) for kind in PROGRAMME_PRICES), scenario.programmes[name].needs)
    return any(map(holds_a_range, told))


def uncertain_scores(scenario: Scenario, table: PerformanceTable) -> tuple[UncertainScore, ...]:
    """Return every range and every unknown score, partner by partner.

    A range without width is none.
    """
    leaves = {
        name: criterion
        for name, criterion in scenario.criteria.leaves.items()
        if criterion.from_ is None
    }
    found = [
        item
        for name, partner in scenario.partners.items()
        for item in _of_partner(name, partner, leaves, table.workload.programmes)
    ]
    return tuple(item for item in found if item.high > item.low)


def _of_partner(
    name: str, partner: Partner, leaves: dict[str, Criterion], programmes: tuple[str, ...]
) -> Iterator[UncertainScore]:
    """Yield what may turn out differently of one partner; of all levels of a programme at once."""
    for path, criterion in leaves.items():
        special = defaultdict[str, list[str]](list)
        for entry in programmes:
            if entry in partner.for_ and path in partner.for_[entry].scores:
                special[programme_of(entry)].append(entry)
        apart = {entry for several in special.values() for entry in several}
        common = tuple(p for p, entry in enumerate(programmes) if entry not in apart)
        if path in partner.scores and common:
            yield from _uncertain((name, path, None), partner.scores[path], criterion, common)
        for programme, several in special.items():
            yield from _uncertain(
                (name, path, programme),
                partner.for_[several[0]].scores[path],
                criterion,
                tuple(map(programmes.index, several)),
            )


def _uncertain(
    key: tuple[str, str, str | None], score: Score, criterion: Criterion, holds_in: tuple[int, ...]
) -> Iterator[UncertainScore]:
    if score.is_unknown:
        low, high = whole_scale(criterion)
        yield UncertainScore(*key, holds_in, score.is_unknown, low, None, high, in_values=True)
    elif score.is_range:
        levels = criterion.scale.levels if isinstance(criterion.scale, LevelsScale) else None
        bottom, likely, top = (
            None if mark is None else levels[str(mark)] if levels else float(mark)
            for mark in (score.low, score.likely, score.high)
        )
        if bottom is not None and top is not None:
            ends = (bottom, likely, top)
            in_values = levels is not None
            yield UncertainScore(*key, holds_in, score.is_unknown, *ends, in_values=in_values)


def whole_scale(criterion: Criterion) -> tuple[float, float]:
    """Return the least and greatest partial value that a scale can give."""
    match criterion.scale:
        case LevelsScale(levels=levels):
            return min(levels.values()), max(levels.values())
        case PointsScale(points=points):
            return min(value for _, value in points), max(value for _, value in points)
    return 0.0, 100.0
