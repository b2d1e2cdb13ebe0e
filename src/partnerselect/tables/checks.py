"""What the checks found."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.tables.spec import Column, Table, table

COLUMNS = (
    Column("severity", "Severity", width=12),
    Column("place", "Place"),
    Column("path", "Path", width=30),
    Column("words", "Finding", width=60),
    Column("mend", "How to resolve it", width=50),
    Column("source", "Source", width=40),
)


def checks_table(analysis: Analysis, places: Sequence[str]) -> Table:
    """Return every finding of the checks with its place in the files."""
    found = zip(rows.check_rows(analysis), places, strict=True)
    return table(
        analysis.scenario,
        "checks",
        f"{analysis.scenario.title}: checks",
        COLUMNS,
        ({**row, "place": place} for row, place in found),
        sources=("table: checks",),
    )
