"""A sweep over plans judges each beside the answer of its case."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from partnerselect.analysis import analyse_unpriced, judge
from partnerselect.batches import complete, engine
from partnerselect.files import load
from partnerselect.rows import broken_row
from tests.unit.batch.plans import planned, quiet, results, rows, write

PLANS = {
    "dear": {"title": "Oak for both", "choose": {"care": "oak", "safety": "oak"}},
    "cheap": {"title": "Elm for care", "choose": {"care": "elm"}, "rest": "deferred"},
}
BUDGETS = [100, 300, 500]


@pytest.fixture
def swept(tmp_path: Path) -> Path:
    """Write a scenario that sweeps plans and budgets, run it, and return its folder."""
    path = write(
        tmp_path / "plan.json", plans=PLANS, sweep={"plans": "each", "limits.budget": BUDGETS}
    )
    complete(planned(path), tmp_path / "out", engine(1), quiet, resume=False)
    return tmp_path / "out"


def test_each_row_says_what_judging_the_plan_of_its_case_says(swept: Path) -> None:
    scenario = load(swept.parent / "plan.json").scenario
    told = rows(swept, "summary")
    assert [(row["plans"], row["limits.budget"]) for row in told] == [
        (plan, str(budget)) for plan in PLANS for budget in BUDGETS
    ]
    for row in told:
        changed = scenario.with_change("limits.budget", int(row["limits.budget"]))
        analysis = analyse_unpriced(changed)
        (one,) = judge(analysis, [row["plans"]]).plans
        assert one.nearest is not None
        assert one.value is not None
        assert row["plan_possible"] == str(one.possible)
        assert float(row["plan_value"]) == pytest.approx(one.value)
        assert float(row["plan_own_cost"]) == one.own_cost
        assert int(row["plan_changes"]) == one.nearest.changes
        assert row["plan_breaks"] == " · ".join(
            broken_row(changed, broken)["sentence"] for broken in one.broken
        )
        assert analysis.allocation.account is not None
        assert float(row["value"]) == pytest.approx(analysis.allocation.account.value)


def test_money_makes_the_dear_plan_possible_and_nothing_else_is_said_to_break(swept: Path) -> None:
    dear = {row["limits.budget"]: row for row in rows(swept, "summary") if row["plans"] == "dear"}
    assert [dear[str(one)]["plan_possible"] for one in BUDGETS] == ["False", "False", "True"]
    assert dear["500"]["plan_breaks"] == ""
    assert "£300" in dear["300"]["plan_breaks"]


def test_which_plan_is_judged_drives_nothing_and_stands_in_the_workbook(swept: Path) -> None:
    assert {row["input"] for row in rows(swept, "drivers")} == {"limits.budget"}
    with pytest.warns(UserWarning, match="extension is not supported"):
        book = openpyxl.load_workbook(swept / "recommendations.xlsx")
    headings = [cell.value for row in book["Cases"].iter_rows() for cell in row]
    assert {"Plan possible", "What it breaks"} <= set(headings)


def test_the_page_says_how_each_plan_stands_over_its_cases(swept: Path) -> None:
    """Oak for both costs £400 too much with £100 and £300, and nothing with £500."""
    told = rows(swept, "summary")
    shown = {
        cells[1]: cells[2:]
        for line in (swept / "recommendations.md").read_text(encoding="utf-8").splitlines()
        if len(cells := [cell.strip() for cell in line.split("|")]) == 7
    }
    for plan in PLANS:
        title = str(PLANS[plan]["title"])
        mine = [row for row in told if row["plans"] == plan]
        possible = sum(row["plan_possible"] == "True" for row in mine)
        broken = sum(bool(row["plan_breaks"]) for row in mine)
        assert shown[title][0] == f"{possible} of {len(mine)}"
        assert f"(in {broken})" in shown[title][3] or not broken
        assert {f"{float(row['plan_value']):.1f}" for row in mine} == {shown[title][1]}
    assert shown["Oak for both"][0] == "1 of 3"


def test_a_plan_that_a_case_no_longer_has_is_said_nothing_of(tmp_path: Path) -> None:
    care = {"title": "Care", "needs": {"coaching": 10}, "today": "oak"}
    path = write(
        tmp_path / "plan.json",
        programmes={"care": care},
        sweep={"plans": "each", "programmes.care.today": ["oak", None]},
    )
    complete(planned(path), tmp_path / "out", engine(1), quiet, resume=False)
    told = rows(tmp_path / "out", "summary")
    assert [row["state"] for row in told] == ["optimal"] * 2
    assert [row["plan_possible"] for row in told] == ["True", ""]


def test_two_workers_write_the_same_bytes(swept: Path) -> None:
    path = swept.parent / "plan.json"
    complete(planned(path), swept.parent / "two", engine(2), quiet, resume=False)
    assert results(swept.parent / "two") == results(swept)
