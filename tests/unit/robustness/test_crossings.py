"""Where lines of value cross, against what can be read off the lines themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from partnerselect.robustness.linear import crossings, ever_first

values = st.integers(0, 100).map(float)
pairs = st.lists(st.tuples(values, values), min_size=1, max_size=7)


def test_two_lines_cross_where_a_reader_works_it_out() -> None:
    # 100·(1 − t) against 20 + 60·t: level at t = 0.5, worth 50; a third partner stays below.
    (first,) = crossings(np.array([100.0, 20.0, 10.0]), np.array([0.0, 80.0, 10.0]), [0, 1])
    assert (first.share, first.value, first.before, first.beyond, first.first) == (
        0.5,
        50.0,
        0,
        1,
        True,
    )
    third = crossings(np.array([100.0, 20.0, 10.0]), np.array([0.0, 80.0, 10.0]), [0, 2])
    assert [(found.share, found.first) for found in third] == [(0.9, False)]


@given(pairs=pairs)
def test_every_crossing_is_level_and_turns_the_order_of_the_two(
    pairs: list[tuple[float, float]],
) -> None:
    at_none, at_all = (np.array(ends) for ends in zip(*pairs, strict=True))
    for found in crossings(at_none, at_all, range(len(pairs))):
        level = (1 - found.share) * at_none + found.share * at_all
        assert 0 < found.share < 1
        assert (
            level[found.before] == pytest.approx(level[found.beyond]) == pytest.approx(found.value)
        )
        assert at_none[found.before] > at_none[found.beyond]
        assert at_all[found.before] < at_all[found.beyond]
        assert found.first == (level.max() == pytest.approx(found.value, abs=1e-9))


@given(pairs=pairs)
def test_nobody_is_first_at_any_weight_who_is_not_named(pairs: list[tuple[float, float]]) -> None:
    at_none, at_all = (np.array(ends) for ends in zip(*pairs, strict=True))
    named = ever_first(at_none, at_all)
    for share in np.linspace(0, 1, 101):
        level = (1 - share) * at_none + share * at_all
        assert level[list(named)].max() == pytest.approx(level.max())
