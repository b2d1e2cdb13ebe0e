"""Stakeholder groups: their rankings, where their weights differ, how far they agree, whom most could accept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from partnerselect.errors import InputError
from partnerselect.model.scenario import Scenario
from partnerselect.value.agreement import Agreement, concordance, stakeholder_agreement
from partnerselect.value.performance import performance_table
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

WIDE = {"worst": 0, "best": 100}


def leaf(weight: float = 1) -> Data:
    return {"title": "A criterion", "weight": weight, "scale": WIDE}


TWO = {"care": leaf(), "price": leaf()}


def group(voice: float = 1, **points: float) -> Data:
    return {"title": "A group", "voice": voice, "weights": {"method": "direct", "points": points}}


def choice(scores: dict[str, tuple[float, float]], groups: Data, **rest: Any) -> Data:
    """Return a scenario of one programme and two criteria, partners by what they score on each."""
    partners = {
        name: {**partner(0), "scores": {"care": care, "price": price}}
        for name, (care, price) in scores.items()
    }
    return scenario(
        partners,
        {"main": programme()},
        **{"criteria": {"title": "Criteria", "criteria": TWO}, "stakeholders": groups, **rest},
    )


def found(data: Data) -> Agreement:
    stated = Scenario.from_data(data)
    return stakeholder_agreement(stated, performance_table(stated))


OPPOSED = {"carers": group(care=1, price=0), "payers": group(care=0, price=1)}
ENDS = {"caring": (100.0, 0.0), "cheap": (0.0, 100.0), "middling": (40.0, 40.0)}


def test_every_group_ranks_by_its_own_weights() -> None:
    views = {view.group: view for view in found(choice(ENDS, OPPOSED)).groups}
    assert views["carers"].ranks.tolist() == [[1, 3, 2]]
    assert views["payers"].ranks.tolist() == [[3, 1, 2]]
    assert views["payers"].overall.tolist() == [[0, 100, 40]]


def test_a_programmes_own_weights_do_not_change_what_a_group_thinks() -> None:
    data = choice(ENDS, OPPOSED)
    plain = found(data)
    data["programmes"]["main"]["weights"] = {"method": "direct", "points": {"care": 9, "price": 1}}
    assert found(data).programmes == plain.programmes


def test_leaders_are_named_by_group_and_share_the_place_where_level() -> None:
    data = choice(
        {"one": (50, 50), "other": (50, 10)},
        {"carers": group(care=1, price=0), "both": group(care=1, price=1)},
    )
    assert found(data).programmes[0].leaders == {"carers": ("one", "other"), "both": ("one",)}


def test_differences_name_the_two_groups_furthest_apart_with_local_and_whole_share() -> None:
    """Carers give people 3/4, shared 1 : 2; payers 1/4, half and half; boards lie between."""
    criteria = {
        "people": {
            "title": "People",
            "weight": 1,
            "criteria": {"staff": leaf(), "patients": leaf()},
        },
        "money": leaf(),
    }
    groups = {
        "carers": {
            "title": "Carers",
            "weights": {
                "method": "direct",
                "points": {"people": 3, "money": 1},
                "branches": {"people": {"method": "direct", "points": {"staff": 1, "patients": 2}}},
            },
        },
        "boards": group(people=3, money=2),
        "payers": group(people=1, money=3),
    }
    partners = {
        name: {**partner(0), "scores": {"people.staff": 1, "people.patients": 2, "money": 3}}
        for name in ("a", "b")
    }
    told = found(
        scenario(
            partners,
            {"main": programme()},
            criteria={"title": "Criteria", "criteria": criteria},
            stakeholders=groups,
        )
    ).differences
    assert [(one.criterion, one.groups) for one in told] == [
        ("money", ("carers", "payers")),
        ("people", ("payers", "carers")),
        ("people.patients", ("payers", "carers")),
        ("people.staff", ("payers", "boards")),
    ]
    patients = told[2]
    assert patients.whole == pytest.approx((1 / 8, 1 / 2))
    assert patients.local == pytest.approx((1 / 2, 2 / 3))
    assert patients.gap == pytest.approx(3 / 8)


def test_a_branch_that_a_group_gives_no_weight_has_no_local_share_for_it() -> None:
    criteria = {
        "people": {
            "title": "People",
            "weight": 1,
            "criteria": {"staff": leaf(), "patients": leaf()},
        },
        "money": leaf(),
    }
    groups = {"carers": group(people=1, money=1), "payers": group(people=0, money=1)}
    partners = {
        name: {**partner(0), "scores": {"people.staff": 1, "people.patients": 2, "money": 3}}
        for name in ("a", "b")
    }
    told = found(
        scenario(
            partners,
            {"main": programme()},
            criteria={"title": "Criteria", "criteria": criteria},
            stakeholders=groups,
        )
    ).differences
    assert {one.criterion: one.local for one in told}["people.staff"] == (None, 0.5)


def test_nobody_can_differ_on_an_only_child() -> None:
    criteria = {
        "people": {"title": "People", "weight": 1, "criteria": {"staff": leaf()}},
        "money": leaf(),
    }
    partners = {
        name: {**partner(0), "scores": {"people.staff": 1, "money": 3}} for name in ("a", "b")
    }
    groups = {"carers": group(people=3, money=1), "payers": group(people=1, money=3)}
    told = found(
        scenario(
            partners,
            {"main": programme()},
            criteria={"title": "Criteria", "criteria": criteria},
            stakeholders=groups,
        )
    ).differences
    assert [one.criterion for one in told] == ["money", "people"]


def test_groups_of_one_mind_agree_wholly_and_groups_of_opposite_minds_not_at_all() -> None:
    same = found(choice(ENDS, {"one": group(care=2, price=1), "two": group(care=3, price=1)}))
    assert same.programmes[0].concordance.w == pytest.approx(1)
    ends = {name: ENDS[name] for name in ("caring", "cheap")}
    assert found(choice(ends, OPPOSED)).programmes[0].concordance.w == pytest.approx(0)


def test_concordance_of_three_judges_worked_by_hand() -> None:
    """Rank sums 4, 6, 8 about a mean of 6: spread 8 of 9 · 24 / 12 = 18."""
    assert concordance(np.array([[1, 2, 3], [1, 3, 2], [2, 1, 3]])).w == pytest.approx(8 / 18)


def test_a_group_alone_agrees_with_itself() -> None:
    assert found(choice(ENDS, {"alone": group(care=1, price=2)})).programmes[
        0
    ].concordance.w == pytest.approx(1)


def test_concordance_has_a_reason_where_it_has_no_meaning() -> None:
    level = found(choice({"one": (50, 50), "other": (50, 50)}, OPPOSED)).programmes[0]
    assert (level.concordance.w, level.concordance.reason) == (
        None,
        "no group prefers any partner to another",
    )
    alone = found(choice({"one": (50, 50)}, OPPOSED)).programmes[0]
    assert alone.concordance.w is None
    assert "fewer than two partners" in alone.concordance.reason


def test_the_common_ground_is_near_the_first_of_both_rather_than_first_of_one() -> None:
    """4 points from each group's first; either first is 60 or more from the other's."""
    ground = (
        found(choice({"caring": (70, 0), "cheap": (0, 64), "middling": (66, 60)}, OPPOSED))
        .programmes[0]
        .common_ground
    )
    assert ground is not None
    assert (ground.partner, ground.satisfied, ground.voices) == (
        "middling",
        ("carers", "payers"),
        1.0,
    )
    assert (ground.greatest_loss, ground.least_satisfied) == (4.0, "carers")


@pytest.mark.parametrize(("short", "satisfied"), [(5.0, True), (5.01, False)])
def test_five_points_from_the_first_is_near_and_more_is_not(
    short: float, *, satisfied: bool
) -> None:
    """`second` lies so far below the first of the payers; for the carers it is the first."""
    ground = found(
        choice(
            {"first": (0, 90), "second": (80, 90 - short)},
            {"carers": group(2, care=1, price=0), "payers": group(1, care=0, price=1)},
        )
    )
    common = ground.programmes[0].common_ground
    assert common is not None
    assert common.partner == "second"
    assert ("payers" in common.satisfied) is satisfied


def test_voices_decide_not_the_number_of_groups() -> None:
    groups = {
        "board": group(3, care=1, price=0),
        "one": group(1, care=0, price=1),
        "two": group(1, care=0, price=1),
    }
    common = (
        found(choice({"caring": (100, 0), "cheap": (0, 100)}, groups)).programmes[0].common_ground
    )
    assert common is not None
    assert (common.partner, common.satisfied, common.voices, common.greatest_loss) == (
        "caring",
        ("board",),
        0.6,
        100.0,
    )


def test_of_two_that_all_can_accept_the_one_more_put_first_is_named_then_the_one_that_costs_nobody_much() -> (
    None
):
    groups = {"carers": group(2, care=1, price=0), "payers": group(1, care=0, price=1)}
    by_first = (
        found(choice({"caring": (70, 66), "cheap": (68, 70)}, groups)).programmes[0].common_ground
    )
    assert by_first is not None
    assert by_first.partner == "caring"
    by_loss = (
        found(choice({"a": (0, 70), "b": (70, 0), "z-four": (66, 66), "y-three": (67, 67)}, groups))
        .programmes[0]
        .common_ground
    )
    assert by_loss is not None
    assert (by_loss.partner, by_loss.greatest_loss) == ("y-three", 3.0)


def test_nobody_loses_where_all_put_the_same_first() -> None:
    common = (
        found(choice({"best": (90, 90), "worst": (10, 10)}, OPPOSED)).programmes[0].common_ground
    )
    assert common is not None
    assert (common.partner, common.greatest_loss, common.least_satisfied) == ("best", 0.0, None)


def test_a_partner_that_may_not_be_chosen_is_nobodys_leader_and_no_common_ground() -> None:
    data = choice({"best": (90, 90), "worst": (10, 10)}, OPPOSED)
    data["partners"]["best"]["excluded"] = "Withdrew"
    programme_found = found(data).programmes[0]
    assert programme_found.leaders == {"carers": ("worst",), "payers": ("worst",)}
    data["partners"]["worst"]["excluded"] = "Withdrew"
    nobody = found(data).programmes[0]
    assert (nobody.leaders, nobody.common_ground, nobody.concordance.w) == (
        {"carers": (), "payers": ()},
        None,
        None,
    )


def test_a_scenario_without_groups_has_nobody_to_disagree() -> None:
    assert found(choice(ENDS, {})) == Agreement((), (), ())


def test_a_group_whose_judgements_contradict_is_an_error_at_the_judgement() -> None:
    twice = {
        "title": "A group",
        "weights": {
            "method": "pairwise",
            "judgements": {"care over price": 3, "price over care": 3},
        },
    }
    with pytest.raises(InputError) as caught:
        found(choice(ENDS, {"carers": twice}))
    assert caught.value.problems[0].loc == (
        "stakeholders",
        "carers",
        "weights",
        "judgements",
        "price over care",
    )
