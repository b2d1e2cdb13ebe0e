"""Choose which of the scenarios given on the command line to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.dialog import Dialog


class SwitchScreen(Dialog[int | None]):
    """A list of scenarios; returns the position of the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,s", "dismiss(None)", "Close")]

    def __init__(self, names: Sequence[str], current: int) -> None:
        super().__init__()
        self._names, self._current = names, current

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(id="switch"):
            yield Static("Which scenario?", markup=False)
            yield OptionList(
                *(
                    Option(Content(f"{'●' if n == self._current else ' '} {plain(name)}"))
                    for n, name in enumerate(self._names)
                )
            )

    def on_mount(self) -> None:
        """Start at the one on the screen."""
        self.query_one(OptionList).highlighted = self._current

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        _ = self.dismiss(event.option_index)  # not awaited: a screen cannot wait for its own end
