"""What a reader of the screen reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.comparing import WORKING as STILL_WORKING
from partnerselect.tui.charts.robustness import SEEKING
from partnerselect.tui.screens.view import WORKING, View
from tests.tui.delivered import PATIENCE


def words(app: PartnerselectApp) -> str:
    """Return the text on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join(
        "".join(segment.text for segment in strip)[:width].rstrip() for strip in lines[:height]
    )


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds, as someone in front of the screen would.

    Fail with what is on it otherwise.
    """
    for _ in range(int(PATIENCE / 0.05)):
        await pilot.pause()
        if holds():
            await pilot.pause()
            return
        await asyncio.sleep(0.05)
    app = pilot.app
    assert isinstance(app, PartnerselectApp)
    raise AssertionError(f"not within {PATIENCE:g} s; on the screen:\n{words(app)}")


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the scenario has been worked out, its reasons too, or cannot be."""
    app = pilot.app
    assert isinstance(app, PartnerselectApp)
    await until(
        pilot,
        lambda: (
            app.session.front.failure is not None
            or (app.view_model is not None and app.view_model.is_priced)
        ),
    )


async def worked_out(pilot: Pilot[None]) -> None:
    """Wait until nothing on the screen is still being worked out."""
    app = pilot.app
    assert isinstance(app, PartnerselectApp)
    await until(
        pilot,
        lambda: (
            not asks(app)
            and not any(
                told in words(app)
                for told in (WORKING[:11], STILL_WORKING, SEEKING, "working it out")
            )
        ),
    )


def asks(app: PartnerselectApp) -> bool:
    """Tell whether the view in front has asked what is not yet answered."""
    return isinstance(app.screen, View) and bool(app.screen._open_questions)
