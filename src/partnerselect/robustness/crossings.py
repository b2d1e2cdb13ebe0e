"""Where the values of partners cross as one weight moves: lines from none of it to all of it, every crossing exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from partnerselect.value.scoring import TIE

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Crossing:
    """Two lines meet: who is ahead before, who beyond, and whether the first place of all changes hands here."""

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
    """Return the alternatives that are first at some share of the weight, in the order in which they come first."""
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
