"""View 7: what other scenarios choose, beside what is chosen now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from partnerselect import files
from partnerselect.analysis import analyse, judge, with_and_without
from partnerselect.comparison import answer_of
from partnerselect.rows.other_scenarios import alternative_scenario_rows, other_scenario_row
from partnerselect.rows.plans import plan_scenario_rows
from partnerselect.tables import courses_table, plans_table
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.scenario_comparison import (
    DIFFERS,
    NO_ANSWER,
    PENDING,
    Matrix,
    told,
)
from partnerselect.tui.screens.plans import PlansView
from partnerselect.tui.screens.programme import ProgrammeView
from partnerselect.tui.widgets.sheet_view import MatrixView
from partnerselect.words.wording import amount
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words, worked_out

RELIEF = "extends: aid-agency.yaml\ntitle: Half the money\nlimits: {budget: 20000}\n"


@pytest.fixture
def two(folder: Path) -> Path:
    (folder / "half.yaml").write_text(RELIEF)
    return folder


async def test_see_who_would_be_chosen_with_half_the_money_and_open_that_scenario(
    opening: Opening, two: Path
) -> None:
    first, second = (
        analyse(files.load(two / f"{name}.yaml").scenario) for name in ("aid-agency", "half")
    )
    now, then = answer_of(first), answer_of(second)
    app = opening("aid-agency", "half")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7", "right")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, PlansView)
                and "working out" not in words(app)
                and "Half the money" in words(app)
            ),
        )
        assert second.allocation.account is not None
        await until(
            pilot,
            lambda: amount(float(second.allocation.account.own_cost), "CHF") in words(app),  # type: ignore[union-attr]
        )
        sheet = app.screen.query_one("#matrix", MatrixView).sheet
        differ = {
            name
            for name, programme in now.programmes.items()
            if programme.partners != then.programmes[name].partners
        }
        assert differ
        assert isinstance(app.screen, PlansView)
        start = app.screen._matrix.window(1, 76).starts()[1]
        for item in sheet.items:
            cell = item.lines[0].plain[start:]
            assert cell.startswith(DIFFERS) == (item.key in differ)
        await pilot.press("enter")
        await until(
            pilot,
            lambda: (
                app.session.current == 1
                and app.view_model is not None
                and app.view_model.title == "Half the money"
            ),
        )


async def test_the_first_column_leads_to_the_programme(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7", "enter")
        await until(pilot, lambda: isinstance(app.screen, ProgrammeView))


async def test_the_footer_says_what_the_column_looked_at_leads_to(opening: Opening) -> None:
    app = opening("tender", "aid-agency")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await worked_out(pilot)
        assert isinstance(app.screen, PlansView)
        told = ["Why this partner", "Open this scenario", "Judge the whole", "Try in What if"]
        seen = []
        for _ in app.screen._courses:
            foot = words(app).splitlines()[-1]
            seen += [one for one in told if one in foot]
            await pilot.press("right")
        assert list(dict.fromkeys(seen)) == told
        assert len(seen) == len(app.screen._courses)


async def test_a_file_that_cannot_be_read_is_a_column_that_says_so(
    opening: Opening, folder: Path
) -> None:
    (folder / "broken.yaml").write_text("format: [")
    app = opening("aid-agency", "broken")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("7", "right")
        await until(
            pilot, lambda: isinstance(app.screen, PlansView) and "working out" not in words(app)
        )
        assert "Traceback" not in words(app)
        assert "broken.yaml" in words(app)
        lines = [
            item.lines[0].plain for item in app.screen.query_one("#matrix", MatrixView).sheet.items
        ]
        assert all(NO_ANSWER in line and PENDING not in line for line in lines)


def test_turned_gates_are_columns_with_what_with_and_without_says(folder: Path) -> None:
    analysis = analyse(files.load(folder / "shsc-2021-tight-budget.yaml").scenario)
    found = with_and_without(analysis)
    for course, alternative in zip(alternative_scenario_rows(analysis, found), found, strict=True):
        assert course["value"] == alternative.value
        for name, (_, then) in alternative.changed.items():
            assert course["programmes"][name]["partners"] == [
                analysis.scenario.partners[partner].title for partner in then
            ]
        assert course["words"].endswith(".")


def test_values_measured_differently_are_not_subtracted(folder: Path) -> None:
    first, other = (
        analyse(files.load(folder / f"{name}.yaml").scenario)
        for name in ("shsc-2021", "shsc-2021-other-weights")
    )
    row = other_scenario_row(first, other)
    assert row["caution"]
    sheet = Matrix([other_scenario_row(first, first), row], full=False).sheet(1, 76)
    value = next(line.plain for line in sheet.foot if line.plain.startswith("Value"))
    assert f"~ {row['value']:.1f}" in value
    assert "(" not in value


def test_a_plan_that_is_not_possible_says_how_many_limits_it_breaks_and_what_it_is_worth_less(
    folder: Path,
) -> None:
    analysis = analyse(files.load(folder / "shsc-2021.yaml").scenario)
    judged = judge(analysis)
    assert len(judged.plans[0].broken) == 5
    courses = [other_scenario_row(analysis, analysis), *plan_scenario_rows(analysis, judged)]
    foot = {
        line.plain[:8].strip(): line.plain for line in Matrix(courses, full=True).sheet(1, 76).foot
    }
    assert "(−10.6)" in foot["Value"]
    assert "~" not in foot["Value"]
    assert foot["Possible"].split() == ["Possible", "yes", "✗", "no,", "breaks", "5"]
    said = [row for row in courses_table(analysis, courses).rows if row[0] == "Possible"]
    assert said == [("Possible", "yes", "no, breaks 5")]
    assert [row[1] for row in plans_table(analysis, judged).rows] == ["yes", "no, breaks 5"]


def course(title: str, programmes: int) -> dict[str, Any]:
    chosen = {
        str(n): {"title": f"Programme {n}", "partners": [f"Partner of {title}"], "differs": False}
        for n in range(programmes)
    }
    totals = {
        "value": 50.0,
        "gained": 0.0,
        "own_cost": 100.0,
        "currency": "GBP",
        "caution": "",
        "words": "",
    }
    return {"kind": "scenario", "title": title, "state": "optimal", "programmes": chosen, **totals}


@pytest.mark.parametrize("width", [36, 76, 116, 196])
@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_the_column_looked_at_and_the_first_are_always_in_sight_and_none_runs_over_the_edge(
    count: int, width: int
) -> None:
    courses = [course(f"Scenario number {n}", 4) for n in range(count)]
    matrix = Matrix(courses, full=True)
    for here in range(count):
        seen = matrix.window(here, width)
        assert seen.shown[0] == 0
        assert here in seen.shown
        lines = matrix.sheet(here, width)
        assert all(len(line) <= width for line in lines.text.splitlines())
        assert lines.text.count("▾") == 1
        hidden = count - len(seen.shown)
        told = [int(word) for word in lines.head[0].plain[: seen.name].split() if word.isdigit()]
        assert sum(told) == hidden


@pytest.mark.usefixtures("two")
async def test_a_click_on_a_cell_looks_at_its_column(opening: Opening) -> None:
    app = opening("aid-agency", "half")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7")
        await until(
            pilot, lambda: isinstance(app.screen, PlansView) and "Half the money" in words(app)
        )
        view = app.screen
        assert isinstance(view, PlansView)
        start = view._matrix.window(0, 76).starts()[1]
        await pilot.click("#matrix", offset=(start + 3, 3))
        await pilot.pause()
        assert view._here == 1


def test_what_is_cut_of_the_words_under_the_cursor_is_said_to_go_on() -> None:
    """Of what is turned the words name it themselves; a title of its own would take their room."""
    turned = course("Refused: the region agrees", 1) | {"kind": "gate", "words": "If " + "a " * 200}
    lines = told([course("Now", 1), turned], 1, None, 56, 5)
    assert len(lines) == 5
    assert lines[0].plain.startswith("If a a")
    assert lines[-1].plain.endswith("… more in a taller window")
    assert max(line.cell_length for line in lines) <= 56
    brief = turned | {"words": "If it were refused, the same partners would be chosen."}
    assert [one.plain for one in told([course("Now", 1), brief], 1, None, 56, 5)] == [
        brief["words"]
    ]


async def test_the_line_of_keys_says_where_a_column_leads_once_it_is_no_longer_awaited(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[object] = []
    ask = PlansView.ask

    def awaited(view: PlansView, name: object, question: Any) -> Any:
        return ask(view, name, question) if found or name != "courses: plans" else None

    monkeypatch.setattr(PlansView, "ask", awaited)
    app = PartnerselectApp([folder / "shsc-2021.yaml"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("7", "right")
        await until(pilot, lambda: "Try in What if" in words(app))
        found.append(True)
        view = app.screen
        assert isinstance(view, PlansView)
        view._draw_again()
        await until(pilot, lambda: "Judge the whole" in words(app))
