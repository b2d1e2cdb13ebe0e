"""A time limit is the time of one solve, however many were run before it."""

from __future__ import annotations

import time

import numpy as np
import pytest

from partnerselect.optimiser import Model, Program


def hard_to_prove() -> Model:
    rng = np.random.default_rng(0)
    program = Program()
    columns = [program.column(f"x{number}") for number in range(300)]
    for number in range(30):
        weights = rng.integers(1, 100, size=len(columns))
        program.row(
            "capacity",
            f"r{number}",
            [(column, float(weight)) for column, weight in zip(columns, weights, strict=True)],
            upper=float(weights.sum() / 3),
        )
    return Model(program, -rng.integers(1, 100, size=len(columns)).astype(float))


@pytest.mark.parametrize("limit", [0.2, -5.0])
def test_time_spent_before_does_not_lengthen_a_later_solve(limit: float) -> None:
    model = hard_to_prove()
    model.solve(time_limit=1.0)
    model.set_objective(-np.ones(300))
    model.set_column_bounds([0], 1.0, 1.0)
    begun = time.process_time()
    model.solve(time_limit=limit)
    assert time.process_time() - begun < max(limit, 0.0) + 0.6
