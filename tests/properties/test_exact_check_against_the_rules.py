"""The exact check, held against the method's rules as the oracle has them, for choices good and bad."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from partnerselect.allocation.check import ExactCheck
from partnerselect.model import Scenario
from partnerselect.value.performance import performance_table
from tests.oracle.levels import at_each_level
from tests.oracle.limits import broken
from tests.oracle.scores import Data, offered
from tests.oracle.totals import Allocation, Case, totals
from tests.oracle.wider_cases import any_of as scenario_of

CASES, CHOICES = 120, 60


def choices(case: Case, random: Random) -> list[Allocation]:
    """Draw choices without regard to limits; most programmes are served whole, some needs are left out."""
    found: list[Allocation] = []
    for _ in range(CHOICES):
        chosen: dict[tuple[str, str], str] = {}
        for p, programme in case.programmes.items():
            if random.random() < 0.3:
                continue
            for need in programme["needs"]:
                able = [k for k in case.partners if need in offered(case.scenario, p, k)]
                if random.random() < 0.95:
                    chosen[p, need] = random.choice(able)
        found.append(chosen)
    return found


def at_some_levels(seed: int) -> Case:
    """Return a case at levels drawn for all programmes that have some."""
    scenario, random = without_aim(seed), Random(seed)  # noqa: S311  # as above
    return Case(random.choice([*at_each_level(scenario)]))


def numbers(built: Scenario, case: Case, allocation: Allocation) -> list[int]:
    """Return an allocation as the package has it: the partner of every need by number."""
    partners, levels = (
        list(case.partners),
        {p: one.get("level") for p, one in case.programmes.items()},
    )
    wanted = {
        (f"{p}.{levels[p]}" if levels[p] else p, need): partner
        for (p, need), partner in allocation.items()
    }
    return [
        partners.index(wanted[entry, need]) if (entry, need) in wanted else -1
        for entry, programme in built.programmes.items()
        for need in programme.needs
    ]


def without_aim(seed: int) -> Data:
    """Return a random case that aims at most value: the least value is no matter of exact arithmetic."""
    return {**scenario_of(seed), "aim": "most-value"}


@pytest.mark.parametrize("start", range(0, CASES, 20))
def test_what_breaks_a_rule_and_only_that_is_a_fault(start: int) -> None:
    good = bad = 0
    for seed in range(start, start + 20):
        scenario, case = without_aim(seed), at_some_levels(seed)
        built = Scenario.from_data(scenario)
        check = ExactCheck(built, performance_table(built))
        for allocation in choices(case, Random(seed)):  # noqa: S311  # to be drawn again
            told = list(broken(case, allocation, totals(case, allocation)))
            faults = check.faults(numbers(built, case, allocation))
            assert bool(faults) == bool(told), (seed, allocation, told, faults)
            good, bad = good + (not told), bad + bool(told)
    assert good > 20
    assert bad > 20


@pytest.mark.parametrize("seed", range(12))
def test_needs_named_by_a_fault_break_it_whatever_else_is_chosen(seed: int) -> None:
    scenario, case = without_aim(seed), at_some_levels(seed)
    built = Scenario.from_data(scenario)
    check, random = ExactCheck(built, performance_table(built)), Random(seed)  # noqa: S311  # as above
    drawn = [np.array(numbers(built, case, one)) for one in choices(case, random)]
    for chosen in drawn[:20]:
        for fault in check.faults(chosen.tolist()):
            if fault.needs is None or fault.partner is not None:
                continue
            named = list(fault.needs)
            for other in drawn[:6]:
                with_these = other.copy()
                with_these[named] = chosen[named]
                assert fault.loc in {one.loc for one in check.faults(with_these.tolist())}
