"""The app: which file is on the screen, what became of it, and where each key leads."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from partnerselect.tui.analyst import Analyst, Answer, Finding, Further, Question, Trouble
from partnerselect.tui.charts import state
from partnerselect.tui.charts.words import plain
from partnerselect.tui.commands import Commands, Palette
from partnerselect.tui.keys import KeysInTurn
from partnerselect.tui.memory import Remembered
from partnerselect.tui.picture import Picture
from partnerselect.tui.screens.catalogue import FIRST, LISTED, WHAT_IF
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.switch import SwitchScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.shelf import Shelf
from partnerselect.tui.sources import Watched
from partnerselect.tui.stage import Stage
from partnerselect.tui.steps import Steps
from partnerselect.tui.themes import DARK, THEMES
from partnerselect.tui.trial.clerk import Clerk
from partnerselect.tui.trial.desk import Desk
from partnerselect.tui.trial.thinker import Thought
from partnerselect.tui.widgets.tabs import Tab

if TYPE_CHECKING:
    from partnerselect.tui.trial.trial import Trial
    from partnerselect.what_if.changes import WhatIf

LOOK_EVERY = 0.25
"""Seconds between looks at the files."""


class PartnerselectApp(KeysInTurn):
    """The screens."""

    TITLE = "partnerselect"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    DEFAULT_MODE = FIRST
    COMMANDS = {Commands}  # noqa: RUF012 - Textual reads the plain class attribute
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "guide", "Help", key_display="?"),
        Binding("s", "switch", "Another scenario"),
        Binding("e", "problems", "What is wrong"),
        Binding("q", "quit", "Leave"),
        Binding("ctrl+c", "quit", "Leave", show=False),
        *(Binding(view.key, f"view('{view.key}')", view.name, show=False) for view in LISTED),
    ]

    @dataclass
    class Answered(Message):
        """The worker is done with a question."""

        answer: Answer

    @dataclass
    class Found(Message):
        """The worker is done with a further question."""

        finding: Finding

    @dataclass
    class Thinking(Message):
        """More is known of the answer to a what-if."""

        thought: Thought

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        root: Path | None = None,
        changes: Mapping[str, Any] | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        """Name the files, and what is remembered from the last time.

        No file is read before the first paint.
        """
        super().__init__()
        self._shelf = Shelf(paths, root, dict(changes or {}))
        self._files = Watched()
        self.state = Content("")
        """What is going on, or what it all comes to."""
        self._analyst = Analyst(self._deliver)
        self.desk = Desk(lambda thought: self.post_message(self.Thinking(thought)))
        self._clerk, self._stage, self._steps = Clerk(self), Stage(self), Steps(self, self._analyst)
        for view in LISTED:
            self.add_mode(view.key, view.open)
        for theme in THEMES:
            self.register_theme(theme)
        known = remembered or Remembered()
        self.theme = known.theme if known.theme in {theme.name for theme in THEMES} else DARK.name
        self._starts_at = known.view

    def on_mount(self) -> None:
        """Read the first file once the frame stands on the screen."""
        self._say(state.reading(self.path.name))
        self.call_after_refresh(self._ask)
        if self._starts_at in {view.key for view in LISTED} - {FIRST}:
            self.call_later(self.action_view, self._starts_at)
        self.set_interval(LOOK_EVERY, self._look)

    def on_unmount(self) -> None:
        """Leave nothing at work."""
        self._analyst.forget()
        self.desk.autosave.close()

    @property
    def path(self) -> Path:
        """The file on the screen."""
        return self._shelf.path

    @property
    def current(self) -> int:
        """Its number."""
        return self._shelf.current

    @property
    def saved_picture(self) -> Picture | None:
        """The last good picture of that file as it is saved."""
        return self._shelf.picture

    @property
    def picture(self) -> Picture | None:
        """What the views show: the changed scenario once it is worked out, else the saved one."""
        tried = self.desk.of(self.path)
        return (
            tried.picture if tried is not None and tried.picture is not None else self.saved_picture
        )

    @property
    def trial(self) -> Trial | None:
        """What is tried on that file; None before it is read."""
        return (
            None if self.saved_picture is None else self.desk.begun(self.path, self.saved_picture)
        )

    @property
    def trouble(self) -> Trouble | None:
        """Why the file as it is now gives no picture."""
        return self._shelf.trouble

    @property
    def scenario_names(self) -> list[str]:
        """What the scenarios are called: their titles once read, else their files."""
        return self._shelf.names

    @property
    def others(self) -> list[tuple[int, Question]]:
        """The scenarios that are not on the screen: their numbers, and what would be asked to have them there."""
        return self._shelf.others

    @property
    def programmes(self) -> dict[str, str]:
        """Titles of the programmes on the screen."""
        return (
            self.picture.programmes
            if self.picture and not isinstance(self.screen, ProblemsScreen)
            else {}
        )

    @property
    def screen_below(self) -> Screen[Any] | None:
        """The screen that is looked at, also while the palette lies over it.

        None once the last one is closed.
        """
        return self._stage.below

    @property
    def tabs(self) -> list[Tab]:
        """The views that can be opened."""
        return [Tab(view.key, view.name, view.short) for view in LISTED]

    @property
    def front(self) -> str:
        """The key of the view in front, or of the one that the screen in front was opened from."""
        return self.current_mode

    # ── Reading ──

    def _ask(self) -> None:
        self._files.watch(self._shelf.sources(self.picture))
        self._say(state.reading(self.path.name))
        self._analyst.ask(self._shelf.question)

    async def _look(self) -> None:
        if self._files.have_settled():
            self._ask()
        await self._stage.tell_what_waits()
        if self.desk.autosave.is_due:
            self.run_worker(self.desk.autosave.flush, thread=True, group="autosave")

    def _deliver(self, found: Answer | Finding) -> None:
        self.post_message(self.Answered(found) if isinstance(found, Answer) else self.Found(found))

    def look_into(self, further: Further) -> None:
        """Have a further question worked out.

        The view in front is drawn again once that is done.
        """
        self._analyst.ask_further(further)

    def forget(self, names: Iterable[Hashable]) -> None:
        """Give up these further questions."""
        self._analyst.forget(*names)

    def prepare(self, further: Further) -> None:
        """Have worked out what may be asked next, when nothing else is to be done."""
        self._analyst.ask_in_time(further)

    def on_partnerselect_app_found(self, message: Found) -> None:
        """Keep what came of a further question with its picture, and show it where it is looked at."""
        further, outcome = message.finding.further, message.finding.outcome
        further.picture.findings[further.name] = outcome
        self._analyst.done(further)
        if isinstance(outcome, Picture):
            self._shelf.replace(further.picture, outcome)
            self.desk.replace(self.path, further.picture, outcome)
        shown = self.picture
        if shown is None or further.picture.findings is not shown.findings:
            return
        self._show(shown)

    async def on_partnerselect_app_answered(self, message: Answered) -> None:
        """Show what came of the newest question."""
        path, outcome = message.answer.question.path, message.answer.outcome
        if path != self.path:
            return
        self._shelf.keep(path, outcome)
        if isinstance(outcome, Picture):
            self.desk.rebase(path, outcome)
            self._show(self.picture or outcome)
        await self._stage.tell("trouble", self._stage.show_trouble)
        await self._stage.tell("left from last time", partial(self._clerk.offer, path))
        self._files.watch_also(self._shelf.sources(self.picture))
        self._say_state()
        if self.screen_stack:
            self.refresh_bindings()

    # ── What is tried ──

    def try_out(self, whatif: WhatIf) -> None:
        """Take up a changed scenario, and have it worked out."""
        if self.saved_picture is not None:
            self._steps.stand_back()
            self.desk.change(self.path, self.saved_picture, whatif)
            self._say_state()

    async def begin_what_if(self, changes: Mapping[str, Any]) -> None:
        """Make these changes as one step, and look at what they come to."""
        if self.trial is not None and changes:
            self.try_out(self.trial.whatif.changed(changes))
            await self.action_view(WHAT_IF)

    def recover(self, changes: Mapping[str, Any]) -> None:
        """Take up changes kept from an earlier session."""
        if self.saved_picture is not None:
            self.desk.recover(self.path, self.saved_picture, changes)
            self._show(self.picture or self.saved_picture)
            self._say_state()

    def settle(self) -> None:
        """Take the best choice found so far."""
        self.desk.settle()

    def on_partnerselect_app_thinking(self, message: Thinking) -> None:
        """Show what is now known of the answer to a what-if."""
        if not self.desk.take(self.path, message.thought):
            return
        if self.picture is not None and message.thought.picture is not None:
            self._say_state()
            self._steps.go_on(self.picture)
        self._tell_views()

    def _show(self, picture: Picture) -> None:
        self._tell_views()
        self._steps.go_on(picture)

    def _tell_views(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.follow()

    async def action_save_what_if(self) -> None:
        """Save what is tried as a scenario of its own."""
        await self._clerk.save()

    async def add_scenario(self, path: Path) -> None:
        """Take a file among the scenarios, and look at it."""
        await self.switch_to(self._shelf.number_of(path))

    async def action_quit(self) -> None:
        """Leave, having asked what becomes of an unsaved what-if."""
        await self._clerk.leave()

    # what further may be said is Textual's business
    def notify(self, message: str, **how: Any) -> None:  # noqa: ANN401
        """Say something for a moment, whatever stands in it shown literally."""
        super().notify(plain(message), **{**how, "markup": False})

    # ── What is said at the top ──

    def _say(self, told: Content) -> None:
        self.state = told
        self._tell_views()

    def _say_state(self) -> None:
        if self.trouble is not None:
            self._say(state.UNUSABLE)
        elif self.picture is not None:
            self._say(state.shown(self.picture, self.desk.of(self.path)))

    # ── Where keys lead ──

    # Textual's own signature
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what leads somewhere."""
        if action == "switch":
            return len(self._shelf) > 1
        if action == "problems":
            return self.trouble is not None and not isinstance(self.screen, ProblemsScreen)
        if action == "view":
            return not isinstance(self.screen, ProblemsScreen)
        return True

    def _fatal_error(self) -> None:
        """Leave with a sentence where Textual would print a traceback."""
        self.desk.autosave.flush()
        kept = (
            " Your unsaved what-if is kept and offered again at the next start."
            if self.desk.unsaved
            else ""
        )
        told = (
            f"partnerselect had to stop: something went wrong on our side ({self._exception!r})."
            f" Your files are as they were.{kept} Please report this."
        )
        self.panic(Text(told))

    def is_at_rest(self, within: float) -> bool:
        """Tell whether nothing is being worked out, having waited so many seconds for it to end."""
        thinker, analyst = self.desk.is_at_rest(within), self._analyst.is_at_rest(within)
        return thinker and analyst

    # an action may be awaited
    async def action_command_palette(self) -> None:  # type: ignore[override]
        """Open the palette; nothing else happens until it stands."""
        if not isinstance(self.screen, Palette):
            await self.push_screen(Palette(id="--command-palette"))

    async def action_guide(self) -> None:
        """Explain the view."""
        await self._stage.explain()

    async def action_problems(self) -> None:
        """Show what is wrong with the file."""
        await self._stage.show_trouble()

    async def action_switch(self) -> None:
        """Choose another scenario."""
        await self.push_screen(SwitchScreen(self.scenario_names, self.current), self._switched)

    async def _switched(self, chosen: int | None) -> None:
        if chosen is not None:
            await self.switch_to(chosen)

    async def switch_to(self, number: int) -> None:
        """Look at another scenario."""
        await self._stage.clear()
        self._shelf.current = number
        self.desk.look_again(self.path)
        if self.picture is not None:
            self._show(self.picture)
        self._ask()

    async def action_view(self, key: str) -> None:
        """Open a view from wherever one is."""
        await self._stage.turn_to(key)

    def look_elsewhere(self) -> None:
        """Let what is asked from now on go before what has been asked."""
        self._analyst.turn()

    async def open_programme(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        await self._stage.look_into(programme, *partners)

    def action_shade(self) -> None:
        """Change between dark, light and monochrome."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_reload(self) -> None:
        """Read the file again."""
        self._ask()
