"""What is wrong with the file, where, and how to mend it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from partnerselect.tui.analyst import Trouble
from partnerselect.tui.charts.problems import problems_sheet
from partnerselect.tui.charts.words import plain
from partnerselect.tui.widgets.sheet_view import SheetView


class ProblemsScreen(Screen[None]):
    """Every problem with file, line and caret; it closes by itself once the file is mended."""

    guide = """\
The file could not be used. Each block names the place (file, line, column), what was found there, and what is expected; the mark ^ stands \
under the fault.

Mend the file and save it: the screens follow by themselves.

Until then escape goes back to the last picture that could be made, if there is one."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Last good picture")]

    def __init__(self, trouble: Trouble, *, file: str, has_picture: bool) -> None:
        super().__init__()
        self._trouble, self._file, self._has_picture = trouble, file, has_picture

    def compose(self) -> ComposeResult:
        """Lay out the heading, the problems and the footer."""
        yield Static(id="heading", markup=False)
        yield SheetView(id="problems", chooses=False)
        yield Footer()

    def on_mount(self) -> None:
        """Show what is wrong."""
        self.show(self._trouble)

    def show(self, trouble: Trouble) -> None:
        """Show another trouble."""
        self._trouble = trouble
        self.query_one("#heading", Static).update(self._heading())
        self.query_one("#problems", SheetView).show(
            lambda width: problems_sheet(trouble.problems, width)
        )

    def _heading(self) -> Content:
        count = len(self._trouble.problems)
        told = (
            f"✗ {plain(self._file)}: {count} {'problem' if count == 1 else 'problems'} to mend"
            if count
            else f"✗ {plain(self._trouble.failure)}"
        )
        after = "Save the mended file and the screens follow."
        kept = " The last good picture is kept: escape shows it." if self._has_picture else ""
        return Content.assemble(
            (told, "bold $error"), "\n", (after + kept if count else kept.strip(), "$muted")
        )

    # Textual's own signature
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to go back only where there is something to go back to."""
        return self._has_picture if action == "leave" else True

    def action_leave(self) -> None:
        """Go back to the last good picture."""
        _ = self.dismiss()  # not awaited: a screen cannot wait for its own end
