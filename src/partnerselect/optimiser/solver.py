"""The one door to a solver: build a programme once through PuLP, then solve it as often as needed with HiGHS.

PuLP rebuilds the solver's model at every solve, so the model it built is kept here and changed in place: costs,
bounds and rows. Differences between PuLP 3.3 and 4 stand in `_expression` and `_positions`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from partnerselect.errors import FailureError
from partnerselect.optimiser.program import FloatArray, Program, Row, Solution, State

ABSOLUTE_GAP = 1e-6
INTEGRALITY = 1e-9
"""How far from whole a binary may be: at the usual 1e-6 a budget of £100,000 could be overspent by ten pence."""
NO_AGGREGATOR = 1 << 12
"""HiGHS 1.15.1 presolves with its aggregator to lost optima and false "infeasible" (3 of 31,000 small programmes; none without, and no slower)."""
AGGREGATOR = 1 << 12
"""The presolve rule left out: with it HiGHS 1.15.1 loses optima and calls solvable programmes infeasible (docs/decisions/0004)."""
LARGE = 1_000.0
"""Coefficients beyond this are scaled down with their row: sums of money in the hundred thousands break tolerances, and the solver."""
SMALL = 5_000
"""Columns up to which restarts, symmetry detection and feasibility jump cost more than they bring (measured: twice as fast without)."""
STATES: dict[Any, State] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kTimeLimit: "stopped",
    highspy.HighsModelStatus.kInterrupt: "stopped",
    highspy.HighsModelStatus.kSolutionLimit: "stopped",
}


def solver_name() -> str:
    """Return the solver and its version."""
    return f"HiGHS {version('highspy')}"


class Model:
    """A programme in the solver's memory."""

    def __init__(self, program: Program, objective: FloatArray, *, offset: float = 0.0) -> None:
        """Build the programme once.

        Args:
            program: columns and rows.
            objective: shape (columns,), minimised.
            offset: a constant added to the objective.
        """
        self._problem, self._variables = as_pulp(program, objective)
        solver = pulp.HiGHS(msg=False, threads=1, **_options(program))
        solver.createAndConfigureSolver(self._problem)
        solver.buildSolverModel(self._problem)
        self._highs: Any = self._problem.solverModel
        self._highs.setOptionValue("output_flag", False)
        self._highs.changeObjectiveOffset(offset)
        self._column = _positions(self._problem, self._variables)
        self._is_mip = any(program.integer)
        self._scales = [_scale(row.coefficients) for row in program.rows]

    def set_objective(self, objective: FloatArray, *, offset: float = 0.0) -> None:
        """Replace the objective; shape (columns,), minimised."""
        self._highs.changeColsCost(len(self._column), self._column, np.asarray(objective, dtype=float))
        self._highs.changeObjectiveOffset(offset)

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        """Change the bounds of a row by its number."""
        scale = self._scales[row]
        self._highs.changeRowBounds(row, _finite(lower * scale), _finite(upper * scale))

    def set_column_bounds(self, columns: Iterable[int], lower: float, upper: float) -> None:
        """Give all these columns the same bounds."""
        for column in columns:
            self._highs.changeColBounds(int(self._column[column]), _finite(lower), _finite(upper))

    def add_row(self, coefficients: FloatArray, *, lower: float = -np.inf, upper: float = np.inf) -> int:
        """Add a row over all columns and return its number; shape (columns,)."""
        columns, scale = np.flatnonzero(coefficients), _scale(coefficients)
        self._highs.addRow(_finite(lower * scale), _finite(upper * scale), len(columns), self._column[columns], coefficients[columns] * scale)
        self._scales.append(scale)
        return len(self._scales) - 1

    def solve(self, *, time_limit: float = 1e9, gap: float = 0.0, start: FloatArray | None = None) -> Solution:
        """Solve, from a start where one is given (shape (columns,)).

        Raises:
            FailureError: the solver broke down.
        """
        begun = time.perf_counter()
        # HiGHS counts its time limit over all runs of a linear programme, and anew in each run of one with integers (1.15 and 1.16).
        already_run = 0.0 if self._is_mip else self._highs.getRunTime()
        self._highs.setOptionValue("time_limit", already_run + max(float(time_limit), 0.0))
        self._highs.setOptionValue("mip_rel_gap", float(gap))
        if start is not None:
            self._offer(start)
        self._highs.run()
        return self._solution(time.perf_counter() - begun)

    def relaxed_bound(self) -> float:
        """Return a bound that no solution can lie below (we minimise): the optimum with fractions allowed; inf where even that is infeasible."""
        self._highs.setOptionValue("solve_relaxation", True)
        try:
            self._highs.run()
            status = self._highs.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                return np.inf
            return float(self._highs.getInfo().objective_function_value) if status == highspy.HighsModelStatus.kOptimal else -np.inf
        finally:
            self._highs.setOptionValue("solve_relaxation", False)

    def _offer(self, start: FloatArray) -> None:
        solution = highspy.HighsSolution()
        values = np.zeros(len(start))
        values[self._column] = start
        solution.col_value = values.tolist()
        self._highs.setSolution(solution)

    def _solution(self, seconds: float) -> Solution:
        status = self._highs.getModelStatus()
        state = STATES.get(status)
        if state is None and status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            state = "infeasible"  # every column we build is bounded
        if state is None:
            raise FailureError(f"the solver stopped without an answer ({self._highs.modelStatusToString(status)})")
        info = self._highs.getInfo()
        found = state != "infeasible" and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        objective = float(info.objective_function_value) if found else None
        has_bound = self._is_mip and np.isfinite(info.mip_dual_bound)
        bound = float(info.mip_dual_bound) if has_bound else objective if objective is not None and state == "optimal" else -np.inf
        values = np.asarray(self._highs.getSolution().col_value, dtype=float)[self._column] if found else None
        return Solution(state, values, objective, bound, seconds)


def _options(program: Program) -> dict[str, Any]:
    precise = {
        "mip_abs_gap": ABSOLUTE_GAP,
        "mip_feasibility_tolerance": INTEGRALITY,
        "primal_feasibility_tolerance": INTEGRALITY,
        "presolve_rule_off": AGGREGATOR,
        "mip_rel_gap": 0.0,
    }
    exact = {**precise, "presolve_rule_off": NO_AGGREGATOR, "random_seed": 0}
    lean = {"mip_heuristic_run_feasibility_jump": False, "mip_detect_symmetry": False, "mip_allow_restart": False}
    return {**exact, **lean} if program.size <= SMALL else exact


def _scale(coefficients: FloatArray) -> float:
    """Return the power of two that brings a row's largest coefficient down to LARGE; 1 where it is smaller."""
    largest = float(np.abs(coefficients).max(initial=0.0))
    return float(2.0 ** -np.ceil(np.log2(largest / LARGE))) if largest > LARGE else 1.0


def _finite(bound: float) -> float:
    return float(np.clip(bound, -highspy.kHighsInf, highspy.kHighsInf))


def as_pulp(program: Program, objective: FloatArray) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Return the programme as a PuLP problem (to be minimised) and its variables in column order."""
    problem = pulp.LpProblem("partnerselect", pulp.LpMinimize)
    variables = [
        problem.add_variable(name, None if lower == -np.inf else lower, None if upper == np.inf else upper, "Integer" if integer else "Continuous")
        for name, lower, upper, integer in zip(program.names, program.lower, program.upper, program.integer, strict=True)
    ]
    problem.setObjective(_expression([(variable, float(cost)) for variable, cost in zip(variables, objective, strict=True)]))
    for row in program.rows:
        problem.addConstraint(_constraint(row, variables), row.name)
    return problem, variables


def _constraint(row: Row, variables: list[pulp.LpVariable]) -> pulp.LpConstraint:
    """Return the row for PuLP, scaled; a row bounded on both sides is an equality by construction."""
    scale = _scale(row.coefficients)
    left = _expression([(variables[column], float(coefficient * scale)) for column, coefficient in zip(row.columns, row.coefficients, strict=True)])
    if row.lower == row.upper:
        return left == row.lower * scale
    return left >= row.lower * scale if row.upper == np.inf else left <= row.upper * scale


def _expression(pairs: list[tuple[pulp.LpVariable, float]]) -> pulp.LpAffineExpression:
    """Return Σ coefficient · variable: built in one batch, in the way each major version of PuLP offers."""
    if hasattr(pulp, "lpSum_vars_coefs"):
        return pulp.lpSum_vars_coefs(pairs)
    return pulp.LpAffineExpression(pairs)


def _positions(problem: pulp.LpProblem, variables: list[pulp.LpVariable]) -> NDArray[np.int32]:
    """Return the solver's column number of every variable; shape (columns,), int32."""
    if hasattr(problem, "exported_variables"):
        placed = {variable.id: position for position, variable in enumerate(problem.exported_variables())}
        return np.array([placed[variable.id] for variable in variables], dtype=np.int32)
    return np.array([variable.index for variable in variables], dtype=np.int32)
