"""Weights that can be changed, and shares of the vote where the groups decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from partnerselect.errors import InputError, Loc, dotted
from partnerselect.model import (
    Criterion,
    PointWeights,
    Scenario,
    Weights,
    check_weight_has_effect,
    siblings,
    value_at,
)
from partnerselect.value import elicited, rests_on_groups
from partnerselect.what_if.lever import WEIGHTS, Figures, Lever, undotted
from partnerselect.words import plain_number, share

POINTS = Figures(fine=5, coarse=20, start=50)
METHODS = {"rank": "by order", "pairwise": "by pairs", "best-worst": "by best and worst"}
"""How weights were given that are not typed."""


def weight_levers(scenario: Scenario, programme: str | None) -> Iterator[Lever]:
    """Yield the weights whose change has an effect, those of one programme's own among them."""
    if rests_on_groups(scenario):
        yield from _voices(scenario)
    else:
        for loc, owner, children in siblings(("criteria",), scenario.criteria):
            if len(children) > 1 and _has_effect(scenario, loc, owner.weights):
                yield from (
                    _block(scenario, (*loc, "weights"), owner.weights, children)
                    if owner.weights
                    else _typed(loc, children)
                )
    own = scenario.programmes[programme].weights if programme else None
    if programme and own and len(scenario.criteria.criteria) > 1:
        yield from _block(
            scenario,
            ("programmes", programme, "weights"),
            own,
            scenario.criteria.criteria,
            programme,
        )


def _has_effect(scenario: Scenario, loc: Loc, block: Weights | None) -> bool:
    probe = (*loc, "weights") if block else (*loc, "criteria", "any", "weight")
    try:
        check_weight_has_effect(scenario, probe)
    except InputError:
        return False
    return True


def _typed(loc: Loc, children: Mapping[str, Criterion]) -> Iterator[Lever]:
    weights = {name: child.weight or 0.0 for name, child in children.items()}
    for name, child in children.items():
        path = dotted((*loc, "criteria", name, "weight"))
        yield _weight(
            path,
            child.title,
            undotted(weights[name]),
            weights,
            lambda value, path=path: {path: value},
        )


def _block(
    scenario: Scenario,
    loc: Loc,
    block: Weights,
    children: Mapping[str, Criterion],
    programme: str = "",
) -> Iterator[Lever]:
    """Yield the points of a block.

    One by another method is replaced by direct points when the first of them moves.
    """
    path = dotted(loc)
    written = value_at(scenario.data, loc)
    is_points = isinstance(block, PointWeights)
    figures = block.points if isinstance(block, PointWeights) else _shares(block, loc, children)
    points = {name: undotted(figure) for name, figure in figures.items()}
    kept = (
        {"branches": written["branches"]}
        if isinstance(written, dict) and "branches" in written
        else {}
    )

    def moved(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - a number
        if is_points:
            return {f"{path}.points.{name}": value}
        return {path: {"method": "direct", "points": {**points, name: value}, **kept}}

    where = f" in {scenario.programmes[programme].title}" if programme else ""
    for name, child in children.items():
        lever = _weight(
            f"{path}.points.{name}",
            child.title,
            points[name],
            points,
            lambda value, name=name: moved(name, value),
            where,
        )
        told = lever.note if is_points else f"{lever.note}, {METHODS[block.method]}"
        yield replace(lever, note=told, of=programme, is_alone=is_points)


def _shares(block: Weights, loc: Loc, children: Mapping[str, Criterion]) -> dict[str, float]:
    shares = elicited(block, loc)
    return {name: round(100 * shares[name], 2) for name in children}


def _weight(
    path: str,
    title: str,
    value: float,
    siblings_of: Mapping[str, float],
    changes: Any,  # noqa: ANN401
    where: str = "",
) -> Lever:
    total = sum(siblings_of.values())
    return Lever(
        path,
        WEIGHTS,
        f"{title}{where}",
        f"Weight of {title}{where}",
        value,
        plain_number(value),
        POINTS,
        changes,
        share(value / total) if total else "",
    )


def _voices(scenario: Scenario) -> Iterator[Lever]:
    voices = {name: group.voice for name, group in scenario.stakeholders.items()}
    for name, group in scenario.stakeholders.items():
        path = f"stakeholders.{name}.voice"
        total = sum(voices.values())
        value = undotted(group.voice)
        yield Lever(
            path,
            WEIGHTS,
            f"Voice of {group.title}",
            f"Voice of {group.title}",
            value,
            plain_number(value),
            Figures(fine=0.5, coarse=1, start=1),
            # binds the value of the loop
            lambda value, path=path: {path: value},  # type: ignore[misc]
            share(group.voice / total) if total else "",
        )
