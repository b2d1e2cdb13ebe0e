"""Weights from points (direct rating, swing weighting), or from an order of importance alone.

Every method of weighting takes plain data about the siblings it weighs and returns positive weights
that sum to 1, with a measure of consistency where the method has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite

import numpy as np
from numpy.typing import NDArray

from partnerselect.words import plain_number


@dataclass(frozen=True)
class Mend:
    """The judgement that hurts most, what all others imply, and the ratio if it said that."""

    key: tuple[str, str]
    """From the block to the judgement."""
    stated: float
    implied: float
    consistency_ratio: float


class WeightingError(ValueError):
    """A weights block cannot be turned into weights.

    `key` leads from the block to the faulty value, such as `("judgements", "value over cost")`.
    """

    def __init__(self, key: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def swing(points: Mapping[str, float]) -> dict[str, float]:
    """Divide the points given to each criterion by their sum.

    Points are the worth of going from worst to best on each criterion (swing weights), or ratings
    of importance as they are (direct); the arithmetic is the same, what differs is the question.

    Raises:
        WeightingError: a point is negative or not finite, or all are zero.

    Source: von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.

    """
    for name, point in points.items():
        if not (isfinite(point) and point >= 0):
            raise WeightingError(
                ("points", name), f"must be a number of 0 or more (found {plain_number(point)})"
            )
    largest = max(points.values(), default=0)
    if largest == 0:
        raise WeightingError(("points",), "must hold at least one number above 0; all are zero")
    shares = {
        name: point / largest for name, point in points.items()
    }  # first by the largest, so that no sum overflows
    total = fsum(shares.values())
    return {name: share / total for name, share in shares.items()}


def _centroid(n: int) -> NDArray[np.float64]:
    """Mean of all weights in the order (Barron & Barrett 1996, Management Science 42(11))."""
    tails: NDArray[np.float64] = np.cumsum(1 / np.arange(n, 0, -1))[::-1]
    return tails / n


def _sum(n: int) -> NDArray[np.float64]:
    """n, n - 1 … 1, normalised (Stillwell, Seaver & Edwards 1981, OBHP 28)."""
    raw: NDArray[np.float64] = np.arange(n, 0, -1) / 1.0
    return raw / np.sum(raw)


def _reciprocal(n: int) -> NDArray[np.float64]:
    """1, 1/2 … 1/n, normalised (Stillwell, Seaver & Edwards 1981)."""
    raw: NDArray[np.float64] = 1 / np.arange(1, n + 1)
    return raw / np.sum(raw)


_VARIANTS: dict[str, Callable[[int], NDArray[np.float64]]] = {
    "centroid": _centroid,
    "sum": _sum,
    "reciprocal": _reciprocal,
}


def rank(
    order: Sequence[str | Sequence[str]],
    variant: str = "centroid",
) -> dict[str, float]:
    """Turn an order of importance, most important first, into weights; a nested sequence is a tie.

    Tied criteria share the mean of the weights of the positions they occupy: whoever states a tie
    leaves every order inside it open, and this is the mean of the weights over all those orders
    (for the centroid, also the centroid of all weights that respect what was stated).

    Args:
        order: criteria, or groups of tied criteria.
        variant: `centroid`, `sum` or `reciprocal`.

    Raises:
        WeightingError: a criterion is named twice, a tie is empty, or the variant is unknown.

    """
    groups = [[entry] if isinstance(entry, str) else list(entry) for entry in order]
    names = [name for group in groups for name in group]
    _require_order(groups, names)
    if variant not in _VARIANTS:
        raise WeightingError(
            ("variant",), f'must be one of {", ".join(_VARIANTS)} (found "{variant}")'
        )
    by_position = _VARIANTS[variant](len(names))
    ends = np.cumsum([len(group) for group in groups])
    shared = [
        float(by_position[end - len(group) : end].mean())
        for group, end in zip(groups, ends, strict=True)
    ]
    return {name: weight for group, weight in zip(groups, shared, strict=True) for name in group}


def _require_order(groups: list[list[str]], names: list[str]) -> None:
    if not names:
        raise WeightingError(("order",), "must name at least one criterion")
    for position, group in enumerate(groups):
        if not group:
            raise WeightingError(
                ("order", position), "is an empty tie; name the tied criteria or leave it out"
            )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise WeightingError(("order",), f'names "{twice[0]}" more than once')
