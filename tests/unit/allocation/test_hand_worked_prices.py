"""The next step of a limit in cases small enough to do in the head."""

from __future__ import annotations

import pytest

from partnerselect.allocation.limit_pricing import LimitPrice
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


def test_one_partner_for_everything_is_priced_with_those_whom_it_keeps_out() -> None:
    """Two partners instead of one would also let in those who do not offer everything."""
    partners = {"all": partner(50, "x", "y"), "x": partner(90, "x"), "y": partner(90, "y")}
    case = scenario(partners, {"a": programme({"x": 1, "y": 1}, partners={"max": 1})})
    loc = ("programmes", "a", "partners", "max")
    assert price(case, *loc) == LimitPrice(loc, 1, 2, 40, 1, 50)


def test_a_share_of_the_days_is_priced_at_the_share_that_changes_the_choice() -> None:
    """Good does `a`, half of all days; with 30 of 40 it would do `b` too.

    With less than half nothing runs, for somebody must have half.
    """
    partners = {"good": partner(80), "fair": partner(60)}
    programmes = {"a": programme(20, importance=2), "b": programme(10), "c": programme(10)}
    case = scenario(partners, programmes, limits={"share-per-partner": "60%"})
    found = price(case, "limits", "share-per-partner")
    assert found.limit == 0.6
    assert found.rises_at == pytest.approx(0.75, abs=1e-6)
    assert found.gain == pytest.approx(5)
    assert found.falls_below == pytest.approx(0.5, abs=1e-6)
    assert found.loss == 70


def test_one_total_of_the_teams_days_beside_a_budget_by_phase_is_priced() -> None:
    """10 days are needed, of which 3 can be bought: 7 of the team's own would do (A41)."""
    case = scenario(
        {"a": partner(60, "n")},
        {"p": programme({"n": 10}, internal_days=10)},
        phases={"t1": "2030-01-01", "t2": "2030-06-01"},
        limits={
            "internal-days": 4,
            "backfill": {"per-day": 100, "max-days": 3},
            "budget": {"t1": 5000, "t2": 5000},
        },
    )
    found = price(case, "limits", "internal-days")
    assert (found.limit, found.falls_below, found.loss) == (4, 0, None)
    assert found.rises_at == pytest.approx(7)
    assert found.gain == pytest.approx(60)
    paths = {one.loc[1:] for one in prices(analyse(Scenario.from_data(case)))}
    assert paths == {
        ("internal-days",),
        ("backfill", "max-days"),
        ("budget", "t1"),
        ("budget", "t2"),
    }
