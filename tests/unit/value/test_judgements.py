"""Judgements for the set, a branch, a programme and a group: used, checked, and told where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.analysis import analyse
from partnerselect.errors import InputError, Loc
from partnerselect.model.scenario import Scenario
from partnerselect.value.judgements import (
    Consistency,
    consistencies,
    consistencies_of_set,
    require_usable,
)
from partnerselect.value.leaf_weights import group_weights, programme_weights
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

TOP = ("care", "price", "people")
PAIRS: Data = {
    "method": "pairwise",
    "judgements": {"care over price": 3, "care over people": 6, "price over people": 2},
}
TORN: Data = {
    "method": "pairwise",
    "judgements": {"care over price": 9, "price over people": 9, "care over people": 1},
}
ENDS: Data = {
    "method": "best-worst",
    "best": "care",
    "worst": "people",
    "best-to-others": {"price": 3, "people": 6},
    "others-to-worst": {"care": 6, "price": 2},
}
ORDER = {"method": "rank", "order": ["care", ["price", "people"]]}
POINTS = {"method": "swing", "points": {"care": 6, "price": 2, "people": 1}}
BELOW: Data = {
    "method": "pairwise",
    "judgements": {"staff over patients": 1, "patients over carers": 2, "staff over carers": 2},
}


def choice(*, top: Data | None = None, below: Data | None = None, **rest: Any) -> Data:
    """Return a scenario of three criteria, the last of them a branch of three.

    Weights typed where none are given.
    """
    leaf = {"title": "A criterion", "scale": {"worst": 0, "best": 100}}
    typed = {**leaf, "weight": 1}
    under = dict.fromkeys(("staff", "patients", "carers"), leaf if below else typed)
    people = {
        "title": "People",
        "criteria": under,
        **({"weights": below} if below else {}),
        **({} if top else {"weight": 1}),
    }
    children = dict.fromkeys(("care", "price"), leaf if top else typed)
    criteria = {
        "title": "Criteria",
        "criteria": {**children, "people": people},
        **({"weights": top} if top else {}),
    }
    scores = dict.fromkeys(
        ("care", "price", "people.staff", "people.patients", "people.carers"), 50
    )
    return scenario(
        {"one": {**partner(0), "scores": scores}}, {"main": programme()}, criteria=criteria, **rest
    )


def by_top(weights: list[float]) -> list[float]:
    return [weights[0], weights[1], sum(weights[2:])]


def judged(data: Data) -> tuple[Consistency, ...]:
    return consistencies(Scenario.from_data(data))


def locs(data: Data) -> list[Loc]:
    with pytest.raises(InputError) as caught:
        analyse(Scenario.from_data(data))
    return [problem.loc for problem in caught.value.problems]


@pytest.mark.parametrize("block", [PAIRS, ENDS, POINTS])
def test_every_way_to_weigh_serves_the_set_a_programme_and_a_group_alike(block: Data) -> None:
    """All three say 6 : 2 : 1."""
    expected = pytest.approx([6 / 9, 2 / 9, 1 / 9])
    of_set = programme_weights(Scenario.from_data(choice(top=block)))[0].tolist()
    assert by_top(of_set) == expected
    own = choice()
    own["programmes"]["main"]["weights"] = block
    assert by_top(programme_weights(Scenario.from_data(own))[0].tolist()) == expected
    told = group_weights(
        Scenario.from_data(choice(stakeholders={"board": {"title": "Board", "weights": block}}))
    )["board"]
    assert by_top(list(told.values())) == expected


@pytest.mark.parametrize(
    ("variant", "shares"),
    [
        ("centroid", [11 / 18, 7 / 36, 7 / 36]),
        ("sum", [1 / 2, 1 / 4, 1 / 4]),
        ("reciprocal", [6 / 11, 5 / 22, 5 / 22]),
    ],
)
def test_an_order_gives_the_shares_of_its_variant_and_ties_share(
    variant: str, shares: list[float]
) -> None:
    assert by_top(
        programme_weights(Scenario.from_data(choice(top={**ORDER, "variant": variant})))[0].tolist()
    ) == pytest.approx(shares)


def test_a_branch_is_weighed_by_its_own_judgements_or_by_those_of_a_group_that_names_it() -> None:
    """2 : 2 : 1 within a third of the whole; the board within says 1 : 1 : 2."""
    board = {
        "title": "Board",
        "weights": {
            **POINTS,
            "branches": {
                "people": {"method": "direct", "points": {"staff": 1, "patients": 1, "carers": 2}}
            },
        },
    }
    stated = Scenario.from_data(choice(below=BELOW, stakeholders={"board": board}))
    assert programme_weights(stated)[0].tolist() == pytest.approx(
        [1 / 3, 1 / 3, 2 / 15, 2 / 15, 1 / 15]
    )
    assert list(group_weights(stated)["board"].values()) == pytest.approx(
        [6 / 9, 2 / 9, 1 / 36, 1 / 36, 1 / 18]
    )


def test_judgements_that_fit_are_said_to_fit_and_points_are_not_judged() -> None:
    found = judged(
        choice(
            top=PAIRS,
            below=BELOW,
            stakeholders={
                "board": {"title": "Board", "weights": ENDS},
                "staff": {"title": "Staff", "weights": POINTS},
            },
        )
    )
    assert [
        (one.of.whose, one.of.branch, one.of.block.method, one.acceptable) for one in found
    ] == [
        ("the criteria set", "", "pairwise", True),
        ("the criteria set", "people", "pairwise", True),
        ("Board", "", "best-worst", True),
    ]
    assert all(
        one.ratio == pytest.approx(0, abs=1e-9) and "fit together" in one.words for one in found
    )


def test_a_contradiction_is_told_with_ratio_index_the_judgement_and_its_mend() -> None:
    (found,) = judged(
        choice(stakeholders={"board": {"title": "Board of directors", "weights": TORN}})
    )
    assert found.ratio is not None
    assert found.ratio > 1
    assert found.acceptable is False
    assert found.problem.loc[:4] == ("stakeholders", "board", "weights", "judgements")
    assert "The judgements of Board of directors contradict one another" in found.words
    assert "up to 0.10 is accepted; random index: Saaty (1980)" in found.words
    assert found.mend is not None
    assert (
        f"it says {found.mend.stated:.2g}, the others together imply {found.mend.implied:.2g}"
        in found.words
    )


@pytest.mark.parametrize(("third", "ratio", "acceptable"), [(8, 0.0462, True), (16, 0.1874, False)])
def test_up_to_a_tenth_of_random_is_accepted(
    third: float, ratio: float, *, acceptable: bool
) -> None:
    """Two doublings against 8 or 16: λ = 1 + x^⅓ + x^−⅓ with x = 2 or 4.

    Over (λ − 3) / 2 / 0.58.
    """
    (found,) = judged(
        choice(
            top={
                "method": "pairwise",
                "judgements": {
                    "care over price": 2,
                    "price over people": 2,
                    "care over people": third,
                },
            }
        )
    )
    assert found.ratio == pytest.approx(ratio, abs=5e-5)
    assert found.acceptable is acceptable


@pytest.mark.parametrize(
    ("third", "told"),
    [
        (11.2, "ratio 0.103; up to 0.100 is accepted"),
        (11, "ratio 0.10; up to 0.10 is accepted"),
        (16, "ratio 0.19; up to 0.10 is accepted"),
    ],
)
def test_a_ratio_beyond_what_is_accepted_is_not_shown_as_if_it_were_within(
    third: float, told: str
) -> None:
    """As above with x = 2.8: λ = 3.1190, over which the ratio is 0.1026."""
    judgements = {"care over price": 2, "price over people": 2, "care over people": third}
    (found,) = judged(choice(top={"method": "pairwise", "judgements": judgements}))
    assert told in found.words


def test_an_only_child_needs_no_judgement_and_is_not_judged() -> None:
    alone = {
        "method": "best-worst",
        "best": "staff",
        "worst": "staff",
        "best-to-others": {},
        "others-to-worst": {},
    }
    leaf = {"title": "A criterion", "weight": 1, "scale": {"worst": 0, "best": 100}}
    criteria = {
        "care": leaf,
        "people": {"title": "People", "weight": 1, "criteria": {"staff": leaf}},
    }
    board = {
        "board": {
            "title": "Board",
            "weights": {
                "method": "direct",
                "points": {"care": 1, "people": 1},
                "branches": {"people": alone},
            },
        }
    }
    partners = {"one": {**partner(0), "scores": {"care": 1, "people.staff": 1}}}
    data = scenario(
        partners,
        {"main": programme()},
        criteria={"title": "Criteria", "criteria": criteria},
        stakeholders=board,
    )
    assert judged(data) == ()


def test_the_mend_of_a_contradiction_mends_it() -> None:
    (found,) = judged(choice(top=TORN))
    assert found.mend is not None
    key = found.mend.key[1]
    mended = {**TORN, "judgements": {**TORN["judgements"], key: found.mend.implied}}
    (again,) = judged(choice(top=mended))
    assert again.acceptable
    assert again.ratio == pytest.approx(found.mend.consistency_ratio, abs=1e-9)


def test_best_and_worst_that_do_not_fit_are_told_at_the_comparison() -> None:
    misfit = {
        **ENDS,
        "best-to-others": {"price": 6, "people": 6},
        "others-to-worst": {"care": 6, "price": 6},
    }
    own = choice()
    own["programmes"]["main"]["weights"] = misfit
    (found,) = judged(own)
    assert found.ratio == pytest.approx(1)
    assert found.problem.loc == ("programmes", "main", "weights", "others-to-worst", "price")
    assert "The judgements of A programme contradict" in found.words
    assert "threshold: Liang, Brunelli & Rezaei (2020)" in found.words


def test_judgements_that_nothing_can_check_say_so_and_are_no_contradiction() -> None:
    (found,) = judged(
        choice(
            top={"method": "pairwise", "judgements": {"care over price": 3, "price over people": 2}}
        )
    )
    assert found.acceptable is None
    assert "cannot be checked" in found.words


def test_a_criteria_set_is_judged_without_a_scenario() -> None:
    stated = Scenario.from_data(
        choice(
            below={
                "method": "pairwise",
                "judgements": {
                    "staff over patients": 9,
                    "patients over carers": 9,
                    "staff over carers": 1,
                },
            }
        )
    )
    (found,) = consistencies_of_set(stated.criteria)
    assert found.of.branch == "people"
    assert found.problem.loc[:4] == ("criteria", "people", "weights", "judgements")


TWICE: Data = {**PAIRS, "judgements": {**PAIRS["judgements"], "price over care": 3}}


def test_a_judgement_given_twice_with_different_values_is_an_error_where_it_is_given_again() -> (
    None
):
    assert locs(choice(top=TWICE)) == [("criteria", "weights", "judgements", "price over care")]
    assert locs(choice(stakeholders={"board": {"title": "Board", "weights": TWICE}})) == [
        ("stakeholders", "board", "weights", "judgements", "price over care")
    ]


def test_a_branch_that_a_group_judges_twice_is_an_error_within_that_branch() -> None:
    twice = {**BELOW, "judgements": {**BELOW["judgements"], "patients over staff": 5}}
    board = {"title": "Board", "weights": {**POINTS, "branches": {"people": twice}}}
    assert locs(choice(stakeholders={"board": board})) == [
        (
            "stakeholders",
            "board",
            "weights",
            "branches",
            "people",
            "judgements",
            "patients over staff",
        )
    ]


def test_a_best_criterion_that_another_beats_is_an_error_at_the_comparison() -> None:
    beaten = {**ENDS, "best-to-others": {"price": 0.5, "people": 6}}
    assert locs(choice(top=beaten)) == [("criteria", "weights", "best-to-others", "price")]


def test_best_over_worst_given_two_values_is_an_error_at_the_second() -> None:
    assert locs(choice(top={**ENDS, "others-to-worst": {"care": 5, "price": 2}})) == [
        ("criteria", "weights", "others-to-worst", "care")
    ]


def test_judgements_in_two_parts_that_nothing_connects_are_an_error_at_the_judgements() -> None:
    own = choice(
        stakeholders={
            "board": {"title": "Board", "weights": {**POINTS, "branches": {"people": BELOW}}}
        }
    )
    require_usable(Scenario.from_data(own))
    criteria = {name: {"title": name, "scale": {"worst": 0, "best": 100}} for name in "abcd"}
    data = scenario(
        {"one": {**partner(0), "scores": dict.fromkeys("abcd", 50)}},
        {"main": programme()},
        criteria={
            "title": "Criteria",
            "criteria": criteria,
            "weights": {"method": "pairwise", "judgements": {"a over b": 2, "c over d": 2}},
        },
    )
    assert locs(data) == [("criteria", "weights", "judgements")]


def test_all_blocks_that_cannot_be_used_are_told_at_once() -> None:
    data = choice(
        top=TWICE,
        stakeholders={
            "board": {
                "title": "Board",
                "weights": {**ENDS, "best-to-others": {"price": 0.5, "people": 6}},
            }
        },
    )
    data["programmes"]["main"]["weights"] = TWICE
    assert [loc[:2] for loc in locs(data)] == [
        ("criteria", "weights"),
        ("programmes", "main"),
        ("stakeholders", "board"),
    ]
