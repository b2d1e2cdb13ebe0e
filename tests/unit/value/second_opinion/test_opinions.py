"""Second opinions on the partners of a programme: which numbers they are asked about, and what is said of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from partnerselect.model.criteria import Criterion
from partnerselect.model.scenario import Scenario
from partnerselect.value.opinions import (
    METHODS,
    ProgrammeOpinions,
    SecondOpinion,
    natural,
    second_opinions,
)
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from partnerselect.value.value_function import more_is_better
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

WIDE = {"worst": 0, "best": 10}
PRICE = {"worst": 1000, "best": 0}


def criterion(scale: Data, weight: float = 1, **rest: Any) -> Data:
    return {"title": "A criterion", "weight": weight, "scale": scale, **rest}


def choice(criteria: Data, scores: dict[str, Data], **rest: Any) -> Data:
    """Return a scenario of one programme `main`, its partners by their scores."""
    partners = {
        name: {**partner(0), "title": name.title(), "scores": own} for name, own in scores.items()
    }
    return scenario(
        partners,
        {"main": programme()},
        criteria={"title": "Criteria", "criteria": criteria},
        **rest,
    )


def asked(data: Data, programme: int = 0) -> ProgrammeOpinions:
    stated = Scenario.from_data(data)
    table = performance_table(stated)
    return second_opinions(stated, table, score(stated, table))[programme]


def opinion(data: Data, method: str) -> SecondOpinion:
    return next(found for found in asked(data).opinions if found.method == method)


TWO = {"quality": criterion(WIDE), "spread": criterion(WIDE)}


def test_the_partner_best_on_everything_is_first_by_every_method() -> None:
    criteria = {
        "quality": criterion(WIDE),
        "price": criterion(PRICE),
        "values": criterion({"levels": {"poor": 5, "good": 90}}),
    }
    found = asked(
        choice(
            criteria,
            {
                "a": {"quality": 3, "price": 800, "values": "poor"},
                "b": {"quality": 7, "price": 300, "values": "good"},
            },
        )
    )
    assert [one.method for one in found.opinions] == list(METHODS)
    assert [one.first for one in found.opinions] == [("b",)] * 5
    assert all(one.agrees and "agrees on the first place: B" in one.words for one in found.opinions)


def test_the_weighted_product_forgives_a_very_low_score_less_than_the_sum_does() -> None:
    """On value (9 + 1) / 2 beats (5 + 4.9) / 2; multiplied, √9 is less than √24.5."""
    found = opinion(
        choice(TWO, {"uneven": {"quality": 9, "spread": 1}, "even": {"quality": 5, "spread": 4.9}}),
        "weighted-product",
    )
    assert found.opinion.scores == pytest.approx((3 / 24.5**0.5, 1))
    assert (found.first, found.agrees, found.pairs_alike, found.pairs) == (("even",), False, 0, 1)
    assert "would put Even first; on value it is Uneven." in found.words


def test_the_words_count_the_pairs_ordered_alike() -> None:
    scores: dict[str, Data] = {
        "uneven": {"quality": 9, "spread": 1},
        "even": {"quality": 5, "spread": 4.9},
        "poor": {"quality": 1, "spread": 1},
    }
    assert (
        "It orders 2 of 3 pairs of partners as the value does."
        in opinion(choice(TWO, scores), "weighted-product").words
    )


def test_who_is_level_in_first_place_is_named_together() -> None:
    scores = {"a": {"quality": 8, "spread": 4}, "b": {"quality": 5, "spread": 6}}
    found = opinion(choice(TWO, scores), "promethee-ii")
    assert found.opinion.scores == (0.0, 0.0)
    assert "would put A and B level in first place; on value it is A." in found.words


@pytest.mark.parametrize(
    ("points", "first"), [({"quality": 9, "spread": 1}, "a"), ({"quality": 1, "spread": 9}, "b")]
)
def test_the_weights_are_those_of_the_programme(points: dict[str, float], first: str) -> None:
    data = choice(TWO, {"a": {"quality": 9, "spread": 3}, "b": {"quality": 3, "spread": 9}})
    data["programmes"]["own"] = programme(weights={"method": "direct", "points": points})
    assert {one.first for one in asked(data, 1).opinions} == {(first,)}
    assert ("a", "b") in {one.first for one in asked(data, 0).opinions}


def test_vikor_takes_its_v_from_the_scenario() -> None:
    """Regrets: a 0 and 0.5; b 0.3 and 0.3; c 0.5 and 0.

    The sum alone is for a and c, the worst alone for b.
    """
    scores = {
        "a": {"quality": 10, "spread": 0},
        "b": {"quality": 4, "spread": 4},
        "c": {"quality": 0, "spread": 10},
    }

    def at(v: float) -> SecondOpinion:
        return opinion(
            choice(TWO, scores, analysis={"second-opinions": {"vikor": {"v": v}}}), "vikor"
        )

    assert at(1).first == ("a", "c")
    assert "looks only at the sum" in at(1).words
    assert at(0).first == ("b",)
    assert "looks only at the weakest point" in at(0).words
    assert "looks at the sum and also at the weakest point" in at(0.5).words


def test_vikor_names_whom_it_would_propose_together() -> None:
    scores = {
        "a": {"quality": 10, "spread": 10},
        "b": {"quality": 9, "spread": 9},
        "c": {"quality": 0, "spread": 0},
    }
    assert (
        "By its own rule it would propose A and B together"
        in opinion(choice(TWO, scores), "vikor").words
    )


def test_promethee_reads_differences_by_the_preference_of_the_criterion() -> None:
    """2 of the 4 points that make a full preference: half of it, on a criterion of half the weight.

    Level steps count in value: 30 of 60.
    """
    criteria = {
        "quality": criterion(WIDE, preference={"shape": "v-shape", "preference": 4}),
        "values": criterion(
            {"levels": {"poor": 10, "good": 40}}, preference={"shape": "v-shape", "preference": 60}
        ),
    }
    found = opinion(
        choice(
            criteria, {"a": {"quality": 8, "values": "poor"}, "b": {"quality": 6, "values": "poor"}}
        ),
        "promethee-ii",
    )
    assert found.opinion.scores == pytest.approx((0.25, -0.25))
    found = opinion(
        choice(
            criteria, {"a": {"quality": 8, "values": "good"}, "b": {"quality": 8, "values": "poor"}}
        ),
        "promethee-ii",
    )
    assert found.opinion.scores == pytest.approx((0.25, -0.25))


def test_a_free_partner_leaves_two_methods_without_an_answer_and_a_reason() -> None:
    criteria = {"quality": criterion(WIDE), "price": criterion(PRICE)}
    found = asked(
        choice(criteria, {"free": {"quality": 5, "price": 0}, "paid": {"quality": 8, "price": 700}})
    )
    silent = {one.method: one for one in found.opinions if one.opinion.scores is None}
    assert set(silent) == {"copras", "weighted-product"}
    assert all(
        one.agrees is None and "has no answer here: a partner's cost is 0" in one.words
        for one in silent.values()
    )


def test_a_partner_alone_has_no_second_opinion_but_the_reason() -> None:
    found = asked(choice(TWO, {"alone": {"quality": 5, "spread": 5}}))
    assert [one.opinion.scores for one in found.opinions] == [None] * 5
    assert all("a single partner" in one.opinion.reason for one in found.opinions)


def test_only_the_eligible_are_asked_about_and_nobody_is_asked_where_there_are_none() -> None:
    data = choice(
        TWO,
        {name: {"quality": 5, "spread": grade} for name, grade in (("a", 1), ("b", 2), ("c", 3))},
    )
    data["partners"]["c"]["excluded"] = "Withdrew"
    assert asked(data).partners == ("a", "b")
    for name in ("a", "b"):
        data["partners"][name]["excluded"] = "Withdrew"
    assert (asked(data).partners, asked(data).opinions) == ((), ())


@pytest.mark.parametrize(
    ("scale", "ends", "middle", "rises"),
    [
        ({"worst": 0, "best": 10}, [np.nan, np.nan], 5, True),
        ({"worst": 1200, "best": 200}, [np.nan, np.nan], 700, False),
        ({"points": [[10, 100], [0, 0], [5, 70]]}, [np.nan, np.nan], 5, True),
        ({"points": [[0, 100], [8, 0]]}, [np.nan, np.nan], 4, False),
        ({"levels": {"poor": 20, "fair": 50, "good": 100}}, [np.nan, np.nan], 60, True),
        ({"local": "more"}, [2.0, 8.0], 5, True),
        ({"local": "less"}, [9.0, 4.0], 6.5, False),
    ],
)
def test_unknown_counts_as_the_middle_of_the_natural_scale_and_the_scale_says_which_way_is_better(
    scale: Data, ends: list[float], middle: float, *, rises: bool
) -> None:
    leaf = Criterion.model_validate({"title": "A criterion", "scale": scale})
    assert natural(leaf, np.array([np.nan, 3.0]), np.array(ends)).tolist() == [middle, 3.0]
    assert more_is_better(leaf.scale) is rises


@pytest.mark.parametrize(
    "scale",
    [{"local": "more"}, {"points": [[0, 50], [10, 50]]}, {"levels": {"one": 0, "other": 0}}],
)
def test_a_criterion_that_tells_nobody_apart_plays_no_part(scale: Data) -> None:
    """Nobody's score is known on a local scale, or every score has the same value."""
    scores = {"a": {"quality": 9, "spread": 2}, "b": {"quality": 6, "spread": 4}}
    mute = {name: {**own, "mute": "unknown"} for name, own in scores.items()}
    plain, more = asked(choice(TWO, scores)), asked(choice({**TWO, "mute": criterion(scale)}, mute))
    for one, other in zip(plain.opinions, more.opinions, strict=True):
        assert other.opinion.scores == pytest.approx(one.opinion.scores)
    alone = asked(
        choice({"mute": criterion(scale)}, {name: {"mute": "unknown"} for name in scores})
    )
    assert {one.opinion.reason for one in alone.opinions} == {
        "no criterion of any weight tells these partners apart"
    }
