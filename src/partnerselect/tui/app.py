"""The app: where each key leads, and who is told what has become known."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from partnerselect.tui.charts.words import plain
from partnerselect.tui.jobs import JobRunner, Result, ScenarioFile
from partnerselect.tui.keys import OwnKeys, unlisted_key
from partnerselect.tui.memory import Remembered
from partnerselect.tui.palette import ShellWithPalette
from partnerselect.tui.refinement import BackgroundRefinement
from partnerselect.tui.screens.catalogue import FIRST, VIEWS, WHAT_IF, Listed
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.session import Session, WatchedFiles
from partnerselect.tui.themes import DARK, THEMES
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.what_if_worker import PartialResult, WhatIfWorker
from partnerselect.tui.widgets import masthead

if TYPE_CHECKING:
    from partnerselect.tui.dialogs import Conversation
    from partnerselect.what_if import WhatIf

LOOK_EVERY = 0.25
"""Seconds between looks at the files."""
Telling = Callable[[], Awaitable[None]]


class PartnerselectApp(ShellWithPalette):
    """The screens."""

    TITLE = "partnerselect"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    DEFAULT_MODE = FIRST
    BINDINGS = [
        unlisted_key(f"view-{view.key}", f"view('{view.key}')", view.label, view.question)
        for view in VIEWS
    ]

    @dataclass
    class WorkedOut(Message):
        """A job is done."""

        result: Result

    @dataclass
    class Thinking(Message):
        """More is known of the answer to a what-if."""

        result: PartialResult

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        root: Path | None = None,
        changes: Mapping[str, Any] | None = None,
        remembered: Remembered | None = None,
        own: OwnKeys | None = None,
    ) -> None:
        """Name the files, what is remembered from the last time, and the reader's own keys.

        No file is read before the first paint.
        """
        super().__init__()
        self._own = own or OwnKeys({})
        worker = WhatIfWorker(lambda result: self.post_message(self.Thinking(result)))
        self.session = Session(paths, worker, root=root, changes=changes)
        self.jobs = JobRunner(lambda result: self.post_message(self.WorkedOut(result)))
        self.state = Content("")
        self.tabs = [masthead.Tab(v.key, v.label, v.short, v.question) for v in VIEWS]
        self._watched = WatchedFiles()
        self._untold: dict[str, Telling] = {}
        """What happened by itself and could not be told yet, by what it is about."""
        self._offered: set[Path] = set()
        """Files of which an unsaved what-if has been offered."""
        self._refinement = BackgroundRefinement(self)
        for view in VIEWS:
            self.add_mode(view.key, partial(self._opened, view))
        for theme in THEMES:
            self.register_theme(theme)
        self._known = known = remembered or Remembered()
        self.theme = known.theme if known.theme in {theme.name for theme in THEMES} else DARK.name

    def _opened(self, listed: Listed) -> View:
        view = listed.open()
        # its widgets are styled as they are mounted: Textual need not read the style sheet anew
        view._css_update_count = self._css_update_count  # noqa: SLF001
        return view

    def on_mount(self) -> None:
        """Read the first file once the frame stands on the screen; where there is none, ask."""
        if self.session.files:
            self._say(masthead.reading(self.path.name))
            self.call_after_refresh(self._read)
        else:
            self.call_after_refresh(self.action_open_file)
        if self._known.view in {view.key for view in VIEWS} - {FIRST}:
            self.call_later(self.action_view, self._known.view)
        self.set_interval(LOOK_EVERY, self._look)
        self.take_keys(self._own)

    def on_unmount(self) -> None:
        """Leave nothing at work, and nothing unsaved off the disk."""
        self.jobs.forget()
        self.session.autosave.close()

    # ── What becomes known ──

    def _read(self) -> None:
        self._watched.watch(self.session.front.sources(self.view_model))
        self._say(masthead.reading(self.path.name))
        self.jobs.read(self.session.front.file)

    async def _look(self) -> None:
        if self._watched.have_settled():
            self._read()
        if self.session.autosave.is_due:
            self.run_worker(self.session.autosave.flush, thread=True, group="autosave")
        await self._tell_what_waits()

    async def on_partnerselect_app_worked_out(self, message: WorkedOut) -> None:
        """Keep what came of a job, where it is still waited for, and show it."""
        asked, outcome = message.result.asked, message.result.outcome
        if not self.jobs.take(message.result):
            return
        if isinstance(asked, ScenarioFile):
            await self._keep_file(asked.path, outcome)
            return
        asked.view_model.findings[asked.name] = outcome
        if isinstance(outcome, ViewModel):
            self.session.replace(asked.view_model, outcome)
        if self.view_model and self.view_model.findings is asked.view_model.findings:
            self._show()

    async def _keep_file(self, path: Path, outcome: Any) -> None:  # noqa: ANN401 - of a job
        self.session.keep(path, outcome)
        if self.session.front.failure is None:
            self._show()
        await self._tell("failure", self.action_problems)
        await self._tell("left from last time", partial(self._offer, path))
        self._watched.watch_also(self.session.front.sources(self.view_model))
        self._say_state()
        if self.screen_stack:
            self.refresh_bindings()

    async def _offer(self, path: Path) -> None:
        if path == self.path and self.session.front.saved and path not in self._offered:
            from partnerselect.tui import save_dialogs

            self._offered.add(path)
            await self._ask(save_dialogs.resume(self, path))

    def on_partnerselect_app_thinking(self, message: Thinking) -> None:
        """Show what is now known of the answer to a what-if."""
        if not self.session.take(message.result):
            return
        if message.result.view_model is not None:
            self._say_state()
            self._refinement.go_on()
        self.tell_views()

    def _show(self) -> None:
        self.tell_views()
        self._refinement.go_on()

    def tell_views(self) -> None:
        """Have every view on the screen show what is known now, in its own turn."""
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.follow()

    # ── What is tried ──

    def try_out(self, edits: WhatIf) -> None:
        """Take up a changed scenario, and have it worked out."""
        self._refinement.stand_back()
        before = bool(self.session.unsaved)
        self.session.change(edits)
        if before != bool(self.session.unsaved):  # the footer has Save, or no longer
            self.refresh_bindings()
        self._say_state()

    async def begin_what_if(self, changes: Mapping[str, Any]) -> None:
        """Make these changes as one step, and look at what they come to."""
        if self.session.what_if is not None and changes:
            self.try_out(self.session.what_if.edits.changed(changes))
            await self.open_view(WHAT_IF)

    async def _ask(self, conversation: Conversation) -> None:
        from partnerselect.tui.dialogs import converse

        await converse(self, conversation)

    async def action_save_what_if(self) -> None:
        """Save what is tried as a scenario of its own."""
        from partnerselect.tui import save_dialogs

        await self._ask(save_dialogs.save(self))

    async def action_quit(self) -> None:
        """Quit, having asked what becomes of an unsaved what-if."""
        from partnerselect.tui import save_dialogs

        await self._ask(save_dialogs.leave(self))

    # ── What is said ──

    # what further may be said is Textual's business
    def notify(self, message: str, **how: Any) -> None:  # noqa: ANN401
        """Say something for a moment, whatever stands in it shown literally."""
        told = "\n".join(map(plain, message.splitlines()))
        super().notify(told, **{**how, "markup": False})

    def _say(self, told: Content) -> None:
        self.state = told
        self.tell_views()

    def _say_state(self) -> None:
        if self.session.front.failure is not None:
            self._say(masthead.UNUSABLE)
        elif self.view_model is not None:
            self._say(masthead.shown(self.view_model, self.session.front.tried))

    def _fatal_error(self) -> None:
        """End with a sentence where Textual would print a traceback."""
        self.session.autosave.flush()
        kept = (
            " Your unsaved what-if is kept and offered again at the next start."
            if self.session.unsaved
            else ""
        )
        told = (
            f"partnerselect had to stop: something went wrong on our side ({self._exception!r})."
            f" Your files are as they were.{kept} Please report this."
        )
        self.panic(Text(told))

    def is_at_rest(self, within: float) -> bool:
        """Tell whether nothing is being worked out, having waited so many seconds for it to end."""
        return all([self.session.is_at_rest(within), self.jobs.is_at_rest(within)])

    # ── Where keys lead ──

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer only what leads somewhere."""
        if action == "switch":
            return len(self.session.files) > 1
        if action == "problems":
            failure = self.session.front.failure
            return failure is not None and not isinstance(self.screen, ProblemsScreen)
        if action == "view":
            return not isinstance(self.screen, ProblemsScreen)
        return action != "save_what_if" or bool(self.session.unsaved)

    async def action_guide(self) -> None:
        """Explain what is in front."""
        from partnerselect.tui import help_dialogs

        screen = self.screen
        if isinstance(screen, View | ProblemsScreen):
            asked = screen.question_now if isinstance(screen, View) else "What is wrong?"
            guide = help_dialogs.guide(self, asked, screen.guide)
            await self._ask(guide)

    async def action_glossary(self) -> None:
        """Explain a word."""
        from partnerselect.tui import help_dialogs

        await self._ask(help_dialogs.glossary())

    async def action_problems(self) -> None:
        """Lay over the view what is wrong with the file; take it away once that is corrected."""
        screen, failure = self.screen, self.session.front.failure
        if not isinstance(screen, ProblemsScreen):
            if failure is not None:
                shown = ProblemsScreen(
                    failure, file=self.path.name, has_view_model=self.view_model is not None
                )
                await self.push_screen(shown)
        elif failure is None:
            await self.pop_screen()
        else:
            screen.show(failure)

    @property
    def recent(self) -> list[Path]:
        """The scenario files looked at, the latest sessions first."""
        read = [file.path for file in self.session.files if file.saved is not None]
        return list(dict.fromkeys([*read, *map(Path, self._known.recent)]))

    async def action_open_file(self) -> None:
        """Open another scenario."""
        from partnerselect.tui import opening

        asked = "Open which scenario?"
        if not self.session.files:
            asked = "Welcome. Which scenario would you like to look at?"
        recent = [path for path in self.recent if path.is_file()]
        await self._ask(opening.open_another(self, recent, asked))

    async def action_switch(self) -> None:
        """Choose another scenario."""
        from partnerselect.tui import opening

        await self._ask(opening.switch(self))

    async def switch_to(self, number: int) -> None:
        """Look at another scenario."""
        await self._clear()
        self.session.turn_to(number)
        self._show()
        self._read()

    async def action_view(self, key: str) -> None:
        """Open a view from wherever one is."""
        await self.open_view(key)

    async def open_view(self, key: str) -> None:
        """Open a view from wherever one is, on what is under the cursor.

        From what was opened out of it, go back to it.
        """
        screen = self.screen
        selection = screen.points_at() if isinstance(screen, View) else Selection()
        self.jobs.turn()
        if key == self.current_mode:
            await self._clear()
        await self.switch_mode(key)
        if isinstance(self.screen, View):
            self.screen.turn_to(selection)

    async def open_lever(self, key: str) -> None:
        """Open What if with the cursor on a lever."""
        await self.open_view(WHAT_IF)
        self.screen.call_later(self.screen.point_at, key)  # type: ignore[attr-defined]

    async def _clear(self) -> None:
        """Go back to the view, from what was opened out of it."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    async def open_programme(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        from partnerselect.tui.screens.programme import ProgrammeView

        await self.open_view(FIRST)
        await self._clear()
        if isinstance(self.screen, View):
            self.screen.turn_to(Selection(programme))
        if self.view_model is not None:
            await self.push_screen(ProgrammeView(self.view_model, programme, *partners))

    def action_shade(self) -> None:
        """Change between dark, light and monochrome."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_reload(self) -> None:
        """Read the file again."""
        self._read()

    # ── What happens by itself ──

    async def _tell(self, about: str, telling: Telling) -> None:
        """Tell now, or once nobody types or is being asked; of each thing only the last."""
        self._untold[about] = telling
        await self._tell_what_waits()

    async def _tell_what_waits(self) -> None:
        while self._untold and self._may_be_told:
            await self._untold.pop(next(iter(self._untold)))()

    @property
    def _may_be_told(self) -> bool:
        """Whether somebody is there who neither types nor is being asked."""
        return (
            bool(self.screen_stack)
            and self.is_waiting_for_keys
            and not isinstance(self.screen, ModalScreen)
            and not isinstance(self.focused, Input)
        )
