"""What is in front: a view, what was opened out of it, and what happens by itself, which waits while somebody types or is being asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen, SystemModalScreen
from textual.widgets import Input

from partnerselect.tui.screens.catalogue import FIRST
from partnerselect.tui.screens.guide import GuideScreen
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.subject import Subject

if TYPE_CHECKING:
    from partnerselect.tui.app import PartnerselectApp

Telling = Callable[[], Awaitable[None]]


class Stage:
    """Lays screens upon each other for the app."""

    def __init__(self, app: PartnerselectApp) -> None:
        self._app = app
        self._waiting: dict[str, Telling] = {}

    @property
    def below(self) -> Screen[Any] | None:
        """The screen that is looked at, also while the palette lies over it.

        None once the last one is closed.
        """
        return next(
            (
                screen
                for screen in reversed(self._app.screen_stack)
                if not isinstance(screen, SystemModalScreen)
            ),
            None,
        )

    # ── Opened by a key ──

    async def turn_to(self, key: str) -> None:
        """Open a view from wherever one is, on what is under the cursor.

        From what was opened out of it, go back to it.
        """
        below, app = self.below, self._app
        subject = below.points_at() if isinstance(below, View) else Subject()
        app.look_elsewhere()
        if key == app.front:
            await self.clear()
        await app.switch_mode(key)
        if isinstance(app.screen, View):
            app.screen.turn_to(subject)

    async def clear(self) -> None:
        """Go back to the view, from what was opened out of it."""
        while len(self._app.screen_stack) > 1:
            await self._app.pop_screen()

    async def look_into(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        from partnerselect.tui.screens.programme import ProgrammeView

        app = self._app
        await self.turn_to(FIRST)
        await self.clear()
        if isinstance(app.screen, View):
            app.screen.turn_to(Subject(programme))
        if app.picture is not None:
            await app.push_screen(ProgrammeView(app.picture, programme, *partners))

    async def explain(self) -> None:
        """Explain what is in front."""
        screen = self._app.screen
        if isinstance(screen, View):
            await self._app.push_screen(GuideScreen(screen.question_now, screen.guide))
        elif isinstance(screen, ProblemsScreen):
            await self._app.push_screen(GuideScreen("What is wrong?", screen.guide))

    # ── Happening by itself ──

    async def tell(self, about: str, telling: Telling) -> None:
        """Tell now, or once nobody types or is being asked.

        Of what is told about the same only the last.
        """
        self._waiting[about] = telling
        await self.tell_what_waits()

    async def tell_what_waits(self) -> None:
        """Tell what could not be told before, unless it still has to wait."""
        while self._waiting and not self._is_taken:
            await self._waiting.pop(next(iter(self._waiting)))()

    @property
    def _is_taken(self) -> bool:
        """Also where nobody is left to be told."""
        return (
            not self._app.screen_stack
            or isinstance(self._app.screen, ModalScreen)
            or isinstance(self._app.focused, Input)
        )

    async def show_trouble(self) -> None:
        """Lay over the view what is wrong with the file; take it away once that is mended."""
        app, trouble = self._app, self._app.trouble
        if isinstance(app.screen, ProblemsScreen):
            if trouble is None:
                await app.pop_screen()
            else:
                app.screen.show(trouble)
        elif trouble is not None:
            await app.push_screen(
                ProblemsScreen(trouble, file=app.path.name, has_picture=app.picture is not None)
            )
