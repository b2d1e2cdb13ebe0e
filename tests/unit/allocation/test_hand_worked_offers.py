"""Offers as tenders have them: prices, marks, minima and least engagements, each in a case small enough to do in the head.

Unless said otherwise a programme needs 10 days, all programmes weigh the same and deferring one is
worth 0.
"""

from __future__ import annotations

import pytest

from tests.oracle.answers import Plan
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data
from tests.unit.allocation.both_solvers import Solve, partners_of, puts


@puts("prices")
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
    assert (partners_of(plan), plan.value, plan.own_cost) == expected


@puts("prices")
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


@puts("prices")
def test_a_computed_score_is_of_the_price_for_the_programme(solve: Solve) -> None:
    """2,000 is worth 0 and nothing 100: 1,000 for a are worth 50, 1,600 for b 20; (50 + 20) / 2 = 35."""
    price = {"title": "Price", "weight": 1, "from": "cost", "scale": {"worst": 2000, "best": 0}}
    ash = partner(0, cost={"per-day": 100}, for_={"b": {"cost": {"per-day": 160}}})
    data = scenario({"ash": {**ash, "scores": {}}}, {"a": programme(), "b": programme()})
    data["criteria"] = {"title": "Price", "criteria": {"price": price}}
    assert solve(data) == Plan({"a.work": "ash", "b.work": "ash"}, 35, 2600)


BASKET = {"ash": (18, 39, 29), "oak": (22, 44, 25)}
"""What either shop asks for each of three books."""


@puts("prices")
@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        # All of ash 86 + 10, all of oak 91 + 4, the third alone of oak 57 + 25 + 14, the second alone of ash 86 + 14.
        ({"ash": 10, "oak": 4}, ("oak oak oak", 95)),
        ({"ash": 10, "oak": 6}, ("ash ash ash", 96)),
        # All of ash 89, all of oak 94; each book where it is cheapest 82 + 6.
        ({"ash": 3, "oak": 3}, ("ash ash oak", 88)),
        ({"ash": 3, "oak": 5}, ("ash ash ash", 89)),
    ],
)
def test_a_basket_is_bought_where_prices_and_delivery_charges_are_least(
    solve: Solve, delivery: Data, expected: tuple[str, int]
) -> None:
    """The shopping problem of Błażewicz, Kovalyov, Musiał, Urbański & Wojciechowski (2010): a charge once a shop."""
    books = ("first", "second", "third")
    shops = {
        shop: partner(
            50,
            cost={"once": delivery[shop]},
            for_={
                book: {"cost": {"per-programme": price}}
                for book, price in zip(books, prices, strict=True)
            },
        )
        for shop, prices in BASKET.items()
    }
    basket = {book: programme(mandatory=True) for book in books}
    aim = {"least-cost": {"value-at-least": 50}}
    plan = solve(scenario(shops, basket, aim=aim))
    assert plan is not None
    assert (partners_of(plan), plan.own_cost) == expected


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


@puts("rules")
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


@puts("rules")
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


@puts("ratio")
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


@puts("ratio")
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


@puts("branch")
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
    assert ((partners_of(plan), plan.value) if plan.served else None) == expected


@puts("branch")
def test_an_unknown_score_counts_50_in_a_branch(solve: Solve) -> None:
    """(3 · 60 + 50) / 4 = 57.5, and 30 + 28.75 in all."""
    oak = {**OAK, "lasting.record": "unknown"}
    assert solve(_lasting(57.5, oak=oak)) == Plan({"a.work": "oak"}, 58.75, 0)
    assert solve(_lasting(57.6, oak=oak)) == Plan({}, 0, 0)


@puts("branch")
def test_a_local_scale_in_a_branch_ends_at_whoever_is_below_its_minimum_too(solve: Solve) -> None:
    """Ash has the best record, 100 of 100, oak 0: their branches are worth (120 + 100) / 4 = 55 and 180 / 4 = 45."""
    data = _lasting(50, {"local": "more"}, ash=ASH, oak=OAK)
    assert solve(data) == Plan({"a.work": "ash"}, 45 + 27.5, 0)
    data = _lasting(56, {"local": "more"}, ash=ASH, oak=OAK)
    assert solve(data) == Plan({}, 0, 0)


@puts("engagement")
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
    assert (partners_of(plan), plan.value) == expected


@puts("engagement")
@pytest.mark.parametrize(("days", "served"), [(12, "ash"), (11, "")])
def test_the_least_engagement_is_of_the_days_that_the_partner_itself_takes(
    solve: Solve, days: int, served: str
) -> None:
    ash = partner(80, engagement={"min-days": 12}, for_={"a": {"days": {"work": days}}})
    assert partners_of(solve(scenario({"ash": ash}, {"a": programme()}))) == served
