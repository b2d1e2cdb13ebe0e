"""What is wrong with an allocation as printed: limits broken and sums that do not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from tests.oracle import scores
from tests.oracle.levels import at_levels
from tests.oracle.limits import broken
from tests.oracle.scores import Data
from tests.oracle.totals import (
    US,
    Allocation,
    ByPhase,
    Case,
    Phase,
    Totals,
    programme_costs,
    programme_value,
    totals,
)

Row = tuple[str, str, str, Phase]
Key = TypeVar("Key")
CLOSE = 2e-5
"""Pounds and points: printed figures are rounded to 6 decimals and summed over a few rows."""


def faults(scenario: Data, printed: Data) -> list[str]:
    """List every limit broken and every total that does not add up.

    None for an answer that can be trusted.

    `printed` holds the keys `allocation`, `fixed_costs`, `programmes` and `portfolio` of `rank
    --format json`.
    """
    case = Case(at_levels(scenario, levels_in(printed)))
    allocation, twice = chosen(printed["allocation"])
    if twice:
        return [f"{p}.{j}: more than one partner" for p, j in twice]
    unknown = [
        f"{p}.{j}: {k} does not offer it"
        for (p, j), k in allocation.items()
        if (p, j, k) not in case.days
    ]
    if unknown:
        return unknown
    sums = totals(case, allocation)
    return [
        *map(str, broken(case, allocation, sums)),
        *_days(case, allocation, printed),
        *_money(sums, printed),
        *_fixed(case, sums, printed),
        *_programmes(case, allocation, printed),
        *_portfolio(sums, printed),
    ]


def chosen(rows: Iterable[Data]) -> tuple[Allocation, set[tuple[str, str]]]:
    """Return who serves each need, and the needs that more than one partner serves."""
    served = {(row["programme"], row["component"], row["partner"]) for row in rows}
    needs = [(p, j) for p, j, _ in served]
    return {(p, j): k for p, j, k in served}, {need for need in needs if needs.count(need) > 1}


def levels_in(printed: Data) -> dict[str, str]:
    """Return the level at which each programme runs that has some."""
    rows = printed["programmes"]
    return {row["programme"]: row["level"] for row in rows if row.get("level") is not None}


def _differ(expected: Mapping[Key, float], found: Mapping[Key, float], what: str) -> Iterator[str]:
    for key in expected.keys() | found.keys():
        if abs(expected.get(key, 0.0) - found.get(key, 0.0)) > CLOSE:
            yield f"{what} {key}: {found.get(key, 0.0)} printed, {expected.get(key, 0.0)} expected"


def _days(case: Case, allocation: Allocation, printed: Data) -> Iterator[str]:
    """Compare days and day costs row by row."""
    expected: dict[Row, float] = {}
    charged: dict[Row, float] = {}
    for (p, j), k in allocation.items():
        for phase, days in case.days[p, j, k].items():
            expected[p, j, k, phase] = days
            charged[p, j, k, phase] = days * scores.price(case.scenario, p, k, "per-day")
    rows = printed["allocation"]
    keys = [(row["programme"], row["component"], row["partner"], row["phase"]) for row in rows]
    yield from (f"printed twice: {key}" for key in set(keys) if keys.count(key) > 1)
    yield from (
        f"a row of no days: {key}" for key, row in zip(keys, rows, strict=True) if row["days"] == 0
    )
    yield from _differ(
        expected, {key: row["days"] for key, row in zip(keys, rows, strict=True)}, "days of"
    )
    yield from _differ(
        charged, {key: row["cost"] for key, row in zip(keys, rows, strict=True)}, "day costs of"
    )


def _money(sums: Totals, printed: Data) -> Iterator[str]:
    """Compare money by payer and phase over both lists of rows, and each fixed cost's kind."""
    paid: ByPhase = defaultdict(float)
    for row in printed["allocation"] + printed["fixed_costs"]:
        paid[US, row["phase"]] += row["own_cost"]
        if abs(row["cost"] - row["own_cost"]) > CLOSE:
            paid[row["payer"], row["phase"]] += row["cost"] - row["own_cost"]
    yield from _differ(sums.money, paid, "money of")


def _fixed(case: Case, sums: Totals, printed: Data) -> Iterator[str]:
    """Compare per-programme, once, change and backfill, each with its partner, programme and phase."""
    expected: dict[tuple[str, str | None, str | None, Phase], float] = {}
    for p, k in sums.pairs:
        asked = scores.price(case.scenario, p, k, "per-programme")
        expected["per-programme", k, p, case.phases_of(p)[0]] = asked
    for k in sums.engaged:
        first = next(phase for phase in case.phases if sums.days[k, phase])
        expected["once", k, None, first] = case.partners[k].get("cost", {}).get("once", 0)
    for p in sums.changed:
        cost = case.programmes[p].get("change", {}).get("cost", 0)
        expected["change", None, p, case.phases_of(p)[0]] = cost
    for phase, days in sums.backfill.items():
        expected["backfill", None, None, phase] = days * case.limits.get("backfill", {}).get(
            "per-day", 0
        )
    found = {
        (row["kind"], row["partner"], row["programme"], row["phase"]): row["cost"]
        for row in printed["fixed_costs"]
        if row["kind"] != "top-up"
    }
    yield from _differ(expected, found, "fixed cost")
    paid = {
        (row["payer"], row["phase"]): row["own_cost"]
        for row in printed["fixed_costs"]
        if row["kind"] == "top-up"
    }
    yield from _differ(sums.topped_up, paid, "topped up")


def _programmes(case: Case, allocation: Allocation, printed: Data) -> Iterator[str]:
    rows = {row["programme"]: row for row in printed["programmes"]}
    if rows.keys() != case.programmes.keys():
        yield f"programmes printed: {sorted(rows)}"
        return
    for p, row in rows.items():
        mine = {j: k for (q, j), k in allocation.items() if q == p}
        if row["run"] != bool(mine):
            yield f"{p}: run is {row['run']}"
        value, (cost, trust) = programme_value(case, p, mine), programme_costs(case, p, mine)
        expected = {"value": value, "baseline": case.baseline[p], "cost": cost, "own_cost": trust}
        yield from _differ(expected, {key: row[key] for key in expected}, p)


def _portfolio(sums: Totals, printed: Data) -> Iterator[str]:
    expected = {
        "value": sums.value,
        "cost": sums.cost,
        "own_cost": sums.own_cost,
        "partners": float(len(sums.engaged)),
    }
    yield from _differ(
        expected, {key: float(printed["portfolio"][key]) for key in expected}, "portfolio"
    )
    costs = [row["cost"] for row in printed["allocation"] + printed["fixed_costs"]]
    if abs(sum(costs) - printed["portfolio"]["cost"]) > CLOSE:
        yield "the rows do not add up to the portfolio's cost"
