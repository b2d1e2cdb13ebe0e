"""Columns side by side: each told once, with its heading, its cells and its share of the width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from textual.content import Content

from partnerselect.tui.charts.words import (
    MUTED,
    Lines,
    cells,
    fitted,
    plain,
    right,
    width_of,
    wrapped,
)

if TYPE_CHECKING:
    from partnerselect.tables import Table, Text

Drawn = Content | Sequence[Content]
LEAST = 4
"""Cells that a column keeps however little there is to share, if its heading takes no more."""
UNBOUNDED = 10_000
WIDEST = 40
"""Cells of a column beyond which a table of the catalogue is told row by row."""


@dataclass(frozen=True)
class Column:
    """One column: what stands in it as words (and in what style), or drawn to its width."""

    heading: str
    told: Callable[[Any], str | tuple[str, str]] = str
    short: Callable[[Any], str] | None = None
    """Instead of words that would be cut."""
    draw: Callable[[Any, int], Drawn] | None = None
    """Instead of words: one line or several, drawn to a width."""
    width: int = 0
    """0: as wide as its heading and its longest cell."""
    part: int = 0
    """Of what is left once the others have their widths."""
    most: int = UNBOUNDED
    """Its width while others need the room; words that it cuts get what nobody needs."""
    is_figure: bool = False
    indent: int = 0
    """Cells before its heading."""
    style: str = MUTED
    """Of its heading."""

    def natural(self, rows: Sequence[Any], most: int | None = None) -> int:
        """Return how wide it would be if there were room for everything, or for so much."""
        if self.width or self.draw is not None:
            return self.width or self.most
        told = (self._words(row)[0] for row in rows)
        longest = max([width_of(self.heading), *map(width_of, told)])
        return min(longest, self.most if most is None else most)

    def lines(self, row: Any, width: int) -> Lines:  # noqa: ANN401 - whatever the column reads
        """Return the cell of a row, every line as wide as the column."""
        if self.draw is None:
            text, style = self._words(row)
            text = self.short(row) if self.short and width_of(text) > width else text
            return ((right if self.is_figure else fitted)(text, width, style),)
        drawn = self.draw(row, width)
        lines = (drawn,) if isinstance(drawn, Content) else tuple(drawn)
        return tuple(line.truncate(width, pad=True) for line in lines)

    def head(self, width: int) -> Content:
        """Return its heading."""
        side = right if self.is_figure else fitted
        return side(self.heading, width - self.indent, self.style).pad_left(self.indent)

    def _words(self, row: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
        told = self.told(row)
        return (told, "") if isinstance(told, str) else told


@dataclass(frozen=True)
class Grid:
    """Columns with the widths that they have on this screen."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    gap: int

    @property
    def head(self) -> Content:
        """The line of headings."""
        return cells(*(column.head(width) for column, width in self._placed()), gap=self.gap)

    def cells(self, row: Any) -> list[Lines]:  # noqa: ANN401 - as above
        """Return the cells of a row, each with its lines."""
        return [column.lines(row, width) for column, width in self._placed()]

    def lines(self, row: Any) -> Lines:  # noqa: ANN401 - as above
        """Return the lines of a row: as many as its highest cell."""
        blanks = [Content(" " * width) for width in self.widths]
        return tuple(
            cells(*(part or blank for part, blank in zip(line, blanks, strict=True)), gap=self.gap)
            for line in zip_longest(*self.cells(row))
        )

    def line(self, row: Any) -> Content:  # noqa: ANN401 - as above
        """Return a row of one line."""
        return self.lines(row)[0]

    def across(self, count: int) -> int:
        """Return the cells that the first columns take together."""
        return sum(self.widths[:count]) + self.gap * (count - 1)

    def _placed(self) -> Iterator[tuple[Column, int]]:
        return zip(self.columns, self.widths, strict=True)


def grid(columns: Iterable[Column], rows: Sequence[Any], width: int, gap: int = 2) -> Grid:
    """Share out a width: to each what it needs, and what is left in parts."""
    columns = tuple(columns)
    needs = [column.natural(rows) for column in columns]
    widths = [0 if column.part else need for column, need in zip(columns, needs, strict=True)]
    left = max(width - sum(widths) - gap * (len(columns) - 1), 0)
    sharing = sorted(
        (n for n, column in enumerate(columns) if column.part),
        key=lambda n: needs[n] / columns[n].part,
    )
    parts = sum(columns[n].part for n in sharing)
    least = [max(LEAST, width_of(column.heading) + column.indent) for column in columns]
    if sum(least[n] for n in sharing) > left:
        least = [LEAST] * len(columns)
    for at, n in enumerate(sharing, 1):
        kept = sum(least[other] for other in sharing[at:])
        given = min(left * columns[n].part // parts, needs[n], left - kept)
        widths[n] = max(given, least[n])
        left, parts = max(left - widths[n], 0), parts - columns[n].part
    for n in (n for n, column in enumerate(columns) if widths[n] == column.most):
        more = min(columns[n].natural(rows, UNBOUNDED) - widths[n], left)
        widths[n], left = widths[n] + more, left - more
    return Grid(columns, tuple(widths), gap)


def wrapping(heading: str, told: Callable[[Any], str], rows: Sequence[Any], most: int) -> Column:
    """Return a column of words that go on below where they are longer than so many cells."""
    longest = max([1, width_of(heading), *(width_of(told(row)) for row in rows)])
    return Column(
        heading, draw=lambda row, room: wrapped(told(row), room), width=min(longest, most)
    )


# ── Any table of the catalogue ──


def table_lines(table: Table, width: int) -> Lines:
    """Lay out a table: columns side by side where they fit, else every row on its own."""
    rows = [[flat(text) for text in row] for row in table.texts()]
    columns = [
        Column(column.heading, lambda row, n=n: row[n], is_figure=column.is_figure)  # type: ignore[misc]
        for n, column in enumerate(table.columns)
    ]
    laid_out = grid(columns, rows, width)
    if laid_out.across(len(columns)) > width or max(laid_out.widths) > max(WIDEST, width // 2):
        heads = [column.heading for column in columns]
        return tuple(line for row in rows for line in _one_by_one(heads, row, width))
    return (laid_out.head, *map(laid_out.line, rows))


def _one_by_one(heads: Sequence[str], row: Sequence[str], width: int) -> Iterator[Content]:
    yield from wrapped(row[0] or "—", width, "bold")
    for head, text in zip(heads[1:], row[1:], strict=True):
        if text:
            yield from wrapped(f"{head}: {text}" if head else text, width, indent=2)


def flat(text: Text) -> str:
    """Return a cell without emphasis."""
    return " ".join(plain(span.words) for span in text)
