"""A conflict is one, nothing in it can be dropped, and a mend mends: held against all allocations of random cases."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from partnerselect.allocation.conflict import FLOOR, Conflict, Remedy
from partnerselect.analysis import analyse
from partnerselect.errors import dotted
from partnerselect.model import Scenario
from tests.oracle.changes import Loc, at
from tests.oracle.conflicts import faults, is_uncovered, mends
from tests.oracle.levels import needs_of
from tests.oracle.scores import Data, fraction
from tests.oracle.wider_cases import any_of as scenario_of

CASES, MANY = 100, 3000
COUNTS = ("max", "min", "methods", "programmes-per-partner")
A_LITTLE = 0.02
Unanswered = list[tuple[int, Data, tuple[Conflict, ...]]]


def committed_case(seed: int) -> Data:
    """Draw a case in which several needs are committed, whatever gates and capacities say."""
    random, case = Random(seed), scenario_of(seed)  # noqa: S311  # to be drawn again
    for partner in case["partners"].values():
        if random.random() < 0.4:
            partner["gate"] = "door"
        if random.random() < 0.5:
            partner["capacity"] = random.choice((2, 5, 9))
    committed: Data = {}
    for p, programme in case["programmes"].items():
        for j in needs_of(programme):
            able = [k for k, partner in case["partners"].items() if j in partner["offers"]]
            able = [k for k in able if k not in str(case["rules"].get("barred", ""))]
            if able and random.random() < 0.6:
                committed.setdefault(p, {})[j] = random.choice(able)
    return {**case, "committed": committed}


def unanswered(seeds: range, of: Callable[[int], Data] = scenario_of) -> Unanswered:
    """Return every case without an answer, with its conflict."""
    cases = [(seed, of(seed)) for seed in seeds]
    analyses = [(seed, scenario, analyse(Scenario.from_data(scenario))) for seed, scenario in cases]
    return [
        (seed, scenario, one.conflicts)
        for seed, scenario, one in analyses
        if one.allocation.chosen is None
    ]


def is_about_needs(conflicts: tuple[Conflict, ...]) -> bool:
    """Tell whether the conflict is that nobody may deliver a need: there a mend is not a level of a limit."""
    return all(conflict.remedy is Remedy.UNKNOWN for conflict in conflicts)


def wrong_with(scenario: Data, conflicts: tuple[Conflict, ...]) -> list[str]:
    """List what is wrong with a conflict."""
    if not conflicts:
        return ["no conflict told"]
    if is_about_needs(conflicts):
        return [
            dotted(conflict.loc)
            for conflict in conflicts
            if not is_uncovered(scenario, str(conflict.loc[1]), str(conflict.loc[-1]))
        ]
    return list(faults(scenario, [conflict.loc for conflict in conflicts]))


def wrong_with_remedy(scenario: Data, conflict: Conflict) -> str:
    """Say what is wrong: it does not help, something smaller would, or a way was overlooked."""
    helps, loc, least = mends(scenario, conflict.loc, None), conflict.loc, conflict.least
    if conflict.remedy is Remedy.NONE:
        return f"{dotted(conflict.loc)}: could be helped" if helps else ""
    if least is None:
        is_all = loc[0] in {"rules", "committed"} or loc[-1] == "mandatory"
        return "" if helps and is_all else f"{dotted(conflict.loc)}: {conflict.least} is not enough"
    enough, less = around(conflict)
    stated = fraction(at(scenario, loc))
    is_change = least < stated if is_lowered(loc) else least > stated
    if not is_change or not mends(scenario, loc, enough) or mends(scenario, loc, less):
        return f"{dotted(conflict.loc)}: {conflict.least}"
    return ""


def is_lowered(loc: Loc) -> bool:
    """Tell whether a demand is made easier by a smaller figure."""
    return loc[-1] in {"min", "min-days"} or tuple(loc) == FLOOR


def around(conflict: Conflict) -> tuple[float, float]:
    """Return a level that must help and the nearest smaller change that must not."""
    loc, least = conflict.loc, conflict.least or 0.0
    is_share = loc[-1] == "share-per-partner" or not {"days", "money"}.isdisjoint(loc[3:4])
    if loc[-1] in COUNTS and not is_share:
        return int(least), int(least) + (1 if is_lowered(loc) else -1)
    little = 1e-4 if is_share else A_LITTLE
    return (least - 1e-4, least + little) if is_lowered(loc) else (least + 1e-5, least - little)


@pytest.fixture(scope="module")
def cases() -> Unanswered:
    """Work out the conflicts of the first cases once."""
    return unanswered(range(CASES))


def test_the_demands_listed_contradict_one_another_and_none_can_be_dropped(
    cases: Unanswered,
) -> None:
    assert {
        seed: words
        for seed, scenario, conflicts in cases
        if (words := wrong_with(scenario, conflicts))
    } == {}


def test_the_change_named_makes_an_answer_possible_and_a_smaller_one_does_not(
    cases: Unanswered,
) -> None:
    told = [
        (seed, wrong_with_remedy(scenario, one))
        for seed, scenario, conflicts in cases
        if not is_about_needs(conflicts)
        for one in conflicts
    ]
    assert {seed: words for seed, words in told if words} == {}


def test_the_cases_drawn_tell_conflicts_of_every_kind(cases: Unanswered) -> None:
    """Several demands at once, amounts and rules, and those that nothing mends alone."""
    told = [one for _, _, conflicts in cases for one in conflicts]
    assert {one.loc[0] for one in told} >= {
        "rules",
        "limits",
        "programmes",
        "committed",
        "partners",
        "aim",
    }
    assert max(len(conflicts) for _, _, conflicts in cases) > 2
    assert {one.remedy for one in told} == set(Remedy)


def test_commitments_and_gates_mixed_at_random_are_told_with_all_that_they_contradict() -> None:
    cases = unanswered(range(5000, 5000 + CASES // 2), committed_case)
    assert {seed: told for seed, case, found in cases if (told := all_wrong(case, found))} == {}
    several = [[one.loc[0] for one in found] for _, _, found in cases if len(found) > 1]
    assert sum("committed" in demands for demands in several) > 10


def all_wrong(scenario: Data, conflicts: tuple[Conflict, ...]) -> list[str]:
    """List what is wrong with a conflict and with what is said of each of its demands."""
    remedies = [] if is_about_needs(conflicts) else conflicts
    found = [wrong_with_remedy(scenario, one) for one in remedies]
    return [*wrong_with(scenario, conflicts), *(words for words in found if words)]


@pytest.mark.long
def test_conflicts_hold_in_thousands_of_cases() -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    seed = int(os.environ.get("ORACLE_SEED", "2000000"))
    seeds = range(seed, seed + MANY)
    cases = [*unanswered(seeds), *unanswered(seeds, committed_case)]
    assert {seed: told for seed, case, found in cases if (told := all_wrong(case, found))} == {}
