"""Ask where a table or picture should be written.

Nothing is written over without being asked twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from partnerselect.tui.charts.words import plain
from partnerselect.tui.exports import FORMS, Export, written
from partnerselect.tui.screens.dialog import Dialog


class ExportScreen(Dialog[str]):
    """Names a file; returns what was done, in words, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", "Close")]

    def __init__(self, export: Export, name: str) -> None:
        super().__init__()
        self._export, self._suggested = export, name
        self._asked: Path | None = None

    def compose(self) -> ComposeResult:
        """Lay out the question, the name and what goes wrong."""
        with Vertical(id="switch"):
            yield Static("Export to which file?", markup=False)
            yield Static(
                Content(
                    f"Its ending says in which form: {self._forms}. In"
                    f" {plain(str(Path.cwd()))} unless another folder is named."
                ).stylize("$muted"),
                markup=False,
            )
            yield Input(plain(self._suggested), compact=True, id="file")
            yield Static(id="objected", markup=False)

    @property
    def _forms(self) -> str:
        return ", ".join(
            f"{suffix} {told}" for suffix, told in FORMS.items() if suffix in self._export.forms
        )

    @on(Input.Changed)
    def _begin_again(self) -> None:
        self._asked = None
        self.query_one("#objected", Static).update("")

    @on(Input.Submitted)
    def _write(self, event: Input.Submitted) -> None:
        path = Path(event.value.strip()).expanduser()
        if path.suffix.lower() not in self._export.forms:
            self._tell(f"Its ending must be one of {', '.join(self._export.forms)}.")
        elif path.exists() and path != self._asked:
            self._asked = path
            self._tell(
                f"{plain(str(path))} is there already. Press enter again to write over it, or"
                " change the name."
            )
        else:
            self._written(path)

    def _written(self, path: Path) -> None:
        try:
            written(self._export, path)
        except OSError as error:
            self._tell(f"It could not be written: {plain(error.strerror or str(error))}.")
        else:
            _ = self.dismiss(
                f"Written to {plain(str(path))}."
            )  # not awaited: a screen cannot wait for its own end

    def _tell(self, words: str) -> None:
        self.query_one("#objected", Static).update(Content(words).stylize("bold $tight"))
