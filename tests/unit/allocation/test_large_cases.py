"""What is done only for large cases is tried on small ones, where the whole can be solved beside it."""

from __future__ import annotations

import pytest

from benchmarks import cases
from partnerselect.allocation import Allocator, solve
from partnerselect.model import Scenario
from partnerselect.performance import performance_table
from partnerselect.scoring import score


def _allocator(scenario: Scenario) -> Allocator:
    table = performance_table(scenario)
    return Allocator(scenario, table, score(scenario, table))


def _scenario(seed: int, **sizes: int) -> Scenario:
    return Scenario.from_data(cases.many_needs(**sizes, seed=seed))


@pytest.mark.parametrize("seed", range(6))
def test_a_bound_and_an_early_answer_first_lead_to_the_same_choice(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = _scenario(seed, programmes=6, partners=5, needs=2)
    plain = _allocator(scenario).best()
    monkeypatch.setattr(solve, "LARGE", 0)
    early = _allocator(scenario).best()
    assert early.state == plain.state == "optimal"
    assert early.chosen is not None
    assert plain.chosen is not None
    assert early.chosen.tolist() == plain.chosen.tolist()
    assert early.bound == pytest.approx(plain.bound, abs=1e-9)


def test_a_large_case_has_a_good_answer_within_its_time_and_says_how_good() -> None:
    """50 programmes × 20 partners × 4 needs in 4 seconds: within 5 % of a bound that no choice exceeds, every limit kept."""
    scenario = _scenario(1, programmes=50, partners=20, needs=4).with_change("analysis.time-limit", 4.0)
    found = _allocator(scenario).best()
    assert found.account is not None
    assert found.bound is not None
    assert found.gap is not None
    assert found.account.value <= found.bound + 1e-6
    assert found.gap <= 0.05
    assert found.account.trust_cost <= float(scenario.data["limits"]["budget"]) + 1e-6
