"""Bounds by any dual values, and what they hold, held against every solution of small programmes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from partnerselect.optimiser import Program
from partnerselect.optimiser.dual_bounds import DualBounds

TELLING = np.arange(7)


def choosing(random: np.random.Generator) -> tuple[Program, np.ndarray]:
    """Return a programme of two choices for one, three for another, and a column without a cost.

    And every solution of it; (solutions, columns).
    """
    program = Program()
    columns = [program.column(name) for name in "abcdefgu"]
    a, b, c, d, e, f, g, u = columns
    program.row("need", "first", [(a, 1.0), (b, 1.0), (f, -1.0)], lower=0.0, upper=0.0)
    program.row("need", "second", [(c, 1.0), (d, 1.0), (e, 1.0), (g, -1.0)], lower=0.0, upper=0.0)
    weights = random.integers(1, 9, 6).astype(float)
    program.row(
        "limit", "weight", list(zip([a, b, c, d, e, u], weights, strict=True)), upper=weights.sum()
    )
    program.row("limit", "engaged", [(a, 1.0), (c, 1.0), (u, -2.0)], upper=0.0)
    rows = program.as_arrays()
    every = np.array(list(product((0.0, 1.0), repeat=len(columns))))
    matrix = np.zeros((rows.height, rows.size))
    matrix[rows.row_of, rows.columns] = rows.coefficients
    sums = every @ matrix.T
    possible = ((sums >= rows.row_lower) & (sums <= rows.row_upper)).all(axis=1)
    return program, every[possible]


@pytest.mark.parametrize("seed", range(40))
def test_no_solution_lies_below_a_bound_and_none_worth_having_is_held_out(seed: int) -> None:
    random = np.random.default_rng(seed)
    program, solutions = choosing(random)
    bounds, count = DualBounds(program, TELLING), 5
    costs = np.zeros((count, program.size))
    costs[:, TELLING] = random.normal(0, 3, (count, len(TELLING)))
    lower, upper = np.array(program.lower), np.array(program.upper)
    lower[random.integers(program.size)] = 1.0
    bounds.tighten(lower, upper)
    inside = solutions[((solutions >= lower) & (solutions <= upper)).all(axis=1)]
    duals = random.normal(0, 2, len(program.rows))
    reached = inside @ costs.T
    found = bounds.reduced(
        bounds.prices(duals), lower, upper, bounds.parts(costs), np.arange(count)
    )
    assert (reached >= found.bounds - 1e-9).all()
    room = random.uniform(0, 12, count)
    bounds.hold(found, room, lower, upper)
    left_out = inside[((inside < lower) | (inside > upper)).any(axis=1)]
    assert (left_out @ costs.T > found.bounds + room).all()


def test_columns_that_cost_more_than_there_is_room_for_are_held() -> None:
    program, _ = choosing(np.random.default_rng(0))
    costs = np.zeros((2, program.size))
    costs[:, :2] = [[1.0, 5.0], [2.0, 9.0]]
    bounds, lower, upper = (
        DualBounds(program, TELLING),
        np.array(program.lower),
        np.array(program.upper),
    )
    nothing = bounds.prices(np.zeros(len(program.rows)))
    found = bounds.reduced(nothing, lower, upper, bounds.parts(costs), np.arange(2))
    bounds.hold(found, np.array([3.0, 3.0]), lower, upper)
    assert upper[:2].tolist() == [1.0, 0.0]


def test_what_one_choice_stands_for_may_itself_be_chosen() -> None:
    """A or b for c, and c or d for e: only the first is a choice that is shifted."""
    program = Program()
    a, b, c, d, e = (program.column(name) for name in "abcde")
    program.row("need", "first", [(a, 1.0), (b, 1.0), (c, -1.0)], lower=0.0, upper=0.0)
    program.row("need", "second", [(c, 1.0), (d, 1.0), (e, -1.0)], lower=0.0, upper=0.0)
    bounds, costs = DualBounds(program, np.arange(5)), np.array([[2.0, 3.0, 9.0, -9.0, 4.0]])
    found = bounds.reduced(
        bounds.prices(np.zeros(2)), np.zeros(5), np.ones(5), bounds.parts(costs), np.arange(1)
    )
    assert found.bounds[0] <= -5.0  # d and e alone cost 4 − 9
