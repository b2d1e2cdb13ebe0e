"""The only place that speaks to a solver: a programme as plain data in, status and values out."""

from partnerselect.optimiser.attended import Attended, Listener, is_at_rest
from partnerselect.optimiser.building import as_pulp
from partnerselect.optimiser.many import ManyObjectives, never
from partnerselect.optimiser.program import Arrays, Block, Names, Program, Relaxation, Row, Solution
from partnerselect.optimiser.solver import Model, Underway, solver_name
from partnerselect.optimiser.status import UnsettledError

__all__ = [
    "Arrays",
    "Attended",
    "Block",
    "Listener",
    "ManyObjectives",
    "Model",
    "Names",
    "Program",
    "Relaxation",
    "Row",
    "Solution",
    "Underway",
    "UnsettledError",
    "as_pulp",
    "is_at_rest",
    "never",
    "solver_name",
]
