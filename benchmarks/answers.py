"""What people wait for once the imports are done, each against what cannot be done without.

Reasons against the choice that they are about, a first table against seconds that anybody waits,
small cases and published assignment problems against the solver alone on the same rows.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks import cases
from benchmarks.measure import Benchmark, Pair, timed
from benchmarks.small import alone, proven, same, singled_out, small_cases
from partnerselect import files
from partnerselect.allocation import Allocator
from partnerselect.allocation.formulate import formulate
from partnerselect.allocation.problem import Formulation
from partnerselect.analysis import analyse_unpriced, priced
from partnerselect.model import Scenario
from partnerselect.rows import ranking_json
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.reference.test_generalised_assignment import as_scenario, instance

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
PATIENCE = 3.0
"""Seconds within which the first table of a case of 60 × 40 should stand there."""
PUBLISHED = ("c0515_1", "c0824_1", "a20100")
LIMIT = 60.0
"""Seconds after which an assignment problem is given up."""
SMALL_CASES = 16


def pricing() -> Callable[[], Pair]:
    """Price what the shipped scenario does not choose and find the ways back, against choosing."""
    scenario = files.load(SHIPPED).scenario.with_changes({"analysis.samples": 0})
    table = performance_table(scenario)
    scores = score(scenario, table)

    def pair() -> Pair:
        analysis = analyse_unpriced(scenario)
        reasons = timed(lambda: priced(analysis))
        return reasons, timed(lambda: Allocator(scenario, table, scores).best())

    return pair


def first_table() -> Callable[[], Pair]:
    """Choose for 60 programmes among 40 partners as far as the first table, against 3 seconds."""
    scenario = Scenario.from_data(cases.many_needs(programmes=60, partners=40, needs=1, seed=1))
    return lambda: (timed(lambda: json.dumps(ranking_json(analyse_unpriced(scenario)))), PATIENCE)


def reasons(size: tuple[int, int, int], limit: float) -> Callable[[], Pair]:
    """Give the reasons of a large case, rows and all, against the choice that they are about."""
    programmes, partners, needs = size
    scenario = Scenario.from_data(
        cases.tight(programmes=programmes, partners=partners, needs=needs, seed=1)
    ).with_change("analysis.time-limit", limit)

    def pair() -> Pair:
        begun = time.perf_counter()
        analysis = analyse_unpriced(scenario)
        choosing = time.perf_counter() - begun
        return timed(lambda: json.dumps(ranking_json(priced(analysis)))), choosing

    return pair


def against_the_solver() -> Callable[[], Pair]:
    """Choose in one small case after another until proven, against HiGHS alone, rows as arrays."""
    every = cycle(scenario for _, scenario in small_cases([]))

    def pair() -> Pair:
        formulation = _formulated(next(every))
        (value, seconds), (other, theirs) = proven(formulation), alone(formulation)
        same(value, other)
        return seconds, theirs

    return pair


def assigning() -> Callable[[], Pair]:
    """Choose in one published assignment problem after another, the choice singled out and all."""
    every = cycle(list(_published()))

    def pair() -> Pair:
        formulation = _formulated(next(every))
        same(proven(formulation)[0], alone(formulation)[0])
        return singled_out(formulation), alone(formulation)[1]

    return pair


def _published() -> Iterator[Scenario]:
    for name in PUBLISHED:
        profits, days, capacities = instance(name)
        for worth in (profits, [[100 - profit for profit in row] for row in profits]):
            stated = Scenario.from_data(as_scenario(worth, days, capacities))
            yield stated.with_change("analysis.time-limit", LIMIT)


def _formulated(scenario: Scenario) -> Formulation:
    table = performance_table(scenario)
    return formulate(scenario, table, score(scenario, table))


BENCHMARKS = (
    Benchmark(
        "prices of all partners not chosen and all ways back, shipped scenario",
        "one solve of the allocation",
        5.0,
        pricing,
        pairs=5,
    ),
    Benchmark("first table of 60 programmes × 40 partners", "3 s", 1.0, first_table, pairs=3),
    Benchmark(
        "reasons of 200 × 50 × 5, chosen in 5 s",
        "the choice",
        0.1,
        partial(reasons, (200, 50, 5), 5.0),
        pairs=1,
        each=True,
    ),
    Benchmark(
        "reasons of 1000 × 100 × 5, chosen in 20 s",
        "the choice",
        0.1,
        partial(reasons, (1000, 100, 5), 20.0),
        pairs=1,
        each=True,
    ),
    Benchmark(
        "each of 16 small cases, proven",
        "HiGHS alone on the same rows",
        1.2,
        against_the_solver,
        pairs=SMALL_CASES,
        each=True,
    ),
    Benchmark(
        "each of 6 generalised assignment problems, 5 × 15 to 20 × 100, ties broken",
        "HiGHS alone on the same rows, one of the best choices",
        1.5,
        assigning,
        pairs=2 * len(PUBLISHED),
        each=True,
    ),
)
