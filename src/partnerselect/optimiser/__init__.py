"""The only place that speaks to a solver: a programme as plain data in, status and values out."""

from partnerselect.optimiser.program import FloatArray, Program, Row, Solution
from partnerselect.optimiser.solver import Model, as_pulp, solver_name

__all__ = ["FloatArray", "Model", "Program", "Row", "Solution", "as_pulp", "solver_name"]
