"""Plans beside one another in `compare`: how each stands before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from partnerselect.allocation import JudgedPlan
from partnerselect.rows import Row, picked, rounded
from partnerselect.tables import OWN_COST, VALUE, Column, Table

STANDS = {
    one.key: one
    for one in (
        Column("possible", "Possible"),
        VALUE,
        OWN_COST,
        Column("broken", "Gives way", "whole"),
    )
}
"""What is told of how a plan stands."""


def plans_compared(before: Iterable[JudgedPlan], after: Iterable[JudgedPlan]) -> list[Row]:
    """Return how each plan of either stands, by id; null on a side that does not have it."""
    was, now = ({one.plan: one for one in side} for side in (before, after))
    return [
        {
            "plan": name,
            "title": one.title,
            "before": _stands(was.get(name)),
            "after": _stands(now.get(name)),
        }
        for name, one in {**was, **now}.items()
    ]


def _stands(plan: JudgedPlan | None) -> Row | None:
    if plan is None:
        return None
    kept: Row = rounded(picked(plan, "possible", "value", "own_cost", "running"))
    return {**kept, "broken": len(plan.broken)}


def plan_changes(plans: list[Row]) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield what differs of plans that both sides have."""
    for row in plans:
        before, after = row["before"], row["after"]
        for key in STANDS if before and after else ():
            if before[key] != after[key]:
                yield "answer", f"plans.{row['plan']}.{key}", before[key], after[key]


def plan_tables(name: str, plans: list[Row], currency: str) -> Iterator[Table]:
    """Yield how the plans stand on both sides, where there are any."""
    if not plans:
        return
    sides = [(one, when) for one in STANDS.values() for when in ("before", "after")]
    shown = (
        Column("title", "Plan"),
        *(
            Column(f"{one.key}_{when}", f"{one.heading} {when}", one.kind, unit=currency)
            for one, when in sides
        ),
    )
    rows = tuple(
        (row["title"], *(_cell((row[when] or {}).get(one.key)) for one, when in sides))
        for row in plans
    )
    yield Table("plans", f"Plans: {name}", shown, rows)


def _cell(value: Any) -> Any:  # noqa: ANN401 - a figure, or whether it is possible
    return ("yes" if value else "no") if isinstance(value, bool) else value
