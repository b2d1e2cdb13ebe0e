"""Additive value: overall value, ranks, contributions, dominance.

Source: Keeney & Raiffa (1976), Decisions with Multiple Objectives, ch. 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import Baseline, Scenario
from partnerselect.value.leaf_weights import programme_weights
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.value_function import TIE, values_of


@dataclass(frozen=True)
class Scores:
    """What every partner is worth in every programme."""

    weights: FloatArray
    """(P, C): rows sum to 1."""
    values: FloatArray
    """(P, K, C): partial values, 0 to 100."""
    overall: FloatArray
    """(P, K): 0 to 100."""
    ranks: IntArray
    """(P, K): among the eligible, 1 the best, ties share; 0 where not eligible."""
    baseline: FloatArray
    """(P,): the value of doing nothing."""

    @property
    def contributions(self) -> FloatArray:
        """(P, K, C): what each criterion adds to the overall value."""
        return self.values * self.weights[:, None, :]


def score(scenario: Scenario, table: PerformanceTable) -> Scores:
    """Value every partner in every programme.

    Raises:
        InputError: the weights as given cannot be turned into numbers.
    """
    weights = programme_weights(scenario)
    overall = additive_values(table.values, weights[:, None, :])
    return Scores(
        weights,
        table.values,
        overall,
        ranks(overall, table.eligible),
        _baseline(scenario, table, weights),
    )


def additive_values(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return Σ weight · value over the last axis."""
    if weights.ndim == 1:
        return np.asarray(values @ weights)
    return np.asarray(np.einsum("...c,...c->...", values, weights))


def ranks(values: FloatArray, counted: BoolArray) -> IntArray:
    """Rank along the last axis, 1 the highest, ties within 1e-9 sharing the better rank.

    0 where not counted.
    """
    rows = [
        _row_ranks(row, mask)
        for row, mask in zip(
            values.reshape(-1, values.shape[-1]), counted.reshape(-1, values.shape[-1]), strict=True
        )
    ]
    return np.array(rows, dtype=np.intp).reshape(values.shape)


def _row_ranks(values: FloatArray, counted: BoolArray) -> IntArray:
    ordered = np.sort(values[counted])
    return np.where(
        counted, 1 + len(ordered) - np.searchsorted(ordered, values + TIE, side="right"), 0
    )


def dominates(values: FloatArray) -> BoolArray:
    """Return who dominates whom: at least as good on every criterion and better on one.

    Values (K, C) to (K, K).
    """
    at_least = (values[:, None, :] >= values[None, :, :] - TIE).all(axis=2)
    better = (values[:, None, :] > values[None, :, :] + TIE).any(axis=2)
    return np.asarray(at_least & better)


def _baseline(scenario: Scenario, table: PerformanceTable, weights: FloatArray) -> FloatArray:
    """Return the value of doing nothing in every programme; shape (P,)."""
    return np.array(
        [
            float(weights[p] @ baseline_values(scenario, table, p))
            if isinstance(programme.baseline, Baseline)
            else programme.baseline
            for p, programme in enumerate(scenario.programmes.values())
        ]
    )


def baseline_values(scenario: Scenario, table: PerformanceTable, p: int) -> FloatArray:
    """Return the partial values of doing nothing where it is scored like a partner; shape (C,)."""
    ends = table.ends[p]
    return np.array(
        [
            float(values_of(leaf, table.baseline_scores[p, c], ends[c]))
            for c, leaf in enumerate(scenario.criteria.leaves.values())
        ]
    )
