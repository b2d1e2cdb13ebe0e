"""Methodologies, rules between partners and programmes, limits on counts and concentration.

`good` is worth 80, `fair` 70, `plain` 50, unless said otherwise; every programme weighs the same.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oracle.answers import Plan
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

Solve = Callable[[Data], Plan | None]
THREE = {"good": partner(80), "fair": partner(70), "plain": partner(50)}
TWO_NEEDS = {"plan": 10, "coach": 10}


def test_a_programmes_method_leaves_out_who_cannot_work_in_it(solve: Solve) -> None:
    """Good works in qms only; plain lists none and works in any."""
    partners = {"good": partner(80, methods=["qms"]), "plain": partner(50)}
    assert solve(scenario(partners, {"a": programme(method="lean")})) == Plan(
        {"a.work": "plain"}, 50, 0
    )


def test_one_methodology_is_chosen_and_kept(solve: Solve) -> None:
    """One method: lean gives (90 + 60) / 2 = 75, qms (0 + 80) / 2 = 40, both together would give 85."""
    partners = {
        "leaner": partner(90, "plan", methods=["lean"]),
        "qms-best": partner(80, "coach", methods=["qms"]),
        "lean-too": partner(60, "coach", methods=["lean"]),
    }
    case = scenario(
        partners,
        {"a": programme({"plan": 10}), "b": programme({"coach": 10})},
        limits={"methods": 1},
    )
    assert solve(case) == Plan({"a.plan": "leaner", "b.coach": "lean-too"}, 75, 0)
    assert solve(case | {"limits": {"methods": 2}}) == Plan(
        {"a.plan": "leaner", "b.coach": "qms-best"}, 85, 0
    )


def test_a_partner_of_no_method_uses_none(solve: Solve) -> None:
    """Free takes no place: lean is in use for the other programme only."""
    partners = {"free": partner(90, "plan"), "leaner": partner(70, "coach", methods=["lean"])}
    case = scenario(
        partners,
        {"a": programme({"plan": 10}), "b": programme({"coach": 10})},
        limits={"methods": 1},
    )
    assert solve(case) == Plan({"a.plan": "free", "b.coach": "leaner"}, 80, 0)


def test_a_programmes_own_method_counts_though_its_partner_has_none(solve: Solve) -> None:
    """`a` uses lean, so nobody may work in qms: 90 alone, halved, against 80, halved."""
    partners = {"free": partner(90, "plan"), "qms-best": partner(80, "coach", methods=["qms"])}
    case = scenario(
        partners,
        {"a": programme({"plan": 10}, method="lean"), "b": programme({"coach": 10})},
        limits={"methods": 1},
    )
    assert solve(case) == Plan({"a.plan": "free"}, 45, 0)


def test_the_best_is_found_where_the_methods_allowed_do_not_bind(solve: Solve) -> None:
    """Nobody else is needed: oak can do both needs.

    (The solver's presolve once lost this optimum.)
    """
    partners = {
        "oak": partner(92.5, "plan", "measure"),
        "cedar": partner(50.8, "measure", "plan", methods=["microsystem"]),
        "birch": partner(28.7, "measure", "coach", methods=["qms", "lean"]),
    }
    assert solve(
        scenario(partners, {"a": programme({"measure": 5, "plan": 4})}, limits={"methods": 2})
    ) == Plan({"a.measure": "oak", "a.plan": "oak"}, 92.5, 0)


def test_nothing_to_run_is_an_answer_too(solve: Solve) -> None:
    """Two partners are asked for and the two there are may not meet.

    (The solver's presolve once called this infeasible.)
    """
    partners = {
        "birch": partner(60, "coach", "plan", methods=["qms", "microsystem"], cost={"once": 1500}),
        "elm": partner(90, "plan", "coach", methods=["lean"], cost={"per-day": 300}),
    }
    case = scenario(
        partners,
        {"a": programme({"coach": 3, "plan": 6}, partners={"min": 2})},
        rules={"clash": {"apart": ["elm", "birch"]}},
    )
    assert solve(case | {"limits": {"budget": 4000, "methods": 2}}) == Plan({}, 0, 0)


def test_a_required_partner_is_in_the_programme_if_it_runs(solve: Solve) -> None:
    """Plain is required in `a` only."""
    case = scenario(
        THREE, {"a": programme(), "b": programme()}, rules={"fixed": {"require": {"a": "plain"}}}
    )
    assert solve(case) == Plan({"a.work": "plain", "b.work": "good"}, 65, 0)


def test_a_list_of_required_partners_means_all_of_them(solve: Solve) -> None:
    """Two needs, fair and plain both required: (70 + 50) / 2 = 60.

    One need cannot hold two partners, so `b` is deferred.
    """
    partners = {
        name: partner(worth, "plan", "coach", "work")
        for name, worth in {"good": 80, "fair": 70, "plain": 50}.items()
    }
    required = {"fixed": {"require": {"a": ["fair", "plain"], "b": ["fair", "plain"]}}}
    plan = solve(scenario(partners, {"a": programme(TWO_NEEDS), "b": programme()}, rules=required))
    assert plan is not None
    assert set(plan.served.values()) == {"fair", "plain"}
    assert plan.value == 30


def test_a_required_partner_who_is_not_eligible_defers_the_programme(solve: Solve) -> None:
    """Good is excluded; `a` cannot run, and if it must there is no answer."""
    case = scenario(
        {"good": partner(80, excluded="a conflict of interest"), "plain": partner(50)},
        {"a": programme()},
        rules={"fixed": {"require": {"a": "good"}}},
    )
    assert solve(case) == Plan({}, 0, 0)
    assert solve(case | {"programmes": {"a": programme(mandatory=True)}}) is None


def test_a_forbidden_partner_is_out_of_that_programme_only(solve: Solve) -> None:
    """(70 + 80) / 2."""
    case = scenario(
        THREE, {"a": programme(), "b": programme()}, rules={"barred": {"forbid": {"a": "good"}}}
    )
    assert solve(case) == Plan({"a.work": "fair", "b.work": "good"}, 75, 0)


def test_together_is_both_or_neither_in_each_programme(solve: Solve) -> None:
    """`a` holds both: (80 + 70) / 2; `b` has one need, so neither: 50."""
    partners = {
        "good": partner(80, "plan", "work"),
        "fair": partner(70, "coach", "work"),
        "plain": partner(50, "coach", "work"),
    }
    case = scenario(
        partners,
        {"a": programme(TWO_NEEDS), "b": programme()},
        rules={"pair": {"together": ["good", "fair"]}},
    )
    assert solve(case) == Plan({"a.plan": "good", "a.coach": "fair", "b.work": "plain"}, 62.5, 0)


def test_together_anywhere_is_both_or_neither_in_the_portfolio(solve: Solve) -> None:
    """Weak (30) must work somewhere if good does: (80 + 30) / 2 = 55 beats plain twice, 50.

    Good in `a` is the smaller id.
    """
    partners = {"good": partner(80), "weak": partner(30), "plain": partner(50)}
    case = scenario(
        partners,
        {"a": programme(), "b": programme()},
        rules={"pair": {"together": ["good", "weak"], "anywhere": True}},
    )
    assert solve(case) == Plan({"a.work": "good", "b.work": "weak"}, 55, 0)


def test_apart_allows_one_of_them_in_a_programme(solve: Solve) -> None:
    """Good plans; fair may not coach beside it, plain may: (80 + 50) / 2.

    In `b` fair may work alone.
    """
    partners = {
        "good": partner(80, "plan"),
        "fair": partner(70, "coach", "work"),
        "plain": partner(50, "coach"),
    }
    case = scenario(
        partners,
        {"a": programme(TWO_NEEDS), "b": programme()},
        rules={"clash": {"apart": ["good", "fair"]}},
    )
    assert solve(case) == Plan({"a.plan": "good", "a.coach": "plain", "b.work": "fair"}, 67.5, 0)


def test_apart_anywhere_allows_one_of_them_in_the_portfolio(solve: Solve) -> None:
    """Good plans `a` (80), so fair may not work in `b`: plain does, 50."""
    partners = {"good": partner(80, "plan"), "fair": partner(70), "plain": partner(50)}
    case = scenario(
        partners,
        {"a": programme({"plan": 10}), "b": programme()},
        rules={"clash": {"apart": ["good", "fair"], "anywhere": True}},
    )
    assert solve(case) == Plan({"a.plan": "good", "b.work": "plain"}, 65, 0)


def test_the_second_runs_only_if_the_first_does(solve: Solve) -> None:
    """A team of 10 carries one programme.

    `b` weighs more but waits for `a`, so `a` runs: 0.25 · 80 = 20.
    """
    programmes = {"a": programme(internal_days=10), "b": programme(internal_days=10, importance=3)}
    case = scenario(
        THREE, programmes, limits={"internal-days": 10}, rules={"first": {"before": ["a", "b"]}}
    )
    assert solve(case) == Plan({"a.work": "good"}, 20, 0)


def test_of_programmes_that_exclude_one_another_the_best_set_runs(solve: Solve) -> None:
    """Capital budgeting: costs 4, 5 and 6 would fit the budget, but b and c need the same site.

    They are worth 80 · 0.2, 80 · 0.3 and 80 · 0.5, so a and c run: 80 · 0.7 = 56.
    """
    programmes = {
        name: programme({"work": days}, importance=weight)
        for name, days, weight in (("a", 4, 2), ("b", 5, 3), ("c", 6, 5))
    }
    partners = {"good": partner(80, cost={"per-day": 1})}
    case = scenario(
        partners, programmes, limits={"budget": 20}, rules={"site": {"only-one": ["b", "c"]}}
    )
    assert solve(case) == Plan({"a.work": "good", "c.work": "good"}, 56, 10)


def test_so_many_of_a_list_run_even_if_they_are_worth_less_than_doing_nothing(
    solve: Solve,
) -> None:
    """Good is worth 80, doing nothing 90, 85 and 96; c weighs as much as a and b together.

    Running a loses 2.5, b 1.25 and c 8, so a and b run: 0.5 · 80 + 0.5 · 96 = 88.
    """
    programmes = {
        name: programme(baseline=baseline, importance=weight)
        for name, baseline, weight in (("a", 90, 1), ("b", 85, 1), ("c", 96, 2))
    }
    case = scenario(
        {"good": partner(80)},
        programmes,
        rules={"some": {"at-least-run": {"of": ["a", "b", "c"], "run": 2}}},
    )
    assert solve(case) == Plan({"a.work": "good", "b.work": "good"}, 88, 0)


@pytest.mark.parametrize(("between", "served"), [({}, "good fair"), ({"max": 1}, "plain plain")])
def test_no_more_partners_in_a_programme_than_allowed(
    solve: Solve, between: Data, served: str
) -> None:
    """Good only plans and fair only coaches; alone, only plain can do both."""
    partners = {
        "good": partner(80, "plan"),
        "fair": partner(70, "coach"),
        "plain": partner(50, "plan", "coach"),
    }
    plan = solve(scenario(partners, {"a": programme(TWO_NEEDS, partners=between)}))
    assert plan is not None
    assert [plan.served["a.plan"], plan.served["a.coach"]] == served.split()


def test_no_fewer_partners_in_a_programme_than_asked(solve: Solve) -> None:
    """Good could do both needs (80); two are asked for: (80 + 70) / 2."""
    partners = {"good": partner(80, "plan", "coach"), "fair": partner(70, "coach")}
    plan = solve(scenario(partners, {"a": programme(TWO_NEEDS, partners={"min": 2})}))
    assert plan == Plan({"a.plan": "good", "a.coach": "fair"}, 75, 0)


def test_no_more_partners_in_the_portfolio_than_allowed(solve: Solve) -> None:
    """The two best would give (80 + 70) / 2 = 75; one alone who can do both, 50."""
    partners = {
        "good": partner(80, "plan"),
        "fair": partner(70, "coach"),
        "plain": partner(50, "plan", "coach"),
    }
    case = scenario(
        partners,
        {"a": programme({"plan": 10}), "b": programme({"coach": 10})},
        limits={"partners": {"max": 1}},
    )
    assert solve(case) == Plan({"a.plan": "plain", "b.coach": "plain"}, 50, 0)


def test_no_partner_in_more_programmes_than_allowed(solve: Solve) -> None:
    """Good takes the programme that weighs 3 of 4: 0.75 · 80 + 0.25 · 70 = 77.5."""
    case = scenario(
        THREE,
        {"a": programme(), "b": programme(importance=3)},
        limits={"programmes-per-partner": 1},
    )
    assert solve(case) == Plan({"a.work": "fair", "b.work": "good"}, 77.5, 0)


@pytest.mark.parametrize(
    ("share", "plan"),
    [("75%", Plan({"a.work": "good", "b.work": "fair"}, 77.5, 0)), (0.74, Plan({}, 0, 0))],
)
def test_no_partner_has_more_than_its_share_of_the_days(
    solve: Solve, share: str | float, plan: Plan
) -> None:
    """`a` is 15 of 20 days, 75%: good has them, fair the rest, (3 · 80 + 70) / 4.

    Below that nobody may have `a`, nor `b` alone.
    """
    programmes = {"a": programme(15, importance=3), "b": programme(5)}
    assert solve(scenario(THREE, programmes, limits={"share-per-partner": share})) == plan


def test_shares_are_of_the_days_that_partners_take(solve: Solve) -> None:
    """Good needs 4 days where the programme states 10.

    Fair 6 for `b`: 4 and 6 of 10, both within 60%.
    """
    partners = {
        "good": partner(80, for_={"a": {"days": {"work": 4}}}),
        "fair": partner(70, for_={"b": {"days": {"work": 6}}}),
    }
    case = scenario(
        partners,
        {"a": programme(), "b": programme()},
        limits={"share-per-partner": 0.6},
        rules={"barred": {"forbid": {"b": "good"}}},
    )
    assert solve(case) == Plan({"a.work": "good", "b.work": "fair"}, 75, 0)
