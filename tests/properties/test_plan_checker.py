"""The checker that holds judged plans against enumeration finds what is planted in right ones."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.oracle.almost_as_good import agreement, almost_as_good, differing, most_unlike
from tests.oracle.held import faults, faults_among
from tests.oracle.plan_cases import mixed_of
from tests.oracle.plans import Table, over, plans_of, shares
from tests.oracle.scores import Data
from tests.oracle.search import Answer
from tests.oracle.totals import Allocation, Case

CASES = 60


def rows(allocation: Allocation) -> list[Data]:
    return [
        {"programme": p, "component": j, "partner": k} for (p, j), k in sorted(allocation.items())
    ]


def amounts(answer: Answer) -> Data:
    return {"value": answer.totals.value, "own_cost": answer.totals.own_cost}


def right(table: Table, plan: Data) -> Data:
    """Return what brute force says of a plan, in the shape in which it is printed."""
    found = table.judged(plan)
    alone = {need: partner for need, partner in found.written.items() if partner}
    answer = found.completed
    mine = shares(table.case, answer.allocation) if answer and table.best else {}
    best = shares(table.case, table.best.allocation) if table.best else {}
    near = found.nearest
    return {
        "possible": found.possible,
        "value": None,
        "own_cost": None,
        **(amounts(answer) if answer else {}),
        "cost": answer.totals.cost if answer else None,
        "running": len(answer.totals.run) if answer else len({p for p, _ in alone}),
        "choose": [
            {**row, "written": (row["programme"], row["component"]) in found.written}
            for row in rows(answer.allocation if answer else alone)
        ],
        "broken": [
            {"path": path, "phase": phase, "allowed": one.allowed, "used": one.used, "over": over(one)}
            for (path, phase), one in found.broken.items()
        ],
        "nearest": near and {
            **amounts(near.answer),
            "changed": [
                {"programme": p, "component": j, "from_": old, "to": new}
                for (p, j), (old, new) in near.changed.items()
            ],
        },
        "same_money": found.same_money
        and {**amounts(found.same_money), "choose": rows(found.same_money.allocation)},
        "same_worth": found.same_worth
        and {**amounts(found.same_worth), "choose": rows(found.same_worth.allocation)},
        "difference": [
            {
                "programme": p,
                "value": mine[p].value - best[p].value,
                "own_cost": mine[p].own_cost - best[p].own_cost,
                "partners": sorted(mine[p].partners),
                "best_partners": sorted(best[p].partners),
            }
            for p in mine
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> list[tuple[Table, Data, Data]]:
    """Judge the plans of the first cases once: table, plan, what is right to say of it."""
    tables = [Table(mixed_of(seed)) for seed in range(CASES)]
    return [
        (table, plan, right(table, plan))
        for table in tables
        for plan in plans_of(table.scenario).values()
    ]


def test_what_is_right_has_no_faults(judged: list[tuple[Table, Data, Data]]) -> None:
    assert [list(faults(*one)) for one in judged if any(faults(*one))] == []


def another_partner(told: Data) -> None:
    told["choose"][0]["partner"] = "somebody"


def raised(*keys: str, by: float = 1) -> Callable[[Data], None]:
    """Return what raises a figure below these keys."""

    def spoil(told: Data) -> None:
        for key in keys[:-1]:
            told = told[key] if key != "first" else told[0]  # type: ignore[index]
        told[keys[-1]] += by

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.update(possible=not told["possible"]),
        raised("value"),
        raised("cost"),
        raised("own_cost"),
        raised("running"),
        lambda told: told["choose"][0].update(written=not told["choose"][0]["written"]),
        lambda told: told["choose"].pop(),
        lambda told: told["broken"].pop(),
        lambda told: told["broken"].append({**told["broken"][0], "path": "limits.nothing"}),
        lambda told: told["broken"].append(told["broken"][0]),
        raised("broken", "first", "used"),
        raised("broken", "first", "over"),
        lambda told: told.update(nearest=None),
        raised("nearest", "value"),
        lambda told: told["nearest"]["changed"].pop(),
        lambda told: told.update(same_money=None),
        raised("same_money", "value"),
        raised("same_money", "own_cost", by=-1),
        lambda told: told["same_money"]["choose"].pop(),
        lambda told: told.update(same_worth={"value": 1, "own_cost": 1, "choose": []}),
        raised("difference", "first", "value"),
        raised("difference", "first", "own_cost"),
        lambda told: told["difference"][0]["partners"].append("somebody"),
    ],
)
def test_anything_changed_is_a_fault(
    judged: list[tuple[Table, Data, Data]], spoil: Callable[[Data], object]
) -> None:
    """Where there is something to spoil, of ten plans that can be completed."""
    spoilt = 0
    for table, plan, told in judged:
        changed = deepcopy(told)
        try:
            spoil(changed)
        except (IndexError, KeyError, TypeError):
            continue
        if changed != told and is_clear(table, plan):
            assert any(faults(table, plan, changed)), changed
            spoilt += 1
    assert spoilt >= 10


def is_clear(table: Table, plan: Data) -> bool:
    found = table.judged(plan)
    answers = (found.completed, table.best, found.same_money, found.same_worth)
    return found.completed is not None and all(one is None or one.clear for one in answers)


def right_among(scenario: Data, margin: float) -> Data:
    """Return the plans almost as good as brute force has them, in the shape in which they are printed."""
    found = almost_as_good(scenario, margin)
    assert found is not None
    best = found.best.allocation
    plans = sorted(found.certain.values(), key=lambda one: (one[0] != best, -one[1].value))
    told = agreement(Case(scenario), [allocation for allocation, _ in plans])
    return {
        "complete": True,
        "count": len(plans),
        "plans": [
            {
                "value": sums.value,
                "own_cost": sums.own_cost,
                "partners": len(sums.engaged),
                "differs": differing(allocation, best),
                "choose": rows(allocation),
            }
            for allocation, sums in plans
        ],
        "programmes": [
            {
                "programme": p,
                "runs": one.runs,
                "always": sorted(one.always),
                "sometimes": [{"partner": k, "plans": n} for k, n in one.sometimes.items()],
            }
            for p, one in told.items()
        ],
        "few": [{"number": number} for number in most_unlike(plans)],
    }


@pytest.fixture(scope="module")
def listed() -> list[tuple[Data, float, Data]]:
    """List what is almost as good in the first cases once: scenario, margin, what is right to say."""
    drawn = [(mixed_of(seed), (0, 0.5, 2, 10)[seed % 4]) for seed in range(CASES)]
    return [
        (scenario, margin, right_among(scenario, margin))
        for scenario, margin in drawn
        if Table(scenario).best is not None
    ]


def test_a_right_list_has_no_faults(listed: list[tuple[Data, float, Data]]) -> None:
    for scenario, margin, told in listed:
        found = almost_as_good(scenario, margin)
        assert found is not None
        assert list(faults_among(Case(scenario), found, told)) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.update(complete=False),
        raised("count"),
        lambda told: (told["plans"].pop(), raised("count", by=-1)(told)),
        lambda told: told["plans"].append(told["plans"][0]),
        lambda told: told["plans"].reverse() if told["count"] > 1 else told["plans"][1],
        raised("plans", "first", "value"),
        raised("plans", "first", "own_cost"),
        raised("plans", "first", "partners"),
        raised("plans", "first", "differs"),
        lambda told: told["plans"][0]["choose"].pop(),
        lambda told: told["programmes"].pop(),
        lambda told: told["programmes"][0].update(runs="perhaps"),
        lambda told: told["programmes"][0]["always"].append("somebody"),
        raised("programmes", "first", "sometimes", "first", "plans"),
        lambda told: told["few"].pop(),
        lambda told: told["few"].append(told["few"][0]),
    ],
)
def test_anything_changed_in_a_list_is_a_fault(
    listed: list[tuple[Data, float, Data]], spoil: Callable[[Data], object]
) -> None:
    spoilt = 0
    for scenario, margin, told in listed:
        found, changed = almost_as_good(scenario, margin), deepcopy(told)
        try:
            spoil(changed)
        except (IndexError, KeyError, TypeError):
            continue
        if found is not None and found.best.clear:
            assert any(faults_among(Case(scenario), found, changed)), changed
            spoilt += 1
    assert spoilt >= 3
