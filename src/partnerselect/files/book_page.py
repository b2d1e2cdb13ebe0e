"""One sheet of a workbook that is to be written, and what its cells hold of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partnerselect.files.book_kinds import BLANK, Context, Written
from partnerselect.files.book_layout import Column, Layout
from partnerselect.files.sheets import Cell, Grid
from partnerselect.model import value_at


@dataclass(frozen=True)
class Page:
    """A sheet to be written: its headings, each with its column where it has one, and its rows."""

    layout: Layout
    headings: tuple[str, ...]
    rows: tuple[tuple[Written, ...], ...]
    choices: Mapping[str, tuple[str, ...]]
    """By heading of a further column: what a person may choose from."""

    @property
    def grid(self) -> Grid:
        """The sheet as it would be read."""
        head = (Written(heading) for heading in self.headings)
        filled = [
            tuple(
                _cell(written, at, column)
                for column, written in enumerate(row, 1)
                if written.value is not None
            )
            for at, row in enumerate((tuple(head), *self.rows), 1)
        ]
        return Grid(self.layout.title, self.layout.title, tuple(row for row in filled if row))


def _cell(written: Written, row: int, column: int) -> Cell:
    value = written.value
    if isinstance(value, str):
        return Cell(value.strip() or None, row, column, text=value)
    return Cell(value, row, column, is_percentage="%" in written.number_format)


def page_of(
    layout: Layout,
    rows: list[dict[str, Written]],
    further: tuple[str, ...] = (),
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> Page:
    """Return a sheet with a row for each mapping of headings to cells."""
    headings = (*(column.heading for column in layout.columns), *further)
    keys = (*(column.key for column in layout.columns), *further)
    return Page(
        layout,
        headings,
        tuple(tuple(row.get(key, BLANK) for key in keys) for row in rows),
        choices or {},
    )


def written_of(column: Column, entry: object) -> Written:
    """Return what a column holds of an entry: nothing where it could not be read back."""
    value = value_at(entry, column.path) if column.path else None
    if value is None:
        return BLANK
    written = column.kind.write(value)
    return written if _reads_back(column, written) else BLANK


def _reads_back(column: Column, written: Written) -> bool:
    """Tell whether a cell can be read without a fault."""
    if written.value is None:
        return False
    cell = _cell(written, 1, 1)
    if cell.value is None:
        return False
    try:
        column.kind.read(cell, Context())
    except ValueError:
        return False
    return not str(cell.value).startswith("#")


def mapping(data: object, *keys: str) -> dict[str, Any]:
    """Return the mapping that stands at some keys, an empty one where none does."""
    found = value_at(data, keys)
    return found if isinstance(found, dict) else {}
