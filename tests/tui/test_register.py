"""View 0, and `d` in view 1: nothing is written before it was shown, and then just that."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from partnerselect.register import open_register
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import ChooseScreen, TypeScreen
from partnerselect.tui.screens.register import RegisterView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words


@pytest.fixture(autouse=True)
def no_other_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARTNERSELECT_REGISTER", raising=False)


def told(app: PartnerselectApp) -> str:
    return " ".join(one.message for one in app._notifications)


async def asked_to_record(pilot: Pilot[None], app: PartnerselectApp) -> str:
    """Press d, say who decides and when, and return what is then shown."""
    await settled(pilot)
    await pilot.press("d")
    await until(pilot, lambda: isinstance(app.screen, TypeScreen) and "Who decides" in words(app))
    await pilot.press("ctrl+u", *"Board", "enter")
    await until(pilot, lambda: "On which day?" in words(app))
    await pilot.press("ctrl+u", *"28/7", "enter")
    await until(pilot, lambda: "Write the day as 2021-07-28" in words(app))
    await pilot.press("ctrl+u", *"2021-07-28", "enter")
    await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
    await pilot.pause()
    return words(app)


async def test_a_decision_is_shown_then_recorded_then_read(opening: Opening, folder: Path) -> None:
    app, kept = opening("aid-agency"), folder.parent / "register.sqlite"
    async with app.run_test(size=(120, 40)) as pilot:
        shown = await asked_to_record(pilot, app)
        assert not kept.exists()
        await pilot.press("enter")
        await until(pilot, lambda: "Recorded as entry 2" in told(app))
        _, made = open_register(str(kept)).entries
        said = made.content
        assert (said["body"], said["date"]) == ("Board", "2021-07-28")
        for choice in said["choices"]:
            assert said["names"]["programmes"][choice["programme"]] in shown
            for partner in choice["needs"].values():
                assert said["names"]["partners"][partner] in shown
        assert f"content {said['sha256'][:12]}" in shown
        await pilot.press("0")
        await until(pilot, lambda: "What was recorded, by review point" in words(app))
        assert "decided" in words(app)
        assert "What is decided and runs" in words(app)
        open_register(str(kept)).record(
            ("accepted", {"of": 2, "date": "2021-08-01", "partner": choice["needs"].popitem()[1]})
        )
        await pilot.press("1", "0")
        await until(pilot, lambda: "accepted" in words(app))


async def test_who_thinks_better_of_it_records_nothing(opening: Opening, folder: Path) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await asked_to_record(pilot, app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert not (folder.parent / "register.sqlite").exists()
        await pilot.press("0")
        await until(pilot, lambda: "Nothing is recorded yet" in words(app))
        assert isinstance(app.screen, RegisterView)
        assert "Press d in view 1" in words(app)
        assert "register.sqlite" not in words(app)


async def test_a_what_if_is_not_decided_on_before_it_is_saved(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await app.begin_what_if({"limits.budget": 1000.0})
        await settled(pilot)
        await pilot.press("1", "d")
        await until(pilot, lambda: "Save the what-if first" in told(app))
