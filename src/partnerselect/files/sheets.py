"""The rows of a CSV file or of the first sheet of an Excel workbook, each cell with its place."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from partnerselect.errors import InputError, Place, Problem
from partnerselect.files.source import Source, decode, label_of, read_bytes, why_unreadable

MAX_UNPACKED_BYTES = 100_000_000
MAX_ROWS = 30_000
MAX_COLUMNS = 300
MAX_CELLS = 1_000_000
_LOC = ("scores",)
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""Text within a number format, which only decorates the number."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table; its row (in CSV the line it begins on) and column count from 1."""

    value: str | float | date | None
    """None where it is empty."""
    row: int
    column: int
    fault: str = ""
    """Why it cannot be read."""
    is_percentage: bool = False
    """Whether the spreadsheet shows a hundred times the value, with a percent sign."""


@dataclass
class _Size:
    """How much of a table was read so far; what is too much is refused while it is read."""

    path: Path
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
                raise _unusable(
                    self.path,
                    f"the table has more than {most:,} {what} (counted up to row {self.rows:,},"
                    " empty ones too); delete what is not part of it, or split it",
                )


@dataclass(frozen=True)
class Sheet:
    """A table's header and rows, and how to name a cell of it."""

    label: str
    header: tuple[Cell, ...]
    rows: tuple[dict[str, Cell], ...]
    text: Source | None = None

    def place(self, cell: Cell | None) -> Place:
        """Return `file:line` with the line in CSV, `file!sheet:cell` in a workbook.

        It is the bare file where no cell is meant.
        """
        if cell is None:
            return Place(self.label)
        if self.text is None:
            return Place(f"{self.label}:{_column_letters(cell.column)}{cell.row}")
        return Place(f"{self.label}:{cell.row}", self.text.place(cell.row - 1, 0).excerpt[-1:])


def read_sheet(path: Path) -> Sheet:
    """Read a table; raise InputError where it is neither CSV nor a workbook that can be read."""
    try:
        content = read_bytes(path)
    except (OSError, ValueError) as error:
        raise _unusable(path, why_unreadable(error)) from None
    match path.suffix.lower():
        case ".csv":
            return _read_csv(path, content)
        case ".xlsx":
            return _read_workbook(path, content)
        case _:
            raise _unusable(path, "a score table is a .csv or an .xlsx file")


def _unusable(path: Path, message: str, line: int | None = None) -> InputError:
    label = label_of(path) if line is None else f"{label_of(path)}:{line}"
    return InputError([Problem(_LOC, message, place=Place(label))])


def _read_csv(path: Path, content: bytes) -> Sheet:
    text = decode(path, content, _LOC)
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if separator in text.lines[0] and "," not in text.lines[0]:
            message = f"the columns are separated by {name}; save the table with commas"
            raise _unusable(path, f"{message} (and decimal points)", line=1)
    return _sheet(text.label, _csv_rows(path, text), text)


def _csv_rows(path: Path, text: Source) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text.text, newline=""), strict=True)
    begins, size = 1, _Size(path)
    try:
        for row in reader:
            size.add(len(row), len(row))
            yield [
                Cell(value.strip() or None, begins, column)
                for column, value in enumerate(row, start=1)
            ]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unusable(path, f"this row is not valid CSV ({error})", line=begins) from None


def _read_workbook(path: Path, content: bytes) -> Sheet:
    try:
        _refuse_bomb(path, content)
        name, rows = _first_sheet(path, content, data_only=False)
        if any(cell.kind == "f" for row in rows for cell in row):
            results = _first_sheet(path, content, data_only=True)[1]
            rows = [_computed(*pair) for pair in zip(rows, results, strict=True)]
    except InputError:
        raise
    except ImportError:
        raise _unusable(
            path,
            "reading Excel files needs openpyxl; install partnerselect[xlsx], or save the table"
            " as CSV",
        ) from None
    # - openpyxl lets through whatever its XML and zip readers met
    except Exception as error:  # noqa: BLE001
        message = f"is not a workbook that can be read ({type(error).__name__})"
        raise _unusable(path, f"{message}; save it again as .xlsx") from None
    return _sheet(
        f"{label_of(path)}!{name}",
        (
            [_cell(cell, at, column) for column, cell in enumerate(row, 1)]
            for at, row in enumerate(rows, 1)
        ),
    )


def _refuse_bomb(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise _unusable(
                path, f"the workbook unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB"
            )


class Raw(NamedTuple):
    """A workbook cell as openpyxl reads it."""

    value: Any
    kind: str
    """f formula, e error, b truth, d date, n number, s text."""
    is_percentage: bool


def _first_sheet(path: Path, content: bytes, *, data_only: bool) -> tuple[str, list[list[Raw]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    size = _Size(path)
    try:
        sheet = next(one for one in book.worksheets if hasattr(one, "iter_rows"))
        sheet.reset_dimensions()  # what a file says of its own size may be false
        return sheet.title, [_raw_row(row, size) for row in sheet.iter_rows()]
    finally:
        book.close()


def _raw_row(row: Sequence[Any], size: _Size) -> list[Raw]:
    used = max((at for at, cell in enumerate(row, 1) if cell.value is not None), default=0)
    size.add(len(row), used)
    return [
        Raw(cell.value, cell.data_type, _is_percentage(cell.number_format or ""))
        for cell in row[:used]
    ]


def _is_percentage(number_format: str) -> bool:
    """Tell whether a number format multiplies by a hundred."""
    return "%" in number_format and "%" in _LITERAL.sub("", number_format)


def _computed(written: list[Raw], cached: list[Raw]) -> list[Raw]:
    """Return a row with its formulas replaced by the results saved with them, if there are any."""
    results = [*cached, *(Raw(None, "n", False) for _ in written[len(cached) :])]
    return [
        formula if formula.kind == "f" and result.value is None else result
        for formula, result in zip(written, results, strict=True)
    ]


_FAULTS = {
    "f": (
        "a formula without a saved result; open and save the workbook in a spreadsheet, or write"
        " the value"
    ),
    "e": "a formula that failed (found {})",
    "b": "expected a number or text (found {})",
}


def _cell(raw: Raw, row: int, column: int) -> Cell:
    value = raw.value
    if raw.kind in _FAULTS:
        return Cell("", row, column, _FAULTS[raw.kind].format(str(value).upper()))
    if isinstance(value, datetime):
        return Cell(value.date(), row, column)
    if value is None or isinstance(value, (int, float, date)):
        return Cell(value, row, column, is_percentage=raw.is_percentage)
    return Cell(str(value).strip() or None, row, column)


def _sheet(label: str, rows: Iterable[list[Cell]], text: Source | None = None) -> Sheet:
    """Divide rows into the header and mappings by column name.

    Cells beyond the named columns keep the name "".
    """
    filled = [row for row in rows if any(cell.value is not None for cell in row)]
    if not filled:
        raise InputError([Problem(_LOC, "the table is empty", place=Place(label))])
    header = tuple(filled[0])
    return Sheet(label, header, tuple(_by_name(header, row) for row in filled[1:]), text)


def _by_name(header: tuple[Cell, ...], row: list[Cell]) -> dict[str, Cell]:
    named = {
        str(title.value): cell
        for title, cell in zip(header, row, strict=False)
        if title.value is not None
    }
    unnamed = next(
        (
            cell
            for column, cell in enumerate(row)
            if cell.value is not None and (column >= len(header) or header[column].value is None)
        ),
        None,
    )
    return named | {"": unnamed} if unnamed else named


def _column_letters(column: int) -> str:
    """Return a spreadsheet's name for a 1-based column: 27 is AA."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
