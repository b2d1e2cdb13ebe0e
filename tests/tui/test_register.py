"""View 0, and `d` in view 1: nothing is written before it was shown, and then just that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partnerselect.register import open_register, worked_out_anew
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import FormScreen, TypeScreen
from partnerselect.tui.screens.register import RegisterView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words


@pytest.fixture(autouse=True)
def no_other_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARTNERSELECT_REGISTER", raising=False)


def told(app: PartnerselectApp) -> str:
    return " ".join(one.message for one in app._notifications)


async def asked_to_record(pilot: Pilot[None], app: PartnerselectApp, *, departs: bool) -> str:
    """Press d, say what is decided, by whom and when, and return what is then shown."""
    await pilot.press("d")
    await until(pilot, lambda: "What is decided?" in words(app))
    if departs:
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Who does" in words(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "A reason is needed" in words(app))
        await pilot.press(*"Later", "enter")
        await until(pilot, lambda: "the rest as well as can be" in words(app))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, FormScreen))
    await pilot.press("ctrl+u", *"Board", "enter", "ctrl+u", *"28/7", "enter")
    await until(pilot, lambda: "Write the day as 2021-07-28" in words(app))
    await pilot.press("ctrl+u", *"2021-07-28", "enter")
    await until(pilot, lambda: "Record this decision?" in words(app))
    await pilot.pause()
    return words(app)


async def test_a_decision_is_shown_then_recorded_then_read(opening: Opening, folder: Path) -> None:
    app, kept = opening("aid-agency"), folder.parent / "register.sqlite"
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shown = await asked_to_record(pilot, app, departs=False)
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
        for sentence in said["asked"]:
            assert sentence in shown.replace("\n", " ")
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
        await settled(pilot)
        await asked_to_record(pilot, app, departs=True)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert not (folder.parent / "register.sqlite").exists()
        await pilot.press("0")
        await until(pilot, lambda: "Nothing is recorded yet" in words(app))
        assert isinstance(app.screen, RegisterView)
        assert "recorded in view 1, Recommendation" in words(app)
        assert "register.sqlite" not in words(app)


async def test_another_choice_is_decided_with_its_reason_and_price(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shown = await asked_to_record(pilot, app, departs=True)
        assert "Departing from the recommendation" in shown
        await pilot.press("enter")
        await until(pilot, lambda: "Recorded as entry 2" in told(app))
    said = open_register(str(folder.parent / "register.sqlite")).entries[1].content
    last = said["choices"][-1]
    assert (last["needs"], last["reason"]) == ({}, "Later")
    assert last["recommended"]
    assert said["departure"] is not None


async def test_a_what_if_is_decided_on_as_the_file_that_says_the_same(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await app.begin_what_if({"limits.budget": 60000.0})
        await until(pilot, lambda: app.view_model is not app.session.front.saved)
        await pilot.press("1")
        shown = await asked_to_record(pilot, app, departs=False)
        assert "Otherwise than in the file" in shown
        await pilot.press("enter")
        await until(pilot, lambda: "Recorded as entry 2" in told(app))
    made = open_register(str(folder.parent / "register.sqlite")).entries[1]
    assert "60,000" in made.content["changed"][0]
    assert json.loads(made.content["data"])["limits"]["budget"] == 60000
    assert list(worked_out_anew(made)) == []
