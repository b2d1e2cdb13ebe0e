"""The rows of a CSV file or of the first sheet of an Excel workbook, each cell with its place."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from partnerselect.errors import InputError, Place, Problem
from partnerselect.files.source import Source, decode, label_of, read_bytes, why_unreadable

MAX_UNPACKED_BYTES = 200_000_000
_LOC = ("scores",)


@dataclass(frozen=True)
class Cell:
    """A cell: its value (None where empty), its 1-based row (in CSV the line it begins on) and column, and why it cannot be read."""

    value: str | float | date | None
    row: int
    column: int
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table's header and rows, and how to name a cell of it."""

    label: str
    header: tuple[Cell, ...]
    rows: tuple[dict[str, Cell], ...]
    text: Source | None = None

    def place(self, cell: Cell | None) -> Place:
        """Return `file:line` with the line in CSV, `file!sheet:cell` in a workbook, the bare file where no cell is meant."""
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
    if ";" in text.lines[0] and "," not in text.lines[0]:
        raise _unusable(
            path,
            "the columns are separated by semicolons; save the table with commas (and decimal"
            " points)",
            line=1,
        )
    return _sheet(text.label, _csv_rows(path, text), text)


def _csv_rows(path: Path, text: Source) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text.text, newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            yield [
                Cell(value.strip() or None, begins, column)
                for column, value in enumerate(row, start=1)
            ]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unusable(path, f"this row is not valid CSV ({error})", line=begins) from None


def _read_workbook(path: Path, content: bytes) -> Sheet:
    try:
        import openpyxl
    except ImportError:
        raise _unusable(
            path,
            "reading Excel files needs openpyxl; install partnerselect[xlsx], or save the table"
            " as CSV",
        ) from None
    try:
        _refuse_bomb(path, content)
        name, rows = _first_sheet(openpyxl, content, data_only=False)
        if any(kind == "f" for row in rows for _, kind in row):
            rows = [
                _computed(*pair)
                for pair in zip(
                    rows, _first_sheet(openpyxl, content, data_only=True)[1], strict=True
                )
            ]
    except InputError:
        raise
    # - openpyxl lets through whatever its XML and zip readers met
    except Exception as error:  # noqa: BLE001
        raise _unusable(
            path, f"is not a workbook that can be read ({type(error).__name__})"
        ) from None
    return _sheet(
        f"{label_of(path)}!{name}",
        (
            [_cell(*cell, at, column) for column, cell in enumerate(row, 1)]
            for at, row in enumerate(rows, 1)
        ),
    )


def _refuse_bomb(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise _unusable(
                path, f"the workbook unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB"
            )


Raw = tuple[Any, str]
"""A workbook cell's value and openpyxl's letter for its type: f formula, e error, b truth, d date, n number, s text."""


def _first_sheet(openpyxl: Any, content: bytes, *, data_only: bool) -> tuple[str, list[list[Raw]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size may be false
        return sheet.title, [
            [(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()
        ]
    finally:
        book.close()


def _computed(written: list[Raw], cached: list[Raw]) -> list[Raw]:
    """Return a row with its formulas replaced by the results saved with them, where there are any."""
    return [
        formula if formula[1] == "f" and result[0] is None else result
        for formula, result in zip(written, cached, strict=True)
    ]


def _cell(value: Any, kind: str, row: int, column: int) -> Cell:
    match kind:
        case "f":
            return Cell(
                "",
                row,
                column,
                "a formula without a saved result; open and save the workbook in a spreadsheet, or"
                " write the value",
            )
        case "e":
            return Cell("", row, column, f"a formula that failed (found {value})")
        case "b":
            return Cell("", row, column, f"expected a number or text (found {str(value).upper()})")
    if isinstance(value, datetime):
        return Cell(value.date(), row, column)
    if value is None or isinstance(value, (int, float, date)):
        return Cell(value, row, column)
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
