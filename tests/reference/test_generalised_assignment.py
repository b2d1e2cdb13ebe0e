"""The allocator reaches the proven optima of published assignment problems.

A job is a programme that must run, an agent a partner, the resource the agent's own days for the
job. With one criterion from 0 to 100 and equal importance, the sum of profits is the portfolio
value times the number of jobs. For least cost the score is 100 less the cost.

Source: OR-Library, Chu & Beasley (1997); see gap/README.md.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from partnerselect.allocation import Allocator
from partnerselect.model import Scenario
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

GAP = Path(__file__).parent / "gap"
Rows = list[list[int]]


def instance(name: str) -> tuple[Rows, Rows, list[int]]:
    """Read profits and days, each by agent and job, and capacities by agent."""
    numbers = map(int, (GAP / name).read_text(encoding="utf-8").split())
    agents, jobs = islice(numbers, 2)
    profits = [list(islice(numbers, jobs)) for _ in range(agents)]
    days = [list(islice(numbers, jobs)) for _ in range(agents)]
    return profits, days, list(numbers)


def as_scenario(scores: Rows, days: Rows, capacities: list[int]) -> Data:
    """Return the instance as a scenario in which every job must be done."""
    jobs = [f"job-{number:03}" for number in range(len(scores[0]))]
    partners = {
        f"agent-{agent:02}": partner(
            0,
            capacity=capacity,
            for_={
                job: {"scores": {"worth": score}, "days": {"work": use}}
                for job, score, use in zip(jobs, scores[agent], days[agent], strict=True)
            },
        )
        for agent, capacity in enumerate(capacities)
    }
    return scenario(partners, {job: programme(1, mandatory=True) for job in jobs})


def best_value(data: Data) -> float:
    """Return the portfolio value of the best allocation, without the reasons that an analysis adds (they take longer)."""
    scenario = Scenario.from_data(data)
    table = performance_table(scenario)
    best = Allocator(scenario, table, score(scenario, table)).best()
    assert best.account is not None
    return best.account.value


def total_profit(name: str) -> float:
    """Return the greatest sum of profits the package finds."""
    profits, days, capacities = instance(name)
    return best_value(as_scenario(profits, days, capacities)) * len(profits[0])


def total_cost(name: str) -> float:
    """Return the least sum of costs the package finds."""
    costs, days, capacities = instance(name)
    return (
        100
        - best_value(as_scenario([[100 - cost for cost in row] for row in costs], days, capacities))
    ) * len(costs[0])


@pytest.mark.parametrize(
    ("name", "published"), [("c0515_1", 336), ("c0824_1", 563), ("a20100", 4857)]
)
def test_the_greatest_published_profit_is_reached(name: str, published: int) -> None:
    assert total_profit(name) == pytest.approx(published, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "published"), [("c0515_1", 261), ("c0824_1", 403), ("a20100", 1158)]
)
def test_the_least_published_cost_is_reached(name: str, published: int) -> None:
    assert total_cost(name) == pytest.approx(published, abs=1e-3)
