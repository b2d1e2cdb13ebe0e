"""What prices, a sample of programmes and the plans around the best are, held against what is worked out one by one."""

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
from partnerselect.optimiser.decomposition.aggregate import sample
from partnerselect.optimiser.decomposition.enumeration import around
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


def test_all_programmes_are_a_sample_of_themselves(apart: Coupled) -> None:
    whole, part = apart, sample(apart, np.arange(PROGRAMMES))
    at = prices(whole, 1)
    assert cheapest(part, part.priced(at)).bound == pytest.approx(
        cheapest(whole, whole.priced(at)).bound
    )
    assert cheapest(part, part.priced(at)).use == pytest.approx(
        cheapest(whole, whole.priced(at)).use
    )


def test_samples_that_share_out_all_programmes_stand_for_them_on_average(apart: Coupled) -> None:
    at = prices(apart, 2)
    found = [
        cheapest(part, part.priced(at))
        for part in (sample(apart, np.array([p])) for p in range(PROGRAMMES))
    ]
    whole = cheapest(apart, apart.priced(at))
    assert np.mean([each.bound for each in found]) == pytest.approx(whole.bound)
    assert np.mean([each.use for each in found], axis=0) == pytest.approx(whole.use)


def every_plan(of: Coupled, p: int) -> list[tuple[int, ...]]:
    able = [np.flatnonzero(of.y[n] >= 0).tolist() for n in of.tasks[p]]
    return [plan for plan in product(*able) if len(set(plan)) <= of.most[p]]


@pytest.mark.parametrize("within", [0.0, 0.5, 3.0])
def test_the_plans_around_the_best_are_all_that_cost_no_more_than_is_allowed(
    apart: Coupled, within: float
) -> None:
    cost = apart.priced(prices(apart, 3))
    works = apart.x[apart.x >= 0]
    cost[works] = np.abs(cost[works])  # or a partner would be paid for standing idle
    programme, partners = around(apart, cost, within, PARTNERS**2, lambda: False)
    found = {(int(p), tuple(plan.tolist())) for p, plan in zip(programme, partners, strict=True)}
    for p in range(PROGRAMMES):
        plans = every_plan(apart, p)
        paid = [
            float(cost[columns_of(apart, np.array([p]), np.array([plan]))[1]].sum())
            for plan in plans
        ]
        least = min(0.0, *paid)
        assert {
            (p, plan)
            for plan, each in zip(plans, paid, strict=True)
            if each <= least + within - 1e-9
        } <= found
    assert len(found) == len(programme)
