"""The relaxation of a programme, kept hot beside it: a bound, and what no good choice contains.

The solver relaxes every programme with integers anew; here the last basis is the start of the next.
Columns that would cost more than is left between bound and best known solution are held where they
are (reduced-cost fixing: Nemhauser & Wolsey 1988, Integer and Combinatorial Optimization, II.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.program import (
    INFEASIBLE,
    MARGIN,
    Relaxation,
    Solution,
    room_above,
)
from partnerselect.optimiser.solver_thread import run_to_an_end, state_of

TOLERANCE = 1e-9
"""How far a solution kept from an earlier question may break a row or a bound and still count."""
KNOWN = 24
"""Solutions kept from earlier questions, and as many of the bounds proven of them."""
PASSES = 2
"""Times that what is held is looked at for what it holds in turn."""
OF_BOUNDS = frozenset(
    {
        "changeColsCost",
        "changeColsBounds",
        "changeRowBounds",
        "changeRowsBounds",
        "changeObjectiveOffset",
    }
)
OF_COEFFICIENTS = frozenset({"changeCoeff", "deleteRows"})
OF_ROWS = OF_COEFFICIENTS | {"addRow"}
"""What changes a programme in the solver's memory, by the solver's names."""


INFINITE_COST = 1e20
"""From here a cost is infinite to HiGHS. With one, 1.15.1 may end a relaxation with fewer basic
columns than rows, and the next run from there writes beyond its memory."""


@dataclass(frozen=True)
class Screening:
    """What is known before the solver is asked."""

    bound: float
    """No solution can lie below it."""
    known: tuple[FloatArray, float] | None
    """The best solution known, and its objective."""
    lower: FloatArray
    upper: FloatArray
    """(columns,): nothing better lies outside these bounds."""


@dataclass(frozen=True)
class _Bounds:
    """Costs and bounds of a programme as they stand in the solver's memory."""

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    offset: float

    def allow_all_of(self, other: _Bounds) -> bool:
        """Tell whether the other asks for the same and allows nothing that these do not.

        Its coefficients are the same, and it may have more rows.
        """
        rows = len(self.row_lower)
        return bool(
            self.offset == other.offset
            and np.array_equal(self.cost, other.cost)
            and (self.lower <= other.lower).all()
            and (self.upper >= other.upper).all()
            and (self.row_lower <= other.row_lower[:rows]).all()
            and (self.row_upper >= other.row_upper[:rows]).all()
        )


@dataclass(frozen=True)
class _Entries:
    """Row, column and figure of every coefficient that is not 0; (entries,) each."""

    row: IntArray
    column: IntArray
    coefficient: FloatArray

    def sums(self, parts: FloatArray, rows: int) -> FloatArray:
        """Return the sum of a figure for each entry, by row."""
        return np.bincount(self.row, weights=parts, minlength=rows).astype(float)


class RelaxationCache:
    """A model without its integrality, and the solutions of earlier questions."""

    def __init__(self, highs: Any) -> None:  # noqa: ANN401 - highspy is untyped
        held = highs.getLp()
        kinds = [kind == highspy.HighsVarType.kInteger for kind in held.integrality_]
        self._integer = np.array(kinds, dtype=bool)
        held.integrality_ = []
        self.lp = highspy.Highs()
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "presolve": "off",
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        }.items():
            self.lp.setOptionValue(name, value)
        self.lp.passModel(held)
        self._bounds: _Bounds | None = None
        self._entries: _Entries | None = None
        self._known: list[FloatArray] = []
        self._proven: list[tuple[_Bounds, float]] = []
        """What was asked, and a bound that the solver proved of it."""

    def forget(self, change: str) -> None:
        """Read again when next needed what a change of the programme concerns."""
        self._bounds = None
        if change in OF_ROWS:
            self._entries = None
        if change in OF_COEFFICIENTS:
            self._proven.clear()

    @property
    def bounds(self) -> _Bounds:
        """Costs and bounds as they now stand."""
        if self._bounds is None:
            self._bounds = _bounds(self.lp.getLp())
        return self._bounds

    @property
    def entries(self) -> _Entries:
        """The coefficients as they now stand."""
        if self._entries is None:
            self._entries = _entries(self.lp.getLp().a_matrix_)
        return self._entries

    def relaxed(self, time_limit: float) -> Relaxation:
        """Solve with fractions allowed."""
        self.lp.setOptionValue("time_limit", self.lp.getRunTime() + max(float(time_limit), 0.0))
        run_to_an_end(self.lp, self.lp.run)
        return relaxation_of(self.lp)

    def add_known(self, values: FloatArray) -> None:
        """Keep a solution for the questions that follow; (columns,), in the solver's order."""
        whole = self._whole(values)
        others = [one for one in self._known if not np.array_equal(one, whole)]
        self._known = [*others[-KNOWN + 1 :], whole]

    def forget_proven(self) -> None:
        """Have everything proven anew."""
        self._proven.clear()

    def _proven_bound(self) -> float:
        """Return the best bound proven of a question that allowed all that is allowed now."""
        stated = self.bounds
        return max(
            (bound for asked, bound in self._proven if asked.allow_all_of(stated)), default=-np.inf
        )

    def _whole(self, values: FloatArray) -> FloatArray:
        return np.where(self._integer, np.round(values), values)

    def _reached(self, values: FloatArray) -> float:
        taken = np.flatnonzero(values)  # a cost may be infinite
        return float(values[taken] @ self.bounds.cost[taken]) + self.bounds.offset

    def _best_known(self) -> tuple[FloatArray, float] | None:
        """Return the best solution kept that is possible as the bounds now stand."""
        for one in sorted(self._known, key=self._reached):
            if self._is_possible(one):
                return one, self._reached(one)
        return None

    def _is_possible(self, values: FloatArray) -> bool:
        stated, entries = self.bounds, self.entries
        if (values < stated.lower - TOLERANCE).any() or (values > stated.upper + TOLERANCE).any():
            return False
        use = entries.sums(entries.coefficient * values[entries.column], len(stated.row_lower))
        least, most = stated.row_lower - TOLERANCE, stated.row_upper + TOLERANCE
        return bool((use >= least).all() and (use <= most).all())

    def screen(self, time_limit: float, below: float) -> Screening:
        """Return what is known before the solver is asked: an answer, or a bound and what to hold.

        Args:
            time_limit: seconds for the relaxation.
            below: only what is lower counts.
        """
        relaxed, known, stated = self.relaxed(time_limit), self._best_known(), self.bounds
        bound = max(relaxed.bound, self._proven_bound())
        if relaxed.values is None:
            return Screening(bound, known, stated.lower, stated.upper)
        whole = self._whole(relaxed.values)
        is_whole = np.abs(whole - relaxed.values).max(initial=0.0) <= TOLERANCE
        if is_whole and relaxed.bound < below and self._is_possible(whole):
            known = whole, self._reached(whole)
        enough = min(below, np.inf if known is None else known[1])
        return Screening(bound, known, *self._held(relaxed, relaxed.values, enough))

    def noted(self, found: Solution, screening: Screening, below: float) -> Solution:
        """Put together what the solver proved of what it was given and what was known of all else.

        The bound is kept for questions that allow no more.
        """
        enough = min(below, np.inf if screening.known is None else screening.known[1])
        is_too_high = found.objective is not None and found.objective >= below
        is_none = found.state == "infeasible" or (found.state == "optimal" and is_too_high)
        bound = max(screening.bound, enough if is_none else min(found.bound, enough))
        if np.isfinite(bound):
            self._proven = [*self._proven[-KNOWN + 1 :], (self.bounds, bound)]
        return INFEASIBLE if is_none else replace(found, bound=bound)

    def _held(
        self, relaxed: Relaxation, values: FloatArray, enough: float
    ) -> tuple[FloatArray, FloatArray]:
        """Return bounds of the columns outside which nothing is as good as `enough`."""
        lower, upper = self.bounds.lower, self.bounds.upper
        room = room_above(relaxed.bound, enough)
        costs = np.zeros(0) if relaxed.reduced_costs is None else relaxed.reduced_costs
        at_lower = self._integer & (values <= lower + TOLERANCE) & (costs > room)
        at_upper = self._integer & (values >= upper - TOLERANCE) & (-costs > room)
        held = np.where(at_upper, upper, lower), np.where(at_lower, lower, upper)
        for _ in range(PASSES if at_lower.any() or at_upper.any() else 0):
            self._tighten(*held)
        return held

    def _tighten(self, lower: FloatArray, upper: FloatArray) -> None:
        """Hold binary columns whose other value breaks a row whatever the rest then do."""
        stated, entries = self.bounds, self.entries
        row, column, coefficient = entries.row, entries.column, entries.coefficient
        at_lower, at_upper = coefficient * lower[column], coefficient * upper[column]
        least = entries.sums(np.minimum(at_lower, at_upper), len(stated.row_lower))
        most = entries.sums(np.maximum(at_lower, at_upper), len(stated.row_lower))
        binary = (self._integer & (upper - lower == 1.0))[column]
        breaks = binary & (np.abs(coefficient) > (stated.row_upper - least)[row] + MARGIN)
        starves = binary & (np.abs(coefficient) > (most - stated.row_lower)[row] + MARGIN)
        down = column[(breaks & (coefficient > 0)) | (starves & (coefficient < 0))]
        up = column[(breaks & (coefficient < 0)) | (starves & (coefficient > 0))]
        down, up = np.setdiff1d(down, up), np.setdiff1d(up, down)
        upper[down], lower[up] = lower[down], upper[up]


def _bounds(held: Any) -> _Bounds:  # noqa: ANN401 - as above
    return _Bounds(
        np.array(held.col_cost_),
        np.array(held.col_lower_),
        np.array(held.col_upper_),
        np.array(held.row_lower_),
        np.array(held.row_upper_),
        float(held.offset_),
    )


def _entries(matrix: Any) -> _Entries:  # noqa: ANN401 - as above
    inner, lengths = np.array(matrix.index_, dtype=np.intp), np.diff(np.array(matrix.start_))
    outer = np.repeat(np.arange(len(lengths)), lengths)
    by_row = matrix.format_ == highspy.MatrixFormat.kRowwise
    row, column = (outer, inner) if by_row else (inner, outer)
    return _Entries(row, column, np.array(matrix.value_))


def are_finite(costs: FloatArray) -> bool:
    """Tell whether a programme with these costs can be relaxed."""
    return bool(np.abs(costs).max(initial=0.0) < INFINITE_COST)


def relaxation_of(highs: Any) -> Relaxation:  # noqa: ANN401 - as above
    """Return what the last run with fractions allowed came to, in the solver's order, as scaled."""
    state = state_of(highs)
    if state != "optimal":
        return Relaxation(np.inf if state == "infeasible" else -np.inf, None, None)
    found, reached = highs.getSolution(), highs.getInfo().objective_function_value
    parts = (np.array(part) for part in (found.col_value, found.col_dual, found.row_dual))
    return Relaxation(float(reached), *parts)


class MirroringSolver:
    """A solver whose every change also reaches its relaxation, once there is one."""

    def __init__(self, highs: Any) -> None:  # noqa: ANN401 - as above
        self.itself = highs
        self._cache: RelaxationCache | None = None

    @property
    def cache(self) -> RelaxationCache:
        """The same programme with fractions allowed, made when first needed."""
        if self._cache is None:
            self._cache = RelaxationCache(self.itself)
        return self._cache

    def forget_proven(self) -> None:
        """Have everything proven anew."""
        if self._cache is not None:
            self._cache.forget_proven()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        ours, cache = getattr(self.itself, name), self._cache
        if cache is None or name not in OF_BOUNDS | OF_ROWS:
            return ours

        def both(*given: object) -> None:
            cache.forget(name)
            getattr(cache.lp, name)(*given)
            ours(*given)

        return both
