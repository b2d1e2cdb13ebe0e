"""What the checks found, and two published checklists."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect import rows
from partnerselect.advice.guidance.finding import ISPOR, MANUAL
from partnerselect.analysis import Analysis
from partnerselect.tables.spec import Column, Table, table

FINDINGS = (
    Column("severity", "Severity", width=12),
    Column("words", "Finding", width=60),
    Column("mend", "How to resolve it", width=50),
    Column("source", "Source", width=40),
    Column("path", "Where in the scenario", width=30),
)
PRACTICE = (
    Column("checklist", "Checklist"),
    Column("item", "Item"),
    Column("title", "What it asks"),
    Column("state", "State"),
    Column("why", "Why"),
)
SHORT = {ISPOR: "ISPOR (2016)", MANUAL: "Multi-criteria manual (2009)"}


def checks_table(analysis: Analysis, places: Sequence[str]) -> Table:
    """Return every finding of the checks with its place in the files."""
    found = zip(rows.check_rows(analysis), places, strict=True)
    return table(
        analysis.scenario,
        "checks",
        f"{analysis.scenario.title}: checks",
        (FINDINGS[0], Column("place", "Place"), *FINDINGS[1:]),
        ({**row, "place": place} for row, place in found),
        sources=("table: checks",),
    )


def findings_table(analysis: Analysis) -> Table:
    """Return every finding of the checks."""
    return table(
        analysis.scenario,
        "checks",
        "What the checks found",
        FINDINGS,
        rows.check_rows(analysis),
        sources=("table: checks",),
    )


def practice_table(analysis: Analysis) -> Table:
    """Return two published checklists, item by item."""
    return table(
        analysis.scenario,
        "practice",
        "Two published checklists, item by item",
        PRACTICE,
        ({**row, "checklist": SHORT[row["source"]]} for row in rows.practice_rows(analysis)),
        note=f"{ISPOR}. {MANUAL}. In our words.",
        sources=("table: good practice",),
    )
