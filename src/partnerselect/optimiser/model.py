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

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.building import ABSOLUTE_GAP, SMALL, build, row_scale
from partnerselect.optimiser.incremental_model import IncrementalModel
from partnerselect.optimiser.program import Arrays, Program, Relaxation, Solution
from partnerselect.optimiser.relaxation_cache import (
    MirroringSolver,
    RelaxationCache,
    Relaxed,
    Screening,
)
from partnerselect.optimiser.solver_thread import DetachedSolver, Incumbent, Listener, SolverThread
from partnerselect.optimiser.status import attempts, options, state_of

LOOKED_AT = 2_000
"""Columns up to which relaxing a programme first takes a small part of the time that it may save."""
HEURISTICS = tuple(f"mip_heuristic_run_{name}" for name in ("rins", "rens", "root_reduced_cost"))
"""Of the solver, each a programme of its own: in small cases they cost more than they find once a good solution is known."""


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
        self._memory = (
            IncrementalModel(program, replace(built, highs=self._highs))
            if isinstance(program, Program) and program.size <= SMALL
            else None
        )
        self._is_looked_at = self._memory is not None and program.size <= LOOKED_AT
        self._row = list(range(program.height))
        self._highs.changeObjectiveOffset(offset)
        self._is_mip = any(program.integer)
        self._known: FloatArray | None = None
        """The last solution found, in the solver's order of columns."""

    @property
    def is_abandoned(self) -> bool:
        """Whether the solver was left to itself, and nothing more can be asked of this model."""
        return isinstance(self._highs, DetachedSolver)

    def update_to(self, program: Program) -> bool:
        """Turn into another programme in place, its objective 0 and whatever was added for a question gone; False where it has to be built anew."""
        placed = (
            None if self.is_abandoned or self._memory is None else self._memory.update_to(program)
        )
        if placed is None:
            return False
        self._column, self._row, self._scales = (
            placed.columns,
            list(placed.rows),
            list(placed.scales),
        )
        self._is_mip = any(program.integer)
        return True

    def set_objective(self, objective: FloatArray, *, offset: float = 0.0) -> None:
        """Replace the objective; shape (columns,), minimised."""
        self._highs.changeColsCost(
            len(self._column), self._column, np.asarray(objective, dtype=float)
        )
        self._highs.changeObjectiveOffset(offset)

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        """Change the bounds of a row by its number."""
        scale = self._scales[row]
        self._highs.changeRowBounds(self._row[row], _finite(lower * scale), _finite(upper * scale))

    def set_column_bounds(self, columns: Iterable[int], lower: float, upper: float) -> None:
        """Give all these columns the same bounds."""
        numbers = self._column[np.fromiter(columns, dtype=np.intp)]
        self._highs.changeColsBounds(
            len(numbers),
            numbers,
            np.full(len(numbers), _finite(lower)),
            np.full(len(numbers), _finite(upper)),
        )

    def set_bounds(self, lower: FloatArray, upper: FloatArray) -> None:
        """Give every column its own bounds; each (columns,)."""
        self._highs.changeColsBounds(
            len(self._column),
            self._column,
            np.asarray(lower, dtype=float),
            np.asarray(upper, dtype=float),
        )

    def add_row(
        self, coefficients: FloatArray, *, lower: float = -np.inf, upper: float = np.inf
    ) -> int:
        """Add a row over all columns and return its number; shape (columns,)."""
        columns, scale = np.flatnonzero(coefficients), row_scale(coefficients)
        self._highs.addRow(
            _finite(lower * scale),
            _finite(upper * scale),
            len(columns),
            self._column[columns],
            coefficients[columns] * scale,
        )
        self._row.append(0 if self.is_abandoned else int(self._highs.getNumRow()) - 1)
        self._scales.append(scale)
        return len(self._scales) - 1

    def solve(
        self,
        *,
        time_limit: float = 1e9,
        gap: float = 0.0,
        start: FloatArray | None = None,
        listener: Listener | None = None,
        below: float = np.inf,
    ) -> Solution:
        """Solve, told to whoever listens.

        What earlier questions found, and the relaxation, may answer before the solver is asked.

        Args:
            time_limit: seconds.
            gap: the part of the objective within which an answer is good enough.
            start: a solution to begin with, shape (columns,).
            listener: told how far it is; stops it.
            below: only what is lower counts as a solution.
        """
        begun = time.perf_counter()
        if self.is_abandoned:
            return Solution("stopped", None, None, -np.inf, 0.0)
        look = self._look(time_limit, below, start)
        told = None if look is None else self._told(look, gap, below, begun)
        if told is not None:
            return told
        left = max(float(time_limit) - (time.perf_counter() - begun), 0.0)
        searching = look is None or look.known is None
        self._set_out(left, gap, below, searching=searching)
        if start is not None and searching:
            self._offer(start)
        with nullcontext() if look is None else self._held(look):
            found = self._found(self._run_to_an_end(left, listener), begun)
        return found if look is None else _bounded(found, look, below)

    def _set_out(self, time_limit: float, gap: float, below: float, *, searching: bool) -> None:
        """Say how long to search, how well, and whether a first solution is still to be found."""
        # HiGHS counts its time limit over all runs of a linear programme, and anew in
        # each run of one with integers (1.15 and 1.16).
        already_run = 0.0 if self._is_mip else self._highs.getRunTime()
        for name, value in (
            ("time_limit", already_run + time_limit),
            ("mip_rel_gap", float(gap)),
            ("objective_bound", float(below)),
        ):
            self._highs.setOptionValue(name, value)
        for name in HEURISTICS if self._is_looked_at else ():
            self._highs.setOptionValue(name, searching)

    def begin(self, *, time_limit: float, gap: float = 0.0) -> PendingSolve:
        """Let the solver work by itself.

        Nothing else may be asked of this model before the solution has been taken.
        """
        begun = time.perf_counter()
        self._set_out(time_limit, gap, np.inf, searching=True)
        thread = SolverThread(self._highs.itself, time_limit)
        return PendingSolve(thread, lambda: self._found(self._ended(thread), begun))

    def _look(self, time_limit: float, below: float, start: FloatArray | None) -> Screening | None:
        """Screening at what is known already; nothing where that would take longer than it may save."""
        if (
            not self._is_looked_at
            or not self._is_mip
            or time_limit <= 0
            or (self._known is None and below == np.inf)
        ):
            return None
        shadow: RelaxationCache = self._highs.shadow
        if start is not None:
            shadow.learn(self._placed(start))
        if self._known is not None:
            shadow.learn(self._known)
        return shadow.look(time_limit, below)

    def _told(self, look: Screening, gap: float, below: float, begun: float) -> Solution | None:
        """Return the answer where what is known already gives it."""
        seconds = time.perf_counter() - begun
        if look.bound >= below or look.bound == np.inf:
            return Solution("infeasible", None, None, -np.inf, seconds)
        if (
            look.known is None
            or look.known[1] >= below
            or look.known[1] - look.bound > max(ABSOLUTE_GAP, gap * abs(look.known[1]))
        ):
            return None
        values, objective = look.known
        self._known = values
        return Solution("optimal", values[self._column], objective, look.bound, seconds)

    @contextmanager
    def _held(self, look: Screening) -> Iterator[None]:
        """Hold what nothing better has elsewhere, and begin with the best known, while the solver is asked."""
        itself, stated = self._highs.itself, self._highs.shadow
        held = np.flatnonzero((look.lower > stated.lower) | (look.upper < stated.upper)).astype(
            np.int32
        )
        itself.changeColsBounds(len(held), held, look.lower[held], look.upper[held])
        if look.known is not None:
            self._begin_with(look.known[0])
        try:
            yield
        finally:
            if not self.is_abandoned:
                itself.changeColsBounds(len(held), held, stated.lower[held], stated.upper[held])

    @contextmanager
    def without_presolve(self) -> Iterator[None]:
        """Solve from scratch and without presolve for a while: HiGHS has been seen to lose answers in it."""
        with options(self._highs, {"presolve": "off"}):
            yield

    def _run_to_an_end(self, time_limit: float, listener: Listener | None) -> Incumbent | None:
        """Run, and again in other ways while the solver says nothing."""
        incumbent = self._run(time_limit, listener)
        if incumbent is None:
            for _ in attempts(self._highs.itself):
                incumbent = self._run(time_limit, listener)
                if incumbent is not None:
                    break
        return incumbent

    def _run(self, time_limit: float, listener: Listener | None) -> Incumbent | None:
        """Run to the end and return nothing, or abandon the solver and return what was incumbent of it."""
        if listener is None:
            self._highs.run()
            return None
        thread = SolverThread(self._highs.itself, max(float(time_limit), 0.0))
        thread.wait(listener)
        return self._ended(thread)

    def _ended(self, thread: SolverThread) -> Incumbent | None:
        """Return nothing where the solver came to its end.

        Abandon it otherwise, and return what was incumbent of it.
        """
        if thread.end():
            return None
        self._kept = (self._kept, self._highs)  # its memory is still in use
        self._highs = DetachedSolver()
        return thread.incumbent

    def _found(self, unfinished: Incumbent | None, begun: float) -> Solution:
        """Return what the solver found, or what was incumbent of it by the time it was left to itself."""
        seconds = time.perf_counter() - begun
        return (
            self._solution(seconds)
            if unfinished is None
            else self._of_incumbent(unfinished, seconds)
        )

    def _of_incumbent(self, incumbent: Incumbent, seconds: float) -> Solution:
        if incumbent.values is None:
            return Solution("stopped", None, None, incumbent.bound, seconds)
        return Solution(
            "stopped", incumbent.values[self._column], incumbent.best, incumbent.bound, seconds
        )

    def relaxed(self, *, time_limit: float = 1e9, listener: Listener | None = None) -> Relaxation:
        """Solve with fractions allowed.

        No solution can lie below what that reaches (we minimise).
        """
        if self.is_abandoned:
            return Relaxation(-np.inf, None, None)
        if self._is_looked_at:
            return self._shown(self._highs.shadow.relaxed(time_limit))
        self._highs.setOptionValue("solve_relaxation", True)
        self._highs.setOptionValue(
            "time_limit", self._highs.getRunTime() + max(float(time_limit), 0.0)
        )
        try:
            if self._run_to_an_end(time_limit, listener) is not None:
                return Relaxation(-np.inf, None, None)
            state, solution = state_of(self._highs), self._highs.getSolution()
            if state != "optimal":
                return Relaxation(np.inf if state == "infeasible" else -np.inf, None, None)
            values, reduced = (
                np.asarray(solution.col_value)[self._column],
                np.asarray(solution.col_dual)[self._column],
            )
            prices = np.asarray(solution.row_dual) * np.array(self._scales)
            return Relaxation(
                float(self._highs.getInfo().objective_function_value), values, reduced, prices
            )
        finally:
            self._highs.setOptionValue("solve_relaxation", False)

    def _shown(self, found: Relaxed) -> Relaxation:
        if found.values is None or found.reduced_costs is None or found.row_prices is None:
            return Relaxation(found.objective, None, None)
        prices = found.row_prices[self._row] * np.array(self._scales)
        return Relaxation(
            found.objective, found.values[self._column], found.reduced_costs[self._column], prices
        )

    def _offer(self, start: FloatArray) -> None:
        self._begin_with(self._placed(start))

    def _placed(self, values: FloatArray) -> FloatArray:
        """Return values in the solver's order of columns."""
        placed = np.zeros(self._highs.getNumCol())
        placed[self._column] = values
        return placed

    def _begin_with(self, values: FloatArray) -> None:
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        self._highs.setSolution(solution)

    def _solution(self, seconds: float) -> Solution:
        state, info = state_of(self._highs), self._highs.getInfo()
        found = (
            state in {"optimal", "stopped"}
            and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        )
        objective = float(info.objective_function_value) if found else None
        has_bound = self._is_mip and np.isfinite(info.mip_dual_bound)
        bound = (
            float(info.mip_dual_bound)
            if has_bound
            else objective
            if objective is not None and state == "optimal"
            else -np.inf
        )
        if not found:
            return Solution(state, None, objective, bound, seconds)
        self._known = np.asarray(self._highs.getSolution().col_value, dtype=float)
        return Solution(state, self._known[self._column], objective, bound, seconds)


@dataclass(frozen=True)
class PendingSolve:
    """A search that goes on by itself."""

    thread: SolverThread
    solution: Callable[[], Solution]
    """Ends it, if it has not ended, and returns what it found."""


def _bounded(found: Solution, look: Screening, below: float) -> Solution:
    """Put together what the solver proved about what it was given and what was known of all else."""
    if found.state == "infeasible" or (
        found.state == "optimal" and found.objective is not None and found.objective >= below
    ):
        return Solution("infeasible", None, None, -np.inf, found.seconds)
    enough = min(below, np.inf if look.known is None else look.known[1])
    return replace(found, bound=max(look.bound, min(found.bound, enough)))


def _finite(bound: float) -> float:
    return float(np.clip(bound, -highspy.kHighsInf, highspy.kHighsInf))
