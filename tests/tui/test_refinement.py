"""The first picture stands early, what is asked last is answered first, and giving up is at once."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from threading import Event

import pytest

from partnerselect.advice.certainty import JUDGED, Kind
from partnerselect.analysis import Analysis
from partnerselect.optimiser.watch import Watch
from partnerselect.tui import refinement
from partnerselect.tui.dialogs import TypeScreen
from partnerselect.tui.jobs import JobRunner, Query, Result, ScenarioFile, work_out
from partnerselect.tui.screens.catalogue import WHAT_IF
from partnerselect.tui.screens.money import MoneyView
from partnerselect.tui.screens.plans import PlansView
from partnerselect.tui.screens.view import View
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.view_model import ViewModel
from tests.tui.conftest import Opening
from tests.tui.delivered import PATIENCE, Delivered
from tests.tui.reading import settled, until, words, worked_out

SMALL = (80, 24)
COMPARE = "2"


@pytest.fixture
def first(folder: Path) -> ViewModel:
    found = work_out(
        ScenarioFile(
            folder / "aid-agency.yaml",
            changes={"analysis.samples": 200, "analysis.choice-samples": 50},
        ),
        Watch(),
    ).outcome
    assert isinstance(found, ViewModel)
    return found


def followed(view_model: ViewModel) -> ViewModel:
    """Return the picture once every step has been taken, those that nobody asks for too."""
    while (query := refinement.next_step(view_model) or refinement.unasked(view_model)) is not None:
        outcome = query.work(view_model.analysis)
        view_model.findings[query.name] = outcome
        view_model = outcome if isinstance(outcome, ViewModel) else view_model
    return view_model


def test_the_first_picture_has_the_choice_and_the_last_its_reasons_and_how_often_the_same_would_be_chosen_again(
    first: ViewModel,
) -> None:
    last = followed(first)
    assert [row["partners"] for row in first.approvals] == [
        row["partners"] for row in last.approvals
    ]
    assert any(row["reason"] for row in last.approvals)
    assert {row["certainty"].kind for row in first.approvals} == {Kind.COUNTING}
    assert {row["certainty"].kind for row in last.approvals} <= set(JUDGED)
    assert last.findings is first.findings


async def test_where_there_is_no_answer_the_paper_says_so_and_is_not_waited_for(
    opening: Opening, folder: Path
) -> None:
    (folder / "none.yaml").write_text(
        "extends: aid-agency.yaml\nprogrammes: {safe-water: {mandatory: true}}\nlimits: {budget:"
        " 0}\n"
    )
    app = opening("none")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        assert not app.view_model.has_answer
        await pilot.press("9")
        await worked_out(pilot)
        assert "working out" not in words(app)


async def test_how_sure_becomes_how_often_the_same_is_chosen_again_without_being_asked(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert Kind.COUNTING in words(app)
        monkeypatch.setattr(refinement, "QUIET", 0.01)
        app._refinement.go_on()
        await until(pilot, lambda: "chosen again in" in " ".join(words(app).split()))
        assert Kind.COUNTING not in words(app)


async def test_what_nobody_asked_for_makes_way_for_a_lever_and_is_taken_up_when_that_is_answered(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []

    def endless(view_model: ViewModel) -> ViewModel:
        begun.append(app.session.front.tried is not None and app.session.what_if.is_thinking)  # type: ignore[union-attr]
        waits_for_stop(view_model.analysis)
        return view_model

    monkeypatch.setattr(refinement, "counted", endless)
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await until(pilot, lambda: bool(app.view_model and app.view_model.is_priced))
        monkeypatch.setattr(refinement, "QUIET", 0.01)
        app._refinement.go_on()
        await until(pilot, lambda: len(begun) == 1)
        assert app.session.what_if is not None
        app.try_out(app.session.what_if.edits.changed({"limits.budget": 44000}))
        await until(
            pilot,
            lambda: app.session.what_if is not None and app.session.what_if.view_model is not None,
        )
        await until(pilot, lambda: len(begun) > 1)
        assert not any(begun)
        app.session.discard(app.path)


def waits_for_stop(analysis: Analysis) -> str:
    while not analysis.allocator.watch.is_stopped:
        time.sleep(0.001)
    return "stopped"


def test_a_query_that_is_forgotten_ends_and_is_told_to_nobody(first: ViewModel) -> None:
    delivered, begun = Delivered[Result](), Event()
    runner = JobRunner(delivered)

    def endless(analysis: Analysis) -> str:
        begun.set()
        return waits_for_stop(analysis)

    runner.ask(Query(first, "endless", endless))
    assert begun.wait(PATIENCE)
    runner.forget("endless")
    assert runner.is_at_rest(PATIENCE)
    assert delivered.is_empty


def test_the_view_in_front_is_answered_before_what_was_asked_earlier_which_is_begun_again(
    first: ViewModel,
) -> None:
    delivered, begun, times = Delivered[Result](), Event(), list[str]()
    runner = JobRunner(delivered)

    def older(analysis: Analysis) -> str:
        times.append("older")
        begun.set()
        return waits_for_stop(analysis) if len(times) == 1 else "older"

    runner.ask_in_time(Query(first, "older", older))
    assert begun.wait(PATIENCE)
    runner.turn()
    runner.ask(Query(first, "newer", lambda _: "newer"))
    assert [delivered.next().outcome for _ in range(2)] == ["newer", "older"]
    assert runner.is_at_rest(PATIENCE)


async def test_a_course_that_turns_one_thing_goes_on_as_a_what_if_which_can_be_undone(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await until(pilot, lambda: isinstance(app.screen, PlansView) and "donor pays" in words(app))
        await pilot.press("right", "enter")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, WhatIfView)
                and app.session.what_if is not None
                and app.session.what_if.is_changed
            ),
        )
        assert "Not saved" in words(app)
        await pilot.press("u")
        await until(
            pilot, lambda: app.session.what_if is not None and not app.session.what_if.is_changed
        )


async def test_money_is_asked_for_in_the_currency_of_the_scenario(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, MoneyView)
                and "What does another CHF 50,000 buy?" in words(app)
            ),
        )
        assert "£" not in words(app)


@pytest.mark.parametrize("key", "1234578")
async def test_every_view_with_something_to_show_is_written_as_a_table(
    opening: Opening, tmp_path: Path, key: str
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press(key)
        await worked_out(pilot)
        await until(
            pilot,
            lambda: (
                app.current_mode == key
                and isinstance(app.screen, View)
                and app.screen.view_model is not None
            ),
        )
        await until(pilot, lambda: has_table(app.screen))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, TypeScreen))
    head, *rows = written(tmp_path)
    assert len(head) > 1
    assert rows


def has_table(view: object) -> bool:
    return (
        isinstance(view, View)
        and view.view_model is not None
        and view.table(view.view_model) is not None
    )


def written(folder: Path) -> list[list[str]]:
    (path,) = folder.glob("*.csv")
    return list(csv.reader(path.read_text().splitlines()))


@pytest.mark.parametrize("key", "123456789")
async def test_the_keys_needed_everywhere_are_on_a_small_screen_too_also_after_it_was_larger(
    opening: Opening, key: str
) -> None:
    app = opening("aid-agency", "shsc-2021-tight-budget")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press(key)
        await until(
            pilot,
            lambda: (
                app.current_mode == key and words(app).splitlines()[-1].rstrip().endswith("q Quit")
            ),
        )
        assert key != COMPARE or "p Pick partners" in words(app).splitlines()[-1]
        await pilot.resize_terminal(*SMALL)
        await pilot.press("left")
        await until(
            pilot,
            lambda: (
                words(app).splitlines()[-1].endswith("^p Commands ? Help s Switch scenario q Quit")
            ),
        )
        await until(pilot, lambda: key != WHAT_IF or "w Save" in words(app).splitlines()[-1])
