"""Money by payer and phase, each rule in a case small enough to do in the head.

Unless said otherwise a programme needs 10 days, all programmes weigh the same and deferring one is
worth 0.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oracle.answers import Plan
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

Solve = Callable[[Data], Plan | None]
TWO_PHASES = {name: PHASES[name] for name in ("first", "second")}


def test_the_budget_goes_where_it_matters_most(solve: Solve) -> None:
    """Good costs 5,000 a programme, plain 1,000.

    6,000 buys good once, and `main` weighs 3 of 4: 0.75 · 80 + 0.25 · 60 = 75.
    """
    partners = {
        "good": partner(80, cost={"per-day": 500}),
        "plain": partner(60, cost={"per-day": 100}),
    }
    programmes = {"main": programme(importance=3), "side": programme(importance=1)}
    plan = solve(scenario(partners, programmes, limits={"budget": 6000}))
    assert plan == Plan({"main.work": "good", "side.work": "plain"}, 75, 6000)


@pytest.mark.parametrize(("budget", "chosen", "cost"), [(3000, "good", 3000), (2999, "plain", 0)])
def test_funding_bears_its_share_of_all_three_prices(
    solve: Solve, budget: int, chosen: str, cost: int
) -> None:
    """10 · 400 + 1,000 + 1,000 = 6,000, of which the trust pays half: 3,000."""
    prices = {"per-day": 400, "per-programme": 1000, "once": 1000}
    partners = {
        "good": partner(80, cost=prices, funding={"payer": "nation", "covers": "50%"}),
        "plain": partner(60),
    }
    plan = solve(scenario(partners, {"a": programme()}, limits={"budget": budget}))
    assert plan == Plan({"a.work": chosen}, 80 if chosen == "good" else 60, cost)


@pytest.mark.parametrize(("fund", "chosen"), [(5000, "good"), (4999, "plain")])
def test_a_fund_never_spills_to_the_trust(solve: Solve, fund: int, chosen: str) -> None:
    """The nation would owe 10 · 500 = 5,000.

    The trust's own money is unlimited and does not help.
    """
    partners = {
        "good": partner(80, cost={"per-day": 500}, funding={"payer": "nation", "covers": "100%"}),
        "plain": partner(60),
    }
    plan = solve(scenario(partners, {"a": programme()}, limits={"funds": {"nation": fund}}))
    assert plan is not None
    assert plan.served == {"a.work": chosen}
    assert plan.own_cost == 0


def test_a_fund_one_penny_short_is_too_small_however_large(solve: Solve) -> None:
    """Cedar for `a` costs the nation 6 · 30,000 + 100,000 = 280,000.

    For `b`, too, 190,000 more (3 days): 470,000 in all.
    """
    prices = {"per-day": 30000, "per-programme": 100000}
    cedar = partner(80, cost=prices, funding={"payer": "nation", "covers": "100%"})
    case = scenario(
        {"cedar": cedar, "elm": partner(30)}, {"a": programme(6, importance=3), "b": programme(3)}
    )
    assert solve(case | {"limits": {"funds": {"nation": 470000}}}) == Plan(
        {"a.work": "cedar", "b.work": "cedar"}, 80, 0
    )
    assert solve(case | {"limits": {"funds": {"nation": 469999.99}}}) == Plan(
        {"a.work": "cedar", "b.work": "elm"}, 67.5, 0
    )


def test_a_closed_funding_gate_leaves_the_partner_and_the_trust_pays(solve: Solve) -> None:
    """Free if the offer stood.

    Refused, 10 · 100 = 1,000 is the trust's, and the fund of 0 is not touched.
    """
    funding = {"payer": "nation", "covers": "100%", "gate": "offer"}
    case = scenario(
        {"good": partner(80, cost={"per-day": 100}, funding=funding)},
        {"a": programme()},
        limits={"funds": {"nation": 0}},
    )
    plan = solve(case | {"gates": {"offer": {"title": "Offer", "status": "refused"}}})
    assert plan == Plan({"a.work": "good"}, 80, 1000)


@pytest.mark.parametrize(
    ("status", "chosen"),
    [("confirmed", "good"), ("expected", "good"), ("unknown", "plain"), ("refused", "plain")],
)
def test_a_closed_partner_gate_removes_the_partner(solve: Solve, status: str, chosen: str) -> None:
    """Confirmed and expected are open, unknown and refused closed."""
    partners = {"good": partner(80, gate="offer"), "plain": partner(60)}
    plan = solve(
        scenario(
            partners, {"a": programme()}, gates={"offer": {"title": "Offer", "status": status}}
        )
    )
    assert plan is not None
    assert plan.served == {"a.work": chosen}


@pytest.mark.parametrize(
    ("budget", "runs"),
    [
        ({"first": 700, "second": 500}, True),
        ({"first": 699, "second": 9000}, False),
        ({"first": 9000, "second": 499}, False),
    ],
)
def test_a_budget_by_phase_is_not_carried_over(solve: Solve, budget: Data, *, runs: bool) -> None:
    """Days spread evenly: 5 · 100 in each phase.

    Per-programme, 200, falls in the first: 700 and 500.
    """
    partners = {"good": partner(80, cost={"per-day": 100, "per-programme": 200})}
    plan = solve(
        scenario(
            partners,
            {"a": programme(phases=["first", "second"])},
            phases=TWO_PHASES,
            limits={"budget": budget},
        )
    )
    assert plan == (Plan({"a.work": "good"}, 80, 1200) if runs else Plan({}, 0, 0))


@pytest.mark.parametrize(
    ("budget", "runs"),
    [({"first": 200, "second": 1000}, True), ({"first": 0, "second": 9000}, False)],
)
def test_per_programme_falls_in_the_programmes_first_phase(
    solve: Solve, budget: Data, *, runs: bool
) -> None:
    """All 10 days are in the second phase, but the programme begins in the first: 200 there, 1,000 later."""
    partners = {"good": partner(80, cost={"per-day": 100, "per-programme": 200})}
    programmes = {"a": programme({"work": {"second": 10}}, phases=["first", "second"])}
    plan = solve(scenario(partners, programmes, phases=TWO_PHASES, limits={"budget": budget}))
    assert plan == (Plan({"a.work": "good"}, 80, 1200) if runs else Plan({}, 0, 0))


@pytest.mark.parametrize(
    ("budget", "runs"),
    [({"first": 0, "second": 1500}, True), ({"first": 9000, "second": 1499}, False)],
)
def test_once_falls_in_the_partners_first_working_phase(
    solve: Solve, budget: Data, *, runs: bool
) -> None:
    """The programme begins in the first phase but the partner's days are all in the second: 10 · 100 + 500 there."""
    partners = {"good": partner(80, cost={"per-day": 100, "once": 500})}
    programmes = {"a": programme({"work": {"second": 10}}, phases=["first", "second"])}
    plan = solve(scenario(partners, programmes, phases=TWO_PHASES, limits={"budget": budget}))
    assert plan == (Plan({"a.work": "good"}, 80, 1500) if runs else Plan({}, 0, 0))


def test_once_is_paid_once_and_per_programme_for_each(solve: Solve) -> None:
    """Two programmes: 2 · (10 · 100 + 200) + 500 = 2,900."""
    partners = {"good": partner(80, cost={"per-day": 100, "per-programme": 200, "once": 500})}
    plan = solve(scenario(partners, {"a": programme(), "b": programme()}))
    assert plan == Plan({"a.work": "good", "b.work": "good"}, 80, 2900)


def test_two_needs_of_one_programme_pay_per_programme_once(solve: Solve) -> None:
    """(4 + 6) · 100 + 200 = 1,200."""
    partners = {"good": partner(80, "plan", "coach", cost={"per-day": 100, "per-programme": 200})}
    plan = solve(scenario(partners, {"a": programme({"plan": 4, "coach": 6})}))
    assert plan == Plan({"a.plan": "good", "a.coach": "good"}, 80, 1200)


@pytest.mark.parametrize(("second", "chosen"), [(500, "good"), (499, "plain")])
def test_a_fund_by_phase_is_a_cap_each_phase(solve: Solve, second: int, chosen: str) -> None:
    """5 · 100 falls to the nation in each phase; the first is unlimited."""
    partners = {
        "good": partner(80, cost={"per-day": 100}, funding={"payer": "nation", "covers": 1}),
        "plain": partner(60),
    }
    funds = {"nation": {"first": "unlimited", "second": second}}
    plan = solve(
        scenario(
            partners,
            {"a": programme(phases=["second", "first"])},
            phases=TWO_PHASES,
            limits={"funds": funds},
        )
    )
    assert plan is not None
    assert plan.served == {"a.work": chosen}
