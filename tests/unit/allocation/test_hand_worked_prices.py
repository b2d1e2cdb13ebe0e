"""The next step of a limit in cases small enough to do in the head."""

from __future__ import annotations

from partnerselect.allocation.limit_prices import LimitPrice
from partnerselect.analysis import analyse, prices
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

LADDER = {
    "good": partner(80, cost={"per-day": 300}),
    "fair": partner(60, cost={"per-day": 100}),
    "poor": partner(10),
}
"""For 10 days: 3,000 buys 80, 1,000 buys 60, nothing 10."""


def price(case: Data, *loc: str) -> LimitPrice:
    """Return the price of one limit."""
    return next(found for found in prices(analyse(Scenario.from_data(case))) if found.loc == loc)


def test_a_budget_names_the_sum_that_buys_more_and_the_sum_that_is_needed() -> None:
    """2,000 buys the fair one, of which 1,000 is not needed.

    3,000 would buy 20 points more; below 1,000 50 points go.
    """
    case = scenario(LADDER, {"a": programme()}, limits={"budget": 2000})
    assert price(case, "limits", "budget") == LimitPrice(
        ("limits", "budget"), 2000, 3000, 20, 1000, 50
    )


def test_a_budget_of_nothing_has_a_price_too() -> None:
    """Nothing buys the poor one.

    The first 1,000 brings 50 points; there is nothing below nothing.
    """
    case = scenario(LADDER, {"a": programme()}, limits={"budget": 0})
    assert price(case, "limits", "budget") == LimitPrice(("limits", "budget"), 0, 1000, 50, 0, None)


def test_a_limit_that_a_programme_must_have_is_impossible_below() -> None:
    case = scenario(
        {"good": partner(80, cost={"per-day": 300})},
        {"a": programme(mandatory=True)},
        limits={"budget": 5000},
    )
    assert price(case, "limits", "budget") == LimitPrice(
        ("limits", "budget"), 5000, None, 0, 3000, None
    )


def test_capacity_steps_by_whole_programmes() -> None:
    """12 days serve one programme of 10.

    20 would serve both: 30 points more, half of 60; below 10 days another 30 go.
    """
    case = scenario({"one": partner(60, capacity=12)}, {"a": programme(), "b": programme()})
    assert price(case, "partners", "one", "capacity") == LimitPrice(
        ("partners", "one", "capacity"), 12, 20, 30, 10, 30
    )


def test_counts_step_by_one_partner() -> None:
    """Each partner does one thing.

    A second one lets `b` run: 30 more; without the first nothing runs.
    """
    partners = {"x": partner(80, "x"), "y": partner(60, "y")}
    case = scenario(
        partners,
        {"a": programme({"x": 1}), "b": programme({"y": 1})},
        limits={"partners": {"max": 1}},
    )
    assert price(case, "limits", "partners", "max") == LimitPrice(
        ("limits", "partners", "max"), 1, 2, 30, 1, 40
    )


def test_the_team_can_be_smaller_where_its_days_can_be_bought_but_never_less_than_nothing() -> None:
    """6 days are used and all could be bought: none of the team's 8 is needed."""
    case = scenario(
        {"one": partner(60)},
        {"a": programme(internal_days=6)},
        limits={"internal-days": 8, "backfill": {"per-day": 100}},
    )
    assert price(case, "limits", "internal-days") == LimitPrice(
        ("limits", "internal-days"), 8, None, 0, 0, None
    )


def test_what_a_bound_alone_does_not_decide_is_left_unpriced() -> None:
    """Taking two partners instead of one would also let in those who do not offer everything."""
    partners = {"all": partner(50, "x", "y"), "x": partner(90, "x"), "y": partner(90, "y")}
    case = scenario(
        partners,
        {"a": programme({"x": 1, "y": 1}, partners={"max": 1})},
        limits={"share-per-partner": "100%"},
    )
    assert prices(analyse(Scenario.from_data(case))) == ()
