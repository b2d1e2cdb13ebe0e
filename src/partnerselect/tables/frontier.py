"""What more or less money would buy."""

from __future__ import annotations

from partnerselect.analysis import Analysis
from partnerselect.rows.figures import begun_with, exchanged
from partnerselect.tables.spec import Column, Row, Table, priced, table
from partnerselect.words.wording import amount

COLUMNS = (
    Column("own_cost", "Cost to us", "money"),
    Column("value", "Value", "number"),
    Column("is_today", ""),
    Column("enters", "Comes in"),
    Column("leaves", "Goes out"),
)


def frontier_table(analysis: Analysis, report: Row) -> Table:
    """Return every efficient choice (`frontier_json`), the cheapest first."""
    scenario = analysis.scenario
    note = (
        "Every efficient choice, the budget left out of account; the first is told whole."
        if report["step"] is None
        else (
            f"In steps of {amount(report['step'], scenario.currency)}; the first choice is told"
            " whole."
        )
    )
    return table(
        scenario,
        "frontier",
        f"{scenario.title}: what the next pound buys",
        priced(COLUMNS, scenario.currency),
        (_step(analysis, row, n) for n, row in enumerate(report["frontier"])),
        note=note,
        sources=("table: frontier",),
    )


def _step(analysis: Analysis, row: Row, number: int) -> Row:
    come, go = exchanged(analysis, row) if number else (begun_with(analysis, row), [])
    return {
        **row,
        "is_today": "today" if row["today"] else "",
        "enters": "; ".join(come),
        "leaves": "; ".join(go),
    }
