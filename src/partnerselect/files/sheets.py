"""The cells of a CSV file, or of the sheets of a workbook, each with its place.

What a reader would not see is left out: hidden rows, columns and sheets. Each is named in a notice.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from partnerselect.errors import Gap, InputError, Loc, Place, Problem
from partnerselect.files.sheet_money import currency_in
from partnerselect.files.sheet_shapes import Area, Shape, shape_of
from partnerselect.files.source import (
    COMPOUND,
    Source,
    decode,
    label_of,
    read_bytes,
    why_unreadable,
)

MAX_UNPACKED_BYTES = 100_000_000
MAX_ROWS = 30_000
MAX_COLUMNS = 300
MAX_CELLS = 1_000_000
SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 100
"""Rows of a text that tell what separates its columns."""
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""Text within a number format, which only decorates the number."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table; its row (in CSV the line it begins on) and column count from 1."""

    value: str | float | bool | date | None
    """None where it is empty; text without the blanks around it."""
    row: int
    column: int
    fault: str = ""
    """Why it cannot be read."""
    is_percentage: bool = False
    """Whether the spreadsheet shows a hundred times the value, with a percent sign."""
    currency: str = ""
    """The sign or code of money that the spreadsheet shows beside a number."""
    text: str = ""
    """Text as it stands in the cell, blanks and line ends included."""


@dataclass(frozen=True)
class Grid:
    """The visible cells of one table or sheet, row by row, and how to name a cell of it."""

    label: str
    title: str
    """Of the sheet; empty in CSV."""
    rows: tuple[tuple[Cell, ...], ...]
    """Rows that hold anything, each up to its last filled cell."""
    text: Source | None = None
    separator: str = ""
    merged: tuple[Area, ...] = ()
    notices: tuple[Problem, ...] = ()
    """What was left out, and where it stands."""
    is_hidden: bool = False
    """Whether the whole sheet is hidden: it has no rows then, and a notice if it holds any."""
    hidden: tuple[Cell, ...] = ()
    """The cells of hidden rows and columns that hold anything."""
    whole: tuple[tuple[Cell, ...], ...] = ()
    """The rows with what is hidden, where anything is."""

    def place(self, cell: Cell | None) -> Place:
        """Return `file:line` with the line in CSV, `file!sheet:cell` in a workbook.

        It is the bare file where no cell is meant.
        """
        if cell is None:
            return Place(self.label)
        if self.text is None:
            return Place(f"{self.label}:{_column_letters(cell.column)}{cell.row}")
        return Place(f"{self.label}:{cell.row}", self.text.place(cell.row - 1, 0).excerpt[-1:])


@dataclass
class _Size:
    """How much of a file was read so far; what is too much is refused while it is read."""

    path: Path
    loc: Loc
    rows: int = 0
    cells: int = 0

    def add(self, cells: int, used: int) -> None:
        """Count a row that holds so many cells, the last one that is used at `used`."""
        self.rows += 1
        self.cells += cells
        for found, most, what in (
            (self.rows, MAX_ROWS, "rows"),
            (used, MAX_COLUMNS, "columns"),
            (self.cells, MAX_CELLS, "cells"),
        ):
            if found > most:
                raise unusable(
                    self.path,
                    f"the table has more than {most:,} {what} (counted up to row {self.rows:,},"
                    " empty ones too); delete what is not part of it, or split it",
                    self.loc,
                )


def unusable(path: Path, message: str, loc: Loc, line: int | None = None) -> InputError:
    """Return the error of a file of which nothing can be used."""
    label = label_of(path) if line is None else f"{label_of(path)}:{line}"
    return InputError([Problem(loc, message, place=Place(label))])


def content_of(path: Path, loc: Loc) -> bytes:
    """Return the bytes of a table's file; raise InputError where they cannot be read."""
    try:
        return read_bytes(path)
    except (OSError, ValueError) as error:
        raise unusable(path, why_unreadable(error), loc) from None


def read_text(path: Path, loc: Loc, encoding: str = "utf-8") -> Grid:
    """Read a table whose columns are separated by commas, semicolons or tabs.

    Raise InputError where it is none.
    """
    text = decode(path, content_of(path, loc), loc, encoding)
    separator = _separator(text.text)
    return Grid(
        text.label,
        "",
        tuple(row for row in _text_rows(path, text, separator, loc) if row),
        text,
        separator,
    )


def _separator(text: str) -> str:
    """Return what most rows are divided by into the same number of columns."""

    def alike(separator: str) -> int:
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            lengths = [len(row) for row in islice(rows, _LOOKED_AT) if len(row) > 1]
        except csv.Error:
            return 0
        return max(map(lengths.count, lengths), default=0)

    found = {separator: alike(separator) for separator in SEPARATORS}
    # a comma may be a decimal comma, so the others come first where there are as many
    return (
        max((";", "\t", ","), key=lambda separator: found[separator])
        if any(found.values())
        else ","
    )


def _text_rows(path: Path, text: Source, separator: str, loc: Loc) -> Iterator[tuple[Cell, ...]]:
    reader = csv.reader(io.StringIO(text.text, newline=""), delimiter=separator, strict=True)
    begins, size = 1, _Size(path, loc)
    try:
        for row in reader:
            size.add(len(row), len(row))
            yield _used(
                [
                    Cell(value.strip() or None, begins, column, text=value)
                    for column, value in enumerate(row, start=1)
                ]
            )
            begins = reader.line_num + 1
    except csv.Error as error:
        raise unusable(path, f"this row is not valid CSV ({error})", loc, begins) from None


def _used(row: list[Cell]) -> tuple[Cell, ...]:
    """Return a row up to its last filled cell."""
    return tuple(row[: _length(row)])


def _length(row: Sequence[Any]) -> int:
    """Return how many cells there are up to the last filled one."""
    return max((at for at, cell in enumerate(row, 1) if cell.value is not None), default=0)


class Raw(NamedTuple):
    """A workbook cell as openpyxl reads it."""

    value: Any
    kind: str
    """f formula, e error, b truth, d date, n number, s text."""
    number_format: str


def read_workbook(path: Path, loc: Loc, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
    """Read the sheets of a workbook whose titles are wanted, in their order.

    Of a hidden one nothing is read but whether it holds anything. Raise InputError where the file
    is no workbook, or too large.
    """
    content = content_of(path, loc)
    if content.startswith(COMPOUND):
        message = "the workbook has a password, or is of an older program; save it as .xlsx without"
        raise unusable(path, message, loc)
    try:
        _refuse_bomb(path, content, loc)
        with warnings.catch_warnings():  # of what only how a sheet looks depends on
            warnings.simplefilter("ignore")
            return _grids(path, content, loc, wanted)
    except InputError:
        raise
    # - openpyxl lets through whatever its XML and zip readers met
    except Exception as error:  # noqa: BLE001
        message = f"is not a workbook that can be read ({type(error).__name__})"
        raise unusable(path, f"{message}; save it again as .xlsx", loc) from None


def _refuse_bomb(path: Path, content: bytes, loc: Loc) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise unusable(
                path, f"the workbook unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB", loc
            )


def _grids(path: Path, content: bytes, loc: Loc, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
    import openpyxl

    size, label = _Size(path, loc), label_of(path)
    raw: dict[str, list[list[Raw]]] = {}
    shapes: dict[str, Shape] = {}
    hidden: set[str] = set()
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    try:
        if not book.worksheets:
            message = "no sheet can be read; save it again as .xlsx (not as Strict Open XML)"
            raise unusable(path, message, loc)
        for sheet in book.worksheets:
            if hasattr(sheet, "iter_rows") and wanted(sheet.title):
                raw[sheet.title] = _raw_rows(sheet, size)
                hidden |= {sheet.title} if sheet.sheet_state != "visible" else set()
                # no public name leads from a sheet to its part of the archive
                shapes[sheet.title] = shape_of(content, vars(sheet)["_worksheet_path"], MAX_COLUMNS)
    finally:
        book.close()
    if any(cell.kind == "f" for rows in raw.values() for row in rows for cell in row):
        raw = _with_saved_results(path, content, loc, raw)
    grids = (_grid(f"{label}!{title}", title, rows, shapes[title]) for title, rows in raw.items())
    return tuple(_unseen(grid) if grid.title in hidden else grid for grid in grids)


def _unseen(grid: Grid) -> Grid:
    """Return a hidden sheet: without rows, and named where it holds more than headings."""
    message = "the sheet is hidden, so is left out; show it if it is part of the table"
    notice = Problem((), message, place=grid.place(None), gap=Gap.SIGHT)
    held = (notice,) if len(grid.rows) > 1 else ()
    return replace(grid, rows=(), notices=held, is_hidden=True, hidden=(), whole=())


def _raw_rows(sheet: Any, size: _Size) -> list[list[Raw]]:
    sheet.reset_dimensions()  # what a file says of its own size may be false
    size.rows = 0
    return [_raw_row(row, size) for row in sheet.iter_rows()]


def _raw_row(row: Sequence[Any], size: _Size) -> list[Raw]:
    used = _length(row)
    size.add(len(row), used)
    return [Raw(cell.value, cell.data_type, cell.number_format or "") for cell in row[:used]]


def _is_percentage(number_format: str) -> bool:
    """Tell whether a number format multiplies by a hundred."""
    return "%" in number_format and "%" in _LITERAL.sub("", number_format)


def _with_saved_results(
    path: Path, content: bytes, loc: Loc, raw: dict[str, list[list[Raw]]]
) -> dict[str, list[list[Raw]]]:
    """Return sheets with formulas replaced by the results saved with them, if there are any."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        saved = {title: _raw_rows(book[title], _Size(path, loc)) for title in raw}
    finally:
        book.close()
    return {
        title: [_computed(*pair) for pair in zip(rows, saved[title], strict=True)]
        for title, rows in raw.items()
    }


def _computed(written: list[Raw], cached: list[Raw]) -> list[Raw]:
    results = [*cached, *(Raw(None, "n", "") for _ in written[len(cached) :])]
    return [
        formula if formula.kind == "f" and result.value is None else result
        for formula, result in zip(written, results, strict=True)
    ]


_FAULTS = {
    "f": (
        "a formula without a saved result; open and save the workbook in a spreadsheet, or write"
        " the value"
    ),
    "e": "a formula that failed (found {}); correct it in a spreadsheet, or write the value",
}


def _cell(raw: Raw, row: int, column: int) -> Cell:
    value = raw.value
    if raw.kind in _FAULTS:
        return Cell("", row, column, _FAULTS[raw.kind].format(str(value).upper()))
    if isinstance(value, datetime):
        return Cell(value.date(), row, column)
    if value is None or isinstance(value, (int, float, date)):
        shown = raw.number_format
        return Cell(value, row, column, "", _is_percentage(shown), currency_in(shown))
    text = str(value)
    return Cell(text.strip() or None, row, column, text=text)


def _grid(label: str, title: str, raw: list[list[Raw]], shape: Shape) -> Grid:
    found = Grid(label, title, ())
    hidden: list[Cell] = []
    rows, whole = list[tuple[Cell, ...]](), list[tuple[Cell, ...]]()
    for at, cells in enumerate(raw, 1):
        row = [_cell(cell, at, column) for column, cell in enumerate(cells, 1)]
        unseen = [cell for cell in row if at in shape.rows or cell.column in shape.columns]
        hidden += [cell for cell in unseen if cell.value is not None]
        seen = _used([cell for cell in row if cell not in unseen]) if unseen else _used(row)
        rows.append(seen)
        whole.append(_used(row) if unseen else seen)
    return Grid(
        label,
        title,
        tuple(row for row in rows if row),
        merged=tuple(shape.merged),
        notices=tuple(_hidden_notices(found, hidden, shape)),
        hidden=tuple(hidden),
        whole=tuple(row for row in whole if row) if hidden else (),
    )


def _hidden_notices(grid: Grid, hidden: list[Cell], shape: Shape) -> Iterator[Problem]:
    """Yield once for rows and once for columns what is hidden and holds anything."""
    rows = sorted({cell.row for cell in hidden if cell.row in shape.rows})
    columns = sorted({cell.column for cell in hidden if cell.column in shape.columns})
    for names, noun in (
        (list(map(str, rows)), "row"),
        ([_column_letters(column) for column in columns], "column"),
    ):
        if names:
            which = f"{noun}{'s' if len(names) > 1 else ''} {_spelt(names)}"
            verb = "are" if len(names) > 1 else "is"
            message = f"hidden, so {verb} left out: {which}; show what is part of the table"
            yield Problem((), message, place=grid.place(None), gap=Gap.SIGHT)


def _spelt(names: list[str], most: int = 5) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _column_letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
