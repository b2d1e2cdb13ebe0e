"""What a choice comes to in the trials of ranges: each trial against the oracle's account of it.

In a trial every range is one amount. Written into the scenario, that amount is an ordinary price or ordinary
days, of which the oracle knows what they cost whom, and the performance table what is scored.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from partnerselect.allocation.overruns import Drawn, _Amounts
from partnerselect.analysis import analyse
from partnerselect.arrays import FloatArray
from partnerselect.model import Estimate, Scenario
from partnerselect.robustness.amounts import DrawnAmounts, drawn_amount
from partnerselect.robustness.samplers import Block, blocks
from partnerselect.robustness.uncertainty import computed_scores
from partnerselect.value.performance import performance_table
from tests.oracle.levels import at_levels
from tests.oracle.scores import Data
from tests.oracle.totals import US, Case, internal_days, totals
from tests.oracle.wider_cases import LANDED, wider_of

CASES, TRIALS = 60, 3


def ranged(seed: int) -> Data:
    """Return a case with ranges, every other one with all else that there is."""
    data = wider_of(seed, *(LANDED if seed % 2 else ("prices", "in-all", "ranges")))
    return {**data, "aim": "most-value", "analysis": {"samples": 0}}


def in_one_trial(data: Data, block: Block, trial: int) -> Data:
    """Return a scenario in which every range is what it is in one trial."""

    def sure(value: Any, *name: str) -> Any:
        if not isinstance(value, dict):
            return value
        if "low" in value and "high" in value:
            stated = Estimate(value["low"], value.get("likely"), value["high"])
            return float(drawn_amount(block, stated, *name)[trial])
        return {key: sure(one, *name, key) for key, one in value.items()}

    def prices(cost: Data, partner: str, programme: str = "") -> Data:
        return {
            key: sure(price, partner, key.replace("-", "_"), programme)
            for key, price in cost.items()
        }

    def dosed(one: Data, name: str) -> Data:
        needs = {j: sure(days, name, j) for j, days in one["needs"].items()}
        return {"needs": needs, "internal-days": sure(one.get("internal-days", 0), name)}

    partners = {
        k: {
            **one,
            "cost": prices(one.get("cost", {}), k),
            "for": {
                p: {**own, "cost": prices(own.get("cost", {}), k, p)}
                for p, own in one.get("for", {}).items()
            },
        }
        for k, one in data["partners"].items()
    }
    programmes: Data = {}
    for p, one in data["programmes"].items():
        levels = {
            level: {**dose, **dosed(dose, f"{p}.{level}")}
            for level, dose in one.get("levels", {}).items()
        }
        programmes[p] = {**one, **({"levels": levels} if levels else dosed(one, p))}
    return {**data, "partners": partners, "programmes": programmes}


def chosen_in(scenario: Scenario) -> tuple[Any, dict[tuple[str, str], str]] | None:
    found = analyse(scenario)
    chosen, work = found.allocation.chosen, found.table.workload
    if chosen is None:
        return None
    pairs = zip(work.needs, chosen.tolist(), strict=True)
    return (found.table, chosen), {need: work.partners[k] for need, k in pairs if k >= 0}


def told(amounts: Drawn, phases: list[str | None], trial: int) -> dict[Any, float]:
    """Return what is told of one trial by kind, whose and phase, without what is nothing."""
    found = {}
    for (kind, subject), drawn in amounts.items():
        row: FloatArray = drawn[trial if len(drawn) > 1 else 0]
        for phase, amount in zip(phases, row.tolist(), strict=True):
            found[kind.id, subject, phase] = amount
    return {key: amount for key, amount in found.items() if amount > 1e-9}


def by_the_oracle(data: Data, chosen: dict[tuple[str, str], str]) -> dict[Any, float]:
    named = {(*name.partition(".")[::2], need): k for (name, need), k in chosen.items()}
    case = Case(at_levels(data, {p: level for p, level, _ in named if level}))
    allocation = {(p, need): k for (p, _, need), k in named.items()}
    sums, found = totals(case, allocation), defaultdict[Any, float](float)
    for (payer, phase), amount in sums.money.items():
        kind, whose = ("budget", "") if payer == US else ("fund", payer)
        found[kind, whose, phase] += amount
    for (partner, phase), days in sums.days.items():
        found["capacity", partner, phase] += days
    for phase, days in internal_days(case, sums.run, sums.changed).items():
        found["internal days", "", phase] += days
    for phase, days in sums.backfill.items():
        found["backfill days", "", phase] += days
    return {key: amount for key, amount in found.items() if amount > 1e-9}


@pytest.mark.parametrize("first", range(0, CASES, 20))
def test_money_and_days_of_every_trial_are_those_of_a_scenario_with_its_amounts(first: int) -> None:
    counted = 0
    for seed in range(first, first + 20):
        data = ranged(seed)
        scenario = Scenario.from_data(data)
        if (found := chosen_in(scenario)) is None:
            continue
        (table, chosen), allocation = found
        (block,) = blocks(TRIALS, seed=seed)
        amounts = _Amounts(DrawnAmounts(scenario, table.workload, block), chosen).all()
        for trial in range(TRIALS):
            plain = in_one_trial(data, block, trial)
            expected = by_the_oracle(plain, allocation)
            assert told(amounts, list(table.workload.phases), trial) == pytest.approx(expected), (
                seed
            )
            counted += bool(allocation)
    assert counted > 10


def test_computed_scores_of_every_trial_are_those_of_a_scenario_with_its_amounts() -> None:
    counted = 0
    for seed in range(CASES):
        data = ranged(seed)
        scenario = Scenario.from_data(data)
        table = performance_table(scenario)
        (block,) = blocks(TRIALS, seed=seed)
        plain = [
            performance_table(Scenario.from_data(in_one_trial(data, block, trial)))
            for trial in range(TRIALS)
        ]
        for score in computed_scores(scenario, table):
            place = (*score.place, table.criteria.index(score.criterion))
            drawn = score.draw(block) * score.own_share
            assert drawn == pytest.approx([one.scores[place] for one in plain]), seed
            low, high = score.ends
            assert ((drawn >= low - 1e-6) & (drawn <= high + 1e-6)).all(), seed
            counted += 1
    assert counted > 50


def spread_of(ends: tuple[float, float | None, float]) -> FloatArray:
    """Return the 10th and the 90th percentile of what we pay."""
    low, likely, high = ends
    price = {"low": low, "high": high, **({} if likely is None else {"likely": likely})}

    data = {
        "format": 1,
        "title": "Wider and wider",
        "illustrative": True,
        "criteria": {
            "title": "Worth",
            "criteria": {
                "worth": {"title": "Worth", "weight": 1, "scale": {"worst": 0, "best": 9}}
            },
        },
        "partners": {
            "ash": {
                "title": "Ash",
                "offers": ["work"],
                "cost": {"per-day": price},
                "scores": {"worth": 5},
            }
        },
        "programmes": {"a": {"title": "A", "needs": {"work": 10}}},
        "analysis": {"samples": 0},
    }
    scenario = Scenario.from_data(data)
    (block,) = blocks(500, seed=3)
    work = performance_table(scenario).workload
    money = _Amounts(DrawnAmounts(scenario, work, block), np.array([0])).all()
    (paid,) = [drawn[:, 0] for (kind, _), drawn in money.items() if kind.id == "budget"]
    return np.quantile(paid, [0.1, 0.9], method="inverted_cdf")


AMOUNTS = st.integers(1, 400)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from((0, 1)))
def test_a_wider_range_of_a_price_never_narrows_the_80_percent_range_of_the_money(
    low: int, to_likely: int, to_high: int, below: int, above: int, has_likely: int
) -> None:
    """From the 10th to the 90th percentile, where one price is a range and all else is certain.

    The same trial of a wider range with the same likely amount lies as far from its neighbours or further,
    so this holds of every sample and not only on average.
    """
    likely = low + below + to_likely if has_likely else None
    inner = (low + below, likely, low + below + to_likely + to_high)
    outer = (low, likely, inner[2] + above)
    narrow, wide = (float(np.diff(spread_of(one))[0]) for one in (inner, outer))
    assert wide >= narrow - 1e-6
