"""What every view of a scenario has: masthead, footer, help, and new pictures."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer

from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.picture import Picture
from partnerselect.tui.widgets.masthead import Masthead
from partnerselect.tui.widgets.sheet_view import SheetView

ROOMY = 34
"""Lines from which on there are margins, and names are told in full."""

COPIED = 110
"""Cells of a line that is copied."""


class View(Screen[None]):
    """A view of the latest picture."""

    question: ClassVar[str]
    """What it answers, as its reader would ask."""
    guide: ClassVar[str]
    """How to read it, for someone without a manual; paragraphs apart by an empty line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", "Copy", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self._state = Content("")
        self._stands = False

    def compose(self) -> ComposeResult:
        """Lay out the frame around the body."""
        yield Masthead(self.question)
        yield from self.body()
        yield Footer()

    def body(self) -> tuple[Widget, ...]:
        """Return what stands between masthead and footer."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show what is there already."""
        self._stands = True
        self.query_one(Masthead).say(self._state)
        if self.picture is not None:
            self.show(self.picture)

    @property
    def is_roomy(self) -> bool:
        """Whether there are lines to spare."""
        return self.size.height >= ROOMY

    def on_resize(self) -> None:
        """Leave margins where there is room."""
        self.set_class(self.is_roomy, "-roomy")

    def show(self, picture: Picture) -> None:
        """Show another picture."""
        self.picture = picture
        if self._stands:
            self.query_one(Masthead).show(picture)
            self.draw(picture)

    def wipe(self, name: str) -> None:
        """Show nothing of an earlier scenario while another is read."""
        self.picture = None
        self.query_one(Masthead).wipe(name)
        for sheet in self.query(SheetView):
            sheet.show(lambda _: Sheet(()))

    def draw(self, picture: Picture) -> None:
        """Put the picture into the body."""
        raise NotImplementedError

    def say(self, state: Content) -> None:
        """Say at the top what is going on."""
        self._state = state
        if self._stands:
            self.query_one(Masthead).say(state)

    def action_open(self) -> None:
        """Open the item under the cursor."""
        self.query(SheetView).first().action_open()

    def action_copy(self) -> None:
        """Copy the table that has the focus, as text, with the name of the decision above it."""
        sheet = self.focused if isinstance(self.focused, SheetView) else self.query(SheetView).first()
        self.app.copy_to_clipboard(f"{self.query_one(Masthead).text}\n\n{sheet.as_text(COPIED)}\n")
        self.notify("Copied. Paste it wherever you write.", timeout=3, markup=False)
