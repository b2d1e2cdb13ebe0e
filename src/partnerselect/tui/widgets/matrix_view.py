"""A sheet that is read across as well as down: left and right walk from column to column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from partnerselect.tui.widgets.sheet_view import MARGIN, SheetView


class MatrixView(SheetView):
    """Shows a matrix; whoever lays it out knows its columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", "Column left", show=False),
        Binding("right,l", "turn(1)", "Column right", show=False),
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
        self.post_message(self.Touched(event.x - MARGIN))
