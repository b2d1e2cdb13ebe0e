"""Jump to any programme or partner by a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.dialog import Dialog
from partnerselect.tui.view_model import Selection

Place = tuple[str, str, Selection]
"""What it is (programme or partner), its title, and where it leads."""


class JumpScreen(Dialog[Selection | None]):
    """A list that narrows as one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._places, self._found = places, list(places)

    def compose(self) -> ComposeResult:
        """Lay out the line to type in and the list."""
        with Vertical(id="switch"):
            yield Static("Go to which programme or partner?", markup=False)
            yield Input(placeholder="a few letters of its name", compact=True, id="letters")
            yield OptionList()

    def on_mount(self) -> None:
        """Start with all."""
        self._list("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, letters: str) -> None:
        matcher = Matcher(letters)
        scored = [
            (matcher.match(plain(title)) if letters else 1.0, n)
            for n, (_, title, _) in enumerate(self._places)
        ]
        self._found = [
            self._places[n]
            for score, n in sorted(scored, key=lambda one: (-one[0], one[1]))
            if score > 0
        ]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [
                Option(Content.assemble((f"{kind:<10}", "$muted"), plain(title)))
                for kind, title, _ in self._found
            ]
        )
        options.highlighted = 0 if self._found else None

    def action_move(self, by: int) -> None:
        """Move in the list while the line keeps the keys."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = min(max(options.highlighted + by, 0), len(self._found) - 1)

    @on(Input.Submitted)
    def _take(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        _ = self.dismiss(
            None if highlighted is None else self._found[highlighted][2]
        )  # not awaited: a screen cannot wait for its own end

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        _ = self.dismiss(self._found[event.option_index][2])

    def on_click(self, event: events.Click) -> None:
        """Close where something beside the list is clicked on."""
        if event.widget is self:
            _ = self.dismiss(None)
