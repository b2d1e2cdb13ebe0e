"""What can be done in every view: filter, sort, copy, export, jump."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.shell import Shell
from partnerselect.tui.sorting import Order, marked, ordered
from partnerselect.tui.view_model import Row, Selection, ViewModel
from partnerselect.tui.widgets.masthead import Masthead
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class BaseScreen(Screen[None]):
    """A screen with sheets on it, and a view model that they show."""

    orders: ClassVar[tuple[Order, ...]] = ()
    """By what its rows can be put in order, in turn."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", show=False, key_display="/"),
        Binding("o", "sort", "Sort", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("x", "export", "Export", show=False),
        Binding("g", "jump", "Go to", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view_model: ViewModel | None = None
        self.order: Order | None = None

    @property
    def shell(self) -> Shell:
        """The app, by what views may ask of it."""
        return cast("Shell", self.app)

    def show(self, view_model: ViewModel) -> None:
        """Show a view model."""
        raise NotImplementedError

    def table(self, view_model: ViewModel) -> Table | None:  # noqa: ARG002 - for views that have one
        """Return what is shown as the table that the command line prints.

        None where there is none.
        """
        return None

    @property
    def sheet_in_use(self) -> SheetView | None:
        """The sheet that has the focus, or else the first."""
        return (
            self.focused
            if isinstance(self.focused, SheetView)
            else next(iter(self.query(SheetView)), None)
        )

    def action_open(self) -> None:
        """Open the item under the cursor."""
        self.query(SheetView).first().action_open()

    # ── Filter and sort ──

    async def action_filter(self) -> None:
        """Ask what the rows shown have to hold."""
        from partnerselect.tui.widgets.sheet_view import FilterBar

        sheet = self.sheet_in_use
        if sheet is not None and not self.query(FilterBar):
            bar = FilterBar(sheet)
            await self.mount(bar, before=self.query_one(Footer))
            bar.focus()

    async def unfilter(self) -> bool:
        """Show all rows again; tell whether any were left out, or somebody was about to."""
        from partnerselect.tui.widgets.sheet_view import FilterBar

        filtered, bars = (
            [sheet for sheet in self.query(SheetView) if sheet.words],
            self.query(FilterBar),
        )
        for sheet in filtered:
            sheet.filter("")
        if bars:
            await bars.remove()
            if (sheet_in_use := self.sheet_in_use) is not None:
                sheet_in_use.focus()
        return bool(filtered or bars)

    def action_sort(self) -> None:
        """Put the rows in the next order; after the last, as they were."""
        if self.orders_now and self.view_model is not None:
            turns = (None, *self.orders_now)
            self.order = turns[(turns.index(self.order) + 1) % len(turns)]
            self.show(self.view_model)
        elif self.view_model is not None:
            self.notify("This view cannot be sorted.", timeout=3)

    @property
    def orders_now(self) -> tuple[Order, ...]:
        """By what the rows that are there can be put in order."""
        return self.orders

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        """Return rows as the reader asked for them."""
        return ordered(rows, self.order)

    def marked(self, sheet: Sheet) -> Sheet:
        """Return a sheet that says by what it is in order."""
        return marked(sheet, self.order)

    # ── Take away ──

    def action_copy(self) -> None:
        """Copy the table that has the focus, as text, with the name of the decision above it."""
        sheet = self.sheet_in_use
        if sheet is not None:
            self.copy(sheet.text)

    def copy(self, text: str) -> None:
        """Copy a text, with the name of the decision above it."""
        self.app.copy_to_clipboard(f"{self.query_one(Masthead).text}\n\n{text}\n")
        self.notify("Copied. Paste it wherever you write.", timeout=3)

    async def action_export(self) -> None:
        """Ask where to write what is shown."""
        from partnerselect.tui.exports import Export, screen_picture
        from partnerselect.tui.screens.export import ExportScreen

        view_model = self.view_model
        if view_model is None:
            return
        has_table = self.table(view_model) is not None
        export = Export(
            partial(self._table, view_model) if has_table else None, screen_picture(self.app)
        )
        what = type(self).__name__.removesuffix("View").lower()
        name = f"{self.shell.path.stem}-{what}{'.csv' if has_table else '.svg'}"
        await self.app.push_screen(ExportScreen(export, name), self._exported)

    def _table(self, view_model: ViewModel) -> Table:
        table = self.table(view_model)
        assert table is not None  # noqa: S101 - asked for only where there is one
        return table

    def _exported(self, told: str | None) -> None:
        if told:
            self.notify(told, timeout=5)

    # ── Go elsewhere ──

    async def action_jump(self) -> None:
        """Choose a programme or partner to go to."""
        from partnerselect.tui.screens.jump import JumpScreen

        if self.view_model is not None:
            await self.app.push_screen(JumpScreen(self.view_model.destinations), self._jumped)

    async def _jumped(self, selection: Selection | None) -> None:
        if selection is not None and selection.programme is not None:
            await self.shell.open_programme(selection.programme, *selection.partners)
