"""Weights from pairwise judgements."""

from __future__ import annotations

import math

import numpy as np
import pytest

from partnerselect.value.pairwise_weights import SAATY, RandomIndex, pairwise, principal_eigenvector
from partnerselect.value.point_weights import WeightingError

CONSISTENT = {"value over cost": 2.0, "value over reach": 6.0, "cost over reach": 3.0}


def test_consistent_judgements_give_the_weights_they_were_made_from() -> None:
    result = pairwise(CONSISTENT)
    assert result.weights == pytest.approx({"value": 0.6, "cost": 0.3, "reach": 0.1})
    assert result.principal_eigenvalue == pytest.approx(3)
    assert result.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert result.mend is None
    assert result.reason == ""


def test_a_judgement_left_out_is_inferred_from_the_others() -> None:
    partial = {key: CONSISTENT[key] for key in ("value over cost", "cost over reach")}
    result = pairwise(partial)
    assert result.weights == pytest.approx({"value": 0.6, "cost": 0.3, "reach": 0.1})
    assert result.missing == 1


def test_three_by_three_worked_by_hand() -> None:
    # For three criteria the eigenvector is the geometric mean of the rows (Crawford &
    # Williams 1985).
    result = pairwise({"a over b": 2, "b over c": 2, "a over c": 8})
    means = np.array([16 ** (1 / 3), 1.0, (1 / 16) ** (1 / 3)])
    assert list(result.weights.values()) == pytest.approx(means / means.sum())
    assert result.principal_eigenvalue == pytest.approx(1 + 2 ** (1 / 3) + 2 ** (-1 / 3))


def test_just_enough_judgements_cannot_be_checked_and_say_so() -> None:
    result = pairwise({"a over b": 9, "b over c": 9, "c over d": 9})
    assert result.consistency_ratio is None
    assert "no judgement can be checked" in result.reason


def test_two_criteria_have_nothing_to_contradict() -> None:
    result = pairwise({"a over b": 4})
    assert result.weights == pytest.approx({"a": 0.8, "b": 0.2})
    assert result.consistency_index == 0
    assert result.consistency_ratio is None


def test_one_wild_judgement_among_consistent_ones_is_the_one_to_mend() -> None:
    weights = {"a": 8, "b": 4, "c": 2, "d": 1}
    judgements = {
        f"{first} over {second}": weights[first] / weights[second]
        for first in weights
        for second in weights
        if first < second
    }
    judgements["a over d"] = 1 / 8
    mend = pairwise(judgements).mend
    assert mend is not None
    assert (mend.key, mend.stated) == (("judgements", "a over d"), 1 / 8)
    assert mend.implied == pytest.approx(8)
    assert mend.consistency_ratio == pytest.approx(0, abs=1e-12)


def test_the_judgement_to_mend_is_called_as_it_was_written() -> None:
    mend = pairwise({"c over b": 9, "b over a": 9, "a over c": 9}).mend
    assert mend is not None
    assert mend.key[1] in {"c over b", "b over a", "a over c"}
    assert mend.implied == pytest.approx(1 / 81)


def test_a_judgement_nothing_else_speaks_to_is_never_the_one_to_mend() -> None:
    mend = pairwise({"a over b": 9, "b over c": 9, "c over a": 9, "c over d": 5}).mend
    assert mend is not None
    assert mend.key[1] != "c over d"
    assert mend.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_missing_judgements_lower_the_random_index_in_proportion() -> None:
    assert SAATY.of(4, 0) == 0.90
    assert SAATY.of(4, 1) == pytest.approx(0.60)
    assert SAATY.of(4, 3) == 0
    assert SAATY.of(16, 0) is None


def test_more_criteria_than_the_table_covers_have_no_ratio_and_the_reason_names_the_table() -> None:
    result = pairwise(CONSISTENT, random_index=RandomIndex("A short table", (0.0, 0.0)))
    assert result.consistency_ratio is None
    assert result.random_index == "A short table"
    assert "A short table" in result.reason


def test_the_same_judgement_both_ways_is_one_judgement_even_rounded() -> None:
    assert pairwise({"a over b": 3, "b over a": 0.33}).weights == pytest.approx(
        {"a": 0.75, "b": 0.25}
    )


@pytest.mark.parametrize(
    ("judgements", "key", "message"),
    [
        ({"a over b": 3, "b over a": 2}, "b over a", "twice with different values"),
        ({"a over b": 0}, "a over b", "positive"),
        ({"a over b": -2}, "a over b", "positive"),
        ({"a over b": math.nan}, "a over b", "positive"),
        ({"a over b": math.inf}, "a over b", "positive"),
        ({"a over b": 1e300}, "a over b", "positive"),
        ({"a over a": 1}, "a over a", "against itself"),
        ({"a versus b": 2}, "a versus b", "FIRST over SECOND"),
    ],
)
def test_a_judgement_that_cannot_stand_is_refused_at_its_place(
    judgements: dict[str, float], key: str, message: str
) -> None:
    with pytest.raises(WeightingError, match=message) as error:
        pairwise(judgements)
    assert error.value.key == ("judgements", key)


@pytest.mark.parametrize(
    ("judgements", "message"),
    [
        ({}, "at least one"),
        ({"a over b": 2, "c over d": 3}, 'nothing connects "a", "b" with "c", "d"'),
    ],
)
def test_judgements_that_leave_a_criterion_out_are_refused(
    judgements: dict[str, float], message: str
) -> None:
    with pytest.raises(WeightingError, match=message) as error:
        pairwise(judgements)
    assert error.value.key == ("judgements",)


def test_harkers_matrix_gives_the_weights_of_the_matrix_completed_by_them() -> None:
    ratios = np.array([[0, 2, 0, 5], [1 / 2, 0, 3, 0], [0, 1 / 3, 0, 4], [1 / 5, 0, 1 / 4, 0]])
    weights, eigenvalue = principal_eigenvector(ratios)
    completed = np.where(ratios == 0, weights[:, None] / weights[None, :], ratios)
    again, same = principal_eigenvector(completed)
    assert again == pytest.approx(weights)
    assert same == pytest.approx(eigenvalue)
