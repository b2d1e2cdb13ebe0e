"""What offers and programmes as they come may not change, whatever else is written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from partnerselect.analysis import analyse, with_choices
from partnerselect.model import Scenario
from partnerselect.rows import ranking_json
from tests.oracle.answers import Plan, by_the_package, printed
from tests.oracle.scores import Data
from tests.oracle.wider_cases import LANDED, wider_of

CASES = 12


def _with_their_own_prices(scenario: Data) -> Data:
    """Write a partner's own prices again for every programme that has no other."""
    for partner in scenario["partners"].values():
        own = {key: partner["cost"][key] for key in ("per-day", "per-programme")}
        for p in scenario["programmes"]:
            differs = partner.setdefault("for", {}).setdefault(p, {})
            differs["cost"] = own | differs.get("cost", {})
    return scenario


def _at_one_level(scenario: Data) -> Data:
    """Let every programme run at one level, worth all."""
    for programme in scenario["programmes"].values():
        moved = {key: programme.pop(key) for key in ("needs", "internal-days") if key in programme}
        programme["levels"] = {"only": {"title": "All of it", "worth": "100%", **moved}}
    return scenario


def _with_a_least_value_that_all_have(scenario: Data) -> Data:
    """Ask of every branch what nobody can be below."""
    criteria = scenario["criteria"]["criteria"]
    for criterion in criteria.values():
        if "criteria" in criterion:
            criterion["at-least"] = 0
    return scenario


SAME = [
    pytest.param(
        "branch", _with_a_least_value_that_all_have, id="a minimum of nothing on a branch"
    ),
    pytest.param("prices", _with_their_own_prices, id="a price for a programme equal to the own"),
    pytest.param("levels", _at_one_level, id="one level worth all"),
]


@pytest.mark.parametrize(("feature", "change"), [one for one in SAME if one.values[0] in LANDED])
@pytest.mark.parametrize("seed", range(CASES))
def test_what_says_the_same_in_other_words_changes_no_answer(
    seed: int, feature: str, change: Callable[[Data], Data]
) -> None:
    others = [name for name in LANDED if name != feature or feature == "prices"]
    scenario = wider_of(seed, *others)
    scenario.pop("plans", None)
    before, after = (by_the_package(one) for one in (scenario, change(deepcopy(scenario))))
    if before is None or after is None:
        assert before is after
        return
    assert Plan(after.served, after.value, after.own_cost) == Plan(
        before.served, before.value, before.own_cost
    )


@pytest.mark.parametrize("seed", range(6))
def test_one_level_worth_all_changes_no_share_of_the_trials(seed: int) -> None:
    scenario = {**wider_of(seed, "rules"), "aim": "most-value"}
    scenario = {**scenario, "analysis": {"samples": 60, "seed": seed}}
    scenario.pop("plans", None)
    kept = ("run_share", "choice_share", "leader_share", "value")
    before, after = (
        [[row[key] for key in kept] for row in _with_choices(one)["programmes"]]
        for one in (scenario, _at_one_level(deepcopy(scenario)))
    )
    assert before == after


def _with_choices(scenario: Data) -> Data:
    return dict(ranking_json(with_choices(analyse(Scenario.from_data(scenario)))))


@pytest.mark.skipif("top-up" not in LANDED, reason="the package has no such funds yet")
@pytest.mark.parametrize("seed", range(CASES))
def test_topping_up_a_fund_never_lowers_the_value(seed: int) -> None:
    scenario = {**wider_of(seed, "top-up", *LANDED), "aim": "most-value"}
    never = deepcopy(scenario)
    for partner in never["partners"].values():
        partner.get("funding", {}).pop("top-up", None)
    with_it, without = (printed(one)["portfolio"] for one in (scenario, never))
    assert without is None or with_it["value"] >= without["value"] - 1e-5
