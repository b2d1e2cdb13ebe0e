"""From plain data to the solver's memory: by PuLP, and for large programmes straight into HiGHS.

Differences between PuLP 3.3 and 4 stand in `_expression` and `_positions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.program import Arrays, Program, Row

ABSOLUTE_GAP = 1e-6
INTEGRALITY = 1e-9
"""How far from whole a binary may be: at the usual 1e-6, £100,000 is overspent by ten pence."""
AGGREGATOR = 1 << 12
"""The presolve rule left out: with it HiGHS 1.15.1 loses optima (docs/decisions/0004)."""
LARGE = 1_000.0
"""Coefficients beyond this are scaled down with their row: sums in the hundred thousands break
tolerances, and the solver."""
TINY = 1e-3
"""A row whose coefficients are all below this is scaled up: the solver drops what is under 1e-9."""
BY_PULP = 1_000
"""Columns up to which PuLP builds the model; it takes a fifth of a second for 4,000."""
SMALL = 5_000
"""Columns up to which restarts, symmetry detection and feasibility jump cost more than they
bring."""


@dataclass(frozen=True)
class Built:
    """A programme in the solver's memory."""

    highs: Any
    columns: NDArray[np.int32]
    """The solver's number of every column."""
    scales: list[float]
    """What every row is multiplied with."""
    kept: Any
    """What must live as long as the model does."""


def build(program: Program | Arrays, objective: FloatArray) -> Built:
    """Build a programme to be minimised; objective (columns,)."""
    if isinstance(program, Arrays):
        return _directly(program, objective)
    return (
        _by_pulp(program, objective)
        if program.size <= BY_PULP
        else _directly(program.as_arrays(), objective)
    )


def relaxed(program: Program, objective: FloatArray) -> Built:
    """Build a programme of which nothing need be whole, to be solved from basis to basis."""
    built = build(program.as_arrays(), objective)
    kinds = np.full(program.size, highspy.HighsVarType.kContinuous)
    built.highs.changeColsIntegrality(program.size, built.columns, kinds)
    built.highs.setOptionValue("presolve", "off")  # or nothing is left of the last basis
    return built


def _by_pulp(program: Program, objective: FloatArray) -> Built:
    problem, variables = as_pulp(program, objective)
    solver = pulp.HiGHS(msg=False, threads=1, mip=False, **_options(program))
    solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    highs, columns = problem.solverModel, _positions(problem, variables)
    highs.setOptionValue("output_flag", False)
    whole = columns[np.flatnonzero(program.integer)]  # at once: PuLP 3.3 says it of each
    kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
    highs.changeColsIntegrality(len(whole), whole, kinds)
    scales = row_scales(program.as_arrays().largest).tolist()
    return Built(highs, columns, scales, (problem, variables))


def _directly(arrays: Arrays, objective: FloatArray) -> Built:
    """Pass whole arrays: a tenth of a second for 40,000 columns, where PuLP takes six."""
    lp, scales = highspy.HighsLp(), row_scales(arrays.largest)
    lp.num_col_, lp.num_row_ = arrays.size, len(arrays.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
        np.asarray(objective, dtype=float),
        arrays.lower,
        arrays.upper,
    )
    lp.row_lower_, lp.row_upper_ = arrays.row_lower * scales, arrays.row_upper * scales
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = (
        arrays.starts.astype(np.int32),
        arrays.columns.astype(np.int32),
    )
    lp.a_matrix_.value_ = arrays.coefficients * scales[arrays.row_of]
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[integer] for integer in arrays.integer.tolist()]
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, **_options(arrays)}.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    return Built(highs, np.arange(arrays.size, dtype=np.int32), scales.tolist(), lp)


def row_scales(largest: FloatArray) -> FloatArray:
    """Return the powers of two that bring rows' largest coefficients down to LARGE, or up to 1.

    (rows,); 1 where they lie between, or there are none.
    """
    some = np.where(largest > 0, largest, 1.0)
    down, up = -np.ceil(np.log2(some / LARGE)), -np.floor(np.log2(some))
    return np.asarray(2.0 ** np.where(some > LARGE, down, np.where(some < TINY, up, 0.0)))


def _options(program: Program | Arrays) -> dict[str, Any]:
    exact = {
        "mip_abs_gap": ABSOLUTE_GAP,
        "mip_feasibility_tolerance": INTEGRALITY,
        "primal_feasibility_tolerance": INTEGRALITY,
        "presolve_rule_off": AGGREGATOR,
        "mip_rel_gap": 0.0,
        "random_seed": 0,
    }
    lean = {
        "mip_heuristic_run_feasibility_jump": False,
        "mip_detect_symmetry": False,
        "mip_allow_restart": False,
    }
    return {**exact, **lean} if program.size <= SMALL else exact


def row_scale(coefficients: FloatArray) -> float:
    """Return the scale of one row (see `row_scales`)."""
    return float(row_scales(np.abs(coefficients).max(initial=0.0)))


def as_pulp(
    program: Program, objective: FloatArray
) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Return the programme as a PuLP problem, to be minimised, and its variables by column.

    They are called by their numbers: PuLP 3.3 sorts columns by name, and HiGHS finds its way
    sooner where what belongs together stands together.
    """
    problem = pulp.LpProblem("partnerselect", pulp.LpMinimize)
    variables = [
        problem.add_variable(
            f"c{number:06}",
            None if lower == -np.inf else lower,
            None if upper == np.inf else upper,
            "Integer" if integer else "Continuous",
        )
        for number, (lower, upper, integer) in enumerate(
            zip(program.lower, program.upper, program.integer, strict=True)
        )
    ]
    problem.setObjective(
        _expression(
            [(variable, float(cost)) for variable, cost in zip(variables, objective, strict=True)]
        )
    )
    scales = row_scales(program.as_arrays().largest).tolist()
    for row, scale in zip(program.rows, scales, strict=True):
        problem.addConstraint(_constraint(row, scale, variables), row.name)
    return problem, variables


def _constraint(row: Row, scale: float, variables: list[pulp.LpVariable]) -> pulp.LpConstraint:
    """Return the row for PuLP, scaled.

    A row bounded on both sides is an equality by construction.
    """
    scaled = (row.coefficients * scale).tolist()
    left = _expression(
        [
            (variables[column], coefficient)
            for column, coefficient in zip(row.columns.tolist(), scaled, strict=True)
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


def _positions(problem: pulp.LpProblem, variables: list[pulp.LpVariable]) -> NDArray[np.int32]:
    """Return the solver's column number of every variable; shape (columns,), int32."""
    if hasattr(problem, "exported_variables"):
        placed = {
            variable.id: position for position, variable in enumerate(problem.exported_variables())
        }
        return np.array([placed[variable.id] for variable in variables], dtype=np.int32)
    return np.array([variable.index for variable in variables], dtype=np.int32)
