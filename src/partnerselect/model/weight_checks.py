"""Weights against the siblings they are given to."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.errors import Gap, Loc, Problem
from partnerselect.model.content import Content
from partnerselect.model.criteria import CriteriaSet, Criterion
from partnerselect.model.messages import did_you_mean
from partnerselect.model.weights import (
    BestWorstWeights,
    PairwiseWeights,
    PointWeights,
    RankWeights,
    Weights,
)


def weight_problems(content: Content) -> Iterator[Problem]:
    """Yield weights that are missing, given twice or all zero, or that name no siblings."""
    states_any = _states_any(content.criteria)
    yield from set_weight_problems(
        content.criteria, ("criteria",), may_be_silent=bool(content.stakeholders)
    )
    for at, _, weights in own_weights(content):
        yield from block_problems(at, weights, list(content.criteria.criteria))
        yield from _branch_problems(at, weights, content.criteria)
        yield from _silent_branches(at, weights, content.criteria, states_any=states_any)


def own_weights(content: Content) -> Iterator[tuple[Loc, str, Weights]]:
    """Yield the weights of single programmes and groups: where they stand, and whose they are."""
    for kind, owners in (
        ("programmes", content.programmes),
        ("stakeholders", content.stakeholders),
    ):
        for name, holder in owners.items():
            if holder.weights is not None:
                yield (kind, name, "weights"), holder.title, holder.weights


def criterion_path(loc: Loc) -> str:
    """Return the dotted path of a criterion that stands at a place in a criteria set."""
    return ".".join(str(key) for key in loc if key != "criteria")


def siblings(
    loc: Loc, owner: CriteriaSet | Criterion
) -> Iterator[tuple[Loc, CriteriaSet | Criterion, dict[str, Criterion]]]:
    """Yield every group of siblings: its place, the set or branch that owns it, the children."""
    children = owner.criteria or {}
    yield loc, owner, children
    for name, child in children.items():
        if child.criteria is not None:
            yield from siblings((*loc, "criteria", name), child)


def set_weight_problems(
    criteria: CriteriaSet, at: Loc = (), *, may_be_silent: bool = True
) -> Iterator[Problem]:
    """Yield the weight problems of a criteria set that stands at a place.

    On its own it may leave all weights to others.
    """
    silent = may_be_silent and not _states_any(criteria)
    for loc, owner, children in siblings(at, criteria):
        yield from _sibling_problems(loc, owner.weights, children, may_be_silent=silent)


def _states_any(criteria: CriteriaSet) -> bool:
    return any(
        owner.weights or any(child.weight is not None for child in children.values())
        for _, owner, children in siblings((), criteria)
    )


def _sibling_problems(
    loc: Loc, weights: Weights | None, children: dict[str, Criterion], *, may_be_silent: bool
) -> Iterator[Problem]:
    typed = {name: child.weight for name, child in children.items() if child.weight is not None}
    if weights is not None:
        for name in typed:
            yield Problem(
                (*loc, "criteria", name, "weight"),
                f"stands beside a `weights` block (by {weights.method}); keep one of the two",
                at_key=True,
            )
        yield from block_problems((*loc, "weights"), weights, list(children))
        if weights.branches:
            yield Problem(
                (*loc, "weights", "branches"),
                "`branches` is for programmes and groups; here each branch has `weights` of"
                " its own",
                at_key=True,
            )
        return
    if may_be_silent and not typed:
        return
    for name in children:
        if name not in typed and len(children) > 1:
            yield Problem(
                (*loc, "criteria", name, "weight"),
                "is missing: give every criterion a weight, or a `weights` block to them all",
                gap=Gap.VALUE,
            )
    if typed and not any(typed.values()):
        yield Problem(
            (*loc, "criteria", next(iter(typed)), "weight"),
            f"the weights of {', '.join(typed)} are all 0; at least one must be above 0",
        )


def block_problems(loc: Loc, weights: Weights, names: list[str]) -> Iterator[Problem]:
    """Yield names in a `weights` block that are not exactly its siblings, and all-zero points."""
    places = _named(loc, weights)
    for at, name in places:
        if name not in names:
            yield Problem(
                at,
                f'"{name}" is not one of the criteria weighed here{did_you_mean(name, names)}',
                at_key=True,
            )
    given = {name for _, name in places}
    missing = [name for name in names if name not in given]
    if missing and not (isinstance(weights, PairwiseWeights) and len(names) == 1):
        yield Problem((*loc, _body(weights)), f"leaves out {', '.join(missing)}")
    if isinstance(weights, PointWeights) and not any(weights.points.values()):
        yield Problem((*loc, "points"), "are all 0; at least one must be above 0")
    if isinstance(weights, RankWeights):
        repeated = sorted(
            {name for _, name in places if [other for _, other in places].count(name) > 1}
        )
        if repeated:
            yield Problem((*loc, "order"), f"names {', '.join(repeated)} more than once")


def _body(weights: Weights) -> str:
    return {"rank": "order", "pairwise": "judgements", "best-worst": "best-to-others"}.get(
        weights.method, "points"
    )


def _named(loc: Loc, weights: Weights) -> list[tuple[Loc, str]]:
    match weights:
        case RankWeights(order=order):
            return [
                ((*loc, "order", i), name)
                for i, placed in enumerate(order)
                for name in (placed if isinstance(placed, list) else [placed])
            ]
        case PairwiseWeights(judgements=judgements):
            return [
                ((*loc, "judgements", key), name)
                for key in judgements
                for name in key.split(" over ")
            ]
        case BestWorstWeights():
            both = (
                ("best-to-others", weights.best_to_others),
                ("others-to-worst", weights.others_to_worst),
            )
            ends = [((*loc, "best"), weights.best), ((*loc, "worst"), weights.worst)]
            return ends + [((*loc, key, name), name) for key, compared in both for name in compared]
        case PointWeights(points=points):
            return [((*loc, "points", name), name) for name in points]


def _branch_problems(loc: Loc, weights: Weights, criteria: CriteriaSet) -> Iterator[Problem]:
    branches = {criterion_path(at): children for at, _, children in siblings((), criteria) if at}
    for name, block in weights.branches.items():
        at = (*loc, "branches", name)
        if name not in branches:
            yield Problem(
                at,
                f"is not a branch of the criteria{did_you_mean(name, list(branches))}",
                at_key=True,
            )
            continue
        yield from block_problems(at, block, list(branches[name]))


def _silent_branches(
    loc: Loc, weights: Weights, criteria: CriteriaSet, *, states_any: bool
) -> Iterator[Problem]:
    if states_any:
        return
    for at, _, children in siblings((), criteria):
        name = criterion_path(at)
        if at and len(children) > 1 and name not in weights.branches:
            yield Problem(
                loc,
                f"the criteria set states no weights, so `branches` must give those below {name}",
            )
