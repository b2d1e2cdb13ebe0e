"""What can be clicked on sorts, and what the mouse rests on explains itself; the screen can be taken away as an image."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect.tui.commands import Palette
from partnerselect.tui.exports import png
from partnerselect.tui.screens.recommendation import RecommendationView
from partnerselect.tui.widgets.masthead import Tabs
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

ROOMY, SMALL = (120, 40), (80, 24)


def spot(sheet: SheetView, word: str) -> tuple[int, int]:
    """Return where a word of a heading stands on the sheet, its frame included."""
    frame = sheet.content_region.offset - sheet.region.offset
    line = sheet.render_line(0).text
    return line.index(word) + frame.x, frame.y


async def rested(pilot: Pilot[None], sheet: SheetView, at: tuple[int, int]) -> str:
    await pilot.hover(sheet, offset=at)
    await pilot.pause()
    return str(sheet.tooltip or "")


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("size", [ROOMY, SMALL])
async def test_a_click_on_a_heading_sorts_and_the_next_one_undoes_it(
    opening: Opening, size: tuple[int, int]
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        view = app.screen
        assert isinstance(view, RecommendationView)
        sheet = view.sheet("#programmes")
        before = [item.key for item in sheet.sheet.items]
        await pilot.click(sheet, offset=spot(sheet, "Cost to us"))
        await until(pilot, lambda: view.order is view.orders[0])
        assert "Cost to us▼" in words(app)
        assert [item.key for item in sheet.sheet.items] != before
        await pilot.click(sheet, offset=spot(sheet, "Cost to us"))
        await until(pilot, lambda: view.order is None)
        assert [item.key for item in sheet.sheet.items] == before
        frame = sheet.content_region.offset - sheet.region.offset
        await pilot.click(sheet, offset=(5 + frame.x, 2 + frame.y))
        assert sheet.key == before[1]


@pytest.mark.usefixtures("worked_out_once")
async def test_words_and_tabs_explain_themselves_under_the_mouse(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        sheet = app.screen.query_one("#programmes", SheetView)
        assert "From 0 to 100" in await rested(pilot, sheet, spot(sheet, "Value"))
        assert not await rested(pilot, sheet, spot(sheet, "Partners"))
        await pilot.hover(Tabs, offset=(words(app).splitlines()[1].index("5 Money"), 0))
        assert app.screen.query_one(Tabs).tooltip == "Money: What does another £50k buy?"


@pytest.mark.usefixtures("worked_out_once")
async def test_the_screen_is_exported_as_an_image_or_says_what_that_needs(
    opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("x")
        app.screen.query_one(Input).value = "screen.png"
        await pilot.press("enter")
        await until(pilot, (tmp_path / "screen.png").exists)
        assert (tmp_path / "screen.png").read_bytes().startswith(b"\x89PNG")
        monkeypatch.setitem(sys.modules, "resvg_py", None)
        with pytest.raises(OSError, match="pip install"):
            png("<svg/>")


async def test_a_click_on_the_line_of_keys_presses_the_key(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        at = words(app).splitlines()[-1].index("Commands")
        await pilot.hover("KeyLine", offset=(at, 0))
        await pilot.click("KeyLine", offset=(at, 0))
        await until(pilot, lambda: isinstance(app.screen, Palette))
