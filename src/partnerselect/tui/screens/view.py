"""What every view of a scenario has: masthead and footer, what it shows, what can be done in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import MUTED, Row, wrapped
from partnerselect.tui.jobs import Failure, Query
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.shell import Shell
from partnerselect.tui.sorting import Order, marked, order_at, ordered
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.filter_bar import FilterBar
from partnerselect.tui.widgets.masthead import KeyLine, Masthead
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table

Found = TypeVar("Found")
WORKING = "Calculating …"
STOPPED = Failure(reason="Stopped. Open this view again to go on.")
ROOMY = 34
"""Lines from which on there are margins, and names are told in full."""


class View(Screen[None]):
    """A view of the latest view model."""

    question: str
    """What it answers, as its reader would ask."""
    guide: ClassVar[str]
    """How to read it, for someone without a manual; paragraphs apart by an empty line.

    A key stands as the name of what it does, in braces."""
    orders: tuple[Order, ...] = ()
    """By what its rows can be put in order, in turn."""

    BINDINGS = [
        key("filter", "filter", "Filter", "Find: show only the rows that hold some words"),
        key("sort", "sort", "Sort", "Put the rows in another order; a click on a heading does too"),
        key("copy", "copy", "Copy", "As text for an e-mail, the name of the decision above it"),
        key("export", "export", "Export", "Print or write: a table, or the screen as a picture"),
        key("go-to", "go_to", "Go to", "To a programme or partner, by a few letters of its name"),
        key("jump", "jump", "Jump", "To a pane or heading in sight, by the letter it then has"),
        unlisted_key("stop", "stop", "Stop", "Give up what is being calculated"),
        unlisted_key("back", "back", "Back", "Close what lies in front, or show all rows again"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view_model: ViewModel | None = None
        self.order: Order | None = None
        self.selection = Selection()
        """What was pointed at when the view was opened."""
        self._drawn: tuple[ViewModel, int] | None = None
        self._open_questions: set[Hashable] = set()

    def compose(self) -> ComposeResult:
        """Lay out the frame around the body."""
        self.set_class(self.is_roomy, "-roomy")  # before there is anything to be styled anew
        yield Masthead(self.question)
        yield from self.body()
        yield KeyLine()

    def _compositor_refresh(self) -> None:
        """Draw, unless more is about to change: Textual would throw away what is drawn in front."""
        if self is not self.app.screen or not self.app._batch_count:  # noqa: SLF001 - Textual's own
            super()._compositor_refresh()

    @property
    def shell(self) -> Shell:
        """The app, by what views may ask of it."""
        return cast("Shell", self.app)

    def body(self) -> tuple[Widget, ...]:
        """Return what stands between masthead and footer."""
        raise NotImplementedError

    def draw(self, view_model: ViewModel) -> None:
        """Put the view model into the body."""
        raise NotImplementedError

    def table(self, view_model: ViewModel) -> Table | None:  # noqa: ARG002 - for views that have one
        """Return what is shown as the table that the command line prints.

        None where there is none.
        """
        return None

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
        return self.app.size.height >= ROOMY

    def on_resize(self) -> None:
        """Lay out again: more room allows margins, more keys and more words."""
        self.set_class(self.is_roomy, "-roomy")
        self.call_after_refresh(self._draw_again)

    def _draw_again(self) -> None:
        if self.view_model is not None and self.is_attached:
            self.query_one(Masthead).say(self.shell.state)
            self.draw(self.view_model)

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

    def found(self, name: Hashable) -> Any:  # noqa: ANN401 - whatever was asked
        """Return what came of a query, without asking; None where nothing did, or not yet."""
        outcome = self.view_model.findings.get(name) if self.view_model else None
        return None if isinstance(outcome, Failure) else outcome

    def has_failed(self, name: Hashable) -> bool:
        """Tell whether an answer was given up, or went wrong."""
        return self.view_model is not None and isinstance(
            self.view_model.findings.get(name), Failure
        )

    def missing(self, name: Hashable, width: int) -> Sheet:
        """Return what to show in place of an answer that is not there, or not yet."""
        found = self.view_model.findings.get(name) if self.view_model else None
        told = found.reason if isinstance(found, Failure) else self._working
        return Sheet((Item("missing", tuple(wrapped(told, width, MUTED))),))

    @property
    def _working(self) -> str:
        """That something is being worked out, and how to stop it."""
        return f"{WORKING} ({self.shell.key_of['stop']} to stop)"

    async def action_back(self) -> None:
        """Show all rows again; else go back to where one came from."""
        if not await self.unfilter():
            self.shell.leave(self)

    def action_stop(self) -> None:
        """Give up what is being worked out."""
        if self._open_questions and self.view_model is not None:
            self.shell.jobs.forget(*self._open_questions)
            self.view_model.findings.update(dict.fromkeys(self._open_questions, STOPPED))
            self.show(self.view_model)

    def sheet(self, which: str) -> SheetView:
        """Return the sheet with an id, as `#page`."""
        return self.query_one(which, SheetView)

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
        if self.sheet_in_use is not None:
            self.sheet_in_use.action_open()

    # ── Filter and sort ──

    async def action_filter(self) -> None:
        """Ask what the rows shown have to hold."""
        sheet = self.sheet_in_use
        if sheet is not None and not self.query(FilterBar):
            bar = FilterBar(sheet)
            await self.mount(bar, before=self.query_one(KeyLine))
            bar.focus()

    async def unfilter(self) -> bool:
        """Show all rows again; tell whether any were left out, or somebody was about to."""
        filtered = [sheet for sheet in self.query(SheetView) if sheet.words]
        bars = self.query(FilterBar)
        for sheet in filtered:
            sheet.filter("")
        if bars:
            await bars.remove()
            if (sheet_in_use := self.sheet_in_use) is not None:
                sheet_in_use.focus()
        return bool(filtered or bars)

    # Textual's own signature
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what leads somewhere."""
        return bool(self.orders) if action == "sort" else True

    def action_sort(self) -> None:
        """Put the rows in the next order; after the last, as they were."""
        if self.orders and self.view_model is not None:
            turns = (None, *self.orders)
            self.order = turns[(turns.index(self.order) + 1) % len(turns)]
            self.show(self.view_model)

    @on(SheetView.Headed)
    def _sort_by(self, event: SheetView.Headed) -> None:
        """Put the rows in the order of the heading clicked on; at the second click as they were."""
        order = order_at(self.orders, event.line, event.x)
        if order is not None and self.view_model is not None:
            self.order = None if order == self.order else order
            self.show(self.view_model)

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
        from partnerselect.tui.exports import (
            FORMS,
            PICTURES,
            ask_for_file,
            screen_picture,
            write_export,
        )

        if self.view_model is None:
            return
        table, picture = self.table(self.view_model), screen_picture(self.app)
        forms = FORMS if table is not None else PICTURES
        what = type(self).__name__.removesuffix("View").lower()
        name = f"{self.shell.path.stem}-{what}{next(iter(forms))}"
        await self.app.push_screen(
            ask_for_file(
                "Export to which file?",
                name,
                forms,
                lambda path: write_export(path, table, picture),
            ),
            self._exported,
        )

    def _exported(self, name: str | None) -> None:
        if name is not None:
            self.notify(f"Written to {name.strip()}.", timeout=5)

    # ── Go elsewhere ──

    async def action_jump(self) -> None:
        """Give every pane and heading in sight a letter, and go to the one that is pressed."""
        from partnerselect.tui.dialogs import JumpScreen

        places: dict[Offset, tuple[Widget, str]] = {}
        for pane in self.focus_chain:
            places[pane.region.offset] = pane, ""
            for line, item in pane.headings() if isinstance(pane, SheetView) else ():
                places[Offset(pane.region.x, pane.content_region.y + line)] = pane, item
        await self.app.push_screen(JumpScreen(places), self._jumped)

    def _jumped(self, place: tuple[Widget, str] | None) -> None:
        if place is not None:
            pane, item = place
            pane.focus()
            if item and isinstance(pane, SheetView):
                pane.lead(item)

    async def action_go_to(self) -> None:
        """Choose a programme or partner to go to."""
        from partnerselect.tui.dialogs import Choice, ChooseScreen

        if self.view_model is None:
            return
        view_model = self.view_model
        choices = [
            *(
                Choice(title, Selection(name), "programme")
                for name, title in view_model.programmes.items()
            ),
            *(
                Choice(title, Selection(view_model.best_programme(name), (name,)), "partner")
                for name, title in view_model.partners.items()
            ),
        ]
        asked = ChooseScreen(
            "Go to which programme or partner?", choices, letters="a few letters of its name"
        )
        await self.app.push_screen(asked, self._gone_to)

    async def _gone_to(self, selection: Selection | None) -> None:
        if selection is not None and selection.programme is not None:
            await self.shell.open_programme(selection.programme, *selection.partners)
