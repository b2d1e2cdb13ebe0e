"""A table as text for a file or a pipe: CSV and Markdown. What stands in it is taken literally."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from partnerselect.tables import literal
from partnerselect.words.literal import markdown_line


@dataclass(frozen=True)
class Table:
    """Rows under headings; a cell is text, a number, or None for nothing."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]
    note: str = ""


def csv_text(table: Table) -> str:
    """Return a table as CSV.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([[literal(cell) for cell in row] for row in (table.columns, *table.rows)])
    return buffer.getvalue()


def markdown_text(table: Table) -> str:
    """Return a table as Markdown, the text in its cells taken literally, a note of several lines as a list."""
    lines = [
        f"### {markdown_line(table.title)}\n",
        f"| {' | '.join(markdown_line(column) for column in table.columns)} |",
    ]
    lines.append(
        f"|{'|'.join(' ---: ' if is_numeric(table, i) else ' --- ' for i in range(len(table.columns)))}|"
    )
    lines += [f"| {' | '.join(markdown_line(shown(cell)) for cell in row)} |" for row in table.rows]
    return "\n".join([*lines, f"\n{_note(table.note)}\n" if table.note else "", ""])


def _note(note: str) -> str:
    lines = [markdown_line(line) for line in note.split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def is_numeric(table: Table, column: int) -> bool:
    """Tell whether a column holds figures only."""
    cells = [row[column] for row in table.rows if row[column] not in {None, ""}]
    return bool(cells) and all(
        isinstance(cell, int | float)
        or (isinstance(cell, str) and cell.lstrip("−£€$ ").replace(",", "").isdigit())
        for cell in cells
    )


def shown(cell: str | float | None) -> str:
    """Return a cell as it is read: numbers with one decimal."""
    if cell is None:
        return ""
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)
