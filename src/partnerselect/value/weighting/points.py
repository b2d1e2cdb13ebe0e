"""Weights from points: direct rating and swing weighting."""

from __future__ import annotations

from math import fsum, isfinite
from typing import TYPE_CHECKING

from partnerselect.value.weighting.errors import WeightingError, require_names
from partnerselect.words import plain_number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def direct(
    points: Mapping[str, float], *, among: Collection[str] | None = None
) -> dict[str, float]:
    """Divide the points given to each criterion by their sum.

    Raises:
        WeightingError: a point is negative or not finite, all are zero, or the names are not
            exactly `among`.

    """
    if among is not None:
        require_names(points, among, ("points",))
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


def swing(points: Mapping[str, float], *, among: Collection[str] | None = None) -> dict[str, float]:
    """Turn swing points, the worth of going from worst to best on each criterion, into weights.

    The arithmetic is that of `direct`; what differs is the question asked.

    Raises:
        WeightingError: as `direct`.

    Source: von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.

    """
    return direct(points, among=among)
