"""The lines of a sheet as the screen shows them; what stays as it is is drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

from partnerselect.tui.charts.sheet import Sheet

MARGIN = 2
"""Cells kept free before every line, for the cursor."""
CURSOR = "▸"
MOST_KEPT = 2000
"""Lines that are kept as drawn."""
NOTHING = Content("")


class Line(NamedTuple):
    """What stands on one line of the screen."""

    words: Content = NOTHING
    item: int | None = None
    is_marked: bool = False
    is_first: bool = False
    """Whether its item begins here."""
    column: tuple[int, int] | None = None
    """The cells, from and to, on a ground of their own."""


def changed(before: Sequence[Line], now: Sequence[Line], width: int) -> Iterator[Region]:
    """Yield what is to be drawn again: lines, or the columns that gain or lose their ground."""
    was = [*before, *[None] * len(now)]
    for cells, run in groupby(enumerate(now), lambda one: _differing(was[one[0]], one[1], width)):
        first, *others = run
        for start, end in cells:
            yield Region(start, first[0], end - start, 1 + len(others))


def _differing(was: Line | None, now: Line, width: int) -> list[tuple[int, int]]:
    """Return the cells of a line that are not as they were, from and to."""
    if was is None or was[2:4] != now[2:4] or not was.words.is_same(now.words):
        return [(0, width)]
    return [] if was.column == now.column else list(filter(None, (was.column, now.column)))


def in_sight(
    sheet: Sheet,
    body: Sequence[tuple[Content, int | None]],
    scrolled: tuple[int, int],
    marked: int | None,
    out_of_sight: Content | None,
) -> list[Line]:
    """Return what stands on every line of the screen: head and foot stay, the rest scrolls.

    Args:
        sheet: gives head, foot and the column looked at.
        body: the lines between head and foot, and the item that each belongs to.
        scrolled: lines of the body that are scrolled past, and lines of the screen.
        marked: the item under the cursor.
        out_of_sight: stands above the foot.
    """
    head, foot, (top, height) = sheet.head, sheet.foot, scrolled
    end = min(len(head) + len(body), height - len(foot))
    told = [] if out_of_sight is None else [out_of_sight]
    column = _on_screen(sheet.column)
    lines = [Line(words, column=column(words)) for words in head]
    for at in range(top, top + end - len(head) - len(told)):
        words, item = body[at] if at < len(body) else (NOTHING, None)
        is_first = item is not None and (at == top or body[at - 1][1] != item)
        is_marked = item is not None and item == marked
        lines.append(Line(words, item, is_marked, is_first, column(words)))
    rest = (*told, *foot[max(len(head) - end, 0) :])
    lines += [Line(words, column=column(words)) for words in rest]
    return lines + [Line()] * (height - len(lines))


def _on_screen(
    column: tuple[int, int] | None,
) -> Callable[[Content], tuple[int, int] | None]:
    """Return what tells the cells of a column on a line, if the line reaches so far."""
    if column is None:
        return lambda _: None
    cells = column[0] + MARGIN, column[1] + MARGIN
    return lambda words: cells if words.cell_length >= column[1] else None


class DrawnLines:
    """Draws lines of one width on one ground, and keeps them as drawn."""

    def __init__(
        self,
        width: int,
        styles: tuple[Style, Style, Style],
        parse_style: Callable[[str | Style], Style],
    ) -> None:
        """Take the styles of a line, of a marked one and of a column looked at."""
        self._width, self._style = width, styles[0]
        self._plain, self._marked, column = styles
        self._ground = RichStyle(bgcolor=column.rich_style.bgcolor)
        self._parse_style = parse_style
        self._kept: dict[tuple[object, ...], tuple[Content, Strip]] = {}

    def is_for(self, width: int, style: Style) -> bool:
        """Tell whether lines are drawn for this width and style."""
        return width == self._width and style is self._style

    def strip(self, line: Line) -> Strip:
        """Return a line as drawn."""
        key = (id(line.words), *line[2:])
        kept = self._kept.get(key)
        if kept is None or kept[0] is not line.words:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = kept = line.words, self._draw(line)
        return kept[1]

    def _draw(self, line: Line) -> Strip:
        if line.column is not None:
            return _grounded(self.strip(line._replace(column=None)), *line.column, self._ground)
        style = self._marked if line.is_marked else self._plain
        mark = CURSOR if line.is_marked and line.is_first else " "
        words = Content.assemble((mark, "bold"), " ") + line.words
        parts = words.truncate(self._width).render(style, end="", parse_style=self._parse_style)
        segments = [Segment(text, (style + part).rich_style) for text, part in parts]
        return Strip(segments).crop_extend(0, self._width, style.rich_style)


def _grounded(strip: Strip, start: int, end: int, ground: RichStyle) -> Strip:
    """Return a strip with these cells, as far as it has them, on another ground."""
    first, last = (min(one, strip.cell_length) for one in (start, end))
    if first == last:
        return strip
    on_ground = [
        Segment(text, style + ground if style else ground)
        for text, style, _ in strip.crop(first, last)
    ]
    before, after = strip.crop(0, first), strip.crop(last, strip.cell_length)
    return Strip([*before, *on_ground, *after], strip.cell_length)
