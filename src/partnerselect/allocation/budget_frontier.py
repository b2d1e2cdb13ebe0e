"""What more money would buy: efficient choices of value against cost, and what each changes.

Source: ε-constraint method, Haimes, Lasdon & Wismer (1971), IEEE Transactions on Systems, Man, and
Cybernetics 1(3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from partnerselect.allocation.cost_account import NOBODY
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.arrays import IntArray
from partnerselect.errors import attempted
from partnerselect.value import Workload

LEAST_STEP = 0.01
"""The least difference in cost that counts, in the scenario's currency."""
MOST_POINTS = 60
"""Efficient choices worked out one by one; with more, costs are taken in steps."""
COARSE_POINTS = 30
SAME_VALUE = 1e-6
"""Points by which two choices may differ and be worth the same."""
COARSER = 10
"""Times the least difference in cost, where the solver tells no smaller part apart."""
Engagement = tuple[str, str, str]
"""Programme, component, partner."""


@dataclass(frozen=True)
class Point:
    """A choice by its cost to us and its value."""

    own_cost: float
    value: float
    enters: tuple[Engagement, ...]
    """What it has that the next cheaper choice has not."""
    leaves: tuple[Engagement, ...]
    """What the next cheaper choice has and it has not."""
    is_today: bool
    """Whether it is the recommended choice, which stands for all as good at the same cost."""
    is_efficient: bool = True
    """Whether none found is worth as much for less.

    The recommended choice need not be: a budget by phase holds for it alone.
    """
    engagements: tuple[Engagement, ...] = field(default=(), compare=False)
    """All that is chosen."""


@dataclass(frozen=True)
class Frontier:
    """Efficient choices by rising cost, the budget left out of account, and the recommended one."""

    points: tuple[Point, ...]
    step: float | None
    """The step in cost between them; None where every efficient choice is there."""
    why: Unanswered | None = None
    """Why the cheaper choices are missing; None where they are not."""

    @property
    def is_complete(self) -> bool:
        """Whether every efficient choice down to the cheapest was found."""
        return self.why is None


def frontier(
    allocator: Allocator, allocation: Allocation, *, step: float | None = None
) -> Frontier:
    """Trace the efficient choices from the one worth most down to the cheapest.

    Args:
        allocator: the scenario's, kept in memory.
        allocation: today's choice, to be marked.
        step: costs are taken at its multiples; None for every efficient choice of a small case, a
            coarse step else.
    """
    traced = partial(_traced, allocator, allocation, step)
    return attempted(traced, Frontier((), step, "fault"))


def _traced(allocator: Allocator, allocation: Allocation, step: float | None) -> Frontier:
    allocator.allow(allocator.scenario.analysis.time_limit)
    with allocator.without(Family.BUDGET):
        descending = partial(_descending, allocator, near=allocation.chosen)
        found, why = _collect(descending(step), MOST_POINTS if step is None else None)
        if step is None and why is None and len(found) == MOST_POINTS:
            step = _round_step((found[0][0] - found[-1][0]) * 2 / COARSE_POINTS)
            found, why = _collect(descending(step), None)
    return Frontier(_points(allocator.work, allocation, found), step, why)


Choice = tuple[float, float, IntArray]


def _collect(choices: Iterator[Choice], most: int | None) -> tuple[list[Choice], Unanswered | None]:
    """Take choices while there are answers; tell why there are no more."""
    found: list[Choice] = []
    try:
        for choice in choices:
            found.append(choice)
            if len(found) == most:
                break
    except UnansweredError as unanswered:
        return found, unanswered.why
    return found, None


def _descending(
    allocator: Allocator, step: float | None, *, near: IntArray | None
) -> Iterator[Choice]:
    """Yield choices by falling cost; of equals that which keeps most of the one before."""
    cap, before, least, most = np.inf, np.inf, LEAST_STEP, np.inf
    while cap >= 0:
        best = allocator.richest(cap, most, near)
        if best.chosen is None or best.value is None or best.own_cost is None:
            return
        if best.own_cost < before:
            yield best.own_cost, best.value, best.chosen
            before = best.own_cost
        else:
            least *= COARSER
        below, most, near = best.own_cost - least, best.value, best.chosen
        cap = below if step is None else np.floor(below / step) * step


def _round_step(rough: float) -> float:
    """Return a step that people count in: 1, 2 or 5 times a power of ten, no less than asked."""
    power = 10.0 ** np.floor(np.log10(max(rough, LEAST_STEP)))
    return float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough))


def _points(work: Workload, allocation: Allocation, found: list[Choice]) -> tuple[Point, ...]:
    """Return the choices by rising cost, today's always among them."""
    account, chosen, ours = allocation.account, allocation.chosen, None
    if account is not None and chosen is not None and found:
        ours = (account.own_cost, account.value, chosen)
        found = [*(choice for choice in found if not _is_as_good(choice, ours)), ours]
    rising, points, before = sorted(found, key=lambda one: one[:2]), list[Point](), None
    for choice in rising:
        own_cost, value, taken = choice
        now = _engagements(work, taken)
        was = now if before is None else before
        points.append(
            Point(
                own_cost,
                value,
                tuple(sorted(now - was)),
                tuple(sorted(was - now)),
                choice is ours,
                is_efficient=not any(_is_better(other, choice) for other in rising),
                engagements=tuple(sorted(now)),
            )
        )
        before = now
    return tuple(points)


def _is_as_good(one: Choice, other: Choice) -> bool:
    return abs(one[1] - other[1]) < SAME_VALUE and abs(one[0] - other[0]) < LEAST_STEP


def _is_better(one: Choice, other: Choice) -> bool:
    """Tell whether one choice is worth as much as another for less money."""
    return one[1] > other[1] - SAME_VALUE and one[0] <= other[0] - LEAST_STEP


def _engagements(work: Workload, chosen: IntArray) -> frozenset[Engagement]:
    return frozenset(
        (*work.needs[n], work.partners[k]) for n, k in enumerate(chosen) if k != NOBODY
    )
