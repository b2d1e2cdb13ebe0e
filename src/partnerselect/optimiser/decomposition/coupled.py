"""A generalised assignment taken apart: what each job decides alone, and the rows that couple jobs.

A job is a set of tasks that all run or none does, each done by one agent. A row of one job alone is
kept by every pattern of that job; all other rows are kept here as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.program import Arrays

NONE = -1
"""No such column."""


@dataclass(frozen=True)
class Entries:
    """A sparse matrix as triples."""

    row: IntArray
    column: IntArray
    coefficient: FloatArray

    def chosen(self, kept: BoolArray | IntArray) -> Entries:
        """Return some of the triples, or all in another order."""
        return Entries(self.row[kept], self.column[kept], self.coefficient[kept])

    def joined(self, other: Entries) -> Entries:
        """Return the triples of both."""
        return Entries(
            np.append(self.row, other.row),
            np.append(self.column, other.column),
            np.append(self.coefficient, other.coefficient),
        )


@dataclass(frozen=True)
class Coupled:
    """What is minimised, the rows that couple the jobs, and the columns each job decides over."""

    whole: Arrays
    objective: FloatArray
    """(columns,): minimised."""
    constant: float
    """The part of the objective that no choice changes."""
    floor: tuple[FloatArray, float] | None
    """Coefficients over the columns of one more row, and its lower bound."""
    y: IntArray
    """(N, K): the column that says k delivers the task; -1 where it may not."""
    x: IntArray
    """(P, K): k works on the job; -1 where it cannot."""
    z: IntArray
    """(P,): the job runs."""
    tasks: IntArray
    """(P, J): the tasks of every job, padded with -1."""
    least: IntArray
    most: IntArray
    """(P,): agents a job may have."""
    entries: Entries
    """Of the coupling rows, each scaled to length 1."""
    lower: FloatArray
    upper: FloatArray
    """(rows,)."""

    def holds(self, values: FloatArray) -> bool:
        """Tell whether values of all columns keep every row."""
        if self.floor is not None and float(self.floor[0] @ values) < self.floor[1]:
            return False
        return self.whole.holds(values)

    @cached_property
    def other(self) -> IntArray:
        """Columns that no job decides alone: who is engaged, days bought, methods in use."""
        owned = np.zeros(self.whole.size, dtype=bool)
        for columns in (self.y, self.x, self.z):
            owned[columns[columns != NONE]] = True
        return np.flatnonzero(~owned)

    @cached_property
    def mandatory(self) -> BoolArray:
        """(P,): jobs that must run."""
        return np.asarray(self.whole.lower[self.z] > 0)

    @cached_property
    def dearest(self) -> float:
        """No choice costs more; a bound above it says that there is none."""
        costs = np.flatnonzero(self.objective)
        return float(
            np.maximum(
                self.objective[costs] * self.whole.lower[costs],
                self.objective[costs] * self.whole.upper[costs],
            ).sum()
        )

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.lower)

    @cached_property
    def by_column(self) -> tuple[Entries, IntArray]:
        """The entries in order of their columns, and where each column begins; (columns + 1,)."""
        order = np.argsort(self.entries.column, kind="stable")
        return self.entries.chosen(order), np.searchsorted(
            self.entries.column[order], np.arange(self.whole.size + 1)
        )

    @cached_property
    def places(self) -> tuple[IntArray, IntArray]:
        """Where the cost of each task with each agent stands, and of each agent's work.

        (P, J, K) and (P, K): among the costs of the columns, followed by inf for what may not be
        and by 0 beyond a job's tasks.
        """
        never, nothing = self.whole.size, self.whole.size + 1
        y = np.where(self.y == NONE, never, self.y)[self.tasks]
        return np.where((self.tasks == NONE)[:, :, None], nothing, y), np.where(
            self.x == NONE, never, self.x
        )

    def entries_of(self, columns: IntArray) -> tuple[Entries, IntArray]:
        """Return the entries of columns, one column after the other, and how many each has."""
        entries, begins = self.by_column
        length = begins[columns + 1] - begins[columns]
        place = np.repeat(
            begins[columns] - np.append(0, np.cumsum(length)[:-1]), length
        ) + np.arange(int(length.sum()))
        return entries.chosen(place), length

    def use(self, columns: IntArray, values: FloatArray) -> FloatArray:
        """Return what every row comes to with these columns at these values and all others 0.

        (rows,).
        """
        entries, length = self.entries_of(columns)
        return np.bincount(
            entries.row,
            weights=entries.coefficient * np.repeat(values, length),
            minlength=self.size,
        ).astype(float)

    def priced(self, prices: FloatArray) -> FloatArray:
        """Return what every column costs once each row is paid for.

        Prices (rows,) to (columns,).
        """
        paid = np.bincount(
            self.entries.column,
            weights=self.entries.coefficient * prices[self.entries.row],
            minlength=self.whole.size,
        )
        return self.objective + paid

    def allowance(self, prices: FloatArray) -> float:
        """Return what the bounds of the rows are worth at these prices."""
        bound = np.where(prices > 0, self.upper, np.where(prices < 0, self.lower, 0.0))
        return float(prices @ bound)

    def allowed(self, prices: FloatArray) -> FloatArray:
        """Return prices that rows can have: above 0 with an upper bound, below with a lower one."""
        above = np.where(np.isfinite(self.upper), prices, np.minimum(prices, 0.0))
        return np.where(np.isfinite(self.lower), above, np.maximum(above, 0.0))

    def excess(self, use: FloatArray, prices: FloatArray) -> FloatArray:
        """Return by how much every row is broken, or below what is paid for; each (rows,)."""
        broken = np.maximum(use - self.upper, 0.0) + np.minimum(use - self.lower, 0.0)
        slack = np.where(
            prices > 0,
            np.minimum(use - self.upper, 0.0),
            np.where(prices < 0, np.maximum(use - self.lower, 0.0), 0.0),
        )
        return np.asarray(broken + slack)
