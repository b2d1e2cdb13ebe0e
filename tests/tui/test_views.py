"""Ten views side by side: one key away from anywhere, each on what was under the cursor, long work never in the way."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from partnerselect.optimiser.watch import Watch
from partnerselect.tui.jobs import Failure, JobRunner, Query, Result, ScenarioFile, work_out
from partnerselect.tui.screens.catalogue import VIEWS
from partnerselect.tui.screens.programme import ProgrammeView
from partnerselect.tui.screens.view import STOPPED, WORKING, View
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.masthead import Tab, drawn, laid_out
from tests.oracle.plain import partner, scenario
from tests.tui.conftest import Opening
from tests.tui.delivered import PATIENCE, Delivered
from tests.tui.reading import settled, until, words

TEN = [
    ("Recommendation", "Recommend"),
    ("Compare", "Compare"),
    ("What if", "What if"),
    ("Robustness", "Sure"),
    ("Money", "Money"),
    ("People", "People"),
    ("Plans", "Plans"),
    ("Checks", "Checks"),
    ("Paper", "Paper"),
    ("Register", "Record"),
]
KEYS = [*"1234567890"]
TABS = [Tab(key, *names, "") for key, names in zip(KEYS, TEN, strict=True)]


def test_every_view_has_a_key_of_its_own_a_name_a_question_and_help() -> None:
    assert [view.key for view in VIEWS] == KEYS
    assert [(view.label, view.short) for view in VIEWS] == TEN
    opened = [view.open() for view in VIEWS]
    assert [view.question for view in opened] == [view.question for view in VIEWS]
    assert all(view.guide for view in opened)


def test_the_tabs_name_all_ten_views_on_80_columns() -> None:
    line = drawn(TABS, "3", 80).plain
    assert len(line) <= 80
    for tab in TABS:
        assert f"{tab.key}{tab.short}" in line


@pytest.mark.parametrize("width", [20, 40, 80, 100, 120, 200])
def test_tabs_never_run_over_the_edge(width: int) -> None:
    placed = laid_out(TABS, "3", width)
    assert [tab.key in label for tab, (_, label) in zip(TABS, placed, strict=True)] == [True] * 10
    assert placed[-1][0] + len(placed[-1][1]) <= width


async def test_a_view_keeps_its_cursor_while_others_are_visited(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down")
        first = app.screen
        assert isinstance(first, View)
        stood = first.points_at().programme
        await pilot.press("enter", "5")
        await until(pilot, lambda: app.current_mode == "5")
        assert isinstance(app.screen, View)
        assert app.screen.selection.programme == stood
        await pilot.press("1")
        await until(pilot, lambda: app.current_mode == "1")
        assert isinstance(app.screen, ProgrammeView)
        await pilot.press("1")
        await until(pilot, lambda: app.screen is first)
        assert first.points_at().programme == stood


async def test_the_views_there_are_stand_at_the_top_and_in_the_palette(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert all(view.short in words(app).splitlines()[1] for view in VIEWS)
        await pilot.press("ctrl+p", *"view 1")
        await until(pilot, lambda: "View 1: Recommendation" in words(app))


def view_model_of(path: Path) -> ViewModel:
    found = work_out(ScenarioFile(path), Watch()).outcome
    assert isinstance(found, ViewModel)
    return found


def test_a_query_is_worked_out_off_the_screens_thread_and_once(folder: Path) -> None:
    delivered = Delivered[Result]()
    runner, view_model = JobRunner(delivered), view_model_of(folder / "aid-agency.yaml")
    for _ in range(3):
        runner.ask(
            Query(
                view_model,
                "who",
                lambda analysis: (threading.current_thread().name, analysis.scenario.title),
            )
        )
    assert delivered.next().outcome == ("jobs", view_model.title)
    assert runner.is_at_rest(PATIENCE)
    assert delivered.is_empty


def test_a_newer_scenario_makes_queries_about_the_older_forgotten(folder: Path) -> None:
    delivered = Delivered[Result]()
    runner, view_model = JobRunner(delivered), view_model_of(folder / "aid-agency.yaml")
    begun, goes_on = threading.Event(), threading.Event()

    def waits(_: object) -> str:
        begun.set()
        goes_on.wait(PATIENCE)
        return "too late"

    runner.ask(Query(view_model, "slow", waits))
    runner.ask(Query(view_model, "next", lambda _: "never asked"))
    assert begun.wait(PATIENCE)
    newest = ScenarioFile(folder / "aid-agency.yaml")
    runner.read(newest)
    goes_on.set()
    assert delivered.next().asked is newest
    assert runner.is_at_rest(PATIENCE)
    assert delivered.is_empty


def test_a_result_that_comes_after_it_was_forgotten_is_not_taken(folder: Path) -> None:
    delivered = Delivered[Result]()
    runner, view_model = JobRunner(delivered), view_model_of(folder / "aid-agency.yaml")
    runner.ask(Query(view_model, "who", lambda _: "found"))
    result = delivered.next()
    runner.forget("who")
    assert not runner.take(result)
    runner.ask(Query(view_model, "who", lambda _: "found"))
    assert runner.take(delivered.next())
    assert runner.is_idle
    assert runner.is_at_rest(PATIENCE)


def test_what_goes_wrong_in_a_query_becomes_a_sentence(folder: Path) -> None:
    def fails(_: object) -> None:
        raise ZeroDivisionError("by nothing")

    query = Query(view_model_of(folder / "aid-agency.yaml"), "broken", fails)
    found = work_out(query, Watch()).outcome
    assert isinstance(found, Failure)
    assert found.reason.startswith("Something went wrong on our side")


async def test_long_work_is_told_given_up_and_taken_up_again_while_the_keys_answer(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        view, goes_on = app.screen, threading.Event()
        assert isinstance(view, View)
        assert app.view_model is not None

        def waits(_: object) -> str:
            goes_on.wait(PATIENCE)
            return "found"

        assert view.ask("slow", waits) is None
        assert WORKING in view.missing("slow", 70).text
        await pilot.press("down", "full_stop")
        await pilot.pause()
        assert app.view_model.findings["slow"] is STOPPED
        await pilot.press("1")
        await pilot.pause()
        assert "slow" not in app.view_model.findings
        assert view.ask("slow", waits) is None
        goes_on.set()
        await until(pilot, lambda: view.ask("slow", waits) == "found")


@pytest.mark.parametrize("key", [*"246"])
async def test_every_level_can_be_looked_at_whether_it_runs_or_not(
    opening: Opening, key: str
) -> None:
    app = opening("shsc-2021-levels")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        entries = list(app.view_model.programmes)
        await pilot.press(key)
        await until(pilot, lambda: app.current_mode == key)
        view = app.screen
        assert isinstance(view, View)
        for entry in [*entries[1:], entries[0]]:
            await pilot.press("right")
            await pilot.pause()
            assert app.is_running
            assert view.points_at().programme == entry


def test_before_one_is_pointed_at_a_programme_is_shown_at_the_level_at_which_it_runs(
    tmp_path: Path,
) -> None:
    levels = {
        name: {"title": name, "worth": worth, "needs": {"work": 1}}
        for name, worth in {"low": "40%", "high": "100%"}.items()
    }
    case = scenario({"ash": partner(80)}, {"a": {"title": "A", "levels": levels}})
    path = tmp_path / "levels.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    view_model = view_model_of(path)
    assert (*view_model.programmes, view_model.first_programme) == ("a.low", "a.high", "a.high")
