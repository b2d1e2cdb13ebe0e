"""A table as a terminal shows it: in columns, or row by row where columns would break its words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from partnerselect.report.tables import Table, is_numeric, shown
from partnerselect.wording import visible

BETWEEN = 3
"""Blanks between two columns."""
LONG_WORD = 14
"""Characters a word must have before a column may break it."""


def fits(table: Table, width: int) -> bool:
    """Tell whether the columns have room for every word that is not very long."""
    return sum(_least_width(table, i) + BETWEEN for i in range(len(table.columns))) <= width


def _least_width(table: Table, column: int) -> int:
    cells = _cells(table, column)
    if is_numeric(table, column):
        return max(len(line) for line in (*_heading(table, column).split("\n"), *cells, ""))
    return max(min(len(word), LONG_WORD) for cell in (table.columns[column], *cells, " ") for word in cell.split() or [""])


def _cells(table: Table, column: int) -> list[str]:
    return [visible(shown(row[column])) for row in table.rows]


def _heading(table: Table, column: int) -> str:
    """Return a heading; over figures on as many lines as keep it no wider than its longest word and what stands below it."""
    heading = table.columns[column]
    if not is_numeric(table, column):
        return heading
    return "\n".join(textwrap.wrap(heading, max(len(words) for words in (*heading.split(), *_cells(table, column), " ")), break_long_words=False))


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
    for i in range(len(table.columns)):
        numeric = is_numeric(table, i)
        drawn.add_column(Text(_heading(table, i)), justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
    for row in table.rows:
        drawn.add_row(*(Text(visible(shown(cell))) for cell in row))
    return drawn


def blocks(table: Table) -> Group:
    """Return a table row by row: what the row is about, then its cells in order, each by the name of its heading, figures side by side."""
    told = [Text(visible(table.title), style="bold italic"), Text("")] if table.title else []
    note = [Text(visible(table.note)), Text("")] if table.note else []
    return Group(*told, *(part for row in range(len(table.rows)) for part in _block(table, row)), *note)


def _block(table: Table, row: int) -> Iterator[Text | Padding]:
    cells = [visible(shown(cell)) for cell in table.rows[row]]
    numeric = [is_numeric(table, i) for i in range(len(cells))]
    about = numeric.index(False) if False in numeric else 0
    yield Text("  ".join(cell for cell in cells[: about + 1] if cell), style="bold")
    told = [(numeric[i], table.columns[i], cells[i]) for i in range(about + 1, len(cells)) if cells[i]]
    for is_figures, side_by_side in groupby(told, key=itemgetter(0)):
        named = [_named(heading, cell, " " if is_figures else ": ") for _, heading, cell in side_by_side]
        for line in [" · ".join(named)] if is_figures else named:
            yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")


def _named(heading: str, cell: str, between: str) -> str:
    return f"{heading}{between}{cell}" if heading else cell
