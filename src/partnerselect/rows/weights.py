"""Weights as rows with the ranges they speak of, how they were given, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from partnerselect.analysis import Analysis
from partnerselect.arrays import FloatArray
from partnerselect.model import (
    Criterion,
    LevelsScale,
    LinearScale,
    LocalScale,
    PointsScale,
    Scenario,
    Weights,
    siblings,
)
from partnerselect.rows.plain import Row
from partnerselect.value import THE_SET, group_weights, rests_on_groups, whole_share
from partnerselect.words import figure, with_unit

METHODS = {
    "direct": "points",
    "swing": "swing points: the worth of going from worst to best",
    "rank": "an order of importance",
    "pairwise": "judgements in pairs",
    "best-worst": "the most and the least important compared with the rest",
}
TYPED = METHODS["swing"]
MEAN = "the mean of the groups' weights, by voice"


@dataclass(frozen=True)
class _Holder:
    """Whose weights are shown: of the leaves, as given, with local ends where they are one's."""

    title: str
    weights: Mapping[str, float]
    own: Weights | None
    ends: Mapping[str, FloatArray]


def weight_rows(analysis: Analysis) -> list[Row]:
    """Return the weights that hold where a programme has none of its own."""
    return _rows(analysis.scenario, _Holder("", analysis.weights, None, {}))


def programme_weight_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return the weights of one programme, with the ends of local scales as they stand there."""
    p, stated = (
        analysis.table.workload.programmes.index(programme),
        analysis.scenario.programmes[programme],
    )
    weights = dict(zip(analysis.table.criteria, analysis.scores.weights[p].tolist(), strict=True))
    ends = dict(zip(analysis.table.criteria, analysis.table.ends[p], strict=True))
    return _rows(analysis.scenario, _Holder(stated.title, weights, stated.weights, ends))


def group_weight_rows(analysis: Analysis, group: str) -> list[Row]:
    """Return the weights of one stakeholder group."""
    stated = analysis.scenario.stakeholders[group]
    return _rows(
        analysis.scenario,
        _Holder(stated.title, group_weights(analysis.scenario)[group], stated.weights, {}),
    )


def _rows(scenario: Scenario, holder: _Holder) -> list[Row]:
    rows = {}
    for at, owner, children in siblings((), scenario.criteria):
        above = ".".join(str(key) for key in at if key != "criteria")
        whole = whole_share(holder.weights, above) if above else 1.0
        typed = any(child.weight is not None for child in children.values())
        method, by = (
            _given(scenario, holder, above, owner.weights, typed=typed)
            if len(children) > 1
            else ("", "")
        )
        for name, child in children.items():
            path = f"{above}.{name}".removeprefix(".")
            rows[path] = _row(path, child, holder, whole) | {"method": method, "by": by}
    return [rows[path] for path in scenario.criteria.nodes]


def _row(path: str, criterion: Criterion, holder: _Holder, above: float) -> Row:
    whole = whole_share(holder.weights, path)
    worst, best = ends_in_words(criterion, holder.ends.get(path))
    return {
        "criterion": path,
        "title": criterion.title,
        "local": whole / above if above > 0 else None,
        "whole": whole,
        "worst": worst,
        "best": best,
    }


def _given(
    scenario: Scenario, holder: _Holder, branch: str, of_set: Weights | None, *, typed: bool
) -> tuple[str, str]:
    """Return how the shares of these siblings were given, and by whom."""
    block = holder.own.branches.get(branch) if holder.own and branch else holder.own
    if block is not None:
        return METHODS[block.method], holder.title
    if (holder.own is None and rests_on_groups(scenario)) or (of_set is None and not typed):
        return MEAN, "the groups"
    return METHODS[of_set.method] if of_set else TYPED, THE_SET


def ends_in_words(
    criterion: Criterion, ends: FloatArray | None = None
) -> tuple[str | None, str | None]:
    """Return the worst and the best end of a scale, with the unit.

    None for a branch, whose ends are those of all below it.

    Args:
        criterion: a leaf or a branch.
        ends: the worst and best of a local scale in one programme, where one is meant and they are
            known.
    """
    match criterion.scale:
        case LinearScale(worst=worst, best=best, unit=unit):
            return with_unit(figure(worst), unit), with_unit(figure(best), unit)
        case PointsScale(points=points, unit=unit):
            low, high = (
                min(points, key=lambda point: point[1]),
                max(points, key=lambda point: point[1]),
            )
            return with_unit(figure(low[0]), unit), with_unit(figure(high[0]), unit)
        case LevelsScale(levels=levels):
            return min(levels, key=lambda level: levels[level]), max(
                levels, key=lambda level: levels[level]
            )
        case LocalScale(unit=unit):
            if ends is None or np.isnan(ends).any():
                return "the worst partner of each programme", "the best partner of each programme"
            return with_unit(figure(ends[0]), unit), with_unit(figure(ends[1]), unit)
        case _:
            return None, None
