"""A paper for a plan: it recommends the plan, and says what that gives up, breaks, and is near."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("docx")

from click.testing import CliRunner

from partnerselect import files
from partnerselect.analysis import Analysis, analyse, analyse_unpriced, judge, with_choices
from partnerselect.cli import main
from partnerselect.model import Scenario
from partnerselect.report import Material, maker_of, markdown
from partnerselect.report.render.word import word
from partnerselect.rows import broken_row
from partnerselect.words import amount, points
from tests.oracle.plan_cases import mixed_of
from tests.oracle.scores import Data
from tests.unit.cli.test_plans import proposed
from tests.unit.report.books import book_of, table
from tests.unit.report.offices import OFFICE, page_count
from tests.unit.report.test_pages import MOST_PAGES, MOST_WORDS, first_page

SHIPPED = Path(__file__).parents[3] / "scenarios/shsc-2021.yaml"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
FEW = {"analysis.samples": 200, "analysis.choice-samples": 100}
WHY = "It asks little of our own money, and what it leaves open can be weighed again in January."


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    for_it = {**FEW, "paper.plan": "as-proposed", "plans.as-proposed.why": WHY}
    return with_choices(analyse(files.load(SHIPPED).scenario.with_changes(for_it)))


@pytest.fixture(scope="module")
def material(analysis: Analysis) -> Material:
    return Material(analysis)


@pytest.fixture(scope="module")
def told(material: Material) -> str:
    return markdown(material.paper)


def test_the_paper_of_the_best_choice_says_how_the_plans_stand_that_are_proposed() -> None:
    analysis = analyse_unpriced(files.load(SHIPPED).scenario.with_changes({"analysis.samples": 0}))
    written = markdown(Material(analysis).paper)
    (plan,) = judge(analysis).plans
    (line,) = (line for line in written.split("\n") if "Also judged: " in line)
    assert plan.value is not None
    assert f"worth {points(plan.value)}" in line
    assert f"It is not possible as written: {len(plan.broken)} limits or rules" in line


@pytest.mark.parametrize(
    ("plan", "label"),
    [
        ({"x": "elm", "y": "elm"}, "**Gives up:** 13.3 points less than the best choice"),
        # Both to Ash breaks its capacity, and is worth 80 where the best choice is worth 73.3.
        ({"x": "ash", "y": "ash"}, "**Against the best:** 6.7 points more than the best choice"),
        ({"x": "ash", "y": "elm"}, "**Against the best:** As much as the best choice"),
    ],
)
def test_only_a_plan_that_is_worth_less_gives_something_up(plan: Data, label: str) -> None:
    data = proposed(asked={"title": "As asked", "choose": plan})
    case = Scenario.from_data(data | {"paper": {"plan": "asked"}})
    assert label in markdown(Material(analyse_unpriced(case)).paper)


def test_it_says_what_the_plan_comes_to_gives_up_breaks_and_is_near(
    analysis: Analysis, told: str
) -> None:
    found = judge(analysis, ["as-proposed"])
    plan, best, currency = found.plans[0], found.best, analysis.scenario.currency
    assert best is not None
    assert plan.value is not None
    assert plan.own_cost is not None
    assert plan.nearest is not None
    assert plan.same_worth is not None
    assert points(best.value - plan.value) + " less than the best choice" in told
    for own in (plan.own_cost, plan.nearest.own_cost, plan.same_worth.own_cost):
        assert amount(own, currency) in told
    for one in plan.broken:
        assert str(broken_row(analysis.scenario, one)["sentence"]) in told
    assert WHY in told
    assert f"The plan costs {amount(plan.cost or 0.0, currency)}" in told


def test_what_it_recommends_programme_by_programme_is_the_plan(
    analysis: Analysis, told: str
) -> None:
    (plan,) = judge(analysis, ["as-proposed"]).plans
    titles = analysis.scenario.partner_titles
    rows = [re.split(r"\s*\|\s*", line) for line in told.splitlines() if line.startswith("| ")]
    shown = {row[1]: row[2] for row in reversed(rows)}
    for name, programme in analysis.scenario.programmes.items():
        partners = {titles[one.partner] for one in plan.choose if one.programme == name}
        named = set(shown[programme.title].split(" + ")) - {"deferred"}
        assert named == partners, name


def test_it_calls_nothing_recommended_but_the_plan(told: str) -> None:
    said = [one for one in told.splitlines() if re.search(r"recommended|Recommended", one)]
    of_the_plan = ("What is recommended,", "| Programme | Recommended", "The Board is recommended")
    of_the_others = ("what they call recommended", "Staff who would recommend")
    assert all(any(words in one for words in (*of_the_plan, *of_the_others)) for one in said), said


def test_it_is_no_longer_than_any_paper(material: Material, told: str, tmp_path: Path) -> None:
    assert len(told.split()) <= MOST_WORDS
    if OFFICE is not None:
        assert page_count(word(material.paper), tmp_path) <= MOST_PAGES
        assert page_count(word(first_page(material.paper)), tmp_path) == 1


def test_the_workbook_says_the_same(analysis: Analysis, told: str) -> None:
    book = book_of(analysis)
    (plan,) = judge(analysis, ["as-proposed"]).plans
    assert book.sheetnames[:3] == ["Plan", "Plan breaks", "Recommendation"]
    sentences = [row["What would have to give way"] for row in table(book, "Plan breaks")]
    assert sentences == [broken_row(analysis.scenario, one)["sentence"] for one in plan.broken]
    above = str(book["Plan"]["A2"].value)
    for line in told.splitlines():
        if line.startswith("- **"):
            label, words = line.removeprefix("- **").split(":** ")
            assert f"{label}: {words}" in above


def test_a_plan_that_breaks_nothing_is_said_to_be_possible_and_asks_for_no_other() -> None:
    same = {"title": "The same", "choose": {"x": "ash", "y": "elm"}}
    data = proposed(same=same) | {"paper": {"plan": "same"}}
    said = markdown(Material(analyse_unpriced(Scenario.from_data(data))).paper)
    assert "As much as the best choice, at the same cost" in said
    assert "to be written: why the plan might be accepted" in said
    assert "give way" not in said
    assert "nearest" not in said


def test_a_plan_at_another_level_than_the_best_choice_has_a_paper_that_says_so() -> None:
    dosed = {
        "title": "X",
        "importance": 2,
        "levels": {
            "small": {"title": "Small", "worth": "50%", "needs": {"work": 5}},
            "whole": {"title": "Whole", "worth": "100%", "needs": {"work": 10}},
        },
    }
    small = {"title": "Begin small", "choose": {"x": {"level": "small", "work": "ash"}, "y": "elm"}}
    data = proposed(small=small) | {"paper": {"plan": "small"}}
    del data["plans"]["both"]
    data["programmes"]["x"] = dosed
    said = markdown(Material(analyse_unpriced(Scenario.from_data(data))).paper)
    (row,) = (line for line in said.splitlines() if line.startswith("| X: Small "))
    assert "Ash (at Whole)" in row
    # 73.3 and 46.7, as shown
    assert row.rstrip(" |").endswith("−26.6")
    assert "26.6 points less than the best choice" in said


def _cases(count: int) -> Iterator[tuple[Scenario, str]]:
    for seed in range(count):
        case = mixed_of(seed)
        without = {**case, "analysis": {"samples": 0}}
        for plan in case["plans"]:
            yield Scenario.from_data({**without, "paper": {"plan": plan}}), plan


def test_every_plan_has_a_paper_possible_or_not_with_an_answer_or_without() -> None:
    seen = set()
    for scenario, name in _cases(8):
        found = analyse_unpriced(scenario)
        material = Material(found)
        (plan,) = judge(found, [name]).plans
        seen.add((found.allocation.chosen is None, plan.possible, plan.value is None))
        said = markdown(material.paper)
        assert plan.title in said
        assert maker_of(".xlsx")(material)
    assert {(False, True, False), (False, False, False)} <= seen


def test_the_command_names_the_plan_and_helps_with_a_typo(tmp_path: Path) -> None:
    paper, stated = tmp_path / "paper.md", tmp_path / "stated.yaml"
    stated.write_text(json.dumps(proposed()), encoding="utf-8")
    asked = ["paper", str(stated), "--out", str(paper), "--plan"]
    wrong = CliRunner().invoke(main, [*asked, "bath"])
    assert wrong.exit_code == 2
    assert 'no plan is called "bath"; did you mean "both"?' in wrong.output
    assert not paper.exists()
    assert CliRunner().invoke(main, [*asked, "Ash for both"]).exit_code == 0
    assert "Ash for both (proposed by The director)" in paper.read_text(encoding="utf-8")
