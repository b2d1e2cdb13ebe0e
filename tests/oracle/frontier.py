"""The efficient pairs of cost and value, by comparing all allocations."""

from __future__ import annotations

from math import ceil

from tests.oracle.changes import without
from tests.oracle.feasible import feasible
from tests.oracle.scores import Data

CENT = 0.01
POINT = 1e-5
"""Costs and values nearer than these are the same."""
Pair = tuple[float, float]


def efficient(scenario: Data) -> list[Pair]:
    """Return the (cost to the trust, value) that no allocation betters in both, by rising cost, the budget left out of account."""
    return _undominated(
        {
            (round(sums.own_cost, 4), round(sums.value, 7))
            for _, sums in feasible(without_budget(scenario), aim=False)
        }
    )


def without_budget(scenario: Data) -> Data:
    """Return the scenario without its budget."""
    return (
        without(scenario, ("limits", "budget"))
        if "budget" in scenario.get("limits", {})
        else scenario
    )


def in_steps(pairs: list[Pair], step: float) -> list[Pair]:
    """Return the best pair for each multiple of the step, each once."""
    rounds = {ceil((cost - CENT) / step): (cost, value) for cost, value in pairs}
    return [rounds[number] for number in sorted(rounds)]


def _undominated(pairs: set[Pair]) -> list[Pair]:
    kept: list[Pair] = []
    for cost, value in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if not kept or value > kept[-1][1]:
            kept.append((cost, value))
    return kept


def same(expected: list[Pair], found: list[Pair]) -> bool:
    """Tell whether two frontiers are the same but for points too near others to be told apart."""
    return all(
        any(abs(a - c) <= CENT and abs(b - d) <= POINT for c, d in found)
        for a, b in _apart(expected)
    ) and all(
        any(abs(a - c) <= CENT and abs(b - d) <= POINT for c, d in expected) for a, b in found
    )


def _apart(pairs: list[Pair]) -> list[Pair]:
    """Return the pairs that clearly better every cheaper one."""
    return [
        pair
        for index, pair in enumerate(pairs)
        if all(pair[1] - other[1] > 10 * POINT for other in pairs[:index])
    ]
