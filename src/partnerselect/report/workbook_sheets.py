"""A workbook as executives open it: a sheet for each question, headings that stay, bars in the cells, nothing taken for a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect.tables import Cell, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day: the same content makes the same file
MOST_ROWS = 100_000
"""Rows of a sheet; what is left is in the table of the same name."""
HEAD = 3
"""Rows above the table: the question, the mark or a note, the headings."""
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
COLOUR = "#4F81BD"


@dataclass(frozen=True)
class SheetColumn:
    """A heading, what stands under it, how wide it is, how numbers are shown, and whether they get a bar."""

    title: str
    kind: Kind = "text"
    width: int = 14
    shown: str = "0.0"
    bar: bool = False


@dataclass(frozen=True)
class Sheet:
    """One question and the table that answers it."""

    name: str
    question: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[tuple[Cell, ...]]
    note: str = ""


def write_workbook(path: Path, sheets: Iterable[Sheet], *, mark: str) -> None:
    """Write sheets one after the other, holding no more than a row of them.

    Args:
        path: the file, replaced if it exists.
        sheets: in order.
        mark: what every sheet says above its table, such as that the figures are illustrative; may be empty.
    """
    with _workbook(path) as book:
        formats = _Formats(book)
        for sheet in sheets:
            _Writing(book.add_worksheet(sheet.name), formats).write(sheet, mark)


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(str(path), OPTIONS)
    book.set_properties({"created": MADE, "author": "partnerselect"})
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from error


class _Formats:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.question = book.add_format({"bold": True, "font_size": 14})
        self.mark = book.add_format({"bold": True, "bg_color": "#FFF3CD"})
        self.heading = book.add_format({"bold": True, "bg_color": "#EEF2F5", "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self._numbers: dict[str, Format] = {}

    def number(self, shown: str) -> Format:
        """Return the format of numbers that are shown like this."""
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({"num_format": shown, "valign": "top"})
        return self._numbers[shown]


class _Writing:
    def __init__(self, sheet: Worksheet, formats: _Formats) -> None:
        self._sheet, self._formats = sheet, formats

    def write(self, sheet: Sheet, mark: str) -> None:
        self._set_up(sheet)
        self._sheet.write_string(0, 0, sheet.question, self._formats.question)
        self._sheet.write_string(1, 0, " ".join(part for part in (mark, sheet.note) if part), self._formats.mark if mark else None)
        for i, column in enumerate(sheet.columns):
            self._sheet.write_string(HEAD - 1, i, column.title, self._formats.heading)
        last = self._write_rows(sheet)
        self._sheet.autofilter(HEAD - 1, 0, last, len(sheet.columns) - 1)
        for i, column in enumerate(sheet.columns):
            if column.bar:
                self._sheet.conditional_format(
                    HEAD, i, last, i, {"type": "data_bar", "bar_color": COLOUR, "bar_solid": True, "min_type": "num", "min_value": 0}
                )

    def _set_up(self, sheet: Sheet) -> None:
        for i, column in enumerate(sheet.columns):
            self._sheet.set_column(i, i, column.width)
        self._sheet.freeze_panes(HEAD, 1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(HEAD - 1)

    def _write_rows(self, sheet: Sheet) -> int:
        row = HEAD - 1
        for cells in sheet.rows:
            row += 1
            if row >= HEAD + MOST_ROWS:
                self._sheet.write_string(row, 0, "… and more: see the table of the same name")
                return row
            for i, (column, value) in enumerate(zip(sheet.columns, cells, strict=True)):
                self._write_cell(row, i, column, value)
        return row

    def _write_cell(self, row: int, i: int, column: SheetColumn, value: Cell) -> None:
        if isinstance(value, str):
            self._sheet.write_string(row, i, value[:LONGEST_TEXT], self._formats.text)
        elif isinstance(value, bool):
            self._sheet.write_string(row, i, "yes" if value else "no", self._formats.text)
        elif value is not None:
            self._sheet.write_number(row, i, value, self._formats.number("#,##0" if column.kind == "whole" else column.shown))
