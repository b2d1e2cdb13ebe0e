"""Nine views side by side: one key away from anywhere, each on what was under the cursor, long work never in the way."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from partnerselect.allocation import Watch
from partnerselect.tui.analyst import (
    Analyst,
    Answer,
    Finding,
    Further,
    Question,
    Trouble,
    answer,
    look_into,
)
from partnerselect.tui.picture import Picture
from partnerselect.tui.screens.catalogue import LISTED
from partnerselect.tui.screens.programme import ProgrammeView
from partnerselect.tui.screens.view import STOPPED, WORKING, View
from partnerselect.tui.widgets.tabs import Tab, drawn, laid_out
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

NINE = [
    ("Recommendation", "Recommend"),
    ("Compare", "Compare"),
    ("What if", "What if"),
    ("Robustness", "Robust"),
    ("Money", "Money"),
    ("People", "People"),
    ("Scenarios", "Scenarios"),
    ("Checks", "Checks"),
    ("Paper", "Paper"),
]
TABS = [Tab(str(n), name, short) for n, (name, short) in enumerate(NINE, 1)]


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed.name)
def test_every_listed_view_opens_and_asks_the_question_in_the_list(listed: object) -> None:
    assert listed in LISTED
    view = next(one for one in LISTED if one is listed)
    assert view.open().question == view.question
    assert view.open().guide


def test_the_tabs_name_all_nine_views_on_80_columns() -> None:
    line = drawn(laid_out(TABS, 80), "3").plain
    assert len(line) <= 80
    for tab in TABS:
        assert f"{tab.key}{tab.short}" in line


@pytest.mark.parametrize("width", [20, 40, 80, 100, 120, 200])
def test_tabs_never_run_over_the_edge(width: int) -> None:
    placed = laid_out(TABS, width)
    assert [one.tab for one in placed] == TABS
    assert placed[-1].start + len(placed[-1].label) <= width


async def test_a_view_keeps_its_cursor_while_others_are_visited(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down")
        first = app.screen
        assert isinstance(first, View)
        stood = first.points_at().programme
        await pilot.press("enter", "5")
        await until(pilot, lambda: app.front == "5")
        assert isinstance(app.screen, View)
        assert app.screen.subject.programme == stood
        await pilot.press("1")
        await until(pilot, lambda: app.front == "1")
        assert isinstance(app.screen, ProgrammeView)
        await pilot.press("1")
        await until(pilot, lambda: app.screen is first)
        assert first.points_at().programme == stood


async def test_the_views_there_are_stand_at_the_top_and_in_the_palette(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert all(view.short in words(app).splitlines()[1] for view in LISTED)
        await pilot.press("ctrl+p", *"view 1")
        await until(pilot, lambda: "View 1: Recommendation" in words(app))


def picture_of(path: Path) -> Picture:
    found = answer(Question(path)).outcome
    assert isinstance(found, Picture)
    return found


def test_a_further_question_is_worked_out_off_the_screens_thread_and_once(folder: Path) -> None:
    delivered: list[Answer | Finding] = []
    analyst, picture = Analyst(delivered.append), picture_of(folder / "aid-agency.yaml")
    asked = [
        Further(
            picture,
            "who",
            lambda analysis: (threading.current_thread().name, analysis.scenario.title),
        )
        for _ in range(3)
    ]
    for further in asked:
        analyst.ask_further(further)
    assert delivers(delivered, 1)
    assert [found.outcome for found in delivered if isinstance(found, Finding)] == [
        ("analyst", picture.title)
    ]


def test_a_newer_scenario_makes_further_questions_about_the_older_forgotten(folder: Path) -> None:
    delivered: list[Answer | Finding] = []
    analyst, picture = Analyst(delivered.append), picture_of(folder / "aid-agency.yaml")
    begun, goes_on = threading.Event(), threading.Event()

    def waits(_: object) -> str:
        begun.set()
        goes_on.wait(30)
        return "too late"

    analyst.ask_further(Further(picture, "slow", waits))
    analyst.ask_further(Further(picture, "next", lambda _: "never asked"))
    assert begun.wait(30)
    newest = Question(folder / "aid-agency.yaml")
    analyst.ask(newest)
    goes_on.set()
    assert delivers(delivered, 1)
    assert isinstance(delivered[0], Answer)
    assert delivered[0].question is newest


def test_what_goes_wrong_in_a_further_question_becomes_a_sentence(folder: Path) -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError("by nothing")

    found = look_into(
        Further(picture_of(folder / "aid-agency.yaml"), "broken", fails), Watch()
    ).outcome
    assert isinstance(found, Trouble)
    assert found.failure.startswith("Something went wrong on our side")


async def test_long_work_is_told_given_up_and_taken_up_again_while_the_keys_answer(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        view, goes_on = app.screen, threading.Event()
        assert isinstance(view, View)
        assert app.picture is not None

        def waits(_: object) -> str:
            goes_on.wait(30)
            return "found"

        assert view.ask("slow", waits) is None
        assert WORKING in view.missing("slow", 70).text
        await pilot.press("down", "escape")
        await pilot.pause()
        assert app.picture.findings["slow"] is STOPPED
        await pilot.press("1")
        await pilot.pause()
        assert "slow" not in app.picture.findings
        assert view.ask("slow", waits) is None
        goes_on.set()
        await until(pilot, lambda: view.ask("slow", waits) == "found")


def delivers(delivered: list[Answer | Finding], count: int) -> bool:
    deadline = time.monotonic() + 30
    while len(delivered) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.1)
    return len(delivered) == count
