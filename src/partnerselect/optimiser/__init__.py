"""The only place that speaks to a solver: a programme as plain data in, status and values out."""

from partnerselect.optimiser.building import as_pulp
from partnerselect.optimiser.many_objectives import ManyObjectives, never
from partnerselect.optimiser.model import Model, PendingSolve, solver_name
from partnerselect.optimiser.program import Arrays, Block, Names, Program, Relaxation, Row, Solution
from partnerselect.optimiser.solver_thread import Listener, SolverThread, is_at_rest
from partnerselect.optimiser.status import UnsettledError

__all__ = [
    "Arrays",
    "Block",
    "Listener",
    "ManyObjectives",
    "Model",
    "Names",
    "PendingSolve",
    "Program",
    "Relaxation",
    "Row",
    "Solution",
    "SolverThread",
    "UnsettledError",
    "as_pulp",
    "is_at_rest",
    "never",
    "solver_name",
]
