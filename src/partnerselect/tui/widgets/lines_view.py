"""Lines on the screen, of which only those are drawn again that are not as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from partnerselect.tui.charts.sheet import Lines

NOTHING = Content("")


def strip(line: Content, width: int, style: Style, parse: Callable[[str | Style], Style]) -> Strip:
    """Draw one line, cut to a width, on the ground of a style.

    What is left of the width is ground.
    """
    drawn = line.truncate(width).render(style, end="", parse_style=parse)
    return Strip([Segment(text, (style + part).rich_style) for text, part in drawn]).crop_extend(
        0, width, style.rich_style
    )


def grounded(strip: Strip, start: int, end: int, ground: RichStyle) -> Strip:
    """Return a strip with these cells on another ground."""
    column = [
        Segment(text, style + ground if style else ground)
        for text, style, _ in strip.crop(start, end)
    ]
    return Strip.join([strip.crop(0, start), Strip(column), strip.crop(end)])


def rows(numbers: Iterable[int], width: int) -> list[Region]:
    """Return these lines of a widget as regions to be drawn again."""
    return [Region(0, y, width, 1) for y in numbers]


class LinesView(Widget):
    """Shows lines from the top, whatever of them there is room for."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: Lines = ()

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        before, self.lines = self.lines, tuple(lines)
        most = max(len(before), len(self.lines))
        changed = [y for y in range(most) if not _at(before, y).is_same(self.line(y))]
        if changed:
            self.refresh(*rows(changed, self.size.width))

    def line(self, y: int) -> Content:
        """Return a line; an empty one below the last."""
        return _at(self.lines, y)

    def render(self) -> Content:
        """Return all of it, for what is copied with the mouse."""
        return Content("\n").join(self.lines)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return strip(self.line(y), self.size.width, self.visual_style, self._get_style)


def _at(lines: Lines, y: int) -> Content:
    return lines[y] if y < len(lines) else NOTHING
