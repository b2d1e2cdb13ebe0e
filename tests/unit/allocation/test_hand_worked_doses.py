"""Totals beside caps by phase, funds topped up, levels and ranges, each in a case small enough to do in the head.

Unless said otherwise a programme needs 10 days, all programmes weigh the same and deferring one is
worth 0.
"""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.analysis import alternatives_for, analyse
from partnerselect.model import Scenario
from partnerselect.rows import ranking_json, robustness_json
from tests.oracle.answers import Plan
from tests.oracle.levels import people_reached
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data
from tests.oracle.wider_cases import LANDED
from tests.unit.allocation.both_solvers import Solve, partners_of, puts

IN_FIRST, IN_SECOND = programme(phases=["first"]), programme(phases=["second"])


@puts("in-all")
@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        # Ash asks 1,000 for 10 days and is worth 80; oak asks 400 and is worth 50.
        ({"in-all": 2000}, "ash ash"),
        ({"in-all": 1999}, "ash oak"),
        ({"in-all": 1399}, "oak oak"),
        ({"in-all": 2000, "first": 999}, "oak ash"),
        ({"in-all": 1399, "first": 999}, "oak oak"),
        ({"in-all": "unlimited", "second": 400}, "ash oak"),
        ({"in-all": 1400, "first": 1000, "second": 400}, "ash oak"),
    ],
)
def test_a_total_stands_beside_caps_by_phase_and_a_phase_left_out_is_free(
    solve: Solve, budget: Data, expected: str
) -> None:
    """The first programme weighs a little more, so that there is one best."""
    partners = {
        "ash": partner(80, cost={"per-day": 100}),
        "oak": partner(50, cost={"per-day": 40}),
    }
    programmes = {"a": {**IN_FIRST, "importance": 3}, "b": {**IN_SECOND, "importance": 2}}
    phases = {name: PHASES[name] for name in ("first", "second")}
    data = scenario(partners, programmes, phases=phases, limits={"budget": budget})
    assert partners_of(solve(data)) == expected


@puts("in-all")
@pytest.mark.parametrize(
    ("team", "bought"),
    [
        # 8 days are needed in the first phase and 6 in the second; a day bought costs 100.
        ({"in-all": 14}, 0),
        ({"in-all": 10}, 4),
        ({"in-all": 14, "first": 5}, 3),
        ({"in-all": 10, "first": 5}, 4),  # 5, and 5 of the 10 are left for 6
        ({"in-all": 10, "second": 3}, 4),  # 8, and 2 are left
        ({"in-all": 10, "first": 7, "second": 2}, 5),
    ],
)
def test_our_teams_days_end_with_the_phase_and_with_the_total(
    solve: Solve, team: Data, bought: int
) -> None:
    programmes = {
        "a": {**IN_FIRST, "internal-days": 8, "mandatory": True},
        "b": {**IN_SECOND, "internal-days": 6, "mandatory": True},
    }
    phases = {name: PHASES[name] for name in ("first", "second")}
    limits = {"internal-days": team, "backfill": {"per-day": 100}}
    plan = solve(scenario({"ash": partner(80)}, programmes, phases=phases, limits=limits))
    assert plan == Plan({"a.work": "ash", "b.work": "ash"}, 80, 100 * bought)


@puts("top-up")
@pytest.mark.parametrize(
    ("fund", "budget", "expected"),
    [
        # 10 days at 100 for each of two programmes: the nation is to bear 80%, 800 each, and we 200 each.
        (1600, 400, ("ash ash", 80, 400)),
        # Of 1,600 the nation has 1,000: we bear 600 more.
        (1000, 1000, ("ash ash", 80, 1000)),
        (1000, 999, ("ash", 40, 200)),
        (0, 1000, ("ash", 40, 1000)),
        (0, 999, ("", 0, 0)),
    ],
)
def test_we_pay_what_a_fund_cannot_up_to_our_budget(
    solve: Solve, fund: int, budget: int, expected: tuple[str, float, float]
) -> None:
    funding = {"payer": "nation", "covers": "80%", "top-up": "us"}
    ash = partner(80, cost={"per-day": 100}, funding=funding)
    limits = {"funds": {"nation": fund}, "budget": budget}
    plan = solve(scenario({"ash": ash}, {"a": programme(), "b": programme()}, limits=limits))
    assert plan is not None
    assert (partners_of(plan), plan.value, plan.own_cost) == expected


@puts("top-up")
@pytest.mark.parametrize(("fund", "served", "cost"), [(1500, "ash oak", 500), (999, "ash", 1)])
def test_a_fund_meets_first_what_nobody_else_may(
    solve: Solve, fund: int, served: str, cost: int
) -> None:
    """Both ask 1,000, all of it the nation's, and only ash's may be ours.

    1,500 meet oak's 1,000 and half of ash's. 999 cannot meet oak's.
    """
    funding = {"payer": "nation", "covers": "100%"}
    partners = {
        "ash": partner(80, cost={"per-day": 100}, funding={**funding, "top-up": "us"}),
        "oak": partner(50, cost={"per-day": 100}, funding={**funding, "top-up": "none"}),
    }
    for k, other in {"ash": "b", "oak": "a"}.items():
        partners[k]["for"] = {other: {"excluded": "Not theirs"}}
    data = scenario(
        partners, {"a": programme(), "b": programme()}, limits={"funds": {"nation": fund}}
    )
    plan = solve(data)
    assert plan is not None
    assert (partners_of(plan), plan.own_cost) == (served, cost)


@puts("top-up")
@pytest.mark.parametrize(
    ("fund", "budget", "possible"),
    [
        # 1,000 are asked in either phase, all of the nation. Of a total the first phase has its part first.
        (1500, {"first": 0, "second": 500}, True),
        (1500, {"first": "unlimited", "second": 499}, False),
        (900, {"first": 100, "second": 1000}, True),
        (900, {"first": 99, "second": "unlimited"}, False),
        ({"first": 600, "second": 1200}, {"first": 400, "second": 0}, True),
        ({"first": 600, "second": 1200}, {"first": 399, "second": "unlimited"}, False),
    ],
)
def test_a_fund_is_used_up_in_order_of_date(
    solve: Solve, fund: float | Data, budget: Data, *, possible: bool
) -> None:
    funding = {"payer": "nation", "covers": "100%", "top-up": "us"}
    ash = partner(80, cost={"per-day": 100}, funding=funding)
    programmes = {
        name: {**one, "mandatory": True} for name, one in (("a", IN_FIRST), ("b", IN_SECOND))
    }
    phases = {name: PHASES[name] for name in ("first", "second")}
    limits = {"funds": {"nation": fund}, "budget": budget}
    plan = solve(scenario({"ash": ash}, programmes, phases=phases, limits=limits))
    assert (plan is not None) == possible


def _dosed(worth: str, days: float | Data, **rest: Any) -> Data:
    needs = days if isinstance(days, dict) else {"work": days}
    return {"title": "A dose", "worth": worth, "needs": needs, **rest}


DOSES = {"pilot": _dosed("60%", 5), "whole": _dosed("100%", 12)}


def _in_doses(levels: Data = DOSES, **rest: Any) -> Data:
    bare = {key: one for key, one in programme().items() if key != "needs"}
    return {**bare, "levels": levels, **rest}


@puts("levels")
@pytest.mark.parametrize(
    ("budget", "value", "cost", "levels"),
    [
        # By ash, worth 80 for 100 a day: a pilot takes 500 and adds 0.6 · 80 / 2 = 24, the whole 1,200 and 40.
        (499, 0, 0, {}),
        (500, 24, 500, {"a": "pilot"}),
        (1000, 48, 1000, {"a": "pilot", "b": "pilot"}),
        (1200, 48, 1000, {"a": "pilot", "b": "pilot"}),  # the whole of one would be 40
        (1700, 64, 1700, {"a": "pilot", "b": "whole"}),  # of two alike, the lower level first
        (2400, 80, 2400, {"a": "whole", "b": "whole"}),
    ],
)
def test_the_lower_level_of_two_programmes_may_beat_the_higher_of_one(
    solve: Solve, budget: int, value: float, cost: float, levels: dict[str, str]
) -> None:
    plan = solve(
        scenario(
            {"ash": partner(80, cost={"per-day": 100})},
            {"a": _in_doses(), "b": _in_doses()},
            limits={"budget": budget},
        )
    )
    assert plan == Plan({f"{p}.work": "ash" for p in levels}, value, cost, levels)


@puts("levels")
def test_a_level_is_worth_so_much_of_the_way_from_the_baseline(solve: Solve) -> None:
    """20 + 0.6 · (80 - 20) = 56."""
    data = scenario({"ash": partner(80)}, {"a": _in_doses({"pilot": DOSES["pilot"]}, baseline=20)})
    assert solve(data) == Plan({"a.work": "ash"}, 56, 0, {"a": "pilot"})


@puts("levels")
@pytest.mark.parametrize(
    ("days", "value", "levels"),
    [
        # The whole takes 10 days of work and 10 of advice, ash worth 80 and elm worth 40: 60. The pilot takes
        # work alone: 0.7 · 80 = 56.
        (10, 60, {"a": "whole"}),
        (9, 56, {"a": "pilot"}),
    ],
)
def test_a_level_may_do_with_fewer_needs(
    solve: Solve, days: int, value: float, levels: dict[str, str]
) -> None:
    partners = {"ash": partner(80), "elm": partner(40, "advice", capacity=days)}
    doses = {"pilot": _dosed("70%", 5), "whole": _dosed("100%", {"work": 10, "advice": 10})}
    plan = solve(scenario(partners, {"a": _in_doses(doses)}))
    served = {"a.work": "ash", **({"a.advice": "elm"} if days > 9 else {})}
    assert plan == Plan(served, value, 0, levels)


@puts("levels")
@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        ({}, Plan({"a.work": "ash"}, 80, 0, {"a": "whole"})),
        ({"a": {"level": "pilot"}}, Plan({"a.work": "ash"}, 48, 0, {"a": "pilot"})),
        ({"a": {"level": "pilot", "work": "elm"}}, Plan({"a.work": "elm"}, 30, 0, {"a": "pilot"})),
        ({"a": {"work": "elm"}}, Plan({"a.work": "elm"}, 50, 0, {"a": "whole"})),
    ],
)
def test_a_level_may_be_committed(solve: Solve, fixed: Data, expected: Plan) -> None:
    """0.6 · 80 = 48 and 0.6 · 50 = 30."""
    data = scenario({"ash": partner(80), "elm": partner(50)}, {"a": _in_doses()}, committed=fixed)
    assert solve(data) == expected


@puts("levels")
def test_our_own_days_are_those_of_the_level(solve: Solve) -> None:
    """The whole takes 20 of our days, a pilot 5; there are 19."""
    doses = {
        "pilot": _dosed("60%", 5, **{"internal-days": 5}),
        "whole": _dosed("100%", 12, **{"internal-days": 20}),
    }
    data = scenario({"ash": partner(80)}, {"a": _in_doses(doses)}, limits={"internal-days": 19})
    assert solve(data) == Plan({"a.work": "ash"}, 48, 0, {"a": "pilot"})


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        # Ash is paid 1,200 for the whole; elm asks 1,800 for it, and 750 for the pilot, worth 48.
        ("a.whole", {"with a.elm": (48, 750), "without a.ash": (48, 750)}),
        ("a.pilot", {"with a.pilot.elm": (48, 750)}),
    ],
)
def test_choosing_another_partner_is_asked_at_whatever_level(entry: str, expected: Data) -> None:
    """As a rule of the file would say it, for which a programme has no levels."""
    asks = {"ash": 100, "elm": 150}
    partners = {name: partner(80, cost={"per-day": price}) for name, price in asks.items()}
    data = scenario(partners, {"a": _in_doses()}, limits={"budget": 1200})
    told = alternatives_for(analyse(Scenario.from_data(data)), entry, "elm")
    assert {f"{one.change} {one.subject}": (one.value, one.own_cost) for one in told} == {
        asked: pytest.approx(comes_to) for asked, comes_to in expected.items()
    }


def test_people_reached_count_once_by_the_larger_share() -> None:
    """Of 900 on the wards 10% in the first phase; in the second 80% by one programme and 10% by another: 720."""
    doses = {
        "pilot": _dosed("60%", 5, reach={"wards": "10%", "leaders": "50%"}),
        "whole": _dosed("100%", 12, reach={"wards": "80%"}),
    }
    data = scenario(
        {"ash": partner(80)},
        {"a": _in_doses(doses), "b": _in_doses(doses, phases=["second"]), "c": _in_doses(doses)},
        phases={name: PHASES[name] for name in ("first", "second")},
    )
    data["staff-groups"] = {
        "wards": {"title": "Ward staff", "people": 900},
        "leaders": {"title": "Leaders", "people": 60},
    }
    expected = {
        "wards": {"first": 90, "second": 720},
        "leaders": {"first": 30, "second": 30},
    }
    assert people_reached(data, {"a": "pilot", "b": "whole"}) == expected
    data["committed"] = {"a": {"level": "pilot"}, "b": {"level": "whole"}}
    data["partners"]["ash"]["capacity"] = 17
    rows = ranking_json(analyse(Scenario.from_data(data)))["reach"]
    found = {(row["group"], row["phase"]): (row["people"], row["programme"]) for row in rows}
    assert found == {
        ("wards", "first"): (90, "a"),
        ("wards", "second"): (720, "b"),
        ("leaders", "first"): (30, "a"),
        ("leaders", "second"): (30, "a"),
    }


@puts("ranges")
def test_the_choice_takes_what_is_likely_else_the_middle(solve: Solve) -> None:
    """8 to 16 days, likely 10, at 650 to 900, likely 700, and 300 to 500 once: 7,000 + 400; 2 to 4 of our own days are 3."""
    cost = {"per-day": {"low": 650, "likely": 700, "high": 900}, "once": {"low": 300, "high": 500}}
    days = {"work": {"low": 8, "likely": 10, "high": 16}}
    programmes = {"a": programme(days, internal_days={"low": 2, "high": 4})}
    limits = {"budget": 7400, "internal-days": 3}
    data = scenario({"ash": partner(80, cost=cost)}, programmes, limits=limits)
    assert solve(data) == Plan({"a.work": "ash"}, 80, 7400)
    assert solve({**data, "limits": {**limits, "budget": 7399}}) == Plan({}, 0, 0)
    assert solve({**data, "limits": {**limits, "internal-days": 2.9}}) == Plan({}, 0, 0)


@puts("ranges")
def test_days_of_each_phase_may_be_a_range(solve: Solve) -> None:
    """4 to 8 days in the first phase are 6, beside 3 in the second: 9 in all, at 100."""
    days = {"work": {"first": {"low": 4, "high": 8}, "second": 3}}
    data = scenario(
        {"ash": partner(80, cost={"per-day": 100}, capacity={"first": 6, "second": 3})},
        {"a": programme(days)},
        phases={name: PHASES[name] for name in ("first", "second")},
    )
    assert solve(data) == Plan({"a.work": "ash"}, 80, 900)


@pytest.mark.skipif("ranges" not in LANDED, reason="the package takes no ranges of prices yet")
def test_the_chance_of_overspending_and_the_amount_for_four_in_five_are_those_of_the_triangle() -> (
    None
):
    """10 days at 650 to 900, likely 700, against 7,750: a price above 775 has the chance 125² / (250 · 200) = 31.25%.

    One in five lie above 900 - √(0.2 · 250 · 200) = 800. Of 10,000 trials the standard error is 0.0046 of
    the chance, and of the amount 0.004 / 0.004 · 10 = 10, where the density at 800 is 0.004.
    """
    price = {"low": 650, "likely": 700, "high": 900}
    data = scenario(
        {"ash": partner(80, cost={"per-day": price})},
        {"a": programme()},
        limits={"budget": 7750},
        analysis={"samples": 10_000, "seed": 1},
    )
    told = robustness_json(analyse(Scenario.from_data(data)))["money"]
    (row,) = (one for one in told if (one["payer"], one["phase"]) == ("us", None))
    assert (row["limit"], row["likely"]) == (7750, 7000)
    assert row["over_share"] == pytest.approx(0.3125, abs=4 * 0.0046)
    assert row["p80"] == pytest.approx(8000, abs=4 * 10)
