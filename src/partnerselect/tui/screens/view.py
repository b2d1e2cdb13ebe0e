"""What every view of a scenario has: masthead, footer, help, and new view models."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import MUTED, wrapped
from partnerselect.tui.jobs import Failure, Query
from partnerselect.tui.screens.base_screen import BaseScreen
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.masthead import KeyLine, Masthead
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis

Found = TypeVar("Found")
WORKING = "Calculating … (Esc to cancel)"
STOPPED = Failure(reason="Stopped. Press the number of this view to start again.")
ROOMY = 34
"""Lines from which on there are margins, and names are told in full."""


class View(BaseScreen):
    """A view of the latest view model."""

    question: ClassVar[str]
    """What it answers, as its reader would ask."""
    guide: ClassVar[str]
    """How to read it, for someone without a manual; paragraphs apart by an empty line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.selection = Selection()
        """What was pointed at when the view was opened."""
        self._drawn: tuple[ViewModel, int] | None = None
        self._open_questions: set[Hashable] = set()

    def compose(self) -> ComposeResult:
        """Lay out the frame around the body."""
        yield Masthead(self.question)
        yield from self.body()
        yield KeyLine()

    def body(self) -> tuple[Widget, ...]:
        """Return what stands between masthead and footer."""
        raise NotImplementedError

    def draw(self, view_model: ViewModel) -> None:
        """Put the view model into the body."""
        raise NotImplementedError

    # for views that ask differently of different view models
    def question_about(self, view_model: ViewModel) -> str:  # noqa: ARG002
        """Return the question as it is asked about a view model."""
        return self.question

    @property
    def question_now(self) -> str:
        """The question as it stands on the screen."""
        return self.question if self.view_model is None else self.question_about(self.view_model)

    # ── What is shown ──

    @property
    def is_roomy(self) -> bool:
        """Whether there are lines to spare."""
        return self.size.height >= ROOMY

    def on_resize(self) -> None:
        """Leave margins where there is room, and show the keys for which there is room."""
        self.set_class(self.is_roomy, "-roomy")
        for line in self.query(KeyLine):
            line.fit(self.size.width)

    # Textual's own signature
    def on_screen_resume(self, event: events.ScreenResume) -> None:  # noqa: ARG002
        """Show what has happened meanwhile."""
        self._catch_up()

    def follow(self) -> None:
        """Show what has become known, in this view's own turn.

        That is neither before its widgets stand nor once they are being taken away, whenever the
        news arrives. All that comes from elsewhere reaches every view by this way alone.
        """
        self.call_later(self._catch_up)

    def _catch_up(self) -> None:
        if not self.is_current:
            return
        masthead = self.query_one(Masthead)
        masthead.show_tabs(self.shell.tabs, self.app.current_mode)
        masthead.say(self.shell.state)
        view_model = self.shell.view_model
        if view_model is None:
            self.wipe(self.shell.path.name)
        elif self._drawn != (view_model, len(view_model.findings)):
            self.show(view_model)
        else:
            self.draw_progress()

    def draw_progress(self) -> None:
        """Lay out what is known so far, in views that show an answer while it is worked out."""

    def show(self, view_model: ViewModel) -> None:
        """Show another view model, or what has been found out about this one."""
        self.view_model = view_model
        self._drawn = (view_model, len(view_model.findings))
        self._open_questions.clear()
        self.query_one(Masthead).show(view_model, self.question_about(view_model))
        self.draw(view_model)

    def wipe(self, name: str) -> None:
        """Show nothing of an earlier scenario while another is read."""
        self.view_model = self._drawn = None
        self.query_one(Masthead).wipe(name)
        for sheet in self.query(SheetView):
            sheet.show(lambda _: Sheet(()))

    # ── What is looked at ──

    def points_at(self) -> Selection:
        """Return what stands under the cursor."""
        return self.selection

    def turn_to(self, selection: Selection) -> None:
        """Look at what another view pointed at, and take up again what had been given up."""
        changed, self.selection = selection != self.selection, selection
        if self.view_model is None:
            return
        given_up = [name for name, found in self.view_model.findings.items() if found is STOPPED]
        for name in given_up:
            del self.view_model.findings[name]
        if changed or given_up:
            self.show(self.view_model)

    # ── Further questions ──

    def ask(self, name: Hashable, work: Callable[[Analysis], Found]) -> Found | None:
        """Return what came of a further question about the view model.

        None, and draw again later, where it has still to be worked out.

        Args:
            name: tells the question from every other about the same view model.
            work: answers it, off the screen's thread.
        """
        if self.view_model is None:
            return None
        if name not in self.view_model.findings:
            self._open_questions.add(name)
            self.shell.jobs.ask(Query(self.view_model, name, work))
            return None
        found = self.view_model.findings[name]
        return None if isinstance(found, Failure) else cast("Found", found)

    def has_failed(self, name: Hashable) -> bool:
        """Tell whether an answer was given up, or went wrong."""
        return self.view_model is not None and isinstance(
            self.view_model.findings.get(name), Failure
        )

    def missing(self, name: Hashable, width: int) -> Sheet:
        """Return what to show in place of an answer that is not there, or not yet."""
        found = self.view_model.findings.get(name) if self.view_model else None
        told = found.reason if isinstance(found, Failure) else WORKING
        return Sheet((Item("missing", tuple(wrapped(told, width, MUTED))),))

    async def action_back(self) -> None:
        """Show all rows again; else give up what is being worked out.

        Else go back to where one came from.
        """
        if await self.unfilter():
            return
        if self._open_questions and self.view_model is not None:
            self.shell.jobs.forget(*self._open_questions)
            self.view_model.findings.update(dict.fromkeys(self._open_questions, STOPPED))
            self.show(self.view_model)
        elif len(self.app.screen_stack) > 1:
            self.app.call_later(self.app.pop_screen)
