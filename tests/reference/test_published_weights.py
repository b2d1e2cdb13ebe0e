"""Rank-order weights and pairwise judgements as their sources print them."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

import numpy as np
import pytest

from partnerselect.value.best_worst_weights import BestWorst, best_worst
from partnerselect.value.pairwise_weights import SAATY, Pairwise, pairwise
from partnerselect.value.point_weights import rank
from tests.reference.published import Published


def _weights(matrix: list[list[float]], names: list[str] | None = None) -> Pairwise:
    letters = names or list(ascii_lowercase[: len(matrix)])
    pairs = [(row, column) for row in range(len(matrix)) for column in range(row + 1, len(matrix))]
    return pairwise(
        {f"{letters[row]} over {letters[column]}": matrix[row][column] for row, column in pairs},
    )


def test_saatys_house_has_his_weights_and_his_inconsistency() -> None:
    case = Published("ahp_saaty1990_house")
    result = _weights(case.given["pairwise"])
    assert np.array(list(result.weights.values())) == case.near("weights")
    assert result.principal_eigenvalue == case.near("lambda_max")
    assert result.consistency_ratio == case.near("CR")
    assert SAATY.of(8, 0) == case.given["RI"]


def test_saatys_house_is_mended_where_he_mends_it() -> None:
    # Saaty (1990): the neighbourhood against the general condition, stated 6, should be about
    # 1/2; the ratio falls to 0.083.
    names = [
        "size",
        "transport",
        "neighbourhood",
        "age",
        "yard",
        "facilities",
        "condition",
        "financing",
    ]
    mend = _weights(Published("ahp_saaty1990_house").given["pairwise"], names).mend
    assert mend is not None
    assert (mend.key[1], mend.stated) == ("neighbourhood over condition", 6)
    assert mend.implied == pytest.approx(0.5, abs=0.1)
    assert mend.consistency_ratio == pytest.approx(0.083, abs=0.002)


def test_saatys_cities_are_weighed_through_two_levels() -> None:
    case = Published("ahp_saaty2005_cities_hierarchy")
    criteria: dict[str, Any] = case.given["alternative_pairwise"]
    upper = np.array(list(_weights(case.given["criteria_pairwise"]).weights.values()))
    lower = np.array([list(_weights(matrix).weights.values()) for matrix in criteria.values()])
    assert upper @ lower == case.near("target_weights")


def test_rank_order_centroid_of_four() -> None:
    case = Published("roc_n4")
    assert np.array(list(rank(list("abcd")).values())) == case.near("weights")


def test_rank_sum_of_four() -> None:
    case = Published("rank_sum_n4")
    assert np.array(list(rank(list("abcd"), "sum").values())) == case.near("weights")


def _best_worst(case: Published) -> BestWorst:
    over, under = case.given["best_to_others"], case.given["others_to_worst"]
    names = ascii_lowercase[: len(over)]
    found = best_worst(
        names[over.index(1)],
        names[under.index(1)],
        dict(zip(names, over, strict=True)),
        dict(zip(names, under, strict=True)),
    )
    return BestWorst({name: found.weights[name] for name in names}, found.inconsistency)


@pytest.mark.parametrize("name", ["bwm_linear_same_input", "bwm_consistent_exact"])
def test_best_worst_weights_and_their_inconsistency(name: str) -> None:
    case = Published(name)
    result = _best_worst(case)
    assert np.array(list(result.weights.values())) == case.near("weights")
    assert result.inconsistency == case.near("xi")
