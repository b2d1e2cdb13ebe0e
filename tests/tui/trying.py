"""Hands for the tests of What if."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import ChooseScreen, TypeScreen
from partnerselect.tui.memory import Autosave
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.widgets.sheet_view import LeversView
from tests.tui.reading import settled, until


async def opened(pilot: Pilot[None]) -> PartnerselectApp:
    """Open What if, and wait until its levers stand."""
    await settled(pilot)
    await pilot.press("3")
    app = pilot.app
    assert isinstance(app, PartnerselectApp)
    await until(
        pilot,
        lambda: (
            isinstance(app.screen, WhatIfView)
            and bool(app.screen.query_one("#levers", LeversView).sheet.items)
        ),
    )
    return app


async def at(pilot: Pilot[None], key: str) -> None:
    """Put the cursor on a lever."""
    screen = pilot.app.screen
    assert isinstance(screen, WhatIfView)
    screen.point_at(key)
    await pilot.pause()


async def answered(pilot: Pilot[None], app: PartnerselectApp) -> None:
    """Wait for the best choice, or until there is none."""
    await until(
        pilot,
        lambda: (
            app.session.what_if is not None
            and app.session.what_if.is_current
            and app.session.what_if.chosen.layer in {"best", "none"}
        ),
    )


async def worked_out(pilot: Pilot[None], app: PartnerselectApp) -> None:
    """Wait for the whole picture of what is tried."""
    await until(
        pilot,
        lambda: app.session.what_if is not None and app.session.what_if.view_model is not None,
    )


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a value for the lever under the cursor."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, TypeScreen))
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await pilot.pause()


async def chosen_way(pilot: Pilot[None], way: str) -> None:
    """Choose one of the ways on that are offered."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ChooseScreen)
    position = [choice.answer for choice in screen.choices].index(way)
    await pilot.press(*["down"] * position, "enter")
    await pilot.pause()


def leave_behind(path: Path, changes: dict[str, Any]) -> None:
    """Keep a what-if as a program would that has ended since."""
    autosave = Autosave()
    autosave.keep_now(path, changes)
    autosave.close()


def left_behind(path: Path) -> dict[str, Any]:
    """Return the changes that would be offered at the next start."""
    kept = Autosave().abandoned(path)
    return kept[0].changes if kept else {}
