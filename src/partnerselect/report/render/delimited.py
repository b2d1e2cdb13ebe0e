"""A table as CSV, for programs and spreadsheets: figures as they are, text that is no formula."""

from __future__ import annotations

import csv
import datetime as dt
import io

from partnerselect.tables import Cell, Column, Table, literal

DECIMALS = 6


def csv_text(table: Table) -> str:
    """Return a table as CSV; made-up figures and weights changed once fixed in columns."""
    buffer = io.StringIO()
    head = [literal(column.heading or column.key) for column in table.columns]
    rows = [
        [_plain(column, cell) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    if table.illustrative:
        head, rows = [*head, "illustrative"], [[*row, True] for row in rows]
    if table.caution:
        head, rows = [*head, "weights_changed"], [[*row, table.caution] for row in rows]
    csv.writer(buffer, lineterminator="\n").writerows([head, *rows])
    return buffer.getvalue()


def _plain(column: Column, cell: Cell) -> str | float | None:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return round(cell, DECIMALS) + 0.0
    return literal(column.reading(cell)) if isinstance(cell, str | tuple) else cell
