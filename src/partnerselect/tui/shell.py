"""What views, dialogs and commands may ask of the app, and keys handed out one at a time.

They know the app by this and by nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen

from partnerselect.tui.jobs import JobRunner
from partnerselect.tui.keys import OwnKeys, key, shown, unlisted_key
from partnerselect.tui.session import Session
from partnerselect.tui.widgets.masthead import Tab

if TYPE_CHECKING:
    from partnerselect.tui.view_model import ViewModel
    from partnerselect.what_if import WhatIf


POSTS = "enter"
"""The key that what has the focus answers with a message of its own; only when that is dealt with
too is it known where the next key goes."""
LOOK_EVERY = 0.5
"""Seconds between looks for a key that got lost with the widget it was at."""


class KeysInTurn(App[None]):
    """Hands out one key at a time.

    Textual gives a key to what has the focus at once, but carries out what it is bound to only when
    nothing on the way has used it. Of keys without a pause between them, the letters after one that
    opens a box would reach the view beneath, and those after ctrl+u be gone with what it clears.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pressed: deque[events.Key | events.Paste] = deque()
        self._number = 0
        """Of the key handed out last."""
        self._at: DOMNode | None = None
        """Where that key is being dealt with; None once it is done."""

    @property
    def is_waiting_for_keys(self) -> bool:
        """Whether all that the last key leads to is done."""
        return self._at is None

    def on_mount(self) -> None:
        """Look out for keys that got lost."""
        self.set_interval(LOOK_EVERY, self._give_up_what_is_lost)

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._pressed.append(event)
        if self._at is None:
            await self._hand_out()

    def watch_app_focus(self, focus: bool) -> None:  # noqa: FBT001 - Textual's own signature
        """Give keys a place to go once the window has them again."""
        if focus and self.screen.focused is None:
            self.screen.focus_next()

    async def _hand_out(self) -> None:
        """Give the next key to what has the focus now."""
        self._at = None
        if self._pressed:
            self._at, self._number = self, self._number + 1
            key, number = self._pressed.popleft(), self._number
            await super().on_event(key)
            self._follow(number, 2 if isinstance(key, events.Key) and key.key == POSTS else 1)

    def _follow(self, number: int, rounds: int) -> None:
        """Go the way of a key, so many times.

        Then, behind all that the app has still to do, it is the next one's turn.
        """
        if number != self._number:
            return
        if rounds:
            self._go_up(self.focused or self.screen, number, rounds)
        else:
            self._at = self
            self.call_later(self._hand_out)

    def _go_up(self, at: DOMNode, number: int, rounds: int) -> None:
        """Wait until what came before is done here, then at the parent, up to the app.

        What is closing is passed by.
        """
        if number != self._number:
            return
        self._at = at
        if at is self:
            self.call_later(self._follow, number, rounds - 1)
        elif not at.call_later(self._go_up, at.parent or self, number, rounds):
            self._go_up(at.parent or self, number, rounds)

    async def _give_up_what_is_lost(self) -> None:
        """Go on where the widget that a key was at has ended with all that it had still to do."""
        if self._at is not None and not self._at.is_running:
            await self._hand_out()


class Shell(KeysInTurn):
    """The app, to those whom it shows."""

    BINDINGS = [
        key("help", "guide", "Help", "How to read what is on the screen, and its keys"),
        key("switch", "switch", "Switch scenario", "To another that was opened with this one"),
        unlisted_key(
            "open-file", "open_file", "Open", "A recent scenario, one nearby, or a new one"
        ),
        key("problems", "problems", "Problems", "File, line and what is expected"),
        key(
            "save",
            "save_what_if",
            "Save",
            "The what-if, as a small file beside the original",
        ),
        unlisted_key("undo", "undo", "Undo", "Take the last step of the what-if back"),
        key("commands", "command_palette", "Commands"),
        key("quit", "quit", "Quit", "Nothing is lost: no file of yours is changed unasked"),
    ]

    session: Session
    """The open files, what is known of each, and what is tried on each."""
    jobs: JobRunner
    """Works out what takes time."""
    state: Content
    """What is going on, or what it all comes to."""
    tabs: Sequence[Tab]
    """The views that can be opened."""

    key_of: Mapping[str, str]
    """The key that a sentence names, by the name of what it does."""

    def take_keys(self, own: OwnKeys) -> None:
        """Put the reader's own keys in the place of ours, or say what is wrong with them."""
        self.set_keymap(dict(own.keys))
        self.key_of = shown(own.keys)
        if own.problems:
            told = ("Your own keys are left aside.", *own.problems)
            self.notify("\n".join(told), severity="error", timeout=20)

    @property
    def view_model(self) -> ViewModel | None:
        """What the views show."""
        return self.session.view_model

    @property
    def path(self) -> Path:
        """The file in front."""
        return self.session.front.path

    def action_undo(self) -> None:
        """Go one step of the what-if back; say so where there is none."""
        tried = self.session.what_if
        if tried is None or not tried.edits.past:
            self.notify("There is nothing to undo.", timeout=3)
            return
        self.try_out(tried.edits.undone())
        self.tell_views()

    def try_out(self, edits: WhatIf) -> None:
        """Take up a changed scenario, and have it worked out."""
        raise NotImplementedError

    async def begin_what_if(self, changes: Mapping[str, Any]) -> None:
        """Make these changes as one step, and look at what they come to."""
        raise NotImplementedError

    def leave(self, screen: Screen[Any]) -> None:
        """Go back from a screen to where one came from, once, however often that is asked for."""
        self.call_later(self._leave, screen)

    async def _leave(self, screen: Screen[Any]) -> None:
        if self.screen is screen and len(self.screen_stack) > 1:
            await self.pop_screen()

    def tell_views(self) -> None:
        """Have every view on the screen show what is known now."""
        raise NotImplementedError

    async def switch_to(self, number: int) -> None:
        """Look at another scenario."""
        raise NotImplementedError

    async def open_view(self, key: str) -> None:
        """Open a view from wherever one is."""
        raise NotImplementedError

    async def open_lever(self, key: str) -> None:
        """Open What if with the cursor on a lever."""
        raise NotImplementedError

    async def open_programme(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        raise NotImplementedError
