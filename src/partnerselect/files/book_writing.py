"""A scenario's workbook as a file that people fill in: lists to choose from, hints, fixed heads."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from tempfile import gettempdir
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from partnerselect.errors import FailureError, Loc, dotted
from partnerselect.files.book_kinds import Kind, Written
from partnerselect.files.book_layout import LAYOUTS, READ_ME, SCENARIO_PARTS
from partnerselect.files.book_page import Page
from partnerselect.files.book_pages import held, pages
from partnerselect.files.documents import Data, parse
from partnerselect.files.layers import beyond
from partnerselect.files.sheets import MAX_COLUMNS
from partnerselect.files.source import decode, read_bytes, starter

SPARE = 40
"""Rows below those that are filled in for which there are lists to choose from."""
_TITLES = {"partners": "Partners", "programmes": "Programmes", "gates": "Gates", "phases": "Phases"}
"""The sheet that holds what a column refers to."""
_WIDTH, _WIDE, _NARROWEST = 18, 48, 8
ENTRY = ("section", "id")
"""How deep a path is that names an entry; what differs in it is named one key deeper."""
_INTRODUCTION = (
    "This workbook holds a scenario of partnerselect: partners, programmes, prices and scores.",
    "",
    "Fill in the sheets; rank, check, tui, batch, paper and compare read them as they read a YAML",
    "file, and partnerselect convert makes one of them.",
    "",
    "A column without an entry may stay empty. Ids are made from titles where none is written, and",
    "titles may be written wherever an id is wanted. Hints stand at the headings.",
    "Scores are numbers, levels, ranges such as 4–9 or 4 / 6 / 9, and ? for what is not known.",
    "A column whose heading starts with #, or a row whose first cell does, is your own.",
    "Further sheets are left out.",
    "",
)


@dataclass(frozen=True)
class Kept:
    """A scenario as a workbook, and what no sheet of it can hold."""

    content: bytes
    rest: Data
    """What a YAML file that extends the workbook says; None deletes a key."""
    places: tuple[str, ...]
    """The dotted paths of that."""


def kept_as_workbook(data: Data) -> Kept:
    """Return a scenario's data as a workbook, and what must stand beside it."""
    rest = beyond(data, held(pages(data)).data)
    return Kept(workbook_bytes(data), rest, tuple(places_beyond(rest)))


def blank_workbook(*, partners: int, programmes: int) -> bytes:
    """Return a workbook that says nothing yet but what is weighed: the shipped criteria.

    There is room for so many partners and programmes at least.
    """
    shipped = starter() / "criteria" / "qi-partnership.yaml"
    criteria = parse(decode(shipped, read_bytes(shipped))).data
    data = {
        "format": 1,
        "title": "",
        "as-at": "",
        "illustrative": True,
        "currency": "GBP",
        "criteria": {key: value for key, value in criteria.items() if key != "about"},
    }
    return workbook_bytes(data, partners=partners, programmes=programmes)


def workbook_bytes(data: Data, *, partners: int = 0, programmes: int = 0) -> bytes:
    """Return the workbook that holds a scenario's data.

    Args:
        data: of the scenario; empty sheets for what it does not say.
        partners: for how many there is room at least.
        programmes: likewise.

    Raises:
        FailureError: there is no room for what is written in between.
    """
    import openpyxl

    made = pages(data)
    book = openpyxl.Workbook()
    assert book.active is not None  # noqa: S101 - a new one has a sheet
    _read_me(book.active)
    room = {"Partners": partners, "Scores": partners, "Programmes": programmes, "Needs": programmes}
    for page in made:
        rows = max(len(page.rows), room.get(page.layout.title, 0)) + SPARE
        _fill(book.create_sheet(page.layout.title), page, rows)
    book.active = 1
    return _saved(book)


def _saved(book: Any) -> bytes:
    """Return a workbook as a file, its archive closed whatever happens; raises FailureError."""
    from openpyxl.writer.excel import ExcelWriter

    stream = io.BytesIO()
    try:
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
    except Exception as error:
        # the sheets are files for a while; lxml, where there is one, has an error of its own
        if not isinstance(error, OSError) and type(error).__name__ != "SerialisationError":
            raise
        why = getattr(error, "strerror", None) or error
        told = f"the workbook could not be made: {gettempdir()} cannot be written ({why})"
        raise FailureError(told) from error
    return stream.getvalue()


def _read_me(sheet: Any) -> None:
    from openpyxl.styles import Font

    sheet.title = READ_ME
    for line in _INTRODUCTION:
        sheet.append([line])
    for layout in LAYOUTS:
        sheet.append([f"{layout.title}: {layout.about} {layout.more}".rstrip()])
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 2 * _WIDE


def _fill(sheet: Any, page: Page, rows: int) -> None:
    """Write one sheet: the headings of its layout locked, names and all other cells free."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.dimensions import ColumnDimension

    free, locked = Protection(locked=False), Protection(locked=True)
    fill, font = PatternFill("solid", fgColor="DCE6F1"), Font(bold=True)
    hints = {column.heading: column.about for column in page.layout.columns}
    for number, heading in enumerate(page.headings, 1):
        cell = sheet.cell(1, number)
        _put(cell, Written(heading))
        cell.fill, cell.font = fill, font
        cell.protection = locked if heading in hints else free
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.comment = Comment(hints.get(heading, page.layout.more), "partnerselect")
        letter = get_column_letter(number)
        is_text = heading in {"title", "about", "text", "asks", "offers", "levels", "value"}
        sheet.column_dimensions[letter].width = _WIDE if is_text else _WIDTH
        sheet.column_dimensions[letter].protection = free
    last = len(page.headings) + 1
    further = ColumnDimension(
        sheet, index=get_column_letter(last), min=last, max=MAX_COLUMNS, width=_WIDTH
    )
    further.protection = free
    sheet.column_dimensions[get_column_letter(last)] = further
    for at, row in enumerate(page.rows, 2):
        for number, written in enumerate(row, 1):
            if written.value is not None:
                cell = sheet.cell(at, number)
                _put(cell, written)
                cell.protection = free
    for number, heading in enumerate(page.headings, 1):
        _offer(sheet, page, heading, (get_column_letter(number), rows + 1))
    sheet.freeze_panes = "B2" if len(page.headings) > _NARROWEST else "A2"
    _protect(sheet)


def _protect(sheet: Any) -> None:
    """Lock the headings, without a password; everything else may be changed."""
    sheet.protection.sheet = True
    for allowed in (
        *("formatCells", "formatColumns", "formatRows", "insertColumns", "insertRows"),
        *("deleteColumns", "deleteRows", "sort", "autoFilter"),
    ):
        setattr(sheet.protection, allowed, False)


def _put(cell: Any, written: Written) -> None:
    """Put a value into a cell; text stays text, whatever it begins with."""
    cell.value = written.value
    if isinstance(written.value, str):
        cell.data_type = "s"
        cell.quotePrefix = written.value[:1] in tuple("=+-@")
    elif written.number_format != "General":
        cell.number_format = written.number_format


def _offer(sheet: Any, page: Page, heading: str, where: tuple[str, int]) -> None:
    """Offer what may stand in a column as a list; another entry is let in with a question."""
    from openpyxl.worksheet.datavalidation import DataValidation

    column = page.layout.by_key.get(heading.replace(" ", "-"))
    formula = _choices(column.kind if column else None, page.choices.get(heading, ()))
    if not formula:
        return
    offered = DataValidation("list", formula1=formula, allow_blank=True, errorStyle="warning")
    offered.add(f"{where[0]}2:{where[0]}{where[1]}")
    sheet.add_data_validation(offered)


def _choices(kind: Kind | None, further: tuple[str, ...]) -> str:
    """Return what may be chosen, as a spreadsheet writes it; empty where anything may stand."""
    listed = ",".join(kind.choices if kind and kind.choices else further)
    if listed and len(listed) <= _LONGEST_LIST and '"' not in listed:
        return f'"{listed}"'
    if kind and kind.refers_to in _TITLES:
        return f"{_TITLES[kind.refers_to]}!$B$2:$B${1 + MOST_OFFERED}"
    return ""


_LONGEST_LIST = 255
"""Characters of a list that stands in the validation itself."""
MOST_OFFERED = 300
"""Rows of another sheet that a list is made of."""


def places_beyond(rest: Mapping[str, Any], loc: Loc = ()) -> Iterator[str]:
    """Yield what of a scenario is kept beside its workbook, by dotted path."""
    for key, value in rest.items():
        has_sheet = loc or key in SCENARIO_PARTS or any(key == one.section for one in LAYOUTS)
        if has_sheet and isinstance(value, dict) and value and len(loc) < len(ENTRY):
            yield from places_beyond(value, (*loc, key))
        else:
            yield dotted((*loc, key))
