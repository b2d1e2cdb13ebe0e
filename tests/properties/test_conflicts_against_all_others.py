"""A conflict is one, nothing in it can be dropped, and a mend mends: held against all allocations of random cases."""

from __future__ import annotations

import os
import re

import pytest

from partnerselect.allocation.conflict import Conflict
from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from tests.oracle.cases import scenario_of
from tests.oracle.changes import at
from tests.oracle.conflicts import faults, is_uncovered, mends
from tests.oracle.scores import Data

CASES, MANY = 150, 3000
COUNTS = ("max", "methods", "programmes-per-partner")
A_LITTLE = 0.02
Unanswered = list[tuple[int, Data, tuple[Conflict, ...]]]


def unanswered(seeds: range) -> Unanswered:
    """Return every case without an answer, with its conflict."""
    cases = [(seed, scenario_of(seed)) for seed in seeds]
    analyses = [(seed, scenario, analyse(Scenario.from_data(scenario))) for seed, scenario in cases]
    return [
        (seed, scenario, one.conflicts)
        for seed, scenario, one in analyses
        if one.allocation.chosen is None
    ]


def is_about_needs(conflicts: tuple[Conflict, ...]) -> bool:
    """Tell whether the conflict is that nobody may deliver a need: there a mend is not a level of a limit."""
    return all(conflict.mend == "" for conflict in conflicts)


def wrong_with(scenario: Data, conflicts: tuple[Conflict, ...]) -> list[str]:
    """List what is wrong with a conflict."""
    if not conflicts:
        return ["no conflict told"]
    if is_about_needs(conflicts):
        return [
            conflict.words
            for conflict in conflicts
            if not is_uncovered(scenario, str(conflict.loc[1]), str(conflict.loc[-1]))
        ]
    return list(faults(scenario, [conflict.loc for conflict in conflicts]))


def wrong_with_mend(scenario: Data, conflict: Conflict) -> str:
    """Say what is wrong with a mend: it does not mend, something smaller would, or a way was overlooked."""
    helps = mends(scenario, conflict.loc, None)
    if conflict.mend == "not by this alone":
        return f"{conflict.words}: could be mended" if helps else ""
    level = re.fullmatch(r"would do with ([\d,.]+)", conflict.mend)
    if level is None:
        return "" if helps else f"{conflict.words}: {conflict.mend} does not mend"
    is_count = conflict.loc[-1] in COUNTS
    stated, needed = at(scenario, conflict.loc), float(level[1].replace(",", ""))
    less = int(needed) - 1 if is_count else needed - A_LITTLE
    enough = int(needed) if is_count else needed + 1e-3
    if (
        needed <= stated
        or not mends(scenario, conflict.loc, enough)
        or mends(scenario, conflict.loc, less)
    ):
        return f"{conflict.words}: {conflict.mend}"
    return ""


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


def test_a_mend_makes_an_answer_possible_and_a_smaller_change_does_not(cases: Unanswered) -> None:
    told = [
        (seed, wrong_with_mend(scenario, one))
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
    assert {one.mend[:9] for one in told} == {"", "would do ", "not by th"}


@pytest.mark.long
def test_conflicts_hold_in_thousands_of_cases() -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    seed = int(os.environ.get("ORACLE_SEED", "2000000"))
    wrong = {}
    for number, scenario, conflicts in unanswered(range(seed, seed + MANY)):
        mended = (
            []
            if is_about_needs(conflicts)
            else [wrong_with_mend(scenario, one) for one in conflicts]
        )
        if any(words := [*wrong_with(scenario, conflicts), *mended]):
            wrong[number] = words
    assert wrong == {}
