"""Every pattern with one or two agents that costs little more than the cheapest of its job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, takewhile

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.coupled import NONE, Coupled
from partnerselect.optimiser.decomposition.patterns import Costs, costs, pair_sums

FEW_TASKS = 6
"""Tasks up to which every division between two agents is looked at.

With more, those that give two tasks at most to the dearer one.
"""


NEVER = 1e30
"""What a task would cost with an agent that may not deliver it."""


def around(
    of: Coupled, cost: FloatArray, within: float, pairs: int, is_stopped: Callable[[], bool]
) -> tuple[IntArray, IntArray]:
    """Return patterns that cost little more than the cheapest of their job, or than no run.

    Args:
        of: the allocation taken apart.
        cost: (columns,), at the prices.
        within: how much more a pattern may cost.
        pairs: how many pairs of agents are looked at in each job, the cheapest.
        is_stopped: asked job by job; True leaves it at what was found.

    Returns:
        Whose each pattern is, (patterns,), and who does each task, (patterns, J).
    """
    known = costs(of, cost)
    each = takewhile(lambda _: not is_stopped(), _of_each(of, known, cost, within, pairs))
    found = [
        (np.full(len(patterns), p, dtype=np.intp), patterns) for p, patterns in enumerate(each)
    ]
    return np.concatenate([of.z[:0], *(job for job, _ in found)]), np.concatenate(
        [of.tasks[:0], *(patterns for _, patterns in found)]
    )


def _of_each(
    of: Coupled, known: Costs, cost: FloatArray, within: float, most: int
) -> Iterator[IntArray]:
    (needed, working), divisions = known, _divisions(of.tasks.shape[1])
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
            of.tasks[p],
            (needed[p], working[p]),
            (first, second),
            divisions,
            float(limit - cost[of.z[p]]),
        )


def _divided(
    tasks: IntArray,
    known: Costs,
    pairs: tuple[IntArray, IntArray],
    divisions: BoolArray,
    limit: float,
) -> IntArray:
    """Return how some pairs of agents can divide a job's tasks for no more than the limit.

    (patterns, J).
    """
    (needed, working), (first, second) = known, pairs
    swap = needed[:, first].T > needed[:, second].T
    cheaper, other = (
        np.where(swap, second[:, None], first[:, None]),
        np.where(swap, first[:, None], second[:, None]),
    )
    place = np.arange(len(tasks))
    low, high = needed[place, cheaper], needed[place, other]
    paid = working[first] + np.where(first != second, working[second], 0.0) + low.sum(axis=1)
    more = np.minimum(high, NEVER) - low
    pair, division = np.nonzero(paid[:, None] + more @ divisions.T <= limit)
    patterns = np.where(divisions[division], other[pair], cheaper[pair])
    return np.unique(np.where(tasks == NONE, NONE, patterns), axis=0)


def _divisions(tasks: int) -> BoolArray:
    """Return which tasks go to the dearer of two agents, in every way worth looking at.

    (ways, tasks).
    """
    most = tasks if tasks <= FEW_TASKS else 2
    chosen = [ones for count in range(most + 1) for ones in combinations(range(tasks), count)]
    ways = np.zeros((len(chosen), tasks), dtype=bool)
    for way, ones in zip(ways, chosen, strict=True):
        way[list(ones)] = True
    return ways
