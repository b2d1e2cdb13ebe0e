"""Every plan that is almost as good as the best, by trying all allocations, and what they agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.oracle.feasible import feasible
from tests.oracle.scores import Data
from tests.oracle.search import EQUAL, Answer, Found, aim_of, first, value_to_reach
from tests.oracle.totals import Allocation, Case

POINTS, CENT = 2e-5, 0.01
"""Plans beyond the margin by no more than this may be counted or not."""
FEW = 5
Key = frozenset[tuple[tuple[str, str], str]]
"""An allocation that can be compared and collected."""


@dataclass(frozen=True)
class AlmostAsGood:
    """The plans within a margin of the best."""

    best: Answer
    certain: dict[Key, Found]
    """Those within the margin."""
    uncertain: dict[Key, Found]
    """Those so little beyond it that they may be counted or not."""


@dataclass(frozen=True)
class Agreement:
    """What plans agree on for one programme."""

    runs: str
    always: frozenset[str]
    sometimes: dict[str, int]
    """Partners who serve it in some of the plans, each with in how many."""


def key(allocation: Allocation) -> Key:
    """Return an allocation as a set of who does what."""
    return frozenset(allocation.items())


def almost_as_good(scenario: Data, margin: float) -> AlmostAsGood | None:
    """Return every plan within a margin: points of value, or per cent of the least cost; None where there is no answer."""
    case, found = Case(scenario), list(feasible(scenario))
    best = first(case, found, aim_of(case))
    if best is None:
        return None
    if value_to_reach(case) is None:
        room = {key(a): (sums.value - best.totals.value + margin, POINTS) for a, sums in found}
    else:
        most = best.totals.own_cost * (1 + margin / 100)
        room = {key(a): (most - sums.own_cost, CENT) for a, sums in found}
    by_key = {key(allocation): (allocation, sums) for allocation, sums in found}
    return AlmostAsGood(
        best,
        {k: by_key[k] for k, (left, _) in room.items() if left >= -EQUAL},
        {k: by_key[k] for k, (left, slack) in room.items() if -slack <= left < -EQUAL},
    )


def agreement(case: Case, plans: Sequence[Allocation]) -> dict[str, Agreement]:
    """Say for each programme who serves it in all plans, who in some, and whether it runs in all."""
    return {p: _agreement_on(p, plans) for p in case.programmes}


def _agreement_on(programme: str, plans: Sequence[Allocation]) -> Agreement:
    served = [{k for (p, _), k in plan.items() if p == programme} for plan in plans]
    counts = Counter(k for partners in served for k in partners)
    running = sum(map(bool, served))
    return Agreement(
        "always" if running == len(plans) else "sometimes" if running else "never",
        frozenset(k for k, count in counts.items() if count == len(plans)),
        {k: count for k, count in counts.items() if count < len(plans)},
    )


def differing(one: Allocation, other: Allocation) -> int:
    """Count the needs that have another partner, or one in only one of two plans."""
    return sum(one.get(need) != other.get(need) for need in one.keys() | other.keys())


def most_unlike(plans: Sequence[Found]) -> tuple[int, ...]:
    """Return the numbers of the few plans that differ most.

    The least distance is the greatest that any three can keep; of the sets that keep it the
    largest, up to five, and of those the one worth most. Two plans or one are all there are.
    """
    everyone = tuple(range(len(plans)))
    if len(plans) <= 2:
        return everyone
    far = {(a, b): differing(plans[a][0], plans[b][0]) for a, b in combinations(everyone, 2)}
    distance = max(least_distance(plans, three) for three in combinations(everyone, 3))
    return max(
        _apart(len(plans), far, distance, ()),
        key=lambda some: (len(some), sum(plans[one][1].value for one in some)),
    )


def least_distance(plans: Sequence[Found], some: Sequence[int]) -> int:
    """Return in how many needs those two of some plans differ that differ least."""
    return min(differing(plans[a][0], plans[b][0]) for a, b in combinations(some, 2))


def _apart(
    count: int, far: dict[tuple[int, int], int], distance: int, some: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Yield every set of up to five plans that keep a distance from one another."""
    yield some
    for new in range(some[-1] + 1 if some else 0, count) if len(some) < FEW else ():
        if all(far[old, new] >= distance for old in some):
            yield from _apart(count, far, distance, (*some, new))
