"""Laws every second opinion obeys whatever the numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.value.other_methods import (
    Opinion,
    Preference,
    copras,
    promethee,
    topsis,
    topsis_by_vector,
    vikor,
    weighted_product,
)

Method = Callable[[FloatArray, FloatArray, BoolArray], Opinion]
Table = tuple[FloatArray, FloatArray, BoolArray]


def _promethee(values: FloatArray, weights: FloatArray, increasing: BoolArray) -> Opinion:
    return promethee(values, weights, increasing, [Preference()] * len(weights))


@st.composite
def tables(draw: st.DrawFn, *, costs: int | None = None) -> Table:
    """Draw 2 to 6 alternatives on 1 to 5 criteria, the first of them a cost."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    values = draw(arrays(float, (rows, columns), elements=st.integers(1, 50).map(float)))
    points = draw(arrays(float, columns, elements=st.integers(1, 20).map(float)))
    increasing = draw(arrays(bool, columns)) if costs is None else np.arange(columns) >= costs
    increasing[0] = False
    return values, points / points.sum(), increasing


def _with_cost_raised(values: FloatArray, who: int, by: float) -> FloatArray:
    raised = values.copy()
    raised[who, 0] += by
    return raised


@pytest.mark.parametrize("method", [_promethee, weighted_product])
@given(table=tables(), by=st.integers(1, 60))
def test_raising_a_cost_never_improves_a_rank(method: Method, table: Table, by: int) -> None:
    values, weights, increasing = table
    before = method(values, weights, increasing).ranks
    after = method(_with_cost_raised(values, 0, by), weights, increasing).ranks
    assert before is not None
    assert after is not None
    assert after[0] >= before[0]


@given(table=tables(costs=1), by=st.integers(1, 60))
def test_raising_the_only_cost_never_improves_a_rank_in_copras(table: Table, by: int) -> None:
    values, weights, increasing = table
    before = copras(values, weights, increasing).ranks
    after = copras(_with_cost_raised(values, 0, by), weights, increasing).ranks
    assert before is not None
    assert after is not None
    assert after[0] >= before[0]


@given(table=tables(), share=st.floats(0.01, 0.99))
def test_raising_a_cost_between_best_and_worst_never_helps_where_these_are_the_measure(
    table: Table, share: float
) -> None:
    values, weights, increasing = table
    worst = values[:, 0].max()
    values[0, 0] = (values[:, 0].min() + worst) / 2
    before = np.vstack(
        [values, values.min(axis=0), values.max(axis=0)]
    )  # best and worst stay what they are
    after = _with_cost_raised(before, 0, share * (worst - values[0, 0]))
    closer, farther = (
        topsis(before, weights, increasing).scores,
        topsis(after, weights, increasing).scores,
    )
    if closer is not None and farther is not None:
        assert farther[0] <= closer[0] + 1e-12
    higher, lower = (
        vikor(before, weights, increasing).ranks,
        vikor(after, weights, increasing).ranks,
    )
    assert higher is not None
    assert lower is not None
    assert lower[0] >= higher[0]


@pytest.mark.parametrize("method", [topsis_by_vector, copras, weighted_product, vikor, _promethee])
@given(table=tables(), factor=st.floats(1e-6, 1e6))
def test_another_unit_changes_nothing(method: Method, table: Table, factor: float) -> None:
    values, weights, increasing = table
    factors = np.full(len(weights), 1.0)
    factors[-1] = factor
    assert method(values * factors, weights, increasing).scores == _near(
        method(values, weights, increasing)
    )


@pytest.mark.parametrize("method", [vikor, _promethee])
@given(table=tables(), shift=st.integers(-1000, 1000), factor=st.floats(1e-3, 1e3))
def test_another_zero_and_unit_change_nothing_where_only_differences_count(
    method: Method, table: Table, shift: int, factor: float
) -> None:
    values, weights, increasing = table
    assert method(values * factor + shift, weights, increasing).scores == _near(
        method(values, weights, increasing)
    )


@pytest.mark.parametrize("method", [topsis_by_vector, vikor, _promethee, copras, weighted_product])
@given(table=tables(), data=st.data())
def test_the_order_of_the_alternatives_changes_no_score(
    method: Method, table: Table, data: st.DataObject
) -> None:
    values, weights, increasing = table
    order = data.draw(st.permutations(range(len(values))))
    scores = method(values, weights, increasing).scores
    expected = (
        None if scores is None else pytest.approx([scores[index] for index in order], abs=1e-9)
    )
    assert method(values[list(order)], weights, increasing).scores == expected


@given(table=tables())
def test_net_flows_sum_to_nothing(table: Table) -> None:
    scores = _promethee(*table).scores
    assert scores is not None
    assert sum(scores) == pytest.approx(0, abs=1e-9)


@given(table=tables())
def test_the_compromise_of_vikor_starts_with_its_first(table: Table) -> None:
    opinion = vikor(*table)
    assert opinion.ranks is not None
    assert opinion.compromise is not None
    assert opinion.ranks[opinion.compromise.positions[0]] == 1


def _near(opinion: Opinion) -> object:
    return None if opinion.scores is None else pytest.approx(opinion.scores, abs=1e-7)
