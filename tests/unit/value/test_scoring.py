"""Additive value: weights down the tree, ranks with ties, dominance.

Every number worked by hand.
"""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.errors import InputError
from partnerselect.model import Scenario
from partnerselect.value.leaf_weights import base_weights, group_weights, programme_weights
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import Scores, dominates, ranks, score
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

TEN = {"worst": 0, "best": 10}
LEAVES = ("value", "lasting.handover", "lasting.record")


def leaf(weight: float | None = None) -> Data:
    return {"title": "A criterion", "scale": TEN} | ({} if weight is None else {"weight": weight})


def branch(weight: float | None = None, **children: Data) -> Data:
    return {"title": "A branch", "criteria": children} | (
        {} if weight is None else {"weight": weight}
    )


TREE = {
    "title": "Tree",
    "criteria": {"value": leaf(60), "lasting": branch(40, handover=leaf(30), record=leaf(10))},
}
"""Shares 0.6 and 0.4; below, 0.75 and 0.25: whole weights 0.6, 0.3, 0.1."""
SILENT = {
    "title": "Silent",
    "criteria": {"value": leaf(), "lasting": branch(handover=leaf(), record=leaf())},
}


def case(
    *scores: tuple[float, float, float],
    criteria: Data = TREE,
    programmes: Data | None = None,
    **rest: object,
) -> Scenario:
    """Return a scenario whose partners a, b, c … score this on value, handover and record."""
    partners = {
        name: partner(0) | {"scores": dict(zip(LEAVES, given, strict=True))}
        for name, given in zip("abcdef", scores or ((0, 0, 0),), strict=False)
    }
    return Scenario.from_data(
        scenario(partners, programmes or {"x": programme()}, criteria=criteria, **rest)
    )


def scored(found: Scenario) -> Scores:
    return score(found, performance_table(found))


def test_weights_multiply_down_the_tree() -> None:
    """0.6; 0.4 · 30/40 = 0.3; 0.4 · 10/40 = 0.1."""
    assert base_weights(case()) == pytest.approx(
        {"value": 0.6, "lasting.handover": 0.3, "lasting.record": 0.1}
    )


def test_the_worst_of_a_scale_is_worth_nothing_and_has_no_sign() -> None:
    """Where less is better the worst is no higher than itself by a negative amount: −0.0."""
    falling = {"worth": leaf(1) | {"scale": {"worst": 10, "best": 0}}}
    criteria = {"title": "Falling", "criteria": falling}
    found = scored(
        Scenario.from_data(scenario({"a": partner(10)}, {"x": programme()}, criteria=criteria))
    )
    assert not np.signbit(found.values).any()
    assert not np.signbit(found.contributions).any()


def test_weights_are_shares_whatever_their_size() -> None:
    tenfold = {
        "title": "Tree",
        "criteria": {"value": leaf(6), "lasting": branch(4, handover=leaf(0.3), record=leaf(0.1))},
    }
    assert base_weights(case(criteria=tenfold)) == pytest.approx(base_weights(case()))


def test_an_only_child_has_all_its_branch_has() -> None:
    alone = {
        "title": "Tree",
        "criteria": {
            "value": leaf(60),
            "lasting": branch(40, handover=leaf(), record=leaf(0))
            | {"criteria": {"handover": leaf()}},
        },
    }
    partners = {"a": partner(0) | {"scores": {"value": 1, "lasting.handover": 1}}}
    found = Scenario.from_data(scenario(partners, {"x": programme()}, criteria=alone))
    assert base_weights(found) == pytest.approx({"value": 0.6, "lasting.handover": 0.4})


def test_value_is_the_weighted_sum_and_contributions_add_up_to_it() -> None:
    """0.6 · 70 + 0.3 · 40 + 0.1 · 90 = 42 + 12 + 9 = 63."""
    found = scored(case((7, 4, 9)))
    assert found.contributions[0, 0] == pytest.approx([42, 12, 9])
    assert found.overall[0, 0] == pytest.approx(63)


def test_a_programme_with_its_own_weights_uses_them_and_leaves_branches_as_they_were() -> None:
    """Value and lasting 1 : 1; within lasting the set's 3 : 1 stand: 0.5, 0.375, 0.125.

    The other programme keeps the set's.
    """
    own = programme(weights={"method": "direct", "points": {"value": 1, "lasting": 1}})
    found = programme_weights(case(programmes={"x": own, "y": programme()}))
    assert found == pytest.approx(np.array([[0.5, 0.375, 0.125], [0.6, 0.3, 0.1]]))


def test_a_programme_may_weigh_a_branch_anew() -> None:
    """0.5; 0.5 · 1/5 = 0.1; 0.5 · 4/5 = 0.4."""
    points = {"method": "direct", "points": {"handover": 1, "record": 4}}
    own = programme(
        weights={
            "method": "direct",
            "points": {"value": 1, "lasting": 1},
            "branches": {"lasting": points},
        }
    )
    assert programme_weights(case(programmes={"x": own}))[0] == pytest.approx([0.5, 0.1, 0.4])


def test_a_silent_set_takes_the_groups_mean_by_voice() -> None:
    """Board (voice 2): value 0.8, lasting 0.2 · (0.5, 0.5).

    Users (voice 1): 0.2, 0.8 · (0.25, 0.75).

    Value (2 · 0.8 + 0.2) / 3 = 0.6; handover (2 · 0.1 + 0.2) / 3 = 0.4/3; record (2 · 0.1 + 0.6) /
    3 = 0.8/3.
    """
    found = case(criteria=SILENT, stakeholders=groups())
    assert group_weights(found)["users"] == pytest.approx(
        {"value": 0.2, "lasting.handover": 0.2, "lasting.record": 0.6}
    )
    assert base_weights(found) == pytest.approx(
        {"value": 0.6, "lasting.handover": 0.4 / 3, "lasting.record": 0.8 / 3}
    )


def groups() -> Data:
    def group(voice: int, value: float, handover: float) -> Data:
        below = {
            "lasting": {
                "method": "direct",
                "points": {"handover": handover, "record": 1 - handover},
            }
        }
        return {
            "title": "A group",
            "voice": voice,
            "weights": {
                "method": "swing",
                "points": {"value": value, "lasting": 1 - value},
                "branches": below,
            },
        }

    return {"board": group(2, 0.8, 0.5), "users": group(1, 0.2, 0.25)}


def test_a_set_with_weights_stands_unless_the_groups_are_asked_for() -> None:
    assert base_weights(case(stakeholders=groups()))["lasting.record"] == pytest.approx(0.1)
    asked = case(stakeholders=groups(), analysis={"samples": 0, "base": "stakeholders"})
    assert base_weights(asked)["lasting.record"] == pytest.approx(0.8 / 3)


def test_judgements_that_connect_nothing_are_an_input_error_at_their_place() -> None:
    four = {
        "title": "Four",
        "criteria": {name: leaf() for name in "abcd"},
        "weights": {"method": "pairwise", "judgements": {"a over b": 2, "c over d": 2}},
    }
    partners = {"a": partner(0) | {"scores": dict.fromkeys("abcd", 5)}}
    with pytest.raises(InputError) as caught:
        scored(Scenario.from_data(scenario(partners, {"x": programme()}, criteria=four)))
    assert caught.value.problems[0].path.startswith("criteria.weights")


def test_ties_share_the_better_rank_and_the_next_is_skipped() -> None:
    """70, 60, 70, 50: 1, 3, 1, 4."""
    values = np.array([[70.0, 60.0, 70.0, 50.0]])
    assert ranks(values, np.ones((1, 4), dtype=bool)).tolist() == [[1, 3, 1, 4]]


@pytest.mark.parametrize(("apart", "expected"), [(0.9e-9, [1, 1]), (1e-8, [2, 1])])
def test_values_within_a_billionth_are_tied(apart: float, expected: list[int]) -> None:
    assert ranks(np.array([[60.0, 60.0 + apart]]), np.ones((1, 2), dtype=bool)).tolist() == [
        expected
    ]


def test_who_is_not_eligible_has_no_rank_and_takes_none() -> None:
    """The best, 90, is barred: 70 is first, 60 second."""
    assert ranks(np.array([[90.0, 60.0, 70.0]]), np.array([[False, True, True]])).tolist() == [
        [0, 2, 1]
    ]


def test_dominance_needs_one_better_and_none_worse() -> None:
    """b is at least as good as a everywhere and better once.

    C trades one for another; d equals a.
    """
    values = np.array([[50.0, 50.0], [50.0, 60.0], [40.0, 90.0], [50.0, 50.0]])
    assert [
        tuple(int(i) for i in pair) for pair in zip(*dominates(values).nonzero(), strict=True)
    ] == [(1, 0), (1, 3)]


def test_a_baseline_of_scores_is_valued_like_a_partner() -> None:
    """0.6 · 20 + 0.3 · 10 + 0.1 · 0 = 15; a plain number stands as it is."""
    doing_nothing = {"scores": {"value": 2, "lasting.handover": 1, "lasting.record": 0}}
    found = scored(
        case(programmes={"x": programme(baseline=doing_nothing), "y": programme(baseline=30)})
    )
    assert found.baseline == pytest.approx([15, 30])


def test_a_better_score_on_a_criterion_of_weight_0_changes_nothing() -> None:
    ignored = {
        "title": "Tree",
        "criteria": {"value": leaf(60), "lasting": branch(0, handover=leaf(30), record=leaf(10))},
    }
    found = scored(case((5, 0, 0), (5, 10, 10), criteria=ignored))
    assert found.overall[0] == pytest.approx([50, 50])
    assert found.ranks[0].tolist() == [1, 1]
