"""Keys in the order in which they are pressed: each waits until the one before has done all that it does."""

from __future__ import annotations

import time
from collections import deque

from textual import events
from textual.app import App
from textual.dom import DOMNode

POSTS = "enter"
"""The key that what has the focus answers with a message of its own; only when that is dealt with too is it known where the next key goes."""
PATIENCE = 2.0
"""Seconds after which a key that got lost with its widget no longer holds up those behind it."""


class KeysInTurn(App[None]):
    """Hands out one key at a time.

    Textual gives a key to what has the focus at once, but carries out what it is bound to only when
    nothing on the way has used it. Of keys without a pause between them, the letters after one that
    opens a box would reach the view beneath, and those after ctrl+u be gone with what it clears.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pressed: deque[events.Key | events.Paste] = deque()
        self._handed_out: float | None = None
        """When the key that is being carried out was handed out; None where there is none."""

    def on_mount(self) -> None:
        """Look out for keys that got lost."""
        self.set_interval(PATIENCE, self._give_up_what_is_lost)

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._pressed.append(event)
        if self._handed_out is None:
            await self._hand_out()

    def watch_app_focus(self, focus: bool) -> None:  # noqa: FBT001 - Textual's own signature
        """Give keys a place to go where the screen in front was opened while another window had them."""
        if focus and self.screen.focused is None:
            self.screen.focus_next()

    async def _hand_out(self) -> None:
        """Give the next key to what has the focus now."""
        self._handed_out = None
        if self._pressed:
            self._handed_out = began = time.monotonic()
            key = self._pressed.popleft()
            await super().on_event(key)
            self._follow(began, 2 if isinstance(key, events.Key) and key.key == POSTS else 1)

    def _follow(self, began: float, rounds: int) -> None:
        """Go the way of a key, so many times.

        Then, behind all that the app has still to do, it is the next one's turn.
        """
        if began != self._handed_out:
            return
        if rounds:
            self._go_up(self.focused or self.screen, began, rounds)
        else:
            self.call_later(self._hand_out)

    def _go_up(self, at: DOMNode, began: float, rounds: int) -> None:
        """Wait until what came before is done here, then at the parent, up to the app.

        What is closing is passed by.
        """
        if at is self:
            self.call_later(self._follow, began, rounds - 1)
        elif not at.call_later(self._go_up, at.parent or self, began, rounds):
            self._go_up(at.parent or self, began, rounds)

    async def _give_up_what_is_lost(self) -> None:
        if self._handed_out is not None and time.monotonic() - self._handed_out > PATIENCE:
            await self._hand_out()
