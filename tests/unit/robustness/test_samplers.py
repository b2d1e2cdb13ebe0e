"""Draws are from where they are said to be from: moments and volumes against closed forms.

Bounds are four to five standard errors of the draws taken; the seed is fixed, so a test passes
always or never.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from partnerselect.arrays import FloatArray
from partnerselect.robustness.samplers import (
    BLOCK,
    blocks,
    dirichlet,
    free,
    open_gates,
    ordinal,
    scores_at,
    within,
)
from partnerselect.value.point_weights import rank

DRAWS = 40_000


def _generator() -> np.random.Generator:
    return np.random.default_rng(2021)


def _near_share(happened: np.ndarray, share: float) -> bool:
    """Tell whether a counted share lies within 4.5 standard errors of the true one."""
    return abs(float(happened.mean()) - share) < 4.5 * sqrt(share * (1 - share) / happened.size)


def _near_mean(drawn: FloatArray, mean: float | FloatArray) -> bool:
    return bool(
        (
            np.abs(drawn.mean(axis=0) - mean) <= 4.5 * drawn.std(axis=0) / sqrt(len(drawn)) + 1e-12
        ).all()
    )


@pytest.mark.parametrize("siblings", [1, 2, 5, 8])
def test_every_draw_is_a_set_of_shares(siblings: int) -> None:
    nominal = np.arange(1.0, siblings + 1)
    nominal /= nominal.sum()
    generator = _generator()
    for drawn in (
        free(generator, 999, siblings),
        ordinal(generator, 999, nominal),
        within(generator, 999, nominal, 0.25),
    ):
        assert drawn.shape == (999, siblings)
        assert (drawn >= 0).all()
        assert drawn.sum(axis=1) == pytest.approx(1)


def test_free_shares_have_the_moments_of_the_uniform_simplex() -> None:
    drawn = free(_generator(), DRAWS, 4)
    assert _near_mean(drawn, 1 / 4)
    assert _near_mean(drawn**2, 2 / (4 * 5))
    assert _near_mean(drawn[:, 0] * drawn[:, 1], 1 / (4 * 5))


@pytest.mark.parametrize("bound", [0.1, 0.5, 0.8])
def test_free_shares_fill_corners_by_their_volume(bound: float) -> None:
    assert _near_share(free(_generator(), DRAWS, 4)[:, 2] > bound, (1 - bound) ** 3)


def test_ordinal_shares_keep_the_order_and_have_the_rank_order_centroid_as_mean() -> None:
    nominal = np.array([0.2, 0.5, 0.3])
    drawn = ordinal(_generator(), DRAWS, nominal)
    assert (drawn[:, 1] >= drawn[:, 2]).all()
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    assert _near_mean(drawn, np.array([2 / 18, 11 / 18, 5 / 18]))


def test_ordinal_shares_fill_their_cone_by_volume() -> None:
    # Among three shares in order the least is below b with the chance 1 - (1 - 3b)²; the
    # greatest above 1/2 has 3 · (1/2)².
    drawn = ordinal(_generator(), DRAWS, np.array([3.0, 2.0, 1.0]) / 6)
    assert _near_share(drawn[:, 2] < 0.1, 1 - 0.7**2)
    assert _near_share(drawn[:, 0] > 0.5, 3 / 4)


def test_tied_siblings_are_unordered_among_themselves_only() -> None:
    drawn = ordinal(_generator(), DRAWS, np.array([0.3, 0.1, 0.3, 0.3]))
    assert (drawn[:, [0, 2, 3]] >= drawn[:, [1]]).all()
    assert _near_mean(drawn, np.array(list(rank([["a", "c", "d"], "b"]).values()))[[0, 3, 1, 2]])
    assert _near_share(drawn[:, 0] > drawn[:, 2], 1 / 2)
    assert _near_share((drawn[:, 0] > drawn[:, 2]) & (drawn[:, 2] > drawn[:, 3]), 1 / 6)


def test_shares_within_a_band_stay_in_it_around_the_nominal_ones() -> None:
    nominal = np.array([0.4, 0.3, 0.2, 0.1])
    drawn = within(_generator(), DRAWS, nominal, 0.25)
    assert (np.abs(drawn / nominal - 1) <= 0.25 + 1e-12).all()
    assert _near_mean(drawn, nominal)


def test_three_equal_shares_within_a_band_fill_a_regular_hexagon() -> None:
    # With half width h the density of one departure x is (2h - |x|) / 3h²: variance 5h²/18, a
    # chance of 5/24 beyond h/2.
    h = 0.2 / 3
    departure = within(_generator(), DRAWS, np.full(3, 1 / 3), 0.2) - 1 / 3
    for one in departure.T:
        assert _near_mean(one**2, 5 * h**2 / 18)
        assert _near_share(one > h / 2, 5 / 24)


def test_shares_within_a_band_are_those_of_plain_rejection() -> None:
    nominal, band = np.array([0.25, 0.4, 0.35]), 0.9
    simplex = free(np.random.default_rng(1), 400_000, 3)
    kept = simplex[(np.abs(simplex - nominal) <= band * nominal).all(axis=1)]
    drawn = within(_generator(), len(kept), nominal, band)
    error = np.sqrt((kept.var(axis=0) + drawn.var(axis=0)) / len(kept))
    assert (np.abs(kept.mean(axis=0) - drawn.mean(axis=0)) < 4.5 * error).all()
    assert np.cov(drawn.T) == pytest.approx(np.cov(kept.T), rel=0.05)
    for bounds in ([0.1, 0.5, 0.3], [0.3, 0.2, 0.2], [0.2, 0.3, 0.45]):
        assert abs(
            float((kept > bounds).all(axis=1).mean()) - float((drawn > bounds).all(axis=1).mean())
        ) < 4.5 * sqrt(0.5 / len(kept))


def test_a_share_of_nothing_stays_nothing_within_a_band() -> None:
    assert within(_generator(), 3, np.array([0.0, 1.0]), 0.25).tolist() == [[0.0, 1.0]] * 3


@pytest.mark.parametrize("band", [0.0, -0.1, 1.5])
def test_a_band_that_is_no_fraction_is_refused(band: float) -> None:
    with pytest.raises(ValueError, match="fraction"):
        within(_generator(), 3, np.array([0.5, 0.5]), band)


def test_mixtures_by_voice_have_the_mean_by_voice_and_never_leave_the_groups() -> None:
    groups = np.array([[0.6, 0.4], [0.2, 0.8], [0.9, 0.1]])
    drawn = dirichlet(_generator(), DRAWS, groups, np.array([2.0, 1.0, 0.0]))
    assert _near_mean(drawn, np.array([1.4 / 3, 1.6 / 3]))
    assert ((drawn[:, 0] > 0.2) & (drawn[:, 0] < 0.6)).all()


def test_two_equal_voices_make_every_mixture_equally_likely() -> None:
    drawn = dirichlet(_generator(), DRAWS, np.eye(2), np.array([7.0, 7.0]))
    assert _near_share(drawn[:, 0] < 0.3, 0.3)


def test_scores_are_drawn_from_their_triangle_or_evenly() -> None:
    low, likely, high = (
        np.array([0.0, 5.0, 2.0, 1.0]),
        np.array([3.0, 5.0, 2.0, 4.0]),
        np.array([10.0, 5.0, 6.0, 4.0]),
    )
    chance = _generator().random((DRAWS, len(low)))
    drawn = scores_at(chance, low, likely, high)
    assert ((drawn >= low) & (drawn <= high)).all()
    assert _near_mean(drawn, (low + likely + high) / 3)
    assert _near_share(drawn[:, 0] < 3, 0.3)
    assert _near_share(drawn[:, 0] < 6.5, 1 - 0.5**2 * 0.7)
    evenly = scores_at(chance, low, None, high)
    assert _near_mean(evenly, (low + high) / 2)
    assert _near_share(evenly[:, 0] < 2, 0.2)


def test_blocks_hold_all_draws_and_more_draws_leave_the_first_blocks_alone() -> None:
    few, many = blocks(10_000, seed=7), blocks(30_000, seed=7)
    assert [block.draws for block in few] == [BLOCK, BLOCK, 10_000 - 2 * BLOCK]
    for block, same in zip(few[:2], many, strict=False):
        assert (block.generator().random(5) == same.generator().random(5)).all()
    assert blocks(0, seed=7) == []


def test_blocks_differ_from_one_another_and_from_seed_to_seed() -> None:
    starts = [
        block.generator().random() for seed in (1, 2) for block in blocks(3 * BLOCK, seed=seed)
    ]
    assert len(set(starts)) == 6


def test_gates_open_as_often_as_is_likely_the_certain_ones_always() -> None:
    drawn = open_gates(_generator(), DRAWS, np.array([0.0, 0.8, 1.0]))
    assert not drawn[:, 0].any()
    assert drawn[:, 2].all()
    assert _near_share(drawn[:, 1], 0.8)
