"""One key gives every pane and heading in sight a letter, and the letter leads there."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import JumpScreen
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words, worked_out


@pytest.mark.usefixtures("worked_out_once")
async def test_a_letter_leads_to_the_pane_or_heading_beside_which_it_stands(
    opening: Opening,
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        panes = len(app.screen.focus_chain)
        assert await letters(pilot) == panes
        await pilot.press(beside(app, "Limits ·"))
        await until(pilot, lambda: app.focused is not None and app.focused.id == "limits")

        await pilot.press("4")
        await worked_out(pilot)
        page = app.screen.query_one("#page", SheetView)
        await letters(pilot)
        await pilot.press(beside(app, "How far each weight"))
        await until(pilot, lambda: (page.key or "").startswith("weights:"))

        await letters(pilot)
        await pilot.press("question_mark")
        assert isinstance(app.screen, JumpScreen)
        await pilot.click(app.screen.query(".letter").first())
        await until(pilot, lambda: not isinstance(app.screen, JumpScreen))


@pytest.mark.usefixtures("worked_out_once")
async def test_a_folded_group_of_levers_has_a_letter_too(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await letters(pilot)
        await pilot.press(beside(app, "▸ Limits"))
        levers = app.screen.query_one("#levers", SheetView)
        await until(pilot, lambda: levers.key == "group:Limits")


async def letters(pilot: Pilot[None]) -> int:
    """Ask for the letters; return how many are on the screen."""
    await pilot.press("v")
    await until(pilot, lambda: "Press a letter" in words(pilot.app))  # type: ignore[arg-type]
    return len(pilot.app.screen.query(".letter"))


def beside(app: PartnerselectApp, heading: str) -> str:
    """Return the letter that stands beside a heading."""
    return next(line for line in words(app).splitlines() if heading in line)[0]
