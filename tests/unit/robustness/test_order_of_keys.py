"""The same names are varied by the same trials, whatever the order in which a file has them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerselect.advice import Examination, examine
from partnerselect.files import load
from partnerselect.model import Scenario
from partnerselect.robustness.simulation import simulate

HERE = Path(__file__).parent / "faults"
SHIPPED = Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml"


def first_shares(scenario: Scenario) -> dict[tuple[str, str], float]:
    """Return how often each partner of each programme scores highest."""
    seen: Examination = examine(scenario)
    found = simulate(scenario, seen.table, seen.scores)
    return {
        (name, standing.partner): standing.first_share
        for name, programme in found.programmes.items()
        for standing in programme.standings
    }


def shuffled(data: Any, random: Random) -> Any:
    """Return the same data with the keys of mappings in another order, but for levels of scales."""
    if isinstance(data, dict):
        keys = random.sample(list(data), len(data))
        return {key: data[key] if key == "levels" else shuffled(data[key], random) for key in keys}
    return data


def test_sub_criteria_in_another_order_are_varied_by_the_same_trials() -> None:
    one, other = (load(HERE / f"key-order-{side}.yaml").scenario for side in "ab")
    assert first_shares(one) == pytest.approx(first_shares(other), abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_a_shipped_scenario_in_any_order_is_varied_by_the_same_trials(seed: int) -> None:
    data = {**load(SHIPPED).scenario.data, "analysis": {"samples": 500, "seed": 7}}
    one, other = data, shuffled(data, Random(seed))  # noqa: S311 - an order, no secret
    shares = [first_shares(Scenario.from_data(each)) for each in (one, other)]
    assert shares[0] == pytest.approx(shares[1], abs=1e-9)
