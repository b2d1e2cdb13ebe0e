"""One programme under many objectives: a branch and bound whose tree and bounds they all share.

Only the costs differ, so a node's rows and bounds hold for every objective, and so do the dual
values found for one of them: by weak duality any dual values bound any objective from below
(Geoffrion 1974, Lagrangean relaxation for integer programming, Mathematical Programming Study 2).
A node is searched only for the objectives it could still improve.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import highspy
import numpy as np

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.building import build
from partnerselect.optimiser.dual_bounds import DualBounds
from partnerselect.optimiser.program import Program
from partnerselect.optimiser.solver_thread import UnsettledError, run_to_an_end

Exclusions = Callable[[FloatArray], Sequence[tuple[FloatArray, float]]]
"""From a solution to rows: coefficients over the columns, and what they may come to at most."""
EQUAL = 1e-7
"""Solutions that differ by less are equally good."""
WHOLE = 1e-8
"""How far from whole a column may be."""
DUAL_TOLERANCE = 1e-9
HALF = 0.5
KEPT = 12
"""Dual values kept at a node, for the objectives that come later."""
SLOW = 0.9
"""A node at which a relaxation leaves more than this part of the objectives open is divided."""


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
        """Keep the objectives that something above the bounds may still improve."""
        kept = bounds < self.best[active] - EQUAL
        return active[kept], bounds[kept]


class ManyObjectives:
    """Minimises many objectives over one programme; what one round has learnt serves the next."""

    def __init__(
        self, program: Program, telling: IntArray, exclusions: Exclusions = lambda _: ()
    ) -> None:
        """Prepare.

        Args:
            program: columns and rows.
            telling: the columns that tell solutions apart and the only ones that cost anything.
            exclusions: rows that exclude a solution which is none after all; nothing where it is.
        """
        self._exclusions = exclusions
        built, self._telling = build(program, np.zeros(program.size)), telling
        self._lp, self._columns, self._scales, self._kept = (
            built.highs,
            built.columns,
            np.array(built.scales),
            built.kept,
        )
        kinds = np.array([highspy.HighsVarType.kContinuous] * program.size)
        self._lp.changeColsIntegrality(program.size, self._columns, kinds)
        self._lp.setOptionValue("presolve", "off")  # or nothing is left of the last basis
        self._lp.setOptionValue("dual_feasibility_tolerance", DUAL_TOLERANCE)
        self._bounds = DualBounds(program, telling)
        self._integer = np.array(program.integer)
        self._root = _Node(np.array(program.lower), np.array(program.upper))
        self._numbers: dict[bytes, int] = {}
        self.solutions: list[FloatArray] = []
        """Every solution seen, by number; shape (columns,) each."""

    def offer(self, solution: FloatArray) -> bool:
        """Add a solution known to be possible; tell whether it is new."""
        seen = len(self.solutions)
        return self.number(solution) == seen

    def number(self, solution: FloatArray) -> int:
        """Return the number of a solution known to be possible, added where it is new."""
        key = self._key(solution)
        if key not in self._numbers:
            self._numbers[key] = len(self.solutions)
            self.solutions.append(np.where(self._integer, np.round(solution), solution))
        return self._numbers[key]

    def _key(self, solution: FloatArray) -> bytes:
        """Return what tells a solution from all others."""
        return np.round(solution[self._telling]).astype(np.int8).tobytes()

    def gaps(self, costs: FloatArray) -> FloatArray:
        """Return by how much each objective could at most improve on the solutions seen.

        Costs (objectives, columns).
        """
        now, everything = self._round(costs), np.arange(len(costs))
        bounds = self._known_bounds(self._root, now, everything, np.full(len(costs), -np.inf))
        relaxed = None
        with suppress(UnsettledError):
            relaxed = self._relaxed(self._root, costs.mean(axis=0), np.inf)
        if relaxed is not None:
            self._keep(self._root, relaxed[1])
            bounds = np.maximum(
                bounds, self._bounds.of(relaxed[1], self._root.lower, self._root.upper, costs)
            )
        return now.best - bounds

    def best(
        self, costs: FloatArray, *, seconds: float = np.inf, stop: Callable[[], bool] = never
    ) -> IntArray | None:
        """Return for each objective the number of a best solution (to within `EQUAL`).

        Args:
            costs: shape (objectives, columns), minimised; at least one solution has been offered.
            seconds: time allowed.
            stop: asked between the steps; True gives up.

        Returns:
            Shape (objectives,); None where time was up or somebody stopped it.

        Raises:
            UnsettledError: a part of the choices could neither be relaxed nor divided further.
        """
        now = self._round(costs)
        try:
            self._search_all(now, time.perf_counter() + seconds, stop)
        except TimeoutError:
            return None
        return now.by

    def _fractions(self, values: FloatArray) -> FloatArray:
        return np.where(self._integer, np.abs(values - np.round(values)), 0.0)

    def _search_all(self, now: _Round, deadline: float, stop: Callable[[], bool]) -> None:
        """Search the tree until no objective can be improved.

        Raises TimeoutError where time is up or somebody stopped it.
        """
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

    def _known_bounds(
        self, node: _Node, now: _Round, active: IntArray, bounds: FloatArray
    ) -> FloatArray:
        """Raise the bounds of objectives by the dual values already kept at a node."""
        for duals in node.duals:
            open_ = np.flatnonzero(bounds < now.best[active] - EQUAL)
            if not len(open_):
                break
            bounds[open_] = np.maximum(
                bounds[open_],
                self._bounds.of(duals, node.lower, node.upper, now.costs[active[open_]]),
            )
        return bounds

    def _search(
        self, node: _Node, now: _Round, active: IntArray, bounds: FloatArray, deadline: float
    ) -> tuple[IntArray, FloatArray]:
        """Relax the node for objective after objective, until none can improve or it is divided."""
        while len(active):
            hardest = int(np.argmax(now.best[active] - bounds))
            try:
                relaxed = self._relaxed(node, now.costs[active[hardest]], deadline)
            except UnsettledError:
                node.halves = self._divided_unseen(node)
                break
            if relaxed is None:
                return active[:0], bounds[:0]
            values, duals = relaxed
            self._keep(node, duals)
            bounds = np.maximum(
                bounds, self._bounds.of(duals, node.lower, node.upper, now.costs[active])
            )
            fractions = self._fractions(values)
            if fractions.max() <= WHOLE and self._excluded(values):
                continue
            settled = bounds[hardest] >= now.best[active[hardest]] - EQUAL
            if fractions.max() <= WHOLE:
                self._found(now, values)
                bounds[hardest] = np.inf
            before = len(active)
            active, bounds = now.improvable(active, bounds)
            if fractions.max() > WHOLE and len(active) > (SLOW * before if settled else 0):
                node.halves = self._divided(node, int(fractions.argmax()), values)
                break
        return active, bounds

    def _found(self, now: _Round, values: FloatArray) -> None:
        """Remember a solution and give it to the objectives for which it is the best so far."""
        if self.offer(values):
            reached = now.costs @ self.solutions[-1]
            better = reached < now.best - EQUAL
            now.best[better], now.by[better] = reached[better], len(self.solutions) - 1

    def _excluded(self, values: FloatArray) -> bool:
        """Exclude a solution that is none after all, here and everywhere; tell whether it was."""
        rows = () if self._key(values) in self._numbers else self._exclusions(values)
        for coefficients, most in rows:
            named = np.flatnonzero(coefficients)
            terms = self._columns[named], coefficients[named]
            self._lp.addRow(-highspy.kHighsInf, most, len(named), *terms)
        return bool(rows)

    @staticmethod
    def _keep(node: _Node, duals: FloatArray) -> None:
        if len(node.duals) < KEPT:
            node.duals.append(duals)

    def _relaxed(
        self, node: _Node, costs: FloatArray, deadline: float
    ) -> tuple[FloatArray, FloatArray] | None:
        """Return values of the columns and dual values of the rows with fractions allowed.

        None where nothing is possible.
        """
        lp, size = self._lp, len(self._columns)
        lp.setOptionValue("time_limit", lp.getRunTime() + max(deadline - time.perf_counter(), 0.0))
        lp.changeColsCost(size, self._columns, costs)
        lp.changeColsBounds(size, self._columns, node.lower, node.upper)
        state = run_to_an_end(lp, lp.run)
        if state == "infeasible":
            return None
        if state == "stopped":
            raise TimeoutError  # its values may break rows, and a node not relaxed is not settled
        if state == "failed":
            raise UnsettledError
        solution = lp.getSolution()
        return np.asarray(solution.col_value)[self._columns], np.asarray(solution.row_dual)[
            : len(self._scales)
        ] * self._scales

    def _divided_unseen(self, node: _Node) -> tuple[_Node, _Node]:
        """Return the halves of a node that could not be relaxed, by the first column still open."""
        still_open = np.flatnonzero(self._integer & (node.lower < node.upper))
        if not len(still_open):
            raise UnsettledError
        column = int(still_open[0])
        return self._divided(node, column, (node.lower + node.upper) / 2)

    def _divided(self, node: _Node, column: int, values: FloatArray) -> tuple[_Node, _Node]:
        """Return the two halves of a node, the one to be searched first (the nearer) last."""
        below, above = (_Node(node.lower.copy(), node.upper.copy()) for _ in range(2))
        below.upper[column], above.lower[column] = np.floor(values[column]), np.ceil(values[column])
        for half in (below, above):
            self._bounds.tighten(half.lower, half.upper)
        is_nearer_above = values[column] - np.floor(values[column]) > HALF
        return (below, above) if is_nearer_above else (above, below)
