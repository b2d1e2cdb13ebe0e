"""What can be done in every view: filter, sort, copy, export, jump; what is remembered."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from textual.content import Content

from partnerselect import files
from partnerselect.analysis import analyse
from partnerselect.report.render.plain import csv_text
from partnerselect.tables.recommendation import recommendation_table
from partnerselect.tui import memory
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.sheet import Item, Section, Sheet, item_of, only, page, section_of
from partnerselect.tui.dialogs import ChooseScreen, TypeScreen
from partnerselect.tui.memory import Remembered
from partnerselect.tui.screens.programme import ProgrammeView
from partnerselect.tui.screens.recommendation import RecommendationView
from partnerselect.tui.sorting import Order, marked, ordered
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words, worked_out

SMALL = (80, 24)
TEXT = st.text("abc XY", min_size=1, max_size=6)


@given(st.lists(TEXT, max_size=8), TEXT)
def test_a_filter_keeps_just_the_rows_that_hold_every_word(lines: list[str], typed: str) -> None:
    sheet = Sheet(
        tuple(Item(str(n), (Content(line),)) for n, line in enumerate(lines)),
        foot=(Content("total"),),
    )
    kept = only(sheet, typed)
    held = [
        line for line in lines if all(word in line.casefold() for word in typed.casefold().split())
    ]
    assert [item.lines[0].plain for item in kept.items] == held
    assert kept.foot == sheet.foot
    if typed.split():
        assert f"{len(held)} of {len(lines)} shown" in kept.text


def test_a_filter_finds_a_part_of_a_page_by_its_heading() -> None:
    items = tuple(Item(name, (Content(name),)) for name in ("Funder", "Team"))
    parts = (Section("gate", "Decisions of others", items), Section("rest", "Evidence", items))
    kept = only(page(parts, 40), "decision")
    assert [item.key for item in kept.items] == ["gate:Funder", "gate:Team"]
    assert "Decisions of others" in kept.text
    assert [item.key for item in only(page(parts, 40), "evidence team").items] == ["rest:Team"]


async def test_where_nothing_is_to_be_undone_the_key_says_so(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for view in "13":
            await pilot.press(view, "u")
            await until(pilot, lambda: bool(app._notifications))
            assert [one.message for one in app._notifications] == ["There is nothing to undo."]
            app.clear_notifications()
            await pilot.pause()


@given(figures=st.lists(st.none() | st.integers(0, 5), max_size=8), falls=st.booleans())
def test_rows_without_a_figure_go_last_whichever_way_rows_are_sorted(
    figures: list[int | None], *, falls: bool
) -> None:
    found = [
        row["n"]
        for row in ordered([{"n": n} for n in figures], Order("N", lambda row: row["n"], falls))
    ]
    known = [n for n in figures if n is not None]
    assert found == [*sorted(known, reverse=falls), *[None] * (len(figures) - len(known))]


def test_the_heading_says_by_what_rows_are_sorted() -> None:
    sheet = Sheet((), head=(Content("Partner   Cost to us  Value"),))
    assert (
        marked(sheet, Order("Cost to us", str, falls=True)).head[0].plain
        == "Partner   Cost to us▼ Value"
    )
    assert marked(sheet, Order("Value", str)).head[0].plain == "Partner   Cost to us  Value▲"
    assert marked(sheet, None) is sheet


async def test_show_only_what_one_partner_does_and_then_all_again(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        sheet = app.screen.query_one("#programmes", SheetView)
        every = len(sheet.sheet.items)
        await pilot.press("slash", *"union")
        await until(pilot, lambda: "/ union: " in words(app))
        assert 0 < len(sheet.sheet.items) < every
        await pilot.press("enter", "c")
        await pilot.pause()
        assert "/ union: " in app.clipboard
        assert sheet.has_focus
        await pilot.press("escape")
        await until(pilot, lambda: len(sheet.sheet.items) == every)
        assert "/ union: " not in words(app)
        await pilot.press("slash", *"nobody", "escape")
        await until(pilot, lambda: len(sheet.sheet.items) == every)
        assert isinstance(app.screen, RecommendationView)
        assert not app.screen.query("#filter")


async def test_sort_by_cost_and_see_that_it_is_sorted(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        await pilot.press("o")
        await until(pilot, lambda: "Cost to us▼" in words(app))
        keys = [item.key for item in app.screen.query_one("#programmes", SheetView).sheet.items]
        costs = {row["id"]: row["own_cost"] for row in app.view_model.approvals if row["run"]}
        assert [key for key in keys if key in costs] == sorted(costs, key=lambda key: -costs[key])
        for _ in RecommendationView.orders:
            await pilot.press("o")
        await pilot.pause()
        assert "▼" not in words(app).splitlines()[3]


async def test_partners_of_one_programme_are_sorted_under_their_heading(
    opening: Opening, folder: Path
) -> None:
    group = (
        "{title: Board, voice: 1, weights: {method: direct, points: {reach: 60, trust: 50, cost:"
        " 40}}}"
    )
    (folder / "asked.yaml").write_text(
        f"extends: aid-agency.yaml\nstakeholders:\n  board: {group}\n"
    )
    app = opening("asked")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for key, heading, partners in (
            ("4", "Partner▲", "places"),
            ("2", "Weight▼", "difference"),
            ("6", "Partner▲", "places"),
        ):
            await pilot.press(key)
            await worked_out(pilot)
            before = keys_of(app, partners)
            await pilot.press("o")
            await until(pilot, lambda heading=heading: words(app).count(heading) == 1)  # type: ignore[misc]
            assert sorted(keys_of(app, partners)) == sorted(before)
        titles = (
            [app.view_model.partners[key] for key in keys_of(app, "places")]
            if app.view_model
            else []
        )
        assert titles == sorted(titles)
        assert len(titles) > 1
        await pilot.press("o", "o")
        await until(pilot, lambda: "▲" not in words(app))


def keys_of(app: PartnerselectApp, section: str) -> list[str]:
    return [
        item_of(item.key)
        for item in app.screen.query_one("#page", SheetView).sheet.items
        if section_of(item.key) == section
    ]


async def test_export_the_recommendation_as_the_table_that_the_command_line_prints(
    opening: Opening, folder: Path
) -> None:
    table = recommendation_table(analyse(files.load(folder / "aid-agency.yaml").scenario))
    target = folder.parent / "aid-agency-recommendation.csv"
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("x", "enter")
        await until(pilot, target.exists)
        assert target.read_text() == csv_text(table)
        assert next(csv.reader(io.StringIO(target.read_text()))) == [
            *(column.heading for column in table.columns),
            "illustrative",
        ]
        target.write_text("mine")
        await pilot.press("x", "enter")
        await until(pilot, lambda: "exists already" in words(app))
        assert target.read_text() == "mine"
        await pilot.press("enter")
        await until(pilot, lambda: target.read_text() != "mine")


@pytest.mark.parametrize(("name", "begins"), [("all.md", "### "), ("screen.svg", "<svg")])
async def test_export_in_other_forms_by_the_ending_of_the_name(
    name: str, begins: str, opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        app.screen.query_one("#typed").value = str(folder / name)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, (folder / name).exists)
        assert (folder / name).read_text().startswith(begins)
        assert "Village" in (folder / name).read_text()
        assert "https" not in (folder / name).read_text()


async def test_an_export_that_cannot_be_written_says_why_and_leaves_nothing(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        for name, told in (
            ("nowhere/a.csv", "There is no folder"),
            ("a.exe", "ending must be one of"),
        ):
            app.screen.query_one("#typed").value = str(folder / name)  # type: ignore[attr-defined]
            await pilot.press("enter")
            await until(pilot, lambda told=told: told in words(app))  # type: ignore[misc]
            assert not (folder / name).exists()


async def test_jump_to_a_partner_by_a_few_letters(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("g", *"horiz")
        await until(
            pilot, lambda: isinstance(app.screen, ChooseScreen) and "NHS Horizons" in words(app)
        )
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        assert isinstance(app.screen, ProgrammeView)
        await until(pilot, lambda: "▸" in words(app))
        line = next(text for text in words(app).splitlines() if "▸" in text)
        assert "NHS Horizons" in line


async def test_colours_and_the_last_view_are_taken_up_again(folder: Path) -> None:
    app = PartnerselectApp([folder / "aid-agency.yaml"], remembered=Remembered("light", "8"))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await until(pilot, lambda: app.current_mode == "8")
        assert app.theme == "light"
    for odd in (Remembered("no such theme", "x"), Remembered()):
        app = PartnerselectApp([folder / "aid-agency.yaml"], remembered=odd)
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            assert app.current_mode == "1"
            assert app.theme == "dark"


def test_what_is_remembered_comes_back_and_whatever_is_wrong_with_the_file_is_forgiven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "new" / "screens.json"
    monkeypatch.setattr(memory, "place", lambda: kept)
    assert memory.recalled() == Remembered()
    memory.remember(Remembered("light", "5"))
    assert memory.recalled() == Remembered("light", "5")
    for broken in ("", "[]", "{}", '{"theme": 1}', "\x00", json.dumps([1])):
        kept.write_text(broken)
        assert memory.recalled() == Remembered()
    monkeypatch.setattr(memory, "place", lambda: kept / "below-a-file" / "screens.json")
    memory.remember(Remembered("dark", "1"))
    assert memory.recalled() == Remembered()


@pytest.mark.usefixtures("worked_out_once")
async def test_what_is_copied_holds_every_name_in_full(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await until(pilot, lambda: bool(app.clipboard))
        assert app.view_model is not None
        names = [
            name
            for row in app.view_model.approvals
            for name in (row["programme"], *row["partners"])
        ]
        assert [name for name in names if name not in app.clipboard] == []
