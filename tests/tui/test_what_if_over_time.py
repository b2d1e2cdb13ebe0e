"""What becomes of a what-if when its file changes, is left, or the program is."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest

from partnerselect import what_if
from partnerselect.tui import memory, what_if_worker
from partnerselect.tui.dialogs import TypeScreen
from partnerselect.tui.jobs import Result
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.what_if_worker import WhatIfWorker
from tests.tui.conftest import Opening
from tests.tui.delivered import PATIENCE
from tests.tui.reading import settled, until, words
from tests.tui.trying import at, chosen_way, leave_behind, left_behind, opened

SMALL, WIDE = (80, 24), (120, 40)


async def test_a_file_that_changes_keeps_the_what_if(opening: Opening, folder: Path) -> None:
    path = folder / "aid-agency.yaml"
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        base = app.session.front.saved
        await at(pilot, "limits.budget")
        await pilot.press("left")
        assert app.session.what_if is not None
        changes = dict(app.session.what_if.edits.changes)
        path.write_text(path.read_text().replace("title: ", "title: The new ", 1))
        await until(
            pilot,
            lambda: app.session.front.saved is not None and app.session.front.saved is not base,
        )
        assert app.session.what_if is not None
        assert app.session.what_if.edits.changes == changes
        assert app.session.what_if.edits.saved.title.startswith("The new")
        await pilot.press("u")
        assert not app.session.what_if.is_changed
        await pilot.press("U")
        assert app.session.what_if.edits.changes == changes


async def test_a_step_that_no_longer_fits_the_file_is_told_and_is_no_change(
    opening: Opening, folder: Path
) -> None:
    path, partner = folder / "shsc-2021-second-juncture.yaml", "virginia-mason"
    app = opening("shsc-2021-second-juncture")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        base = app.session.front.saved
        await app.begin_what_if({f"partners.{partner}.capacity": 12})
        await pilot.press("R")
        path.write_text(
            path.read_text().replace("\npartners:\n", f"\npartners:\n  {partner}: null\n")
        )
        await until(pilot, lambda: app.session.front.saved is not base)
        await pilot.press("u")
        await until(
            pilot, lambda: f"partners.{partner}.capacity is as in the file again" in words(app)
        )
        assert "As saved." in words(app)


async def test_the_ranking_of_an_unfinished_what_if_stands_as_soon_as_its_file_is_looked_at_again(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_choose = Event()
    app = opening("aid-agency", "shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        with monkeypatch.context() as interrupted:
            interrupted.setattr(WhatIfWorker, "_rank", lambda *_: None)
            await app.begin_what_if({"limits.budget": 56000})
            await app.switch_to(1)
            await settled(pilot)
        monkeypatch.setattr(what_if_worker, "RANKING", PATIENCE)
        monkeypatch.setattr(what_if, "best_choice", lambda *_: may_choose.wait(PATIENCE))
        monkeypatch.setattr(app.jobs, "read", lambda _: None)
        await app.switch_to(0)
        await pilot.pause()
        tried = app.session.what_if
        assert isinstance(app.screen, WhatIfView)
        assert tried is not None
        assert tried.ranking.scenario is tried.edits.scenario
        may_choose.set()
        app.session.worker.settle()


async def test_what_is_found_after_the_last_screen_has_closed_is_told_to_nobody(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        view_model = app.session.front.saved
    assert view_model is not None
    assert not app.screen_stack
    file = app.session.front.file
    app.jobs._file = file
    await app.on_partnerselect_app_worked_out(app.WorkedOut(Result(file, view_model)))


async def test_an_unsaved_what_if_is_offered_at_the_next_start(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await pilot.press("left")
        assert app.session.what_if is not None
        changes = dict(app.session.what_if.edits.changes)
    assert left_behind(folder / "aid-agency.yaml") == changes
    again = opening("aid-agency")
    async with again.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await chosen_way(pilot, "take")
        await until(pilot, lambda: bool(again.session.unsaved))
        assert again.session.what_if is not None
        assert again.session.what_if.edits.changes == changes
        await pilot.press("q")
        await chosen_way(pilot, "discard")
    assert left_behind(folder / "aid-agency.yaml") == {}


async def test_leaving_asks_what_becomes_of_an_unsaved_what_if(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await pilot.press("left", "q")
        await chosen_way(pilot, "stay")
        assert app.is_running
        assert app.session.unsaved
        await pilot.press("q")
        await chosen_way(pilot, "save")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not app.session.unsaved)
    assert app._exit


def test_nothing_that_lies_in_the_state_folder_can_break_a_start(folder: Path) -> None:
    path = folder / "aid-agency.yaml"
    leave_behind(path, {"limits.budget": 1})
    (place,) = memory.folder().iterdir()
    for content in ("", "[]", "{", json.dumps({"changes": 3})):
        place.write_text(content)
        assert left_behind(path) == {}


async def test_a_file_saved_anew_with_nothing_in_it_changed_is_followed_while_levers_are_looked_at(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        path, before = folder / "aid-agency.yaml", app.session.front.saved
        path.write_text(path.read_text() + "# a remark\n")
        await until(pilot, lambda: app.session.front.saved is not before)
        await pilot.press("down")
        await until(pilot, lambda: "Weight of Trust of the community" in words(app))
