"""The efficient choices of cases small enough to list."""

from __future__ import annotations

import pytest

from partnerselect.allocation.budget_frontier import Frontier, Point
from partnerselect.analysis import analyse, spending
from partnerselect.model import Scenario
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

LADDER = {
    "good": partner(80, cost={"per-day": 300}),
    "dear": partner(70, cost={"per-day": 400}),
    "fair": partner(60, cost={"per-day": 100}),
    "poor": partner(10),
}
"""For 10 days: 3,000 buys 80, 1,000 buys 60, nothing 10; 4,000 for 70 is never sensible."""


def frontier(case: Data, step: float | None = None) -> Frontier:
    """Return the frontier of a case."""
    return spending(analyse(Scenario.from_data(case)), step=step)


def by(partner: str) -> tuple[tuple[str, str, str]]:
    """Return that a partner serves the one need."""
    return (("a", "work", partner),)


def test_the_ladder_shows_every_sensible_rung_and_what_changes_there() -> None:
    case = scenario(LADDER, {"a": programme()}, limits={"budget": 2000})
    assert frontier(case) == Frontier(
        (
            Point(0, 10, (), (), is_today=False),
            Point(1000, 60, by("fair"), by("poor"), is_today=True),
            Point(3000, 80, by("good"), by("fair"), is_today=False),
        ),
        step=None,
    )


def test_a_step_shows_the_best_for_each_multiple_of_it() -> None:
    """2,000 buys no more than 1,000 does; 4,000 buys the good one for 3,000."""
    case = scenario(LADDER, {"a": programme()})
    assert [(point.own_cost, point.value) for point in frontier(case, 2000).points] == [
        (0, 10),
        (1000, 60),
        (3000, 80),
    ]
    assert [(point.own_cost, point.value) for point in frontier(case, 5000).points] == [
        (0, 10),
        (3000, 80),
    ]


def test_what_others_pay_is_no_cost_and_their_funds_stand() -> None:
    """The nation pays for the good one, but its 2,000 do not reach."""
    funded = {
        **LADDER,
        "good": partner(80, cost={"per-day": 300}, funding={"payer": "nation", "covers": "100%"}),
    }
    assert [
        (one.own_cost, one.value) for one in frontier(scenario(funded, {"a": programme()})).points
    ] == [(0, 80)]
    short = scenario(funded, {"a": programme()}, limits={"funds": {"nation": 2000}})
    assert [(one.own_cost, one.value) for one in frontier(short).points] == [
        (0, 10),
        (1000, 60),
        (4000, 70),
    ]


def test_with_least_cost_as_the_aim_cheaper_choices_worth_less_are_shown_as_well() -> None:
    case = scenario(LADDER, {"a": programme()}, aim={"least-cost": {"value-at-least": 50}})
    assert [(one.own_cost, one.value, one.is_today) for one in frontier(case).points] == [
        (0, 10, False),
        (1000, 60, True),
        (3000, 80, False),
    ]


def test_of_plans_that_come_to_the_same_the_recommended_one_is_shown() -> None:
    """Two of three programmes at 100 each, by any of three partners: 27 plans, one recommended."""
    partners = {name: partner(50, cost={"per-programme": 100}) for name in ("ash", "elm", "oak")}
    case = scenario(partners, {p: programme() for p in "pqr"}, limits={"budget": 200})
    found = analyse(Scenario.from_data(case))
    (today,) = [point for point in spending(found).points if point.is_today]
    recommended = {
        (one.programme, "work", name)
        for one in found.recommendation.programmes
        for name in one.partners
    }
    assert (today.own_cost, {*today.engagements}) == (200, recommended)


@pytest.mark.parametrize("names", [("ash", "elm", "oak"), ("oak", "ash", "elm")])
def test_of_choices_as_good_for_the_same_money_the_order_of_the_file_picks_none(
    names: tuple[str, ...],
) -> None:
    """The dearest is the recommended one; each keeps what it can of the next, `p` before `r`."""
    partners = {name: partner(50, cost={"per-programme": 100}) for name in names}
    found = frontier(scenario(partners, {p: programme() for p in "rpq"}))
    assert [(one.own_cost, one.engagements) for one in found.points] == [
        (100.0 * many, tuple((p, "work", "ash") for p in "pqr"[:many])) for many in range(4)
    ]


def test_of_billions_no_choice_is_shown_twice() -> None:
    """At 30 billion the solver lets a choice pass that costs a penny more than it was allowed."""
    dear = {
        name: {**one, "cost": {"per-day": 1e7 * one.get("cost", {}).get("per-day", 0)}}
        for name, one in LADDER.items()
    }
    found = frontier(scenario(dear, {"a": programme()}))
    assert [(one.own_cost, one.value) for one in found.points] == [
        (0, 10),
        (1e10, 60),
        (3e10, 80),
    ]
    assert (found.step, found.is_complete) == (None, True)


def test_a_budget_by_phase_leaves_the_recommended_choice_beside_the_efficient_ones() -> None:
    """`cheap` would be as good for 80 less, but is paid in a phase without money (A18)."""
    case = scenario(
        {
            "cheap": partner(60, cost={"per-programme": 920}),
            "dear": partner(60, cost={"per-day": 100}),
        },
        {"a": programme({"work": {"second": 10}})},
        phases={name: PHASES[name] for name in ("first", "second")},
        limits={"budget": {"first": 0, "second": 1000}},
    )
    found = [
        (one.own_cost, one.value, one.is_today, one.is_efficient) for one in frontier(case).points
    ]
    assert found == [(0, 0, False, True), (920, 60, False, True), (1000, 60, True, False)]


def test_the_recommended_choice_is_there_whatever_the_step() -> None:
    case = scenario(LADDER, {"a": programme()}, limits={"budget": 2000})
    found = [(one.own_cost, one.is_today) for one in frontier(case, 5000).points]
    assert found == [(0, False), (1000, True), (3000, False)]
