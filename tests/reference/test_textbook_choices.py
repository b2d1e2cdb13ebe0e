"""Choices of textbooks, each written as a scenario and held against trying everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, permutations, product
from typing import Any

import pytest

from partnerselect.analysis import alternatives, analyse, analyse_unpriced
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


def test_nine_projects_of_lorie_and_savage_are_chosen_as_their_whole_solution_says() -> None:
    """Lorie & Savage (1955), Journal of Business 28(4): 1, 3, 4, 6 and 9 are worth 70."""
    worth = (14, 17, 17, 15, 40, 12, 14, 10, 12)
    spent = ((12, 54, 6, 6, 30, 6, 48, 36, 18), (3, 7, 6, 2, 35, 6, 4, 3, 3))
    data = scenario(
        {"firm": partner(100, *(f"n{i}" for i in range(9)), cost={"per-day": 1})},
        {
            f"p{i}": programme(
                {f"n{i}": {"first": spent[0][i], "second": spent[1][i]}}, importance=points
            )
            for i, points in enumerate(worth)
        },
        phases={"first": "2026-01-01", "second": "2027-01-01"},
        limits={"budget": {"first": 50, "second": 20}},
    )
    within = [
        some
        for some in subsets(9)
        if sum(spent[0][i] for i in some) <= 50 and sum(spent[1][i] for i in some) <= 20
    ]
    chosen = best(within, lambda some: sum(worth[i] for i in some))
    assert (chosen, sum(worth[i] for i in chosen)) == ((0, 2, 3, 5, 8), 70)
    assert recommended(data) == {f"p{i}": ("firm",) for i in chosen}


def test_three_crews_for_eleven_flights_can_be_had_at_least_cost_in_two_ways() -> None:
    """Hillier & Lieberman, Introduction to Operations Research, Southwestern Airways: 18 twice."""
    flown = (
        "adgj",
        "behk",
        "cfil",
        "dgijl",
        "afjk",
        "dei",
        "ghjkl",
        "bdei",
        "ehk",
        "cghl",
        "fijkl",
    )
    prices = dict(zip("abcdefghijkl", (2, 3, 4, 6, 7, 5, 7, 8, 9, 9, 8, 9), strict=True))
    sequences = {name: {"cost": {"per-programme": price}} for name, price in prices.items()}
    data = scenario(
        {"airline": partner(50, for_=sequences)},
        {name: programme(internal_days=1) for name in sequences},
        limits={"internal-days": 3},
        rules={
            f"flight-{number}": {"at-least-run": {"of": [*flight], "run": 1}}
            for number, flight in enumerate(flown)
        },
        aim={"least-cost": {"value-at-least": 0}},
    )
    costs = {
        crews: sum(prices[name] for name in crews)
        for crews in combinations(prices, 3)
        if all({*flight} & {*crews} for flight in flown)
    }
    least = {crews for crews, cost in costs.items() if cost == min(costs.values())}
    assert (least, min(costs.values())) == ({("a", "e", "l"), ("c", "d", "k")}, 18)
    found = alternatives(analyse_unpriced(Scenario.from_data(data)), within=0)
    assert (found.complete, found.best) == (True, 18)
    assert {tuple(one.programme for one in plan.choose) for plan in found.plans} == least


def test_power_is_sent_from_three_plants_to_four_cities_at_the_least_cost_known() -> None:
    """Winston, Operations Research, Powerco: 1,020, here in blocks of five million kWh.

    Supplies and demands are whole blocks, so that a best plan in blocks is a best plan.
    """
    prices = ((8, 6, 10, 9), (9, 12, 13, 7), (14, 9, 16, 5))
    supplies, demands = (35, 50, 40), (45, 20, 30, 30)
    blocks = {f"c{i}": [f"b{i}-{n}" for n in range(most // 5)] for i, most in enumerate(demands)}
    data = scenario(
        {
            f"plant-{k}": partner(
                50,
                *(block for city in blocks.values() for block in city),
                capacity=supply,
                for_={f"c{i}": {"cost": {"per-day": price}} for i, price in enumerate(prices[k])},
            )
            for k, supply in enumerate(supplies)
        },
        {city: programme(dict.fromkeys(of, 5), mandatory=True) for city, of in blocks.items()},
        aim={"least-cost": {"value-at-least": 0}},
    )
    account = analyse_unpriced(Scenario.from_data(data)).allocation.account
    assert account is not None
    assert account.own_cost == pytest.approx(1020)
