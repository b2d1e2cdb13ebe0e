"""The oracle's word on plans, groups and partners of today is that of cases worked by hand."""

from __future__ import annotations

import pytest

from tests.oracle.almost_as_good import (
    Agreement,
    agreement,
    almost_as_good,
    least_distance,
    most_unlike,
)
from tests.oracle.changes import changed
from tests.oracle.feasible import feasible
from tests.oracle.limits import broken
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.plans import Judged, Table, over, shares
from tests.oracle.scores import Data
from tests.oracle.search import best
from tests.oracle.totals import US, Case, totals

# Two programmes of 10 days. Ash is worth 80 and costs 100 a day, of which nobody pays a part; oak is worth 50 and
# costs 60 a day; elm is worth 20 and costs nothing. Both by ash: 80 points, 2,000; one by ash and one by oak: 65, 1,600.
PARTNERS = {
    "ash": partner(80, cost={"per-day": 100}, tags=["large"]),
    "oak": partner(50, cost={"per-day": 60}, tags=["local"]),
    "elm": partner(20, tags=["local", "peer"]),
}
TWO = scenario(PARTNERS, {"a": programme(), "b": programme()})
ALL_ASH = {"title": "Ash", "choose": {"a": "ash", "b": "ash"}}


def judged(data: Data, plan: Data) -> Judged:
    return Table(data).judged(plan)


def broken_by(found: Judged) -> dict[str, tuple[float | None, float | None]]:
    return {path: (one.allowed, one.used) for (path, _), one in found.broken.items()}


def served_best(data: Data) -> dict[tuple[str, str], str]:
    answer = best(data)
    assert answer is not None
    return dict(answer.allocation)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ({"tag": "local", "days": {"min": "50%"}}, {"a": "ash", "b": "oak"}),
        ({"tag": "local", "days": {"min": "51%"}}, {"a": "oak", "b": "oak"}),
        ({"tag": "large", "days": {"max": "49%"}}, {"a": "oak", "b": "oak"}),
        ({"tag": "large", "money": {"max": "63%"}}, {"a": "ash", "b": "oak"}),  # 1,000 of 1,600: 62.5%
        ({"tag": "large", "money": {"max": "62%"}}, {"a": "oak", "b": "oak"}),
        ({"tag": "local", "money": {"min": "37%"}}, {"a": "ash", "b": "oak"}),  # 600 of 1,600: 37.5%
        ({"tag": "peer", "partners": {"min": 1}}, {"a": "ash", "b": "elm"}),
        ({"tag": "large", "partners": {"max": 0}}, {"a": "oak", "b": "oak"}),
        ({"tag": "large", "programmes": {"max": 1}}, {"a": "ash", "b": "oak"}),
        ({"tag": "local", "programmes": {"min": 2}}, {"a": "oak", "b": "oak"}),
        ({"tag": "local", "partners": {"min": 2}}, {"a": "elm", "b": "oak"}),
    ],
)  # fmt: skip
def test_a_group_is_limited_by_days_money_partners_and_programmes(
    group: Data, expected: dict[str, str]
) -> None:
    found = best({**TWO, "limits": {"groups": {"g": group}}})
    assert found is not None
    assert {p: k for (p, _), k in found.allocation.items()} == expected


def test_a_share_of_nothing_holds_but_nobody_is_not_one_partner() -> None:
    case = Case({**TWO, "limits": {"groups": {
        "share": {"tag": "local", "days": {"min": "50%"}, "money": {"min": "50%"}},
        "one": {"tag": "peer", "partners": {"min": 1}, "programmes": {"min": 1}},
    }}})  # fmt: skip
    assert [one.path for one in broken(case, {}, totals(case, {}))] == [
        "limits.groups.one.partners.min",
        "limits.groups.one.programmes.min",
    ]


def test_a_change_takes_money_in_the_first_phase_and_days_in_every_phase() -> None:
    """Not today's partner on any need: 400 in the first phase, and 6 + 4 own days, half in each phase."""
    data = scenario(
        {
            "ash": partner(80, "plan", "coach", cost={"per-day": 10}),
            "oak": partner(50, "plan", "coach"),
        },
        {"a": programme({"plan": 4, "coach": 4}, today={"plan": "oak"}, internal_days=6,
                        change={"cost": 400, "internal-days": 4})},
        phases={"first": PHASES["first"], "second": PHASES["second"]},
        limits={"internal-days": 7, "backfill": {"per-day": 5}},
    )  # fmt: skip
    case = Case(data)
    whole = totals(case, {("a", "plan"): "ash", ("a", "coach"): "ash"})
    assert whole.changed == {"a"}
    assert whole.money[US, "first"] == 40 + 400
    assert whole.money[US, "second"] == 40 + 5 * 3
    assert whole.own_cost == 495
    assert whole.backfill["second"] == 3
    kept = totals(case, {("a", "plan"): "ash", ("a", "coach"): "oak"})
    assert not kept.changed
    assert kept.own_cost == 40
    assert not totals(case, {}).changed


@pytest.mark.parametrize(
    ("today", "most", "expected"),
    [
        ("oak", 0, {"a": "oak", "b": "oak"}),
        ("oak", 1, {"a": "ash", "b": "oak"}),
        ("oak", 2, {"a": "ash", "b": "ash"}),
        ("nobody", 0, {"a": "ash", "b": "ash"}),
        (None, 0, {"a": "ash", "b": "ash"}),
    ],
)
def test_only_so_many_programmes_may_change_and_one_that_nobody_does_has_nothing_to_change(
    today: str | None, most: int, expected: dict[str, str]
) -> None:
    data = {**TWO, "limits": {"changes": most}}
    for p in "ab":
        data = changed(data, ("programmes", p, "today"), today) if today else data
    assert {p: k for (p, _), k in served_best(data).items()} == expected


def test_a_plan_that_is_possible_is_its_own_nearest() -> None:
    found = judged(TWO, {"title": "Oak", "choose": {"a": "oak"}})
    assert found.possible
    assert found.completed is not None
    assert dict(found.completed.allocation) == {("a", "work"): "oak", ("b", "work"): "ash"}
    assert (found.completed.totals.value, found.completed.totals.own_cost) == (65, 1600)
    assert found.nearest is not None
    assert found.nearest.changed == {}
    assert found.nearest.answer == found.completed


def test_a_plan_over_the_budget_says_by_how_much_and_what_is_nearest_and_as_cheap_and_as_good() -> (
    None
):
    """Both by ash cost 2,000, and there are 1,600: one must change, and oak is the better of two."""
    data = {**TWO, "limits": {"budget": 1600}}
    found = judged(data, ALL_ASH)
    assert found.completed is not None
    assert (found.completed.totals.value, found.completed.totals.own_cost) == (80, 2000)
    assert broken_by(found) == {"limits.budget": (1600, 2000)}
    assert over(found.broken["limits.budget", None]) == 400
    assert found.nearest is not None
    assert found.nearest.changed == {("b", "work"): ("ash", "oak")}
    assert found.nearest.answer.totals.value == 65
    assert found.same_money is not None
    assert found.same_money.totals.value == 65
    assert found.same_worth is None


def test_for_the_same_worth_less_is_paid_and_for_the_same_money_more_is_had() -> None:
    """Oak twice: 50 for 1,200. Birch twice: 60 for 400. Ash and birch: 70 for 1,200."""
    data = changed(TWO, ("partners", "birch"), partner(60, cost={"per-day": 20}))
    found = judged(data, {"title": "Oak", "choose": {"a": "oak", "b": "oak"}})
    assert found.possible
    assert found.same_worth is not None
    assert set(found.same_worth.allocation.values()) == {"birch"}
    assert found.same_worth.totals.own_cost == 400
    assert found.same_money is not None
    assert set(found.same_money.allocation.values()) == {"ash", "birch"}
    assert found.same_money.totals.value == 70


def test_what_is_open_is_completed_within_what_the_written_part_leaves() -> None:
    """Ash has 8 days and a takes 10: lifted to 10, it has none left for b, which oak does."""
    data = changed(TWO, ("partners", "ash", "capacity"), 8)
    found = judged(data, {"title": "Ash", "choose": {"a": "ash"}})
    assert found.completed is not None
    assert dict(found.completed.allocation) == {("a", "work"): "ash", ("b", "work"): "oak"}
    assert broken_by(found) == {"partners.ash.capacity": (8, 10)}


def test_gates_exclusions_hurdles_methods_and_rules_give_way_to_what_is_written() -> None:
    data = scenario(
        {
            "ash": partner(80, gate="door", excluded="too far"),
            "oak": partner(50, methods=["lean"], for_={"b": {"excluded": "asked not to"}}),
            "elm": partner(20),
        },
        {"a": programme(), "b": programme(method="qms"), "c": programme(mandatory=True)},
        gates={"door": {"title": "Door", "status": "refused"}},
        rules={"never": {"forbid": {"c": "elm"}}, "order": {"before": ["a", "b"]}},
    )
    data["criteria"] = changed(data["criteria"], ("criteria", "worth", "at-least"), 40)
    everything = judged(data, {"title": "X", "choose": {"a": "ash", "b": "oak", "c": "elm"}})
    assert set(broken_by(everything)) == {
        "gates.door",
        "partners.ash.excluded",
        "programmes.b.method",
        "partners.oak.for.b.excluded",
        "criteria.worth.at-least",
        "rules.never",
    }
    waiting = judged(data, {"title": "X", "choose": {"b": "elm"}, "rest": "deferred"})
    assert set(broken_by(waiting)) == {
        "criteria.worth.at-least",
        "rules.order",
        "programmes.c.mandatory",
    }


def test_a_deferred_programme_that_must_run_is_a_change_for_each_of_its_needs() -> None:
    data = scenario(
        {"ash": partner(80, "plan", "coach"), "oak": partner(50, "plan", "coach")},
        {"a": programme({"plan": 4, "coach": 4}, mandatory=True), "b": programme({"plan": 4})},
    )
    found = judged(data, {"title": "X", "choose": {"b": "oak"}, "rest": "deferred"})
    assert found.completed is not None
    assert dict(found.completed.allocation) == {("b", "plan"): "oak"}
    assert found.completed.totals.value == 25
    assert found.nearest is not None
    assert found.nearest.changed == {("a", "plan"): (None, "ash"), ("a", "coach"): (None, "ash")}
    assert found.nearest.answer.totals.value == 65


def test_as_today_is_a_plan_and_its_change_is_what_the_others_pay() -> None:
    data = changed(TWO, ("programmes", "a", "today"), "oak")
    data = changed(data, ("programmes", "a", "change"), {"cost": 500})
    table = Table(data)
    found = table.judged({"title": "As today", "choose": {"a": "oak"}, "rest": "deferred"})
    assert found.possible
    assert found.completed is not None
    mine, recommended = (
        shares(table.case, answer.allocation)
        for answer in (found.completed, table.best)
        if answer is not None
    )
    assert (mine["a"].value, mine["a"].own_cost) == (25, 600)
    assert (recommended["a"].value, recommended["a"].own_cost) == (40, 1500)
    assert (mine["b"].value, mine["b"].own_cost, mine["b"].partners) == (0, 0, frozenset())


def test_where_an_open_need_takes_more_of_a_limit_the_fewest_limits_give_way() -> None:
    """Only ash coaches, and has 5 days: the plan is within it with 4, and cannot be done with 4 + 4."""
    data = scenario(
        {
            "ash": partner(80, "plan", "coach", capacity=5, cost={"per-day": 10}),
            "oak": partner(50, "plan"),
        },
        {"a": programme({"plan": 4, "coach": 4})},
        limits={"budget": 80},
    )
    found = judged(data, {"title": "X", "choose": {"a": {"plan": "ash"}}})
    assert found.completed is not None
    assert broken_by(found) == {"partners.ash.capacity": (5, 8)}
    assert found.nearest is not None
    assert found.nearest.changed == {("a", "plan"): ("ash", "oak")}


def test_a_need_that_nobody_may_meet_leaves_a_plan_without_worth() -> None:
    data = scenario(
        {"ash": partner(80, "plan"), "oak": partner(50, "coach", excluded="too far")},
        {"a": programme({"plan": 4, "coach": 4}), "b": programme({"plan": 4})},
    )
    found = judged(data, {"title": "X", "choose": {"a": {"plan": "ash"}}})
    assert found.completed is None
    assert not found.possible
    assert set(broken_by(found)) == {"programmes.a.needs.coach"}
    assert found.nearest is not None
    assert found.nearest.changed == {("a", "plan"): ("ash", None)}


def test_least_cost_asks_a_plan_to_reach_the_value_too() -> None:
    data = {**TWO, "aim": {"least-cost": {"value-at-least": 60}}}
    found = judged(data, {"title": "X", "choose": {"a": "oak", "b": "oak"}})
    assert broken_by(found) == {"aim.least-cost.value-at-least": (60, 50)}
    assert found.nearest is not None
    assert found.nearest.answer.totals.own_cost == 1600
    assert found.same_worth is not None
    assert found.same_worth.totals.own_cost == 1000  # ash and elm: 50 points


def test_plans_within_a_margin_are_counted_and_what_they_agree_on_is_told() -> None:
    """By a and b: ash ash 80, ash oak and oak ash 65, oak oak 50 as ash elm and elm ash."""
    counts = {
        margin: len(found.certain)
        for margin in (0, 14, 15, 29)
        if (found := almost_as_good(TWO, margin))
    }
    assert counts == {0: 1, 14: 1, 15: 3, 29: 3}
    found = almost_as_good(TWO, 16)
    assert found is not None
    told = agreement(Case(TWO), [allocation for allocation, _ in found.certain.values()])
    assert told["a"] == Agreement("always", frozenset(), {"ash": 2, "oak": 1})


def test_deferring_is_another_plan_and_a_partner_in_all_of_them_is_told() -> None:
    data = changed(TWO, ("programmes", "b", "importance"), 0)
    found = almost_as_good(data, 1)
    assert found is not None
    told = agreement(Case(data), [allocation for allocation, _ in found.certain.values()])
    assert told["a"] == Agreement("always", frozenset({"ash"}), {})
    assert told["b"] == Agreement("sometimes", frozenset(), {"ash": 1, "oak": 1, "elm": 1})


def test_least_cost_counts_per_cent_of_the_least_cost() -> None:
    """50 points can be had for 1,000 (ash and elm), 1,200 (oak twice), and 65 for 1,600."""
    data = {**TWO, "aim": {"least-cost": {"value-at-least": 50}}}
    counts = [
        len(found.certain) for margin in (0, 20, 60) if (found := almost_as_good(data, margin))
    ]
    assert counts == [2, 3, 5]


@pytest.mark.parametrize(
    ("held", "distance", "size", "value"),
    [
        ({}, 2, 4, 150),  # everyone once in each programme, nobody among them: 80 + 50 + 20
        ({"a": "ash"}, 1, 4, 4 * 40 + 75),
        ({"a": "ash", "b": "ash"}, None, 1, 80),
    ],
)
def test_the_few_that_differ_most_keep_the_greatest_distance_and_are_as_many_as_can(
    held: Data, distance: int | None, size: int, value: float
) -> None:
    plans = [
        one
        for one in feasible(TWO)
        if all(one[0].get((p, "work")) == partner for p, partner in held.items())
    ]
    few = most_unlike(plans)
    assert len(few) == size
    assert sum(plans[one][1].value for one in few) == pytest.approx(value)
    assert distance is None or least_distance(plans, few) == distance


def test_of_many_plans_no_more_than_five_are_the_few() -> None:
    six = {f"k{n}": partner(10 + n) for n in range(6)}
    plans = list(feasible(scenario(six, {"a": programme()})))
    few = most_unlike(plans)
    assert sorted(plans[one][1].value for one in few) == [11, 12, 13, 14, 15]
