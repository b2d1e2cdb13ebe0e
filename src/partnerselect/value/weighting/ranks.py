"""Weights from an order of importance alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from partnerselect.value.weighting.errors import WeightingError, require_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray


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
    *,
    among: Collection[str] | None = None,
) -> dict[str, float]:
    """Turn an order of importance, most important first, into weights; a nested sequence is a tie.

    Tied criteria share the mean of the weights of the positions they occupy: whoever states a tie
    leaves every order inside it open, and this is the mean of the weights over all those orders
    (for the centroid, also the centroid of all weights that respect what was stated).

    Args:
        order: criteria, or groups of tied criteria.
        variant: `centroid`, `sum` or `reciprocal`.
        among: the criteria that must be named, each once.

    Raises:
        WeightingError: a criterion is missing, unknown or named twice, a tie is empty, or the
            variant is unknown.

    """
    groups = [[entry] if isinstance(entry, str) else list(entry) for entry in order]
    names = [name for group in groups for name in group]
    _require_order(groups, names)
    if among is not None:
        require_names(names, among, ("order",))
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
