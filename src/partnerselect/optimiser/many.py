"""One programme under many objectives: a branch and bound whose tree, relaxations and bounds all objectives share.

Only the costs differ, so a node's rows and bounds hold for every objective, and so do the dual values found for one of
them: by weak duality any dual values bound any objective from below (Geoffrion 1974, Lagrangean relaxation for integer
programming, Mathematical Programming Study 2). A node is searched only for the objectives it could still improve.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from partnerselect.errors import FailureError
from partnerselect.optimiser.building import build
from partnerselect.optimiser.program import FloatArray, Program

IntArray = NDArray[np.intp]
EQUAL = 1e-7
"""Solutions that differ by less are equally good."""
WHOLE = 1e-8
"""How far from whole a column may be."""
DUAL_TOLERANCE = 1e-9
KEPT = 6
"""Dual values kept at a node, for the objectives that come later."""


def never() -> bool:
    """Go on."""
    return False


@dataclass
class _Node:
    """A part of the choices: columns within bounds, in two halves once it was divided."""

    lower: FloatArray
    upper: FloatArray
    duals: list[FloatArray] = field(default_factory=list)
    halves: tuple[_Node, _Node] | None = None


@dataclass
class _Round:
    """The objectives being solved, the least that each has reached, and by which solution."""

    costs: FloatArray
    best: FloatArray
    by: IntArray

    def improvable(self, active: IntArray, bounds: FloatArray) -> tuple[IntArray, FloatArray]:
        """Keep the objectives for which something better than what they have may lie above the bounds."""
        kept = bounds < self.best[active] - EQUAL
        return active[kept], bounds[kept]


class ManyObjectives:
    """Minimises many objectives over one programme; what one round has learnt serves the next."""

    def __init__(self, program: Program, telling: IntArray) -> None:
        """Prepare; `telling` are the columns that tell solutions apart and the only ones that cost anything."""
        built, self._telling = build(program, np.zeros(program.size)), telling
        self._lp, self._columns, self._scales, self._kept = built.highs, built.columns, np.array(built.scales), built.kept
        kinds = np.array([highspy.HighsVarType.kContinuous] * program.size)
        self._lp.changeColsIntegrality(program.size, self._columns, kinds)
        self._lp.setOptionValue("presolve", "off")  # or nothing is left of the last basis
        self._lp.setOptionValue("dual_feasibility_tolerance", DUAL_TOLERANCE)
        self._bounds = DualBounds(program)
        self._integer = np.array(program.integer)
        self._root = _Node(np.array(program.lower), np.array(program.upper))
        self._numbers: dict[bytes, int] = {}
        self.solutions: list[FloatArray] = []
        """Every solution seen, by number; shape (columns,) each."""

    def offer(self, solution: FloatArray) -> bool:
        """Add a solution known to be possible; tell whether it is new."""
        whole = np.where(self._integer, np.round(solution), solution)
        key = whole[self._telling].astype(np.int8).tobytes()
        if key in self._numbers:
            return False
        self._numbers[key] = len(self.solutions)
        self.solutions.append(whole)
        return True

    def gaps(self, costs: FloatArray) -> FloatArray:
        """Return by how much each objective could at most improve on the solutions seen; costs (objectives, columns)."""
        now, everything = self._round(costs), np.arange(len(costs))
        bounds = self._known_bounds(self._root, now, everything, np.full(len(costs), -np.inf))
        relaxed = self._relaxed(self._root, costs.mean(axis=0), np.inf)
        if relaxed is not None:
            self._keep(self._root, relaxed[1])
            bounds = np.maximum(bounds, self._bounds.of(relaxed[1], self._root.lower, self._root.upper, costs))
        return now.best - bounds

    def best(self, costs: FloatArray, *, seconds: float = np.inf, stop: Callable[[], bool] = never) -> IntArray | None:
        """Return the number of a solution than which none is better by more than `EQUAL`, for each objective.

        Args:
            costs: shape (objectives, columns), minimised; at least one solution has been offered.
            seconds: time allowed.
            stop: asked between the steps; True gives up.

        Returns:
            Shape (objectives,); None where time was up or somebody stopped it.

        Raises:
            FailureError: the solver broke down.
        """
        now = self._round(costs)
        try:
            self._search_all(now, time.perf_counter() + seconds, stop)
        except TimeoutError:
            return None
        return now.by

    def _search_all(self, now: _Round, deadline: float, stop: Callable[[], bool]) -> None:
        """Search the tree until no objective can be improved; raises TimeoutError where time is up or somebody stopped it."""
        todo = [(self._root, np.arange(len(now.costs)), np.full(len(now.costs), -np.inf))]
        while todo:
            if stop() or time.perf_counter() >= deadline:
                raise TimeoutError
            node, active, bounds = todo.pop()
            active, bounds = now.improvable(active, bounds)
            active, bounds = now.improvable(active, self._known_bounds(node, now, active, bounds))
            if node.halves is None:
                active, bounds = self._search(node, now, active, bounds, deadline)
            if node.halves is not None and len(active):
                todo += [(half, active, bounds) for half in node.halves]

    def _round(self, costs: FloatArray) -> _Round:
        values = costs @ np.array(self.solutions).T
        by = values.argmin(axis=1)
        return _Round(costs, values[np.arange(len(costs)), by], by)

    def _known_bounds(self, node: _Node, now: _Round, active: IntArray, bounds: FloatArray) -> FloatArray:
        """Raise the bounds of objectives by the dual values already kept at a node."""
        for duals in node.duals:
            open_ = np.flatnonzero(bounds < now.best[active] - EQUAL)
            if not len(open_):
                break
            bounds[open_] = np.maximum(bounds[open_], self._bounds.of(duals, node.lower, node.upper, now.costs[active[open_]]))
        return bounds

    def _search(self, node: _Node, now: _Round, active: IntArray, bounds: FloatArray, deadline: float) -> tuple[IntArray, FloatArray]:
        """Relax the node for one objective after another, until none can improve here or a fraction divides it."""
        while len(active):
            hardest = int(np.argmax(now.best[active] - bounds))
            relaxed = self._relaxed(node, now.costs[active[hardest]], deadline)
            if relaxed is None:
                return active[:0], bounds[:0]
            values, duals = relaxed
            self._keep(node, duals)
            bounds = np.maximum(bounds, self._bounds.of(duals, node.lower, node.upper, now.costs[active]))
            fractions = np.where(self._integer, np.abs(values - np.round(values)), 0.0)
            if fractions.max() <= WHOLE:
                self._found(now, values)
                bounds[hardest] = np.inf
            elif bounds[hardest] < now.best[active[hardest]] - EQUAL:
                node.halves = _divided(node, int(fractions.argmax()), values)
                return now.improvable(active, bounds)
            active, bounds = now.improvable(active, bounds)
        return active, bounds

    def _found(self, now: _Round, values: FloatArray) -> None:
        """Remember a solution and give it to the objectives for which it is the best so far."""
        if self.offer(values):
            reached = now.costs @ self.solutions[-1]
            better = reached < now.best - EQUAL
            now.best[better], now.by[better] = reached[better], len(self.solutions) - 1

    @staticmethod
    def _keep(node: _Node, duals: FloatArray) -> None:
        if len(node.duals) < KEPT:
            node.duals.append(duals)

    def _relaxed(self, node: _Node, costs: FloatArray, deadline: float) -> tuple[FloatArray, FloatArray] | None:
        """Return values of the columns and dual values of the rows with fractions allowed; None where nothing is possible."""
        lp, size = self._lp, len(self._columns)
        lp.setOptionValue("time_limit", lp.getRunTime() + max(deadline - time.perf_counter(), 0.0))
        lp.changeColsCost(size, self._columns, costs)
        lp.changeColsBounds(size, self._columns, node.lower, node.upper)
        lp.run()
        status = lp.getModelStatus()
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        solution = lp.getSolution()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise TimeoutError  # its values may break rows, and a node not relaxed is not settled
        if status != highspy.HighsModelStatus.kOptimal:
            raise FailureError(f"the solver stopped without an answer ({lp.modelStatusToString(status)})")
        return np.asarray(solution.col_value)[self._columns], np.asarray(solution.row_dual) * self._scales


def _divided(node: _Node, column: int, values: FloatArray) -> tuple[_Node, _Node]:
    """Return the two halves of a node, the one nearer to what a relaxation prefers last, to be searched first."""
    lower, upper = node.lower.copy(), node.upper.copy()
    lower[column], upper[column] = np.ceil(values[column]), np.floor(values[column])
    below, above = _Node(node.lower, upper), _Node(lower, node.upper)
    return (below, above) if values[column] - np.floor(values[column]) > 0.5 else (above, below)  # noqa: PLR2004 - upwards is nearer


class DualBounds:
    """Bounds from below that dual values of the rows give to any objective."""

    def __init__(self, program: Program) -> None:
        rows, self._size = program.rows, program.size
        self._lower, self._upper = np.array([row.lower for row in rows]), np.array([row.upper for row in rows])
        lengths = [len(row.columns) for row in rows]
        self._row = np.repeat(np.arange(len(rows)), lengths)
        self._column = np.concatenate([np.empty(0, dtype=np.intp), *(row.columns for row in rows)])
        self._coefficient = np.concatenate([np.empty(0), *(row.coefficients for row in rows)])
        self._choices = [
            (row.columns[row.coefficients > 0], int(row.columns[row.coefficients < 0][0]))
            for row in rows
            if row.lower == row.upper == 0 and (np.abs(row.coefficients) == 1).all() and np.count_nonzero(row.coefficients < 0) == 1
        ]
        """Rows Σ choices − one = 0: the columns of the choices, and that one."""

    def of(self, duals: FloatArray, lower: FloatArray, upper: FloatArray, costs: FloatArray) -> FloatArray:
        """Return what no solution within the columns' bounds can lie below, for each objective; shape (objectives,).

        Σ dual · row bound + Σ min over the column's bounds of (reduced cost · column), for any dual values whose sign
        meets a finite row bound; those of the rows Σ choices = one are moved, objective by objective, to where the bound is highest.
        """
        up, down = np.where(np.isfinite(self._lower), np.maximum(duals, 0.0), 0.0), np.where(np.isfinite(self._upper), np.minimum(duals, 0.0), 0.0)
        constant = float(up[up > 0] @ self._lower[up > 0] + down[down < 0] @ self._upper[down < 0])
        priced = np.bincount(self._column, weights=self._coefficient * (up + down)[self._row], minlength=self._size)
        reduced = costs - priced
        for choices, one in self._choices:
            self._move(reduced, lower, upper, choices, one)
        return constant + np.maximum(reduced, 0.0) @ lower + np.minimum(reduced, 0.0) @ upper

    @staticmethod
    def _move(reduced: FloatArray, lower: FloatArray, upper: FloatArray, choices: IntArray, one: int) -> None:
        """Take from every choice what the cheapest of them costs, and add it to the one that they stand for."""
        free = choices[upper[choices] > lower[choices]]
        decided = bool((lower[choices] > 0).any())
        if not len(free):
            if decided:
                return
            by = -reduced[:, one]
        else:
            by = reduced[:, free].min(axis=1)
            if decided and lower[one] < upper[one]:
                by = np.minimum(by, -reduced[:, one])
        reduced[:, choices] -= by[:, None]
        reduced[:, one] += by
