"""The plan nearest to one that speaks of levels, held against all allocations at all levels."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from partnerselect.analysis import analyse_unpriced, judge
from partnerselect.model import Scenario
from tests.oracle.feasible import feasible
from tests.oracle.levels import LEVEL, needs_of
from tests.oracle.scores import Data
from tests.oracle.totals import Allocation
from tests.oracle.wider_cases import LANDED, wider_of

CASES = 60
POINTS = 2e-5


def with_plans_at_levels(seed: int) -> Data:
    """Return a case with levels, and a plan that names most programmes, at a level or at none."""
    scenario = wider_of(seed, *LANDED) | {"aim": "most-value"}
    random = Random(f"levels {seed}")  # noqa: S311  # to be drawn again, not to be secret
    choose = {
        p: said
        for p, programme in scenario["programmes"].items()
        if random.random() < 0.8 and (said := _drawn(random, scenario, programme))
    }
    return scenario | {"plans": {"said": {"title": "Said", "choose": choose}} if choose else {}}


def _drawn(random: Random, scenario: Data, programme: Data) -> Data | str:
    levels = programme.get("levels", {})
    if random.random() < 0.15 and not programme.get("mandatory"):
        return "deferred"
    level = random.choice([*levels]) if levels else ""
    needs = [*levels[level]["needs"]] if levels else needs_of(programme)
    named = [j for j in needs if random.random() < 0.8]
    at = {LEVEL: level} if levels else {}
    return at | {
        j: random.choice([k for k, one in scenario["partners"].items() if j in one["offers"]])
        for j in named
    }


def changes(scenario: Data, allocation: Allocation, levels: Mapping[str, str]) -> int:
    """Count what an allocation at some levels does otherwise than the plan."""
    found = 0
    for p, said in scenario["plans"]["said"]["choose"].items():
        met = {j: k for (one, j), k in allocation.items() if one == p}
        if said == "deferred":
            found += len(met)
            continue
        needs = {j: k for j, k in said.items() if j != LEVEL}
        found += sum(met.get(j) != k for j, k in needs.items())
        found += LEVEL in said and levels.get(p) != said[LEVEL] and (bool(met) or not needs)
    return found


@pytest.mark.parametrize("start", range(0, CASES, 20))
def test_the_nearest_plan_has_the_fewest_changes_whatever_the_levels(start: int) -> None:
    asked = 0
    for seed in range(start, start + 20):
        scenario = with_plans_at_levels(seed)
        if not scenario["plans"]:
            continue
        plans = judge(analyse_unpriced(Scenario.from_data(scenario))).plans
        (told,) = [one for one in plans if one.plan == "said"]
        every = [
            (changes(scenario, allocation, sums.levels), -sums.value)
            for allocation, sums in feasible(scenario)
        ]
        assert (told.nearest is None) == (not every), seed
        if told.nearest is None:
            continue
        asked += 1
        fewest, value = min(every)
        assert told.nearest.changes == fewest, seed
        assert told.nearest.value == pytest.approx(-value, abs=POINTS), seed
        assert told.possible == (fewest == 0), seed
    assert asked > 5
