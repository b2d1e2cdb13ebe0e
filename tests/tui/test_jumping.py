"""One key gives every pane and heading in sight a letter, and the letter leads there."""

from __future__ import annotations

import pytest

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
        panes = app.screen.focus_chain
        await pilot.press("v")
        assert len(app.screen.query(".letter")) == len(panes)
        line = next(line for line in words(app).splitlines() if "Limits ·" in line)
        await pilot.press(line[0])
        assert app.focused is not None
        assert app.focused.id == "limits"

        await pilot.press("4")
        await worked_out(pilot)
        page = app.screen.query_one("#page", SheetView)
        await pilot.press("v")
        line = next(line for line in words(app).splitlines() if "How far each weight" in line)
        await pilot.press(line[0])
        assert (page.key or "").startswith("weights:")

        await pilot.press("v", "question_mark")
        assert isinstance(app.screen, JumpScreen)
        await pilot.click(app.screen.query(".letter").first())
        await until(pilot, lambda: not isinstance(app.screen, JumpScreen))


@pytest.mark.usefixtures("worked_out_once")
async def test_a_folded_group_of_levers_has_a_letter_too(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "v")
        line = next(line for line in words(app).splitlines() if "▸ Limits" in line)
        await pilot.press(line[0])
        assert app.screen.query_one("#levers", SheetView).key == "group:Limits"
