"""Stability intervals of a scenario, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.model.scenario import Scenario
from partnerselect.robustness.partner_comparison import Interval, stability_intervals
from tests.unit.robustness.small import SCALE, compared, partner, scenario

BOLD, EVEN = partner(100, 0), partner(30, 80)


def intervals(made: Scenario, programme: str = "one") -> dict[str, Interval]:
    return {found.criterion: found for found in stability_intervals(compared(made, programme))}


def test_an_interval_ends_where_the_lines_of_two_partners_cross() -> None:
    # 100·a against 30·a + 80·(1 − a): level at a = 80/150.
    found = intervals(scenario({"bold": BOLD, "even": EVEN}))
    assert (found["reach"].low, found["reach"].share, found["reach"].high) == pytest.approx(
        (80 / 150, 0.6, 1.0)
    )
    assert (found["reach"].below, found["reach"].above) == ("even", None)
    assert (found["trust"].low, found["trust"].high) == pytest.approx((0.0, 70 / 150))
    assert found["trust"].above == "even"


def test_a_branch_moves_as_a_whole_and_its_leaves_among_themselves() -> None:
    criteria = {
        "title": "Tree",
        "criteria": {
            "reach": {"title": "Reach", "weight": 50, "scale": SCALE},
            "lasting": {
                "title": "Lasting",
                "weight": 50,
                "criteria": {
                    "skill": {"title": "Skill", "weight": 75, "scale": SCALE},
                    "record": {"title": "Record", "weight": 25, "scale": SCALE},
                },
            },
        },
    }
    scores = {"a": (60, 40, 40), "b": (40, 80, 0)}
    made = scenario(
        {
            name: {
                "title": name,
                "offers": ["help"],
                "scores": {"reach": reach, "lasting.skill": skill, "lasting.record": record},
            }
            for name, (reach, skill, record) in scores.items()
        },
        criteria=criteria,
    )
    found = intervals(made)
    # a: 50; b: 0.5·40 + 0.5·(0.75·80) = 50: tied, so a and b both have intervals; those of b
    # were put last.
    assert list(found) == ["reach", "lasting", "lasting.skill", "lasting.record"]
    skill = found["lasting.skill"]
    assert (skill.share, skill.whole) == pytest.approx((0.75, 0.375))
    assert (skill.low, skill.whole_low) == pytest.approx((0.75, 0.375))
    assert (skill.leader, skill.below, skill.high) == ("b", "a", 1.0)


def test_each_of_two_tied_leaders_has_intervals_that_meet_at_todays_share() -> None:
    made = scenario(
        {"one": partner(100, 0), "two": partner(0, 100), "third": partner(0, 0)}
    ).with_change("criteria.reach.weight", 40)
    found = stability_intervals(compared(made))
    by_leader = {(item.leader, item.criterion): (item.low, item.high) for item in found}
    assert by_leader["one", "reach"] == pytest.approx((0.5, 1.0))
    assert by_leader["two", "reach"] == pytest.approx((0.0, 0.5))


def test_an_only_child_has_no_interval() -> None:
    single: dict[str, Any] = {
        "title": "One",
        "criteria": {"reach": {"title": "Reach", "weight": 1, "scale": SCALE}},
    }
    made = scenario(
        {"a": {"title": "A", "offers": ["help"], "scores": {"reach": 3}}}, criteria=single
    )
    assert intervals(made) == {}


def test_a_programme_with_weights_of_its_own_is_measured_by_them() -> None:
    own = {
        "title": "One",
        "needs": {"help": 10},
        "weights": {"method": "direct", "points": {"reach": 90, "trust": 10}},
    }
    found = intervals(scenario({"bold": BOLD, "even": EVEN}, programmes={"one": own}))
    assert found["reach"].share == pytest.approx(0.9)


def test_a_criterion_below_a_branch_without_weight_keeps_the_shares_it_was_given() -> None:
    criteria = {
        "title": "Tree",
        "criteria": {
            "reach": {"title": "Reach", "weight": 1, "scale": SCALE},
            "lasting": {
                "title": "Lasting",
                "weight": 0,
                "criteria": {
                    "skill": {"title": "Skill", "weight": 30, "scale": SCALE},
                    "record": {"title": "Record", "weight": 10, "scale": SCALE},
                },
            },
        },
    }
    partners = {
        name: {
            "title": name,
            "offers": ["help"],
            "scores": {"reach": 50, "lasting.skill": skill, "lasting.record": 0},
        }
        for name, skill in (("a", 10), ("b", 0))
    }
    found = intervals(scenario(partners, criteria=criteria))
    assert found["lasting.skill"].share == pytest.approx(0.75)
    assert (found["lasting"].share, found["lasting"].low) == (0, 0)
