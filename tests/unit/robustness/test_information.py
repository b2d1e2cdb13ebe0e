"""What a score is worth knowing, against integrals worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.robustness.value_of_information import worth_finding_out

QUANTILES = (np.arange(10_000) + 0.5) / 100
"""Evenly spaced quantiles of a score that may be anything from 0 to 100."""


def test_an_unknown_score_of_one_who_is_level_is_worth_a_quarter_of_its_reach() -> None:
    # Value 50 or 50 + (v - 50) / 2 with v even on 0 to 100: the mean of the positive part of
    # an even (-25, 25) is 6.25.
    finding = worth_finding_out(
        np.array([50.0, 50.0]), alternative=0, weight=0.5, partial=QUANTILES
    )
    assert finding.value == pytest.approx(6.25, abs=1e-6)
    assert finding.change_share == pytest.approx(0.5)


def test_a_rival_that_may_overtake_is_worth_the_mean_of_what_it_may_gain() -> None:
    # It lacks 10 and moves by an even (-25, 25): overtakes with chance 15/50, gains 15² / (2 · 50).
    finding = worth_finding_out(
        np.array([60.0, 50.0, 20.0]), alternative=1, weight=0.5, partial=QUANTILES
    )
    assert finding.value == pytest.approx(2.25, abs=1e-4)
    assert finding.change_share == pytest.approx(0.3, abs=1e-3)


def test_knowing_the_leaders_own_score_is_worth_the_mean_of_what_it_may_lose() -> None:
    finding = worth_finding_out(
        np.array([60.0, 50.0, 20.0]), alternative=0, weight=0.5, partial=QUANTILES
    )
    assert finding.value == pytest.approx(2.25, abs=1e-4)
    assert finding.change_share == pytest.approx(0.3, abs=1e-3)


def test_a_score_that_cannot_change_the_leader_is_worth_nothing() -> None:
    finding = worth_finding_out(
        np.array([90.0, 50.0]), alternative=1, weight=0.5, partial=QUANTILES
    )
    assert (finding.value, finding.change_share) == (0, 0)


def test_one_alternative_alone_has_nothing_worth_finding_out() -> None:
    assert (
        worth_finding_out(np.array([50.0]), alternative=0, weight=1.0, partial=QUANTILES).value == 0
    )


def test_random_draws_agree_with_the_integral_within_the_error_stated() -> None:
    draws = np.random.default_rng(4).random(10_000) * 100
    finding = worth_finding_out(
        np.array([60.0, 50.0, 20.0]), alternative=1, weight=0.5, partial=draws
    )
    assert abs(finding.value - 2.25) < 4 * finding.value_error
    assert abs(finding.change_share - 0.3) < 4 * finding.change_error
    assert 0 < finding.value_error < 0.1


def test_the_closed_inner_mean_agrees_with_nested_draws() -> None:
    generator = np.random.default_rng(9)
    nominal, weights = np.array([[70.0, 50.0], [50.0, 40.0]]), generator.dirichlet([4.0, 6.0], 2000)
    other = generator.random(2000) * 100  # another uncertain score, of the first alternative
    means = []
    for score in QUANTILES[::50]:
        first = weights[:, 0] * other + weights[:, 1] * nominal[0, 1]
        second = weights[:, 0] * score + weights[:, 1] * nominal[1, 1]
        means.append((first.mean(), second.mean()))
    nested = np.max(means, axis=1).mean() - np.mean(means, axis=0).max()
    finding = worth_finding_out(
        np.mean(means, axis=0),
        alternative=1,
        weight=float(weights[:, 0].mean()),
        partial=QUANTILES[::50],
    )
    assert finding.value == pytest.approx(nested)
