"""Who disagrees, in rows and in words."""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect import rows
from partnerselect.analysis import Analysis, agreement, analyse
from partnerselect.model.scenario import Scenario
from partnerselect.rows import Row
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

LEAF = {"title": "A criterion", "weight": 1, "scale": {"worst": 0, "best": 100}}


def group(title: str, voice: float = 1, **points: float) -> Data:
    return {"title": title, "voice": voice, "weights": {"method": "direct", "points": points}}


OPPOSED = {
    "carers": group("Carers", care=1, price=0),
    "payers": group("Payers", 3, care=0, price=1),
}


def analysed(scores: dict[str, tuple[float, float]], groups: Data, **rest: Any) -> Analysis:
    criteria = {"care": {**LEAF, "title": "Care"}, "price": {**LEAF, "title": "Price"}}
    partners = {
        name: {**partner(0), "title": name.title(), "scores": {"care": care, "price": price}}
        for name, (care, price) in scores.items()
    }
    data = scenario(
        partners,
        {"main": programme()},
        criteria={"title": "Criteria", "criteria": criteria},
        stakeholders=groups,
        **rest,
    )
    return analyse(Scenario.from_data(data))


def told(analysis: Analysis) -> Row:
    (row,) = rows.agreement_rows(analysis, agreement(analysis))
    return row


def test_groups_by_partners_shows_every_groups_rank_and_value_beside_ours() -> None:
    analysis = analysed({"caring": (100, 0), "even": (60, 60)}, OPPOSED)
    found = rows.group_rows(analysis, agreement(analysis))
    assert found == [
        {
            "programme": "main",
            "partner": "even",
            "title": "Even",
            "rank": 1,
            "chosen": True,
            "ranks": {"carers": 2, "payers": 1},
            "values": {"carers": 60.0, "payers": 60.0},
        },
        {
            "programme": "main",
            "partner": "caring",
            "title": "Caring",
            "rank": 2,
            "chosen": False,
            "ranks": {"carers": 1, "payers": 2},
            "values": {"carers": 100.0, "payers": 0.0},
        },
    ]


def test_who_cannot_be_chosen_is_not_ranked_by_groups() -> None:
    analysis = analysed(
        {"caring": (100, 0), "even": (60, 60)},
        OPPOSED,
        rules={"barred": {"forbid": {"main": "caring"}}},
    )
    assert [row["partner"] for row in rows.group_rows(analysis, agreement(analysis))] == ["even"]


def test_a_difference_names_the_groups_by_title_and_the_shares() -> None:
    analysis = analysed(
        {"one": (1, 1)},
        {"a": group("Carers", care=3, price=1), "b": group("Payers", care=1, price=4)},
    )
    found = rows.difference_rows(analysis, agreement(analysis))
    assert found[0]["words"] == "Care: 75% of the whole with Carers, 20% with Payers."
    assert found[0]["gap"] == pytest.approx(0.55)


def test_a_difference_within_a_branch_says_both_shares() -> None:
    criteria = {
        "people": {
            "title": "People",
            "weight": 1,
            "criteria": {"staff": {**LEAF, "title": "Staff"}, "patients": LEAF},
        },
        "price": LEAF,
    }
    within = {"people": {"method": "direct", "points": {"staff": 3, "patients": 1}}}
    groups = {
        "a": group("Carers", people=1, price=0),
        "b": {
            "title": "Payers",
            "weights": {**group("", people=1, price=3)["weights"], "branches": within},
        },
    }
    partners = {
        "one": {**partner(0), "scores": {"people.staff": 1, "people.patients": 1, "price": 1}}
    }
    data = scenario(
        partners,
        {"main": programme()},
        criteria={"title": "Criteria", "criteria": criteria},
        stakeholders=groups,
    )
    analysis = analyse(Scenario.from_data(data))
    words = {
        row["criterion"]: row["words"]
        for row in rows.difference_rows(analysis, agreement(analysis))
    }
    assert (
        words["people.staff"]
        == "Staff: 50% of the whole with Carers, 19% with Payers (50% and 75% of People)."
    )


def test_unanimous_groups_are_said_to_be_so() -> None:
    row = told(analysed({"best": (90, 90), "worst": (10, 10)}, OPPOSED))
    assert (
        row["words"]
        == "Every group puts Best first. On the order of all partners the groups agree almost"
        " wholly: 1.00, from 0 (no common order) to 1 (the same order), known as Kendall's W."
    )
    assert (row["w"], row["common_ground"], row["satisfied"]) == (1.0, "best", ["carers", "payers"])


def test_where_groups_differ_the_firsts_the_common_ground_and_the_greatest_loss_are_named() -> None:
    words = told(analysed({"caring": (64, 0), "cheap": (0, 62), "even": (60, 60)}, OPPOSED))[
        "words"
    ]
    assert (
        words
        == "Put first: Caring by Carers; Cheap by Payers. On the order of all partners the groups"
        " hardly agree: 0.00, from 0 (no common order) to 1 (the same order), known as Kendall's"
        " W. Even is first or within 5 points of first for 2 of 2 groups, 100% of the votes;"
        " Carers would give up most: 4.0 points."
    )


def test_where_nobody_is_near_for_most_voices_that_is_said_first() -> None:
    groups = {"a": group("Carers", care=1, price=0), "b": group("Payers", care=0, price=1)}
    words = told(analysed({"caring": (90, 0), "cheap": (0, 80)}, groups))["words"]
    assert (
        "No partner is near the first of most votes. Caring is first or within 5 points of first"
        " for 1 of 2 groups, 50% of the votes" in words
    )
    assert words.endswith("Payers would give up most: 80.0 points.")


def test_a_group_alone_is_not_said_to_agree_with_anyone() -> None:
    assert (
        told(
            analysed({"caring": (90, 0), "cheap": (0, 80)}, {"a": group("Carers", care=1, price=0)})
        )["words"]
        == "Put first: Caring by Carers."
    )


def test_where_nobody_is_eligible_there_is_nothing_to_agree_on() -> None:
    row = told(analysed({"only": (90, 0)}, OPPOSED, rules={"barred": {"forbid": {"main": "only"}}}))
    assert (row["common_ground"], row["w"]) == (None, None)
    assert row["words"] == "No partner is eligible, so there is nothing to agree on."
