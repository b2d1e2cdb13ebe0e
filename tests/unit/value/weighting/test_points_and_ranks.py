"""Weights from points and from an order."""

from __future__ import annotations

import math
from itertools import permutations

import pytest

from partnerselect.value.point_weights import WeightingError, rank, swing

VARIANTS = ("centroid", "sum", "reciprocal")


def test_weights_are_the_points_as_shares_of_their_sum() -> None:
    assert swing({"value": 100, "cost": 60, "reach": 40}) == pytest.approx(
        {"value": 0.5, "cost": 0.3, "reach": 0.2}
    )


def test_a_criterion_of_no_points_weighs_nothing() -> None:
    assert swing({"value": 5, "cost": 0}) == {"value": 1.0, "cost": 0.0}


def test_points_near_the_largest_number_still_sum_to_one() -> None:
    assert swing({"value": 1.7e308, "cost": 1.7e308}) == {"value": 0.5, "cost": 0.5}


@pytest.mark.parametrize("points", [{"value": 0, "cost": 0.0}, {}])
def test_points_that_are_all_zero_are_refused(points: dict[str, float]) -> None:
    with pytest.raises(WeightingError, match="all are zero") as error:
        swing(points)
    assert error.value.key == ("points",)


@pytest.mark.parametrize("point", [-1, math.nan, math.inf])
def test_a_point_that_is_no_amount_is_refused_at_its_name(point: float) -> None:
    with pytest.raises(WeightingError, match="0 or more") as error:
        swing({"value": 3, "cost": point})
    assert error.value.key == ("points", "cost")


def test_rank_order_weights_of_three_worked_by_hand() -> None:
    assert list(rank(["a", "b", "c"]).values()) == pytest.approx([11 / 18, 5 / 18, 2 / 18])
    assert list(rank(["a", "b", "c"], "sum").values()) == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert list(rank(["a", "b", "c"], "reciprocal").values()) == pytest.approx(
        [6 / 11, 3 / 11, 2 / 11]
    )


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_tie_is_the_mean_over_the_orders_it_leaves_open(variant: str) -> None:
    open_orders = [rank(["a", *middle, "e"], variant) for middle in permutations("bcd")]
    mean = {
        name: sum(weights[name] for weights in open_orders) / len(open_orders) for name in "abcde"
    }
    assert rank(["a", ["b", "c", "d"], "e"], variant) == pytest.approx(mean)


@pytest.mark.parametrize("variant", VARIANTS)
def test_criteria_all_tied_weigh_the_same(variant: str) -> None:
    assert list(rank([["a", "b", "c", "d"]], variant).values()) == pytest.approx([0.25] * 4)


@pytest.mark.parametrize(
    ("order", "message"),
    [(["a", ["b", "a"]], '"a" more than once'), ([], "at least one"), (["a", []], "empty tie")],
)
def test_an_order_that_cannot_be_read_is_refused(
    order: list[str | list[str]], message: str
) -> None:
    with pytest.raises(WeightingError, match=message):
        rank(order)


def test_an_unknown_variant_names_the_known_ones() -> None:
    with pytest.raises(WeightingError, match="centroid, sum, reciprocal") as error:
        rank(["a"], "middle")
    assert error.value.key == ("variant",)
