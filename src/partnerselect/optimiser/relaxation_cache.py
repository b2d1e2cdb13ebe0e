"""The programme in the solver's memory with fractions allowed, kept hot beside it: a bound in a millisecond, and what no good choice contains.

The solver relaxes every programme with integers anew; here the last basis is the start of the next. Columns that would cost more
than is left between bound and best known solution are held where they are (reduced-cost fixing: Nemhauser & Wolsey 1988,
Integer and Combinatorial Optimization, II.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.status import run_to_an_end

Numbers = NDArray[np.int32]
TOLERANCE = 1e-9
"""How far a solution kept from an earlier question may break a row or a bound and still count."""
MARGIN = 1e-6
"""A part of the objective (at least of 1) added to what is left between bound and best: nothing equally good is left out for a last digit."""
KNOWN = 24
"""Solutions kept from earlier questions."""
PASSES = 2
"""Times that what is held is looked at for what it holds in turn."""
MIRRORED = frozenset(
    {
        "changeColsCost",
        "changeColsBounds",
        "changeRowBounds",
        "changeRowsBounds",
        "changeObjectiveOffset",
        "changeCoeff",
        "addRow",
        "deleteRows",
    }
)


@dataclass(frozen=True)
class Relaxed:
    """What is reached with fractions allowed: inf where even that is infeasible, −inf where it was not found."""

    objective: float
    values: FloatArray | None = None
    reduced_costs: FloatArray | None = None
    row_prices: FloatArray | None = None


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


class RelaxationCache:
    """Columns and rows of a model without its integrality.

    Told of every change by the name that the solver has for it.
    """

    def __init__(self, highs: Any) -> None:  # noqa: ANN401 - highspy is untyped
        held = highs.getLp()
        self.integer = np.array(
            [kind == highspy.HighsVarType.kInteger for kind in held.integrality_], dtype=bool
        )
        self.cost, self.lower, self.upper = (
            np.array(held.col_cost_),
            np.array(held.col_lower_),
            np.array(held.col_upper_),
        )
        self._row_lower, self._row_upper, self._offset = (
            np.array(held.row_lower_),
            np.array(held.row_upper_),
            float(held.offset_),
        )
        held.integrality_ = []
        self._lp = highspy.Highs()
        tolerances = {
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        }
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "presolve": "off",
            **tolerances,
        }.items():
            self._lp.setOptionValue(name, value)
        self._lp.passModel(held)
        self._entries: tuple[NDArray[np.intp], NDArray[np.intp], FloatArray] | None = None
        self._known: list[FloatArray] = []

    # the solver's name
    def changeColsCost(self, count: int, columns: Numbers, costs: FloatArray) -> None:  # noqa: N802
        """Replace costs."""
        self.cost[columns] = costs
        self._lp.changeColsCost(count, columns, costs)

    def changeColsBounds(  # noqa: N802
        self, count: int, columns: Numbers, lower: FloatArray, upper: FloatArray
    ) -> None:
        """Replace bounds of columns."""
        self.lower[columns], self.upper[columns] = lower, upper
        self._lp.changeColsBounds(count, columns, lower, upper)

    # the solver's name
    def changeRowBounds(self, row: int, lower: float, upper: float) -> None:  # noqa: N802
        """Replace the bounds of a row."""
        self._row_lower[row], self._row_upper[row] = lower, upper
        self._lp.changeRowBounds(row, lower, upper)

    def changeRowsBounds(  # noqa: N802
        self, count: int, rows: Numbers, lower: FloatArray, upper: FloatArray
    ) -> None:
        """Replace the bounds of rows."""
        self._row_lower[rows], self._row_upper[rows] = lower, upper
        self._lp.changeRowsBounds(count, rows, lower, upper)

    def changeObjectiveOffset(self, offset: float) -> None:  # noqa: N802 - the solver's name
        """Replace the constant."""
        self._offset = offset
        self._lp.changeObjectiveOffset(offset)

    # the solver's name
    def changeCoeff(self, row: int, column: int, coefficient: float) -> None:  # noqa: N802
        """Replace a coefficient."""
        self._entries = None
        self._lp.changeCoeff(row, column, coefficient)

    def addRow(  # noqa: N802
        self, lower: float, upper: float, count: int, columns: Numbers, coefficients: FloatArray
    ) -> None:
        """Add a row."""
        self._row_lower, self._row_upper = (
            np.append(self._row_lower, lower),
            np.append(self._row_upper, upper),
        )
        if self._entries is not None:
            row, column, coefficient = self._entries
            added = np.full(count, len(self._row_lower) - 1)
            self._entries = (
                np.append(row, added),
                np.append(column, columns),
                np.append(coefficient, coefficients),
            )
        self._lp.addRow(lower, upper, count, columns, coefficients)

    def deleteRows(self, count: int, rows: Numbers) -> None:  # noqa: N802 - the solver's name
        """Drop rows."""
        self._row_lower, self._row_upper, self._entries = (
            np.delete(self._row_lower, rows),
            np.delete(self._row_upper, rows),
            None,
        )
        self._lp.deleteRows(count, rows)

    def relaxed(self, time_limit: float) -> Relaxed:
        """Solve with fractions allowed."""
        self._lp.setOptionValue("time_limit", self._lp.getRunTime() + max(float(time_limit), 0.0))
        state = run_to_an_end(self._lp, self._lp.run)
        if state != "optimal":
            return Relaxed(np.inf if state == "infeasible" else -np.inf)
        found = self._lp.getSolution()
        return Relaxed(
            float(self._lp.getInfo().objective_function_value),
            np.array(found.col_value),
            np.array(found.col_dual),
            np.array(found.row_dual),
        )

    def learn(self, values: FloatArray) -> None:
        """Keep a solution for the questions that follow; (columns,), in the solver's order."""
        whole = np.where(self.integer, np.round(values), values)
        self._known = [
            *[one for one in self._known if not np.array_equal(one, whole)][-KNOWN + 1 :],
            whole,
        ]

    def best_known(self) -> tuple[FloatArray, float] | None:
        """Return the best of the solutions kept that is possible as the bounds now stand, and its objective."""
        for objective, number in sorted(
            (float(one @ self.cost) + self._offset, number)
            for number, one in enumerate(self._known)
        ):
            if self._is_possible(self._known[number]):
                return self._known[number], objective
        return None

    def _is_possible(self, values: FloatArray) -> bool:
        if (values < self.lower - TOLERANCE).any() or (values > self.upper + TOLERANCE).any():
            return False
        row, column, coefficient = self._matrix()
        use = np.bincount(row, weights=coefficient * values[column], minlength=len(self._row_lower))
        return bool(
            (use >= self._row_lower - TOLERANCE).all()
            and (use <= self._row_upper + TOLERANCE).all()
        )

    def _matrix(self) -> tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]:
        """Return row, column and coefficient of every entry."""
        if self._entries is None:
            held = self._lp.getLp().a_matrix_
            inner, lengths = np.array(held.index_, dtype=np.intp), np.diff(np.array(held.start_))
            outer = np.repeat(np.arange(len(lengths)), lengths)
            by_row = held.format_ == highspy.MatrixFormat.kRowwise
            self._entries = (
                (outer, inner, np.array(held.value_))
                if by_row
                else (inner, outer, np.array(held.value_))
            )
        return self._entries

    def look(self, time_limit: float, below: float) -> Screening:
        """Return what is known before the solver is asked: an answer, or a bound and what may be held where it is.

        Args:
            time_limit: seconds for the relaxation.
            below: only what is lower counts.
        """
        relaxed, known = self.relaxed(time_limit), self.best_known()
        if relaxed.values is None or relaxed.reduced_costs is None:
            return Screening(relaxed.objective, known, self.lower, self.upper)
        fractions = np.where(self.integer, np.abs(relaxed.values - np.round(relaxed.values)), 0.0)
        if fractions.max(initial=0.0) <= TOLERANCE and relaxed.objective < below:
            whole = np.where(self.integer, np.round(relaxed.values), relaxed.values)
            if self._is_possible(whole):
                known = whole, float(whole @ self.cost) + self._offset
        enough = min(below, np.inf if known is None else known[1])
        room = enough - relaxed.objective + MARGIN * max(1.0, abs(relaxed.objective))
        at_lower = (
            self.integer
            & (relaxed.values <= self.lower + TOLERANCE)
            & (relaxed.reduced_costs > room)
        )
        at_upper = (
            self.integer
            & (relaxed.values >= self.upper - TOLERANCE)
            & (-relaxed.reduced_costs > room)
        )
        lower, upper = (
            np.where(at_upper, self.upper, self.lower),
            np.where(at_lower, self.lower, self.upper),
        )
        if at_lower.any() or at_upper.any():
            for _ in range(PASSES):
                self._tighten(lower, upper)
        return Screening(relaxed.objective, known, lower, upper)

    def _tighten(self, lower: FloatArray, upper: FloatArray) -> None:
        """Hold binary columns whose other value breaks a row whatever the rest within these bounds do."""
        row, column, coefficient = self._matrix()
        at_lower, at_upper = coefficient * lower[column], coefficient * upper[column]
        least = np.bincount(
            row, weights=np.minimum(at_lower, at_upper), minlength=len(self._row_lower)
        )
        most = np.bincount(
            row, weights=np.maximum(at_lower, at_upper), minlength=len(self._row_lower)
        )
        binary = self.integer & (upper - lower == 1.0)
        breaks = binary[column] & (np.abs(coefficient) > (self._row_upper - least)[row] + MARGIN)
        starves = binary[column] & (np.abs(coefficient) > (most - self._row_lower)[row] + MARGIN)
        down = column[(breaks & (coefficient > 0)) | (starves & (coefficient < 0))]
        up = column[(breaks & (coefficient < 0)) | (starves & (coefficient > 0))]
        down, up = np.setdiff1d(down, up), np.setdiff1d(up, down)
        upper[down], lower[up] = lower[down], upper[up]


class MirroringSolver:
    """A solver whose every change of the programme also reaches its shadow, once there is one."""

    def __init__(self, highs: Any) -> None:  # noqa: ANN401 - as above
        self.itself = highs
        self._shadow: RelaxationCache | None = None

    @property
    def shadow(self) -> RelaxationCache:
        """The same programme with fractions allowed, made when first needed."""
        if self._shadow is None:
            self._shadow = RelaxationCache(self.itself)
        return self._shadow

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        ours = getattr(self.itself, name)
        if self._shadow is None or name not in MIRRORED:
            return ours
        theirs = getattr(self._shadow, name)

        def both(*given: object) -> None:
            theirs(*given)
            ours(*given)

        return both
