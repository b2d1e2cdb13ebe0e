"""What other methods say of the same table: TOPSIS, VIKOR, PROMETHEE, COPRAS, product.

Every method takes `values` of shape (alternatives, criteria) in natural units, `weights` of shape
(criteria,) that are not negative and sum to 1, and `increasing`, of shape (criteria,), true where
more is better. A criterion of no weight plays no part. Where a formula has no meaning the scores
are None and the reason says why: nothing is shifted, clipped or replaced to make a number come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.value.scoring import ranks
from partnerselect.value.value_function import TIE

_ROUNDING = 1e-12
"""Differences this small, as a share of the largest number of their criterion, come from
rounding."""


@dataclass(frozen=True)
class Opinion:
    """Scores and ranks (1, 1, 3) in the order of the alternatives, or None and the reason."""

    scores: tuple[float, ...] | None
    ranks: tuple[int, ...] | None
    reason: str = ""


@dataclass(frozen=True)
class Compromise:
    """Positions of the alternatives VIKOR proposes together, best first.

    One alone if both conditions hold.

    `has_advantage`: the first leads by at least 1 / (alternatives - 1) of Q. `is_stable`: the first
    is also first by group utility or by greatest regret.
    """

    positions: tuple[int, ...]
    has_advantage: bool
    is_stable: bool


@dataclass(frozen=True)
class Vikor(Opinion):
    """VIKOR's Q as scores (lower is better), with group utility S and greatest regret R."""

    group_utility: tuple[float, ...] = ()
    greatest_regret: tuple[float, ...] = ()
    compromise: Compromise | None = None


Shape = Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]


@dataclass(frozen=True)
class Preference:
    """How a difference on one criterion becomes a preference between 0 and 1.

    Thresholds in the criterion's unit.
    """

    shape: Shape = "usual"
    indifference: float = 0.0
    preference: float = 0.0
    deviation: float = 0.0


def _ranks(scores: FloatArray) -> tuple[int, ...]:
    return tuple(ranks(scores, np.ones(len(scores), dtype=bool)).tolist())


def _opinion(scores: FloatArray) -> Opinion:
    return Opinion(tuple(scores.tolist()), _ranks(scores))


def _undefined(reason: str) -> Opinion:
    return Opinion(None, None, reason)


def _weighed(
    values: FloatArray, weights: FloatArray, increasing: BoolArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Leave out the criteria of no weight."""
    kept = weights > 0
    return values[:, kept], weights[kept], increasing[kept]


_ALONE = "a single partner: there is nothing to compare it with"


def vector_normalised(values: FloatArray) -> FloatArray | None:
    """Divide each criterion by its Euclidean length; None where a length is zero."""
    largest = np.abs(values).max(axis=0)
    if (largest == 0).any():
        return None
    scaled: FloatArray = values / largest  # first by the largest, so that no square overflows
    length: FloatArray = np.sqrt((scaled**2).sum(axis=0))
    return scaled / length


def topsis(normalised: FloatArray, weights: FloatArray, increasing: BoolArray) -> Opinion:
    """Score by closeness to the best of every criterion, 0 to 1, on a normalised table.

    Source: Hwang & Yoon (1981), Multiple Attribute Decision Making; Opricovic & Tzeng (2004), EJOR
    156(2).

    """
    if len(normalised) == 1:
        return _undefined(_ALONE)
    table, weight, up = _weighed(normalised, weights, increasing)
    weighted = table * weight
    lowest, highest = weighted.min(axis=0), weighted.max(axis=0)
    to_best = np.sqrt(((weighted - np.where(up, highest, lowest)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - np.where(up, lowest, highest)) ** 2).sum(axis=1))
    if (highest - lowest).max() <= _ROUNDING * np.abs(weighted).max():
        return _undefined(
            "all partners score the same on every criterion: no best and worst to be close to"
        )
    return _opinion(to_worst / (to_best + to_worst))


def topsis_by_vector(values: FloatArray, weights: FloatArray, increasing: BoolArray) -> Opinion:
    """Score raw values by `topsis`, each criterion divided by its Euclidean length."""
    table, weight, up = _weighed(values, weights, increasing)
    normalised = vector_normalised(table)
    if normalised is None:
        return _undefined(
            "every partner scores 0 on a criterion: its length is 0 and cannot be divided by"
        )
    return topsis(normalised, weight, up)


def vikor(
    values: FloatArray, weights: FloatArray, increasing: BoolArray, *, v: float = 0.5
) -> Vikor:
    """Score by Q, 0 (best) to 1: the mean of group utility, weighing `v`, and greatest regret.

    A criterion on which all are equal adds neither utility nor regret.

    Source: Opricovic & Tzeng (2004), European Journal of Operational Research 156(2), 445-455.

    """
    if len(values) == 1:
        return Vikor(None, None, _ALONE)
    table, weight, up = _weighed(values, weights, increasing)
    regrets = weight * _share_of_range(np.where(up, -table, table))
    utility, regret = regrets.sum(axis=1), regrets.max(axis=1)
    scores = v * _share_of_range(utility) + (1 - v) * _share_of_range(regret)
    return Vikor(
        tuple(scores.tolist()),
        _ranks(-scores),
        group_utility=tuple(utility.tolist()),
        greatest_regret=tuple(regret.tolist()),
        compromise=_compromise(scores, utility, regret),
    )


def _share_of_range(numbers: FloatArray) -> FloatArray:
    """Map the least of each column to 0 and the greatest to 1; a column without range to 0."""
    low = numbers.min(axis=0)
    span = numbers.max(axis=0) - low
    flat = span <= _ROUNDING * np.abs(numbers).max(axis=0)
    shares: FloatArray = np.where(flat, 0.0, (numbers - low) / np.where(flat, 1.0, span))
    return shares


def _compromise(scores: FloatArray, utility: FloatArray, regret: FloatArray) -> Compromise:
    """Apply Opricovic and Tzeng's two conditions; whoever ties with the last one in is in."""
    order = np.argsort(scores, kind="stable")
    best, second = order[0], order[1]
    has_advantage = bool(scores[second] - scores[best] >= 1 / (len(scores) - 1) - TIE)
    is_stable = any(measure[best] <= measure.min() + TIE for measure in (utility, regret))
    if not has_advantage:
        limit = scores[best] + 1 / (len(scores) - 1) - TIE
        kept = order[scores[order] < limit]
    elif not is_stable:
        kept = order[scores[order] <= scores[second] + TIE]
    else:
        kept = order[:1]
    return Compromise(tuple(kept.tolist()), has_advantage, is_stable)


def promethee(
    values: FloatArray,
    weights: FloatArray,
    increasing: BoolArray,
    preferences: Sequence[Preference],
) -> Opinion:
    """Score by the net flow of PROMETHEE II, -1 to 1: how far preferred to the others.

    Source: Brans & Vincke (1985), Management Science 31(6), 647-656.

    """
    if len(values) == 1:
        return _undefined(_ALONE)
    flow = np.zeros(len(values))
    for column, weight, up, preference in zip(
        values.T, weights, increasing, preferences, strict=True
    ):
        goods = column if up else -column
        preferred = preference_degree(
            goods[:, None] - goods[None, :],
            preference,
            rounding=_ROUNDING * float(np.abs(column).max()),
        )
        flow += weight * (preferred.sum(axis=1) - preferred.sum(axis=0))
    return _opinion(flow / (len(values) - 1))


def preference_degree(
    difference: FloatArray, preference: Preference, *, rounding: float = 0.0
) -> FloatArray:
    """Turn differences into preferences between 0 and 1.

    None for the worse, nor for a difference within `rounding`.

    Source: the six shapes of Brans & Vincke (1985).

    """
    better: FloatArray = np.where(difference > rounding, difference, 0.0)
    within, beyond = preference.indifference, preference.preference
    match preference.shape:
        case "usual":
            return (better > 0).astype(np.float64)
        case "u-shape":
            return (better > within + rounding).astype(np.float64)
        case "v-shape":
            return _ramp(better, 0.0, beyond, rounding)
        case "level":
            return 0.5 * (better > within + rounding) + 0.5 * (better > beyond + rounding)
        case "linear":
            return _ramp(better, within, beyond, rounding)
        case "gaussian":
            return 1 - np.exp(-((better / preference.deviation) ** 2) / 2)


def _ramp(better: FloatArray, start: float, end: float, rounding: float) -> FloatArray:
    """Rise from 0 at `start` to 1 at `end`; a step where they meet."""
    if end - start <= rounding:
        return (better > start + rounding).astype(np.float64)
    return np.clip((better - start) / (end - start), 0.0, 1.0)


def copras(values: FloatArray, weights: FloatArray, increasing: BoolArray) -> Opinion:
    """Score by the utility degree of COPRAS: significance as a share of the greatest.

    A lower cost is the better one. Undefined for negative numbers, for a criterion that sums to 0
    and for an alternative without any cost where cost is a criterion.

    Source: Zavadskas, Kaklauskas & Sarka (1994), Technological and Economic Development of Economy
    1(3), 131-139.

    """
    if len(values) == 1:
        return _undefined(_ALONE)
    table, weight, up = _weighed(values, weights, increasing)
    if (table < 0).any():
        return _undefined("a score is below 0, of which no share can be taken")
    totals = table.sum(axis=0)
    if not totals.all():
        return _undefined(
            "every partner scores 0 on a criterion: there is no total to take shares of"
        )
    shares = weight * table / totals
    gains, costs = shares[:, up].sum(axis=1), shares[:, ~up].sum(axis=1)
    if not up.all():
        if not costs.all():
            return _undefined("a partner's cost is 0, which cannot be divided by")
        gains = gains + costs.sum() / (costs * (1 / costs).sum())
    return _opinion(gains / gains.max())


def weighted_product(values: FloatArray, weights: FloatArray, increasing: BoolArray) -> Opinion:
    """Score by the weighted product of scores (costs inverted), as a share of the best.

    Source: Bridgman (1922), Dimensional Analysis; Triantaphyllou (2000), Multi-Criteria Decision
    Making Methods, ch. 2.

    """
    if len(values) == 1:
        return _undefined(_ALONE)
    table, weight, up = _weighed(values, weights, increasing)
    if (table < 0).any():
        return _undefined("a score is below 0, of which no power can be taken")
    if not table[:, ~up].all():
        return _undefined("a partner's cost is 0, which cannot be divided by")
    with np.errstate(
        divide="ignore"
    ):  # the logarithm of 0 is minus infinity, and its power rightly 0
        logs = (np.where(up, weight, -weight) * np.log(table)).sum(axis=1)
    if np.isneginf(logs).all():
        return _undefined("every partner has a score of 0 somewhere: all products are 0")
    return _opinion(np.exp(logs - logs.max()))
