"""Scores that are ranges or not known: what they may be, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import Criterion, LevelsScale, Partner, PointsScale, Scenario, Score
from partnerselect.robustness.samplers import (
    Block,
    triangular_quantiles,
    triangular_scores,
    uniform_scores,
)
from partnerselect.value import PerformanceTable, partial_values


@dataclass(frozen=True)
class UncertainScore:
    """One score of a partner that may turn out differently; common to programmes it holds in."""

    partner: str
    criterion: str
    programme: str | None
    """The programme it was given for; None where it was given for all."""
    is_unknown: bool
    low: float
    likely: float | None
    high: float
    in_values: bool
    """Whether the ends are partial values (levels, unknown) instead of natural units."""
    holds_in: tuple[int, ...]
    """Positions of the programmes whose ranking it enters."""

    def draw(self, block: Block) -> FloatArray:
        """Draw what it may be; shape (draws,)."""
        generator = block.stream("score", self.partner, self.criterion, self.programme or "")
        low, high = np.array([self.low]), np.array([self.high])
        if self.likely is None:
            return uniform_scores(generator, block.draws, low, high)[:, 0]
        return triangular_scores(generator, block.draws, low, np.array([self.likely]), high)[:, 0]

    def quantiles(self, count: int) -> FloatArray:
        """Return `count` equally likely scores, evenly spaced in chance; shape (count,)."""
        chance = (np.arange(count) + 0.5) / count
        if self.likely is None:
            return np.asarray(self.low + (self.high - self.low) * chance)
        return triangular_quantiles(
            chance, np.array(self.low), np.array(self.likely), np.array(self.high)
        )

    def values(self, scores: FloatArray, criterion: Criterion, ends: FloatArray) -> FloatArray:
        """Return partial values of simulated scores; `ends` are the programme's, shape (2,)."""
        if self.in_values or criterion.scale is None:
            return scores
        return partial_values(scores, criterion.scale, (ends[0], ends[1]))


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
    for path, criterion in leaves.items():
        special = [
            programme
            for programme in programmes
            if programme in partner.for_ and path in partner.for_[programme].scores
        ]
        common = tuple(p for p, programme in enumerate(programmes) if programme not in special)
        if path in partner.scores and common:
            yield from _uncertain((name, path, None), partner.scores[path], criterion, common)
        for programme in special:
            yield from _uncertain(
                (name, path, programme),
                partner.for_[programme].scores[path],
                criterion,
                (programmes.index(programme),),
            )


def _uncertain(
    key: tuple[str, str, str | None], score: Score, criterion: Criterion, holds_in: tuple[int, ...]
) -> Iterator[UncertainScore]:
    if score.is_unknown:
        low, high = whole_scale(criterion)
        yield UncertainScore(
            *key,
            is_unknown=True,
            low=low,
            likely=None,
            high=high,
            in_values=True,
            holds_in=holds_in,
        )
    elif score.is_range:
        levels = criterion.scale.levels if isinstance(criterion.scale, LevelsScale) else None
        bottom, likely, top = (
            None if mark is None else levels[str(mark)] if levels else float(mark)
            for mark in (score.low, score.likely, score.high)
        )
        if bottom is not None and top is not None:
            yield UncertainScore(
                *key,
                is_unknown=False,
                low=bottom,
                likely=likely,
                high=top,
                in_values=levels is not None,
                holds_in=holds_in,
            )


def whole_scale(criterion: Criterion) -> tuple[float, float]:
    """Return the least and greatest partial value that a scale can give."""
    match criterion.scale:
        case LevelsScale(levels=levels):
            return min(levels.values()), max(levels.values())
        case PointsScale(points=points):
            return min(value for _, value in points), max(value for _, value in points)
    return 0.0, 100.0
