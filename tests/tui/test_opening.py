"""Another scenario is opened from the screens, and the program alone finds something to open."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect.files.book_writing import blank_workbook
from partnerselect.tui import memory
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import ChooseScreen, TypeScreen
from partnerselect.tui.memory import Remembered
from partnerselect.tui.opening import scenarios_in
from tests.tui.conftest import Opening
from tests.tui.delivered import PATIENCE
from tests.tui.reading import settled, until, words

SMALL = (80, 24)


async def asked(pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+o")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))


def test_a_file_not_looked_at_last_does_not_open_on_the_view_of_another(tmp_path: Path) -> None:
    known = Remembered("dark", "7", (str(tmp_path / "a.yaml"),))
    assert known.of([tmp_path / "b.yaml"]).view == ""
    assert known.of([tmp_path / "a.yaml"]) == known.of([]) == known


def test_a_link_that_leads_to_itself_is_no_file_looked_at_last(tmp_path: Path) -> None:
    (loop := tmp_path / "loop.yaml").symlink_to("loop.yaml")
    known = Remembered("dark", "3", (str(tmp_path / "other.yaml"),))
    assert known.of([loop]).view == ""


async def test_letters_that_nothing_has_are_told(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await asked(pilot)
        await pilot.press(*"zzz")
        await until(pilot, lambda: "Nothing here has these letters." in words(app))


async def test_a_scenario_nearby_is_found_by_a_few_letters_and_looked_at(
    opening: Opening, folder: Path
) -> None:
    (folder / "half.yaml").write_text("extends: aid-agency.yaml\ntitle: Half the money\n")
    (folder / "notes.yaml").write_text("just: notes\n")
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await asked(pilot)
        assert "notes.yaml" not in words(app)
        await pilot.press(*"half", "enter")
        await until(pilot, lambda: "Half the money" in words(app).splitlines()[0])
        await settled(pilot)
        assert [path.name for path in app.recent] == ["aid-agency.yaml", "half.yaml"]


async def test_of_a_folder_every_scenario_is_opened(opening: Opening, folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    for name in ("a", "b"):
        (other / f"{name}.yaml").write_text((folder / "aid-agency.yaml").read_text())
    (other / "aid-agency-scores.csv").write_bytes((folder / "aid-agency-scores.csv").read_bytes())
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await asked(pilot)
        await pilot.press(*"another file", "enter")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        box = app.screen.query_one(Input)
        box.value = str(folder / "no-such")
        await pilot.press("enter")
        await until(pilot, lambda: "There is no" in words(app))
        box.value = str(other)
        await pilot.press("enter")
        await until(pilot, lambda: app.path == other / "a.yaml")
        assert [file.path.name for file in app.session.files] == [
            "aid-agency.yaml",
            "a.yaml",
            "b.yaml",
        ]


async def test_where_nothing_is_open_one_may_begin_with_a_file_to_fill_in(folder: Path) -> None:
    app = PartnerselectApp([], remembered=Remembered(recent=(str(folder / "gone.yaml"),)))
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "Welcome" in words(app))
        assert "gone.yaml" not in words(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Open is among the commands" in words(app))
        await asked(pilot)
        await pilot.press(*"begin", "enter")
        await until(pilot, lambda: "Choosing partners" in words(app).splitlines()[0])
        await settled(pilot)
        assert "ILLUSTRATIVE" in words(app)
        assert (folder.parent / "choice.yaml").is_file()
        await asked(pilot)
        await pilot.press(*"begin", "enter")
        await until(
            pilot, lambda: any("exists already" in told.message for told in app._notifications)
        )
    assert app.is_at_rest(PATIENCE)


def test_recent_files_are_remembered_and_none_is_offered_that_is_no_scenario(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = folder / "screens.json"
    monkeypatch.setattr(memory, "place", lambda: kept)
    memory.remember(Remembered("dark", "1", ("/a.yaml", "/b.yaml")))
    assert memory.recalled().recent == ("/a.yaml", "/b.yaml")
    kept.write_text('{"theme": "dark", "view": "1", "recent": 3}')
    assert memory.recalled() == Remembered()
    found = {path.name for path in scenarios_in(folder.parent)}
    assert "aid-agency.yaml" in found
    assert not [name for name in found if name.endswith("-scores.csv")]
    assert scenarios_in(folder.parent / "criteria") == []
    (folder / "choice.xlsx").write_bytes(blank_workbook(partners=3, programmes=2))
    Workbook().save(folder / "result.xlsx")
    assert {path.name for path in scenarios_in(folder)} - found == {"choice.xlsx"}


def test_the_program_alone_opens_the_screens(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pty")
    from tests.tui.test_crash import Terminal  # noqa: PLC0415 - no terminal on every system

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    memory.remember(Remembered("dark", "1", (str(folder / "aid-agency.yaml"),)))
    terminal = Terminal([sys.executable, "-m", "partnerselect"])
    terminal.until(b"from us")
    terminal.press(b"q")
    assert terminal.end() == 0
