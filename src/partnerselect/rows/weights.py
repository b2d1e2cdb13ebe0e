"""Weights as rows with the ranges they speak of, how they were given, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from partnerselect.analysis import Analysis
from partnerselect.arrays import FloatArray
from partnerselect.model import (
    Criterion,
    LevelsScale,
    LinearScale,
    PointsScale,
    PointWeights,
    RatioScale,
    Scenario,
    Weights,
    criterion_path,
    siblings,
)
from partnerselect.rows.plain import Row, weights_of
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
SHOWN = ("criterion", "title", "local", "whole", "worst", "best", "method", "by")
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
    return _shown(weighed_rows(analysis, None))


def programme_weight_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return the weights of one programme, with the ends of local scales as they stand there."""
    return _shown(weighed_rows(analysis, programme))


def group_weight_rows(analysis: Analysis, group: str) -> list[Row]:
    """Return the weights of one stakeholder group."""
    stated = analysis.scenario.stakeholders[group]
    weights = group_weights(analysis.scenario)[group]
    return _shown(_weighed(analysis.scenario, _Holder(stated.title, weights, stated.weights, {})))


def _shown(rows: list[Row]) -> list[Row]:
    return [{key: row[key] for key in SHOWN} for row in rows]


def weighed_rows(analysis: Analysis, programme: str | None) -> list[Row]:
    """Return the weights of all, or of one programme, with what was typed for them.

    Besides what is shown: the branch `above`, how many `siblings`, the points `typed` for a child
    (None where they come from elsewhere), and whether it is its programme's `own`.
    """
    scenario, table = analysis.scenario, analysis.table
    if programme is None:
        return _weighed(scenario, _Holder("", analysis.weights, None, {}))
    p, stated = table.workload.programmes.index(programme), scenario.programmes[programme]
    weights, ends = weights_of(analysis, programme), zip(table.criteria, table.ends[p], strict=True)
    return _weighed(scenario, _Holder(stated.title, weights, stated.weights, dict(ends)))


def _weighed(scenario: Scenario, holder: _Holder) -> list[Row]:
    rows = {}
    for at, owner, children in siblings((), scenario.criteria):
        above = criterion_path(at)
        block = holder.own.branches.get(above) if holder.own and above else holder.own
        stated = owner.weights if holder.own is None else block
        by_child = {name: child.weight for name, child in children.items()}
        typed = any(weight is not None for weight in by_child.values())
        method, by = _given(scenario, holder, block, owner.weights, typed=typed)
        if holder.own is None and rests_on_groups(scenario):
            by_child = {}
        elif stated is not None or holder.own is not None:
            by_child = dict(stated.points) if isinstance(stated, PointWeights) else {}
        whole = whole_share(holder.weights, above) if above else 1.0
        for name, child in children.items():
            path = f"{above}.{name}".removeprefix(".")
            part = whole_share(holder.weights, path)
            worst, best = ends_in_words(child, holder.ends.get(path))
            rows[path] = {
                "criterion": path,
                "title": child.title,
                "local": part / whole if whole > 0 else None,
                "whole": part,
                "worst": worst,
                "best": best,
                "method": method if len(children) > 1 else "",
                "by": by if len(children) > 1 else "",
                "above": above,
                "siblings": len(children),
                "typed": by_child.get(name),
                "own": block is not None,
            }
    return [rows[path] for path in scenario.criteria.nodes]


def _given(
    scenario: Scenario,
    holder: _Holder,
    block: Weights | None,
    of_set: Weights | None,
    *,
    typed: bool,
) -> tuple[str, str]:
    """Return how the shares of these siblings were given, and by whom."""
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
    scale = criterion.scale
    if scale is None:
        return None, None
    if isinstance(scale, LevelsScale):
        worth = scale.levels.__getitem__
        return min(scale.levels, key=worth), max(scale.levels, key=worth)
    if isinstance(scale, LinearScale):
        marks = [scale.worst, scale.best]
    elif isinstance(scale, PointsScale):
        marks = [end(scale.points, key=itemgetter(1))[0] for end in (min, max)]
    elif isinstance(scale, RatioScale):
        far = "next to nothing" if scale.rises else "many times the lowest"
        if ends is None or np.isnan(ends).any():
            return far, f"the {scale.ratio} of each programme"
        return far, with_unit(figure(ends[1]), scale.unit)
    elif ends is None or np.isnan(ends).any():
        return "the worst partner of each programme", "the best partner of each programme"
    else:
        marks = ends.tolist()
    worst, best = (with_unit(figure(mark), scale.unit) for mark in marks)
    return worst, best
