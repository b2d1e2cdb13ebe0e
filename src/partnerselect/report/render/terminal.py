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

from partnerselect.tables import Table
from partnerselect.words import visible

BETWEEN = 3
"""Blanks between two columns."""
NOTHING = "None."
"""What stands for the rows of a table that has none, and no note that says so."""
NARROW = 10
"""Cells that the heading of a figure may always take."""
LONG_WORD = 14
"""Characters a word must have before a column may break it."""


@dataclass(frozen=True)
class _Column:
    """A column as it is printed."""

    name: str
    cells: tuple[str, ...]
    is_figure: bool

    @cached_property
    def heading(self) -> str:
        """Its name; over figures on as many lines as keep it narrow."""
        if not self.is_figure:
            return self.name
        room = max(NARROW, *(len(words) for words in (*self.name.split(), *self.cells)))
        return "\n".join(textwrap.wrap(self.name, room, break_long_words=False))

    @property
    def least_width(self) -> int:
        """The cells that it needs to break no word that is not very long."""
        if self.is_figure:
            return max(len(line) for line in (*self.heading.split("\n"), *self.cells, ""))
        words = (word for cell in (self.name, *self.cells) for word in cell.split())
        return max((min(len(word), LONG_WORD) for word in words), default=0)


def _columns(table: Table) -> list[_Column]:
    return [
        _Column(
            visible(column.heading),
            tuple(visible(column.reading(row[i])) for row in table.rows),
            column.is_figure,
        )
        for i, column in enumerate(table.columns)
    ]


def fits(table: Table, width: int) -> bool:
    """Tell whether the columns have room for every word that is not very long."""
    return sum(column.least_width + BETWEEN for column in _columns(table)) <= width


def grid(table: Table) -> Group:
    """Return a table in columns, its title above and its note below as wide as the terminal."""
    drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    columns = _columns(table)
    for column in columns:
        drawn.add_column(
            Text(column.heading),
            justify="right" if column.is_figure else "left",
            overflow="fold",
            no_wrap=column.is_figure,
        )
    first_total = len(table.rows) - table.totals
    for row in range(len(table.rows)):
        style = "bold" if row >= first_total else ""
        drawn.add_row(*(Text(column.cells[row]) for column in columns), style=style)
    return Group(*_above(table), *([drawn] if table.rows else _nothing(table)), *_below(table))


def blocks(table: Table) -> Group:
    """Return a table row by row: what a row is about, then its cells by their headings."""
    columns = _columns(table)
    rows = [part for row in range(len(table.rows)) for part in _block(columns, row)]
    above = [*_above(table), Text("")] if table.title else []
    return Group(*above, *(rows or _nothing(table)), *_below(table))


def _above(table: Table) -> list[Text]:
    return [Text(visible(table.heading), style="bold")] if table.title else []


def _nothing(table: Table) -> list[Text]:
    return [] if table.note else [Text(f"{NOTHING}\n")]


def _below(table: Table) -> list[Text]:
    return [Text(f"{visible(table.note)}\n")] if table.note else []


def _block(columns: list[_Column], row: int) -> Iterator[Text | Padding]:
    """Yield one row: figures side by side, texts one below the other."""
    about = next((i for i, column in enumerate(columns) if not column.is_figure), 0)
    head = [column.cells[row] for column in columns[: about + 1] if column.cells[row]]
    yield Text("  ".join(head), style="bold")
    rest = [column for column in columns[about + 1 :] if column.cells[row]]
    for is_figure, side_by_side in groupby(rest, key=attrgetter("is_figure")):
        between = " " if is_figure else ": "
        named = [_named(column.name, column.cells[row], between) for column in side_by_side]
        for line in [" · ".join(named)] if is_figure else named:
            yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")


def _named(heading: str, cell: str, between: str) -> str:
    return f"{heading}{between}{cell}" if heading else cell
