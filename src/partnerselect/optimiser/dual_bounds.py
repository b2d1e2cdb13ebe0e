"""Bounds from below that dual values of the rows give to any objective."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.program import Program


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
        costly = np.zeros(self._size, dtype=bool)
        costly[telling] = True
        groups = _choices(program, costly)
        self._choices = np.concatenate(
            [np.empty(0, dtype=np.intp), *(choices for choices, _ in groups)]
        )
        self._begins = np.append(0, np.cumsum([len(choices) for choices, _ in groups])[:-1]).astype(
            np.intp
        )
        self._one = np.array([one for _, one in groups], dtype=np.intp)
        costly[self._choices] = False
        self._others = np.flatnonzero(costly)
        place = np.full(self._size, -1, dtype=np.intp)
        place[self._others] = np.arange(len(self._others))
        self._stands_for = np.zeros((len(groups), len(self._others)))
        self._stands_for[np.arange(len(groups)), place[self._one]] = 1.0
        costly[self._choices] = True
        self._free_of_cost = np.flatnonzero(~costly)

    def tighten(self, lower: FloatArray, upper: FloatArray) -> None:
        """Tighten what columns held at a bound mean for a choice and for the one it stands for."""
        if not len(self._choices):
            return
        group = np.repeat(
            np.arange(len(self._one)), np.diff(np.append(self._begins, len(self._choices)))
        )
        taken = np.add.reduceat(lower[self._choices], self._begins) > 0
        np.maximum.at(lower, self._one, taken.astype(float))
        np.minimum.at(
            upper, self._one, np.minimum(np.add.reduceat(upper[self._choices], self._begins), 1.0)
        )
        out = (upper[self._one] == 0)[group] | (taken[group] & (lower[self._choices] == 0))
        upper[self._choices[out]] = 0.0

    def of(
        self, duals: FloatArray, lower: FloatArray, upper: FloatArray, costs: FloatArray
    ) -> FloatArray:
        """Return what no solution within the columns' bounds can lie below, for each objective.

        Shape (objectives,).

        Σ dual · row bound + Σ min over the column's bounds of (reduced cost · column), for any dual
        values whose sign meets a finite row bound. Those of the rows Σ choices = one are moved,
        objective by objective, to where the cheapest choice costs nothing; the one that they stand
        for then costs that much more.
        """
        up, down = (
            np.where(np.isfinite(self._lower), np.maximum(duals, 0.0), 0.0),
            np.where(np.isfinite(self._upper), np.minimum(duals, 0.0), 0.0),
        )
        constant = float(up[up > 0] @ self._lower[up > 0] + down[down < 0] @ self._upper[down < 0])
        paid = np.bincount(
            self._column, weights=self._coefficient * (up + down)[self._row], minlength=self._size
        ).astype(float)
        constant += _least(-paid, lower, upper, self._free_of_cost)
        others = costs[:, self._others] - paid[self._others]
        if len(self._choices):
            choices = costs[:, self._choices] - paid[self._choices]
            held = lower[self._choices] > 0
            bound = choices[:, held].sum(axis=1) + constant
            choices[:, lower[self._choices] >= upper[self._choices]] = np.inf
            cheapest = np.minimum.reduceat(choices, self._begins, axis=1)
            others += np.where(np.isinf(cheapest), 0.0, cheapest) @ self._stands_for
        else:
            bound = np.full(len(costs), constant)
        return np.asarray(
            bound
            + np.maximum(others, 0.0) @ lower[self._others]
            + np.minimum(others, 0.0) @ upper[self._others]
        )


def _least(costs: FloatArray, lower: FloatArray, upper: FloatArray, columns: IntArray) -> float:
    return float(np.minimum(costs[columns] * lower[columns], costs[columns] * upper[columns]).sum())


def _choices(program: Program, costly: NDArray[np.bool_]) -> list[tuple[IntArray, int]]:
    """Return the rows Σ choices − one = 0 over columns with a cost: the choices and that one.

    No choice twice.
    """
    found, used = list[tuple[IntArray, int]](), np.zeros(program.size, dtype=bool)
    for row in program.rows:
        choices, ones = row.columns[row.coefficients > 0], row.columns[row.coefficients < 0]
        whole = (
            row.lower == row.upper == 0
            and len(ones) == 1
            and len(choices)
            and bool((np.abs(row.coefficients) == 1).all())
        )
        if whole and costly[row.columns].all() and not used[row.columns].any():
            used[choices] = True
            found.append((choices, int(ones[0])))
    return found
