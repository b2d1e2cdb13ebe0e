"""Minimum requirements: who does not meet them, in plain sentences."""

from __future__ import annotations

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.model import Criterion, Scenario, Score
from partnerselect.value.eligibility import Pair
from partnerselect.value.money import Workload
from partnerselect.value.value_function import TIE, more_is_better, required_value, values_of
from partnerselect.words import SYMBOLS, figure, with_unit


def below_minimum(criterion: Criterion, scores: FloatArray, ends: FloatArray) -> BoolArray:
    """Return where a score, unknown ones included, does not meet the minimum requirement.

    Scores (P, K), ends (P, 2).
    """
    if criterion.at_least is None:
        return np.zeros(scores.shape, dtype=bool)
    required = required_value(criterion, ends)[:, None]
    short = values_of(criterion, scores, ends[:, None]) < required - TIE
    return np.asarray(np.isnan(scores) | short)


def requirements_missed(
    scenario: Scenario, work: Workload, scores: FloatArray, ends: FloatArray
) -> tuple[dict[Pair, tuple[str, ...]], dict[Pair, tuple[str, ...]], dict[Pair, int]]:
    """Return requirements not met, in sentences and by path, and how many for want of a score."""
    failed: dict[Pair, tuple[str, ...]] = {}
    missed: dict[Pair, tuple[str, ...]] = {}
    unproven: dict[Pair, int] = {}
    for c, (name, criterion) in enumerate(scenario.criteria.leaves.items()):
        if criterion.at_least is None:
            continue
        short = below_minimum(criterion, scores[:, :, c], ends[:, c])
        for p, k in zip(*np.nonzero(short & (work.covers > 0)), strict=True):
            pair = (work.programmes[p], work.partners[k])
            is_unknown = bool(np.isnan(scores[p, k, c]))
            failed[pair] = (
                *failed.get(pair, ()),
                _sentence(scenario, name, criterion, pair, is_unknown=is_unknown),
            )
            missed[pair] = (*missed.get(pair, ()), name)
            unproven[pair] = unproven.get(pair, 0) + is_unknown
    return failed, missed, {pair: count for pair, count in unproven.items() if count}


def _sentence(
    scenario: Scenario, name: str, criterion: Criterion, pair: Pair, *, is_unknown: bool
) -> str:
    bound, wanted = _required(criterion)
    if is_unknown:
        return (
            f"{criterion.title} is not known, and {bound} {wanted} is required; it would qualify"
            " if that were shown."
        )
    partner = scenario.partners[pair[1]]
    special = partner.for_.get(pair[0])
    score = (special.scores if special and name in special.scores else partner.scores).get(name)
    found = f" (it scores {_said(score, criterion)})" if score is not None else ""
    return f"{criterion.title} must be {bound} {wanted}{found}."


def _required(criterion: Criterion) -> tuple[str, str]:
    """Return a minimum requirement in words: a bound in the direction of its scale, and where."""
    if isinstance(criterion.at_least, str) or criterion.scale is None:
        return "at least", str(criterion.at_least)
    bound = "at least" if more_is_better(criterion.scale) else "at most"
    return bound, with_unit(figure(criterion.at_least), criterion.scale.unit)


def _said(score: Score, criterion: Criterion) -> str:
    unit = criterion.unit
    sign = unit if unit[:1] in SYMBOLS.values() else ""
    mark = score.score if score.score is not None else score.likely
    if mark is None:
        low, high = (with_unit(figure(end), sign) for end in (score.low, score.high))
        return f"{low} to {high}"
    return with_unit(figure(mark), sign)
