"""Offers and programmes as tenders, grants and commissions have them, each rule in a case small enough to do in the head.

Unless said otherwise a programme needs 10 days, all programmes weigh the same and deferring one is
worth 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.answers import Plan, by_the_package, by_trying_all
from tests.oracle.levels import people_reached
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data
from tests.oracle.wider_cases import LANDED

Solve = Callable[[Data], Plan | None]


def _puts(feature: str) -> pytest.MarkDecorator:
    """Put a case to both solvers; to the oracle alone while the package has not got the feature."""
    solvers = [by_trying_all, *([by_the_package] if feature in LANDED else [])]
    return pytest.mark.parametrize("solve", solvers)


def _served(plan: Plan | None) -> str:
    """Return the partners in order of the needs, in one word each."""
    assert plan is not None
    return " ".join(plan.served[need] for need in sorted(plan.served))


@_puts("prices")
@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (2800, ("ash ash", 80, 2800)),
        (2799, ("ash oak", 65, 1500)),
        (1499, ("oak oak", 50, 1000)),
    ],
)
def test_a_price_for_one_programme_is_asked_of_that_alone(
    solve: Solve, budget: int, expected: object
) -> None:
    """Ash asks 100 a day, but for b 160 and 200 more: a costs 1,000 and b 1,800; oak asks 500 for either."""
    own = {"b": {"cost": {"per-day": 160, "per-programme": 200}}}
    partners = {
        "ash": partner(80, cost={"per-day": 100}, for_=own),
        "oak": partner(50, cost={"per-day": 50}),
    }
    programmes = {"a": programme(), "b": programme()}
    plan = solve(scenario(partners, programmes, limits={"budget": budget}))
    assert plan is not None
    assert (_served(plan), plan.value, plan.own_cost) == expected


@_puts("prices")
def test_a_price_left_out_is_the_partners_own_and_a_payer_bears_its_share_of_both(
    solve: Solve,
) -> None:
    """For a 10 · 100 + 300 = 1,300, for b 10 · 100 + 500 = 1,500; the nation bears half of 2,800."""
    ash = partner(
        80,
        cost={"per-day": 100, "per-programme": 500},
        for_={"a": {"cost": {"per-programme": 300}}},
        funding={"payer": "nation", "covers": "50%"},
    )
    plan = solve(scenario({"ash": ash}, {"a": programme(), "b": programme()}))
    assert plan == Plan({"a.work": "ash", "b.work": "ash"}, 80, 1400)


@_puts("prices")
def test_a_computed_score_is_of_the_price_for_the_programme(solve: Solve) -> None:
    """2,000 is worth 0 and nothing 100: 1,000 for a are worth 50, 1,600 for b 20; (50 + 20) / 2 = 35."""
    price = {"title": "Price", "weight": 1, "from": "cost", "scale": {"worst": 2000, "best": 0}}
    ash = partner(0, cost={"per-day": 100}, for_={"b": {"cost": {"per-day": 160}}})
    data = scenario({"ash": {**ash, "scores": {}}}, {"a": programme(), "b": programme()})
    data["criteria"] = {"title": "Price", "criteria": {"price": price}}
    assert solve(data) == Plan({"a.work": "ash", "b.work": "ash"}, 35, 2600)


PROJECTS = {"north": 300, "south": 200, "east": 150, "west": 100}
"""What each of four projects costs; all by one partner who is paid for taking one on."""


def _projects(budget: int, **rules: Data) -> Data:
    """Choose among projects worth 90, 70, 55 and 40, each weighing a quarter."""
    worth = {"north": 90, "south": 70, "east": 55, "west": 40}
    builders = {
        f"{name}-works": {
            **partner(worth[name], cost={"per-programme": cost}),
            "for": {other: {"excluded": "Not its site"} for other in PROJECTS if other != name},
        }
        for name, cost in PROJECTS.items()
    }
    return scenario(
        builders, {name: programme() for name in PROJECTS}, limits={"budget": budget}, rules=rules
    )


@_puts("rules")
@pytest.mark.parametrize(
    ("rules", "expected", "value", "cost"),
    [
        # 500 buys north and south (160 of 400), or south, east and west for 450 (165), or north, west
        # and nothing else for 400 (130), or north and east for 450 (145).
        ({}, "south east west", 165 / 4, 450),
        # South and east exclude each other: north and south for 500 (160) is next.
        ({"one-bridge": {"only-one": ["south", "east"]}}, "north south", 160 / 4, 500),
        # None of south, east and north goes with another: north and west for 400 (130).
        ({"one": {"only-one": ["south", "east", "north"]}}, "north west", 130 / 4, 400),
        # North or south, and at least one of east and west: north and east, 145.
        (
            {
                "one": {"only-one": ["south", "east"]},
                "some": {"at-least-run": {"of": ["east", "west"], "run": 1}},
            },
            "north east",
            145 / 4,
            450,
        ),
        # At least two of north, east and west: south, east and west still (165).
        ({"some": {"at-least-run": {"of": ["north", "east", "west"], "run": 2}}}, "south east west", 165 / 4, 450),
    ],
)  # fmt: skip
def test_projects_that_exclude_one_another_share_a_budget(
    solve: Solve, rules: Data, expected: str, value: float, cost: float
) -> None:
    plan = solve(_projects(500, **rules))
    assert plan == Plan({f"{name}.work": f"{name}-works" for name in expected.split()}, value, cost)


@_puts("rules")
def test_more_than_can_be_paid_for_may_not_be_asked_to_run(solve: Solve) -> None:
    """The three cheapest cost 450; all four 750."""
    every = {"some": {"at-least-run": {"of": [*PROJECTS], "run": 3}}}
    assert solve(_projects(450, **every)) is not None
    assert solve(_projects(449, **every)) is None


BIDS = {"a": (40, 82), "b": (44, 90), "c": (52, 70)}
"""Thousands asked, and quality."""


def _tender(within: Data) -> Data:
    """Weigh quality 60 and price 40, prices marked by the lowest over one's own."""
    data = scenario(
        {
            name: {
                **partner(0, cost={"per-programme": 1000 * asked}),
                "scores": {"quality": quality},
            }
            for name, (asked, quality) in BIDS.items()
        },
        {"lot": programme()},
    )
    criteria = {
        "quality": {"title": "Quality", "weight": 60, "scale": {"worst": 0, "best": 100}},
        "price": {"title": "Price", "weight": 40, "from": "cost", "scale": {"ratio": "lowest"}},
    }
    data["criteria"] = {"title": "Quality and price", "criteria": criteria}
    for name, reason in within.items():
        data["partners"][name] |= reason
    return data


@_puts("ratio")
@pytest.mark.parametrize(
    ("within", "winner", "value", "cost"),
    [
        # a: 0.6 · 82 + 0.4 · 100 = 89.2; b: 54 + 0.4 · 100 · 40/44 = 90.3636…; c: 42 + 0.4 · 76.923… = 72.77.
        ({}, "b", 54 + 40 * 40 / 44, 44_000),
        # Without a the lowest is 44: b has 54 + 40 = 94.
        ({"a": {"excluded": "No insurance"}}, "b", 94, 44_000),
        # Without b the lowest is 40: a has 89.2.
        ({"b": {"excluded": "No insurance"}}, "a", 89.2, 40_000),
        # Whoever is excluded from this lot alone sets no lowest price for it.
        ({"a": {"for": {"lot": {"excluded": "No licence"}}}}, "b", 94, 44_000),
    ],
)
def test_prices_are_marked_by_the_lowest_over_ones_own(
    solve: Solve, within: Data, winner: str, value: float, cost: float
) -> None:
    plan = solve(_tender(within))
    assert plan == Plan({"lot.work": winner}, round(value, 6), cost)


@_puts("ratio")
def test_marks_by_ones_own_over_the_highest(solve: Solve) -> None:
    """Of 8, 10 and 6 years: 80, 100 and 60; the last, three times as cheap, is all that is in the budget."""
    partners = {
        "ash": partner(8, cost={"per-day": 90}),
        "elm": partner(10, cost={"per-day": 90}),
        "oak": partner(6, cost={"per-day": 30}),
    }
    data = scenario(partners, {"a": programme()}, limits={"budget": 500})
    worth = {"title": "Years", "weight": 1, "scale": {"ratio": "highest"}}
    data["criteria"] = {"title": "Years", "criteria": {"worth": worth}}
    assert solve(data) == Plan({"a.work": "oak"}, 60, 300)


def _lasting(at_least: float, record: Data | None = None, **scores: Data) -> Data:
    """Weigh worth 50 and a branch 50, in it handover 3 and record 1; each partner asks nothing."""
    inner = {
        "handover": {"title": "Handover", "weight": 3, "scale": {"worst": 0, "best": 10}},
        "record": {"title": "Record", "weight": 1, "scale": record or {"worst": 0, "best": 10}},
    }
    criteria = {
        "worth": {"title": "Worth", "weight": 50, "scale": {"worst": 0, "best": 100}},
        "lasting": {"title": "Lasting", "weight": 50, "at-least": at_least, "criteria": inner},
    }
    data = scenario(
        {name: {**partner(0), "scores": one} for name, one in scores.items()}, {"a": programme()}
    )
    return {**data, "criteria": {"title": "Lasting", "criteria": criteria}}


ASH = {"worth": 90, "lasting.handover": 4, "lasting.record": 8}
OAK = {"worth": 60, "lasting.handover": 6, "lasting.record": {"low": 4, "high": 8}}


@_puts("branch")
@pytest.mark.parametrize(
    ("at_least", "expected"),
    [
        # Ash's branch is worth (3 · 40 + 80) / 4 = 50, oak's (3 · 60 + 60) / 4 = 60.
        # In all ash has 45 + 25 = 70, oak 30 + 30 = 60.
        (50, ("ash", 70)),
        (50.1, ("oak", 60)),
        (60, ("oak", 60)),
        (60.1, None),
    ],
)
def test_whoever_is_below_the_minimum_of_a_branch_is_not_chosen(
    solve: Solve, at_least: float, expected: object
) -> None:
    plan = solve(_lasting(at_least, ash=ASH, oak=OAK))
    assert plan is not None
    assert ((_served(plan), plan.value) if plan.served else None) == expected


@_puts("branch")
def test_an_unknown_score_counts_50_in_a_branch(solve: Solve) -> None:
    """(3 · 60 + 50) / 4 = 57.5, and 30 + 28.75 in all."""
    oak = {**OAK, "lasting.record": "unknown"}
    assert solve(_lasting(57.5, oak=oak)) == Plan({"a.work": "oak"}, 58.75, 0)
    assert solve(_lasting(57.6, oak=oak)) == Plan({}, 0, 0)


@_puts("branch")
def test_a_local_scale_in_a_branch_ends_at_whoever_is_below_its_minimum_too(solve: Solve) -> None:
    """Ash has the best record, 100 of 100, oak 0: their branches are worth (120 + 100) / 4 = 55 and 180 / 4 = 45."""
    data = _lasting(50, {"local": "more"}, ash=ASH, oak=OAK)
    assert solve(data) == Plan({"a.work": "ash"}, 45 + 27.5, 0)
    data = _lasting(56, {"local": "more"}, ash=ASH, oak=OAK)
    assert solve(data) == Plan({}, 0, 0)


@_puts("engagement")
@pytest.mark.parametrize(
    ("least", "expected"),
    [
        # Ash is worth 80 in either programme of 10 days, elm 70, oak 40, and 2,500 pays for one by ash (2,000) with
        # one by oak (500), or for two by elm (2,000).
        ({}, ("elm elm", 70)),
        # Elm comes for 20 days: for both.
        ({"elm": 20}, ("elm elm", 70)),
        # Elm would come for 21 days only: ash and oak, 60.
        ({"elm": 21}, ("ash oak", 60)),
        # Nor does ash come for 10 days, nor oak: both by oak, 40.
        ({"elm": 21, "ash": 11, "oak": 20}, ("oak oak", 40)),
        ({"elm": 21, "ash": 11, "oak": 21}, ("", 0)),
    ],
)  # fmt: skip
def test_whoever_comes_at_all_comes_for_the_least_engagement(
    solve: Solve, least: Data, expected: object
) -> None:
    partners = {
        "ash": partner(80, cost={"per-day": 200}),
        "elm": partner(70, cost={"per-day": 100}),
        "oak": partner(40, cost={"per-day": 50}),
    }
    for name, days in least.items():
        partners[name]["engagement"] = {"min-days": days}
    programmes = {"a": programme(), "b": programme()}
    plan = solve(scenario(partners, programmes, limits={"budget": 2500}))
    assert plan is not None
    assert (_served(plan), plan.value) == expected


@_puts("engagement")
@pytest.mark.parametrize(("days", "served"), [(12, "ash"), (11, "")])
def test_the_least_engagement_is_of_the_days_that_the_partner_itself_takes(
    solve: Solve, days: int, served: str
) -> None:
    ash = partner(80, engagement={"min-days": 12}, for_={"a": {"days": {"work": days}}})
    assert _served(solve(scenario({"ash": ash}, {"a": programme()}))) == served


IN_FIRST, IN_SECOND = programme(phases=["first"]), programme(phases=["second"])


@_puts("in-all")
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
    assert _served(solve(data)) == expected


@_puts("in-all")
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


@_puts("top-up")
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
    assert (_served(plan), plan.value, plan.own_cost) == expected


@_puts("top-up")
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
    assert (_served(plan), plan.own_cost) == (served, cost)


@_puts("top-up")
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


@_puts("levels")
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


@_puts("levels")
def test_a_level_is_worth_so_much_of_the_way_from_the_baseline(solve: Solve) -> None:
    """20 + 0.6 · (80 - 20) = 56."""
    data = scenario({"ash": partner(80)}, {"a": _in_doses({"pilot": DOSES["pilot"]}, baseline=20)})
    assert solve(data) == Plan({"a.work": "ash"}, 56, 0, {"a": "pilot"})


@_puts("levels")
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


@_puts("levels")
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


@_puts("levels")
def test_our_own_days_are_those_of_the_level(solve: Solve) -> None:
    """The whole takes 20 of our days, a pilot 5; there are 19."""
    doses = {
        "pilot": _dosed("60%", 5, **{"internal-days": 5}),
        "whole": _dosed("100%", 12, **{"internal-days": 20}),
    }
    data = scenario({"ash": partner(80)}, {"a": _in_doses(doses)}, limits={"internal-days": 19})
    assert solve(data) == Plan({"a.work": "ash"}, 48, 0, {"a": "pilot"})


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
    assert people_reached(data, {"a": "pilot", "b": "whole"}) == {
        "wards": {"first": 90, "second": 720},
        "leaders": {"first": 30, "second": 30},
    }


@_puts("ranges")
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


@_puts("ranges")
def test_days_of_each_phase_may_be_a_range(solve: Solve) -> None:
    """4 to 8 days in the first phase are 6, beside 3 in the second: 9 in all, at 100."""
    days = {"work": {"first": {"low": 4, "high": 8}, "second": 3}}
    data = scenario(
        {"ash": partner(80, cost={"per-day": 100}, capacity={"first": 6, "second": 3})},
        {"a": programme(days)},
        phases={name: PHASES[name] for name in ("first", "second")},
    )
    assert solve(data) == Plan({"a.work": "ash"}, 80, 900)
