"""From scores in natural units to partial values between 0 and 100."""

from __future__ import annotations

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import (
    Criterion,
    LevelsScale,
    LinearScale,
    PointsScale,
    RatioScale,
    RelativeScale,
    Score,
)

Scale = LinearScale | PointsScale | LevelsScale | RelativeScale
TIE = 1e-9
"""Values closer than this are tied, and a value this close to a requirement meets it."""
UNKNOWN_VALUE = 50.0
"""What an unknown score counts as, flagged, until it is found out."""


def more_is_better(scale: Scale | None) -> bool:
    """Tell whether a higher score is worth more; levels are given by their value."""
    match scale:
        case LinearScale(worst=worst, best=best):
            return best > worst
        case RelativeScale():
            return scale.rises
        case PointsScale(points=points):
            return max(points)[1] >= min(points)[1]
    return True


def linear(scores: FloatArray, worst: float | FloatArray, best: float | FloatArray) -> FloatArray:
    """Return values linear between worst (0) and best (100); not clipped.

    Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives.
    """
    return (scores - worst) * (100.0 / (np.asarray(best, dtype=np.float64) - worst))


def piecewise_linear(scores: FloatArray, points: list[list[float]]) -> FloatArray:
    """Return values on the line through (score, value) points; flat beyond the outermost."""
    ordered = np.array(sorted(points), dtype=float)
    return np.asarray(np.interp(scores, ordered[:, 0], ordered[:, 1]))


def partial_values(
    scores: FloatArray,
    scale: Scale,
    ends: tuple[FloatArray, FloatArray] | None = None,
) -> FloatArray:
    """Return the values in [0, 100] of scores on a scale; unknown scores (nan) count 50.

    Args:
        scores: any shape; levels are given by their value.
        scale: what a score means.
        ends: for a relative scale its worst and best score, broadcast against `scores`; where they
            are equal and it is local, or nobody defines them, every value is 100.
    """
    match scale:
        case LinearScale():
            values = linear(scores, scale.worst, scale.best)
        case PointsScale():
            values = piecewise_linear(scores, scale.points)
        case LevelsScale():
            values = scores
        case RatioScale():
            top = np.asarray(np.nan if ends is None else ends[1])
            with np.errstate(divide="ignore"):
                marks = 100.0 * (scores / top if scale.rises else top / scores)
            values = np.where(np.isnan(top), 100.0, marks)
        case RelativeScale():
            worst, best = ends if ends is not None else (np.nan, np.nan)
            alike = np.asarray(np.isnan(worst) | (worst == best))
            values = np.where(
                alike,
                100.0,
                linear(scores, np.where(alike, 0.0, worst), np.where(alike, 1.0, best)),
            )
    clipped = np.asarray(np.clip(values, 0.0, 100.0))
    clipped += 0.0  # the worst where less is better comes out as −0.0, and would be printed so
    np.copyto(clipped, UNKNOWN_VALUE, where=np.isnan(scores))
    return clipped


def nominal(score: Score, criterion: Criterion) -> float:
    """Return the score taken where one number is needed: likely, else the middle of low and high.

    Nan if unknown; levels are given by their value.
    """
    if score.is_unknown:
        return np.nan
    marks = (
        [score.low, score.high]
        if score.is_range and score.likely is None
        else [score.likely if score.is_range else score.score]
    )
    levels = criterion.scale.levels if isinstance(criterion.scale, LevelsScale) else None
    return float(np.mean([levels[str(mark)] if levels else mark for mark in marks]))


def values_of(criterion: Criterion, scores: FloatArray, ends: FloatArray) -> FloatArray:
    """Return partial values of one criterion; `ends` of relative scales, shape (…, 2)."""
    assert criterion.scale is not None  # noqa: S101 - a leaf has a scale; the model holds that
    return partial_values(scores, criterion.scale, (ends[..., 0], ends[..., 1]))


def required_value(criterion: Criterion, ends: FloatArray) -> FloatArray:
    """Return the partial value of a minimum requirement, minus infinity where there is none.

    `ends` of relative scales are of any shape (…, 2); the result is of shape (…).
    """
    if criterion.at_least is None:
        return np.full(ends.shape[:-1], -np.inf)
    mark = nominal(Score.model_construct(score=criterion.at_least), criterion)
    return values_of(criterion, np.full(ends.shape[:-1], mark), ends)


def side_by_side(columns: list[FloatArray]) -> FloatArray:
    """Return one array with the criteria last, each criterion still contiguous in memory."""
    return np.moveaxis(np.stack(columns), 0, -1)
