"""Many objectives over one programme, each held against a solve of its own."""

from __future__ import annotations

from itertools import chain, repeat

import numpy as np
import pytest

from partnerselect.optimiser import ManyObjectives, Model, Program

ITEMS, OBJECTIVES = 14, 40


def knapsack(seed: int) -> tuple[Program, np.ndarray]:
    """Return a programme of choices under two limits, some of them exclusive, and objectives that differ a little."""
    random = np.random.default_rng(seed)
    program = Program()
    columns = [program.column(f"c{i}") for i in range(ITEMS)]
    for name in "ab":
        weights = random.integers(1, 20, ITEMS).astype(float)
        program.row(
            "limit", name, list(zip(columns, weights, strict=True)), upper=float(weights.sum() // 3)
        )
    runs = program.column("runs")
    program.row(
        "choice",
        "one",
        [*((column, 1.0) for column in columns[:5]), (runs, -1.0)],
        lower=0.0,
        upper=0.0,
    )
    spent = program.column("spent", upper=9.0, integer=False)
    program.row("limit", "least", [(columns[3], 1.0), (columns[7], 1.0), (spent, 1.0)], lower=1.0)
    worth = np.zeros((OBJECTIVES, program.size))
    worth[:, :ITEMS] = random.uniform(1, 10, ITEMS) * random.uniform(0.7, 1.3, (OBJECTIVES, ITEMS))
    worth[:, runs] = -random.uniform(0, 8, OBJECTIVES)
    worth[:, columns[0]] = worth[:, columns[1]]
    return program, -worth


@pytest.mark.parametrize("seed", range(8))
def test_every_objective_gets_its_best_in_whatever_rounds_they_come(seed: int) -> None:
    program, costs = knapsack(seed)
    model, many = Model(program, costs[0]), ManyObjectives(program, np.arange(ITEMS + 1))
    expected = []
    for cost in costs:
        model.set_objective(cost)
        expected.append(model.solve().objective)
    start = Model(program, np.zeros(program.size)).solve().values
    assert start is not None
    many.offer(start)
    rounds = [many.best(some) for some in (costs[:5], costs[5:20], costs[20:])]
    assert all(found is not None for found in rounds)
    numbers = np.concatenate([found for found in rounds if found is not None])
    assert (costs * np.array(many.solutions)[numbers]).sum(axis=1) == pytest.approx(
        np.array(expected), abs=1e-6
    )


@pytest.mark.parametrize("seed", range(3))
def test_many_objectives_with_the_same_best_are_told_from_those_with_another(seed: int) -> None:
    program, costs = knapsack(seed)
    many, model = ManyObjectives(program, np.arange(ITEMS + 1)), Model(program, costs[0])
    near = costs[0] * np.random.default_rng(seed).uniform(0.9, 1.1, (3 * OBJECTIVES, program.size))
    start = Model(program, np.zeros(program.size)).solve().values
    assert start is not None
    many.offer(start)
    found = many.best(near)
    assert found is not None
    assert len(set(found.tolist())) > 1
    reached = (near * np.array(many.solutions)[found]).sum(axis=1)
    for cost, least in zip(near, reached, strict=True):
        model.set_objective(cost)
        assert model.solve().objective == pytest.approx(least, abs=1e-6)


def test_what_takes_too_long_or_is_stopped_gives_nothing() -> None:
    program, costs = knapsack(0)
    many = ManyObjectives(program, np.arange(ITEMS + 1))
    start = Model(program, costs[0]).solve().values
    assert start is not None
    many.offer(start)
    assert many.best(costs, seconds=0.0) is None
    assert many.best(costs, stop=lambda: True) is None
    assert many.best(costs) is not None


def test_a_relaxation_cut_short_by_time_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    program, costs = knapsack(0)
    many = ManyObjectives(program, np.arange(ITEMS + 1))
    start = Model(program, np.zeros(program.size)).solve().values
    assert start is not None
    many.offer(start)
    clock = chain(
        [0.0, 0.0], repeat(1e6)
    )  # the search begins in time, its first relaxation does not end in time
    with monkeypatch.context() as held:
        held.setattr(
            "partnerselect.optimiser.many_objectives.time.perf_counter", lambda: next(clock)
        )
        assert many.best(costs, seconds=1.0) is None
    assert len(many.solutions) == 1
    assert many.best(costs) is not None
