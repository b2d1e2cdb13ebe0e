"""Commitments, past phases, doing nothing, both aims, and the one answer among equals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oracle.answers import Plan, by_the_package
from tests.oracle.plain import PHASES, WORTH, partner, programme, scenario
from tests.oracle.scores import Data

Solve = Callable[[Data], Plan | None]
TWO_PHASES = {name: PHASES[name] for name in ("first", "second")}
TWO_NEEDS = {"plan": 10, "coach": 10}


@pytest.mark.parametrize(
    "why_not",
    [
        {"excluded": "a conflict of interest"},
        {"gate": "offer"},
        {"for": {"a": {"excluded": "no experience"}}},
    ],
)
def test_a_commitment_stands_above_exclusions_and_gates(solve: Solve, why_not: Data) -> None:
    """Decided earlier: `a` runs with old (30), though new (80) may now be had.

    Elsewhere old stays out.
    """
    partners = {"old": partner(30) | why_not, "new": partner(80)}
    case = scenario(
        partners,
        {"a": programme(), "b": programme()},
        gates={"offer": {"title": "Offer", "status": "refused"}},
    )
    assert solve(case | {"committed": {"a": {"work": "old"}}}) == Plan(
        {"a.work": "old", "b.work": "new"}, 55, 0
    )


def test_a_commitment_stands_above_a_hurdle(solve: Solve) -> None:
    """Old scores 30 where 40 is asked."""
    worth = {**WORTH["criteria"]["worth"], "at-least": 40}  # type: ignore[index]
    case = scenario(
        {"old": partner(30), "new": partner(80)},
        {"a": programme(), "b": programme()},
        committed={"a": {"work": "old"}},
    )
    case["criteria"] = {"title": "With a hurdle", "criteria": {"worth": worth}}
    assert solve(case) == Plan({"a.work": "old", "b.work": "new"}, 55, 0)


def test_a_commitment_counts_against_every_limit(solve: Solve) -> None:
    """Old's 15 days are 10 gone: `b` goes to fair. Over the budget there is no answer."""
    partners = {"old": partner(80, capacity=15, cost={"per-day": 100}), "fair": partner(70)}
    case = scenario(
        partners, {"a": programme(), "b": programme(importance=3)}, committed={"a": {"work": "old"}}
    )
    assert solve(case) == Plan({"a.work": "old", "b.work": "fair"}, 72.5, 1000)
    assert solve(case | {"limits": {"budget": 999}}) is None


def test_a_committed_programme_runs_though_doing_nothing_were_better(solve: Solve) -> None:
    """Worth 30 against 60 for doing nothing."""
    case = scenario(
        {"old": partner(30)}, {"a": programme(baseline=60)}, committed={"a": {"work": "old"}}
    )
    assert solve(case) == Plan({"a.work": "old"}, 30, 0)


def test_a_committed_partner_is_not_above_apart(solve: Solve) -> None:
    """Old plans; good may not coach beside it, so plain does: (60 + 50) / 2."""
    partners = {
        "old": partner(60, "plan"),
        "good": partner(80, "coach"),
        "plain": partner(50, "coach"),
    }
    case = scenario(
        partners,
        {"a": programme(TWO_NEEDS)},
        committed={"a": {"plan": "old"}},
        rules={"clash": {"apart": ["old", "good"]}},
    )
    assert solve(case) == Plan({"a.plan": "old", "a.coach": "plain"}, 55, 0)


@pytest.mark.parametrize(
    ("today", "served"),
    [("2022-03-31", {"a.work": "good", "b.work": "good"}), ("2022-04-01", {"b.work": "good"})],
)
def test_a_past_phase_takes_no_new_work(solve: Solve, today: str, served: dict[str, str]) -> None:
    """The first phase ends the day the second starts, 1 April; `a` works in it, `b` does not."""
    programmes = {"a": programme(phases=["first", "second"]), "b": programme(phases=["second"])}
    plan = solve(scenario({"good": partner(80)}, programmes, phases=TWO_PHASES, as_at=today))
    assert plan == Plan(served, 40.0 * len(served), 0)


def test_committed_work_in_a_past_phase_stands(solve: Solve) -> None:
    """And the last phase never ends."""
    case = scenario(
        {"good": partner(80)},
        {"a": programme(phases=["first", "second"])},
        phases=TWO_PHASES,
        as_at="2023-01-01",
    )
    assert solve(case) == Plan({}, 0, 0)
    assert solve(case | {"committed": {"a": {"work": "good"}}}) == Plan({"a.work": "good"}, 80, 0)


@pytest.mark.parametrize(
    ("baseline", "plan"), [(49, Plan({"a.work": "plain"}, 50, 0)), (51, Plan({}, 51, 0))]
)
def test_a_programme_runs_only_if_worth_more_than_doing_nothing(
    solve: Solve, baseline: float, plan: Plan
) -> None:
    """Plain is worth 50; a deferred programme keeps its baseline in the portfolio value."""
    assert solve(scenario({"plain": partner(50)}, {"a": programme(baseline=baseline)})) == plan


def test_a_mandatory_programme_runs_below_its_baseline(solve: Solve) -> None:
    """50 against 51, and no choice."""
    assert solve(
        scenario({"plain": partner(50)}, {"a": programme(baseline=51, mandatory=True)})
    ) == Plan({"a.work": "plain"}, 50, 0)


def test_doing_nothing_may_have_scores(solve: Solve) -> None:
    """Two criteria, 3 to 1: doing nothing is worth (3 · 60 + 20) / 4 = 50, more than plain's 45, less than 55."""
    leaf = WORTH["criteria"]["worth"]  # type: ignore[index]
    case = scenario(
        {"plain": partner(45)}, {"a": programme(baseline={"scores": {"worth": 60, "lasting": 20}})}
    )
    case["criteria"] = {
        "title": "Two",
        "criteria": {"worth": {**leaf, "weight": 3}, "lasting": {**leaf, "title": "Lasting"}},
    }
    case["partners"]["plain"]["scores"] = {"worth": 45, "lasting": 45}
    assert solve(case) == Plan({}, 50, 0)
    case["partners"]["plain"]["scores"] = {"worth": 55, "lasting": 55}
    assert solve(case) == Plan({"a.work": "plain"}, 55, 0)


def test_no_answer_where_demands_contradict(solve: Solve) -> None:
    """The only partner of a mandatory programme has 9 days of 10."""
    assert (
        solve(scenario({"good": partner(80, capacity=9)}, {"a": programme(mandatory=True)})) is None
    )


@pytest.mark.parametrize(
    ("least", "plan"),
    [
        (50, Plan({"a.work": "plain"}, 50, 1000)),
        (51, Plan({"a.work": "good"}, 80, 5000)),
        (81, None),
    ],
)
def test_least_cost_buys_just_the_value_asked_for(
    solve: Solve, least: float, plan: Plan | None
) -> None:
    """Plain is 50 for 1,000, good 80 for 5,000; 81 cannot be had."""
    partners = {
        "good": partner(80, cost={"per-day": 500}),
        "plain": partner(50, cost={"per-day": 100}),
    }
    assert (
        solve(scenario(partners, {"a": programme()}, aim={"least-cost": {"value-at-least": least}}))
        == plan
    )


def test_least_cost_is_the_trusts_own_money(solve: Solve) -> None:
    """Good costs 5,000 but another pays nine tenths: 500 against plain's 1,000."""
    partners = {
        "good": partner(80, cost={"per-day": 500}, funding={"payer": "nation", "covers": "90%"}),
        "plain": partner(50, cost={"per-day": 100}),
    }
    case = scenario(partners, {"a": programme()}, aim={"least-cost": {"value-at-least": 50}})
    assert solve(case) == Plan({"a.work": "good"}, 80, 500)


def test_of_equal_value_the_cheapest_to_the_trust_wins(solve: Solve) -> None:
    """Funded costs more in all (2,000) but nothing to us; the smaller id costs us 10."""
    partners = {
        "cheap": partner(60, cost={"per-day": 1}),
        "funded": partner(60, cost={"per-day": 200}, funding={"payer": "nation", "covers": 1}),
    }
    assert solve(scenario(partners, {"a": programme()})) == Plan({"a.work": "funded"}, 60, 0)


def test_bought_backfill_counts_in_the_tie_on_cost(solve: Solve) -> None:
    """Two halves of 40 tie; a team of 4 carries `b` (4 days) free, `a` (5 days) for one bought day, both not at all."""
    programmes = {"a": programme(internal_days=5), "b": programme(internal_days=4)}
    limits = {"internal-days": 4, "backfill": {"per-day": 1, "max-days": 4}}
    assert solve(scenario({"good": partner(80)}, programmes, limits=limits)) == Plan(
        {"b.work": "good"}, 40, 0
    )


def test_then_the_fewest_partners_engaged_win(solve: Solve) -> None:
    """Zed can do both needs; ada and bob would be two partners at the same value and cost."""
    partners = {
        "ada": partner(60, "plan"),
        "bob": partner(60, "coach"),
        "zed": partner(60, "plan", "coach"),
    }
    plan = solve(scenario(partners, {"a": programme({"plan": 10}), "b": programme({"coach": 10})}))
    assert plan == Plan({"a.plan": "zed", "b.coach": "zed"}, 60, 0)


def test_fewer_partners_come_before_fewer_engagements(solve: Solve) -> None:
    """Two partners share three programmes, six engagements; three others take one each."""
    alone = {
        name: partner(60, "plan", "coach", for_={p: {"excluded": "Not here"} for p in others})
        for name, others in (("ann", "bc"), ("ben", "ac"), ("cat", "ab"))
    }
    partners = {**alone, "yew": partner(60, "plan"), "zed": partner(60, "coach")}
    plan = solve(scenario(partners, {p: programme(TWO_NEEDS) for p in "abc"}))
    served = {f"{p}.{j}": k for p in "abc" for j, k in (("plan", "yew"), ("coach", "zed"))}
    assert plan == Plan(served, 60, 0)


def test_then_the_fewest_engagements_win(solve: Solve) -> None:
    """Two partners must be engaged in any case: ada for `x`, bob for `y`.

    `a` could be shared between them, three
    engagements turned to four; with one partner it is three, and ada has the smaller id."""
    partners = {"ada": partner(60, "plan", "coach", "x"), "bob": partner(60, "plan", "coach", "y")}
    programmes = {"a": programme(TWO_NEEDS), "b": programme({"x": 10}), "c": programme({"y": 10})}
    plan = solve(scenario(partners, programmes))
    assert plan == Plan({"a.plan": "ada", "a.coach": "ada", "b.x": "ada", "c.y": "bob"}, 60, 0)


def test_fewest_engagements_come_before_the_smallest_id(solve: Solve) -> None:
    """Ada plans `b` and bob, alone, coaches `a`.

    Ada planning `a` too would be the smaller id, and a fourth engagement.
    """
    partners = {"ada": partner(60, "plan", "x"), "bob": partner(60, "plan", "coach")}
    plan = solve(scenario(partners, {"a": programme(TWO_NEEDS), "b": programme({"x": 10})}))
    assert plan == Plan({"a.plan": "bob", "a.coach": "bob", "b.x": "ada"}, 60, 0)


def test_then_each_need_takes_the_smallest_id_in_order_of_need(solve: Solve) -> None:
    """One programme each, so ada and bob must share.

    `a` comes first and takes ada, whatever the order in the file.
    """
    partners = {"bob": partner(60), "ada": partner(60)}
    case = scenario(
        partners, {"b": programme(), "a": programme()}, limits={"programmes-per-partner": 1}
    )
    assert solve(case) == Plan({"a.work": "ada", "b.work": "bob"}, 60, 0)


def test_so_do_more_needs_than_one_search_of_ids_takes() -> None:
    """Nine programmes, two each: five of six partners, and the ninth programme is all that the fifth does."""
    partners = {name: partner(60) for name in ("fox", "eve", "dan", "cat", "bob", "ada")}
    programmes = {f"p{number}": programme() for number in range(9, 0, -1)}
    plan = by_the_package(scenario(partners, programmes, limits={"programmes-per-partner": 2}))
    served = zip(
        sorted(programmes),
        ["ada", "ada", "bob", "bob", "cat", "cat", "dan", "dan", "eve"],
        strict=True,
    )
    assert plan is not None
    assert plan.served == {f"{name}.work": who for name, who in served}


def test_of_two_programmes_that_tie_the_first_by_id_runs(solve: Solve) -> None:
    """The team carries one of them, at the same value, cost and number of engagements."""
    programmes = {"b": programme(internal_days=4), "a": programme(internal_days=4)}
    assert solve(scenario({"good": partner(80)}, programmes, limits={"internal-days": 4})) == Plan(
        {"a.work": "good"}, 40, 0
    )


def test_a_programme_worth_just_its_baseline_is_not_run(solve: Solve) -> None:
    """Same value, same cost of 0: fewer partners engaged."""
    assert solve(scenario({"good": partner(50)}, {"a": programme(baseline=50)})) == Plan({}, 50, 0)
