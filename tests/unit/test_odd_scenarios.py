"""Scenarios at the edge of sense: each has an answer that anyone would give, and no sentence that says otherwise."""

from __future__ import annotations

import json

import pytest

from tests.oracle.answers import Plan, by_the_package, by_trying_all, printed
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

UNSORTED = {name: PHASES[name] for name in ("third", "first", "second")}
ONE = {"x": programme()}
NOBODY = Plan({}, 0, 0)
DEAR = {"per-day": 1e12}

ODD: dict[str, tuple[Data, Plan | None]] = {
    "one partner, one programme": (scenario({"ash": partner(70)}, ONE), Plan({"x.work": "ash"}, 70, 0)),
    "a worthless partner is not worth engaging": (scenario({"ash": partner(0)}, ONE), NOBODY),
    "no capacity": (scenario({"ash": partner(70, capacity=0), "elm": partner(50)}, ONE), Plan({"x.work": "elm"}, 50, 0)),
    "no money": (scenario({"ash": partner(70, cost={"per-day": 1}), "elm": partner(50)}, ONE, limits={"budget": 0}), Plan({"x.work": "elm"}, 50, 0)),
    "no internal days": (scenario({"ash": partner(70)}, {"x": programme(internal_days=1)}, limits={"internal-days": 0}), NOBODY),
    "everyone excluded": (scenario({"ash": partner(70, excluded="Out"), "elm": partner(50, excluded="Out")}, ONE), NOBODY),
    "everyone excluded, must run": (scenario({"ash": partner(70, excluded="Out")}, {"x": programme(mandatory=True)}), None),
    "a programme of no importance waits": (scenario({"ash": partner(70)}, {"x": programme(), "y": programme(importance=0)}), Plan({"x.work": "ash"}, 70, 0)),
    "of no importance but mandatory: the cheapest": (
        scenario({"ash": partner(70, cost={"per-day": 5}), "elm": partner(50)}, {"x": programme(), "y": programme(importance=0, mandatory=True)}),
        Plan({"x.work": "ash", "y.work": "elm"}, 70, 50),
    ),
    "equal in everything: the smaller id": (scenario({"elm": partner(70), "ash": partner(70)}, ONE), Plan({"x.work": "ash"}, 70, 0)),
    "two equal programmes, days for one: the smaller id": (
        scenario({"ash": partner(70, capacity=10)}, {"y": programme(), "x": programme()}),
        Plan({"x.work": "ash"}, 35, 0),
    ),
    "a price of a million million": (
        scenario({"ash": partner(70, cost=DEAR), "elm": partner(50)}, ONE, limits={"budget": 9.999e12}),
        Plan({"x.work": "elm"}, 50, 0),
    ),
    "a thousand cheaper among a million million": (
        scenario({"ash": partner(70, cost=DEAR), "elm": partner(70, cost={"per-day": 1e12 - 1000})}, ONE),
        Plan({"x.work": "elm"}, 70, 1e13 - 10_000),
    ),
    "phases out of file order, once in the first with days": (
        scenario(
            {"ash": partner(70, cost={"once": 7})},
            {"x": programme({"work": {"third": 4, "first": 0}})},
            phases=UNSORTED,
            limits={"budget": {"third": 7, "first": 0, "second": 0}},
        ),
        Plan({"x.work": "ash"}, 70, 7),
    ),
    "days of its own fit the budget": (
        scenario({"ash": partner(70, cost={"per-day": 100}, for_={"x": {"days": {"work": 3}}}), "elm": partner(60)}, ONE, limits={"budget": 300}),
        Plan({"x.work": "ash"}, 70, 300),
    ),
    "a payer who pays nothing": (
        scenario({"ash": partner(70, cost={"per-day": 1}, funding={"payer": "nation", "covers": 0})}, ONE, limits={"funds": {"nation": 0}}),
        Plan({"x.work": "ash"}, 70, 10),
    ),
    "a payer who pays all": (
        scenario({"ash": partner(70, cost={"per-day": 1}, funding={"payer": "nation", "covers": "100%"})}, ONE, limits={"budget": 0}),
        Plan({"x.work": "ash"}, 70, 0),
    ),
    "a gate nobody knows about is closed": (
        scenario({"ash": partner(70, gate="door"), "elm": partner(10)}, ONE, gates={"door": {"title": "Door", "status": "unknown"}}),
        Plan({"x.work": "elm"}, 10, 0),
    ),
    "a share of half for a single partner": (scenario({"ash": partner(70)}, ONE, limits={"share-per-partner": "50%"}), NOBODY),
    "a whole share for a single partner": (scenario({"ash": partner(70)}, ONE, limits={"share-per-partner": 1}), Plan({"x.work": "ash"}, 70, 0)),
    "doing nothing is as good": (scenario({"ash": partner(70)}, {"x": programme(baseline=70)}), Plan({}, 70, 0)),
    "nothing is known of anyone": (
        scenario({name: partner(0) | {"scores": {"worth": "unknown"}} for name in ("ash", "elm")}, ONE),
        Plan({"x.work": "ash"}, 50, 0),
    ),
    "days too few to see": (scenario({"ash": partner(70, capacity=1)}, {"x": programme(1e-9)}), Plan({"x.work": "ash"}, 70, 0)),
    "a target nobody can reach": (scenario({"ash": partner(70)}, ONE, aim={"least-cost": {"value-at-least": 71}}), None),
    "a target that doing nothing reaches": (
        scenario({"ash": partner(90, cost={"per-day": 1})}, {"x": programme(baseline=50)}, aim={"least-cost": {"value-at-least": 40}}),
        Plan({}, 50, 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_the_package_answers_as_anyone_would(case: str) -> None:
    data, expected = ODD[case]
    assert by_the_package(data) == expected


@pytest.mark.parametrize("case", ODD)
def test_and_so_does_trying_every_allocation(case: str) -> None:
    data, expected = ODD[case]
    assert by_trying_all(data) == expected


@pytest.mark.parametrize("case", ODD)
def test_every_row_that_is_not_chosen_says_why_and_every_number_is_json(case: str) -> None:
    report = printed(ODD[case][0])
    json.dumps(report, allow_nan=False)
    answered = report["portfolio"] is not None
    assert all(row["reason"] for row in report["ranking"] if not row["chosen"] and answered)
    assert all(row["reason"] for row in report["programmes"] if row["run"] is False)
    assert not any(
        ".." in row["reason"] or "None" in row["reason"] or "nan" in row["reason"]
        for row in (*report["ranking"], *report["programmes"])
    )
    assert answered or report["conflict"]
