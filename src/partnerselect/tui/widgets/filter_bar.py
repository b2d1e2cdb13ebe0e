"""The line in which one types what a sheet should show alone."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from partnerselect.tui.widgets.sheet_view import SheetView


class FilterBar(Input):
    """Filters a sheet; enter goes back to it, with what was found."""

    def __init__(self, sheet: SheetView) -> None:
        super().__init__(
            sheet.words, placeholder="show only rows with …", compact=True, id="filter"
        )
        self._sheet = sheet

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        event.stop()
        self._sheet.filter(event.value)

    @on(Input.Submitted)
    async def _leave(self, event: Input.Submitted) -> None:
        event.stop()
        self._sheet.focus()
        await self.remove()
