"""The line of keys at the bottom.

Where there is no room for all, those of the view give way to those that are needed everywhere.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

NEEDED = frozenset({"guide", "switch", "problems", "quit", "app.save_what_if"})
"""What is never left out: how to get help, to save, to go elsewhere, and away."""
WIDE = 100
"""Cells from which on keys have margins, and the palette is named."""
AROUND = {True: 2, False: 3}
"""Cells that a key takes beside its letters, without and with margins."""


class KeyLine(Footer):
    """Shows as many keys as fit whole."""

    def fit(self, width: int) -> None:
        """Lay out the keys for a screen of this width."""
        self.compact, self.show_command_palette = width < WIDE, width >= WIDE
        self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        """Lay out the keys, the last of the view left out first."""
        keys = list(super().compose())
        room = self.app.size.width + 1  # the margin after the last may be lost
        while sum(map(self._width, keys)) > room and (
            spare := [key for key in keys if _is_spare(key)]
        ):
            keys.remove(spare[-1])
        yield from keys

    def _width(self, key: Widget) -> int:
        return (
            len(key.key_display) + len(key.description) + AROUND[self.compact]
            if isinstance(key, FooterKey)
            else 0
        )


def _is_spare(key: Widget) -> bool:
    return (
        isinstance(key, FooterKey)
        and key.action not in NEEDED
        and not key.has_class("-command-palette")
    )
