"""Choosing again and again measured: with changed weights, against a PuLP problem built and solved afresh each time; and the draws of the choice.

`the value` stops at a proven best; `the whole answer` also singles one out among equals, as `rank` does. PuLP's side writes the rows, builds the
problem and solves it once, for the value alone. Changing the weights and scoring the partners are the same for both and counted for neither.
Answers are compared in every pair: a wrong one ends the run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TypeVar

import numpy as np
import pulp

from benchmarks.cases import many_needs
from benchmarks.measure import Benchmark, Pair
from partnerselect import files
from partnerselect.allocation import Allocator, Resolver
from partnerselect.allocation.formulate import value_terms
from partnerselect.analysis import analyse_unpriced, choices
from partnerselect.model import Scenario
from partnerselect.optimiser import ManyObjectives
from partnerselect.optimiser.building import ABSOLUTE_GAP, as_pulp
from partnerselect.optimiser.watch import PROVEN
from partnerselect.value.performance import PerformanceTable, performance_table
from partnerselect.value.scoring import Scores, score

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
Scored = tuple[Scenario, PerformanceTable, Scores]
DRAWS, FRESH = 1000, 20
Answer = TypeVar("Answer")


def answered(question: Callable[[], Answer]) -> tuple[Answer, float]:
    """Return the answer and the seconds it took."""
    start = time.perf_counter()
    return question(), time.perf_counter() - start


def shipped() -> Scenario:
    """Return the shipped scenario, 9 × 11."""
    return files.load(SHIPPED).scenario


def fifty() -> Scenario:
    """Return a made-up one, 50 × 20."""
    return Scenario.from_data(
        {**many_needs(programmes=50, partners=20, needs=1, seed=5), "analysis": {"samples": 0}}
    )


def reweighted(scenario: Scenario, seed: int) -> Scored:
    """Return the scenario with other weights at the top, scored."""
    random, criteria = np.random.default_rng(seed), scenario.criteria.criteria
    changed = scenario.with_changes(
        {f"criteria.{name}.weight": float(random.integers(50, 150)) for name in criteria}
    )
    table = performance_table(changed)
    return changed, table, score(changed, table)


def afresh(asked: Scored) -> float:
    """Write, build and solve with PuLP as a plain script would; return the value."""
    formulation = Allocator(*asked).formulation
    terms, unchanged = value_terms(formulation)
    problem, _ = as_pulp(formulation.program, -terms)
    problem.solve(pulp.HiGHS(msg=False, threads=1, mip_abs_gap=ABSOLUTE_GAP, mip_rel_gap=0.0))
    return float(unchanged - pulp.value(problem.objective))


def same(ours: float | None, theirs: float | None) -> None:
    """Stop the run where two answers differ by more than what counts as proven."""
    if ours is None or theirs is None or abs(ours - theirs) > 2 * PROVEN:
        message = f"the answers differ: {ours}, {theirs}"
        raise ValueError(message)


def held_against_pulp(
    case: Callable[[], Scenario], ours: Callable[[Allocator], Callable[[Scored], float | None]]
) -> Callable[[], Callable[[], Pair]]:
    """Compare a way to choose again with a problem written, built and solved afresh."""

    def prepare() -> Callable[[], Pair]:
        scenario, seeds = case(), count()
        again = ours(Allocator(*reweighted(scenario, 10_000)))

        def pair() -> Pair:
            asked = reweighted(scenario, next(seeds))
            value, seconds = answered(lambda: again(asked))
            other, theirs = answered(lambda: afresh(asked))
            same(value, other)
            return seconds, theirs

        return pair

    return prepare


def by_shared_tree(first: Allocator) -> Callable[[Scored], float | None]:
    """Choose as the draws do."""
    f = first.formulation
    search = ManyObjectives(f.program, np.array([*f.y.values(), *f.z], dtype=np.intp))
    start, resolver = first.best().chosen, Resolver(first)
    if start is not None:
        search.offer(first.columns_of(start))

    def again(asked: Scored) -> float | None:
        terms, unchanged = value_terms(resolver.allocator(*asked).formulation)
        found = search.best(-terms[None, :])
        return None if found is None else float(unchanged + terms @ search.solutions[int(found[0])])

    return again


def by_kept_model(first: Allocator) -> Callable[[Scored], float | None]:
    """Choose as what-ifs do where nothing proven before tells, but for the tie-breaks."""
    first.best()
    resolver = Resolver(first)
    return lambda asked: resolver.allocator(*asked).reached()


def as_what_ifs_do(first: Allocator) -> Callable[[Scored], float | None]:
    """Choose as what-ifs do, one of several equally good choices singled out."""
    first.best()
    resolver = Resolver(first)

    def again(asked: Scored) -> float | None:
        found = resolver.allocator(*asked).best()
        return (
            found.account.value if found.account is not None and found.state == "optimal" else None
        )

    return again


def whole_answer(case: Callable[[], Scenario]) -> Callable[[], Callable[[], Pair]]:
    """Compare a resolver with a fresh allocator, both to the end."""

    def prepare() -> Callable[[], Pair]:
        scenario, seeds, resolver = case(), count(), Resolver()
        resolver.allocator(*reweighted(scenario, 10_000)).best()

        def pair() -> Pair:
            asked = reweighted(scenario, next(seeds))
            kept, ours = answered(lambda: resolver.allocator(*asked).best())
            fresh, theirs = answered(lambda: Allocator(*asked).best())
            same(kept.bound, fresh.bound)
            return ours, theirs

        return pair

    return prepare


def thousand_draws() -> Callable[[], Pair]:
    """Compare the choice over 1,000 draws with as many problems afresh, 20 of them measured."""
    scenario = shipped()
    analysis = analyse_unpriced(scenario)

    def pair() -> Pair:
        found, ours = answered(lambda: choices(analysis))
        if found.draws != DRAWS:
            message = f"only {found.draws} draws"
            raise ValueError(message)
        _, some = answered(
            lambda: [afresh((scenario, analysis.table, analysis.scores)) for _ in range(FRESH)]
        )
        return ours, some * DRAWS / FRESH

    return pair


BENCHMARKS = (
    Benchmark(
        "re-solve, changed weights, 9 × 11: the value, by the draws' tree",
        "PuLP afresh",
        1 / 3,
        held_against_pulp(shipped, by_shared_tree),
    ),
    Benchmark(
        "re-solve, changed weights, 9 × 11: the value, by the kept model",
        "PuLP afresh",
        1 / 3,
        held_against_pulp(shipped, by_kept_model),
    ),
    Benchmark(
        "re-solve, changed weights, 50 × 20: the value, by the kept model",
        "PuLP afresh",
        1 / 5,
        held_against_pulp(fifty, by_kept_model),
        pairs=3,
    ),
    Benchmark(
        "re-solve, changed weights, 9 × 11: the whole answer, tie-breaks and all",
        "PuLP afresh, the value",
        1 / 3,
        held_against_pulp(shipped, as_what_ifs_do),
    ),
    Benchmark(
        "re-solve, changed weights, 50 × 20: the whole answer, tie-breaks and all",
        "PuLP afresh, the value",
        1 / 5,
        held_against_pulp(fifty, as_what_ifs_do),
        pairs=3,
    ),
    Benchmark(
        "re-solve, changed weights, 9 × 11: the whole answer",
        "a fresh allocator",
        1 / 3,
        whole_answer(shipped),
    ),
    Benchmark(
        "1,000 draws of the choice, 9 × 11",
        "PuLP afresh (20 draws, times 50)",
        1 / 3,
        thousand_draws,
        pairs=3,
    ),
)
