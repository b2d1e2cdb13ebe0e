"""SMAA-2 and ordinal weights in closed form and as published."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.robustness.acceptability import acceptability, tally
from partnerselect.robustness.samplers import blocks, free, ordinal
from tests.reference.published import Published

DRAWS = 60_000


def test_two_alternatives_on_three_criteria_in_closed_form() -> None:
    case = Published("smaa2_analytic_2x3")
    values = np.array(case.given["values"])
    drawn = (free(block.generator(), block.draws, 3) for block in blocks(DRAWS, seed=1))
    found = acceptability(reduce(add, (tally(values @ weights.T, weights) for weights in drawn)))
    assert found.ranks == case.near("rai")
    assert found.central_weights == case.near("central_weights")


def test_weights_in_order_have_the_rank_order_centroid_as_mean() -> None:
    case = Published("smaa_ordinal_weights_centroid_is_roc")
    drawn = [
        ordinal(block.generator(), block.draws, np.array([3.0, 2.0, 1.0]))
        for block in blocks(DRAWS, seed=1)
    ]
    assert np.concatenate(drawn).mean(axis=0) == case.near("mean")


def _measurements(case: Published, generator: np.random.Generator, draws: int) -> FloatArray:
    """Draw efficacy (log-normal) and side effects (normal, less is better) as values.

    Shape (alternatives, draws, criteria).
    """
    efficacy = np.array(case.given["efficacy_lognormal_mu_sigma"], dtype=float)
    effects = np.array(list(case.given["gaussian_mu_sigma_minimise"].values()), dtype=float)
    columns = [
        _scaled(
            efficacy, np.exp(generator.normal(efficacy[:, 0], efficacy[:, 1], (draws, 4))), np.exp
        )
    ]
    columns += [
        1 - _scaled(effect, generator.normal(effect[:, 0], effect[:, 1], (draws, 4)))
        for effect in effects
    ]
    return np.stack(columns, axis=2).transpose(1, 0, 2)


def _scaled(measured: FloatArray, drawn: FloatArray, of: np.ufunc = np.positive) -> FloatArray:
    """Scale from 0 to 1 over the hull of the alternatives' 95% intervals."""
    low, high = (
        of((measured[:, 0] - 1.96 * measured[:, 1]).min()),
        of((measured[:, 0] + 1.96 * measured[:, 1]).max()),
    )
    scaled: FloatArray = (drawn - low) / (high - low)
    return scaled


def test_antidepressants_are_ranked_as_by_tervonen_and_others() -> None:
    case = Published("smaa2_jsmaa_antidepressants")
    tallies = []
    for block in blocks(DRAWS, seed=1):
        generator = block.generator()
        weights = free(generator, block.draws, 6)
        values = np.einsum("kdc,dc->kd", _measurements(case, generator, block.draws), weights)
        tallies.append(tally(values, weights))
    found = acceptability(reduce(add, tallies))
    assert found.ranks == case.near("rai")
    assert found.central_weights == case.near("central_weights")
