"""Plans as judged, and plans almost as good, held against all allocations of random cases of every feature."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict

import pytest

from partnerselect.analysis import Analysis, alternatives, analyse_unpriced, judge
from partnerselect.model import Scenario
from tests.oracle.almost_as_good import almost_as_good
from tests.oracle.answers import disagreement, printed
from tests.oracle.checker import faults as faults_of_answer
from tests.oracle.held import allocation_of, faults, faults_among
from tests.oracle.plan_cases import unsure_of
from tests.oracle.plans import Table, plans_of, written
from tests.oracle.regret import Regrets
from tests.oracle.scores import Data
from tests.oracle.totals import Case
from tests.oracle.wider_cases import with_plans_of

CASES, MANY, DRAWS = 100, 1000, 70
MARGINS = (0, 0.5, 2, 10)
POINTS = 2e-5
Question = Callable[[int], list[str]]
"""What is wrong with a case, by its seed."""


def analysed(scenario: Data) -> Analysis:
    return analyse_unpriced(Scenario.from_data(scenario))


def wrong_answer(seed: int) -> list[str]:
    """Say what is wrong with the allocation of a case with groups and partners of today."""
    scenario = with_plans_of(seed)
    answer = printed(scenario)
    told = disagreement(scenario, answer)
    return [
        *([told] if told else []),
        *(faults_of_answer(scenario, answer) if answer["portfolio"] else []),
    ]


def wrong_judgement(seed: int) -> list[str]:
    """Say what is wrong with the plans of a case as they are judged."""
    table = Table(with_plans_of(seed))
    told = asdict(judge(analysed(table.scenario)))
    plans = plans_of(table.scenario)
    if [row["plan"] for row in told["plans"]] != list(plans):
        return [f"judged: {[row['plan'] for row in told['plans']]}"]
    if (told["best"] is None) != (table.best is None):
        return [f"best: {told['best']}"]
    if table.best is not None and abs(told["best"]["value"] - table.best.totals.value) > POINTS:
        return [f"best: {told['best']}, not {table.best}"]
    return [
        f"{row['plan']}: {words}"
        for row in told["plans"]
        for words in faults(table, plans[row["plan"]], row)
    ]


def wrong_list(seed: int) -> list[str]:
    """Say what is wrong with the plans within each margin of the best."""
    scenario = with_plans_of(seed)
    analysis = analysed(scenario)
    told = []
    for margin in MARGINS:
        expected = almost_as_good(scenario, margin)
        if expected is None:
            return []
        found = asdict(alternatives(analysis, within=margin, most=100_000))
        told += [f"{margin}: {words}" for words in faults_among(Case(scenario), expected, found)]
    return told


def wrong_regret(seed: int) -> list[str]:
    """Say what is wrong with what the plans of a case lose over the trials."""
    scenario = unsure_of(seed) | {
        "aim": "most-value",
        "analysis": {"samples": DRAWS, "seed": seed},
    }
    table = Table(scenario)
    told, best = asdict(judge(analysed(scenario))), table.best
    rows = told["plans"]
    if best is None:
        return [f"{row['plan']}: lost against nothing" for row in rows if row["regret"]]
    if not best.clear:
        return []
    of_all, found = Regrets(scenario, DRAWS), []
    for row in rows:
        nearest = table.nearest(written(scenario, plans_of(scenario)[row["plan"]]))
        if nearest is None or row["regret"] is None:
            found += [f"{row['plan']}: nothing lost"]
            continue
        of = "nearest" if nearest.changed else "plan"
        chosen = nearest.answer.allocation
        if not nearest.answer.clear:
            chosen = allocation_of(row["nearest"]["choose"])
        words = of_all.faults(chosen, best.allocation, row["regret"])
        found += [f"{row['plan']}: {one}" for one in words]
        found += [f"{row['plan']}: of {row['regret']['of']}"] * (row["regret"]["of"] != of)
    return found


QUESTIONS = [
    pytest.param(wrong_answer, id="groups and partners of today"),
    pytest.param(wrong_judgement, id="plans judged"),
    pytest.param(wrong_list, id="almost as good"),
    pytest.param(wrong_regret, id="lost over the trials"),
]


@pytest.mark.parametrize("wrong", QUESTIONS)
@pytest.mark.parametrize("start", range(0, CASES, 25))
def test_trying_all_allocations_says_the_same(wrong: Question, start: int) -> None:
    assert {n: told for n in range(start, start + 25) if (told := wrong(n))} == {}


@pytest.mark.parametrize("seed", range(8))
def test_one_plan_asked_for_is_judged_as_among_all(seed: int) -> None:
    analysis = analysed(with_plans_of(seed))
    every = asdict(judge(analysis))["plans"]
    for row in every:
        assert list(asdict(judge(analysis, [row["plan"]]))["plans"]) == [row]


def test_a_list_that_is_cut_short_says_so_and_what_it_proves_is_true() -> None:
    """With room for one plan fewer than there are, at most that many are listed, and always and never still hold or are null."""
    cut = 0
    for seed in range(CASES):
        scenario = with_plans_of(seed)
        expected = almost_as_good(scenario, 10)
        if expected is None or len(expected.certain) < 2 or expected.uncertain:
            continue
        found = asdict(alternatives(analysed(scenario), within=10, most=len(expected.certain) - 1))
        assert not found["complete"]
        assert found["count"] == len(found["plans"]) == len(expected.certain) - 1
        cut += 1
    assert cut > 10


def test_the_cases_drawn_are_worth_judging() -> None:
    """Most have an answer; plans are possible and not, are changed a little and much, and break every kind of limit."""
    tables = [Table(with_plans_of(seed)) for seed in range(MANY // 4)]
    found = [table.judged(plan) for table in tables for plan in plans_of(table.scenario).values()]
    assert sum(table.best is not None for table in tables) > 0.5 * len(tables)
    assert 0.1 < sum(one.possible for one in found) / len(found) < 0.9
    assert {len(one.nearest.changed) for one in found if one.nearest} >= {0, 1, 2, 3}
    assert sum(one.same_worth is None for one in found) > 50
    assert sum(one.same_worth is not None for one in found) > 50
    places = {kind_of(path) for one in found for path, _ in one.broken}
    assert places >= {
        "limits.budget",
        "limits.funds",
        "limits.internal-days",
        "limits.backfill",
        "limits.partners",
        "limits.methods",
        "limits.programmes-per-partner",
        "limits.share-per-partner",
        "limits.changes",
        "partners.capacity",
        "partners.excluded",
        "programmes.min",
        "programmes.max",
        "programmes.mandatory",
        "programmes.method",
        "programmes.coach",
        "limits.groups.days.min",
        "limits.groups.days.max",
        "limits.groups.money.min",
        "limits.groups.money.max",
        "limits.groups.partners.min",
        "limits.groups.partners.max",
        "limits.groups.programmes.min",
        "limits.groups.programmes.max",
        "rules",
        "committed",
        "gates",
        "criteria",
        "as-at",
        "aim",
    }


def kind_of(path: str) -> str:
    """Return what kind of limit or rule a path leads to, whomever it is about."""
    match path.split("."):
        case ["limits", "groups", _, *rest]:
            return ".".join(("limits.groups", *rest))
        case ["limits", key, *_]:
            return f"limits.{key}"
        case ["programmes" | "partners" as key, *_, last]:
            return f"{key}.{last}"
        case [key, *_]:
            return key
        case _:
            return path


@pytest.mark.long
@pytest.mark.parametrize("wrong", QUESTIONS)
def test_trying_all_allocations_says_the_same_in_a_thousand_cases(wrong: Question) -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    first = int(os.environ.get("ORACLE_SEED", "5000000"))
    assert {n: told for n in range(first, first + MANY) if (told := wrong(n))} == {}
