"""One programme under many objectives: a branch and bound whose tree and bounds they all share.

Only the costs differ, so a node's rows and bounds hold for every objective, and so do the dual
values found for one of them: by weak duality any dual values bound any objective from below
(Geoffrion 1974, Lagrangean relaxation for integer programming, Mathematical Programming Study 2).
A node is searched only for the objectives it could still improve.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.branching import Branching
from partnerselect.optimiser.building import relaxed
from partnerselect.optimiser.dual_bounds import CostParts, DualBounds, Prices
from partnerselect.optimiser.program import HALF, Program
from partnerselect.optimiser.solver_thread import UnsettledError, run_to_an_end

Exclusions = Callable[[FloatArray], Sequence[tuple[FloatArray, float]]]
"""From a solution to rows: coefficients over the columns, and what they may come to at most."""
EQUAL = 1e-7
"""Solutions that differ by less are equally good."""
WHOLE = 1e-8
"""How far from whole a column may be."""
DUAL_TOLERANCE = 1e-9
BELOW, ABOVE = 0, 1
KEPT = 12
"""Dual values kept at a node, for the objectives that come later."""
FEW, MANY = 2, 20
"""Objectives beyond which a node is relaxed for their mean first, and divided around a solution."""
BEYOND = 2.0
"""A half is worth no more than this many times what a bound lacked anywhere."""
SLOW = 0.7
"""A node at which a relaxation leaves more than this part of the objectives open is divided."""


def never() -> bool:
    """Go on."""
    return False


@dataclass
class _Node:
    """A place in the tree: what is known of it, and by which column it was divided."""

    prices: list[Prices] = field(default_factory=list)
    column: int = -1
    value: float = 0.0
    halves: tuple[_Node, _Node] | None = None
    """Below and above the value."""

    def divide(self, column: int, value: float) -> None:
        """Divide it into halves below and above a value of a column."""
        self.column, self.value, self.halves = column, value, (_Node(), _Node())


@dataclass
class _Part:
    """What is still to be searched at a node: columns within bounds, for some objectives."""

    node: _Node
    lower: FloatArray
    upper: FloatArray
    active: IntArray
    bounds: FloatArray
    """(active,)."""


@dataclass
class _Round:
    """The objectives being solved, the least that each has reached, and by which solution."""

    costs: FloatArray
    parts: CostParts
    best: FloatArray
    by: IntArray

    def room(self, part: _Part) -> FloatArray:
        """Return what something better may lie above an objective's bound; (active,)."""
        return np.asarray(self.best[part.active] - EQUAL - part.bounds)

    def keep_improvable(self, part: _Part) -> None:
        """Keep the objectives that something above the bounds may still improve."""
        kept = self.room(part) > 0
        part.active, part.bounds = part.active[kept], part.bounds[kept]


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
        self._exclusions, self._telling = exclusions, telling
        built = relaxed(program, np.zeros(program.size))
        self._lp, self._columns, self._scales, self._kept = (
            built.highs,
            built.columns,
            np.array(built.scales),
            built.kept,
        )
        self._lp.setOptionValue("dual_feasibility_tolerance", DUAL_TOLERANCE)
        self._bounds, self._branching = DualBounds(program, telling), Branching(program.size)
        self._integer = np.array(program.integer)
        self._root, self._most = _Node(), 0.0
        self._lower, self._upper = np.array(program.lower), np.array(program.upper)
        self._bounds.tighten(self._lower, self._upper)
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
        todo = [self._whole(now)]
        while todo:
            if stop() or time.perf_counter() >= deadline:
                raise TimeoutError
            part = todo.pop()
            now.keep_improvable(part)
            for prices in part.node.prices:
                if not len(part.active):
                    break
                self._raise(part, now, prices)
            if part.node.halves is None:
                self._search(part, now, deadline)
            if part.node.halves is not None and len(part.active):
                todo += self._halves(part, part.node.halves)

    def _round(self, costs: FloatArray) -> _Round:
        values = costs @ np.array(self.solutions).T
        by = values.argmin(axis=1)
        return _Round(costs, self._bounds.parts(costs), values[np.arange(len(costs)), by], by)

    def _whole(self, now: _Round) -> _Part:
        count = len(now.costs)
        bounds = np.full(count, -np.inf)
        return _Part(self._root, self._lower.copy(), self._upper.copy(), np.arange(count), bounds)

    def _raise(self, part: _Part, now: _Round, prices: Prices) -> None:
        """Raise the bounds of a part's objectives, and hold columns that can improve none."""
        reduced = self._bounds.reduced(prices, part.lower, part.upper, now.parts, part.active)
        part.bounds = np.maximum(part.bounds, reduced.bounds)
        is_open = now.room(part) > 0
        if is_open.any():
            room = np.where(is_open, now.best[part.active] - EQUAL - reduced.bounds, -np.inf)
            self._bounds.hold(reduced, room, part.lower, part.upper)
        part.active, part.bounds = part.active[is_open], part.bounds[is_open]

    def _search(self, part: _Part, now: _Round, deadline: float) -> None:
        """Relax a part for objective after objective, until none can improve or it is divided.

        First for all of them together: where their mean is open, one of them is.
        """
        together = len(part.active) > FEW
        while len(part.active):
            hardest = int(part.active[np.argmax(now.room(part))])
            objectives = part.active if together else np.array([hardest])
            costs, best = now.costs[objectives].mean(axis=0), float(now.best[objectives].mean())
            try:
                relaxed = self._relaxed(part.lower, part.upper, costs, deadline)
            except UnsettledError:
                self._divide_unseen(part)
                return
            if relaxed is None:
                part.active, part.bounds = part.active[:0], part.bounds[:0]
                return
            values, prices = relaxed
            self._keep(part.node, prices)
            is_whole, before = self._fractions(values).max() <= WHOLE, len(part.active)
            if is_whole and self._excluded(values):
                continue
            if is_whole:
                self._found(now, values)
                part.bounds[np.isin(part.active, objectives) & (not together)] = np.inf
            self._raise(part, now, prices)
            lacking = best - EQUAL - float(costs @ values)
            left = len(part.active)
            if left and not is_whole and (lacking > 0 or left > SLOW * before):
                self._divide(part, costs, values, lacking, deadline)
                return
            if is_whole and left > max(SLOW * before, MANY) and self._isolated(part, values):
                return
            together = False

    def _isolated(self, part: _Part, values: FloatArray) -> bool:
        """Divide a part by a column of a solution in it; tell whether one is open.

        Beside the best choice itself, each objective is closed by dual values of its own only; the
        parts without one of its columns are closed for all together.
        """
        is_open = self._integer & (part.lower < part.upper) & (values > HALF)
        named = self._telling[is_open[self._telling]]
        if len(named):
            part.node.divide(self._branching.dearest(named), HALF)
        return bool(len(named))

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
    def _keep(node: _Node, prices: Prices) -> None:
        if len(node.prices) < KEPT:
            node.prices.append(prices)

    def _relaxed(
        self, lower: FloatArray, upper: FloatArray, costs: FloatArray, deadline: float
    ) -> tuple[FloatArray, Prices] | None:
        """Return values of the columns and prices of the rows with fractions allowed.

        None where nothing is possible.
        """
        lp, size = self._lp, len(self._columns)
        lp.setOptionValue("time_limit", lp.getRunTime() + max(deadline - time.perf_counter(), 0.0))
        lp.changeColsCost(size, self._columns, costs)
        lp.changeColsBounds(size, self._columns, lower, upper)
        state = run_to_an_end(lp, lp.run)
        if state == "infeasible":
            return None
        if state == "stopped":
            raise TimeoutError  # its values may break rows, and a node not relaxed is not settled
        if state == "failed":
            raise UnsettledError
        solution = lp.getSolution()
        duals = np.asarray(solution.row_dual)[: len(self._scales)] * self._scales
        return np.asarray(solution.col_value)[self._columns], self._bounds.prices(duals)

    def _divide_unseen(self, part: _Part) -> None:
        """Divide a part that could not be relaxed, by the first column still open."""
        still_open = np.flatnonzero(self._integer & (part.lower < part.upper))
        if not len(still_open):
            raise UnsettledError
        column = int(still_open[0])
        part.node.divide(column, float(part.lower[column] + part.upper[column]) / 2)

    def _divide(
        self,
        part: _Part,
        costs: FloatArray,
        values: FloatArray,
        lacking: float,
        deadline: float,
    ) -> None:
        """Divide a part by the column that helps most; `lacking` is by how much its bound fails."""
        self._most = max(self._most, BEYOND * lacking, EQUAL)
        basis, reached = self._lp.getBasis(), float(costs @ values)

        def tried(column: int) -> tuple[float, float] | None:
            gains = [self._most, self._most]
            for side, (lower, upper) in self._boxes(part, column, float(values[column])).items():
                self._lp.setBasis(basis)
                try:
                    relaxed = self._relaxed(lower, upper, costs, deadline)
                except UnsettledError:
                    return None
                if relaxed is not None:
                    gains[side] = float(np.clip(costs @ relaxed[0] - reached, 0.0, self._most))
            return gains[BELOW], gains[ABOVE]

        column = self._branching.column(values, self._fractions(values), tried)
        part.node.divide(column, float(values[column]))

    def _boxes(
        self, part: _Part, column: int, value: float
    ) -> dict[int, tuple[FloatArray, FloatArray]]:
        """Return the bounds of the halves, below and above a value, of which anything is left."""
        boxes = {side: (part.lower.copy(), part.upper.copy()) for side in (BELOW, ABOVE)}
        below, above = boxes[BELOW][1], boxes[ABOVE][0]
        below[column] = min(below[column], np.floor(value))
        above[column] = max(above[column], np.ceil(value))
        for lower, upper in boxes.values():
            self._bounds.tighten(lower, upper)
        return {
            side: (lower, upper) for side, (lower, upper) in boxes.items() if (lower <= upper).all()
        }

    def _halves(self, part: _Part, halves: tuple[_Node, _Node]) -> list[_Part]:
        """Return the halves of a part, the one to be searched first (the nearer) last."""
        value = part.node.value
        boxes = self._boxes(part, part.node.column, value)
        parts = [
            _Part(halves[side], lower, upper, part.active, part.bounds)
            for side, (lower, upper) in boxes.items()
        ]
        return parts if value - np.floor(value) > HALF else parts[::-1]
