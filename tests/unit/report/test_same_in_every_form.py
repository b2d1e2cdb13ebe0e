"""What a table says it says in every form: list, paper and workbook."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from partnerselect.analysis import Analysis, analyse, with_choices
from partnerselect.model.scenario import Scenario
from partnerselect.report.formats import Material, maker_of
from partnerselect.report.paper.content import PaperContent
from partnerselect.tables import Table
from partnerselect.tables.people import weight_tables
from partnerselect.tables.recommendation import recommendation_table
from tests.unit.report.books import book_of, shipped, table
from tests.unit.report.papers import full

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
BRANCH_FIRST = """
format: 1
title: Order of criteria
criteria:
  title: c
  criteria:
    quality:
      title: Quality
      weight: 50
      criteria:
        staff: {title: Staff, weight: 50, scale: {worst: 0, best: 10}}
        record: {title: Record, weight: 50, scale: {worst: 0, best: 10}}
    price: {title: Price, weight: 50, scale: {worst: 10, best: 0}}
partners:
  a: {title: A, offers: [x], scores: {quality.staff: 5, quality.record: 6, price: 4}}
  b: {title: B, offers: [x], scores: {quality.staff: 4, quality.record: 7, price: 5}}
programmes:
  p: {title: P, needs: {x: 20}}
analysis: {samples: 50, choice-samples: 20}
"""


@pytest.fixture(scope="module")
def agency() -> Analysis:
    return with_choices(analyse(shipped("aid-agency")))


def named(content: PaperContent, name: str) -> Table:
    return next(one for one in content.blocks if isinstance(one, Table) and one.id == name)


def column(one: Table, key: str) -> list[str]:
    """Return the words of a column that are not empty."""
    i = [column.key for column in one.columns].index(key)
    return [words for row in one.rows if (words := one.columns[i].reading(row[i]))]


@pytest.mark.parametrize(("key", "heading"), [("recommended", "Recommended"), ("sure", "How sure")])
def test_list_paper_and_workbook_recommend_the_same_as_surely(
    key: str, heading: str, agency: Analysis
) -> None:
    listed = column(recommendation_table(agency), key)
    assert len(listed) == 3
    assert column(named(full(agency), "recommendation"), key) == listed
    assert [row[heading] for row in table(book_of(agency), "Recommendation")][:3] == listed


def test_a_workbook_says_how_sure_the_choice_is_whoever_asks_for_it_first() -> None:
    alone = Material(analyse(shipped("aid-agency")))
    paper = Material(analyse(shipped("aid-agency")))
    assert paper.full.blocks
    written = [maker_of(".xlsx")(material) for material in (alone, paper)]
    assert written[0] == written[1]
    assert "counting…" not in [
        row["How sure"] for row in table(book_of(alone.asked.analysis), "Recommendation")
    ]


def test_criteria_stand_below_their_branch_in_every_form() -> None:
    data: dict[str, Any] = yaml.safe_load(BRANCH_FIRST)
    analysis = analyse(Scenario.from_data(data))
    order = ["Quality", "Staff", "Record", "Price"]
    (weights,) = weight_tables(analysis, None)
    paper = named(full(analysis), "weights")
    book = [row["Criterion"] for row in table(book_of(analysis), "Weights")]
    for found in (column(weights, "title"), column(paper, "title"), book):
        assert [title.strip(" ·") for title in found] == order


def test_large_scores_are_written_in_full_in_every_form() -> None:
    data: dict[str, Any] = yaml.safe_load(BRANCH_FIRST)
    data["criteria"]["criteria"]["price"]["scale"] = {"worst": 3_000_000, "best": 1_999_999}
    for partner, price in (("a", 1_999_999), ("b", 2_345_678)):
        data["partners"][partner]["scores"]["price"] = price
    analysis = analyse(Scenario.from_data(data))
    assert "2,345,678" in column(named(full(analysis), "inputs"), "score")
    counted = [row["Counts as"] for row in table(book_of(analysis), "Scores")]
    assert 2_345_678 in counted
