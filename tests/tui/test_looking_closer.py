"""Views 2, 4 and 6: what people sit down to find out in front of them, against the rows."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from partnerselect import files, rows
from partnerselect.analysis import (
    Analysis,
    agreement,
    analyse,
    turning_points,
    why_not,
    with_choices,
)
from partnerselect.rows import explain, instead_words
from partnerselect.rows.choices import choice_words, pair_rows, regret_words
from partnerselect.rows.plain import rounded
from partnerselect.rows.robustness import headlines, interval_rows, robustness_json, standing_rows
from partnerselect.rows.sensitivity import line_rows, margin_rows
from partnerselect.tables.people import group_ranks_table
from partnerselect.tables.ranking import gap_table, standings_table
from partnerselect.tui import jobs, refinement
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.comparing import WORKING
from partnerselect.tui.charts.robustness import SEEKING
from partnerselect.tui.charts.sheet import section_of
from partnerselect.tui.screens import compare
from partnerselect.tui.screens.compare import CompareView, PickList, PickScreen
from partnerselect.tui.screens.people import PeopleView
from partnerselect.tui.screens.programme import EvidenceView, ProgrammeView
from partnerselect.tui.screens.robustness import RobustnessView, study
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words.wording import share
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

SMALL, WIDE, LARGE = (80, 24), (120, 40), (200, 60)
FEWER = {"analysis.samples": 500, "analysis.choice-samples": 0}
"""Draws: what is tested here does not hang on their number."""


@pytest.fixture(scope="module")
def shipped() -> Analysis:
    scenario = files.load(Path(__file__).parents[2] / "scenarios" / "shsc-2021.yaml").scenario
    return analyse(scenario.with_changes(FEWER))


@pytest.fixture
def shown(folder: Path, shipped: Analysis, monkeypatch: pytest.MonkeyPatch) -> PartnerselectApp:
    """Return the screens on the shipped scenario, which is worked out once for all tests here."""
    monkeypatch.setattr(
        jobs, "_view_model", lambda file, _: ViewModel(shipped, (file.path,)).drawn()
    )
    return PartnerselectApp([folder / "shsc-2021.yaml"])


def page(app: PartnerselectApp) -> str:
    """Return all of the page, also what is out of sight, on one line."""
    return " ".join(app.screen.query_one("#page", SheetView).text.split())


def has(app: PartnerselectApp, view: type, text: str) -> bool:
    return isinstance(app.screen, view) and bool(app.screen.query("#page")) and text in page(app)


# ── Why this partner and not that one? ──


async def test_find_why_the_runner_up_lost(shown: PartnerselectApp, shipped: Analysis) -> None:
    compared = explain.partner_comparison(shipped, "qms-foundation")
    assert compared is not None
    wished = why_not(shipped, "qms-foundation", compared.why_not)
    price = instead_words(shipped.scenario, wished)
    assert price in explain.price(compared, wished)
    async with shown.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await until(pilot, lambda: has(shown, CompareView, price))
        text = page(shown)
        for sentence in (
            *explain.immediate_summary(compared),
            *explain.speaking_for(compared),
            *explain.turning_points_words(compared),
        ):
            assert sentence in text
        order = [row["title"] for row in explain.gap_rows(compared)]
        after = text[text.index("Where the difference comes from") :]
        assert [after.index(title) for title in order] == sorted(
            after.index(title) for title in order
        )
        for row in explain.gap_rows(compared):
            for side in (row["why"], row["why_not"]):
                assert side["score"] in text
                assert side["evidence"] in text
                assert f"{side['contribution']:.1f}" in text


async def test_what_choosing_another_would_cost_is_worked_out_aside(
    shown: PartnerselectApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = True

    def slow(*_: Any, **__: Any) -> str:
        while waiting:
            time.sleep(0.01)
        return "It would cost the moon."

    monkeypatch.setattr(compare, "_price", slow)
    async with shown.run_test(size=LARGE) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await until(pilot, lambda: has(shown, CompareView, WORKING))
        await pilot.press("tab", "tab")
        assert section_of(str(shown.screen.query_one("#page", SheetView).key)).startswith(
            "against-"
        )
        waiting = False
        await until(pilot, lambda: has(shown, CompareView, "It would cost the moon."))


async def test_hold_a_partner_of_the_ranking_against_the_one_chosen(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    fourth = next(
        row
        for row in rows.ranking_rows(shipped)
        if row["programme"] == "qms-foundation" and row["rank"] == 4
    )
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(shown.screen, ProgrammeView))
        await pilot.press("down", "down", "down")
        await pilot.press("2")
        await until(
            pilot,
            lambda: has(
                shown,
                CompareView,
                f"And if it were {shipped.scenario.partners[fourth['partner']].title}?",
            ),
        )


async def test_pick_three_partners_and_turn_them_round(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    ranked = [
        row["partner"] for row in rows.ranking_rows(shipped) if row["programme"] == "qms-foundation"
    ]
    titles = {name: partner.title for name, partner in shipped.scenario.partners.items()}
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("2", "p")
        await until(pilot, lambda: isinstance(shown.screen, PickScreen))
        await pilot.press("down", "space", "enter")
        await until(pilot, lambda: has(shown, CompareView, f"And if it were {titles[ranked[1]]}?"))
        assert f"And if it were {titles[ranked[2]]}?" in page(shown)
        before = page(shown).index(titles[ranked[0]]), page(shown).index(titles[ranked[2]])
        await pilot.press("f")
        await until(pilot, lambda: has(shown, CompareView, f"And if it were {titles[ranked[0]]}?"))
        after = page(shown).index(titles[ranked[0]]), page(shown).index(titles[ranked[2]])
        assert before[0] < before[1]
        assert after[1] < after[0]


async def test_fewer_than_two_cannot_be_compared_nor_more_than_four(
    shown: PartnerselectApp,
) -> None:
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("2", "p")
        await until(pilot, lambda: isinstance(shown.screen, PickScreen))
        screen = shown.screen
        assert isinstance(screen, PickScreen)
        marks = screen.query_one(PickList)
        for _ in range(9):
            await pilot.press("space", "down")
            assert len(marks.selected) <= 4
        marks.deselect_all()
        await pilot.press("enter")
        assert isinstance(shown.screen, PickScreen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(shown.screen, CompareView))


async def test_read_in_full_what_stands_behind_a_score(shown: PartnerselectApp) -> None:
    async with shown.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("2")
        await until(pilot, lambda: has(shown, CompareView, "Where the difference comes from"))
        await pilot.press("tab", "down", "enter")
        await until(pilot, lambda: isinstance(shown.screen, EvidenceView))
        assert "East London NHS Foundation Trust" in words(shown)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(shown.screen, CompareView))


# ── How sure are we? ──


async def test_find_which_weight_would_turn_it(shown: PartnerselectApp, shipped: Analysis) -> None:
    async with shown.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await until(pilot, lambda: has(shown, RobustnessView, "How far each weight can move"))
        for row in interval_rows(shipped, "qms-foundation"):
            if row["below"] and row["whole_low"] > 0.01:
                assert (
                    f"below {share(row['whole_low'])}:"
                    f" {shipped.scenario.partners[row['below']].title}" in page(shown)
                )
        nearest = next(
            told for told in turning_points(shipped, "qms-foundation") if told.flip.kind == "weight"
        )
        assert headlines(turning_points(shipped, "qms-foundation"))[0] == nearest.words
        await pilot.press("tab", "tab")
        assert nearest.words in " ".join(words(shown).split())


async def test_every_row_of_the_study_is_on_the_page(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    async with shown.run_test(size=LARGE) as pilot:
        await settled(pilot)
        await pilot.press("4", "right", "right")
        await until(
            pilot,
            lambda: (
                has(shown, RobustnessView, "3 of 9")
                or has(shown, RobustnessView, "Everything that would change the leader")
            ),
        )
        await until(
            pilot,
            lambda: (
                "3 of 9" in words(shown)
                and has(shown, RobustnessView, "Everything that would change the leader")
            ),
        )
        text = page(shown)
        for told in turning_points(shipped, "regulator-groups"):
            assert told.words in text
        for row in standing_rows(shipped, "regulator-groups"):
            line = text[text.index(shipped.scenario.partners[row["partner"]].title) :]
            for part in row["ranks"] or ():
                assert (
                    part == 0
                    or share(part).replace("under 1%", "<1%").replace("over 99%", ">99%") in line
                )
        for row in margin_rows(shipped, "regulator-groups"):
            assert f"{row['low']['margin']:+.1f}".replace("-", "−") in text
            assert f"{row['high']['margin']:+.1f}".replace("-", "−") in text
        assert row["high"]["at"] in text


async def test_look_at_the_lines_behind_a_weight_and_close_them_again(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    turned = next(
        row for row in line_rows(shipped, "qms-foundation") if row["criterion"] == "shared-values"
    )
    (change,) = (found for found in turned["crossings"] if found["first"])
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await until(pilot, lambda: has(shown, RobustnessView, "How far each weight can move"))
        assert "given 21%" not in page(shown)
        view = shown.screen.query_one("#page", SheetView)
        view.mark("weights:shared-values/nhsei-icbd")
        await pilot.press("enter")
        await until(pilot, lambda: "given 21%" in page(shown))
        assert f"◆ first place: a → b at {100 * change['whole']:.1f}%" in words(shown)
        await pilot.press("enter")
        await until(pilot, lambda: "given 21%" not in page(shown))
        assert "◆ first place" not in page(shown)


async def test_without_draws_the_weights_are_still_told(folder: Path) -> None:
    app = PartnerselectApp([folder / "aid-agency.yaml"], changes={"analysis.samples": 0})
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await until(pilot, lambda: has(app, RobustnessView, "How far each weight can move"))
        assert "Who takes which place" not in page(app)


async def test_see_whether_the_same_would_be_chosen_again(folder: Path) -> None:
    changes = {"analysis.samples": 200}
    found = with_choices(
        analyse(files.load(folder / "aid-agency.yaml").scenario.with_changes(changes))
    )
    app = PartnerselectApp([folder / "aid-agency.yaml"], changes=changes)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("4", "right")
        await until(
            pilot,
            lambda: (
                "2 of 3" in words(app)
                and has(app, RobustnessView, f"as a whole: {choice_words(found, 'dry-homes')}")
            ),
        )
        text = page(app)
        for sentence in regret_words(found):
            assert sentence in text
        again = text[text.index("as a whole:") :]
        for row in pair_rows(found):
            if row["programme"] == "Dry homes":
                assert again.index(row["partner"]) < again.index(
                    share(row["share"]), again.index(row["partner"])
                )


async def test_the_choice_of_every_draw_can_be_given_up_and_taken_up_again(
    shown: PartnerselectApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = True

    def slow(view_model: ViewModel) -> ViewModel:
        while waiting and not view_model.analysis.allocator.watch.is_stopped:
            time.sleep(0.01)
        return view_model

    monkeypatch.setattr(refinement, "counted", slow)
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await until(pilot, lambda: has(shown, RobustnessView, SEEKING))
        await pilot.press("right")
        await until(
            pilot,
            lambda: (
                "2 of 9" in words(shown)
                and has(shown, RobustnessView, "How far each weight can move")
            ),
        )
        await pilot.press("full_stop")
        await until(pilot, lambda: has(shown, RobustnessView, "Stopped"))
        assert "How far each weight can move" in page(shown)
        waiting = False
        await pilot.press("4")
        await until(pilot, lambda: "Stopped" not in page(shown) and SEEKING not in page(shown))


# ── Who disagrees? ──


async def test_find_who_disagrees_with_the_board(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    told = agreement(shipped)
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("6")
        await until(pilot, lambda: has(shown, PeopleView, "In every programme"))
        text = page(shown)
        mine = [
            row for row in rows.group_rows(shipped, told) if row["programme"] == "qms-foundation"
        ]
        for row in mine:
            line = next(
                line
                for line in shown.screen.query_one("#page", SheetView).sheet.text.splitlines()
                if row["title"][:40] in line
            )
            places = [
                int(part)
                for part in line.replace("●", "").replace("◇", "").split()[-8:]
                if part.isdigit()
            ]
            assert places[-4:] == [row["rank"], *row["ranks"].values()]
        assert rows.agreement_rows(shipped, told)[0]["words"] in text
        for row in rows.difference_rows(shipped, told):
            assert f"{100 * row['gap']:.0f} percentage points apart" in text
            assert share(row["most_whole"]) in text


async def test_go_to_the_programme_on_which_most_is_disputed(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    last = list(shipped.scenario.programmes.values())[-1].title
    async with shown.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("6")
        await until(pilot, lambda: has(shown, PeopleView, "In every programme"))
        await pilot.press("shift+tab", "end", "enter")
        await until(pilot, lambda: f"{last}  ◂ 9 of 9 ▸" in words(shown))
        await pilot.press("right")
        await until(pilot, lambda: "1 of 9" in words(shown))


async def test_a_scenario_without_groups_says_what_to_write_and_follows(
    opening: Opening, folder: Path
) -> None:
    path = folder / "aid-agency.yaml"
    app = opening("aid-agency")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("6")
        await until(pilot, lambda: has(app, PeopleView, "stakeholders:"))
        text = app.screen.query_one("#page", SheetView).text
        shown = [line[2:] for line in text.splitlines() if line.startswith("  ")]
        assert set(yaml.safe_load("\n".join(shown))["stakeholders"]) == {"board", "carers"}
        path.write_text("\n".join([path.read_text(), *shown]) + "\n")
        await until(pilot, lambda: has(app, PeopleView, "How each group ranks the partners"))


# ── From one view to another ──


async def test_the_programme_under_the_cursor_is_the_one_looked_at_next(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    titles = [programme.title for programme in shipped.scenario.programmes.values()]
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        table = shown.screen.query_one("#programmes", SheetView)
        table.mark("culture")
        await pilot.press("4")
        await until(pilot, lambda: f"{titles[6]}  ◂ 7 of 9 ▸" in words(shown))
        await pilot.press("left", "6")
        await until(
            pilot,
            lambda: (
                f"{titles[5]}  ◂ 6 of 9 ▸" in words(shown) and isinstance(shown.screen, PeopleView)
            ),
        )
        await pilot.press("1")
        await until(
            pilot,
            lambda: shown.screen.query("#programmes").first(SheetView).key == "transformation",
        )
        await pilot.press("4")
        await until(
            pilot,
            lambda: (
                f"{titles[5]}  ◂ 6 of 9 ▸" in words(shown)
                and isinstance(shown.screen, RobustnessView)
            ),
        )


async def test_names_are_shown_literally(folder: Path) -> None:
    name = "[b]Bold[/b] & <i>"
    path = folder / "aid-agency.yaml"
    groups = (
        "\nstakeholders:\n  board: {title: '[i]Board[/i]', weights: {method: direct, points:"
        " {reach: 1, trust: 1, cost: 1}}}\n"
    )
    path.write_text(
        path.read_text()
        .replace("Village Union", f'"{name}"')
        .replace("Safe water", f'"{name} water"')
        + groups
    )
    app = PartnerselectApp([path], changes={"analysis.samples": 50})
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for key in ("2", "4", "6"):
            await pilot.press(key)
            await until(
                pilot,
                lambda: (
                    bool(app.screen.query("#page"))
                    and name in page(app)
                    and f"{name} water" in words(app)
                ),
            )
        assert "[i]Board[/i]" in page(app)


async def test_what_is_taken_away_is_the_table_that_the_command_line_prints(
    shown: PartnerselectApp, shipped: Analysis
) -> None:
    compared = explain.partner_comparison(shipped, "qms-foundation")
    assert compared is not None
    wanted = {
        "2": gap_table(compared),
        "4": standings_table(shipped, "qms-foundation"),
        "6": group_ranks_table(shipped, agreement(shipped), "qms-foundation"),
    }
    async with shown.run_test(size=WIDE) as pilot:
        await settled(pilot)
        for key, table in wanted.items():
            await pilot.press(key)
            await pilot.pause()
            screen = shown.screen
            assert isinstance(screen, View)
            assert shown.view_model is not None
            assert screen.table(shown.view_model) == table


def test_lines_and_swings_on_the_screen_are_those_that_the_command_line_prints(
    shipped: Analysis,
) -> None:
    for told in json.loads(json.dumps(robustness_json(shipped)))["programmes"]:
        shown = study(shipped, told["programme"])
        assert told["lines"]
        assert told["lines"] == rounded(list(shown.lines.values()))
        assert told["swings"] == rounded(list(shown.margins))


async def test_a_screen_that_is_left_twice_takes_nothing_else_away(
    shown: PartnerselectApp,
) -> None:
    """As where escape is pressed while its programme goes out of the file."""
    async with shown.run_test(size=SMALL) as pilot:
        await settled(pilot)
        first = shown.screen
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(shown.screen, ProgrammeView))
        left = shown.screen
        for _ in range(3):
            shown.leave(left)
        await settled(pilot)
        assert shown.screen is first
