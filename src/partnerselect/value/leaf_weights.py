"""Weights of the leaf criteria: shares of siblings, multiplied down the tree.

Source: swing weights: von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.errors import InputError, Loc, Problem
from partnerselect.model import (
    BestWorstWeights,
    CriteriaSet,
    Criterion,
    PairwiseWeights,
    PointWeights,
    RankWeights,
    Scenario,
    Weights,
    criterion_loc,
)
from partnerselect.value.best_worst_weights import best_worst
from partnerselect.value.pairwise_weights import pairwise
from partnerselect.value.point_weights import WeightingError, rank, swing
from partnerselect.words import ILLUSTRATIVE, share

SAME_WEIGHT = 1e-5
"""Fixed weights are kept to 6 decimals."""


def programme_weights(scenario: Scenario, branch: str = "") -> FloatArray:
    """Return the leaf weights of every programme; shape (P, C), rows sum to 1.

    A programme's own, else the criteria set's, else the groups' mean by voice. Of a branch, given
    by its path, what its leaves weigh within it, and nothing elsewhere.

    Raises:
        InputError: judgements that contradict one another or do not connect the criteria.
    """
    base = base_weights(scenario)
    common = _within(scenario.criteria, base, branch) if branch else base
    rows = []
    for name, programme in scenario.programmes.items():
        loc: Loc = ("programmes", name, "weights")
        own = (
            leaf_weights(scenario.criteria, programme.weights, loc, base, branch)
            if programme.weights
            else common
        )
        rows.append([own.get(leaf, 0.0) for leaf in scenario.criteria.leaves])
    return np.array(rows)


def _within(criteria: CriteriaSet, weights: dict[str, float], branch: str) -> dict[str, float]:
    """Return what the leaves of a branch weigh within it; as stated where it weighs nothing."""
    below = {leaf: weight for leaf, weight in weights.items() if leaf.startswith(f"{branch}.")}
    whole = fsum(below.values())
    if not whole:
        return leaf_weights(criteria, branch=branch)
    return {leaf: weight / whole for leaf, weight in below.items()}


def weights_by_place(scenario: Scenario) -> dict[str, float]:
    """Return the weight of each leaf, and as `programme: leaf` those of programmes with their own.

    Raises InputError as `programme_weights` does.
    """
    rows = zip(scenario.programmes.items(), programme_weights(scenario).tolist(), strict=True)
    own = {
        f"{name}: {leaf}": weight
        for (name, programme), weights in rows
        if programme.weights
        for leaf, weight in zip(scenario.criteria.leaves, weights, strict=True)
    }
    return {**base_weights(scenario), **own}


def weights_since_frozen(scenario: Scenario) -> str:
    """Say which weights are others than those fixed, with both values; empty where none are."""
    if scenario.frozen is None:
        return ""
    entry, fixed = scenario.frozen
    now = weights_by_place(scenario)
    told = [
        f"{place} {_both(fixed.get(place, 0.0), now.get(place, 0.0))}"
        for place in dict.fromkeys([*now, *fixed])
        if abs(fixed.get(place, 0.0) - now.get(place, 0.0)) > SAME_WEIGHT
    ]
    return f"Weights changed once fixed (entry {entry}): {'; '.join(told)}" if told else ""


def _both(was: float, now: float) -> str:
    parts = [share(was), share(now)]
    return " → ".join(parts if parts[0] != parts[1] else (f"{was:.4%}", f"{now:.4%}"))


def weights_changed(*scenarios: Scenario) -> str:
    """Say of several scenarios which weights were changed once fixed, each change once."""
    changed = dict.fromkeys(map(weights_since_frozen, scenarios))
    return " ".join(f"{words}." for words in changed if words)


def mark_of(*scenarios: Scenario) -> str:
    """Return what every page and table says: figures made up, weights changed once fixed."""
    made_up = ILLUSTRATIVE if any(one.illustrative for one in scenarios) else ""
    return f"{made_up} {weights_changed(*scenarios)}".strip()


def base_weights(scenario: Scenario) -> dict[str, float]:
    """Return the leaf weights where a programme has none: the set's, or the groups' mean."""
    if not rests_on_groups(scenario):
        return leaf_weights(scenario.criteria)
    groups = group_weights(scenario)
    voices = {name: group.voice for name, group in scenario.stakeholders.items()}
    total = fsum(voices.values())
    return {
        leaf: fsum(voices[name] * weights[leaf] for name, weights in groups.items()) / total
        for leaf in scenario.criteria.leaves
    }


def rests_on_groups(scenario: Scenario) -> bool:
    """Tell whether the groups' mean holds rather than the set's weights."""
    return scenario.analysis.base == "stakeholders" or (
        bool(scenario.stakeholders) and not states_weights(scenario.criteria)
    )


def group_weights(scenario: Scenario) -> dict[str, dict[str, float]]:
    """Return every stakeholder group's leaf weights."""
    return {
        name: leaf_weights(scenario.criteria, group.weights, ("stakeholders", name, "weights"))
        for name, group in scenario.stakeholders.items()
    }


def states_weights(criteria: CriteriaSet | Criterion) -> bool:
    """Tell whether a set or branch states any weight."""
    children = criteria.criteria or {}
    return criteria.weights is not None or any(
        child.weight is not None or states_weights(child) for child in children.values()
    )


def leaf_weights(
    criteria: CriteriaSet,
    own: Weights | None = None,
    loc: Loc = (),
    base: Mapping[str, float] | None = None,
    branch: str = "",
) -> dict[str, float]:
    """Multiply sibling shares down the tree; return weights by dotted path that sum to 1.

    Args:
        criteria: the set whose weights hold where nothing else is said.
        own: weights of a programme or group for the top level, and for branches it names.
        loc: where `own` stands.
        base: leaf weights whose shares hold within branches that neither `own` nor the set weighs.
        branch: where to begin, by its path; its leaves alone are weighed.
    """
    found: dict[str, float] = {}

    def descend(owner: CriteriaSet | Criterion, at: Loc, above: str, whole: float) -> None:
        block, place = _block(owner, at, own, loc, above)
        shares = sibling_shares(
            block,
            owner.criteria or {},
            place,
            {name: whole_share(base or {}, above + name) for name in owner.criteria or {}},
        )
        for name, child in (owner.criteria or {}).items():
            if child.criteria is None:
                found[above + name] = whole * shares[name]
            else:
                descend(child, (*at, "criteria", name), f"{above}{name}.", whole * shares[name])

    if branch:
        descend(criteria.nodes[branch], criterion_loc(branch), f"{branch}.", 1.0)
    else:
        descend(criteria, ("criteria",), "", 1.0)
    return found


def whole_share(weights: Mapping[str, float], path: str) -> float:
    """Return the weight of a criterion or branch in the whole, from the weights of the leaves."""
    return fsum(
        weight for leaf, weight in weights.items() if leaf == path or leaf.startswith(f"{path}.")
    )


def _block(
    owner: CriteriaSet | Criterion, at: Loc, own: Weights | None, loc: Loc, above: str
) -> tuple[Weights | None, Loc]:
    """Return the weights block that holds for these siblings, and where it stands."""
    if own is not None and not above:
        return own, loc
    branch = above.removesuffix(".")
    if own is not None and branch in own.branches:
        return own.branches[branch], (*loc, "branches", branch)
    return owner.weights, (*at, "weights")


def sibling_shares(
    block: Weights | None, children: Mapping[str, Criterion], loc: Loc, base: Mapping[str, float]
) -> dict[str, float]:
    """Return the shares of siblings, from a block, their typed weights, or what they had before."""
    if block is not None:
        return elicited(block, loc) if len(children) > 1 else dict.fromkeys(children, 1.0)
    typed = {name: child.weight for name, child in children.items() if child.weight is not None}
    points = typed or base
    total = fsum(points.values())
    return (
        {name: points[name] / total for name in children}
        if total and len(children) > 1
        else dict.fromkeys(children, 1 / len(children))
    )


def elicited(block: Weights, loc: Loc) -> dict[str, float]:
    """Turn a weights block into shares that sum to 1.

    Raises:
        InputError: located at the judgement that cannot be used.
    """
    try:
        match block:
            case PointWeights():
                return swing(block.points)
            case RankWeights():
                return rank(block.order, block.variant)
            case PairwiseWeights():
                return dict(pairwise(block.judgements).weights)
            case BestWorstWeights():
                return dict(
                    best_worst(
                        block.best, block.worst, block.best_to_others, block.others_to_worst
                    ).weights
                )
    except WeightingError as error:
        raise InputError([Problem((*loc, *error.key), str(error))]) from error
