"""Shares of first places where a price is a range, against what can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.advice import examine
from partnerselect.model import Estimate, Scenario
from partnerselect.robustness.acceptability import GatedStanding, Standing
from partnerselect.robustness.amounts import drawn_amount
from partnerselect.robustness.samplers import blocks
from partnerselect.robustness.simulation import simulate
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

PRICE = {
    "title": "Price",
    "criteria": {
        "price": {
            "title": "Price",
            "weight": 1,
            "from": "own-cost-per-day",
            "scale": {"worst": 200, "best": 0},
        }
    },
}
UNIFORM = {"per-day": {"low": 50, "high": 150}}
ERROR = 4 * 0.5 / np.sqrt(10_000)
"""Four standard errors of a share of 10,000 trials."""


def ash_first(**of_ash: object) -> tuple[Standing, GatedStanding]:
    """Return how often ash, from 50 to 150 a day, is first against oak, which asks 100."""
    gates = {
        "grant": {
            "title": "A grant",
            "status": of_ash.pop("status", "expected"),
            "likelihood": "50%",
        }
    }
    partners: Data = {
        "ash": partner(0, cost=UNIFORM, **of_ash),
        "oak": partner(0, cost={"per-day": 100}),
    }
    for one in partners.values():
        one["scores"] = {}
    analysis = {"samples": 10_000, "seed": 5}
    data = scenario(partners, {"a": programme()}, gates=gates, criteria=PRICE, analysis=analysis)
    seen = examine(Scenario.from_data(data))
    found = simulate(seen.scenario, seen.table, seen.scores).programmes["a"]
    standing, gated = found.of("ash"), found.with_gates("ash")
    assert standing is not None
    assert gated is not None
    return standing, gated


def test_a_price_that_is_as_often_above_as_below_the_others_is_first_in_half_of_the_trials() -> (
    None
):
    standing, gated = ash_first()
    assert standing.first_share == pytest.approx(0.5, abs=ERROR)
    assert gated.first_share == standing.first_share


def test_a_fund_that_pays_all_counts_only_in_trials_in_which_its_decision_is_granted() -> None:
    """Granted in half of the trials, ash then costs us nothing; refused, it is cheaper in half of the rest: 75%."""
    standing, gated = ash_first(funding={"payer": "fund", "covers": "100%", "gate": "grant"})
    assert standing.first_share == 1
    assert gated.first_share == pytest.approx(0.75, abs=ERROR)


def test_a_fund_that_pays_half_leaves_half_of_what_is_drawn() -> None:
    """Granted, 25 to 75 are always less than 100."""
    standing, gated = ash_first(funding={"payer": "fund", "covers": "50%", "gate": "grant"})
    assert standing.first_share == 1
    assert gated.first_share == pytest.approx(0.75, abs=ERROR)


def test_a_fund_that_is_refused_pays_nothing_with_gates_or_without() -> None:
    funding = {"payer": "fund", "covers": "100%", "gate": "grant"}
    standing, gated = ash_first(funding=funding, status="refused")
    assert standing.first_share == gated.first_share == pytest.approx(0.5, abs=ERROR)


def test_what_is_drawn_goes_by_name_and_not_by_what_else_is_drawn() -> None:
    (block,) = blocks(100, seed=1)
    price = Estimate(650, 700, 900)
    drawn = drawn_amount(block, price, "ash", "per_day", "")
    assert drawn_amount(block, Estimate(650, 700, 900), "ash", "per_day", "") is drawn
    assert not np.array_equal(drawn, drawn_amount(block, price, "oak", "per_day", ""))
    assert drawn.min() >= 650
    assert drawn.max() <= 900
    assert drawn_amount(None, price, "ash", "per_day", "").tolist() == [700]
    assert drawn_amount(block, 640.0, "ash", "per_day", "").tolist() == [640]
