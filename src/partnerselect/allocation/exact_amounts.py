"""Exact amounts by partner and phase, and what goes beyond a cap."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

Pair = tuple[int, int]
"""A need and its partner, by number."""
ByPhase = dict[int, Fraction]
NOTHING = Fraction(0)


@cache
def exact(number: float) -> Fraction:
    """Return a number as it is written: the shortest decimal that stands for it."""
    return Fraction(repr(float(number)))


def by_partner(pairs: list[Pair], amounts: Callable[[int, int], ByPhase]) -> dict[int, ByPhase]:
    """Return by partner and phase what amounts of needs and their partners add up to."""
    found: dict[int, ByPhase] = {}
    for n, k in pairs:
        theirs = found.setdefault(k, {})
        for t, amount in amounts(n, k).items():
            theirs[t] = theirs[t] + amount if t in theirs else amount
    return found


def counted(count: int) -> ByPhase:
    """Return a number of things, which is not by phase."""
    return {0: Fraction(count)}


def added(one: ByPhase, other: ByPhase) -> ByPhase:
    """Return the sums of two amounts, phase by phase."""
    return {t: one.get(t, NOTHING) + other.get(t, NOTHING) for t in one.keys() | other.keys()}


def beyond(
    used: ByPhase, caps: dict[int | None, Fraction], before: ByPhase | None = None
) -> ByPhase:
    """Return what is used beyond caps, by phase; a total (None) is used up in order of date.

    What comes `before` all of that has its part of the caps first.
    """
    over: ByPhase = {}
    first = before or {}
    left = {
        t: max(
            cap - (sum(first.values(), NOTHING) if t is None else first.get(t, NOTHING)), NOTHING
        )
        for t, cap in caps.items()
    }
    for t in sorted(used):
        own = min(cap for cap in (used[t], left.get(t), left.get(None)) if cap is not None)
        over[t] = used[t] - own
        if None in left:
            left[None] -= own
    return over


def part_of(amounts: dict[int, ByPhase], ours: set[int]) -> Fraction | None:
    """Return the part of all amounts that some partners have; None where there are none at all."""
    summed = {k: sum(theirs.values(), NOTHING) for k, theirs in amounts.items()}
    in_all = sum(summed.values(), NOTHING)
    return sum((summed[k] for k in ours & summed.keys()), NOTHING) / in_all if in_all else None
