"""Laws of draws, intervals and flip points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from hypothesis.extra.numpy import arrays

from partnerselect.arrays import FloatArray
from partnerselect.optimiser import Model, Program
from partnerselect.robustness.acceptability import acceptability, tally
from partnerselect.robustness.linear import crossing_shares, least_weight_change, stability_interval
from partnerselect.robustness.samplers import free, ordinal, within
from partnerselect.robustness.value_of_information import worth_finding_out

STEP = 1e-6
SEEDS = st.integers(0, 2**32)
Lines = tuple[FloatArray, FloatArray, float, int]


def _points(count: int) -> st.SearchStrategy[FloatArray]:
    return arrays(float, count, elements=st.integers(0, 100).map(float))


@st.composite
def weights(draw: st.DrawFn, *, least: int = 1) -> FloatArray:
    """Draw weights that sum to 1."""
    points = draw(
        arrays(float, draw(st.integers(least, 8)), elements=st.integers(1, 20).map(float))
    )
    return np.asarray(points / points.sum(), dtype=float)


@st.composite
def lines(draw: st.DrawFn) -> Lines:
    """Draw values at share 0 and 1, today's share, and the leader at it."""
    count = draw(st.integers(2, 6))
    at_none, at_all = draw(_points(count)), draw(_points(count))
    share = draw(st.integers(1, 19)) / 20
    return at_none, at_all, share, int(np.argmax(_at(at_none, at_all, share)))


def _at(at_none: FloatArray, at_all: FloatArray, share: float) -> FloatArray:
    return (1 - share) * at_none + share * at_all


@given(nominal=weights(), seed=SEEDS)
def test_drawn_weights_are_never_negative_and_sum_to_one(nominal: FloatArray, seed: int) -> None:
    generator = np.random.default_rng(seed)
    drawn = np.vstack(
        [
            free(generator, 50, len(nominal)),
            ordinal(generator, 50, nominal),
            within(generator, 50, nominal, 0.25),
        ]
    )
    assert (drawn >= 0).all()
    assert drawn.sum(axis=1) == pytest.approx(1)


@given(nominal=weights(), seed=SEEDS)
def test_ordinal_draws_never_break_a_strict_order(nominal: FloatArray, seed: int) -> None:
    drawn = ordinal(np.random.default_rng(seed), 50, nominal)
    lighter, heavier = np.nonzero(nominal[:, None] < nominal[None, :] - 1e-9)
    assert (drawn[:, lighter] <= drawn[:, heavier]).all()


@given(data=st.data(), count=st.integers(1, 6), draws=st.integers(1, 8))
def test_every_row_of_acceptability_sums_to_one_with_unavailable(
    data: st.DataObject, count: int, draws: int
) -> None:
    values = data.draw(arrays(float, (count, draws), elements=st.integers(0, 4).map(float)))
    available = data.draw(arrays(bool, (count, draws)))
    found = acceptability(tally(values, np.ones((draws, 1)), available))
    assert found.ranks.sum(axis=1) + found.unavailable == pytest.approx(1)
    assert found.ranks[:, 0].sum() == pytest.approx(available.any(axis=0).mean())
    assert found.winning + found.winning.T == pytest.approx(1)


@given(data=st.data(), count=st.integers(1, 6))
def test_a_partner_that_gets_better_is_never_first_less_often(
    data: st.DataObject, count: int
) -> None:
    values = data.draw(arrays(float, (count, 6), elements=st.integers(0, 9).map(float)))
    better = values.copy()
    better[0] += data.draw(arrays(float, 6, elements=st.integers(0, 9).map(float)))
    shares = [
        acceptability(tally(table, np.ones((6, 1)))).ranks[0].cumsum() for table in (values, better)
    ]
    assert (shares[1] >= shares[0] - 1e-12).all()


@given(case=lines())
def test_the_interval_contains_todays_share_and_the_leader_leads_all_of_it(case: Lines) -> None:
    at_none, at_all, share, leader = case
    interval = stability_interval(at_none, at_all, share=share, leader=leader)
    assert 0 <= interval.low <= share <= interval.high <= 1
    for inside in np.linspace(interval.low, interval.high, 7):
        values = _at(at_none, at_all, float(inside))
        assert values[leader] >= values.max() - 1e-9


@given(case=lines())
def test_beyond_an_end_of_the_interval_the_named_one_leads_and_before_it_not(case: Lines) -> None:
    at_none, at_all, share, leader = case
    interval = stability_interval(at_none, at_all, share=share, leader=leader)
    for end, taker, outwards in (
        (interval.low, interval.below, -STEP),
        (interval.high, interval.above, STEP),
    ):
        if taker is None:
            assert end in {0.0, 1.0}
        elif 0 <= end + outwards <= 1:
            beyond = _at(at_none, at_all, end + outwards)
            assert beyond[taker] > beyond[leader]
            assert beyond[taker] >= beyond.max() - 1e-9


@given(case=lines())
def test_beyond_a_flip_point_the_order_turns_and_before_it_not(case: Lines) -> None:
    at_none, at_all, share, leader = case
    for rival, crossing in enumerate(
        crossing_shares(at_none, at_all, share=share, leader=leader).tolist()
    ):
        if np.isnan(crossing):
            assert min(at_none[leader] - at_none[rival], at_all[leader] - at_all[rival]) >= -1e-9
            continue
        outwards = (
            STEP if at_all[rival] - at_none[rival] > at_all[leader] - at_none[leader] else -STEP
        )
        before, beyond = (
            _at(at_none, at_all, crossing - outwards),
            _at(at_none, at_all, crossing + outwards),
        )
        assert before[leader] > before[rival]
        assert beyond[rival] > beyond[leader]


@given(own=weights(least=2), data=st.data())
def test_the_least_change_of_weights_ties_the_two_and_a_linear_programme_finds_none_smaller(
    own: FloatArray, data: st.DataObject
) -> None:
    leader, rival = data.draw(_points(len(own))), data.draw(_points(len(own)))
    assume(own @ leader >= own @ rival)
    change = least_weight_change(own, leader, rival)
    if change is None:
        assert (leader >= rival).all()
        return
    assert (change.weights >= 0).all()
    assert change.weights.sum() == pytest.approx(1)
    assert change.weights @ (leader - rival) == pytest.approx(0, abs=1e-9)
    assert change.total == pytest.approx(_least_total(own, leader - rival), abs=1e-6)


def _least_total(own: FloatArray, lead: FloatArray) -> float:
    """Find the least sum of absolute changes to weights without any lead, by a linear programme."""
    program = Program()
    more = [program.column(f"more{number}", integer=False) for number in range(len(own))]
    less = [
        program.column(f"less{number}", integer=False, upper=float(weight))
        for number, weight in enumerate(own)
    ]
    columns = [*zip(more, less, strict=True)]
    program.row(
        "whole",
        "whole",
        [term for up, down in columns for term in ((up, 1.0), (down, -1.0))],
        lower=0.0,
        upper=0.0,
    )
    gap = -float(own @ lead)
    program.row(
        "level",
        "level",
        [
            term
            for (up, down), d in zip(columns, lead.tolist(), strict=True)
            for term in ((up, d), (down, -d))
        ],
        lower=gap,
        upper=gap,
    )
    objective = Model(program, np.ones(program.size)).solve().objective
    assert objective is not None
    return objective


@given(data=st.data(), count=st.integers(2, 5), weight=st.floats(0, 1), seed=SEEDS)
def test_knowing_more_is_never_worth_less_than_nothing(
    data: st.DataObject, count: int, weight: float, seed: int
) -> None:
    expected = data.draw(_points(count))
    finding = worth_finding_out(
        expected,
        alternative=0,
        weight=weight,
        partial=np.random.default_rng(seed).random(100) * 100,
    )
    assert finding.value >= -1e-9
    assert 0 <= finding.change_share <= 1
