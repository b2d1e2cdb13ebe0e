"""Small questions over a view: a figure to type, one of a few ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.dialog import Dialog


class TypeScreen(Dialog[str | None]):
    """Asks for a line of text until it can be used; None where the reader thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(
        self, asked: str, value: str, *, hint: str, objection: Callable[[str], str]
    ) -> None:
        """Ask.

        Args:
            asked: what for.
            value: what stands there already.
            hint: what may be typed.
            objection: what is wrong with a text; empty where nothing is.
        """
        super().__init__()
        self._asked, self._value, self._hint, self._objection = asked, value, hint, objection

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="asked") as page:
            page.border_subtitle = "Enter accepts · Esc cancels"
            yield Static(Content.assemble((plain(self._asked), "bold $primary")), markup=False)
            yield Input(plain(self._value), id="typed", select_on_focus=True)
            hint = "\n".join(plain(line) for line in self._hint.splitlines())
            yield Static(Content.assemble((hint, "$muted")), id="objection", markup=False)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        told = self._objection(event.value)
        if told:
            self.query_one("#objection", Static).update(
                Content.assemble((f"✗ {plain(told)}", "bold $error"))
            )
        else:
            _ = self.dismiss(event.value)  # not awaited: a screen cannot wait for its own end


class ChooseScreen(Dialog[str | None]):
    """Asks for one of a few ways on; None where the reader leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, asked: str, told: Sequence[str], ways: Mapping[str, str]) -> None:
        """Ask: `told` stands below the question, `ways` are the choices and their names."""
        super().__init__()
        self._asked, self._told, self._ways = asked, told, ways

    def compose(self) -> ComposeResult:
        """Lay out the question and the ways."""
        with Vertical(id="asked"):
            yield Static(Content.assemble((plain(self._asked), "bold $primary")), markup=False)
            yield Static(
                Content("\n".join(plain(line) for line in self._told)), id="told", markup=False
            )
            yield OptionList(*(Option(Content(name), id=way) for way, name in self._ways.items()))

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        _ = self.dismiss(event.option_id)  # not awaited: a screen cannot wait for its own end
