"""However a scenario was reached, its answer is the one that a fresh allocator gives."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from partnerselect.allocation import Allocation, Allocator
from partnerselect.allocation.solve import Resolver
from partnerselect.errors import InputError
from partnerselect.model import Scenario
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data
from tests.oracle.wider_cases import any_of as scenario_of

CASES, CHANGES, MANY = 24, 5, 2000


def choices_among(random: Random, scenario: Scenario) -> dict[str, Any]:
    """Return a change of whatever may be changed on a screen."""
    partner, programme = (
        random.choice(list(scenario.partners)),
        random.choice(list(scenario.programmes)),
    )
    gate = random.choice(list(scenario.gates))
    return random.choice(
        [
            {"limits.budget": random.randint(500, 20000)},
            {"limits.budget": None},
            {"limits.partners": {"max": random.randint(1, 3)}},
            {
                f"gates.{gate}.status": random.choice(
                    ("confirmed", "refused", "expected", "unknown")
                )
            },
            {f"partners.{partner}.excluded": random.choice((None, "Left out"))},
            {f"partners.{partner}.capacity": random.choice((None, random.randint(3, 40)))},
            {f"partners.{partner}.cost.per-day": random.randint(0, 900)},
            {f"programmes.{programme}.importance": random.randint(1, 100)},
            {f"programmes.{programme}.baseline": random.randint(0, 80)},
            {f"programmes.{programme}.mandatory": random.choice((True, None))},
            {"rules": {}},
            {
                "aim": random.choice(
                    ({"least-cost": {"value-at-least": random.randint(1, 40)}}, None)
                )
            },
        ]
    )


def worths_among(random: Random, scenario: Scenario) -> dict[str, Any]:
    """Return a change of what things are worth, so that the rows stand."""
    programme = random.choice(list(scenario.programmes))
    return random.choice(
        [
            {f"programmes.{programme}.importance": random.randint(1, 100)},
            {f"programmes.{programme}.baseline": random.randint(0, 80)},
        ]
    )


def answer(found: Allocation) -> tuple[object, ...]:
    """Return what is promised to be the same."""
    chosen = None if found.chosen is None else found.chosen.tolist()
    reached = (
        None
        if found.account is None
        else (round(found.account.value, 6), round(found.account.own_cost, 2))
    )
    return found.state, found.tie_break, chosen, reached


Change = Callable[[Random, Scenario], dict[str, Any]]


def wrong(seeds: range, among: Change = choices_among) -> list[str]:
    """Return the states of scenarios that a resolver answers otherwise than a fresh allocator.

    It goes from one case to the next without beginning anew.
    """
    resolver, told = Resolver(), []
    for seed in seeds:
        # to be drawn again, not to be secret
        random, scenario = Random(seed), Scenario.from_data(scenario_of(seed))  # noqa: S311
        for step in range(CHANGES):
            table = performance_table(scenario)
            scores = score(scenario, table)
            fresh, kept = (
                Allocator(scenario, table, scores).best(),
                resolver.allocator(scenario, table, scores).best(),
            )
            if answer(fresh) != answer(kept):
                told.append(f"{seed}, step {step}: {answer(kept)}, but {answer(fresh)}")
            try:
                scenario = scenario.with_changes(among(random, scenario))
            except InputError:
                continue
    return told


def test_answers_are_those_of_a_fresh_start_whatever_was_changed_before() -> None:
    assert wrong(range(CASES)) == []


def test_answers_are_those_of_a_fresh_start_where_only_worths_change() -> None:
    assert wrong(range(100, 100 + CASES // 2), worths_among) == []


def everything() -> Data:
    """Return a case in which every part of a scenario that a choice may rest on is written."""
    partners = {
        "ash": partner(
            80,
            "coach",
            "plan",
            methods=["lean"],
            gate="door",
            capacity={"first": 12, "second": 20},
            cost={"per-day": 100, "per-programme": 50, "once": 300},
            funding={"payer": "nation", "covers": "40%", "gate": "purse"},
        ),
        "elm": partner(
            75,
            "coach",
            "plan",
            methods=["lean", "qms"],
            capacity=25,
            cost={"per-day": 60, "once": 400},
            for_={"x": {"days": {"plan": 4}, "scores": {"worth": 70}}},
        ),
        "oak": partner(60, "plan", methods=["qms"], cost={"per-day": 20}),
    }
    programmes = {
        "x": programme({"coach": 6, "plan": 5}, internal_days=4, importance=2, baseline=5),
        "y": programme({"plan": {"first": 4, "second": 4}}, method="lean", mandatory=True),
        "z": programme(
            {"coach": 5, "plan": 3},
            internal_days=3,
            partners={"min": 1, "max": 2},
            phases=["second"],
        ),
    }
    return scenario(
        partners,
        programmes,
        phases={"first": "2022-01-01", "second": "2022-04-01"},
        as_at="2021-12-01",
        gates={name: {"title": name, "status": "expected"} for name in ("door", "purse")},
        limits={
            "budget": {"first": 900, "second": 2000},
            "funds": {"nation": 400},
            "internal-days": 5,
            "backfill": {"per-day": 50, "max-days": 3},
            "partners": {"max": 3},
            "programmes-per-partner": 2,
            "share-per-partner": "70%",
            "methods": 2,
        },
        rules={"clash": {"apart": ["ash", "oak"]}, "order": {"before": ["y", "z"]}},
        committed={"y": {"plan": "elm"}},
    )


def single_changes(data: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """Yield every change of one figure, word or list, and every key left out."""
    for key, value in data.items():
        at = ".".join((*path, key))
        if isinstance(value, dict):
            yield from single_changes(value, (*path, key))
        elif isinstance(value, bool):
            yield {at: not value}
        elif isinstance(value, int | float):
            yield from ({at: changed} for changed in (value * 2, value * 0.5))
        elif isinstance(value, list):
            yield from ({at: changed} for changed in (value[1:], value[:1]))
        elif path[:1] == ("gates",):
            yield {at: "refused"}
        elif at == "as-at":
            yield {at: "2022-05-01"}
        yield {at: None}


def test_whatever_in_the_file_is_changed_the_kept_model_answers_as_a_fresh_one() -> None:
    """Nobody keeps a list of what the choice rests on: each key is changed once, and back."""
    data = everything()
    start, resolver, asked = Scenario.from_data(data), Resolver(), 0
    begun_with = performance_table(start)
    begun = (start, begun_with, score(start, begun_with))
    expected = answer(Allocator(*begun).best())
    parts = {key: data[key] for key in data if key not in {"format", "title", "criteria"}}
    for change in single_changes(parts):
        try:
            changed = start.with_changes(change)
        except InputError:
            continue
        asked += 1
        table = performance_table(changed)
        scored = (changed, table, score(changed, table))
        fresh = Allocator(*scored).best()
        assert answer(resolver.allocator(*scored).best()) == answer(fresh), change
        assert answer(resolver.allocator(*begun).best()) == expected, change
    assert asked > 60


@pytest.mark.long
def test_answers_stay_those_of_a_fresh_start_over_thousands_of_changes() -> None:
    """Run with `ORACLE_SEED=…` for other cases."""
    first = int(os.environ.get("ORACLE_SEED", "8000000"))
    assert wrong(range(first, first + MANY)) == []
