"""The three lines above every view: the decision, the views, the question."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from partnerselect.tui.charts.words import day, plain
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.tabs import Tab, Tabs

ILLUSTRATIVE = "ILLUSTRATIVE"
AS_WIDE_AS_NEEDED = ("question", "mark")
"""Parts that take the cells that their words need; the others take what is left."""


class Masthead(Vertical):
    """Title, date and mark of the scenario; the views; question and state of this one."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Lay out the three lines."""
        with Horizontal(id="whose"):
            yield Static("partnerselect", id="title", markup=False)
            yield Static("", id="mark", markup=False)
        yield Tabs(id="tabs")
        with Horizontal(id="which"):
            yield Static(self._question, id="question", markup=False)
            yield Static("", id="state", markup=False)

    def show(self, view_model: ViewModel, question: str) -> None:
        """Name the scenario, and ask."""
        self._put("question", Content(question))
        self._put("title", Content(plain(view_model.title)))
        as_at = day(view_model.as_at) if view_model.as_at else ""
        mark = (ILLUSTRATIVE, "bold $tight") if view_model.illustrative else ""
        self._put("mark", Content.assemble((as_at, "$muted"), "  " if as_at else "", mark))

    def show_tabs(self, tabs: Sequence[Tab], front: str) -> None:
        """Name the views, and which of them is in front."""
        self.query_one(Tabs).show(tabs, front)

    @property
    def text(self) -> str:
        """Say in plain text which decision this is, and whether its figures are made up."""
        return "   ".join(
            text
            for text in (
                str(self.query_one(f"#{part}", Static).content)
                for part in ("title", "mark", "question")
            )
            if text
        )

    def wipe(self, name: str) -> None:
        """Name a scenario of which nothing is known yet."""
        self._put("title", Content(plain(name)))
        self._put("mark", Content(""))

    def say(self, state: Content) -> None:
        """Say what is going on, or what it all comes to."""
        self._put("state", state)

    def _put(self, part: str, told: Content) -> None:
        """Put words into a part, and lay out anew only where another part makes way for them."""
        place = self.query_one(f"#{part}", Static)
        if not isinstance(place.content, Content) or not place.content.is_same(told):
            place.update(told, layout=part in AS_WIDE_AS_NEEDED)
