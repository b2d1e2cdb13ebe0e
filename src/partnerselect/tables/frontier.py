"""What more or less money would buy."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.analysis import Analysis
from partnerselect.rows.figures import begun_with, exchanged
from partnerselect.tables.spec import Column, Row, Table, priced, table
from partnerselect.words.wording import amount

POINTS = (
    Column("own_cost", "Cost to us", "money"),
    Column("value", "Value", "number"),
    Column("is_today", ""),
)
STEPS = (*POINTS, Column("enters", "Comes in"), Column("leaves", "Goes out"))
NEAR = 2
"""Steps shown on each side of the recommended choice."""


def frontier_table(analysis: Analysis, report: Row) -> Table:
    """Return every efficient choice (`frontier_json`), the cheapest first."""
    scenario = analysis.scenario
    note = (
        "Every efficient choice, the budget left out of account; the first row names everybody."
        if report["step"] is None
        else (
            f"In steps of {amount(report['step'], scenario.currency)}; the first row names"
            " everybody."
        )
    )
    if any(row["today"] and not row["efficient"] for row in report["frontier"]):
        note += (
            " The recommended choice costs more than others worth as much, because it also keeps"
            " the budget."
        )
    found = (
        {**row, **dict(zip(("enters", "leaves"), _moves(analysis, row, n), strict=True))}
        for n, row in enumerate(report["frontier"])
    )
    return table(
        scenario,
        "frontier",
        f"{scenario.title}: what more money would buy",
        priced(STEPS, scenario.currency),
        map(_step, found),
        note=note,
        sources=("table: frontier",),
    )


def _moves(analysis: Analysis, row: Row, number: int) -> tuple[list[str], list[str]]:
    return exchanged(analysis, row) if number else (begun_with(analysis, row), [])


def points_table(analysis: Analysis, curve: Sequence[Row]) -> Table:
    """Return the efficient choices (`frontier_points`): cost against value."""
    return table(
        analysis.scenario,
        "frontier",
        "What money buys: the best-value plans at each cost",
        priced(POINTS, analysis.scenario.currency),
        map(_step, curve),
        sources=("table: frontier",),
    )


def steps_table(analysis: Analysis, curve: Sequence[Row], at: int) -> Table:
    """Return the steps next to one of the efficient choices, each against the one below it."""
    return table(
        analysis.scenario,
        "steps",
        "The nearest steps: what comes in and goes out, each against the one below it in cost",
        priced(STEPS, analysis.scenario.currency),
        map(_step, curve[max(1, at - NEAR) : at + NEAR + 1]),
        sources=("table: frontier",),
    )


def _step(row: Row) -> Row:
    return {
        **row,
        "is_today": "recommended" if row["today"] else "",
        "enters": "; ".join(row["enters"]) or "—",
        "leaves": "; ".join(row["leaves"]) or "—",
    }
