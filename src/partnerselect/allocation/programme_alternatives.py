"""What one programme's choice is worth to the whole: partners barred or wished for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager

from partnerselect.allocation import Allocation, Allocator, UnansweredError
from partnerselect.allocation.alternatives import (
    Alternative,
    Kind,
    changed_partners,
    partners_by_programme,
    unanswered_alternative,
    without_commitments,
)
from partnerselect.allocation.problem import Family

Asked = tuple[Kind, str, str, AbstractContextManager[None]]
"""Kind, subject and change of an alternative, and what holds it in the model."""


def programme_alternatives(
    allocator: Allocator, allocation: Allocation, programme: str, wished: str | None
) -> tuple[Alternative, ...]:
    """Choose anew with a partner wished for, each chosen one barred, and any methodologies.

    Whoever is committed is not barred: its commitment is dropped. Nothing where the choice is not
    proven the best.

    Args:
        allocator: the scenario's, kept in memory.
        allocation: the recommended choice.
        programme: the one asked about.
        wished: a partner to work on it; left out where it is chosen already, or may not be.
    """
    if allocation.state != "optimal":
        return ()
    allocator.allow(allocator.scenario.analysis.time_limit)
    asked = [
        _answered(allocator, allocation, one)
        for one in _questions(allocator, allocation, programme, wished)
    ]
    dropped = without_commitments(
        allocator.scenario, allocation, allocator.work, programme, allocator.watch
    )
    return (
        *[one for one in asked if one.kind == "pair"],
        *dropped,
        *[one for one in asked if one.kind == "methods"],
    )


def _questions(
    allocator: Allocator, allocation: Allocation, programme: str, wished: str | None
) -> Iterator[Asked]:
    f, work = allocator.formulation, allocator.work
    p, chosen = work.programmes.index(programme), partners_by_programme(work, allocation)[programme]
    if wished is not None and wished not in chosen and (p, work.partners.index(wished)) in f.x:
        yield (
            "pair",
            f"{programme}.{wished}",
            "with",
            allocator.demanding([f.x[p, work.partners.index(wished)], f.z[p]], 1.0),
        )
    committed = {work.partners[k] for n, k in f.committed.items() if work.programme_of[n] == p}
    for name in sorted(set(chosen) - committed):
        yield (
            "pair",
            f"{programme}.{name}",
            "without",
            allocator.demanding([f.x[p, work.partners.index(name)]], 0.0),
        )
    if allocator.scenario.limits.methods is not None:
        yield "methods", "limits.methods", "without", allocator.without(Family.METHODS)


def _answered(allocator: Allocator, allocation: Allocation, asked: Asked) -> Alternative:
    kind, subject, change, holding = asked
    try:
        with holding:
            found = allocator.variation(allocation.chosen if kind == "methods" else None)
    except UnansweredError as unanswered:
        return unanswered_alternative(kind, subject, change, unanswered.why)
    if found.chosen is None:
        return Alternative(kind, subject, change, "infeasible", None, None, {})
    today, then = (partners_by_programme(allocator.work, one) for one in (allocation, found))
    return Alternative(
        kind,
        subject,
        change,
        "optimal",
        found.value,
        found.own_cost,
        changed_partners(today, then),
    )
