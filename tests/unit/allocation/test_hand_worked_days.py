"""Days: partners' capacity, the trust's own team and what may be bought for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oracle.answers import Plan
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

Solve = Callable[[Data], Plan | None]
TWO_PHASES = {name: PHASES[name] for name in ("first", "second")}
BOTH = ["first", "second"]


def test_capacity_is_shared_by_the_programmes(solve: Solve) -> None:
    """Good has 15 days, each programme needs 10: `main` (3 of 4) gets good, 0.75 · 90 + 0.25 · 50 = 80."""
    partners = {"good": partner(90, capacity=15), "plain": partner(50)}
    plan = solve(scenario(partners, {"side": programme(), "main": programme(importance=3)}))
    assert plan == Plan({"main.work": "good", "side.work": "plain"}, 80, 0)


@pytest.mark.parametrize(
    ("capacity", "chosen"),
    [
        ({"first": 5, "second": 5}, "good"),
        ({"first": 4, "second": "unlimited"}, "plain"),
        (10, "good"),
        (9, "plain"),
    ],
)
def test_capacity_by_phase_is_a_cap_each_phase(
    solve: Solve, capacity: float | Data, chosen: str
) -> None:
    """10 days spread evenly over two phases: 5 in each, 10 in all."""
    partners = {"good": partner(90, capacity=capacity), "plain": partner(50)}
    plan = solve(scenario(partners, {"a": programme(phases=BOTH)}, phases=TWO_PHASES))
    assert plan is not None
    assert plan.served == {"a.work": chosen}


@pytest.mark.parametrize(
    ("capacity", "chosen"),
    [({"first": 2, "second": 6}, "good"), ({"first": 6, "second": 5}, "plain")],
)
def test_own_days_keep_the_proportions_of_the_need(
    solve: Solve, capacity: Data, chosen: str
) -> None:
    """The need is 3 + 9 days; good takes 8 in all: 2 and 6, at 100 a day."""
    partners = {
        "good": partner(
            90, capacity=capacity, cost={"per-day": 100}, for_={"a": {"days": {"work": 8}}}
        ),
        "plain": partner(50),
    }
    plan = solve(
        scenario(
            partners,
            {"a": programme({"work": {"first": 3, "second": 9}}, phases=BOTH)},
            phases=TWO_PHASES,
        )
    )
    assert plan == (
        Plan({"a.work": "good"}, 90, 800) if chosen == "good" else Plan({"a.work": "plain"}, 50, 0)
    )


def test_needs_weigh_by_the_programmes_own_days(solve: Solve) -> None:
    """Planning is 9 of 12 days though its partner takes only 3: 0.75 · 80 + 0.25 · 40 = 70."""
    partners = {
        "planner": partner(80, "plan", for_={"a": {"days": {"plan": 3}}}),
        "coach": partner(40, "coach"),
    }
    plan = solve(scenario(partners, {"a": programme({"plan": 9, "coach": 3})}))
    assert plan == Plan({"a.plan": "planner", "a.coach": "coach"}, 70, 0)


def test_the_team_can_carry_only_so_many_programmes(solve: Solve) -> None:
    """A team of 12 days carries one programme of 10: the one that weighs 3 of 4, 0.75 · 80 = 60."""
    programmes = {"a": programme(internal_days=10), "b": programme(internal_days=10, importance=3)}
    plan = solve(scenario({"good": partner(80)}, programmes, limits={"internal-days": 12}))
    assert plan == Plan({"b.work": "good"}, 60, 0)


@pytest.mark.parametrize(
    ("team", "runs"),
    [({"first": 5, "second": 5}, True), ({"first": "unlimited", "second": 4}, False)],
)
def test_internal_days_spread_evenly_over_the_programmes_phases(
    solve: Solve, team: Data, *, runs: bool
) -> None:
    """10 days over two phases are 5 in each, wherever the partner's days fall."""
    programmes = {"a": programme({"work": {"first": 10}}, phases=BOTH, internal_days=10)}
    plan = solve(
        scenario(
            {"good": partner(80)}, programmes, phases=TWO_PHASES, limits={"internal-days": team}
        )
    )
    assert plan == (Plan({"a.work": "good"}, 80, 0) if runs else Plan({}, 0, 0))


@pytest.mark.parametrize(("budget", "runs"), [(1000, True), (999, False)])
def test_backfill_is_bought_from_the_budget(solve: Solve, budget: int, *, runs: bool) -> None:
    """10 internal days, a team of 6: 4 bought at 250 are 1,000."""
    limits = {"internal-days": 6, "backfill": {"per-day": 250, "max-days": 4}, "budget": budget}
    plan = solve(scenario({"good": partner(80)}, {"a": programme(internal_days=10)}, limits=limits))
    assert plan == (Plan({"a.work": "good"}, 80, 1000) if runs else Plan({}, 0, 0))


def test_no_more_backfill_than_allowed(solve: Solve) -> None:
    """4 days are missing and 3 may be bought."""
    limits = {"internal-days": 6, "backfill": {"per-day": 250, "max-days": 3}}
    assert solve(
        scenario({"good": partner(80)}, {"a": programme(internal_days=10)}, limits=limits)
    ) == Plan({}, 0, 0)


@pytest.mark.parametrize(
    ("budget", "runs"),
    [({"first": 0, "second": 400}, True), ({"first": 9000, "second": 399}, False)],
)
def test_backfill_is_bought_and_paid_in_the_phase_that_lacks_it(
    solve: Solve, budget: Data, *, runs: bool
) -> None:
    """4 internal days a phase.

    6 unused in the first do not help the second, where 4 are bought at 100.
    """
    limits = {
        "internal-days": {"first": 10, "second": 0},
        "backfill": {"per-day": 100},
        "budget": budget,
    }
    programmes = {"a": programme(phases=BOTH, internal_days=8)}
    plan = solve(scenario({"good": partner(80)}, programmes, phases=TWO_PHASES, limits=limits))
    assert plan == (Plan({"a.work": "good"}, 80, 400) if runs else Plan({}, 0, 0))


@pytest.mark.parametrize(
    ("budget", "runs"),
    [({"first": 0, "second": 400}, True), ({"first": 9000, "second": 399}, False)],
)
def test_a_team_of_one_total_is_used_up_in_order_of_date(
    solve: Solve, budget: Data, *, runs: bool
) -> None:
    """4 internal days a phase, a team of 4 in all: used up in the first, so 4 are bought at 100 in the second."""
    limits = {"internal-days": 4, "backfill": {"per-day": 100}, "budget": budget}
    programmes = {"a": programme(phases=BOTH, internal_days=8)}
    plan = solve(scenario({"good": partner(80)}, programmes, phases=TWO_PHASES, limits=limits))
    assert plan == (Plan({"a.work": "good"}, 80, 400) if runs else Plan({}, 0, 0))


def test_free_backfill_is_still_no_more_than_is_missing(solve: Solve) -> None:
    """4 + 4 days, a team of 5 by phase: nothing is missing, nothing is bought, however cheap."""
    limits = {
        "internal-days": {"first": 5, "second": 5},
        "backfill": {"per-day": 0, "max-days": 100},
    }
    programmes = {"a": programme(phases=BOTH, internal_days=8)}
    plan = solve(scenario({"good": partner(80)}, programmes, phases=TWO_PHASES, limits=limits))
    assert plan == Plan({"a.work": "good"}, 80, 0)
