"""What prices lead to, held against what is worked out one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from benchmarks import cases
from partnerselect.allocation import Allocator
from partnerselect.allocation.decomposed import decomposed
from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario
from partnerselect.optimiser.decomposition import Coupled
from partnerselect.optimiser.decomposition.patterns import cheapest, columns_of
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score

PROGRAMMES, PARTNERS, NEEDS = 5, 6, 3


@pytest.fixture(params=range(3))
def apart(request: pytest.FixtureRequest) -> Coupled:
    scenario = Scenario.from_data(
        cases.tight(programmes=PROGRAMMES, partners=PARTNERS, needs=NEEDS, seed=request.param)
    )
    table = performance_table(scenario)
    allocator = Allocator(scenario, table, score(scenario, table))
    return decomposed(allocator.formulation, allocator.objective)


def prices(of: Coupled, seed: int) -> FloatArray:
    return of.allowed(np.random.default_rng(seed).uniform(-2, 5, size=of.size))


def every_plan(of: Coupled, p: int) -> list[tuple[int, ...]]:
    able = [np.flatnonzero(of.y[n] >= 0).tolist() for n in of.tasks[p]]
    return [plan for plan in product(*able) if len(set(plan)) <= of.most[p]]


def test_at_given_prices_every_programme_that_pays_chooses_its_cheapest_plan(
    apart: Coupled,
) -> None:
    cost = apart.priced(prices(apart, 3))
    works = apart.x[apart.x >= 0]
    cost[works] = np.abs(cost[works])  # or a partner would be paid for standing idle

    def paid(p: int, plan: object) -> float:
        return float(cost[columns_of(apart, np.array([p]), np.array([plan]))[1]].sum())

    found = cheapest(apart, cost)
    for p in range(PROGRAMMES):
        least = min(paid(p, plan) for plan in every_plan(apart, p))
        assert found.runs[p] == (least < 0)
        assert paid(p, found.agents[p]) == pytest.approx(least)
