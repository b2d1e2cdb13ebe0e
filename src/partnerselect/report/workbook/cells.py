"""What a cell of a workbook may hold beside plain data, and how formulas name cells."""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.tables import Column
from partnerselect.tables.frames import Cell
from partnerselect.words.cells import Kind

HEAD = 3
"""Rows above every table: the question, the mark or a note, the headings."""
ALPHABET = 26


@dataclass(frozen=True)
class Live:
    """A formula, and what it comes to: shown by whoever cannot calculate."""

    formula: str
    value: Cell


@dataclass(frozen=True)
class Typed:
    """What a reader may change, and what is allowed there."""

    value: Cell
    low: float | None = None
    high: float | None = None
    listed: str = ""
    """The cells that hold the words allowed."""
    or_unknown: bool = False


@dataclass(frozen=True)
class Marked:
    """A plain cell whose numbers are shown in another way than those of its column."""

    value: Cell
    kind: Kind


Filled = Cell | Live | Typed | Marked


@dataclass(frozen=True)
class Place:
    """Where a table stands, so that formulas can name its cells.

    Rows count from 0 below the headings.
    """

    sheet: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns, in order."""
        return tuple(column.key for column in self.columns)

    def cell(self, key: str, row: int) -> str:
        """Return the name of one cell."""
        return f"{self.sheet}!${letters(self.keys.index(key))}${HEAD + 1 + row}"

    def span(self, key: str, first: int, last: int) -> str:
        """Return the name of the cells of a column from one row to another, both included."""
        column = letters(self.keys.index(key))
        return f"{self.sheet}!${column}${HEAD + 1 + first}:${column}${HEAD + 1 + last}"


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, Z, AA."""
    name = ""
    while column >= 0:
        column, rest = divmod(column, ALPHABET)
        name, column = chr(ord("A") + rest) + name, column - 1
    return name
