"""Every plan with one or two partners that costs little more than the cheapest of its programme at given prices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, takewhile

import numpy as np

from partnerselect.allocation.early.coupling import NONE, Coupling
from partnerselect.allocation.early.plans import Costs, costs, pair_sums
from partnerselect.allocation.problem import BoolArray, FloatArray, IntArray

FEW_NEEDS = 6
"""Needs up to which every division between two partners is looked at; with more, those that give two needs at most to the dearer one."""


NEVER = 1e30
"""What a need would cost with a partner that may not deliver it."""


def around(
    of: Coupling, cost: FloatArray, within: float, pairs: int, is_stopped: Callable[[], bool]
) -> tuple[IntArray, IntArray]:
    """Return plans that cost at most so much more than the cheapest of their programme, or than not running it.

    Args:
        of: the allocation taken apart.
        cost: (columns,), at the prices.
        within: how much more a plan may cost.
        pairs: how many pairs of partners are looked at in each programme, the cheapest.
        is_stopped: asked programme by programme; True leaves it at what was found.

    Returns:
        Whose each plan is, (plans,), and who does each need, (plans, J).
    """
    known = costs(of, cost)
    each = takewhile(lambda _: not is_stopped(), _of_each(of, known, cost, within, pairs))
    found = [(np.full(len(plans), p, dtype=np.intp), plans) for p, plans in enumerate(each)]
    return np.concatenate([of.z[:0], *(programme for programme, _ in found)]), np.concatenate(
        [of.needs[:0], *(plans for _, plans in found)]
    )


def _of_each(
    of: Coupling, known: Costs, cost: FloatArray, within: float, most: int
) -> Iterator[IntArray]:
    (needed, working), divisions = known, _divisions(of.needs.shape[1])
    once = ~np.tri(working.shape[1], k=-1, dtype=bool)
    for p in range(len(of.z)):
        one = slice(p, p + 1)
        sums = np.where(
            once,
            pair_sums(needed[one], working[one], of.least[one], of.most[one])[0] + cost[of.z[p]],
            np.inf,
        )
        limit = (sums.min() if of.mandatory[p] else min(sums.min(), 0.0)) + within
        nearest = np.partition(sums, most, axis=None)[most] if most < sums.size else np.inf
        first, second = np.nonzero(sums <= min(limit, nearest, NEVER))
        yield _divided(
            of.needs[p],
            (needed[p], working[p]),
            (first, second),
            divisions,
            float(limit - cost[of.z[p]]),
        )


def _divided(
    needs: IntArray,
    known: Costs,
    pairs: tuple[IntArray, IntArray],
    divisions: BoolArray,
    limit: float,
) -> IntArray:
    """Return how some pairs of partners can divide a programme's needs for no more than the limit.

    (plans, J).
    """
    (needed, working), (first, second) = known, pairs
    swap = needed[:, first].T > needed[:, second].T
    cheaper, other = (
        np.where(swap, second[:, None], first[:, None]),
        np.where(swap, first[:, None], second[:, None]),
    )
    place = np.arange(len(needs))
    low, high = needed[place, cheaper], needed[place, other]
    paid = working[first] + np.where(first != second, working[second], 0.0) + low.sum(axis=1)
    more = np.minimum(high, NEVER) - low
    pair, division = np.nonzero(paid[:, None] + more @ divisions.T <= limit)
    plans = np.where(divisions[division], other[pair], cheaper[pair])
    return np.unique(np.where(needs == NONE, NONE, plans), axis=0)


def _divisions(needs: int) -> BoolArray:
    """Return which needs go to the dearer of two partners, in every way worth looking at.

    (ways, needs).
    """
    most = needs if needs <= FEW_NEEDS else 2
    chosen = [ones for count in range(most + 1) for ones in combinations(range(needs), count)]
    ways = np.zeros((len(chosen), needs), dtype=bool)
    for way, ones in zip(ways, chosen, strict=True):
        way[list(ones)] = True
    return ways
