"""What people sit down to do with What if, from the first key to a scenario of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Input

from partnerselect import files, rows
from partnerselect.analysis import analyse, analyse_unpriced
from partnerselect.tui.charts.what_if import differences_lines
from partnerselect.tui.dialogs import ChooseScreen, TypeScreen
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.widgets.sheet_view import LeversView, SheetView
from partnerselect.what_if import change_words, choice_rows
from partnerselect.words import amount
from tests.tui.conftest import Opening
from tests.tui.reading import until, words
from tests.tui.trying import answered, at, chosen_way, left_behind, opened, typed, worked_out

SMALL, WIDE = (80, 24), (120, 40)


async def test_cut_the_budget_by_a_third_and_see_who_drops_out(
    opening: Opening, folder: Path
) -> None:
    scenario = files.load(folder / "shsc-2021.yaml").scenario
    before, after = (
        analyse_unpriced(scenario),
        analyse_unpriced(scenario.with_change("limits.budget", 56000)),
    )
    dropped = [
        then.programme
        for now, then in zip(
            before.recommendation.programmes, after.recommendation.programmes, strict=True
        )
        if now.run and not then.run
    ]
    assert dropped
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await typed(pilot, "56000")
        await answered(pilot, app)
        await pilot.pause()
        shown = words(app)
        assert "Our budget £84,000 → £56,000" in shown
        for programme in dropped:
            line = next(
                line
                for line in shown.splitlines()
                if f"≠ {scenario.programmes[programme].title[:8]}" in line
            )
            assert "□ deferred" in line
        assert "● best choice" in shown
        assert "what-if, 1 change, not saved" in shown


async def test_what_the_screen_shows_is_what_the_analysis_says(
    opening: Opening, folder: Path
) -> None:
    changed = analyse_unpriced(
        files.load(folder / "shsc-2021.yaml").scenario.with_change(
            "gates.intensive-support.status", "refused"
        )
    )
    app = opening("shsc-2021")
    async with app.run_test(size=(200, 60)) as pilot:
        await opened(pilot)
        await at(pilot, "gates.intensive-support.status")
        await pilot.press("space", "space")
        await answered(pilot, app)
        await pilot.pause()
        shown = words(app)
        assert "expected → refused" in shown
        for row in rows.approval_rows(changed):
            line = next(
                line
                for line in shown.splitlines()
                if (f" {row['programme'][:24]}" in line or f" {row['name']}" in line)
                and line.rstrip("│ ").endswith(f" {row['value']:.0f}")
            )
            for title, name in zip(row["partners"], row["names"], strict=True):
                assert title[:6] in line or name[:6] in line
        assert changed.allocation.account is not None
        assert f"Value {changed.allocation.account.value:.1f} (−" in shown


async def test_exclude_the_chosen_partner(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        what_if = app.session.what_if
        assert what_if is not None
        assert "nhsei-icbd" in what_if.base.report["programmes"][0]["partners"]
        await at(pilot, "partners.nhsei-icbd.excluded")
        await pilot.press("space")
        await answered(pilot, app)
        await pilot.pause()
        what_if = app.session.what_if
        assert what_if is not None
        assert [str(difference) for difference in what_if.differences] == [
            "NHS England and Improvement, capability-building team in → out"
        ]
        lines = words(app).splitlines()
        changed = next(n for n, line in enumerate(lines) if "≠ Quality" in line)
        assert "NHSE/I" in " ".join(lines[changed : changed + 2])
        answer = app.screen.query_one("#answer", SheetView).sheet.text.splitlines()
        assert any("✗ out" in line and "NHSE" in line for line in answer)


async def test_undo_and_redo(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await pilot.press("left", "left", "shift+left")
        what_if = app.session.what_if
        assert what_if is not None
        after = dict(what_if.edits.changes)
        await pilot.press("u", "u", "ctrl+z")
        assert app.session.what_if is not None
        assert not app.session.what_if.is_changed
        await pilot.pause()
        assert "As saved." in words(app)
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y")
        assert app.session.what_if is not None
        assert app.session.what_if.edits.changes == after
        await pilot.press("r")
        assert not app.session.what_if.is_changed


async def test_type_a_bad_value(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        for bad in ("lots", "-1", ""):
            await typed(pilot, bad)
            assert isinstance(app.screen, TypeScreen)
            assert "✗" in words(app)
            assert app.session.what_if is not None
            assert not app.session.what_if.is_changed
            await pilot.press("escape")
        assert isinstance(app.screen, WhatIfView)


async def test_a_change_that_the_scenario_refuses_is_told_in_a_sentence(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert app.session.what_if is not None
        weights = [
            f"criteria.{name}.weight" for name in app.session.what_if.edits.saved.criteria.criteria
        ]
        for key in weights:
            await at(pilot, key)
            await typed(pilot, "0")
        assert isinstance(app.screen, TypeScreen)
        assert "are all 0" in " ".join(words(app).split())
        await pilot.press("escape")
        assert app.session.what_if is not None
        assert len(app.session.what_if.differences) == len(weights) - 1


async def test_save_that_as_a_scenario_and_open_it(opening: Opening, folder: Path) -> None:
    original = (folder / "aid-agency.yaml").read_bytes()
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await typed(pilot, "100k")
        await worked_out(pilot, app)
        assert app.view_model is not None
        seen, title = app.view_model.report, app.view_model.title
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        app.screen.query_one(Input).value = "A third less money"
        await pilot.press("enter")
        made = folder / "aid-agency-a-third-less-money.yaml"
        await until(pilot, lambda: app.path == made and app.session.front.saved is not None)
        assert app.view_model is not None
        assert app.view_model.title == "A third less money"
        assert not app.session.unsaved
        for key in ("portfolio", "programmes", "ranking", "allocation", "limits"):
            assert app.view_model.report[key] == seen[key]
        assert [file.name for file in app.session.files] == [title, "A third less money"]
    assert (folder / "aid-agency.yaml").read_bytes() == original
    alone = rows.ranking_json(analyse(files.load(made).scenario))
    assert alone["programmes"] == seen["programmes"]
    assert left_behind(folder / "aid-agency.yaml") == {}


async def test_no_file_is_written_over_unasked(opening: Opening, folder: Path) -> None:
    taken = folder / "aid-agency-mine.yaml"
    taken.write_text("precious")
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await pilot.press("left", "w")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        app.screen.query_one(Input).value = "Mine"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert taken.read_text() == "precious"
        assert app.session.unsaved
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, TypeScreen))
        app.screen.query_one(Input).value = "Mine"
        await pilot.press("enter")
        await chosen_way(pilot, "write")
        await until(pilot, lambda: app.path == taken)
        assert files.load(taken).scenario.title == "Mine"


async def test_other_views_show_the_what_if_too(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "limits.budget")
        await typed(pilot, "56000")
        await worked_out(pilot, app)
        await pilot.press("1")
        await until(pilot, lambda: "What am I approving?" in words(app))
        shown = words(app)
        assert "what-if, 1 change, not saved" in shown
        assert "of CHF 56,000" in shown


async def test_the_table_of_a_what_if_says_that_its_figures_are_illustrative(
    opening: Opening,
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        view = (await opened(pilot)).screen
        assert isinstance(view, WhatIfView)
        assert app.view_model is not None
        table = view.table(app.view_model)
        assert table is not None
        assert table.heading.endswith("ILLUSTRATIVE FIGURES")


@pytest.mark.parametrize("size", [SMALL, WIDE, (200, 60)])
async def test_every_lever_can_be_reached_and_nothing_runs_over_the_edge(
    opening: Opening, size: tuple[int, int]
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        view = app.screen.query_one("#levers", LeversView)
        assert all(
            line.cell_length <= view.size.width - 2
            for item in view.sheet.items
            for line in (*item.above, *item.lines)
        )
        headings = [line for item in view.sheet.items for line in (item.above or item.lines)[:1]]
        groups = [
            line.plain.split(" · ")[0][2:] for line in headings if line.plain[:1] in {"▸", "▾"}
        ]
        assert groups == [
            "Weights",
            "Limits",
            "Partners",
            "Programmes",
            "Scores",
            "Days of partners",
        ]
        for group in groups[1:] + groups[:1]:
            await pilot.press("tab")
            await pilot.pause()
            assert view.sheet.items[view.cursor].above[0].plain.startswith(f"▾ {group} · ")
        await pilot.press("end")
        await pilot.pause()
        assert view.sheet.items[-1].lines[0].plain.split()[0] in words(app)


def test_what_a_lever_was_moved_to_is_told_also_where_its_name_is_long() -> None:
    told = "The national intensive-support team judges support appropriate expected → refused"
    assert "expected → refused" in " ".join(
        line.plain.strip() for line in differences_lines([told], "", 76, 3)
    )


async def test_a_value_under_other_weights_is_not_compared_with_the_saved_one(
    opening: Opening,
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(200, 60)) as pilot:
        await opened(pilot)
        await at(pilot, "criteria.value.weight")
        await pilot.press("shift+right")
        await answered(pilot, app)
        await until(pilot, lambda: "● best choice" in words(app))
        told = " ".join(words(app).split())
        assert app.session.what_if is not None
        assert "Not comparable with" in told
        assert "values are measured differently." in told
        assert "Measured as now, the choice" in told
        line = next(
            line for line in words(app).splitlines() if "Value " in line and "from us" in line
        )
        assert not re.search(r"Value \d+\.\d \(", line)


async def test_the_answer_says_in_words_who_drops_out_and_what_it_saves(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "no longer used" not in words(app)
        await at(pilot, "limits.budget")
        await typed(pilot, "56000")
        await answered(pilot, app)
        await pilot.pause()
        what_if = app.session.what_if
        assert what_if is not None
        told = change_words(what_if.saved, what_if.chosen)
        before, after = what_if.saved.allocation.account, what_if.chosen.allocation.account
        assert before is not None
        assert after is not None
        assert told.endswith(f"{amount(before.own_cost - after.own_cost, 'GBP')} less from us.")
        rows = choice_rows(what_if.saved, what_if.chosen)
        deferred = [row["name"] for row in rows if row["before"] and not row["run"]]
        used = {name for row in rows for name in row["names"]}
        dropped = {name for row in rows for name in row["before_names"] or []} - used
        for name in (*deferred, *dropped):
            assert name in told
        answer = app.screen.query_one("#answer", SheetView).sheet
        assert told in " ".join(" ".join(line.plain for line in answer.head).split())


async def test_what_is_sought_is_found_in_folded_groups_too(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        levers = app.screen.query_one("#levers", LeversView)
        assert not any("limits.budget" in item.key for item in levers.sheet.items)
        levers.filter("budget")
        assert any("limits.budget" in item.key for item in levers.sheet.items)


async def test_groups_are_folded_with_a_count_and_opened_one_at_a_time(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        levers = app.screen.query_one("#levers", LeversView)
        groups = [item.key for item in levers.sheet.items if item.key.startswith("group:")]
        assert len(levers.sheet.items) < 15
        assert all(re.search(r" · \d+", levers.sheet.text) for _ in groups)
        await pilot.press("tab")
        assert levers.key == "limits.budget"
        assert "group:Weights" in [item.key for item in levers.sheet.items]
        await at(pilot, "partners.nhs-horizons.excluded")
        assert levers.key == "partners.nhs-horizons.excluded"


async def test_the_next_value_is_offered_only_where_there_is_one(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "gates.intensive-support.status")
        await until(pilot, lambda: "space Change" in words(app))
        await at(pilot, "limits.budget")
        await until(pilot, lambda: "space Change" not in words(app))
        await pilot.press("space")
        assert app.session.what_if is not None
        assert not app.session.what_if.is_changed
        await at(pilot, "partners.nhsei-icbd.excluded")
        await until(pilot, lambda: "space Change" in words(app))
        await pilot.press("space")
        assert app.session.what_if.is_changed


async def test_what_is_saved_is_offered_only_where_something_else_is_shown(
    opening: Opening,
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await at(pilot, "gates.intensive-support.status")
        await until(pilot, lambda: "space Change" in words(app))
        assert "Reset" not in words(app)
        await pilot.press("space")
        await until(pilot, lambda: "r Reset " in words(app) and "R Reset all" in words(app))
        await at(pilot, "limits.budget")
        await until(pilot, lambda: "r Reset " not in words(app))
        assert "R Reset all" in words(app)
        await pilot.press("R")
        await until(pilot, lambda: "Reset" not in words(app))
