"""The app: which file is on the screen, what became of it, and where each key leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen, SystemModalScreen

from partnerselect.tui import sources
from partnerselect.tui.analyst import Analyst, Answer, Finding, Further, Question, Trouble
from partnerselect.tui.charts.words import plain
from partnerselect.tui.commands import Commands
from partnerselect.tui.picture import Picture
from partnerselect.tui.screens.catalogue import FIRST, LISTED
from partnerselect.tui.screens.guide import GuideScreen
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.switch import SwitchScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.subject import Subject
from partnerselect.tui.themes import DARK, LIGHT, THEMES
from partnerselect.tui.widgets.tabs import Tab

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

    def __init__(self, paths: Sequence[Path], *, root: Path | None = None, changes: Mapping[str, Any] | None = None) -> None:
        """Name the files; nothing is read before the first paint."""
        super().__init__()
        self._paths = [path.resolve() for path in paths]
        self._root, self._changes = root, dict(changes or {})
        self.current = 0
        self._pictures: dict[Path, Picture] = {}
        self._troubles: dict[Path, Trouble] = {}
        self._seen: sources.Marks = {}
        self._settling = False
        self.state = Content("")
        """What is going on, or what it all comes to."""
        self._analyst = Analyst(self._deliver)
        for view in LISTED:
            self.add_mode(view.key, view.open)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        """Read the first file once the frame stands on the screen."""
        self._say_reading()
        self.call_after_refresh(self._ask)
        self.set_interval(LOOK_EVERY, self._look)

    def on_unmount(self) -> None:
        """Leave nothing at work."""
        self._analyst.forget()

    @property
    def path(self) -> Path:
        """The file on the screen."""
        return self._paths[self.current]

    @property
    def picture(self) -> Picture | None:
        """The last good picture of that file."""
        return self._pictures.get(self.path)

    @property
    def trouble(self) -> Trouble | None:
        """Why the file as it is now gives no picture."""
        return self._troubles.get(self.path)

    @property
    def scenario_names(self) -> list[str]:
        """What the scenarios are called: their titles once read, else their files."""
        return [self._pictures[path].title if path in self._pictures else path.name for path in self._paths]

    @property
    def others(self) -> list[tuple[int, Question]]:
        """The scenarios that are not on the screen: their numbers, and what would be asked to have them there."""
        return [(n, Question(path, self._root, self._changes)) for n, path in enumerate(self._paths) if n != self.current]

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
        self._seen = sources.marks(self._watched())
        self._settling = False
        self._say_reading()
        self._analyst.ask(Question(self.path, self._root, self._changes))

    def _watched(self) -> set[Path]:
        known = set(self.picture.sources) if self.picture else set()
        return known | {self.path} | (set(sources.neighbours(self.path)) if self.trouble else set())

    def _look(self) -> None:
        """Ask again once the files have changed and then stayed the same for one look."""
        now = sources.marks(self._seen)
        if now != self._seen:
            self._seen, self._settling = now, True
        elif self._settling:
            self._ask()

    def _deliver(self, found: Answer | Finding) -> None:
        self.post_message(self.Answered(found) if isinstance(found, Answer) else self.Found(found))

    def look_into(self, further: Further) -> None:
        """Have a further question worked out; the view in front is drawn again once that is done."""
        self._analyst.ask_further(further)

    def forget(self) -> None:
        """Give up all further questions."""
        self._analyst.forget()

    def on_partnerselect_app_found(self, message: Found) -> None:
        """Keep what came of a further question with its picture, and show it where it is looked at."""
        further = message.finding.further
        further.picture.findings[further.name] = message.finding.outcome
        self._analyst.done(further)
        if further.picture is self.picture and isinstance(self.screen_below, View):
            self.screen_below.show(further.picture)

    async def on_partnerselect_app_answered(self, message: Answered) -> None:
        """Show what came of the newest question."""
        path, outcome = message.answer.question.path, message.answer.outcome
        if path != self.path:
            return
        if isinstance(outcome, Picture):
            self._pictures[path] = outcome
            self._troubles.pop(path, None)
            await self._show_picture(outcome)
        else:
            self._troubles[path] = outcome
            await self._show_trouble(outcome)
        self._seen = sources.marks(self._watched()) | self._seen
        self._say_state()
        self.refresh_bindings()

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

    def _say(self, state: Content) -> None:
        self.state = state
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.say(state)

    def _say_reading(self) -> None:
        self._say(Content.assemble((f"reading {plain(self.path.name)} and working it out …", "$muted")))

    def _say_state(self) -> None:
        if self.trouble is not None:
            self._say(Content.assemble(("✗ the file has changed and cannot be used: press e", "bold $error")))
        elif self.picture is not None:
            self._say(Content.assemble((self.picture.summary, "$muted")))

    # ── Where keys lead ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's own signature
        """Offer only what leads somewhere."""
        if action == "switch":
            return len(self._paths) > 1
        if action == "problems":
            return self.trouble is not None and not isinstance(self.screen, ProblemsScreen)
        if action == "view":
            return not isinstance(self.screen, ProblemsScreen)
        return True

    def _fatal_error(self) -> None:
        """Leave with a sentence where Textual would print a traceback."""
        told = f"partnerselect had to stop: something went wrong on our side ({self._exception!r}). Your files are as they were. Please report this."
        self.panic(Text(told))

    def is_at_rest(self, within: float) -> bool:
        """Tell whether nothing is being worked out, having waited so many seconds for it to end."""
        return self._analyst.is_at_rest(within)

    async def action_guide(self) -> None:
        """Explain the view."""
        screen = self.screen
        if isinstance(screen, View):
            await self.push_screen(GuideScreen(screen.question, screen.guide))
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
        self.current = number
        if self.picture is not None:
            await self._show_picture(self.picture)
        elif isinstance(self.screen, View):
            self.screen.wipe(self.path.name)
        self._ask()

    async def action_view(self, key: str) -> None:
        """Open a view from wherever one is, on what is under the cursor; from what was opened out of it, go back to it."""
        below = self.screen_below
        subject = below.points_at() if isinstance(below, View) else Subject()
        if key == self.front:
            await self._to_front_view()
        await self.switch_mode(key)
        if isinstance(self.screen, View):
            self.screen.turn_to(subject)

    async def open_programme(self, programme: str) -> None:
        """Look into a programme from wherever one is."""
        from partnerselect.tui.screens.programme import ProgrammeView

        await self.action_view(FIRST)
        await self._to_front_view()
        if isinstance(self.screen, View):
            self.screen.turn_to(Subject(programme))
        if self.picture is not None:
            await self.push_screen(ProgrammeView(self.picture, programme))

    async def _to_front_view(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_shade(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_reload(self) -> None:
        """Read the file again."""
        self._ask()
