"""Choices of textbooks, each written as a scenario and held against trying everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, permutations, product
from typing import Any

import pytest

from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

Choice = dict[str, tuple[str, ...]]


def recommended(data: Data) -> Choice:
    """Return the partners of every programme that runs."""
    found = analyse(Scenario.from_data(data)).recommendation.programmes
    return {one.programme: one.partners for one in found if one.run}


def subsets(count: int) -> list[tuple[int, ...]]:
    return [some for size in range(count + 1) for some in combinations(range(count), size)]


def best(among: Sequence[Any], worth: Callable[[Any], float]) -> Any:
    """Return the one worth most, which must be alone at that."""
    found = max(among, key=worth)
    assert [one for one in among if worth(one) == worth(found)] == [found]
    return found


@pytest.mark.parametrize("budget", [3, 5, 8, 9, 12])
def test_a_knapsack_is_packed_as_well_as_can_be(budget: int) -> None:
    worth, weight = (16, 19, 23, 28), (2, 3, 4, 5)
    prices = {f"p{i}": {"cost": {"per-programme": kilos}} for i, kilos in enumerate(weight)}
    data = scenario(
        {"firm": partner(100, for_=prices)},
        {f"p{i}": programme(importance=points) for i, points in enumerate(worth)},
        limits={"budget": budget},
    )
    packed = best(
        [some for some in subsets(4) if sum(weight[i] for i in some) <= budget],
        lambda some: sum(worth[i] for i in some),
    )
    assert recommended(data) == {f"p{i}": ("firm",) for i in packed}


def test_four_workers_are_assigned_to_four_jobs_so_that_all_together_are_worth_most() -> None:
    worth = ((82, 83, 69, 92), (77, 37, 49, 92), (11, 69, 5, 86), (8, 9, 98, 23))
    jobs = range(4)
    data = scenario(
        {
            f"w{k}": partner(0, for_={f"j{i}": {"scores": {"worth": row[i]}} for i in jobs})
            for k, row in enumerate(worth)
        },
        {f"j{i}": programme() for i in jobs},
        limits={"programmes-per-partner": 1},
    )
    order = best(list(permutations(jobs)), lambda one: sum(worth[k][one[k]] for k in jobs))
    assert recommended(data) == {f"j{order[k]}": (f"w{k}",) for k in jobs}


def test_tasks_that_take_each_machine_another_time_are_shared_out_as_well_as_can_be() -> None:
    """Generalised assignment: two machines with eleven hours each, four tasks, some left out."""
    worth, hours, most = ((80, 60, 90, 70), (50, 70, 40, 80)), ((5, 4, 6, 3), (4, 5, 7, 6)), 11
    tasks = range(4)
    data = scenario(
        {
            f"m{k}": partner(
                0,
                capacity=most,
                for_={
                    f"t{i}": {"scores": {"worth": worth[k][i]}, "days": {"work": hours[k][i]}}
                    for i in tasks
                },
            )
            for k in (0, 1)
        },
        {f"t{i}": programme(1) for i in tasks},
    )
    shares = [
        one
        for one in product((None, 0, 1), repeat=4)
        if all(sum(hours[k][i] for i in tasks if one[i] == k) <= most for k in (0, 1))
    ]
    found = best(shares, lambda one: sum(worth[k][i] for i, k in enumerate(one) if k is not None))
    assert recommended(data) == {f"t{i}": (f"m{k}",) for i, k in enumerate(found) if k is not None}


def test_capital_is_budgeted_over_two_years_with_one_project_or_another_and_one_after_another() -> (
    None
):
    worth, spent = (13, 8, 20, 15), ((3, 2, 6, 4), (2, 3, 4, 3))
    projects = {
        f"p{i}": programme(
            {f"n{i}": {"first": spent[0][i], "second": spent[1][i]}},
            importance=points,
            phases=["first", "second"],
        )
        for i, points in enumerate(worth)
    }
    data = scenario(
        {"firm": partner(100, *(f"n{i}" for i in range(4)), cost={"per-day": 1})},
        projects,
        phases={"first": "2026-01-01", "second": "2027-01-01"},
        limits={"budget": {"first": 9, "second": 9}},
        rules={"one": {"only-one": ["p2", "p3"]}, "first": {"before": ["p0", "p1"]}},
    )
    allowed = [
        some
        for some in subsets(4)
        if all(sum(year[i] for i in some) <= 9 for year in spent)
        and not {2, 3} <= {*some}
        and (1 not in some or 0 in some)
    ]
    built = best(allowed, lambda some: sum(worth[i] for i in some))
    assert recommended(data) == {f"p{i}": ("firm",) for i in built}


def test_a_set_is_covered_at_least_cost() -> None:
    sets = {"a": ("123", 6), "b": ("24", 3), "c": ("345", 5), "d": ("15", 4), "e": ("5", 1)}
    data = scenario(
        {
            name: partner(50, *(f"n{one}" for one in held), cost={"once": price})
            for name, (held, price) in sets.items()
        },
        {"all": programme({f"n{one}": 1 for one in "12345"}, mandatory=True)},
        aim={"least-cost": {"value-at-least": 10}},
    )
    names = [*sets]
    covering = [
        tuple(names[i] for i in some)
        for some in subsets(5)
        if {*"12345"} <= {*"".join(sets[names[i]][0] for i in some)}
    ]
    cheapest = best(covering, lambda some: -sum(sets[name][1] for name in some))
    assert {name: {*partners} for name, partners in recommended(data).items()} == {
        "all": {*cheapest}
    }


@pytest.mark.parametrize("budget", [600, 800, 1000, 1500, 2000])
def test_a_depot_is_opened_where_what_it_serves_is_worth_its_fixed_charge(budget: int) -> None:
    opened, each = {"north": 500, "south": 700}, 100
    worth = {"north": (90, 80, 30, 20), "south": (40, 51, 91, 95)}
    towns = range(4)
    data = scenario(
        {
            name: partner(
                0,
                cost={"once": opened[name], "per-programme": each},
                for_={f"t{i}": {"scores": {"worth": worth[name][i]}} for i in towns},
            )
            for name in opened
        },
        {f"t{i}": programme() for i in towns},
        limits={"budget": budget},
    )
    served = [
        one
        for one in product((None, *opened), repeat=4)
        if sum(opened[name] for name in {*one} if name) + each * sum(map(bool, one)) <= budget
    ]
    found = best(served, lambda one: sum(worth[name][i] for i, name in enumerate(one) if name))
    assert recommended(data) == {f"t{i}": (name,) for i, name in enumerate(found) if name}
