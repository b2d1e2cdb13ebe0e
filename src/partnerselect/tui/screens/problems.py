"""What is wrong with the file, where, and how to mend it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from partnerselect.tui.charts.words import plain
from partnerselect.tui.jobs import Failure
from partnerselect.tui.keys import key
from partnerselect.tui.widgets.sheet_view import SheetView


class ProblemsScreen(Screen[None]):
    """Every problem with file, line and caret; it closes by itself once the file is mended."""

    guide = """\
The file could not be used. Each block names the place (file, line, column), what was found \
there, and what is expected; the mark ^ stands under the fault.

Correct the file and save it: the screens follow by themselves. {open} opens it in your editor \
(EDITOR) at the first of them.

Until then {back} goes back to the last version that worked, if there is one."""
    BINDINGS = [
        key("open", "edit", "Edit the file"),
        key("back", "leave", "Back to last valid version"),
    ]

    def __init__(self, failure: Failure, *, file: str, has_view_model: bool) -> None:
        super().__init__()
        self._failure, self._file, self._has_view_model = failure, file, has_view_model

    def compose(self) -> ComposeResult:
        """Lay out the heading, the problems and the footer."""
        from textual.widgets import Footer

        yield Static(id="heading", markup=False)
        yield SheetView(id="problems", chooses=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what is wrong."""
        self.show(self._failure)

    def show(self, failure: Failure) -> None:
        """Show another failure."""
        from partnerselect.tui.charts.checks import problems_sheet

        self._failure = failure
        self.query_one("#heading", Static).update(self._heading())
        self.query_one("#problems", SheetView).show(
            lambda width: problems_sheet(failure.problems, width)
        )

    def _heading(self) -> Content:
        count = len(self._failure.problems)
        told = (
            f"✗ {plain(self._file)}: {count} {'problem' if count == 1 else 'problems'} to fix"
            if count
            else f"✗ {plain(self._failure.reason)}"
        )
        after = "Save the corrected file and the screens follow."
        kept = " The last working version is kept." if self._has_view_model else ""
        return Content.assemble(
            (told, "bold $error"), "\n", (after + kept if count else kept.strip(), "$muted")
        )

    # Textual's own signature
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer to go back only where there is something to go back to."""
        return self._has_view_model if action == "leave" else True

    def action_edit(self) -> None:
        """Open the reader's editor at the first problem."""
        from partnerselect.tui.editor import edit

        places = [problem.place.label for problem in self._failure.problems if problem.place]
        edit(self.app, next(iter(places), ""))

    def action_leave(self) -> None:
        """Go back to the last version that worked."""
        _ = self.dismiss()  # not awaited: a screen cannot wait for its own end
