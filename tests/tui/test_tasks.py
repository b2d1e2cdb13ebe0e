"""What people sit down to do in front of the screens."""

from __future__ import annotations

from pathlib import Path

from partnerselect import files, rows
from partnerselect.analysis import analyse, with_choices
from partnerselect.tui.screens.problems import ProblemsScreen
from partnerselect.tui.screens.programme import EvidenceView, ProgrammeView
from partnerselect.tui.screens.recommendation import RecommendationView
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words.wording import amount, share
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

SMALL, WIDE = (80, 24), (120, 40)


async def test_view_1_shows_every_row_of_the_recommendation(opening: Opening, folder: Path) -> None:
    analysis = analyse(files.load(folder / "shsc-2021.yaml").scenario)
    app = opening("shsc-2021")
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        shown = words(app)
        for row in rows.approval_rows(analysis):
            line = next(line for line in shown.splitlines() if row["programme"][:30] in line)
            for partner in row["partners"]:
                assert partner in shown
            if row["partners"]:
                assert amount(row["own_cost"], "GBP") in line
                assert f" {row['value']:.0f} " in line
        report = rows.ranking_json(analysis)
        assert amount(report["portfolio"]["own_cost"], "GBP") in shown
        assert amount(report["portfolio"]["cost"], "GBP") in shown
        assert "ILLUSTRATIVE" in shown
        assert "28 July 2021" in shown


async def test_see_which_limits_bind(opening: Opening, folder: Path) -> None:
    gauges = rows.gauge_rows(analyse(files.load(folder / "shsc-2021.yaml").scenario))
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        limits = app.screen.query_one("#limits", SheetView).sheet.text
        lines = limits.splitlines()
        assert len(lines) == len(gauges)
        ordered = sorted(gauges, key=lambda row: row["path"] != "limits.budget")
        tight = [row for row in gauges if row["tight"]]
        assert 0 < len(tight) < len(gauges)
        for line, row in zip(lines, ordered, strict=True):
            assert row["amount"] in line
            assert share(row["share"]) in line
            assert line.startswith("▲") == (row["share"] >= 0.95)
            assert row["phase"] is None or f", {row['phase']}" in line
        assert "▲ Our team's days, foundations" in words(app)


async def test_every_limit_can_be_reached_from_the_keys(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        last = (
            app.screen.query_one("#limits", SheetView)
            .sheet.items[-1]
            .lines[0]
            .plain.split("━")[0]
            .split("─")[0]
            .strip()
        )
        assert last not in words(app)
        await pilot.press("tab", "end")
        await pilot.pause()
        assert last in words(app)


async def test_find_why_the_second_partner_lost(opening: Opening, folder: Path) -> None:
    analysis = analyse(files.load(folder / "shsc-2021.yaml").scenario)
    second = next(
        row
        for row in rows.ranking_rows(analysis)
        if row["programme"] == "qms-foundation" and row["rank"] == 2
    )
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        sheet = app.screen.query_one("#ranking", SheetView).sheet
        told = " ".join(line.plain.strip() for line in sheet.items[1].lines[1:])
        assert told.endswith(second["reason"])
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RecommendationView))


async def test_every_reason_can_be_read_in_full_at_the_smallest_size(
    opening: Opening, folder: Path
) -> None:
    analysis = analyse(files.load(folder / "shsc-2021.yaml").scenario)
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        runs = {row["programme"]: row["run"] for row in rows.programme_rows(analysis)}
        for programme in analysis.scenario.programmes:
            await app.open_programme(programme)
            await until(
                pilot,
                lambda: (
                    isinstance(app.screen, ProgrammeView)
                    and bool(app.screen.query_one("#ranking", SheetView).sheet.items)
                ),
            )
            items = {
                item.key: item for item in app.screen.query_one("#ranking", SheetView).sheet.items
            }
            for row in (
                row for row in rows.ranking_rows(analysis) if row["programme"] == programme
            ):
                told = " ".join(line.plain.strip() for line in items[row["partner"]].lines[1:])
                if runs[programme] or not row["eligible"]:
                    assert row["reason"] in told
                assert all(line.cell_length <= 76 for line in items[row["partner"]].lines)


async def test_a_programme_that_waits_says_once_why(opening: Opening, folder: Path) -> None:
    analysis = analyse(files.load(folder / "shsc-2021.yaml").scenario)
    waiting = next(row for row in rows.approval_rows(analysis) if not row["run"])
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await app.open_programme(waiting["id"])
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, ProgrammeView)
                and bool(app.screen.query_one("#ranking", SheetView).sheet.items)
            ),
        )
        shown = " ".join(words(app).split())
        assert shown.count(waiting["reason"]) == 1
        assert "The programme is deferred." not in shown


async def test_the_column_of_costs_adds_up_to_the_total(opening: Opening, folder: Path) -> None:
    analysis = analyse(files.load(folder / "shsc-2021.yaml").scenario)
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        shown = words(app)
        for row in rows.extra_rows(analysis):
            assert any(
                row["title"] in line and amount(row["own_cost"], "GBP") in line
                for line in shown.splitlines()
            )


async def test_how_sure_each_choice_is_can_be_read_in_words(opening: Opening, folder: Path) -> None:
    analysis = with_choices(analyse(files.load(folder / "aid-agency.yaml").scenario))
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await until(pilot, lambda: bool(app.view_model and app.view_model.analysis.choices))
        await pilot.press("1")
        await until(pilot, lambda: app.current_mode == "1")
        approvals = {row["id"]: row for row in rows.approval_rows(analysis)}
        for item in app.screen.query_one("#programmes", SheetView).sheet.items:
            row = approvals[item.key]
            app.screen.query_one("#programmes", SheetView).mark(item.key)
            await pilot.pause()
            assert row["assurance"] in " ".join(words(app).split())
            assert ("!" in item.lines[0].plain) == (row["leads"] is False)


async def test_what_is_out_of_sight_is_counted(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        table = app.screen.query_one("#programmes", SheetView)
        hidden = [
            item.lines[0].plain.rstrip()
            for item in table.sheet.items
            if item.lines[0].plain.rstrip() not in words(app)
        ]
        assert f"↓ {len(hidden)} more" in words(app)
        await pilot.press("end")
        await pilot.pause()
        assert table.sheet.items[-1].lines[0].plain.rstrip() in words(app)
        assert f"↑ {len(hidden)} more" in words(app)


async def test_ctrl_c_leaves_like_q(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert not app.is_running or app._exit


async def test_look_up_the_evidence_behind_a_score(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EvidenceView))
        shown = words(app)
        assert "Sheffield Microsystem Coaching Academy" in shown
        assert "Gave teams a protected space to improve through the pandemic" in shown
        assert "Board paper 1.6, 28 July 2021, grade B" in shown


async def test_see_what_waits_and_why(opening: Opening) -> None:
    app = opening("shsc-2021-tight-budget")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        waiting = [row for row in app.view_model.approvals if not row["run"]]
        assert waiting
        text = " ".join(app.screen.query_one("#programmes", SheetView).sheet.text.split())
        assert text.count("□ deferred") == len(waiting)
        for row in waiting:
            assert row["reason"] in text


async def test_open_a_broken_file_and_read_where(opening: Opening, folder: Path) -> None:
    path = folder / "shsc-2021.yaml"
    path.write_text(path.read_text().replace("importance: 50", "importence: 50", 1))
    line = next(
        n for n, text in enumerate(path.read_text().splitlines(), 1) if "importence" in text
    )
    app = opening("shsc-2021")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))
        shown = words(app)
        assert f"scenarios/shsc-2021.yaml:{line}:5 programmes.board-development.importence" in shown
        assert 'did you mean "importance"?' in shown
        source, caret = (
            next(text for text in shown.splitlines() if mark in text)
            for mark in ("importence: 50", "^^^")
        )
        assert caret.index("^") == source.index("importence")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ProblemsScreen)


async def test_the_file_is_mended_on_disk_and_the_screen_follows(
    opening: Opening, folder: Path
) -> None:
    path = folder / "aid-agency.yaml"
    good = path.read_text()
    path.write_text(good.replace("format: 1", "format: 2"))
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))
        path.write_text(good)
        await until(pilot, lambda: isinstance(app.screen, RecommendationView))
        assert "Village Union" in words(app)


async def test_a_file_that_breaks_leaves_the_last_good_picture_in_reach(
    opening: Opening, folder: Path
) -> None:
    path = folder / "aid-agency.yaml"
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        path.write_text("format: [")
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RecommendationView))
        shown = words(app)
        assert "Village Union" in shown
        assert "cannot be used: see Problems" in shown
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ProblemsScreen))


async def test_a_file_replaced_as_a_whole_is_noticed_also_behind_the_scenario(
    opening: Opening, folder: Path
) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        first = app.view_model
        scores = folder / "aid-agency-scores.csv"
        written = folder / "aid-agency-scores.csv.new"
        written.write_text(scores.read_text())
        written.replace(scores)
        await until(pilot, lambda: app.view_model is not first)


async def test_a_scenario_without_an_answer_says_what_stands_in_the_way(
    opening: Opening, folder: Path
) -> None:
    (folder / "none.yaml").write_text(
        "extends: shsc-2021.yaml\ntitle: Too little\nlimits: {budget: 100}\nprogrammes:"
        " {co-production: {mandatory: true}}\n"
    )
    app = opening("none")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shown = words(app)
        assert "• Our budget: £100, where £" in shown
        assert "none.yaml:3:18" in shown
        assert "limits.budget" not in shown
        assert app.view_model is not None
        assert "There is no choice that meets everything asked for at once." in shown
        for conflict in app.view_model.report["conflict"]:
            assert conflict["sentence"][:60] in shown
        assert "infeasible" not in shown.lower()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        assert "NHSE/I" in words(app)


async def test_time_that_ran_out_is_not_told_as_a_contradiction(
    opening: Opening, folder: Path
) -> None:
    (folder / "none.yaml").write_text(
        "extends: shsc-2021.yaml\ntitle: Too little\nlimits: {partners: {max: 1}}\n"
    )
    app = opening("none")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        assert "no choice meets everything" in words(app)
        app.view_model.report["status"]["state"] = "no-answer-yet"
        app._say_state()
        await pilot.pause()
        assert "no choice found in the time allowed" in words(app)


async def test_switch_to_another_scenario_and_back(opening: Opening) -> None:
    app = opening("aid-agency", "shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("s", "down", "enter")
        await until(
            pilot,
            lambda: "Scaling up quality improvement" in words(app) and app.view_model is not None,
        )
        await pilot.press("s", "up", "enter")
        await until(pilot, lambda: "Village Union" in words(app))


async def test_one_scenario_offers_no_switch(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "Switch scenario" not in words(app)


async def test_names_are_shown_literally_everywhere(opening: Opening, folder: Path) -> None:
    name = "[b]Bold[/b] & <i>"
    path = folder / "aid-agency.yaml"
    path.write_text(
        path.read_text()
        .replace("Village Union", f'"{name}"')
        .replace("Safe water", f'"{name} water"')
    )
    app = opening("aid-agency", "shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert name in words(app)
        assert f"{name} water" in words(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))
        assert words(app).count(name) >= 2
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EvidenceView))
        assert name in words(app)
        await pilot.press("ctrl+p", *"water")
        await until(pilot, lambda: f"Programme: {name} water" in words(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))


async def test_help_explains_the_view_without_a_solvers_words(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("?")
        await pilot.pause()
        shown = words(app)
        assert "What am I approving?" in shown
        assert "Value runs from 0" in shown
        assert not {"optimal", "solver", "constraint", "objective"} & set(shown.lower().split())
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RecommendationView)


async def test_copy_the_table_with_the_mark_that_its_figures_are_made_up(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await pilot.pause()
        copied = app.clipboard
        assert app.view_model is not None
        assert app.view_model.title in copied.splitlines()[0]
        assert "ILLUSTRATIVE" in copied.splitlines()[0]
        for row in app.view_model.approvals:
            assert row["programme"] in copied
            assert row["partners"][0] in copied


async def test_light_and_dark(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        before = words(app)
        app.action_shade()
        await pilot.pause()
        assert app.theme == "light"
        assert words(app) == before
