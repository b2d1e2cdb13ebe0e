"""Second opinions: worked by hand, and silent where the formula is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.value.other_methods import (
    Opinion,
    Preference,
    copras,
    preference_degree,
    promethee,
    topsis,
    topsis_by_vector,
    vector_normalised,
    vikor,
    weighted_product,
)

HALVES = np.array([0.5, 0.5])
BOTH_MORE = np.array([True, True])
COST_SECOND = np.array([True, False])


def _promethee(values: FloatArray, weights: FloatArray, increasing: BoolArray) -> Opinion:
    return promethee(values, weights, increasing, [Preference()] * values.shape[1])


METHODS = [topsis, topsis_by_vector, vikor, _promethee, copras, weighted_product]
Method = Callable[[FloatArray, FloatArray, BoolArray], Opinion]


@pytest.mark.parametrize("method", METHODS)
def test_the_alternative_best_on_everything_is_first_alone(method: Method) -> None:
    opinion = method(np.array([[2.0, 5.0], [9.0, 1.0], [5.0, 3.0]]), HALVES, COST_SECOND)
    assert opinion.ranks == (3, 1, 2)


@pytest.mark.parametrize("method", METHODS)
def test_a_criterion_of_no_weight_changes_nothing(method: Method) -> None:
    values = np.array([[2.0, 5.0], [9.0, 4.0], [5.0, 3.0]])
    with_zeros = np.column_stack([values, np.zeros(3)])
    more = method(with_zeros, np.array([0.5, 0.5, 0.0]), np.array([True, False, False]))
    assert more.scores == pytest.approx(method(values, HALVES, COST_SECOND).scores)


@pytest.mark.parametrize("method", METHODS)
def test_a_single_alternative_has_no_score_but_a_reason(method: Method) -> None:
    opinion = method(np.array([[1.0, 2.0]]), HALVES, BOTH_MORE)
    assert (opinion.scores, opinion.ranks) == (None, None)
    assert "a single partner" in opinion.reason


def test_scores_within_a_billionth_share_their_rank() -> None:
    values = np.array([[0.1 + 0.2], [0.5], [0.3], [0.1]])
    assert topsis(values, np.array([1.0]), np.array([True])).ranks == (2, 1, 2, 4)


def test_vector_normalised_columns_have_length_one_even_near_overflow() -> None:
    normalised = vector_normalised(np.array([[3.0, 1e200], [4.0, 1e200]]))
    assert normalised == pytest.approx(np.array([[0.6, 0.5**0.5], [0.8, 0.5**0.5]]))


@pytest.mark.parametrize(
    ("method", "values", "word"),
    [
        (topsis_by_vector, [[1.0, 0.0], [2.0, 0.0]], "length is 0"),
        (topsis, [[1.0, 2.0], [1.0, 2.0]], "all partners score the same"),
        (copras, [[1.0, 0.0], [2.0, 3.0]], "cost is 0"),
        (copras, [[0.0, 1.0], [0.0, 3.0]], "no total"),
        (copras, [[-1.0, 1.0], [2.0, 3.0]], "below 0"),
        (weighted_product, [[1.0, 0.0], [2.0, 3.0]], "cost is 0"),
        (weighted_product, [[-1.0, 1.0], [2.0, 3.0]], "below 0"),
        (weighted_product, [[0.0, 1.0], [0.0, 3.0]], "all products are 0"),
    ],
)
def test_where_the_formula_has_no_meaning_the_reason_stands_instead_of_a_score(
    method: Method, values: list[list[float]], word: str
) -> None:
    opinion = method(np.array(values), HALVES, COST_SECOND)
    assert (opinion.scores, opinion.ranks) == (None, None)
    assert word in opinion.reason


def test_vikor_of_alternatives_that_are_all_alike_ties_them() -> None:
    opinion = vikor(np.array([[0.1 + 0.2, 1.0], [0.3, 1.0], [0.3, 1.0]]), HALVES, BOTH_MORE)
    assert opinion.ranks == (1, 1, 1)
    assert opinion.compromise is not None
    assert opinion.compromise.positions == (0, 1, 2)


def test_vikor_proposes_one_alternative_that_is_ahead_and_stable() -> None:
    compromise = vikor(
        np.array([[10.0, 10.0], [2.0, 3.0], [0.0, 0.0]]), HALVES, BOTH_MORE
    ).compromise
    assert compromise is not None
    assert (compromise.positions, compromise.has_advantage, compromise.is_stable) == (
        (0,),
        True,
        True,
    )


def test_vikor_proposes_all_that_are_closer_than_the_advantage() -> None:
    # Q is 0, 0.4, 1: with three alternatives the first must lead by 1/2.
    compromise = vikor(
        np.array([[10.0, 10.0], [6.0, 6.0], [0.0, 0.0]]), HALVES, BOTH_MORE
    ).compromise
    assert compromise is not None
    assert (compromise.positions, compromise.has_advantage) == ((0, 1), False)


def test_vikor_adds_the_second_where_the_first_is_best_by_neither_measure() -> None:
    weights = np.array([0.4, 0.3, 0.3])
    regrets = np.array(
        [[0.22, 0.2, 0.0], [0.4, 0.0, 0.0], [0.2, 0.2, 0.2], [0.0, 0.3, 0.3]]
        + [[0.4, 0.3, 0.3]] * 10
    )
    opinion = vikor(regrets / weights, weights, np.array([False] * 3))
    assert opinion.group_utility[:4] == pytest.approx([0.42, 0.4, 0.6, 0.6])
    assert opinion.greatest_regret[:4] == pytest.approx([0.22, 0.4, 0.2, 0.3])
    assert opinion.scores is not None
    assert opinion.scores[:4] == pytest.approx([1 / 60 + 1 / 20, 1 / 2, 1 / 6, 1 / 6 + 1 / 4])
    assert opinion.compromise is not None
    assert (
        opinion.compromise.positions,
        opinion.compromise.has_advantage,
        opinion.compromise.is_stable,
    ) == ((0, 2), True, False)


@pytest.mark.parametrize(
    ("preference", "expected"),
    [
        (Preference("usual"), [0, 0, 1, 1, 1, 1]),
        (Preference("u-shape", indifference=2), [0, 0, 0, 0, 1, 1]),
        (Preference("v-shape", preference=4), [0, 0, 0.25, 0.5, 1, 1]),
        (Preference("level", indifference=1, preference=4), [0, 0, 0, 0.5, 0.5, 1]),
        (Preference("linear", indifference=1, preference=5), [0, 0, 0, 0.25, 0.75, 1]),
        (Preference("gaussian", deviation=2), 1 - np.exp(-np.array([0, 0, 1, 4, 16, 36]) / 8)),
        (Preference("linear", indifference=2, preference=2), [0, 0, 0, 0, 1, 1]),
    ],
)
def test_each_shape_turns_a_difference_into_its_preference(
    preference: Preference, expected: list[float]
) -> None:
    assert preference_degree(np.array([-3.0, 0, 1, 2, 4, 6]), preference) == pytest.approx(
        np.array(expected, dtype=float)
    )


def test_promethee_sees_no_difference_in_what_only_rounding_tells_apart() -> None:
    assert promethee(
        np.array([[0.1 + 0.2], [0.3]]), np.array([1.0]), np.array([True]), [Preference()]
    ).scores == (0.0, 0.0)


def test_promethee_flows_of_two_criteria_worked_by_hand() -> None:
    opinion = promethee(
        np.array([[3.0, 10.0], [1.0, 20.0]]), np.array([0.7, 0.3]), BOTH_MORE, [Preference()] * 2
    )
    assert opinion.scores == pytest.approx([0.4, -0.4])


def test_copras_rewards_the_lower_cost() -> None:
    # Equal gains 1/2 · 1/2; costs 1/8 and 3/8 share 1/2 as 3 : 1.
    opinion = copras(np.array([[5.0, 1.0], [5.0, 3.0]]), HALVES, COST_SECOND)
    assert opinion.scores == pytest.approx([1.0, (1 / 4 + 1 / 8) / (1 / 4 + 3 / 8)])


def test_weighted_product_is_the_ratio_of_weighted_geometric_means() -> None:
    opinion = weighted_product(np.array([[4.0, 2.0], [9.0, 2.0]]), HALVES, COST_SECOND)
    assert opinion.scores == pytest.approx([2 / 3, 1.0])


def test_a_gain_of_zero_makes_a_product_of_zero() -> None:
    assert weighted_product(np.array([[0.0, 2.0], [9.0, 2.0]]), HALVES, COST_SECOND).scores == (
        0.0,
        1.0,
    )
