"""What is done only for large cases is tried on small ones, where the whole can be solved beside it."""

from __future__ import annotations

import pytest

from benchmarks import cases
from partnerselect.allocation import Allocator, solve
from partnerselect.model import Scenario
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score


def _allocator(scenario: Scenario) -> Allocator:
    table = performance_table(scenario)
    return Allocator(scenario, table, score(scenario, table))


def _scenario(seed: int, **sizes: int) -> Scenario:
    return Scenario.from_data(cases.many_needs(**sizes, seed=seed))


@pytest.mark.parametrize("seed", range(6))
def test_a_bound_and_an_early_answer_first_lead_to_the_same_choice(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = _scenario(seed, programmes=6, partners=5, needs=2)
    plain = _allocator(scenario).best()
    monkeypatch.setattr(solve, "DOUBTFUL", 0)
    monkeypatch.setattr(solve, "LARGE", 0)
    early = _allocator(scenario).best()
    assert early.state == plain.state == "optimal"
    assert early.chosen is not None
    assert plain.chosen is not None
    assert early.chosen.tolist() == plain.chosen.tolist()
    assert early.bound == pytest.approx(plain.bound, abs=1e-9)


def test_a_large_case_that_is_not_finished_says_how_far_from_the_best_it_may_be() -> None:
    """However little the time sufficed for: the value lies below the bound by the gap that is told, and the budget is kept."""
    scenario = _scenario(1, programmes=30, partners=15, needs=4).with_change(
        "analysis.time-limit", 2.0
    )
    found = _allocator(scenario).best()
    assert found.account is not None
    assert found.bound is not None
    assert found.account.value <= found.bound + 1e-6
    assert found.gap == pytest.approx(
        (found.bound - found.account.value) / max(found.account.value, 1.0), abs=1e-9
    )
    assert found.account.own_cost <= float(scenario.data["limits"]["budget"]) + 1e-6
