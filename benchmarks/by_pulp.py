"""A programme stated by PuLP, as a plain script would: what ours is held against.

What PuLP 3.3 and 4 do differently stands in `_expression`.
"""

from __future__ import annotations

import numpy as np
import pulp

from partnerselect.arrays import FloatArray
from partnerselect.optimiser import Program, Row
from partnerselect.optimiser.building import row_scale


def as_pulp(
    program: Program, objective: FloatArray
) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Return the programme as a PuLP problem, to be minimised, and its variables by column."""
    problem = pulp.LpProblem("partnerselect", pulp.LpMinimize)
    variables = [
        problem.add_variable(
            name,
            None if lower == -np.inf else lower,
            None if upper == np.inf else upper,
            "Integer" if integer else "Continuous",
        )
        for name, lower, upper, integer in zip(
            program.names, program.lower, program.upper, program.integer, strict=True
        )
    ]
    problem.setObjective(
        _expression(
            [(variable, float(cost)) for variable, cost in zip(variables, objective, strict=True)]
        )
    )
    for row in program.rows:
        problem.addConstraint(_constraint(row, variables), row.name)
    return problem, variables


def _constraint(row: Row, variables: list[pulp.LpVariable]) -> pulp.LpConstraint:
    """Return the row for PuLP, scaled.

    A row bounded on both sides is an equality by construction.
    """
    scale = row_scale(row.coefficients)
    left = _expression(
        [
            (variables[column], float(coefficient * scale))
            for column, coefficient in zip(row.columns, row.coefficients, strict=True)
        ]
    )
    if row.lower == row.upper:
        return left == row.lower * scale
    return left >= row.lower * scale if row.upper == np.inf else left <= row.upper * scale


def _expression(pairs: list[tuple[pulp.LpVariable, float]]) -> pulp.LpAffineExpression:
    """Return Σ coefficient · variable, built in one batch as each major version of PuLP offers."""
    if hasattr(pulp, "lpSum_vars_coefs"):
        return pulp.lpSum_vars_coefs(pairs)
    return pulp.LpAffineExpression(pairs)
