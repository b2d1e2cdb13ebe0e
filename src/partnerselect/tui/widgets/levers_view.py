"""A sheet of levers: left and right move what stands under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from partnerselect.tui.widgets.sheet_view import SheetView


class LeversView(SheetView):
    """Tells how far the lever under the cursor is to be moved, and jumps from group to group."""

    least_width = 20  # half of a small screen is all there is for levers
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "nudge(-1)", "Less", show=False),
        Binding("right", "nudge(1)", "More", show=False),
        Binding("shift+left,minus", "push(-1)", "Much less", show=False),
        Binding("shift+right,plus", "push(1)", "Much more", show=False),
        Binding("tab", "group(1)", "Next group", show=False),
        Binding("shift+tab", "group(-1)", "Previous group", show=False),
    ]

    @dataclass
    class Nudged(SheetView.Pointed):
        """The lever under the cursor is to be moved."""

        steps: int
        coarse: bool

    def action_nudge(self, steps: int) -> None:
        """Move by a fine step."""
        self._nudge(steps, coarse=False)

    def action_push(self, steps: int) -> None:
        """Move by a coarse step."""
        self._nudge(steps, coarse=True)

    def _nudge(self, steps: int, *, coarse: bool) -> None:
        if self.key is not None:
            self.post_message(self.Nudged(self, self.key, steps, coarse))

    def action_group(self, direction: int) -> None:
        """Set the cursor on the first lever of another group; past the last comes the first."""
        firsts = [n for n, item in enumerate(self.sheet.items) if item.above]
        if not firsts:
            return
        here = max((n for n, first in enumerate(firsts) if first <= self.cursor), default=0)
        self.mark(self.sheet.items[firsts[(here + direction) % len(firsts)]].key)
