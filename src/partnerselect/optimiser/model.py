"""The one door to a solver: build a programme once, then solve it as often as needed with HiGHS.

PuLP rebuilds the solver's model at every solve, so the model it built is kept here and changed in
place: costs, bounds and rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.optimiser.building import ABSOLUTE_GAP, build, row_scale
from partnerselect.optimiser.program import (
    HALF,
    INFEASIBLE,
    Arrays,
    Program,
    Relaxation,
    Solution,
    room_above,
)
from partnerselect.optimiser.relaxation_cache import (
    MirroringSolver,
    RelaxationCache,
    Screening,
    are_finite,
    relaxation_of,
)
from partnerselect.optimiser.solver_thread import (
    DetachedSolver,
    Incumbent,
    Listener,
    SolverThread,
    attempts,
    options,
    state_of,
)

SCREENED = 5_000
"""Columns up to which relaxing a programme first takes little of the time that it may save."""
HEURISTICS = tuple(f"mip_heuristic_run_{name}" for name in ("rins", "rens", "root_reduced_cost"))
"""Of the solver, each a programme of its own: in small cases they cost more than they find once a
good solution is known."""
NOT_ASKED = Solution("stopped", None, None, -np.inf, 0.0)


def solver_name() -> str:
    """Return the solver and its version."""
    return f"HiGHS {version('highspy')}"


class Model:
    """A programme in the solver's memory.

    A solve that is listened to can be stopped at any moment. If the solver does not look up in time
    it is abandoned: the best it had found is returned, and the model answers "stopped" from then
    on.
    """

    def __init__(
        self, program: Program | Arrays, objective: FloatArray, *, offset: float = 0.0
    ) -> None:
        """Build the programme once.

        Args:
            program: columns and rows.
            objective: shape (columns,), minimised.
            offset: a constant added to the objective.
        """
        built = build(program, objective)
        self._highs: Any = MirroringSolver(built.highs)
        self._column, self._scales, self._kept = built.columns, list(built.scales), built.kept
        self._sums: dict[tuple[int, ...], int] = {}
        self._program = program
        self._is_screened = isinstance(program, Program) and program.size <= SCREENED
        self._row = list(range(program.height))
        self._highs.changeObjectiveOffset(offset)
        self._is_mip = any(program.integer)
        self._is_finite = are_finite(objective)
        self._known: FloatArray | None = None
        """The last solution found, in the solver's order of columns."""

    @property
    def is_abandoned(self) -> bool:
        """Whether the solver was left to itself, and nothing more can be asked of this model."""
        return isinstance(self._highs, DetachedSolver)

    @property
    def has_known(self) -> bool:
        """Whether a solution found before is looked at before the solver is asked."""
        return self._known is not None and self._is_screened and self._is_mip and self._is_finite

    def begin_anew(self, program: Program) -> bool:
        """Undo what was done for questions where this very programme is in memory; else False.

        Its objective is then 0.
        """
        if self.is_abandoned or program is not self._program:
            return False
        arrays = program.as_arrays()
        added = np.array(self._row[arrays.height :], dtype=np.int32)
        if len(added):
            self._highs.deleteRows(len(added), added)
        del self._row[arrays.height :], self._scales[arrays.height :]
        self._sums.clear()
        scales, rows = np.array(self._scales), np.array(self._row, dtype=np.int32)
        bounds = arrays.row_lower * scales, arrays.row_upper * scales
        self._highs.changeRowsBounds(len(rows), rows, *bounds)
        self.set_bounds(arrays.lower, arrays.upper)
        self.set_objective(np.zeros(arrays.size))
        return True

    def set_objective(self, objective: FloatArray, *, offset: float = 0.0) -> None:
        """Replace the objective; shape (columns,), minimised."""
        costs = np.asarray(objective, dtype=float)
        self._is_finite = are_finite(costs)
        self._highs.changeColsCost(len(self._column), self._column, costs)
        self._highs.changeObjectiveOffset(offset)

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        """Change the bounds of a row by its number."""
        scale = self._scales[row]
        self._highs.changeRowBounds(self._row[row], _finite(lower * scale), _finite(upper * scale))

    def set_coefficient(self, row: int, column: int, figure: float) -> None:
        """Change what a column counts for in a row by its number."""
        at = self._row[row], int(self._column[column])
        self._highs.changeCoeff(*at, figure * self._scales[row])

    def set_column_bounds(
        self, columns: Iterable[int], lower: float | FloatArray, upper: float | FloatArray
    ) -> None:
        """Give these columns the same bounds, or each its own."""
        numbers = self._column[np.fromiter(columns, dtype=np.intp)]
        both = (np.broadcast_to(_finite(bound), len(numbers)) for bound in (lower, upper))
        self._highs.changeColsBounds(len(numbers), numbers, *(one.copy() for one in both))

    def set_bounds(self, lower: FloatArray, upper: FloatArray) -> None:
        """Give every column its own bounds; each (columns,)."""
        both = (np.asarray(bounds, dtype=float) for bounds in (lower, upper))
        self._highs.changeColsBounds(len(self._column), self._column, *both)

    def add_row(
        self, coefficients: FloatArray, *, lower: float = -np.inf, upper: float = np.inf
    ) -> int:
        """Add a row over all columns and return its number; shape (columns,)."""
        columns, scale = np.flatnonzero(coefficients), row_scale(coefficients)
        bounds = _finite(lower * scale), _finite(upper * scale)
        terms = self._column[columns], coefficients[columns] * scale
        self._highs.addRow(*bounds, len(columns), *terms)
        self._row.append(0 if self.is_abandoned else int(self._highs.getNumRow()) - 1)
        self._scales.append(scale)
        return len(self._scales) - 1

    def row_of_sum(self, columns: tuple[int, ...]) -> int:
        """Return the number of the row of the sum of some columns; free when first asked for."""
        if columns not in self._sums:
            terms = np.zeros(len(self._column))
            terms[list(columns)] = 1.0
            self._sums[columns] = self.add_row(terms)
        return self._sums[columns]

    def solve(
        self,
        *,
        time_limit: float = 1e9,
        gap: float = 0.0,
        start: FloatArray | None = None,
        listener: Listener | None = None,
        below: float = np.inf,
    ) -> Solution:
        """Solve; what earlier questions found, and the relaxation, may answer first.

        Args:
            time_limit: seconds.
            gap: the part of the objective within which an answer is good enough.
            start: a solution to begin with, shape (columns,).
            listener: told how far it is; stops it.
            below: only what is lower counts as a solution.
        """
        begun = time.perf_counter()
        if self.is_abandoned:
            return NOT_ASKED
        screening = self._screening(time_limit, below, start)
        answer = None if screening is None else self._answer_known(screening, gap, below)
        if answer is not None:
            return replace(answer, seconds=time.perf_counter() - begun)
        left = max(float(time_limit) - (time.perf_counter() - begun), 0.0)
        asked, searching = self._highs, screening is None or screening.known is None
        self._configure(left, gap, below, searching=searching)
        if start is not None and searching:
            self._begin_with(self._in_order(start))
        with nullcontext() if screening is None else self._within(screening):
            found = self._found(self._run_to_an_end(left, listener))
        found = found if screening is None else asked.cache.noted(found, screening, below)
        return replace(found, seconds=time.perf_counter() - begun)

    def _configure(self, time_limit: float, gap: float, below: float, *, searching: bool) -> None:
        """Say how long to search, how well, and whether a first solution is still to be found."""
        # HiGHS counts its time limit over all runs of a linear programme, and anew in
        # each run of one with integers (1.15 and 1.16).
        already_run = 0.0 if self._is_mip else self._highs.getRunTime()
        for name, value in (
            ("time_limit", already_run + time_limit),
            ("mip_rel_gap", float(gap)),
            ("objective_bound", float(below)),
            *((name, searching) for name in HEURISTICS if self._is_screened),
        ):
            self._highs.setOptionValue(name, value)

    def begin(self, *, time_limit: float, gap: float = 0.0) -> PendingSolve:
        """Let the solver work by itself.

        Nothing else may be asked of this model before the solution has been taken.
        """
        self._configure(time_limit, gap, np.inf, searching=True)
        thread = SolverThread(self._highs.itself, time_limit)
        return PendingSolve(thread, lambda: self._found(self._ended(thread)))

    def _screening(
        self, time_limit: float, below: float, start: FloatArray | None
    ) -> Screening | None:
        """Look at what is known already; None where that would take longer than it may save."""
        nothing_known = self._known is None and below == np.inf
        is_quick = self._is_screened and self._is_mip and self._is_finite
        if not is_quick or time_limit <= 0 or nothing_known:
            return None
        cache: RelaxationCache = self._highs.cache
        if start is not None:
            cache.add_known(self._in_order(start))
        if self._known is not None:
            cache.add_known(self._known)
        return cache.screen(time_limit, below)

    def _answer_known(self, screening: Screening, gap: float, below: float) -> Solution | None:
        """Return the answer where what is known already gives it."""
        if screening.bound >= below or screening.bound == np.inf:
            return INFEASIBLE
        if screening.known is None or screening.known[1] >= below:
            return None
        values, objective = screening.known
        if objective - screening.bound > max(ABSOLUTE_GAP, gap * abs(objective)):
            return None
        self._known = values
        return Solution("optimal", values[self._column], objective, screening.bound, 0.0)

    @contextmanager
    def _within(self, screening: Screening) -> Iterator[None]:
        """Ask the solver only for what may be better, beginning with the best known."""
        itself, stated = self._highs.itself, self._highs.cache.bounds
        tighter = (screening.lower > stated.lower) | (screening.upper < stated.upper)
        held = np.flatnonzero(tighter).astype(np.int32)
        itself.changeColsBounds(len(held), held, screening.lower[held], screening.upper[held])
        if screening.known is not None:
            self._begin_with(screening.known[0])
        try:
            yield
        finally:
            if not self.is_abandoned:
                itself.changeColsBounds(len(held), held, stated.lower[held], stated.upper[held])

    @contextmanager
    def without_presolve(self) -> Iterator[None]:
        """Solve from scratch and without presolve for a while: HiGHS has lost answers in it."""
        self._highs.forget_proven()
        with options(self._highs, {"presolve": "off"}):
            yield

    def _run_to_an_end(self, time_limit: float, listener: Listener | None) -> Incumbent | None:
        """Run, and again in other ways while the solver says nothing; see `_run`."""
        unfinished = self._run(time_limit, listener)
        for _ in () if unfinished else attempts(self._highs.itself):
            unfinished = self._run(time_limit, listener)
            if unfinished:
                break
        return unfinished

    def _run(self, time_limit: float, listener: Listener | None) -> Incumbent | None:
        """Run to the end and return None, or abandon the solver and return what it had found."""
        if listener is None:
            self._highs.run()
            return None
        thread = SolverThread(self._highs.itself, max(float(time_limit), 0.0))
        thread.wait(listener)
        return self._ended(thread)

    def _ended(self, thread: SolverThread) -> Incumbent | None:
        if thread.end():
            return None
        self._kept = (self._kept, self._highs)  # its memory is still in use
        self._highs = DetachedSolver()
        return thread.incumbent

    def relaxed(self, *, time_limit: float = 1e9, listener: Listener | None = None) -> Relaxation:
        """Solve with fractions allowed; no solution can lie below what that reaches."""
        if self.is_abandoned or not self._is_finite:
            return Relaxation(-np.inf, None, None)
        if self._is_screened:
            return self._as_stated(self._highs.cache.relaxed(time_limit))
        self._highs.setOptionValue("solve_relaxation", True)
        until = self._highs.getRunTime() + max(float(time_limit), 0.0)
        self._highs.setOptionValue("time_limit", until)
        try:
            unfinished = self._run_to_an_end(time_limit, listener)
            relaxation = (
                Relaxation(-np.inf, None, None) if unfinished else relaxation_of(self._highs)
            )
            return self._as_stated(relaxation)
        finally:
            self._highs.setOptionValue("solve_relaxation", False)

    def settled_columns(
        self,
        values: FloatArray,
        most: float,
        *,
        time_limit: float = 1e9,
        listener: Listener | None = None,
    ) -> BoolArray:
        """Return which columns are as in a solution in all others that are as good.

        Those whose reduced cost is more than what lies between the relaxation's bound and `most`
        (Nemhauser & Wolsey 1988, Integer and Combinatorial Optimization, II.5).

        Args:
            values: the solution, shape (columns,).
            most: what the objective, its constant included, may come to.
            time_limit: seconds for the relaxation; without it none is known.
            listener: stops it.
        """
        relaxed = self.relaxed(time_limit=time_limit, listener=listener)
        if relaxed.values is None or relaxed.reduced_costs is None:
            return np.zeros(len(values), dtype=bool)
        room = room_above(relaxed.bound, most)
        costly = np.array(self._program.integer) & (np.abs(relaxed.reduced_costs) > room)
        return np.asarray(costly & (np.abs(relaxed.values - values) < HALF))

    def _as_stated(self, found: Relaxation) -> Relaxation:
        """Return a relaxation in the programme's order of columns and rows, its rows unscaled."""
        if found.values is None or found.reduced_costs is None or found.row_prices is None:
            return found
        prices = found.row_prices[self._row] * np.array(self._scales)
        values, costs = found.values[self._column], found.reduced_costs[self._column]
        return Relaxation(found.bound, values, costs, prices)

    def _in_order(self, values: FloatArray) -> FloatArray:
        """Return values in the solver's order of columns."""
        placed = np.zeros(self._highs.getNumCol())
        placed[self._column] = values
        return placed

    def _begin_with(self, values: FloatArray) -> None:
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        self._highs.setSolution(solution)

    def _found(self, unfinished: Incumbent | None) -> Solution:
        """Return what the solver found, or had found by the time it was left to itself."""
        if unfinished is not None:
            values, best = unfinished.values, unfinished.best
            if values is None:
                return replace(NOT_ASKED, bound=unfinished.bound)
            return Solution("stopped", values[self._column], best, unfinished.bound, 0.0)
        state, info = state_of(self._highs), self._highs.getInfo()
        is_found = (
            state in {"optimal", "stopped"}
            and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        )
        objective = float(info.objective_function_value) if is_found else None
        bound = -np.inf if objective is None or state != "optimal" else objective
        if self._is_mip and np.isfinite(info.mip_dual_bound):
            bound = float(info.mip_dual_bound)
        if not is_found:
            return Solution(state, None, None, bound, 0.0)
        self._known = np.asarray(self._highs.getSolution().col_value, dtype=float)
        return Solution(state, self._known[self._column], objective, bound, 0.0)


@dataclass(frozen=True)
class PendingSolve:
    """A search that goes on by itself."""

    thread: SolverThread
    solution: Callable[[], Solution]
    """Ends it, if it has not ended, and returns what it found."""


def _finite(bound: float | FloatArray) -> FloatArray:
    return np.clip(bound, -highspy.kHighsInf, highspy.kHighsInf)
