"""What a cell of a workbook may hold beside plain data, and how formulas name cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from partnerselect.tables import Column, FrameCell, FrameRow
from partnerselect.words import Kind

HEAD = 3
"""Rows above every table: the question, the mark or a note, the headings."""
HEADING = -1
"""The row of a column's heading."""


@dataclass(frozen=True)
class Live:
    """A formula, and what it comes to: shown by whoever cannot calculate."""

    formula: str
    value: FrameCell


@dataclass(frozen=True)
class Typed:
    """What a reader may change, and what is allowed there."""

    value: FrameCell
    low: float | None = None
    high: float | None = None
    listed: str = ""
    """The cells that hold the words allowed."""
    or_unknown: bool = False


@dataclass(frozen=True)
class Marked:
    """A plain cell whose numbers are shown in another way than those of its column."""

    value: FrameCell
    kind: Kind


Filled = FrameCell | Live | Typed | Marked


@dataclass(frozen=True)
class Grid:
    """Rows that formulas name, counted from 0 below the headings of their sheet."""

    sheet: str
    columns: tuple[Column, ...]
    rows: Sequence[FrameRow]
    keys: tuple[str, ...] = ()
    """What tells rows apart, the coarsest first; rows about the same stand together."""

    @cached_property
    def _about(self) -> dict[tuple[str | None, ...], range]:
        """Where the rows about something stand: by all their keys, and by the first of them."""
        found: dict[tuple[str | None, ...], range] = {}
        for i, row in enumerate(self.rows):
            whole = tuple(row[key] for key in self.keys)
            for about in (whole[:n] for n in range(len(whole) + 1)):
                found[about] = range(found[about].start if about in found else i, i + 1)
        return found

    def about(self, *about: str | None) -> range:
        """Return the rows about something, named by the first keys or all; none may be."""
        return self._about.get(about, range(0))

    def cell(self, column: str, row: int) -> str:
        """Return the name of one cell."""
        return f"{self.sheet}!{self._place(column, row)}"

    def span(self, column: str, rows: range) -> str:
        """Return the name of the cells of a column in rows that stand together."""
        return f"{self.cell(column, rows[0])}:{self._place(column, rows[-1])}"

    def _place(self, column: str, row: int) -> str:
        across = [one.key for one in self.columns].index(column)
        return str(xl_rowcol_to_cell(HEAD + row, across, row_abs=True, col_abs=True))
