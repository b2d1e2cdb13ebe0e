"""The first picture stands early, what is asked last is answered first, and giving up is at once."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from partnerselect.advice.certainty import JUDGED, Kind
from partnerselect.analysis import Analysis
from partnerselect.tui import analyst, steps, studies
from partnerselect.tui.analyst import Analyst, Answer, Finding, Further, Question
from partnerselect.tui.picture import Picture
from partnerselect.tui.screens.catalogue import WHAT_IF
from partnerselect.tui.screens.export import ExportScreen
from partnerselect.tui.screens.money import MoneyView
from partnerselect.tui.screens.scenarios import ScenariosView
from partnerselect.tui.screens.view import View
from partnerselect.tui.screens.what_if import WhatIfView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words, worked_out

SMALL = (80, 24)
HALF_SECOND = 0.5
COMPARE = "2"


@pytest.fixture
def first(folder: Path) -> Picture:
    found = analyst.answer(
        Question(
            folder / "aid-agency.yaml",
            changes={"analysis.samples": 200, "analysis.choice-samples": 50},
        )
    ).outcome
    assert isinstance(found, Picture)
    return found


def followed(picture: Picture) -> Picture:
    """Return the picture once every step has been taken, those that nobody asks for too."""
    while (further := steps.next_step(picture) or steps.unasked(picture)) is not None:
        outcome = further.work(picture.analysis)
        picture.findings[further.name] = outcome
        picture = outcome if isinstance(outcome, Picture) else picture
    return picture


def test_the_first_picture_has_the_choice_and_the_last_its_reasons_and_how_often_the_same_would_be_chosen_again(
    first: Picture,
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
        assert app.picture is not None
        assert not app.picture.has_answer
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
        monkeypatch.setattr(steps, "QUIET", 0.01)
        app._steps.go_on(app.picture)  # type: ignore[arg-type]
        await until(pilot, lambda: "chosen again in" in words(app))
        assert Kind.COUNTING not in words(app)


async def test_what_nobody_asked_for_makes_way_for_a_lever_and_is_taken_up_when_that_is_answered(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []

    def endless(analysis: Analysis) -> Analysis:
        begun.append(app.desk.of(app.path) is not None and app.trial.is_thinking)  # type: ignore[union-attr]
        waits_for_stop(analysis)
        return analysis

    monkeypatch.setattr(studies, "choice_in_draws", endless)
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await until(pilot, lambda: bool(app.picture and app.picture.is_priced))
        monkeypatch.setattr(steps, "QUIET", 0.01)
        app._steps.go_on(app.picture)  # type: ignore[arg-type]
        await until(pilot, lambda: len(begun) == 1)
        assert app.trial is not None
        app.try_out(app.trial.whatif.changed({"limits.budget": 44000}))
        await until(pilot, lambda: app.trial is not None and app.trial.picture is not None)
        await until(pilot, lambda: len(begun) > 1)
        assert not any(begun)
        app.desk.discard(app.path)


def waits_for_stop(analysis: Analysis) -> str:
    while not analysis.allocator.watch.is_stopped:
        time.sleep(0.01)
    return "stopped"


def test_a_question_given_up_ends_within_half_a_second(first: Picture) -> None:
    delivered: list[Answer | Finding] = []
    asked = Analyst(delivered.append)
    asked.ask_further(Further(first, "endless", waits_for_stop))
    time.sleep(0.1)
    asked.forget("endless")
    assert asked.is_at_rest(HALF_SECOND)
    assert not delivered


def test_the_view_in_front_is_answered_before_what_was_asked_earlier_which_is_begun_again(
    first: Picture,
) -> None:
    delivered: list[Answer | Finding] = []
    asked, begun = Analyst(delivered.append), list[str]()

    def older(analysis: Analysis) -> str:
        begun.append("older")
        return waits_for_stop(analysis) if len(begun) == 1 else "older"

    asked.ask_in_time(Further(first, "older", older))
    while not begun:
        time.sleep(0.01)
    asked.turn()
    asked.ask_further(Further(first, "newer", lambda _: "newer"))
    while len(delivered) < len(("newer", "older")):
        time.sleep(0.01)
    assert [found.outcome for found in delivered if isinstance(found, Finding)] == [
        "newer",
        "older",
    ]
    assert asked.is_at_rest(HALF_SECOND)


async def test_a_course_that_turns_one_thing_goes_on_as_a_what_if_which_can_be_undone(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await until(
            pilot, lambda: isinstance(app.screen, ScenariosView) and "donor pays" in words(app)
        )
        await pilot.press("right", "enter")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, WhatIfView)
                and app.trial is not None
                and app.trial.is_changed
            ),
        )
        assert "Not saved" in words(app)
        await pilot.press("u")
        await until(pilot, lambda: app.trial is not None and not app.trial.is_changed)


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
                app.front == key and isinstance(app.screen, View) and app.screen.picture is not None
            ),
        )
        await until(pilot, lambda: has_table(app.screen))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, ExportScreen))
    head, *rows = written(tmp_path)
    assert len(head) > 1
    assert rows


def has_table(view: object) -> bool:
    return (
        isinstance(view, View) and view.picture is not None and view.table(view.picture) is not None
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
                app.front == key and words(app).splitlines()[-1].rstrip().endswith("^p palette")
            ),
        )
        assert key != COMPARE or "w Swap" in words(app).splitlines()[-1]
        await pilot.resize_terminal(*SMALL)
        await until(
            pilot, lambda: words(app).splitlines()[-1].endswith("? Help s Another scenario q Leave")
        )
        assert key != WHAT_IF or "w Save as" in words(app).splitlines()[-1]
