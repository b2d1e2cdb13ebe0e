"""What the next pound buys, held against all allocations of random cases."""

from __future__ import annotations

import os

import pytest

from partnerselect.allocation.budget_frontier import Frontier, Point
from partnerselect.analysis import analyse, spending
from partnerselect.model import Scenario
from tests.oracle.feasible import feasible
from tests.oracle.frontier import CENT, POINT, efficient, in_steps, same, without_budget
from tests.oracle.scores import Data
from tests.oracle.wider_cases import any_of as scenario_of

CASES, MANY = 50, 2500
STEPS = (None, 1000.0, 2500.0)
Engagements = frozenset[tuple[str, str, str]]
Traced = list[tuple[int, Data, Frontier, tuple[float, float]]]


def traced(seeds: range, step: float | None) -> Traced:
    """Return every case with an answer: its frontier, and the cost and value recommended."""
    analyses = [
        (seed, scenario, analyse(Scenario.from_data(scenario)))
        for seed, scenario in ((seed, scenario_of(seed)) for seed in seeds)
    ]
    return [
        (
            seed,
            scenario,
            spending(one, step=step),
            (one.allocation.account.own_cost, one.allocation.account.value),
        )
        for seed, scenario, one in analyses
        if one.allocation.account
    ]


def wrong(cases: Traced, step: float | None) -> dict[int, str]:
    """Return the frontiers that are not what comparing all allocations tells, by seed."""
    found = {}
    for seed, scenario, frontier, _ in cases:
        pairs = efficient(scenario)
        expected = pairs if step is None else in_steps(pairs, step)
        shown = [
            (point.own_cost, point.value)
            for point in frontier.points
            if not point.is_today or is_near(point, expected)
        ]
        if not same(expected, shown):
            found[seed] = f"{shown}, but {expected}"
    return found


def is_near(point: Point, pairs: list[tuple[float, float]]) -> bool:
    """Tell whether a point is one of these costs and values."""
    return any(
        abs(point.own_cost - cost) <= CENT and abs(point.value - value) <= POINT
        for cost, value in pairs
    )


@pytest.fixture(scope="module")
def every() -> Traced:
    """Trace the first cases once."""
    return traced(range(CASES), None)


def test_the_efficient_choices_are_exactly_those_that_no_other_betters(every: Traced) -> None:
    assert wrong(every, None) == {}
    assert max(len(frontier.points) for _, _, frontier, _ in every) > 4


@pytest.mark.parametrize("step", [1000.0, 2500.0])
def test_with_a_step_each_multiple_has_its_best(step: float) -> None:
    assert wrong(traced(range(CASES // 2), step), step) == {}


def test_what_comes_in_and_goes_out_leads_from_each_choice_to_the_next(every: Traced) -> None:
    """Starting from some allocation with the first point's cost and value, each step leads to one with the next point's."""
    assert [
        seed for seed, scenario, frontier, _ in every if not _path(scenario, frontier.points)
    ] == []


def _path(scenario: Data, points: tuple[Point, ...]) -> set[Engagements]:
    """Return the allocations that the last point may stand for, following what enters and leaves from the first."""
    every = [
        (sums.own_cost, sums.value, _engagements(allocation))
        for allocation, sums in feasible(without_budget(scenario), aim=False)
    ]
    here: set[Engagements] = set()
    for number, point in enumerate(points):
        may = {
            one
            for cost, value, one in every
            if abs(cost - point.own_cost) <= CENT and abs(value - point.value) <= POINT
        }
        here = (
            may
            & {
                (one - set(point.leaves)) | set(point.enters)
                for one in here
                if one.issuperset(point.leaves)
            }
            if number
            else may
        )
    return here


def _engagements(allocation: object) -> Engagements:
    assert isinstance(allocation, dict)
    return frozenset((p, j, k) for (p, j), k in allocation.items())


def test_the_recommended_choice_is_always_there_marked_and_said_to_be_efficient_only_if_it_is(
    every: Traced,
) -> None:
    for seed, scenario, frontier, recommended in every:
        (today,) = (point for point in frontier.points if point.is_today)
        assert is_near(today, [recommended]), seed
        assert today.is_efficient == is_near(today, efficient(scenario)), seed
    marked = [point for _, _, frontier, _ in every for point in frontier.points if point.is_today]
    assert sum(point.is_efficient for point in marked) > len(every) / 2


@pytest.mark.long
def test_frontiers_hold_in_thousands_of_cases() -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    seed = int(os.environ.get("ORACLE_SEED", "5000000"))
    for step in STEPS:
        assert wrong(traced(range(seed, seed + MANY), step), step) == {}
