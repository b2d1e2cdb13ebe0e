"""A choice of plans made better by exchanges: one programme's plan for another, or two at once.

Source: local search over pairs of moves, e.g. Osman (1995), OR Spektrum 17, for the generalised assignment problem.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from partnerselect.allocation.early.master import Master
from partnerselect.allocation.problem import BoolArray, FloatArray, IntArray

NOTHING = -1
MOST_ENTRIES = 20_000_000
"""Plans times rows up to which the exchanges are tried: 160 MB."""
BETTER = 1e-9
SLACK = 1e-9
FIRST_MOVES = 600
"""Of the moves that would pay but break a row, how many are tried with a second one: those that break least."""


@dataclass
class Exchange:
    """Every plan's use of every row; the columns that no programme decides alone stay as they are."""

    of: Master
    use: FloatArray = field(init=False)
    """(plans, rows)."""

    def __post_init__(self) -> None:
        arrays, rows = self.of.arrays, self.of.of.size
        self.use = np.zeros((self.of.plans, rows))
        ours = (arrays.columns < self.of.plans) & (arrays.row_of < rows)
        self.use[arrays.columns[ours], arrays.row_of[ours]] = arrays.coefficients[ours]

    def improved(self, values: FloatArray, until: float, is_stopped: Callable[[], bool]) -> FloatArray:
        """Exchange plans while that pays and time lasts; values (columns of the master) that keep every row."""
        search = _Search(self, values)

        def is_over() -> bool:
            return time.perf_counter() > until or is_stopped()

        while not is_over() and (search.one() or search.two(is_over)):
            pass
        return search.values()


class _Search:
    def __init__(self, exchange: Exchange, values: FloatArray) -> None:
        master = exchange.of
        self._use, self._cost, self._programme = exchange.use, master.objective[: master.plans], master.programme
        self._start, self._master = values, master
        followed = np.flatnonzero(values[: master.plans] > 0.5)  # noqa: PLR2004 - whole or not at all
        self._followed: IntArray = np.full(len(master.of.z), NOTHING, dtype=np.intp)
        self._followed[self._programme[followed]] = followed
        whole = np.round(values[: master.plans])
        uses = master.arrays.uses(np.append(whole, values[master.plans :]))[: master.of.size]
        self._above, self._below = master.of.upper - uses, uses - master.of.lower
        """How far every row may still rise, and fall."""

    def values(self) -> FloatArray:
        """Return the choice as it now stands."""
        values = self._start.copy()
        values[: self._master.plans] = 0.0
        values[self._followed[self._followed != NOTHING]] = 1.0
        return values

    def one(self) -> bool:
        """Make the best exchange of one programme's plan that keeps every row; False where none pays."""
        change, saved = self._moves()
        paying = np.flatnonzero(saved < -BETTER)
        able = paying[self._fits(change[paying])]
        if not len(able):
            return False
        best = int(able[saved[able].argmin()])
        self._follow(int(self._programme[best]), best, change[best])
        return True

    def two(self, is_over: Callable[[], bool]) -> bool:
        """Make an exchange that breaks a row together with one elsewhere that mends it; False where no two pay."""
        change, saved = self._moves()
        running = np.flatnonzero(self._followed != NOTHING)
        running = running[~self._master.of.mandatory[running]]
        dropped = self._followed[running]
        second = np.concatenate([change, -self._use[dropped]])
        cost, owner = np.append(saved, -self._cost[dropped]), np.append(self._programme, running)
        paying = np.flatnonzero(saved < -BETTER)
        broken = (np.maximum(change[paying] - self._above, 0.0) + np.maximum(-change[paying] - self._below, 0.0)).sum(axis=1)
        for first in paying[np.argsort(broken, kind="stable")][:FIRST_MOVES].tolist():
            if is_over():
                return False
            able = np.flatnonzero((cost < -saved[first] - BETTER) & (owner != self._programme[first]))
            able = able[self._mends(second, able, change[first])]
            if len(able):
                best = int(able[cost[able].argmin()])
                self._follow(int(self._programme[first]), first, change[first])
                self._follow(int(owner[best]), best if best < self._master.plans else NOTHING, second[best])
                return True
        return False

    def _moves(self) -> tuple[FloatArray, FloatArray]:
        """Return what following each plan would change: of every row, shape (plans, rows), and of the cost."""
        now = self._followed[self._programme]
        follows = now != NOTHING
        return self._use - np.where(follows[:, None], self._use[now], 0.0), self._cost - np.where(follows, self._cost[now], 0.0)

    def _fits(self, change: FloatArray) -> BoolArray:
        return np.asarray(((change <= self._above + SLACK) & (-change <= self._below + SLACK)).all(axis=1))

    def _mends(self, second: FloatArray, able: IntArray, first: FloatArray) -> IntArray:
        """Return which second moves keep every row beside a first one; the rows it breaks are looked at first."""
        above, below = self._above - first + SLACK, self._below + first + SLACK
        broken = np.flatnonzero((above < 0) | (below < 0))
        part = second[np.ix_(able, broken)]
        kept = np.flatnonzero(((part <= above[broken]) & (-part <= below[broken])).all(axis=1))
        change = second[able[kept]]
        return np.asarray(kept[((change <= above) & (-change <= below)).all(axis=1)])

    def _follow(self, programme: int, plan: int, change: FloatArray) -> None:
        self._followed[programme] = plan
        self._above, self._below = self._above - change, self._below + change
