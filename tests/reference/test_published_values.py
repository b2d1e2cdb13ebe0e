"""Weighted sums, swing weights and piecewise values as their sources print them."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.value.point_weights import swing
from partnerselect.value.scoring import additive_values, ranks
from partnerselect.value.value_function import piecewise_linear
from tests.reference.published import Published, every_name


def test_a_weighted_sum_ties_triantaphyllous_second_and_third() -> None:
    case = Published("wsm_triantaphyllou_tie")
    values = additive_values(case.matrix, case.weights)
    assert values == case.near("scores")
    assert ranks(values, np.ones(3, dtype=bool)).tolist() == case.expected["ranks"]


def test_a_weighted_sum_of_shares_of_the_best_ranks_rizans_candidates() -> None:
    case = Published("saw_rizan2020")
    values = additive_values(case.matrix / case.matrix.max(axis=0), case.weights)
    assert values == case.near("scores")
    assert ranks(values, np.ones(4, dtype=bool)).tolist() == case.expected["ranks"]


def test_swing_weights_choose_goodwin_and_wrights_office() -> None:
    case = Published("swing_goodwin_wright_office")
    weights = swing(dict(zip(case.given["criteria"], case.given["swing_points"], strict=True)))
    assert 100 * np.array(list(weights.values())) == case.near("weights_percent")
    rounded = np.array(case.given["rounded_weights_percent"]) / 100
    values = additive_values(np.array(case.given["values"], dtype=float), rounded)
    assert values == case.near("aggregate")
    assert ranks(values, np.ones(7, dtype=bool)).tolist() == case.expected["ranks"]


def test_piecewise_values_of_five_ways_to_travel() -> None:
    case = Published("piecewise_linear_value_functions_transport")
    columns = zip(case.matrix.T, case.given["breakpoints"].values(), strict=True)
    partial = np.column_stack([piecewise_linear(scores, points) for scores, points in columns])
    assert partial == case.near("partial_values")
    assert additive_values(partial, np.ones(3)) == case.near("additive")


@pytest.mark.parametrize("name", sorted(every_name()))
def test_every_published_case_is_reproduced_somewhere(
    name: str, request: pytest.FixtureRequest
) -> None:
    here = request.path.parent
    assert any(
        f'"{name}"' in module.read_text(encoding="utf-8")
        for module in here.glob("test_published_*.py")
    )
