"""The next step of every limit, both ways, held against all allocations of random cases."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest

from partnerselect.allocation.limit_pricing import LimitPrice
from partnerselect.analysis import analyse, prices
from partnerselect.model import Scenario
from tests.oracle.changes import Loc, at
from tests.oracle.conflicts import limits
from tests.oracle.levels import needs_of
from tests.oracle.prices import next_step
from tests.oracle.scores import Data
from tests.oracle.search import best
from tests.oracle.wider_cases import any_of as scenario_of

CASES, MANY = 65, 2500
CLOSE = 1e-4
"""Pounds and days."""
POINTS = 2e-5
Case = tuple[int, Data, float, tuple[LimitPrice, ...]]


def priced(seed: int) -> Case:
    """Return a case, the value of its best allocation and the prices of its limits.

    None where it has no answer.
    """
    scenario = scenario_of(seed)
    analysis = analyse(Scenario.from_data(scenario))
    account = analysis.allocation.account
    return (
        (seed, scenario, account.value, prices(analysis)) if account else (seed, scenario, 0.0, ())
    )


def left_out(scenario: Data, found: tuple[LimitPrice, ...]) -> list[Loc]:
    """Return limits that can bind and have no price; a minimum has none."""
    priced = {price.loc for price in found}
    return [
        loc
        for loc in limits(scenario)
        if tuple(loc) not in priced
        and loc[-1] not in {"min", "min-days"}
        and can_bind(scenario, loc)
    ]


def can_bind(scenario: Data, loc: Loc) -> bool:
    """Tell whether anybody is engaged, and a limit is below all it could ever count."""
    answer = best(scenario)
    if answer is None or not answer.totals.engaged:
        return False
    if loc[-1] == "max" and loc[0] == "programmes":
        return int(at(scenario, loc)) < len(needs_of(scenario["programmes"][loc[1]]))
    return True


def near(expected: float | None, found: float | None, tolerance: float) -> bool:
    """Tell whether two figures are the same, or both are missing."""
    if expected is None or found is None:
        return expected is found
    return abs(expected - found) <= tolerance


def wrong_with(scenario: Data, value: float, price: LimitPrice) -> str:
    """Say how a price differs from what comparing all allocations tells."""
    expected = next_step(scenario, price.loc, value)
    agrees = (
        near(expected.rises_at, price.rises_at, CLOSE),
        near(expected.gain, price.gain, POINTS),
        near(expected.falls_below, price.falls_below, CLOSE),
        near(expected.loss, price.loss, POINTS),
    )
    return "" if all(agrees) else f"{price}, but {expected}"


def wrong(cases: Iterable[Case]) -> dict[int, str]:
    """Return what is wrong, by seed."""
    return {
        seed: words
        for seed, scenario, value, found in cases
        for price in found
        if (words := wrong_with(scenario, value, price))
    }


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Price the limits of the first cases once."""
    return [priced(seed) for seed in range(CASES)]


def test_the_next_step_of_every_limit_is_what_comparing_all_allocations_tells(
    cases: list[Case],
) -> None:
    assert wrong(cases) == {}


def test_no_limit_that_is_written_is_left_out(cases: list[Case]) -> None:
    assert {
        seed: out for seed, case, _, found in cases if found and (out := left_out(case, found))
    } == {}


def test_limits_of_every_kind_are_priced_and_some_have_a_step_each_way(cases: list[Case]) -> None:
    found = [price for *_, prices in cases for price in prices]
    kinds = {price.loc[1] if price.loc[0] == "limits" else price.loc[2] for price in found}
    assert kinds >= {
        "budget",
        "funds",
        "internal-days",
        "backfill",
        "capacity",
        "partners",
        "programmes-per-partner",
        "share-per-partner",
        "methods",
    }
    assert sum(price.gain > 1 for price in found) > 10
    assert sum((price.loss or 0) > 1 for price in found) > 10


@pytest.mark.long
def test_prices_hold_in_thousands_of_cases() -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    seed = int(os.environ.get("ORACLE_SEED", "3000000"))
    assert wrong(map(priced, range(seed, seed + MANY))) == {}
