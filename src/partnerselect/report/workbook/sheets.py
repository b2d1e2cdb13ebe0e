"""A workbook as executives open it: headings that stay, bars in cells, no text as a formula."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from partnerselect.report.workbook.cells import HEAD, Filled, Live, Marked, Typed, letters
from partnerselect.tables import Column
from partnerselect.tables.frames import Cell
from partnerselect.words.cells import Kind
from partnerselect.words.literal import visible
from partnerselect.words.wording import SYMBOLS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day: the same content makes the same file
MOST_ROWS = 100_000
"""Rows of a sheet; what is left is in the table of the same name."""
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
LINE = 15
"""The height of a line of text, in points."""
MOST_LINES = 12
"""Lines from which a row is no longer made as high as its text; all of it is in the cell."""
FITTED = 2_000
"""Rows of a sheet that are made as high as their text: the height of each is held in memory."""
FILLED = 0.95
"""The part of a line that words fill before they are wrapped."""
COLOUR = "#B4CBE8"
A4 = 9
NUMBER_FORMATS: dict[Kind, str] = {
    "whole": "#,##0",
    "quantity": "#,##0.##",
    "exact": "#,##0.######",
    "share": "0.0%",
}
"""How a spreadsheet shows a kind of figure; one with a decimal where none is named."""


def number_format(kind: Kind, unit: str = "") -> str:
    """Return how a spreadsheet shows figures of a kind; `unit` is the currency of money."""
    if kind == "money":
        sign = SYMBOLS.get(unit, f"{unit} " if unit else "")
        return f'"{sign}"#,##0' if sign else "#,##0"
    return NUMBER_FORMATS.get(kind, "0.0")


@dataclass(frozen=True)
class Sheet:
    """One question and the table that answers it."""

    name: str
    question: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Filled, ...]]
    note: str = ""


def laid_out(
    columns: tuple[Column, ...], rows: Iterable[Mapping[str, Filled]]
) -> Iterator[tuple[Filled, ...]]:
    """Yield the cells of rows in the order of the columns; empty where a row has none."""
    return (tuple(row.get(column.key) for column in columns) for row in rows)


def write_workbook(path: Path | BinaryIO, sheets: Iterable[Sheet], *, mark: str) -> None:
    """Write sheets one after the other, holding no more than a row of them.

    Args:
        path: the file, replaced if it exists, or where to write its content.
        sheets: in order.
        mark: what every sheet says above its table, such as that the figures are illustrative; may
            be empty.
    """
    with _workbook(path) as book:
        formats = _Formats(book)
        for sheet in sheets:
            _Writing(book.add_worksheet(sheet.name), formats).write(sheet, mark)


@contextmanager
def _workbook(path: Path | BinaryIO) -> Iterator[Workbook]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(str(path) if isinstance(path, Path) else path, OPTIONS)
    book.set_properties({"created": MADE, "author": "partnerselect"})
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise (
            error.args[0]
            if error.args and isinstance(error.args[0], OSError)
            else OSError(str(error))
        ) from error


TYPED = {"bg_color": "#DDEBF7", "font_color": "#1F3F77", "border": 1, "border_color": "#8FB4DC"}
"""How a cell looks that may be changed."""

RULED = {"bottom": 7, "bottom_color": "#AEB8C2"}
INSET = {"align": "left", "indent": 1}


class _Formats:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.question = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})
        self.mark = book.add_format(
            {"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#FFF3CD"}
        )
        heading = {
            "bold": True,
            "bg_color": "#EEF2F5",
            "bottom": 1,
            "text_wrap": True,
            "valign": "top",
        }
        self.heading, self.heading_of_numbers = (
            book.add_format({**heading, **INSET}),
            book.add_format({**heading, "align": "right"}),
        )
        self.text = book.add_format({"valign": "top", "text_wrap": True, **INSET, **RULED})
        self._numbers: dict[tuple[str, bool], Format] = {}

    def number(self, shown: str, *, typed: bool = False) -> Format:
        """Return the format of numbers shown like this, or of cells that may be changed."""
        if (shown, typed) not in self._numbers:
            look = TYPED if typed else {}
            self._numbers[shown, typed] = self._book.add_format(
                {"num_format": shown, "valign": "top", **RULED, **look}
            )
        return self._numbers[shown, typed]


class _Writing:
    def __init__(self, sheet: Worksheet, formats: _Formats) -> None:
        self._sheet, self._formats = sheet, formats

    def write(self, sheet: Sheet, mark: str) -> None:
        self._set_up(sheet)
        self._write_text(0, 0, sheet.question, self._formats.question)
        self._write_note(
            sheet,
            " ".join(part for part in (mark, sheet.note) if part),
            self._formats.mark if mark else self._formats.note,
        )
        self._set_height(HEAD - 1, sheet.columns, tuple(column.heading for column in sheet.columns))
        for i, column in enumerate(sheet.columns):
            self._write_text(
                HEAD - 1,
                i,
                column.heading,
                self._formats.heading_of_numbers if column.is_figure else self._formats.heading,
            )
        last = self._write_rows(sheet)
        self._sheet.set_footer(f"&L{mark.replace('&', '&&')}&C&A&R&P / &N")
        self._sheet.autofilter(HEAD - 1, 0, last, len(sheet.columns) - 1)
        for i, column in enumerate(sheet.columns):
            if column.bar:
                self._sheet.conditional_format(
                    HEAD,
                    i,
                    last,
                    i,
                    {
                        "type": "data_bar",
                        "bar_color": COLOUR,
                        "bar_solid": True,
                        "min_type": "num",
                        "min_value": 0,
                    },
                )

    def _write_note(self, sheet: Sheet, text: str, look: Format) -> None:
        """Write what stands above the table over its whole width."""
        width = sum(column.width for column in sheet.columns)
        self._sheet.set_row(1, LINE * min(_lines(text, width), MOST_LINES))
        if len(sheet.columns) > 1:
            self._sheet.merge_range(1, 0, 1, len(sheet.columns) - 1, "", look)
        self._write_text(1, 0, text, look)

    def _set_up(self, sheet: Sheet) -> None:
        for i, column in enumerate(sheet.columns):
            self._sheet.set_column(i, i, column.width)
        self._sheet.freeze_panes(HEAD, 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(HEAD - 1)

    def _write_rows(self, sheet: Sheet) -> int:
        row = HEAD - 1
        for cells in sheet.rows:
            row += 1
            if row >= HEAD + MOST_ROWS:
                self._write_text(row, 0, "… and more: see the table of the same name")
                return row
            self._set_height(row, sheet.columns, cells)
            for i, (column, value) in enumerate(zip(sheet.columns, cells, strict=True)):
                self._write_cell(row, i, column, value)
        return row

    def _set_height(self, row: int, columns: tuple[Column, ...], cells: tuple[Filled, ...]) -> None:
        """Make a row as high as its longest text needs: not every program does so by itself."""
        lines = 1
        for column, value in zip(columns, cells, strict=True):
            text = value.value if isinstance(value, Live) else value
            if isinstance(text, str) and (len(text) > FILLED * column.width or "\n" in text):
                lines = max(lines, _lines(text, column.width))
        if lines > 1 and row < HEAD + FITTED:
            self._sheet.set_row(row, LINE * min(lines, MOST_LINES))

    def _write_cell(self, row: int, i: int, column: Column, value: Filled) -> None:
        shown = number_format(column.kind, column.unit)
        match value:
            case Live(formula=formula, value=known):
                look = self._formats.number(shown) if column.is_figure else self._formats.text
                self._sheet.write_formula(row, i, formula, look, _cached(known))
            case Typed(value=known):
                self._write_plain(row, i, known, self._formats.number(shown, typed=True))
                self._restrict(row, i, value)
            case Marked(value=known, kind=own):
                self._write_plain(row, i, known, self._formats.number(number_format(own)))
            case _:
                self._write_plain(
                    row,
                    i,
                    value,
                    self._formats.text
                    if isinstance(value, str | bool)
                    else self._formats.number(shown),
                )

    def _write_plain(self, row: int, i: int, value: Cell, look: Format) -> None:
        if isinstance(value, str):
            self._write_text(row, i, value, look)
        elif isinstance(value, bool):
            self._write_text(row, i, "yes" if value else "no", look)
        elif value is None:
            self._sheet.write_blank(row, i, None, look)
        else:
            self._sheet.write_number(row, i, value, look)

    def _write_text(self, row: int, i: int, text: str, look: Format | None = None) -> None:
        self._sheet.write_string(row, i, visible(text)[:LONGEST_TEXT], look)

    def _restrict(self, row: int, i: int, typed: Typed) -> None:
        """Let the spreadsheet refuse what is not allowed in a cell."""
        rule = _validation(typed, f"{letters(i)}{row + 1}")
        if rule:
            self._sheet.data_validation(row, i, row, i, rule)


def _validation(typed: Typed, here: str) -> dict[str, str | float | None]:
    """Return what is allowed in the cell `here`; nothing where everything is."""
    low, high = (f"{end:.15g}" if end is not None else "" for end in (typed.low, typed.high))
    if typed.listed:
        return {"validate": "list", "source": f"={typed.listed}", "error_type": "warning"}
    if typed.or_unknown:
        number = f"ISNUMBER({here})"
        within = f"{number},{here}>={low},{here}<={high}" if low and high else number
        return {"validate": "custom", "value": f'=OR({here}="unknown",AND({within}))'}
    if low and high:
        ends = {"minimum": typed.low, "maximum": typed.high}
        return {"validate": "decimal", "criteria": "between", **ends}
    return {"validate": "decimal", "criteria": ">=", "value": typed.low} if low else {}


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column so many characters wide.

    A word that does not fit begins a line of its own.
    """
    long = sum(len(word) > FILLED * width for word in text.split())
    return long + sum(
        max(1, math.ceil(len(line) / (FILLED * width))) if len(line) > FILLED * width else 1
        for line in text.split("\n")
    )


def _cached(value: Cell) -> Cell:
    """Return what is written beside a formula: nothing is an empty text, −0.0 is 0."""
    if isinstance(value, str):
        return visible(value)
    return "" if value is None else value or 0 if isinstance(value, float) else value
