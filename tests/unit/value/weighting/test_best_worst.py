"""Weights from comparisons with the best and the worst criterion."""

from __future__ import annotations

import math

import pytest

from partnerselect.value.best_worst_weights import best_worst
from partnerselect.value.point_weights import WeightingError

OVER = {"value": 1.0, "cost": 2.0, "reach": 8.0}
UNDER = {"value": 8.0, "cost": 4.0, "reach": 1.0}


def test_judgements_that_agree_are_met_exactly() -> None:
    result = best_worst("value", "reach", OVER, UNDER)
    assert result.weights == pytest.approx({"value": 8 / 13, "cost": 4 / 13, "reach": 1 / 13})
    assert result.inconsistency == pytest.approx(0, abs=1e-9)


def test_the_ends_need_not_be_compared_with_themselves() -> None:
    shorter = best_worst("value", "reach", {"cost": 2, "reach": 8}, {"value": 8, "cost": 4})
    assert shorter.weights == pytest.approx(best_worst("value", "reach", OVER, UNDER).weights)


def test_no_other_weights_depart_less_worked_by_hand() -> None:
    # best = 2 mid, mid = 2 worst and best = 8 worst cannot hold together: with w the worst
    # and x the departure,
    # best = 8 w - x, mid = 2 w + x and best - 2 mid = 4 w - 3 x = x give x = w = 1/11.
    result = best_worst("value", "reach", OVER, {**UNDER, "cost": 2})
    assert result.weights == pytest.approx({"value": 7 / 11, "cost": 3 / 11, "reach": 1 / 11})
    assert result.inconsistency == pytest.approx(1 / 11)


def test_names_a_solver_would_not_take_are_taken() -> None:
    assert best_worst(
        "a-b", "-1 c", {"a-b": 1, "-1 c": 3}, {"a-b": 3, "-1 c": 1}
    ).weights == pytest.approx({"a-b": 0.75, "-1 c": 0.25})


@pytest.mark.parametrize(
    ("over", "under", "key", "message"),
    [
        ({**OVER, "cost": 0.5}, UNDER, ("best-to-others", "cost"), "no longer the best"),
        (OVER, {**UNDER, "cost": 0.5}, ("others-to-worst", "cost"), "no longer the worst"),
        ({**OVER, "cost": -1}, UNDER, ("best-to-others", "cost"), "between 1 and"),
        ({**OVER, "cost": math.nan}, UNDER, ("best-to-others", "cost"), "between 1 and"),
        ({**OVER, "value": 2}, UNDER, ("best-to-others", "value"), "with itself"),
        (OVER, {**UNDER, "value": 7}, ("others-to-worst", "value"), "twice with different values"),
        ({"value": 1, "reach": 8}, UNDER, ("best-to-others",), 'misses "cost"'),
        (OVER, {**UNDER, "rech": 3}, ("best-to-others",), 'misses "rech"'),
    ],
)
def test_a_comparison_that_cannot_stand_is_refused_at_its_place(
    over: dict[str, float], under: dict[str, float], key: tuple[str, ...], message: str
) -> None:
    with pytest.raises(WeightingError, match=message) as error:
        best_worst("value", "reach", over, under)
    assert error.value.key == key


@pytest.mark.parametrize(
    ("best", "worst", "key"),
    [
        ("value", "value", ("worst",)),
        ("worth", "reach", ("others-to-worst",)),
        ("value", "reech", ("best-to-others",)),
    ],
)
def test_ends_that_cannot_be_are_refused(best: str, worst: str, key: tuple[str, ...]) -> None:
    with pytest.raises(WeightingError) as error:
        best_worst(best, worst, OVER, UNDER)
    assert error.value.key == key
