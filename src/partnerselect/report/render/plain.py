"""Tables as plain text, every word literal: Markdown, whole papers included, and CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

from partnerselect.tables import (
    WEIGHTS_CHANGED,
    Cell,
    Column,
    Span,
    Table,
    Text,
    literal as csv_literal,
)
from partnerselect.words import MARKS, visible

LISTED = re.compile(r"^(\d+)([.)])(?=\s|$)")
OPENING = re.compile(r"^([-+=:])")
"""What would begin a list, an underline or a row of a table at the start of a line."""
BREAK = "\\\n"
DECIMALS = 6
"""Of figures in CSV."""
NONE = "None."
"""What stands for the rows of a table that has none, and no note that says so."""


def literal(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line."""
    return _not_opening(inline(text).strip())


def lines(text: str) -> str:
    """Return text that Markdown shows as it stands, its line breaks kept."""
    if "\n" not in text:
        return inline(text)
    return BREAK.join(literal(line) for line in text.splitlines() if line.strip())


def inline(text: str) -> str:
    """Return text that Markdown shows as it stands within a line."""
    return visible(re.sub(r"\s+", " ", text)).translate(MARKS)


def spans(text: Text, shown: Callable[[str], str] = inline) -> str:
    """Return runs of text with their emphasis."""
    return _not_opening("".join(_span(span, shown) for span in text))


def strong(text: str) -> str:
    """Return a line that stands out."""
    return f"**{literal(text)}**" if text.strip() else ""


def emphasised(text: str) -> str:
    """Return a line in italics."""
    return f"*{literal(text)}*" if text.strip() else ""


def table_text(table: Table) -> str:
    """Return a table under its title, a note of several lines as a list below it."""
    note = [literal(line) for line in table.note.split("\n") if line.strip()]
    below = note[0] if len(note) == 1 else "\n".join(f"- {line}" for line in note)
    rows = grid(table) if table.rows else "" if below else NONE
    parts = [f"### {literal(table.heading)}", *(part for part in (rows, below) if part)]
    return "\n\n".join(parts) + "\n\n"


def grid(table: Table) -> str:
    """Return the rows of a table under their headings."""
    rule = ["---:" if column.is_figure else "---" for column in table.columns]
    head = [literal(column.heading) for column in table.columns]
    rows = [[spans(text).strip() for text in row] for row in table.texts()]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def _span(span: Span, shown: Callable[[str], str]) -> str:
    """Return a run of text; marks stand at its words, blanks outside them."""
    if span.missing:
        return emphasised(span.words)
    words = shown(span.text)
    bare = words.strip()
    return words.replace(bare, f"**{bare}**", 1) if span.strong and bare else words


def _not_opening(line: str) -> str:
    return OPENING.sub(r"\\\1", LISTED.sub(r"\1\\\2", line))


def csv_text(table: Table) -> str:
    """Return a table as CSV; made-up figures and weights changed once fixed in columns."""
    buffer = io.StringIO()
    head = [csv_literal(column.heading or column.key) for column in table.columns]
    rows = [
        [_plain(column, cell) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    if table.illustrative:
        head, rows = [*head, "illustrative"], [[*row, True] for row in rows]
    if table.caution:
        head, rows = [*head, WEIGHTS_CHANGED.key], [[*row, table.caution] for row in rows]
    csv.writer(buffer, lineterminator="\n").writerows([head, *rows])
    return buffer.getvalue()


def _plain(column: Column, cell: Cell) -> str | float | None:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return round(cell, DECIMALS) + 0.0
    return csv_literal(column.reading(cell)) if isinstance(cell, str | tuple) else cell
