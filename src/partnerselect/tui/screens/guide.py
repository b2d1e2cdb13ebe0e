"""Help for the view it was called from."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partnerselect.tui.screens.dialog import Dialog

KEYS = """\
1 2 3 … another view    ↑ ↓ move    enter look closer    esc back
/ filter    o sort    g go to a programme or partner    tab next section
c copy    x export    ctrl+p everything else    ? this help    q quit"""


class GuideScreen(Dialog[None]):
    """How to read a view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close")
    ]

    def __init__(self, title: str, guide: str) -> None:
        super().__init__()
        self._title, self._guide = title, guide

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll(id="guide") as page:
            page.border_subtitle = "esc closes"
            yield Static(
                Content.assemble(
                    (self._title, "bold $primary"), "\n\n", self._guide, "\n\n", (KEYS, "$muted")
                ),
                markup=False,
            )
