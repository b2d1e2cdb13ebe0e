"""What moves with one weight moves along a line: stability intervals and flip points, exact.

Give one node of the tree the share t of its siblings' whole and leave the siblings in proportion:
every value is then a straight line in t, known from its values at t = 0 and t = 1. Orders change
where lines cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.value import TIE


@dataclass(frozen=True)
class StabilityInterval:
    """The shares of a node between which a leader stays first, and who takes over below and above.

    None: nobody.
    """

    low: float
    high: float
    below: int | None
    above: int | None


def stability_interval(
    at_none: FloatArray, at_all: FloatArray, *, share: float, leader: int
) -> StabilityInterval:
    """Find how far a node's share can move before somebody overtakes the leader.

    Where several overtake at the same share, the one who is ahead just beyond it is named.

    Args:
        at_none: values if the node had share 0, shape (alternatives,).
        at_all: values if it had share 1.
        share: the share it has, at which `leader` is first, alone or tied.
        leader: its position.

    """
    crossings = crossing_shares(at_none, at_all, share=share, leader=leader)
    slope = (at_all - at_none) - (at_all[leader] - at_none[leader])
    high, above = _nearest(np.where(slope > 0, crossings, np.nan), slope)
    low, below = _nearest(-np.where(slope < 0, crossings, np.nan), -slope)
    return StabilityInterval(
        0.0 if below is None else -low, 1.0 if above is None else high, below, above
    )


def _nearest(crossings: FloatArray, slope: FloatArray) -> tuple[float, int | None]:
    """Return the least crossing and the steepest alternative that crosses there.

    Not a number means no crossing.
    """
    if np.isnan(crossings).all():
        return np.nan, None
    least = float(np.nanmin(crossings))
    there = crossings <= least + TIE
    return least, int(np.argmax(np.where(there, slope, -np.inf)))


def crossing_shares(
    at_none: FloatArray, at_all: FloatArray, *, share: float, leader: int
) -> FloatArray:
    """Return the share at which each alternative draws level with the leader.

    Not a number where it never gets ahead.

    This is the flip point of one weight: beyond it, seen from `share`, the order of the two is
    turned. Arguments as in `stability_interval`.

    """
    lead_at_none, lead_at_all = at_none[leader] - at_none, at_all[leader] - at_all
    fall = lead_at_none - lead_at_all
    overtakes = ((lead_at_none < -TIE) | (lead_at_all < -TIE)) & (fall != 0)
    crossing = lead_at_none / np.where(overtakes, fall, 1.0)
    # Two that are level at `share` but for rounding cross there, never on the other side of it.
    crossing = np.where(fall > 0, np.clip(crossing, share, 1.0), np.clip(crossing, 0.0, share))
    return np.where(overtakes, crossing, np.nan)


@dataclass(frozen=True)
class WeightChange:
    """The least change of weights that brings a rival level, and the sum of absolute changes."""

    weights: FloatArray
    total: float


def least_weight_change(
    weights: FloatArray, leader: FloatArray, rival: FloatArray
) -> WeightChange | None:
    """Find the nearest weights at which a rival draws level, by the sum of absolute changes.

    Weight is taken from the criteria on which the leader is furthest ahead, one after the other,
    and given to the one on which the rival does best against the leader. Moving one unit of weight
    from c to that criterion closes the gap by the difference of their leads, so no other plan is
    cheaper.

    Args:
        weights: shape (criteria,), not negative, summing to 1.
        leader: the leader's partial values, shape (criteria,).
        rival: the rival's.

    Returns:
        None where the rival is nowhere ahead: then no weights turn the order.

    Source: the exchange argument above; weight distances: Rios Insua & French (1991), European
    Journal of Operational Research 54(2), 176-190.

    """
    lead = leader - rival
    receiver = int(np.argmin(lead))
    if lead[receiver] >= -TIE:
        return None
    changed = weights.astype(np.float64)
    gap = float(weights @ lead)
    for giver in np.argsort(-lead, kind="stable").tolist():
        relief = float(lead[giver] - lead[receiver])
        if gap <= 0 or relief <= 0:
            break
        moved = min(float(changed[giver]), gap / relief)
        changed[giver] -= moved
        changed[receiver] += moved
        gap -= moved * relief
    return WeightChange(changed, float(np.abs(changed - weights).sum()))


def level_partial_value(own: float, *, gap: float, weight: float) -> float | None:
    """Return the partial value, 0 to 100, at which an alternative closes a gap in overall value.

    None if none does.

    A positive gap is what it lacks, a negative one what it can lose.

    """
    if weight <= 0:
        return None
    needed = own + gap / weight
    return needed if -TIE <= needed <= 100 + TIE else None


@dataclass(frozen=True)
class Crossing:
    """Two lines meet: who is ahead before and beyond, and whether the first place changes hands."""

    share: float
    """Of the siblings' weight, strictly between 0 and 1."""
    value: float
    before: int
    beyond: int
    first: bool


def crossings(
    at_none: FloatArray, at_all: FloatArray, among: Sequence[int]
) -> tuple[Crossing, ...]:
    """Return where the lines of some alternatives cross, from none to all of the weight.

    Args:
        at_none: values of all alternatives if the node had share 0, shape (alternatives,).
        at_all: values if it had share 1.
        among: positions of those whose lines are drawn.
    """
    found = [
        crossing
        for one, other in combinations(sorted(among), 2)
        if (crossing := _crossing(at_none, at_all, one, other))
    ]
    return tuple(
        sorted(found, key=lambda crossing: (crossing.share, crossing.before, crossing.beyond))
    )


def _crossing(at_none: FloatArray, at_all: FloatArray, one: int, other: int) -> Crossing | None:
    lead, after = float(at_none[one] - at_none[other]), float(at_all[one] - at_all[other])
    if not (min(lead, after) < -TIE and max(lead, after) > TIE):
        return None
    share = lead / (lead - after)
    level = (1 - share) * at_none + share * at_all
    value = float(level[one])
    before, beyond = (one, other) if lead > 0 else (other, one)
    return Crossing(share, value, before, beyond, first=value >= float(level.max()) - TIE)


def ever_first(at_none: FloatArray, at_all: FloatArray) -> tuple[int, ...]:
    """Return the alternatives that are first at some share of the weight, in that order."""
    if not len(at_none):
        return ()
    turns = [
        crossing.share
        for crossing in crossings(at_none, at_all, range(len(at_none)))
        if crossing.first
    ]
    marks = [0.0, *turns, 1.0]
    middles = [(low + high) / 2 for low, high in pairwise(marks)]
    return tuple(
        dict.fromkeys(
            int(np.argmax((1 - middle) * at_none + middle * at_all)) for middle in middles
        )
    )
