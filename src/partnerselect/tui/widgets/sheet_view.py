"""A sheet on the screen, drawn line by line: a key press redraws two of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style as RichStyle
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from partnerselect.tui.charts.sheet import Sheet, only
from partnerselect.tui.charts.words import ELLIPSIS
from partnerselect.tui.widgets.lines_view import NOTHING, grounded, rows, strip

Layout = Callable[[int], Sheet]
MARGIN = 2
"""Cells kept free before every line, for the cursor."""
CURSOR = "▸"
COPIED = (110, 160, 240, 400)
"""Cells of a line that is copied: the first for which nothing is cut that need not be."""
MOST_KEPT = 500
"""Lines that are kept as drawn."""
LEAST_WIDTH = 40
"""Cells for which every sheet can be laid out; what a narrower screen has no room for is cut off at
its edge."""
LEAST = 3
"""Lines between head and foot from which on one is spared to say how much is out of sight."""


@dataclass(frozen=True, eq=False)
class _Row:
    """What stands on one line of the screen."""

    line: Content
    is_marked: bool = False
    is_first: bool = False
    """Whether an item begins here."""
    column: tuple[int, int] | None = None
    """The cells on a ground of their own."""

    def is_same(self, other: _Row | None) -> bool:
        """Tell whether both are drawn alike."""
        if other is None or (self.is_marked, self.is_first, self.column) != (
            other.is_marked,
            other.is_first,
            other.column,
        ):
            return False
        return self.line.is_same(other.line)


@dataclass(frozen=True)
class _Shown:
    """How much of a sheet is in sight."""

    width: int
    height: int
    top: int
    """Lines scrolled past."""
    tells_out_of_sight: bool


class SheetView(ScrollView, can_focus=True):
    """Shows a sheet laid out for whatever width there is, and a cursor on one of its items."""

    least_width: ClassVar[int] = LEAST_WIDTH
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--cursor", "sheet--column"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "leap(-1)", "Page up", show=False),
        Binding("pagedown", "leap(1)", "Page down", show=False),
        Binding("home", "move(-1000000)", "First", show=False),
        Binding("end", "move(1000000)", "Last", show=False),
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

    def __init__(self, *, id: str, chooses: bool = True) -> None:  # noqa: A002 - Textual's own word
        """Make an empty view; one that does not choose has no cursor and only scrolls."""
        super().__init__(id=id)
        self._layout: Layout = lambda _: Sheet(())
        self.chooses = chooses
        self.words = ""
        """What the items shown have to hold."""
        self._laid_out = 0
        self.sheet = Sheet(())
        self.cursor = 0
        self._lines: list[tuple[Content, int | None]] = []
        self._drawn: dict[int, _Row] = {}
        """What was last drawn on each line of the screen."""
        self._shown = _Shown(0, 0, 0, tells_out_of_sight=False)
        self._strips: dict[tuple[int, bool, bool], tuple[Content, Style, Strip]] = {}

    def show(self, layout: Layout) -> None:
        """Show what `layout` makes of the width.

        The cursor stays on the item it stood on, if that is still there.
        """
        self._layout = layout
        key, height = self.key, self.sheet.height
        self._lay_out(self._laid_out or self.size.width)
        keys = [item.key for item in self.sheet.items]
        self.cursor = keys.index(key) if key in keys else min(self.cursor, max(len(keys) - 1, 0))
        if self.sheet.height != height and self.styles.auto_dimensions:
            self.refresh(layout=True)
        self._draw_again()
        self._tell()

    def _draw_again(self) -> None:
        """Draw again the lines that are not as they were drawn last."""
        shown = self._in_sight()
        changed = [
            y for y in range(shown.height) if not self._row(y, shown).is_same(self._drawn.get(y))
        ]
        if changed:
            self.refresh(*rows(changed, shown.width))

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
            self.scroll_to(
                y=sum(
                    len(item.above) + len(item.lines) for item in self.sheet.items[: self.cursor]
                ),
                animate=False,
            )

    def _lay_out(self, width: int) -> None:
        self._laid_out = width
        self.sheet = only(self._layout(self.room), self.words)
        self._lines = []
        for n, item in enumerate(self.sheet.items):
            self._lines += [(line, None) for line in item.above]
            self._lines += [(line, n) for line in item.lines]
        self._measure()

    @property
    def room(self) -> int:
        """Cells of a line for which the sheet is laid out."""
        return max(self._laid_out - 2 * MARGIN, self.least_width)

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
        told = [
            f"{arrow} {len(items)} more" for arrow, items in (("↑", above), ("↓", below)) if items
        ]
        return Content(" · ".join(told)).stylize("$muted")

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

    def render_line(self, y: int) -> Strip:
        """Draw one line: the head and foot stay, what is between scrolls."""
        row = self._drawn[y] = self._row(y, self._shown)
        style = self.visual_style
        if row.is_marked:
            style += Style.from_styles(self.get_component_styles("sheet--cursor"))
        drawn = self._strip(row, style)
        if row.column is None:
            return drawn
        ground = self.get_component_styles("sheet--column").background.rich_color
        return grounded(drawn, *row.column, RichStyle(bgcolor=ground))

    def _strip(self, row: _Row, style: Style) -> Strip:
        """Draw a line, or find it as it was drawn before."""
        key = id(row.line), row.is_marked, row.is_first
        width, kept = self._shown.width, self._strips.get(key)
        if (
            kept is not None
            and kept[0] is row.line
            and kept[1] is style
            and kept[2].cell_length == width
        ):
            return kept[2]
        before = Content.assemble((CURSOR if row.is_marked and row.is_first else " ", "bold"), " ")
        drawn = strip((before + row.line).truncate(width, pad=True), width, style, self._get_style)
        if len(self._strips) >= MOST_KEPT:
            self._strips.clear()
        self._strips[key] = row.line, style, drawn
        return drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines, having looked once at what is in sight."""
        self._shown = self._in_sight()
        return super().render_lines(crop)

    def _in_sight(self) -> _Shown:
        return _Shown(*self.size, self.scroll_offset.y, self._tells_out_of_sight)

    def _row(self, y: int, shown: _Shown) -> _Row:
        """Return what stands on one line of the screen."""
        head, foot = self.sheet.head, self.sheet.foot
        end = min(len(head) + len(self._lines), shown.height - len(foot))
        if y < len(head):
            return self._plain(head[y])
        if y >= end:
            return self._plain(foot[y - end] if y - end < len(foot) else NOTHING)
        if shown.tells_out_of_sight and y == end - 1:
            return _Row(self._out_of_sight())
        at = y - len(head) + shown.top
        line, item = self._lines[at] if at < len(self._lines) else (NOTHING, None)
        is_first = item is not None and (y == len(head) or self._starts(at))
        return _Row(
            line,
            self.chooses and item is not None and item == self.cursor,
            is_first,
            self._column(line),
        )

    def _plain(self, line: Content) -> _Row:
        return _Row(line, column=self._column(line))

    def _column(self, line: Content) -> tuple[int, int] | None:
        """Return the cells of the column looked at, counted on the screen.

        None on a line that does not reach so far.
        """
        column = self.sheet.column
        return (
            None
            if column is None or line.cell_length < column[1]
            else (column[0] + MARGIN, column[1] + MARGIN)
        )

    def _starts(self, at: int) -> bool:
        return at == 0 or self._lines[at - 1][1] != self._lines[at][1]

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
        at = event.y - len(self.sheet.head) + self.scroll_offset.y
        item = (
            self._lines[at][1]
            if 0 <= at < len(self._lines) and event.y < len(self.sheet.head) + self._room
            else None
        )
        if item is None or not self.chooses:
            return
        if item == self.cursor and event.chain > 1:
            self.action_open()
        self._move_to(item)

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
        items = self.sheet.items
        top = sum(len(item.above) + len(item.lines) for item in items[: self.cursor])
        bottom = top + len(items[self.cursor].above) + len(items[self.cursor].lines)
        room = self._room
        if top < self.scroll_offset.y or bottom - top > room:
            self.scroll_to(y=top, animate=False)
        elif bottom > self.scroll_offset.y + room:
            self.scroll_to(y=bottom - room, animate=False)
