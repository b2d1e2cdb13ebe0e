"""Rows of plain data under columns, as cells of CSV and as DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from partnerselect.tables.spec import Column
from partnerselect.words import Kind, csv_cell

if TYPE_CHECKING:
    import pandas as pd

FrameCell = str | float | int | bool | None
FrameRow = dict[str, Any]
PLAIN = frozenset({str, float, int, bool, type(None)})
"""Most cells by far: told apart from the rest in one step, for a batch writes millions."""
DTYPES = {"text": "string", "whole": "Int64", "flag": "boolean"}
"""Of the kinds that are no numbers, as pandas calls them."""


@dataclass(frozen=True)
class Layout:
    """A table's name and its columns, whose rows come one by one."""

    name: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        """The names of the columns."""
        return list(self._keys)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    def cells(self, row: FrameRow) -> list[FrameCell]:
        """Return a row's cells in order; what the row does not hold is empty."""
        found = map(row.get, self._keys)
        return [value if type(value) in PLAIN else cell(value) for value in found]


def cell(value: Any) -> FrameCell:  # noqa: ANN401 - any plain data
    """Return plain data as one cell: lists joined by " + ", other things as their text."""
    if type(value) in PLAIN:
        return cast("FrameCell", value)
    if isinstance(value, list | tuple):
        return " + ".join(str(item) for item in value)
    return value if isinstance(value, str | float | int) else str(value)


def literal(value: FrameCell) -> FrameCell:
    """Return a cell for CSV, taken literally by a spreadsheet."""
    return csv_cell(value) if isinstance(value, str) else value


def kind_of(values: Iterable[Any]) -> Kind:
    """Return what a column holds whose values are these: numbers if all are, else text."""
    return (
        "number"
        if all(
            isinstance(value, float | int) and not isinstance(value, bool)
            for value in values
            if value is not None
        )
        else "text"
    )


def frame(layout: Layout, rows: Sequence[FrameRow]) -> pd.DataFrame:
    """Return rows as a DataFrame with a stable type for every column, empty cells as missing."""
    import pandas as pd

    series = {
        column.key: pd.Series(
            [_typed(row.get(column.key), column.kind) for row in rows],
            dtype=DTYPES.get(column.kind, "Float64"),
        )
        for column in layout.columns
    }
    return pd.DataFrame(series)


def _typed(value: Any, kind: Kind) -> FrameCell:  # noqa: ANN401 - any plain data
    plain = cell(value)
    if plain is None or plain == "":
        return None
    return str(plain) if kind == "text" else plain
