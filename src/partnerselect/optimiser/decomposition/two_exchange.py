"""A choice of patterns made better by exchanges: one job's pattern for another, or two at once.

Source: local search over pairs of moves, e.g. Osman (1995), OR Spektrum 17, for the generalised
assignment problem.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.restricted_master import Master

NOTHING = -1
"""No pattern: the job does not run."""
MOST_ENTRIES = 20_000_000
"""Patterns times rows up to which the exchanges are tried: 160 MB."""
BETTER = 1e-9
SLACK = 1e-9
FIRST_MOVES = 600
"""Of the moves that would pay but break a row, how many are tried with a second one."""


class Exchange:
    """Every pattern's use of every row.

    The columns that no job decides alone stay as they are.
    """

    def __init__(self, of: Master) -> None:
        self.of = of
        arrays, rows = of.arrays, of.of.size
        self.use = np.zeros((of.patterns + 1, rows))
        """(patterns + 1, rows); the last, which `NOTHING` stands for, uses nothing."""
        ours = (arrays.columns < of.patterns) & (arrays.row_of < rows)
        self.use[arrays.columns[ours], arrays.row_of[ours]] = arrays.coefficients[ours]

    def improved(
        self, values: FloatArray, until: float, is_stopped: Callable[[], bool]
    ) -> FloatArray:
        """Exchange patterns while that pays and time lasts.

        Values (columns of the master) that keep every row.
        """
        search = _Search(self, values)

        def is_over() -> bool:
            return time.perf_counter() > until or is_stopped()

        while not is_over() and (search.one() or search.two(is_over)):
            pass
        return search.values()


class _Search:
    """A choice, and the moves from it: to each pattern, and to not running what need not run."""

    def __init__(self, exchange: Exchange, values: FloatArray) -> None:
        master = exchange.of
        optional = np.flatnonzero(~master.of.mandatory)
        self._use, self._cost, self._start, self._master = (
            exchange.use,
            np.append(master.objective[: master.patterns], 0.0),
            values,
            master,
        )
        self._to = np.append(np.arange(master.patterns), np.full(len(optional), NOTHING))
        self._owner = np.append(master.job, optional)
        # whole or not at all
        followed = np.flatnonzero(values[: master.patterns] > 0.5)  # noqa: PLR2004
        self._followed: IntArray = np.full(len(master.of.z), NOTHING, dtype=np.intp)
        self._followed[master.job[followed]] = followed
        whole = np.round(values[: master.patterns])
        uses = master.arrays.uses(np.append(whole, values[master.patterns :]))[: master.of.size]
        self._above, self._below = master.of.upper - uses, uses - master.of.lower
        """How far every row may still rise, and fall."""

    def values(self) -> FloatArray:
        """Return the choice as it now stands."""
        values = self._start.copy()
        values[: self._master.patterns] = 0.0
        values[self._followed[self._followed != NOTHING]] = 1.0
        return values

    def one(self) -> bool:
        """Make the best exchange of one job's pattern that keeps every row.

        False where none pays.
        """
        saved = self._saved()
        paying = np.flatnonzero(saved < -BETTER)
        able = paying[self._fits(self._change(paying))]
        if not len(able):
            return False
        self._make(int(able[saved[able].argmin()]))
        return True

    def two(self, is_over: Callable[[], bool]) -> bool:
        """Make an exchange that breaks a row together with one elsewhere that makes up for it.

        False where no two pay.
        """
        saved = self._saved()
        paying = np.flatnonzero(saved < -BETTER)
        change = self._change(paying)
        broken = (
            np.maximum(change - self._above, 0.0) + np.maximum(-change - self._below, 0.0)
        ).sum(axis=1)
        for place in np.argsort(broken, kind="stable")[:FIRST_MOVES].tolist():
            if is_over():
                return False
            first = int(paying[place])
            able = np.flatnonzero(
                (saved < -saved[first] - BETTER) & (self._owner != self._owner[first])
            )
            able = able[self._mends(able, change[place])]
            if len(able):
                best = int(able[saved[able].argmin()])
                self._make(first)
                self._make(best)
                return True
        return False

    def _saved(self) -> FloatArray:
        """Return what each move changes about the cost; (moves,)."""
        return np.asarray(self._cost[self._to] - self._cost[self._followed[self._owner]])

    def _change(self, moves: IntArray, rows: IntArray | None = None) -> FloatArray:
        """Return what moves change about rows, about all where none are named; (moves, rows)."""
        to, now = self._to[moves], self._followed[self._owner[moves]]
        if rows is None:
            return np.asarray(self._use[to] - self._use[now])
        return np.asarray(self._use[np.ix_(to, rows)] - self._use[np.ix_(now, rows)])

    def _fits(self, change: FloatArray) -> BoolArray:
        return np.asarray(
            ((change <= self._above + SLACK) & (-change <= self._below + SLACK)).all(axis=1)
        )

    def _mends(self, able: IntArray, first: FloatArray) -> IntArray:
        """Return which second moves keep every row beside a first one.

        The rows it breaks are looked at first.
        """
        above, below = self._above - first + SLACK, self._below + first + SLACK
        broken = np.flatnonzero((above < 0) | (below < 0))
        part = self._change(able, broken)
        kept = np.flatnonzero(((part <= above[broken]) & (-part <= below[broken])).all(axis=1))
        change = self._change(able[kept])
        return np.asarray(kept[((change <= above) & (-change <= below)).all(axis=1)])

    def _make(self, move: int) -> None:
        change = self._change(np.array([move]))[0]
        self._followed[self._owner[move]] = self._to[move]
        self._above, self._below = self._above - change, self._below + change
