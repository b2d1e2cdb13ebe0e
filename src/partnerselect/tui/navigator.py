"""What is in front: views, what is opened out of them, and what happens by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen, SystemModalScreen
from textual.widgets import Input

from partnerselect.tui.screens.catalogue import FIRST
from partnerselect.tui.screens.guide import GuideScreen
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import Selection

if TYPE_CHECKING:
    from partnerselect.tui.shell import Shell

Telling = Callable[[], Awaitable[None]]


class Navigator:
    """Lays screens upon each other for the shell."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._waiting: dict[str, Telling] = {}

    @property
    def below(self) -> Screen[Any] | None:
        """The screen that is looked at, also while the palette lies over it.

        None once the last one is closed.
        """
        return next(
            (
                screen
                for screen in reversed(self._shell.screen_stack)
                if not isinstance(screen, SystemModalScreen)
            ),
            None,
        )

    # ── Opened by a key ──

    async def turn_to(self, key: str) -> None:
        """Open a view from wherever one is, on what is under the cursor.

        From what was opened out of it, go back to it.
        """
        below, shell = self.below, self._shell
        selection = below.points_at() if isinstance(below, View) else Selection()
        shell.jobs.turn()
        if key == shell.current_mode:
            await self.clear()
        await shell.switch_mode(key)
        if isinstance(shell.screen, View):
            shell.screen.turn_to(selection)

    async def clear(self) -> None:
        """Go back to the view, from what was opened out of it."""
        while len(self._shell.screen_stack) > 1:
            await self._shell.pop_screen()

    async def look_into(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        from partnerselect.tui.screens.programme import ProgrammeView

        shell = self._shell
        await self.turn_to(FIRST)
        await self.clear()
        if isinstance(shell.screen, View):
            shell.screen.turn_to(Selection(programme))
        if shell.view_model is not None:
            await shell.push_screen(ProgrammeView(shell.view_model, programme, *partners))

    async def explain(self) -> None:
        """Explain what is in front."""
        screen = self._shell.screen
        if isinstance(screen, View):
            await self._shell.push_screen(GuideScreen(screen.question_now, screen.guide))
        elif isinstance(screen, ProblemsScreen):
            await self._shell.push_screen(GuideScreen("What is wrong?", screen.guide))

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
            not self._shell.screen_stack
            or isinstance(self._shell.screen, ModalScreen)
            or isinstance(self._shell.focused, Input)
        )

    async def show_failure(self) -> None:
        """Lay over the view what is wrong with the file; take it away once that is mended."""
        shell, failure = self._shell, self._shell.session.files.failure
        if isinstance(shell.screen, ProblemsScreen):
            if failure is None:
                await shell.pop_screen()
            else:
                shell.screen.show(failure)
        elif failure is not None:
            await shell.push_screen(
                ProblemsScreen(
                    failure, file=shell.path.name, has_view_model=shell.view_model is not None
                )
            )
