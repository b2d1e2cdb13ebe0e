"""Rank acceptability, central weights, winning and confidence against closed forms and by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np
import pytest

from partnerselect.arrays import FloatArray
from partnerselect.robustness.acceptability import (
    Acceptability,
    acceptability,
    confidence_counts,
    drawn_values,
    share_error,
    standings,
    tally,
)
from partnerselect.robustness.samplers import Block, blocks, free, ordinal, within

if TYPE_CHECKING:
    from collections.abc import Callable

DRAWS = 40_000
ONE_EACH = np.array([[1.0, 0.0], [0.0, 1.0]])
NO_CELLS = np.empty((0, 2), dtype=np.intp)


def _over_blocks(
    nominal: FloatArray, sampler: Callable[[np.random.Generator, int], FloatArray]
) -> Acceptability:
    def one(block: Block) -> tuple[FloatArray, FloatArray]:
        weights = sampler(block.generator(), block.draws)
        return nominal @ weights.T, weights

    return acceptability(reduce(add, (tally(*one(block)) for block in blocks(DRAWS, seed=2021))))


def _is_share(found: Acceptability, alternative: int, share: float) -> bool:
    return bool(
        abs(found.ranks[alternative, 0] - share) < 4.5 * share_error(np.array(share), DRAWS)
    )


def test_with_any_weights_the_first_of_two_leads_in_proportion_to_its_side_of_the_tie() -> None:
    # 1 · w beats 3 · (1 - w) where w > 3/4.
    found = _over_blocks(
        np.array([[1.0, 0.0], [0.0, 3.0]]), lambda generator, draws: free(generator, draws, 2)
    )
    assert _is_share(found, 0, 1 / 4)


def test_with_weights_in_order_the_first_leads_on_the_part_of_the_order_it_wins() -> None:
    # w is even on (1/2, 1); 1 · w beats 2 · (1 - w) where w > 2/3.
    found = _over_blocks(
        np.array([[1.0, 0.0], [0.0, 2.0]]),
        lambda generator, draws: ordinal(generator, draws, np.array([0.6, 0.4])),
    )
    assert _is_share(found, 0, 2 / 3)


def test_with_weights_within_a_band_the_first_leads_on_the_part_of_the_band_it_wins() -> None:
    # w is even on (0.4, 0.6); 1 · w beats 1.2 · (1 - w) where w > 6/11.
    found = _over_blocks(
        np.array([[1.0, 0.0], [0.0, 1.2]]),
        lambda generator, draws: within(generator, draws, np.array([0.5, 0.5]), 0.2),
    )
    assert _is_share(found, 0, (0.6 - 6 / 11) / 0.2)


def test_a_leader_within_the_whole_band_is_always_first() -> None:
    found = _over_blocks(
        np.array([[1.0, 0.0], [0.0, 0.6]]),
        lambda generator, draws: within(generator, draws, np.array([0.5, 0.5]), 0.2),
    )
    assert found.ranks.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(found.central_weights[1]).all()
    assert found.rank_errors.tolist() == [[0, 0], [0, 0]]


def test_ties_split_the_ranks_they_cover_equally() -> None:
    # Draw 1: a alone, b and c tied for second. Draw 2: all tied.
    values = np.array([[3.0, 5.0], [0.1 + 0.2, 5.0], [0.3, 5.0]])
    total = tally(values, np.full((2, 1), 1.0))
    assert total.ranks == pytest.approx(
        np.array([[1 + 1 / 3, 1 / 3, 1 / 3], [1 / 3, 5 / 6, 5 / 6], [1 / 3, 5 / 6, 5 / 6]])
    )
    assert total.beats / 2 == pytest.approx(
        np.array([[1 / 2, 3 / 4, 3 / 4], [1 / 4, 1 / 2, 1 / 2], [1 / 4, 1 / 2, 1 / 2]])
    )


def test_one_that_is_not_there_takes_no_rank_and_is_beaten_by_all() -> None:
    values = np.array([[9.0, 9.0], [5.0, 5.0], [5.0, 1.0]])
    available = np.array([[False, True], [True, True], [True, True]])
    found = acceptability(tally(values, np.full((2, 1), 1.0), available))
    assert found.unavailable.tolist() == [0.5, 0, 0]
    assert found.ranks.tolist() == [[0.5, 0, 0], [0.25, 0.75, 0], [0.25, 0.25, 0.5]]
    assert found.winning[0].tolist() == [0.5, 0.5, 0.5]


def test_nobody_there_means_nobody_first() -> None:
    found = acceptability(
        tally(np.ones((2, 3)), np.full((3, 1), 1.0), np.zeros((2, 3), dtype=bool))
    )
    assert found.ranks.tolist() == [[0, 0], [0, 0]]
    assert found.unavailable.tolist() == [1, 1]


def test_a_draw_with_nobody_there_counts_for_nobodys_central_weights() -> None:
    weights = np.array([[0.9, 0.1], [0.5, 0.5]])
    found = acceptability(
        tally(ONE_EACH @ weights.T, weights, np.array([[True, False], [True, False]]))
    )
    assert found.central_weights[0] == pytest.approx([0.9, 0.1])
    assert np.isnan(found.central_weights[1]).all()


def test_central_weights_are_the_mean_weights_of_the_draws_led() -> None:
    weights = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]])
    found = acceptability(tally(ONE_EACH @ weights.T, weights))
    assert found.central_weights == pytest.approx(np.array([[0.8, 0.2], [0.2, 0.8]]))


def test_the_stated_error_is_the_scatter_from_seed_to_seed() -> None:
    shares = []
    for seed in range(200):
        weights = free(np.random.default_rng(seed), 1000, 2)
        shares.append(
            acceptability(tally(np.array([[1.0, 0.0], [0.0, 3.0]]) @ weights.T, weights)).ranks[
                0, 0
            ]
        )
    assert np.std(shares) == pytest.approx(share_error(np.array(0.25), 1000), rel=0.2)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_number_of_workers_changes_nothing(workers: int) -> None:
    nominal = np.random.default_rng(5).random((6, 4)) * 100

    def one(block: Block) -> tuple[FloatArray, FloatArray]:
        weights = free(block.generator(), block.draws, 4)
        return nominal @ weights.T, weights

    with ThreadPoolExecutor(workers) as pool:
        together = reduce(add, pool.map(lambda block: tally(*one(block)), blocks(10_000, seed=3)))
    alone = reduce(add, (tally(*one(block)) for block in blocks(10_000, seed=3)))
    assert (together.ranks == alone.ranks).all()
    assert (together.first_weights == alone.first_weights).all()


def test_drawn_scores_replace_the_nominal_ones_where_they_stand() -> None:
    weights = np.array([[0.5, 0.5], [0.2, 0.8]])
    nominal = np.array([[10.0, 20.0], [30.0, 40.0]])
    values = drawn_values(weights, nominal, np.array([[1, 0]]), np.array([[50.0], [0.0]]))
    assert values == pytest.approx(np.array([[15, 18], [45, 32]]))


def test_confidence_is_the_share_of_score_draws_that_keep_it_first_under_its_own_weights() -> None:
    # Under (0.5, 0.5) the first is worth 50, the second 10 + 0.5 · score: below it, level,
    # then ahead twice.
    nominal = np.array([[50.0, 50.0], [0.0, 20.0]])
    partial = np.array([[60.0], [80.0], [90.0], [100.0]])
    central = np.array([[0.5, 0.5], [np.nan, np.nan]])
    counts = confidence_counts(central, nominal, np.array([[1, 0]]), partial)
    assert counts[0] == pytest.approx(1.5)
    assert np.isnan(counts[1])


def test_without_drawn_scores_confidence_is_all_or_nothing() -> None:
    counts = confidence_counts(
        np.array([[0.8, 0.2], [0.2, 0.8]]), ONE_EACH, NO_CELLS, np.empty((7, 0))
    )
    assert counts.tolist() == [7, 7]


def test_better_and_worse_are_counted_beyond_the_tie() -> None:
    found = standings(np.array([[1.0], [1.0 + 1e-10], [2.0]]))
    assert found.better.T.tolist() == [[1, 1, 0]]
    assert found.worse.T.tolist() == [[0, 0, 2]]
