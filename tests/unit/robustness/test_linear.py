"""Stability intervals and flip points by hand and at the edges."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.robustness.linear import (
    crossing_shares,
    least_weight_change,
    level_partial_value,
    stability_interval,
)


def test_the_interval_ends_where_the_lines_cross_worked_by_hand() -> None:
    # 20 + 60 t leads; 50 + 0 t is level at 1/2, 0 + 85 t at 4/5.
    interval = stability_interval(
        np.array([20.0, 50.0, 0.0]), np.array([80.0, 50.0, 85.0]), share=0.6, leader=0
    )
    assert (interval.low, interval.high) == pytest.approx((0.5, 0.8))
    assert (interval.below, interval.above) == (1, 2)


def test_a_leader_nobody_can_overtake_is_first_from_none_to_all() -> None:
    interval = stability_interval(
        np.array([50.0, 50.0, 10.0]), np.array([60.0, 20.0, 60.0]), share=0.3, leader=0
    )
    assert (interval.low, interval.high, interval.below, interval.above) == (0.0, 1.0, None, None)


def test_tied_leaders_end_their_intervals_at_todays_share_on_opposite_sides() -> None:
    at_none, at_all = np.array([40.0, 60.0]), np.array([60.0, 40.0])
    first, second = (
        stability_interval(at_none, at_all, share=0.5, leader=leader) for leader in (0, 1)
    )
    assert (first.low, first.high, first.below) == (0.5, 1.0, 1)
    assert (second.low, second.high, second.above) == (0.0, 0.5, 0)


def test_of_two_that_overtake_at_once_the_steeper_takes_over() -> None:
    interval = stability_interval(
        np.array([50.0, 40.0, 30.0]), np.array([50.0, 60.0, 70.0]), share=0.2, leader=0
    )
    assert interval.high == pytest.approx(0.5)
    assert interval.above == 2


def test_a_rival_that_never_gets_ahead_has_no_flip_point() -> None:
    crossings = crossing_shares(
        np.array([50.0, 40.0, 40.0]), np.array([50.0, 45.0, 50.0]), share=0.5, leader=0
    )
    assert np.isnan(crossings).all()


def test_the_least_change_takes_from_where_the_leader_is_furthest_ahead() -> None:
    # Leads 40, 10, -20 at weights 0.3, 0.3, 0.4 make a gap of 7: each unit moved from the
    # first to the last closes 60.
    change = least_weight_change(
        np.array([0.3, 0.3, 0.4]), np.array([90.0, 60.0, 30.0]), np.array([50.0, 50.0, 50.0])
    )
    assert change is not None
    assert change.weights == pytest.approx([0.3 - 7 / 60, 0.3, 0.4 + 7 / 60])
    assert change.total == pytest.approx(14 / 60)


def test_the_least_change_goes_on_to_the_next_criterion_when_the_first_is_spent() -> None:
    # Leads 40, 10, -1 at 0.2, 0.7, 0.1: the first gives all (8.2 of 14.9), the second 6.7 / 11.
    change = least_weight_change(
        np.array([0.2, 0.7, 0.1]), np.array([40.0, 10.0, 0.0]), np.array([0.0, 0.0, 1.0])
    )
    assert change is not None
    assert change.weights == pytest.approx([0.0, 0.7 - 6.7 / 11, 0.3 + 6.7 / 11])


def test_no_weights_turn_an_order_of_one_who_is_ahead_or_level_everywhere() -> None:
    assert (
        least_weight_change(np.array([0.5, 0.5]), np.array([60.0, 50.0]), np.array([50.0, 50.0]))
        is None
    )


def test_two_that_are_level_already_need_no_change() -> None:
    change = least_weight_change(
        np.array([0.5, 0.5]), np.array([60.0, 40.0]), np.array([40.0, 60.0])
    )
    assert change is not None
    assert change.total == 0


def test_a_partial_value_closes_the_gap_divided_by_its_weight_if_the_scale_reaches_that_far() -> (
    None
):
    assert level_partial_value(40, gap=5, weight=0.25) == pytest.approx(60)
    assert level_partial_value(40, gap=-5, weight=0.25) == pytest.approx(20)
    assert level_partial_value(90, gap=5, weight=0.25) is None
    assert level_partial_value(90, gap=5, weight=0) is None
