"""A workbook as executives open it: headings that stay, bars in cells, no text as a formula."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from xlsxwriter.utility import xl_rowcol_to_cell

from partnerselect.report.workbook.grid import HEAD, Filled, Grid, Live, Marked, Typed
from partnerselect.tables import Column, FrameCell
from partnerselect.words import SYMBOLS, Kind, visible

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
    """One question and the table that answers it; a row holds a cell for each column by its key."""

    name: str
    question: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Filled]]
    note: str = ""

    @classmethod
    def of(
        cls, grid: Grid, question: str, rows: Iterable[Mapping[str, Filled]], note: str
    ) -> Sheet:
        """Return the sheet of rows that formulas name."""
        return cls(grid.sheet, question, grid.columns, rows, note)


def write_workbook(path: Path | BinaryIO, sheets: Iterable[Sheet], *, mark: str) -> None:
    """Write sheets one after the other, holding no more than a row of them and the packed file.

    Its archive is closed before the file is opened, so that one that cannot be written leaves none.

    Args:
        path: the file, replaced if it exists, or where to write its content.
        sheets: in order.
        mark: what every sheet says above its table, such as that the figures are illustrative; may
            be empty.
    """
    packed = BytesIO()
    with _workbook(packed) as book:
        looks = _Looks(book)
        for sheet in sheets:
            _Writing(book.add_worksheet(sheet.name), looks, sheet).write(mark)
    if isinstance(path, Path):
        path.write_bytes(packed.getbuffer())
    else:
        path.write(packed.getbuffer())


@contextmanager
def _workbook(stream: BinaryIO) -> Iterator[Workbook]:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(stream, OPTIONS)
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


TOP = {"valign": "top"}
WRAPPED = {**TOP, "text_wrap": True}
INSET = {"align": "left", "indent": 1}
RULED = {"bottom": 7, "bottom_color": "#AEB8C2"}
QUESTION = {"bold": True, "font_size": 14}
MARKED = {"bold": True, "bg_color": "#FFF3CD"}
HEADING = {**WRAPPED, "bold": True, "bg_color": "#EEF2F5", "bottom": 1}
TEXT = {**WRAPPED, **INSET, **RULED}
TYPED = {"bg_color": "#DDEBF7", "font_color": "#1F3F77", "border": 1, "border_color": "#8FB4DC"}
"""How a cell looks that may be changed."""
BAR = {
    "type": "data_bar",
    "bar_color": "#B4CBE8",
    "bar_solid": True,
    "min_type": "num",
    "min_value": 0,
}


@dataclass(frozen=True)
class _Looks:
    """The formats of a workbook, each made once."""

    book: Workbook
    made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def of(self, properties: Mapping[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(dict(properties))
        return self.made[key]


@dataclass(frozen=True)
class _Writing:
    on: Worksheet
    looks: _Looks
    sheet: Sheet

    def write(self, mark: str) -> None:
        columns = self.sheet.columns
        self._set_up(mark)
        self._put(0, 0, self.sheet.question, QUESTION)
        self._note(mark)
        headings: dict[str, Filled] = {column.key: column.heading for column in columns}
        self._set_height(HEAD - 1, headings)
        for i, column in enumerate(columns):
            aligned = {"align": "right"} if column.is_figure else INSET
            self._put(HEAD - 1, i, column.heading, {**HEADING, **aligned})
        last = self._rows()
        self.on.autofilter(HEAD - 1, 0, last, len(columns) - 1)
        for i, column in enumerate(columns):
            if column.bar:
                self.on.conditional_format(HEAD, i, last, i, BAR)

    def _set_up(self, mark: str) -> None:
        for i, column in enumerate(self.sheet.columns):
            self.on.set_column(i, i, column.width)
        self.on.freeze_panes(HEAD, 1)
        self.on.set_landscape()
        self.on.set_paper(A4)
        self.on.fit_to_pages(1, 0)
        self.on.repeat_rows(HEAD - 1)
        self.on.set_footer(f"&L{mark.replace('&', '&&')}&C&A&R&P / &N")

    def _note(self, mark: str) -> None:
        """Write what stands above the table over its whole width."""
        text = "\n".join(part for part in (mark, self.sheet.note) if part)
        look, columns = {**WRAPPED, **(MARKED if mark else {})}, self.sheet.columns
        width = sum(column.width for column in columns)
        self.on.set_row(1, LINE * min(_lines(text, width), 2 * MOST_LINES))
        if len(columns) > 1:
            self.on.merge_range(1, 0, 1, len(columns) - 1, "", self.looks.of(look))
        self._put(1, 0, text, look)

    def _rows(self) -> int:
        """Write the rows; return the place of the last."""
        place = HEAD - 1
        for place, row in enumerate(self.sheet.rows, HEAD):
            if place >= HEAD + MOST_ROWS:
                self._put(place, 0, "… and more: see the table of the same name", {})
                break
            self._set_height(place, row)
            for i, column in enumerate(self.sheet.columns):
                self._cell(place, i, column, row.get(column.key))
        return place

    def _set_height(self, place: int, row: Mapping[str, Filled]) -> None:
        """Make a row as high as its longest text needs: not every program does so by itself."""
        lines = 1
        for column in self.sheet.columns:
            held = row.get(column.key)
            text = held.value if isinstance(held, Live) else held
            if isinstance(text, str) and (len(text) > FILLED * column.width or "\n" in text):
                lines = max(lines, _lines(text, column.width))
        if lines > 1 and place < HEAD + FITTED:
            self.on.set_row(place, LINE * min(lines, MOST_LINES))

    def _cell(self, row: int, i: int, column: Column, held: Filled) -> None:
        figure = {**TOP, **RULED, "num_format": number_format(column.kind, column.unit)}
        match held:
            case Live(formula=formula, value=known):
                look = self.looks.of(figure if column.is_figure else TEXT)
                self.on.write_formula(row, i, formula, look, _cached(known))
            case Typed(value=known):
                self._put(row, i, known, {**figure, **TYPED})
                if rule := _validation(held, xl_rowcol_to_cell(row, i)):
                    self.on.data_validation(row, i, row, i, rule)
            case Marked(value=known, kind=kind):
                self._put(row, i, known, {**figure, "num_format": number_format(kind)})
            case _:
                self._put(row, i, held, TEXT if isinstance(held, str | bool) else figure)

    def _put(self, row: int, i: int, value: FrameCell, look: Mapping[str, Any]) -> None:
        shown = "yes" if value is True else "no" if value is False else value
        if isinstance(shown, str):
            shown = visible(shown)[:LONGEST_TEXT]
        self.on.write(row, i, shown, self.looks.of(look))


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
    """Return how many lines a text takes in a column so many characters wide."""
    return sum(
        max(1, len(textwrap.wrap(line, max(1, int(FILLED * width))))) for line in text.split("\n")
    )


def _cached(value: FrameCell) -> FrameCell:
    """Return what is written beside a formula: nothing is an empty text, −0.0 is 0."""
    if isinstance(value, str):
        return visible(value)
    return "" if value is None else value or 0 if isinstance(value, float) else value
