"""A programme as plain data, solved: small enough to be done by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from partnerselect.arrays import FloatArray
from partnerselect.optimiser import Block, Model, Names, Program, solver_name

GOLD, SILVER = 10.0, 6.0


def knapsack(room: float = 5.0) -> tuple[Program, FloatArray]:
    """Return two things worth 10 and 6 that take 4 and 3 of the room, to be maximised."""
    program = Program()
    gold, silver = program.column("gold"), program.column("silver")
    program.row("room", "room", [(gold, 4.0), (silver, 3.0)], upper=room)
    return program, np.array([-GOLD, -SILVER])


@pytest.mark.parametrize(
    ("room", "taken"), [(7, [1, 1]), (6.9, [1, 0]), (3.5, [0, 1]), (2, [0, 0])]
)
def test_the_best_that_fits_is_taken_whole(room: float, taken: list[float]) -> None:
    solution = Model(*knapsack(room)).solve()
    assert solution.state == "optimal"
    assert solution.values is not None
    assert solution.values.round(6).tolist() == taken
    assert (
        solution.objective
        == pytest.approx(solution.bound)
        == pytest.approx(-GOLD * taken[0] - SILVER * taken[1])
    )


def test_a_relaxation_may_take_a_part() -> None:
    """All gold, 4 of 5, and a third of the silver: 10 + 2."""
    program, worth = knapsack()
    program.integer = [False, False]
    assert Model(program, worth).solve().objective == pytest.approx(-12)


@pytest.mark.parametrize(("cost", "is_known"), [(-1e19, True), (-1e20, False)])
def test_nothing_is_relaxed_where_a_cost_is_infinite_to_the_solver(
    cost: float, *, is_known: bool
) -> None:
    model = Model(*knapsack())
    model.set_objective(np.array([cost, -SILVER]))
    relaxation = model.relaxed()
    assert (relaxation.values is not None, np.isfinite(relaxation.bound)) == (is_known, is_known)


def test_a_constant_is_part_of_the_objective_and_of_the_bound() -> None:
    program, worth = knapsack()
    solution = Model(program, worth, offset=100).solve()
    assert (solution.objective, solution.bound) == pytest.approx((90, 90))


def test_terms_of_the_same_column_are_added_up() -> None:
    """Gold named twice takes 2 + 2 of the room."""
    program = Program()
    gold = program.column("gold")
    program.row("room", "room", [(gold, 2.0), (gold, 2.0)], upper=3.0)
    assert Model(program, np.array([-GOLD])).solve().objective == pytest.approx(0)


def test_what_cannot_be_met_is_infeasible_and_gives_no_values() -> None:
    program, worth = knapsack()
    program.row("room", "least", [(0, 1.0), (1, 1.0)], lower=2.0)
    solution = Model(program, worth).solve()
    assert (solution.state, solution.values, solution.objective) == ("infeasible", None, None)


def test_one_model_answers_again_and_again_as_it_is_changed() -> None:
    model = Model(*knapsack())
    assert model.solve().objective == pytest.approx(-10)
    model.set_row_bounds(0, -np.inf, 7.0)
    assert model.solve().objective == pytest.approx(-16)
    model.set_column_bounds([0], 0.0, 0.0)
    assert model.solve().objective == pytest.approx(-6)
    model.set_column_bounds([0], 0.0, 1.0)
    model.set_objective(np.array([-1.0, -3.0]), offset=1.0)
    assert model.solve().objective == pytest.approx(-3)
    row = model.add_row(np.array([0.0, 1.0]), upper=0.0)
    assert model.solve().objective == pytest.approx(0)
    model.set_row_bounds(row, -np.inf, np.inf)
    assert model.solve().objective == pytest.approx(-3)


def test_rows_keep_their_numbers_beside_a_row_that_names_no_column() -> None:
    """A limit on what nobody could use has no terms.

    The next row is still the one that is meant.
    """
    given, worth = knapsack()
    program = replace(given, blocks=[], height=0)
    program.block(
        Block(
            "room",
            Names(("empty",)),
            np.array([0, 0]),
            np.array([], dtype=np.intp),
            np.array([]),
            -np.inf,
            3.0,
        ),
    )
    program.block(given.blocks[0])
    model = Model(program, worth)
    model.set_row_bounds(1, -np.inf, 7.0)
    assert model.solve().objective == pytest.approx(-16)


def test_a_column_that_nothing_names_keeps_its_place() -> None:
    program = Program()
    program.column("idle")
    gold = program.column("gold")
    program.column("idle too", upper=5.0, integer=False)
    program.row("room", "room", [(gold, 4.0)], upper=5.0)
    solution = Model(program, np.array([0.0, -GOLD, 0.0])).solve()
    assert solution.values is not None
    assert solution.values[gold] == pytest.approx(1)


def test_a_start_changes_nothing_about_the_answer() -> None:
    model = Model(*knapsack(7))
    assert model.solve(start=np.array([0.0, 1.0])).objective == pytest.approx(-16)


@pytest.mark.parametrize(
    ("below", "state"), [(-9.0, "optimal"), (-10.5, "infeasible"), (-12.5, "infeasible")]
)
def test_only_what_is_lower_counts(below: float, state: str) -> None:
    """Gold alone reaches −10, gold and a third of the silver −12: one is told by the solver, the other by the relaxation."""
    solution = Model(*knapsack()).solve(below=below)
    assert solution.state == state
    assert (solution.objective is None) == (state == "infeasible")


def changed_at_random(model: Model, random: np.random.Generator, size: int) -> None:
    """Change objective, bounds and rows as questions do."""
    model.set_objective(
        -random.integers(1, 30, size).astype(float), offset=float(random.integers(0, 9))
    )
    model.set_row_bounds(int(random.integers(0, 3)), -np.inf, float(random.integers(20, 90)))
    held = random.integers(0, size, 2)
    model.set_column_bounds(held, 0.0, float(random.integers(0, 2)))


@pytest.mark.parametrize("seed", range(6))
def test_what_earlier_questions_found_changes_nothing_about_later_answers(seed: int) -> None:
    """The same questions, asked of one model in turn and each of a model of its own."""
    program, size, random = Program(), 14, np.random.default_rng(seed)
    columns = [program.column(f"c{i}") for i in range(size)]
    for name in "abc":
        program.row(
            "limit",
            name,
            list(zip(columns, random.integers(1, 30, size).astype(float), strict=True)),
            upper=60.0,
        )
    kept = Model(program, np.zeros(size))
    for question in range(8):
        changed_at_random(kept, np.random.default_rng([seed, question]), size)
        fresh = Model(program, np.zeros(size))
        for number in range(question + 1):
            changed_at_random(fresh, np.random.default_rng([seed, number]), size)
        expected, found = fresh.solve(), kept.solve()
        assert found.state == expected.state
        assert found.objective == (
            None if expected.objective is None else pytest.approx(expected.objective, abs=1e-6)
        )
        assert kept.relaxed().bound <= (found.objective or 0.0) + 1e-6


class Enumerated:
    """A programme of few columns, each 0 or 1, as it now stands: all choices tried."""

    def __init__(self, costs: FloatArray) -> None:
        """Begin without rows."""
        self.costs, self.rows = costs, list[tuple[FloatArray, float, float]]()
        self.lower, self.upper = np.zeros(len(costs)), np.ones(len(costs))

    def best(self, below: float) -> float | None:
        """Return the least that any choice comes to; None where none lies below."""
        every = np.array(list(product((0.0, 1.0), repeat=len(self.costs))))
        possible = ((every >= self.lower) & (every <= self.upper)).all(axis=1)
        for coefficients, least, most in self.rows:
            used = every @ coefficients
            possible &= (used >= least - 1e-9) & (used <= most + 1e-9)
        reached = (every @ self.costs)[possible]
        return float(reached.min()) if len(reached) and reached.min() < below else None


def changed_alike(model: Model, known: Enumerated, random: np.random.Generator) -> None:
    """Change a column's or a row's bounds, a coefficient or the objective, or add a row."""
    size, row = len(known.costs), int(random.integers(0, len(known.rows)))
    column, least = int(random.integers(0, size)), int(random.integers(0, 2))
    coefficients, lower, upper = known.rows[row]
    match int(random.integers(0, 12)):
        case 0 | 1 | 2 | 3 | 4:
            most = int(random.integers(least, 2))
            known.lower[column], known.upper[column] = least, most
            model.set_column_bounds([column], least, most)
        case 5 | 6 | 7:
            lower, upper = float(random.integers(0, 50)), float(random.integers(50, 70))
            known.rows[row] = coefficients, lower, upper
            model.set_row_bounds(row, lower, upper)
        case 8 | 9:
            known.costs[column] = random.integers(-30, 20)
            model.set_objective(known.costs)
        case 10:
            coefficients[column] = random.integers(1, 30)
            model.set_coefficient(row, column, coefficients[column])
        case _ if len(known.rows) < 6:
            more = random.integers(1, 30, size).astype(float)
            known.rows.append((more, -np.inf, 90.0))
            model.add_row(more, upper=90.0)


@pytest.mark.parametrize("seed", range(30))
def test_a_bound_once_proven_answers_only_what_allows_no_more(seed: int) -> None:
    """Sixty questions, each answered as by all choices tried."""
    program, size, random = Program(), 8, np.random.default_rng(seed)
    columns = [program.column(f"c{i}") for i in range(size)]
    known = Enumerated(random.integers(-30, 20, size).astype(float))
    for name in "ab":
        coefficients = random.integers(1, 30, size).astype(float)
        program.row("limit", name, list(zip(columns, coefficients, strict=True)), upper=50.0)
        known.rows.append((coefficients, -np.inf, 50.0))
    model = Model(program, known.costs)
    for _ in range(60):
        changed_alike(model, known, random)
        lowest = known.best(np.inf)
        for below in (np.inf, np.inf if lowest is None else lowest + random.integers(-3, 4) + 0.5):
            best = known.best(below)
            found = model.solve(below=below)
            assert found.state == ("infeasible" if best is None else "optimal")
            assert found.objective == (None if best is None else pytest.approx(best, abs=1e-6))


def test_a_question_asked_again_is_not_asked_of_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one that allows less, where the best of before is still allowed; another is."""
    model = Model(*knapsack(6))
    held = model.row_of_sum((0, 1))
    for _ in range(2):
        first = model.solve()
    asked = []
    monkeypatch.setattr(Model, "_run_to_an_end", lambda *_: asked.append(1))
    model.set_row_bounds(held, -np.inf, 1.0)
    assert model.solve().objective == first.objective == -GOLD
    assert asked == []
    model.set_row_bounds(held, -np.inf, np.inf)
    model.set_row_bounds(0, -np.inf, 6.5)
    model.solve()
    assert asked == [1]


def test_a_no_is_taken_from_memory_but_asked_anew_without_presolve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two even figures make no odd sum, which only the solver finds out: parts of them do."""
    program = Program()
    columns = [program.column(name) for name in "ab"]
    program.row("limit", "odd", [(one, 2.0) for one in columns], lower=1.0, upper=1.0)
    model, asked = Model(program, np.ones(2)), list[int]()
    run = Model._run_to_an_end

    def counted(*given: Any) -> Any:
        asked.append(1)
        return run(*given)

    monkeypatch.setattr(Model, "_run_to_an_end", counted)
    assert [model.solve(below=9.0).state for _ in range(2)] == ["infeasible"] * 2
    assert asked == [1]
    with model.without_presolve():
        assert model.solve(below=9.0).state == "infeasible"
    assert asked == [1, 1]


def test_the_solver_is_named_with_its_version() -> None:
    assert solver_name().startswith("HiGHS 1.")
