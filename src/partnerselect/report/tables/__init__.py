"""A table as text for a file or a pipe: CSV and Markdown. What stands in it is taken literally."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from partnerselect.tables import no_formula
from partnerselect.words.wording import visible


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
    writer.writerow(table.columns)
    writer.writerows([[_literal(cell) for cell in row] for row in table.rows])
    return buffer.getvalue()


def _literal(cell: str | float | None) -> str | float:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    return (
        no_formula(cell).replace("\r\n", "\n").replace("\r", "\n")
    )  # csv leaves a lone carriage return unquoted, and readers break the row there


def markdown_text(table: Table) -> str:
    """Return a table as Markdown, the text in its cells taken literally, a note of several lines as a list."""
    lines = [
        f"### {_plain(table.title)}\n",
        f"| {' | '.join(_plain(column) for column in table.columns)} |",
    ]
    lines.append(
        f"|{'|'.join(' ---: ' if is_numeric(table, i) else ' --- ' for i in range(len(table.columns)))}|"
    )
    lines += [f"| {' | '.join(_plain(shown(cell)) for cell in row)} |" for row in table.rows]
    return "\n".join([*lines, f"\n{_note(table.note)}\n" if table.note else "", ""])


def _note(note: str) -> str:
    lines = [_plain(line) for line in note.split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def _plain(text: str) -> str:
    for mark in "\\`*_[]<>|#&~":
        text = text.replace(mark, f"\\{mark}")
    return visible(text).replace("\n", " ")


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
