"""A table as a terminal shows it: in columns, or row by row where columns would break its words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from partnerselect.report.tables import Table, is_numeric, shown
from partnerselect.words.literal import visible

BETWEEN = 3
"""Blanks between two columns."""
LONG_WORD = 14
"""Characters a word must have before a column may break it."""


@dataclass(frozen=True)
class _Column:
    """A column as it is printed."""

    name: str
    cells: tuple[str, ...]
    is_numeric: bool

    @cached_property
    def heading(self) -> str:
        """Its name; over figures on as many lines as keep it no wider than its longest word and what stands below it."""
        if not self.is_numeric:
            return self.name
        return "\n".join(
            textwrap.wrap(
                self.name,
                max(len(words) for words in (*self.name.split(), *self.cells, " ")),
                break_long_words=False,
            )
        )

    @property
    def least_width(self) -> int:
        """The cells that it needs to break no word that is not very long."""
        if self.is_numeric:
            return max(len(line) for line in (*self.heading.split("\n"), *self.cells, ""))
        return max(
            min(len(word), LONG_WORD)
            for cell in (self.name, *self.cells, " ")
            for word in cell.split() or [""]
        )


def _columns(table: Table) -> list[_Column]:
    return [
        _Column(name, tuple(visible(shown(row[i])) for row in table.rows), is_numeric(table, i))
        for i, name in enumerate(table.columns)
    ]


def fits(table: Table, width: int) -> bool:
    """Tell whether the columns have room for every word that is not very long."""
    return sum(column.least_width + BETWEEN for column in _columns(table)) <= width


def grid(table: Table) -> Grid:
    """Return a table in columns."""
    drawn = Grid(
        title=Text(visible(table.title)),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        caption=Text(visible(table.note)) if table.note else None,
        caption_justify="left",
    )
    columns = _columns(table)
    for column in columns:
        drawn.add_column(
            Text(column.heading),
            justify="right" if column.is_numeric else "left",
            overflow="fold",
            no_wrap=column.is_numeric,
        )
    for row in range(len(table.rows)):
        drawn.add_row(*(Text(column.cells[row]) for column in columns))
    return drawn


def blocks(table: Table) -> Group:
    """Return a table row by row: what the row is about, then its cells in order, each by the name of its heading, figures side by side."""
    told = [Text(visible(table.title), style="bold italic"), Text("")] if table.title else []
    note = [Text(visible(table.note)), Text("")] if table.note else []
    columns = _columns(table)
    return Group(
        *told, *(part for row in range(len(table.rows)) for part in _block(columns, row)), *note
    )


def _block(columns: list[_Column], row: int) -> Iterator[Text | Padding]:
    about = next((i for i, column in enumerate(columns) if not column.is_numeric), 0)
    yield Text(
        "  ".join(column.cells[row] for column in columns[: about + 1] if column.cells[row]),
        style="bold",
    )
    rest = [column for column in columns[about + 1 :] if column.cells[row]]
    for is_figures, side_by_side in groupby(rest, key=attrgetter("is_numeric")):
        named = [
            _named(column.name, column.cells[row], " " if is_figures else ": ")
            for column in side_by_side
        ]
        for line in [" · ".join(named)] if is_figures else named:
            yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")


def _named(heading: str, cell: str, between: str) -> str:
    return f"{heading}{between}{cell}" if heading else cell
