"""The checker that judges allocations finds what is planted in a right one."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.oracle.checker import faults
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

FUNDING = {"payer": "nation", "covers": "50%"}
CASE = scenario(
    {
        "good": partner(
            80,
            capacity=20,
            cost={"per-day": 100, "per-programme": 200, "once": 400},
            funding=FUNDING,
        ),
        "plain": partner(50),
    },
    {"a": programme(phases=["first"], internal_days=6), "b": programme(phases=["second"])},
    phases={"first": PHASES["first"], "second": PHASES["second"]},
    limits={"budget": 1800, "internal-days": 4, "backfill": {"per-day": 100, "max-days": 2}},
)
DAYS = {
    "partner": "good",
    "component": "work",
    "days": 10,
    "cost": 1000,
    "own_cost": 500,
    "payer": "nation",
}
PER_PROGRAMME = {
    "kind": "per-programme",
    "partner": "good",
    "cost": 200,
    "own_cost": 100,
    "payer": "nation",
}
RUNS = {"run": True, "value": 80, "baseline": 0, "cost": 1200, "own_cost": 600}
RIGHT: Data = {
    "portfolio": {"value": 80, "cost": 3000, "own_cost": 1600, "partners": 1},
    "programmes": [{"programme": "a", **RUNS}, {"programme": "b", **RUNS}],
    "allocation": [{"programme": "a", "phase": "first", **DAYS}, {"programme": "b", "phase": "second", **DAYS}],
    "fixed_costs": [
        {"programme": "a", "phase": "first", **PER_PROGRAMME},
        {"programme": "b", "phase": "second", **PER_PROGRAMME},
        {"kind": "once", "partner": "good", "programme": None, "phase": "first", "cost": 400, "own_cost": 200, "payer": "nation"},
        {"kind": "backfill", "partner": None, "programme": None, "phase": "first", "cost": 200, "own_cost": 200, "payer": "us"},
    ],
}  # fmt: skip


def test_a_right_answer_has_no_faults() -> None:
    """Days 2 · 1,000, per programme 2 · 200, once 400, backfill 2 · 100: 3,000, of which the nation bears half of 2,800."""
    assert faults(CASE, RIGHT) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["allocation"].pop(),
        lambda answer: answer["allocation"][0].update(partner="plain"),
        lambda answer: answer["allocation"][0].update(partner="nobody"),
        lambda answer: answer["allocation"][0].update(days=9),
        lambda answer: answer["allocation"][0].update(phase="second"),
        lambda answer: answer["allocation"][0].update(own_cost=499),
        lambda answer: answer["allocation"].append(answer["allocation"][0]),
        lambda answer: answer["allocation"].append({**answer["allocation"][0], "partner": "plain"}),
        lambda answer: answer["fixed_costs"].pop(),
        lambda answer: answer["fixed_costs"][0].update(payer="charity"),
        lambda answer: answer["fixed_costs"][2].update(phase="second"),
        lambda answer: answer["programmes"][1].update(run=False),
        lambda answer: answer["programmes"][1].update(cost=1400),
        lambda answer: answer["portfolio"].update(value=81),
        lambda answer: answer["portfolio"].update(own_cost=3000),
    ],
)
def test_anything_changed_is_a_fault(spoil: Callable[[Data], object]) -> None:
    answer = deepcopy(RIGHT)
    spoil(answer)
    assert faults(CASE, answer) != []


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"budget": 1599}, "money of us"),
        ({"funds": {"nation": 1399}}, "money of nation"),
        ({"internal-days": 5, "backfill": {"per-day": 200, "max-days": 0}}, "backfill days"),
        ({"programmes-per-partner": 1}, "too many programmes"),
        ({"share-per-partner": 0.9}, "share of good"),
        ({"partners": {"max": 0}}, "partners in the portfolio"),
    ],
)
def test_a_limit_broken_is_named(limits: Data, words: str) -> None:
    """The answer is right under its own limits; here each is one short of it."""
    assert any(
        words in fault for fault in faults(CASE | {"limits": CASE["limits"] | limits}, RIGHT)
    )
