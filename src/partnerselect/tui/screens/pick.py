"""Whom to compare: a list of partners, two to four of them marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partnerselect.tui.charts.ranking import picking_sheet
from partnerselect.tui.queries import FEWEST, MOST
from partnerselect.tui.screens.dialog import Dialog
from partnerselect.tui.widgets.sheet_view import SheetView

Row = dict[str, Any]


class PickScreen(Dialog["tuple[str, ...] | None"]):
    """Space marks a partner, enter compares those marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark"),
        Binding("enter", "done", "Compare"),
        Binding("escape,q", "dismiss", "Close"),
    ]

    def __init__(self, ranking: Sequence[Row], picked: Sequence[str]) -> None:
        super().__init__()
        self._ranking, self._picked = ranking, list(picked)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(id="pick") as frame:
            frame.border_subtitle = "space marks · enter compares · esc closes"
            yield Static(id="pick-told", markup=False)
            yield SheetView(id="pick-list")

    def on_mount(self) -> None:
        """Show who is marked."""
        self._show()
        self.query_one("#pick-list", SheetView).focus()

    def _show(self) -> None:
        self.query_one("#pick-list", SheetView).show(
            lambda width: picking_sheet(self._ranking, self._picked, width)
        )
        told = f"Whom to compare? {len(self._picked)} marked; two to four, numbered in their order."
        self.query_one("#pick-told", Static).update(Content.assemble((told, "bold $primary")))

    def action_mark(self) -> None:
        """Mark the partner under the cursor, or take its mark away."""
        partner = self.query_one("#pick-list", SheetView).key
        if partner is None:
            return
        if partner in self._picked:
            self._picked.remove(partner)
        elif len(self._picked) < MOST:
            self._picked.append(partner)
        self._show()

    def action_done(self) -> None:
        """Compare those marked."""
        if len(self._picked) >= FEWEST:
            _ = self.dismiss(
                tuple(self._picked)
            )  # not awaited: a screen cannot wait for its own end

    @on(SheetView.Opened)
    def _opened(self) -> None:
        self.action_mark()
