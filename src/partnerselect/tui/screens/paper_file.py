"""Ask for the name of a file to write; one that is there is replaced only if that is said."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from partnerselect.errors import InputError
from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.dialog import Dialog

ASKED = "Enter writes it, escape does not. The ending chooses the form: {}."
THERE = "{} exists already. Enter once more replaces it; another name leaves it as it is."


class PaperFileScreen(Dialog[Path | None]):
    """A line for the name; returns the file to write."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self._folder, self._suggested = folder, name
        self._agreed: Path | None = None
        """A file that is there, of which that has been said."""

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        from partnerselect.report import PAPER_FORMATS

        with Vertical(id="export"):
            yield Static("Write the paper to which file?", markup=False)
            yield Input(plain(self._suggested), id="name", select_on_focus=False)
            yield Static(ASKED.format(", ".join(PAPER_FORMATS)), id="told", markup=False)

    @on(Input.Changed)
    def _forget(self) -> None:
        self._agreed = None

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        out = self._folder / Path(event.value.strip()).expanduser()
        failure = _trouble(out)
        if failure:
            self._tell(failure)
        elif out.exists() and out != self._agreed:
            self._agreed = out
            self._tell(THERE.format(out.name))
        else:
            _ = self.dismiss(out)  # not awaited: a screen cannot wait for its own end

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(Content(plain(words)))


def _trouble(out: Path) -> str:
    """Return why nothing can be written there; empty where it can."""
    from partnerselect.report import suffix_of

    try:
        suffix_of(out.name)
    except InputError as error:
        return error.problems[0].message
    if out.is_dir():
        return f"{out} is a folder."
    return "" if out.parent.is_dir() else f"There is no folder {out.parent}."
