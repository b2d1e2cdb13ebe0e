"""Every way to set some columns that a programme allows at no more than a cost.

Depth first over the relaxation, each solved from the basis of the one before. A part of the choices
is left once its bound lies above the cost; within it, columns are held whose reduced cost is more
than what lies between (Nemhauser & Wolsey 1988, Integer and Combinatorial Optimization, II.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import highspy
import numpy as np

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.building import relaxed
from partnerselect.optimiser.dual_bounds import DualBounds
from partnerselect.optimiser.program import Program, room_above
from partnerselect.optimiser.solver_thread import run_to_an_end

WHOLE = 1e-6
"""How far from whole a column may be."""
TOLERANCE = 1e-9


@dataclass
class _Part:
    """Choices within bounds, and what the relaxation of a part around them came to."""

    lower: FloatArray
    upper: FloatArray
    relaxed: FloatArray | None = None
    """Values of the columns that are the best of this part as well."""


class Enumeration:
    """The relaxation of one programme, walked through for what costs little."""

    def __init__(
        self,
        program: Program,
        costs: FloatArray,
        telling: IntArray,
        around: FloatArray,
        floor: tuple[FloatArray, float] | None = None,
    ) -> None:
        """Prepare.

        Args:
            program: columns and rows.
            costs: (columns,), minimised.
            telling: the columns, all binary, that tell solutions apart.
            around: values of the columns near which is looked first; (columns,).
            floor: one more row, coefficients over the columns and its lower bound.
        """
        built = relaxed(program, costs)
        self._lp, self._columns, self._kept = built.highs, built.columns, built.kept
        self._telling, self._program, self._around = telling, program, around
        for end in ("primal", "dual"):
            self._lp.setOptionValue(f"{end}_feasibility_tolerance", TOLERANCE)
        if floor is not None:
            named = np.flatnonzero(floor[0])
            terms = self._columns[named], floor[0][named]
            self._lp.addRow(floor[1], highspy.kHighsInf, len(named), *terms)
        self._bounds = DualBounds(program, telling)

    def within(self, most: float, time_left: Callable[[], float]) -> Iterator[FloatArray]:
        """Yield every setting of the telling columns that costs no more, as (columns,).

        Whoever takes one has to check it: the columns that do not tell may be fractions. Ends early
        once no seconds are left.
        """
        todo = [_Part(np.array(self._program.lower), np.array(self._program.upper))]
        while todo and (seconds := time_left()) > 0:
            self._lp.setOptionValue("time_limit", self._lp.getRunTime() + seconds)
            part = todo.pop()
            if part.relaxed is None and not self._relax(part, most):
                continue
            still_open = self._telling[part.lower[self._telling] < part.upper[self._telling]]
            if len(still_open):
                todo += self._divided(part, still_open)
            else:
                yield part.lower

    def _relax(self, part: _Part, most: float) -> bool:
        """Relax a part and hold what can only cost more; tell whether anything is left of it."""
        self._lp.changeColsBounds(len(self._columns), self._columns, part.lower, part.upper)
        state = run_to_an_end(self._lp, self._lp.run)
        if state != "optimal":
            return state != "infeasible"  # not relaxed: divided unseen, and checked at its end
        reached = self._lp.getInfo().objective_function_value
        room = room_above(reached, most)
        if room < 0:
            return False
        solution = self._lp.getSolution()
        values = np.asarray(solution.col_value)[self._columns]
        costs = np.asarray(solution.col_dual)[self._columns]
        held = np.zeros(len(values), dtype=bool)
        held[self._telling] = np.abs(costs[self._telling]) > room
        down, up = held & (costs > 0), held & (costs < 0)
        part.upper[down], part.lower[up] = part.lower[down], part.upper[up]
        self._bounds.tighten(part.lower, part.upper)
        part.relaxed = values
        return True

    def _divided(self, part: _Part, still_open: IntArray) -> list[_Part]:
        """Return the two halves of a part, the one to be searched first last."""
        values = (part.lower + part.upper) / 2 if part.relaxed is None else part.relaxed
        fractions = np.abs(values[still_open] - np.round(values[still_open]))
        if fractions.max() > WHOLE:
            column = int(still_open[fractions.argmax()])
        else:
            column = int(still_open[values[still_open].argmax()])
        halves = []
        for figure in (0.0, 1.0):
            half = _Part(part.lower.copy(), part.upper.copy())
            half.lower[column] = half.upper[column] = figure
            self._bounds.tighten(half.lower, half.upper)
            if (half.lower > half.upper).any():
                continue
            if part.relaxed is not None and self._stands(part.relaxed, half):
                half.relaxed = part.relaxed
            halves.append(half)
        return halves if self._around[column] > 1 / 2 else halves[::-1]

    @staticmethod
    def _stands(values: FloatArray, half: _Part) -> bool:
        within = (values >= half.lower - WHOLE) & (values <= half.upper + WHOLE)
        return bool(within.all())
