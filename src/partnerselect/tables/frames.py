"""The tables that a batch writes: their columns, their cells, and their rows as DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from partnerselect.allocation import AMOUNTS
from partnerselect.rows import (
    allocation_rows,
    fixed_cost_rows,
    programme_rows,
    ranking_rows,
    rounded,
)
from partnerselect.tables.spec import Column
from partnerselect.words import Kind, csv_cell

if TYPE_CHECKING:
    import pandas as pd

    from partnerselect.analysis import Analysis

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
        return [column.key for column in self.columns]

    def cells(self, row: FrameRow) -> list[FrameCell]:
        """Return a row's cells in order; what the row does not hold is empty."""
        return [cell(row.get(column.key)) for column in self.columns]


def columns(**kinds: str) -> tuple[Column, ...]:
    """Return columns in the order written: `text="a b"`, `number_2="c"` for a second turn."""
    found: list[Column] = []
    for kind, names in kinds.items():
        plain: Any = kind.partition("_")[0]
        found += [Column(name, kind=plain) for name in names.split()]
    return tuple(found)


SUMMARY = columns(
    text="state reason scenario title",
    number="value",
    money=" ".join(amount.key for amount in AMOUNTS),
    whole="partners",
    text_2="running deferred",
    number_2="gap",
    text_3="tie_break currency",
    flag="illustrative",
    text_4="sha256",
)
PROGRAMMES = columns(
    text="programme",
    flag="run",
    text_2="partners",
    number="value baseline",
    money=" ".join(amount.key for amount in AMOUNTS),
    text_3="leader runner_up",
    number_2="leader_share choice_share",
    text_4="choice_verdict",
    number_3="run_share",
    text_5="reason",
)
RANKING = columns(
    text="programme partner",
    whole="rank",
    number="value covers cost own_cost own_cost_alone",
    flag="eligible chosen",
    text_2="reason",
    number_2="first_rank_share first_rank_share_with_gates",
    text_3="verdict",
)
ALLOCATION = columns(
    text="kind programme component partner phase", number="days cost own_cost", text_2="payer"
)


def layouts(varied: Iterable[Column], criteria: Iterable[str]) -> dict[str, Layout]:
    """Return the tables of a batch by name.

    Each has the case, the swept values, then its own columns.

    Args:
        varied: the swept inputs.
        criteria: paths of the criteria, for their contributions to the ranking.
    """
    first = (Column("case"), *varied)
    contributions = tuple(Column(f"contribution.{path}", kind="number") for path in criteria)
    own = {
        "summary": SUMMARY,
        "programmes": PROGRAMMES,
        "ranking": (*RANKING, *contributions),
        "allocation": ALLOCATION,
    }
    return {name: Layout(name, (*first, *below)) for name, below in own.items()}


def rows_of(analysis: Analysis) -> dict[str, list[FrameRow]]:
    """Return the rows of one analysis for every table but the summary, flat and rounded."""
    found: dict[str, list[FrameRow]] = rounded(
        {
            "programmes": [
                row | {"partners": " + ".join(row["partners"])} for row in programme_rows(analysis)
            ],
            "ranking": [
                row | {f"contribution.{path}": part for path, part in row["contributions"].items()}
                for row in ranking_rows(analysis)
            ],
            "allocation": [{"kind": "days", **row} for row in allocation_rows(analysis)]
            + fixed_cost_rows(analysis),
        },
    )
    return found


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
    return str(plain) if kind == "text" and plain is not None else plain
