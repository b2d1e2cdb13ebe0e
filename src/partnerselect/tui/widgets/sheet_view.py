"""A sheet on the screen, with a cursor on one of its items; sheets of levers and of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from partnerselect.tui.charts.sheet import Sheet, only
from partnerselect.tui.charts.words import ELLIPSIS, MUTED
from partnerselect.tui.glossary import explained
from partnerselect.tui.keys import unlisted_key
from partnerselect.tui.widgets.sheet_lines import MARGIN, DrawnLines, Line, changed, in_sight

Layout = Callable[[int], Sheet]
COPIED = (110, 160, 240, 400)
"""Cells of a line that is copied: the first for which nothing is cut that need not be."""
LEAST_WIDTH = 40
"""Cells for which every sheet can be laid out; what a narrower screen has no room for is cut off at
its edge."""
LEAST = 3
"""Lines between head and foot from which on one is spared to say how much is out of sight."""


class SheetView(ScrollView, can_focus=True):
    """Shows a sheet laid out for whatever width there is, and a cursor on one of its items."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--cursor", "sheet--column"}
    BINDINGS = [
        unlisted_key("up", "move(-1)", "Up"),
        unlisted_key("down", "move(1)", "Down"),
        unlisted_key("page-up", "leap(-1)", "Page up"),
        unlisted_key("page-down", "leap(1)", "Page down"),
        unlisted_key("first", "move(-1000000)", "First"),
        unlisted_key("last", "move(1000000)", "Last"),
    ]

    @dataclass
    class Pointed(Message):
        """Something about one item of one view."""

        view: SheetView
        key: str

        @property
        def control(self) -> SheetView:
            """The view it came from, for `on` to select by."""
            return self.view

    class Marked(Pointed):
        """The cursor stands on another item."""

    class Opened(Pointed):
        """An item was opened."""

    @dataclass
    class Headed(Message):
        """Something was clicked on that is no item: maybe a heading."""

        line: str
        x: int

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - Textual's own word
        title: str = "",
        chooses: bool = True,
        least_width: int = LEAST_WIDTH,
    ) -> None:
        """Make an empty view; one that does not choose has no cursor and only scrolls."""
        super().__init__(id=id)
        self.border_title = title
        self._layout: Layout = lambda _: Sheet(())
        self.chooses, self._least_width = chooses, least_width
        self.words = ""
        """What the items shown have to hold."""
        self._laid_out = 0
        self.sheet = Sheet(())
        self.cursor = 0
        self._lines: list[tuple[Content, int | None]] = []
        self._tops: list[int] = []
        """Where each item begins, its heading included."""
        self._seen: tuple[tuple[Sheet, tuple[int, int], int], list[Line]]
        """What stands on each line of the screen by now, and of which sheet, scroll and cursor."""
        self._seen = (self.sheet, (0, 0), 0), []
        self._in_sight: list[Line] = []
        """What was last drawn on each line of the screen."""
        self._drawn: DrawnLines | None = None

    def show(self, layout: Layout) -> None:
        """Show what `layout` makes of the width.

        The cursor stays on the item it stood on, if that is still there.
        """
        self._layout = layout
        key, height = self.key, self.sheet.height
        self._lay_out(self.size.width or self._laid_out)
        keys = [item.key for item in self.sheet.items]
        self.cursor = keys.index(key) if key in keys else min(self.cursor, max(len(keys) - 1, 0))
        if self.sheet.height != height and self.styles.auto_dimensions:
            self.refresh(layout=True)
        self._draw_again()
        self._tell()

    def _draw_again(self) -> None:
        """Draw again what is not as it was drawn last."""
        if regions := list(changed(self._in_sight, self._lines_in_sight(), self.size.width)):
            self.refresh(*regions)

    @property
    def text(self) -> str:
        """The whole sheet as plain text, as wide as it takes to cut no name."""
        texts = [only(self._layout(width), self.words).text for width in COPIED]
        return min(texts, key=lambda text: text.count(ELLIPSIS))

    def filter(self, words: str) -> None:
        """Show only the items that hold these words; all where there are none."""
        self.words = words
        self.scroll_to(y=0, animate=False)
        self.show(self._layout)

    @property
    def key(self) -> str | None:
        """The item under the cursor."""
        return self.sheet.items[self.cursor].key if self.cursor < len(self.sheet.items) else None

    def mark(self, key: str) -> None:
        """Set the cursor on an item."""
        keys = [item.key for item in self.sheet.items]
        if key in keys:
            self._move_to(keys.index(key))

    def lead(self, key: str) -> None:
        """Set the cursor on an item and scroll so that its heading is on top."""
        self.mark(key)
        if self.key == key:
            self.scroll_to(y=self._tops[self.cursor], animate=False)

    def headings(self) -> Iterator[tuple[int, str]]:
        """Yield the lines of the screen with a heading in sight, and the item beneath each."""
        above = len(self.sheet.head)
        for item, top in zip(self.sheet.items, self._tops, strict=True):
            air = sum(not line.plain.strip() for line in item.above[:1])
            line = top + air - self.scroll_offset.y
            if (item.above or item.is_heading) and 0 <= line < self._room:
                yield above + line, item.key

    def _lay_out(self, width: int) -> None:
        self._laid_out, before = width, self.sheet.items
        self.sheet = only(self._layout(self.room), self.words)
        if self.sheet.items is not before:
            self._lines, self._tops = [], []
            for n, item in enumerate(self.sheet.items):
                self._tops.append(len(self._lines))
                self._lines += [(line, None) for line in item.above]
                self._lines += [(line, n) for line in item.lines]
        self._measure()

    @property
    def room(self) -> int:
        """Cells of a line for which the sheet is laid out."""
        return max(self._laid_out - 2 * MARGIN, self._least_width)

    @property
    def _room(self) -> int:
        """How many lines between head and foot are in sight.

        One of them goes to `_out_of_sight` where not all are.
        """
        room = max(self.size.height - len(self.sheet.head) - len(self.sheet.foot), 1)
        return room - 1 if self._tells_out_of_sight else room

    @property
    def _tells_out_of_sight(self) -> bool:
        room = self.size.height - len(self.sheet.head) - len(self.sheet.foot)
        return self.chooses and LEAST <= room < len(self._lines)

    def _measure(self) -> None:
        """Let the sheet be scrolled to its end."""
        self.virtual_size = Size(self._laid_out, self.sheet.height + self._tells_out_of_sight)

    def _out_of_sight(self) -> Content:
        """Say how many items are not wholly in sight, above and below."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self._room
        above = {item for _, item in self._lines[:top] if item is not None}
        below = {item for _, item in self._lines[bottom:] if item is not None}
        told = (
            f"{arrow} {len(items)} more" for arrow, items in (("↑", above), ("↓", below)) if items
        )
        return Content(" · ".join(told)).stylize(MUTED)

    # Textual's own signature
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the height of the whole sheet at this width."""
        if width and width != self._laid_out:
            self._lay_out(width)
        return self.sheet.height

    def on_resize(self) -> None:
        """Lay the sheet out again for the new width."""
        if self.size.width and self.size.width != self._laid_out:
            self._lay_out(self.size.width)
        self._measure()
        self._keep_in_sight()
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw everything anew once colours have changed."""
        self._drawn = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines: of what lies within the frame only the cells that are asked for."""
        self._in_sight = self._lines_in_sight()
        offset = self.content_offset
        inner = crop.translate(-offset)
        if not self.size.region.contains_region(inner):
            return super().render_lines(crop)
        pen, filters, ground = self._pen, self.get_line_filters(), self.background_colors[1]
        strips = [pen.strip(line) for line in self._in_sight[inner.y : inner.bottom]]
        for one in filters:
            strips = [strip.apply_filter(one, ground) for strip in strips]
        return [strip.crop(*inner.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self._pen.strip(self._in_sight[y])

    @property
    def _pen(self) -> DrawnLines:
        """What draws lines of this width on this ground."""
        width, style = self.size.width, self.visual_style
        if self._drawn is None or not self._drawn.is_for(width, style):
            cursor, column = map(self.get_component_styles, ("sheet--cursor", "sheet--column"))
            styles = style, style + Style.from_styles(cursor), Style.from_styles(column)
            self._drawn = DrawnLines(width, styles, self._get_style)
        return self._drawn

    def _lines_in_sight(self) -> list[Line]:
        """Return what stands on every line of the screen by now."""
        scrolled = self.scroll_offset.y, self.size.height
        of = self.sheet, scrolled, self.cursor
        if of[0] is not self._seen[0][0] or of != self._seen[0]:
            marked = self.cursor if self.chooses else None
            told = self._out_of_sight() if self._tells_out_of_sight else None
            self._seen = of, in_sight(self.sheet, self._lines, scrolled, marked, told)
        return self._seen[1]

    def _line_at(self, y: int) -> Line:
        """Return what is seen on a line of the screen."""
        return self._in_sight[y] if y < len(self._in_sight) else Line()

    def action_move(self, by: int) -> None:
        """Move the cursor, or scroll where there is none."""
        if not self.chooses:
            self.scroll_relative(y=by, animate=False)
        elif self.sheet.items:
            self._move_to(min(max(self.cursor + by, 0), len(self.sheet.items) - 1))

    def action_leap(self, direction: int) -> None:
        """Move by a screenful."""
        room = self._room
        if not self.chooses:
            self.action_move(direction * room)
            return
        height = max(1, len(self._lines) // max(1, len(self.sheet.items)))
        self.action_move(direction * max(1, room // height))

    def action_open(self) -> None:
        """Open the item under the cursor."""
        if self.chooses and self.key is not None:
            self.post_message(self.Opened(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """Choose the item clicked on; open it at the second click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = self._line_at(offset.y)
        if line.item is None:
            self.post_message(self.Headed(line.words.plain, offset.x - MARGIN))
        elif self.chooses:
            if line.item == self.cursor and event.chain > 1:
                self.action_open()
            self._move_to(line.item)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the word that the mouse is on, where it has a meaning of its own."""
        offset = event.get_content_offset(self)
        line = self._line_at(offset.y).words.plain if offset else ""
        self.tooltip = explained(line, offset.x - MARGIN) if offset else None

    def _move_to(self, cursor: int) -> None:
        if cursor != self.cursor:
            self.cursor = cursor
            self._tell()
            self._draw_again()
        self._keep_in_sight()

    def _tell(self) -> None:
        if self.chooses and self.key is not None:
            self.post_message(self.Marked(self, self.key))

    def _keep_in_sight(self) -> None:
        """Scroll so that the marked item, its heading included, can be seen."""
        if not self.chooses or not self.sheet.items or not self.size.height:
            return
        top, room = self._tops[self.cursor], self._room
        bottom = [*self._tops, len(self._lines)][self.cursor + 1]
        if top < self.scroll_offset.y or bottom - top > room:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + room:
            self.scroll_to(y=bottom - room, animate=False)


class LeversView(SheetView):
    """Tells how far the lever under the cursor is to be moved, and jumps from group to group."""

    BINDINGS = [
        unlisted_key("left", "nudge(-1)", "Less"),
        unlisted_key("right", "nudge(1)", "More"),
        unlisted_key("far-left", "nudge(-1, 'coarse')", "Much less"),
        unlisted_key("far-right", "nudge(1, 'coarse')", "Much more"),
        unlisted_key("next-part", "group(1)", "Next group"),
        unlisted_key("previous-part", "group(-1)", "Previous group"),
    ]

    @dataclass
    class Nudged(SheetView.Pointed):
        """The lever under the cursor is to be moved."""

        steps: int
        coarse: bool

    def action_nudge(self, steps: int, size: str = "fine") -> None:
        """Move by fine or coarse steps."""
        if self.key is not None:
            self.post_message(self.Nudged(self, self.key, steps, size == "coarse"))

    @dataclass
    class Leapt(SheetView.Pointed):
        """Another group is asked for: +1 the next, −1 the one before."""

        by: int

    def action_group(self, by: int) -> None:
        """Ask for another group."""
        if self.key is not None:
            self.post_message(self.Leapt(self, self.key, by))


class MatrixView(SheetView):
    """Shows a matrix; whoever lays it out knows its columns."""

    BINDINGS = [
        unlisted_key("left", "turn(-1)", "Column left"),
        unlisted_key("right", "turn(1)", "Column right"),
    ]

    @dataclass
    class Turned(Message):
        """The next column is asked for: +1 to the right, −1 to the left."""

        by: int

    @dataclass
    class Touched(Message):
        """A cell of a line was clicked on, counted from where the line begins."""

        x: int

    def action_turn(self, by: int) -> None:
        """Ask for the column beside."""
        self.post_message(self.Turned(by))

    def on_click(self, event: events.Click) -> None:
        """Ask for the column clicked on."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Touched(offset.x - MARGIN))
