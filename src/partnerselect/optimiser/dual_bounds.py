"""Bounds from below that dual values of the rows give to any objective."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.program import Program


@dataclass(frozen=True)
class Prices:
    """Dual values of the rows, and what they come to whatever the objective."""

    constant: float
    """Σ dual · row bound."""
    paid: FloatArray
    """Σ dual · coefficient; (columns,)."""


@dataclass(frozen=True)
class CostParts:
    """Costs of the columns that cost anything, an objective a column."""

    choices: FloatArray
    """(choices, objectives)."""
    others: FloatArray
    """(others, objectives)."""


@dataclass(frozen=True)
class ReducedCosts:
    """What nothing within bounds can lie below, and what each column would add to that."""

    bounds: FloatArray
    """(objectives,)."""
    choices: FloatArray
    """(choices, objectives); infinite where a choice is not open."""
    cheapest: FloatArray
    """(groups, objectives); 0 where no choice is open."""
    others: FloatArray
    """(others, objectives), the cheapest choices included."""
    free_of_cost: FloatArray
    """Of the columns without a cost; the same for every objective."""


class DualBounds:
    """The rows of a programme in which only some columns cost anything."""

    def __init__(self, program: Program, telling: IntArray) -> None:
        """Prepare; `telling` are the columns that cost anything."""
        arrays = program.as_arrays()
        self._lower, self._upper, self._size = arrays.row_lower, arrays.row_upper, arrays.size
        self._row, self._column, self._coefficient = (
            arrays.row_of,
            arrays.columns,
            arrays.coefficients,
        )
        self._integer = arrays.integer
        costly = np.zeros(self._size, dtype=bool)
        costly[telling] = True
        groups = _choices(program, costly)
        self._choices = np.concatenate(
            [np.empty(0, dtype=np.intp), *(choices for choices, _ in groups)]
        )
        lengths = np.array([len(choices) for choices, _ in groups], dtype=np.intp)
        self._begins = np.asarray(np.cumsum(lengths) - lengths, dtype=np.intp)
        self._group = np.repeat(np.arange(len(groups)), lengths)
        self._one = np.array([one for _, one in groups], dtype=np.intp)
        self._free_of_cost = np.flatnonzero(~costly)
        costly[self._choices] = False
        self._others = np.flatnonzero(costly)
        place = np.full(self._size, -1, dtype=np.intp)
        place[self._others] = np.arange(len(self._others))
        self._one_place = place[self._one]
        self._stands_for = np.zeros((len(self._others), len(groups)))
        self._stands_for[self._one_place, np.arange(len(groups))] = 1.0

    def tighten(self, lower: FloatArray, upper: FloatArray) -> None:
        """Tighten what columns held at a bound mean for a choice and for the one it stands for."""
        if not len(self._choices):
            return
        taken = np.add.reduceat(lower[self._choices], self._begins) > 0
        np.maximum.at(lower, self._one, taken.astype(float))
        np.minimum.at(
            upper, self._one, np.minimum(np.add.reduceat(upper[self._choices], self._begins), 1.0)
        )
        shut = (upper[self._one] == 0)[self._group]
        out = shut | (taken[self._group] & (lower[self._choices] == 0))
        upper[self._choices[out]] = 0.0

    def parts(self, costs: FloatArray) -> CostParts:
        """Sort costs, (objectives, columns), into choices and others."""
        return CostParts(
            np.ascontiguousarray(costs[:, self._choices].T),
            np.ascontiguousarray(costs[:, self._others].T),
        )

    def prices(self, duals: FloatArray) -> Prices:
        """Return any dual values, (rows,), with the signs that finite row bounds allow."""
        up, down = (
            np.where(np.isfinite(self._lower), np.maximum(duals, 0.0), 0.0),
            np.where(np.isfinite(self._upper), np.minimum(duals, 0.0), 0.0),
        )
        constant = float(up[up > 0] @ self._lower[up > 0] + down[down < 0] @ self._upper[down < 0])
        paid = np.bincount(
            self._column, weights=self._coefficient * (up + down)[self._row], minlength=self._size
        ).astype(float)
        return Prices(constant, paid)

    def reduced(
        self,
        prices: Prices,
        lower: FloatArray,
        upper: FloatArray,
        costs: CostParts,
        objectives: IntArray,
    ) -> ReducedCosts:
        """Return what no solution within the columns' bounds can lie below, by some objectives.

        Σ dual · row bound + Σ min over the column's bounds of (reduced cost · column). The dual
        values of the rows Σ choices = one are moved, objective by objective, to where the cheapest
        choice costs nothing; the one that they stand for then costs that much more.
        """
        free = self._free_of_cost
        rest = -prices.paid[free]
        constant = prices.constant + float(np.minimum(rest * lower[free], rest * upper[free]).sum())
        others = costs.others[:, objectives] - prices.paid[self._others, None]
        choices = costs.choices[:, objectives] - prices.paid[self._choices, None]
        low, high = lower[self._choices], upper[self._choices]
        bounds = choices[low > 0].sum(axis=0) + constant
        choices[low >= high] = np.inf
        cheapest = choices[:0]
        if len(self._choices):
            cheapest = np.minimum.reduceat(choices, self._begins, axis=0)
            cheapest[np.isinf(cheapest)] = 0.0
            others += self._stands_for @ cheapest
        bounds += lower[self._others] @ np.maximum(others, 0.0)
        bounds += upper[self._others] @ np.minimum(others, 0.0)
        return ReducedCosts(bounds, choices, cheapest, others, rest)

    def hold(
        self, reduced: ReducedCosts, room: FloatArray, lower: FloatArray, upper: FloatArray
    ) -> None:
        """Hold binary columns whose other value costs every objective more than it has room for.

        `room`, (objectives,), is what an objective may lie above
        its bound and still count.
        """
        is_open = self._integer & (upper - lower == 1.0)
        if not is_open.any():
            return
        down, up = np.zeros(self._size, dtype=bool), np.zeros(self._size, dtype=bool)
        rest, most = reduced.free_of_cost, room.max()
        down[self._free_of_cost], up[self._free_of_cost] = rest > most, -rest > most
        down[self._others] = (reduced.others - room).min(axis=1) > 0
        up[self._others] = (-reduced.others - room).min(axis=1) > 0
        if len(self._choices):
            run = np.maximum(reduced.others[self._one_place], 0.0)
            run *= (lower[self._one] == 0)[:, None]
            more = run - reduced.cheapest - room
            down[self._choices] = (reduced.choices + more[self._group]).min(axis=1) > 0
        down &= is_open
        up &= is_open
        upper[down], lower[up] = lower[down], upper[up]
        if down.any() or up.any():
            self.tighten(lower, upper)


def _choices(program: Program, costly: NDArray[np.bool_]) -> list[tuple[IntArray, int]]:
    """Return the rows Σ choices − one = 0 over columns with a cost: the choices and that one.

    No choice twice.
    """
    found = list[tuple[IntArray, int]]()
    used, stands = np.zeros(program.size, dtype=bool), np.zeros(program.size, dtype=bool)
    for row in program.rows:
        choices, ones = row.columns[row.coefficients > 0], row.columns[row.coefficients < 0]
        whole = (
            row.lower == row.upper == 0
            and len(ones) == 1
            and len(choices)
            and bool((np.abs(row.coefficients) == 1).all())
        )
        met = used[row.columns].any() or stands[choices].any()
        if whole and costly[row.columns].all() and not met:
            used[choices], stands[ones] = True, True
            found.append((choices, int(ones[0])))
    return found
