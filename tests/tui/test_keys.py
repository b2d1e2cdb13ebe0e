"""What is typed arrives where it was meant for, however fast, and whatever happens meanwhile."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from partnerselect.optimiser import Watch
from partnerselect.tui import jobs
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import ChooseScreen, TypeScreen
from partnerselect.tui.screens.money import MoneyView
from partnerselect.tui.screens.paper import PaperView
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.delivered import PATIENCE
from tests.tui.reading import settled, until
from tests.tui.trying import leave_behind

SMALL = (80, 24)
CHARACTERS = {"slash": "/", "full_stop": ".", "space": " "}
AT_ONCE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("slash", *"village"), "village"),
    (("g", *"quite"), "quite"),
    (("x", "ctrl+u", *"qsx", "full_stop", *"csv"), "qsx.csv"),
    (("x", *"abc", "ctrl+u", *"1s9xy", "backspace", "full_stop", *"md"), "1s9x.md"),
    (("3", "tab", "enter", *"56000"), "56000"),
    (("3", "left", "w", "ctrl+u", *"us", "home", *"q3"), "q3us"),
    (("3", "r", "5", "1", "slash", *"go"), "go"),
)
"""Keys, and what then has to stand in the box."""


def press_at_once(app: PartnerselectApp, *keys: str) -> None:
    """Press keys without a pause between them, as a terminal hands over what was typed while it was busy."""
    assert app._driver is not None
    for key in keys:
        app._driver.send_message(
            events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None))
        )


def box(app: PartnerselectApp) -> str | None:
    """Return what stands in the box that is typed in; None where there is none."""
    return app.focused.value if isinstance(app.focused, Input) else None


async def left(pilot: Pilot[None]) -> None:
    await pilot.press("escape")
    await until(
        pilot, lambda: len(pilot.app.screen_stack) == 1 and not pilot.app.screen.query(Input)
    )


async def test_every_letter_typed_at_once_arrives_in_the_box_that_the_first_key_opens(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for keys, expected in AT_ONCE:
            press_at_once(app, *keys)
            await until(pilot, lambda expected=expected: box(app) == expected)  # type: ignore[misc]
            await left(pilot)
        press_at_once(app, "9")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, PaperView)
                and "Key points" in app.screen.query_one("#paper", SheetView).sheet.text
            ),
        )
        press_at_once(app, "x", "ctrl+u", *"qs", "full_stop", *"md")
        await until(pilot, lambda: box(app) == "qs.md")


async def test_what_is_pressed_after_enter_goes_to_what_enter_leads_to(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        press_at_once(
            app, "3", "tab", "enter", *"40000", "enter", "w", "ctrl+u", *"less", "enter", "5"
        )
        await until(
            pilot,
            lambda: app.path.name == "aid-agency-less.yaml" and isinstance(app.screen, MoneyView),
        )


async def test_a_paste_keeps_its_place_among_keys(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        press_at_once(app, "slash", "a")
        assert app._driver is not None
        app._driver.send_message(events.Paste("b c"))
        press_at_once(app, "d")
        await until(pilot, lambda: box(app) == "ab cd")


async def test_a_file_that_breaks_while_somebody_types_is_told_once_the_box_is_closed(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("x", "ctrl+u", *"half")
        path = folder / "aid-agency.yaml"
        path.write_text(path.read_text().replace("capacity: 100", "capacity: -100"))
        await until(pilot, lambda: app.session.front.failure is not None)
        press_at_once(app, "w", "a", "y")
        await until(pilot, lambda: box(app) == "halfway")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))
        await pilot.press("question_mark")
        path.write_text(path.read_text().replace("capacity: -100", "capacity: 100"))
        await until(pilot, lambda: app.session.front.failure is None)
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_what_was_left_from_last_time_is_not_offered_into_what_is_being_typed(
    opening: Opening, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_behind(folder / "aid-agency.yaml", {"limits.budget": 40000})
    typing, work_out = Event(), jobs.work_out

    def work_out_later(asked: jobs.ScenarioFile | jobs.Query, watch: Watch) -> jobs.Result:
        assert typing.wait(PATIENCE)
        return work_out(asked, watch)

    monkeypatch.setattr(jobs, "work_out", work_out_later)
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#programmes")))
        await pilot.press("slash", "v")
        await until(pilot, lambda: box(app) == "v")
        typing.set()
        await settled(pilot)
        press_at_once(app, *"illage")
        await until(pilot, lambda: box(app) == "village")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))


async def test_keys_find_their_place_after_another_window_had_them(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.post_message(events.AppBlur())
        await pilot.pause()
        await app.push_screen(TypeScreen("What?", "", hint="", objection=lambda _: ""))
        app.post_message(events.AppFocus())
        press_at_once(app, *"typed")
        await until(pilot, lambda: box(app) == "typed")


async def test_a_key_that_got_lost_with_its_widget_does_not_hold_up_the_others(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        lost = Static("")
        await app.screen.mount(lost)
        await lost.remove()
        app._at = lost
        press_at_once(app, "slash", "a")
        await until(pilot, lambda: box(app) == "a")


async def test_a_box_closes_once_however_often_that_is_asked(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("g")
        box_in_front = app.screen
        for _ in range(2):
            box_in_front.post_message(
                events.Click(box_in_front, 0, 0, 0, 0, 1, shift=False, meta=False, ctrl=False)
            )
        await until(pilot, lambda: len(app.screen_stack) == 1)
