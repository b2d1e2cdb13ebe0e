"""The app: which file is on the screen, what became of it, and where each key leads."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen, SystemModalScreen

from partnerselect.tui.analyst import Analyst, Answer, Finding, Further, Question, Trouble
from partnerselect.tui.charts import state
from partnerselect.tui.commands import Commands
from partnerselect.tui.memory import Remembered
from partnerselect.tui.picture import Picture
from partnerselect.tui.screens.catalogue import FIRST, LISTED, WHAT_IF
from partnerselect.tui.screens.guide import GuideScreen
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.switch import SwitchScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.shelf import Shelf
from partnerselect.tui.sources import Watched
from partnerselect.tui.steps import Steps
from partnerselect.tui.subject import Subject
from partnerselect.tui.themes import DARK, THEMES
from partnerselect.tui.trial.clerk import Clerk
from partnerselect.tui.trial.desk import Desk
from partnerselect.tui.trial.thinker import ShowsThoughts, Thought
from partnerselect.tui.widgets.tabs import Tab

if TYPE_CHECKING:
    from partnerselect.tui.trial.trial import Trial
    from partnerselect.what_if.changes import WhatIf

LOOK_EVERY = 0.25
"""Seconds between looks at the files."""


class PartnerselectApp(App[None]):
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
        self, paths: Sequence[Path], *, root: Path | None = None, changes: Mapping[str, Any] | None = None, remembered: Remembered | None = None
    ) -> None:
        """Name the files, and what is remembered from the last time; no file is read before the first paint."""
        super().__init__()
        self._shelf = Shelf(paths, root, dict(changes or {}))
        self._files = Watched()
        self.state = Content("")
        """What is going on, or what it all comes to."""
        self._analyst = Analyst(self._deliver)
        self.desk = Desk(lambda thought: self.post_message(self.Thinking(thought)))
        self._clerk, self._steps = Clerk(self), Steps(self, self._analyst)
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
        return tried.picture if tried is not None and tried.picture is not None else self.saved_picture

    @property
    def trial(self) -> Trial | None:
        """What is tried on that file; None before it is read."""
        return None if self.saved_picture is None else self.desk.begun(self.path, self.saved_picture)

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
        return self.picture.programmes if self.picture and not isinstance(self.screen, ProblemsScreen) else {}

    @property
    def screen_below(self) -> Screen[Any]:
        """The screen that is looked at, also while the palette lies over it."""
        return next(screen for screen in reversed(self.screen_stack) if not isinstance(screen, SystemModalScreen))

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

    def _look(self) -> None:
        if self._files.have_settled():
            self._ask()

    def _deliver(self, found: Answer | Finding) -> None:
        self.post_message(self.Answered(found) if isinstance(found, Answer) else self.Found(found))

    def look_into(self, further: Further) -> None:
        """Have a further question worked out; the view in front is drawn again once that is done."""
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
        if isinstance(self.screen_below, View):
            self.screen_below.show(shown)
        self._steps.go_on(shown)

    async def on_partnerselect_app_answered(self, message: Answered) -> None:
        """Show what came of the newest question."""
        path, outcome = message.answer.question.path, message.answer.outcome
        if path != self.path:
            return
        self._shelf.keep(path, outcome)
        if isinstance(outcome, Picture):
            self.desk.rebase(path, outcome)
            shown = self.picture or outcome
            await self._show_picture(shown)
            self._steps.go_on(shown)
            await self._clerk.offer(path)
        else:
            await self._show_trouble(outcome)
        self._files.watch_also(self._shelf.sources(self.picture))
        self._say_state()
        self.refresh_bindings()

    # ── What is tried ──

    def try_out(self, whatif: WhatIf) -> None:
        """Take up a changed scenario, and have it worked out."""
        if self.saved_picture is not None:
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
            self._show_trial()

    def settle(self) -> None:
        """Take the best choice found so far."""
        self.desk.settle()

    def on_partnerselect_app_thinking(self, message: Thinking) -> None:
        """Show what is now known of the answer to a what-if."""
        if self.desk.take(self.path, message.thought):
            if message.thought.picture is not None:
                self._show_trial()
            elif isinstance(self.screen_below, ShowsThoughts):
                self.screen_below.draw_answer()

    def _show_trial(self) -> None:
        if isinstance(self.screen_below, View) and self.picture is not None:
            self.screen_below.show(self.picture)
            self._steps.go_on(self.picture)
        self._say_state()

    async def action_save_what_if(self) -> None:
        """Save what is tried as a scenario of its own."""
        await self._clerk.save()

    async def add_scenario(self, path: Path) -> None:
        """Take a file among the scenarios, and look at it."""
        await self.switch_to(self._shelf.number_of(path))

    async def action_quit(self) -> None:
        """Leave, having asked what becomes of an unsaved what-if."""
        await self._clerk.leave()

    async def _show_picture(self, picture: Picture) -> None:
        if isinstance(self.screen, ProblemsScreen):
            await self.pop_screen()
        if isinstance(self.screen_below, View):
            self.screen_below.show(picture)

    async def _show_trouble(self, trouble: Trouble) -> None:
        if isinstance(self.screen, ProblemsScreen):
            self.screen.show(trouble)
        else:
            await self.action_problems()

    # ── What is said at the top ──

    def _say(self, told: Content) -> None:
        self.state = told
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.say(told)

    def _say_state(self) -> None:
        if self.trouble is not None:
            self._say(state.UNUSABLE)
        elif self.picture is not None:
            self._say(state.shown(self.picture, self.desk.of(self.path)))

    # ── Where keys lead ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
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
        self.desk.keep_all()
        kept = " Your unsaved what-if is kept and offered again at the next start." if self.desk.unsaved else ""
        told = f"partnerselect had to stop: something went wrong on our side ({self._exception!r}). Your files are as they were.{kept} Please report this."
        self.panic(Text(told))

    def is_at_rest(self, within: float) -> bool:
        """Tell whether nothing is being worked out, having waited so many seconds for it to end."""
        thinker, analyst = self.desk.is_at_rest(within), self._analyst.is_at_rest(within)
        return thinker and analyst

    async def action_guide(self) -> None:
        """Explain the view."""
        screen = self.screen
        if isinstance(screen, View):
            await self.push_screen(GuideScreen(screen.question_now, screen.guide))
        elif isinstance(screen, ProblemsScreen):
            await self.push_screen(GuideScreen("What is wrong?", screen.guide))

    async def action_problems(self) -> None:
        """Show what is wrong with the file."""
        if self.trouble is not None:
            await self.push_screen(ProblemsScreen(self.trouble, file=self.path.name, has_picture=self.picture is not None))

    async def action_switch(self) -> None:
        """Choose another scenario."""
        await self.push_screen(SwitchScreen(self.scenario_names, self.current), self._switched)

    async def _switched(self, chosen: int | None) -> None:
        if chosen is not None:
            await self.switch_to(chosen)

    async def switch_to(self, number: int) -> None:
        """Look at another scenario."""
        await self._to_front_view()
        self._shelf.current = number
        if self.picture is not None:
            await self._show_picture(self.picture)
        elif isinstance(self.screen, View):
            self.screen.wipe(self.path.name)
        self._ask()
        self.desk.look_again(self.path)

    async def action_view(self, key: str) -> None:
        """Open a view from wherever one is, on what is under the cursor; from what was opened out of it, go back to it."""
        below = self.screen_below
        subject = below.points_at() if isinstance(below, View) else Subject()
        self.look_elsewhere()
        if key == self.front:
            await self._to_front_view()
        await self.switch_mode(key)
        if isinstance(self.screen, View):
            self.screen.turn_to(subject)

    def look_elsewhere(self) -> None:
        """Let what is asked from now on go before what has been asked."""
        self._analyst.turn()

    async def open_programme(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        from partnerselect.tui.screens.programme import ProgrammeView

        await self.action_view(FIRST)
        await self._to_front_view()
        if isinstance(self.screen, View):
            self.screen.turn_to(Subject(programme))
        if self.picture is not None:
            await self.push_screen(ProgrammeView(self.picture, programme, *partners))

    async def _to_front_view(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_shade(self) -> None:
        """Change between dark, light and monochrome."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_reload(self) -> None:
        """Read the file again."""
        self._ask()
