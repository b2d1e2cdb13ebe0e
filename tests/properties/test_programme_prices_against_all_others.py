"""What choosing otherwise for one programme would mean, held against all allocations of random cases."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from partnerselect.allocation.alternatives import Alternative
from partnerselect.analysis import alternatives_for, analyse_unpriced
from partnerselect.model import Scenario
from tests.oracle.alternatives import otherwise
from tests.oracle.cases import scenario_of
from tests.oracle.changes import without
from tests.oracle.feasible import feasible
from tests.oracle.prices import TELLS
from tests.oracle.scores import Data
from tests.oracle.search import Found

CASES, MANY = 60, 1500
POINTS, CENT = 2e-5, 0.01


def wrong(seed: int) -> tuple[list[str], Counter[str]]:
    """Return what is wrong with a case, and how many answers it has of every kind."""
    data = scenario_of(seed)
    analysis = analyse_unpriced(Scenario.from_data(data))
    if analysis.allocation.chosen is None:
        return [], Counter()
    every, told, kinds = list(feasible(data)), list[str](), Counter[str]()
    for programme in analysis.scenario.programmes:
        for wished in analysis.scenario.partners:
            analysis.allocator.allow(60)
            found = [
                one
                for one in alternatives_for(analysis, programme, wished)
                if one.change == "with" or wished == next(iter(analysis.scenario.partners))
            ]
            told += [words for one in found if (words := _wrong_with(data, every, one))]
            kinds.update(f"{one.kind} {one.change} {one.state}" for one in found)
    return told, kinds


def _wrong_with(data: Data, every: list[Found], one: Alternative) -> str:
    expected = _expected(data, every, one)
    if expected is None or one.value is None or one.own_cost is None:
        return "" if expected is None and one.state == "infeasible" else f"{one}, but {expected}"
    return (
        ""
        if abs(expected[0] - one.value) <= POINTS and abs(expected[1] - one.own_cost) <= CENT
        else f"{one}, but {expected}"
    )


def _expected(data: Data, every: list[Found], one: Alternative) -> tuple[float, float] | None:
    """Return value and cost of the best allocation then; None where there is none."""
    if one.kind == "commitment":
        answer = otherwise(data, one.kind, one.subject, one.change)
        return None if answer is None else (answer.totals.value, answer.totals.own_cost)
    if one.kind == "methods":
        return _best(data, list(feasible(without(data, ("limits", "methods")))))
    pair = tuple(one.subject.split("."))
    return _best(
        data, [found for found in every if (pair in found[1].pairs) == (one.change == "with")]
    )


def _best(data: Data, found: list[Found]) -> tuple[float, float] | None:
    """Return the most value and its least cost.

    With the aim least-cost, the least cost and its most value.
    """
    if not found:
        return None
    if "aim" in data:
        cost = min(sums.own_cost for _, sums in found)
        return max(sums.value for _, sums in found if sums.own_cost < cost + CENT / 10), cost
    value = max(sums.value for _, sums in found)
    return value, min(sums.own_cost for _, sums in found if sums.value > value - TELLS / 10)


def test_what_choosing_otherwise_would_mean_is_what_comparing_all_allocations_tells() -> None:
    found = {seed: wrong(seed) for seed in range(CASES)}
    assert {seed: told for seed, (told, _) in found.items() if told} == {}
    kinds = sum((kinds for _, kinds in found.values()), Counter[str]())
    assert kinds.keys() >= {
        "pair with optimal",
        "pair with infeasible",
        "pair without optimal",
        "pair without infeasible",
        "methods without optimal",
    }
    assert kinds["commitment without optimal"] > 2


@pytest.mark.long
def test_choosing_otherwise_holds_in_thousands_of_cases() -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    first = int(os.environ.get("ORACLE_SEED", "10000000"))
    assert {seed: told for seed in range(first, first + MANY) if (told := wrong(seed)[0])} == {}
