"""A choice of patterns made better: part by part, and by exchanges of one job's pattern or two.

Jobs that share agents are chosen anew. Sources: large neighbourhood search, Shaw (1998), Principles
and Practice of Constraint Programming, LNCS 1520; local search over pairs of moves, e.g. Osman
(1995), OR Spektrum 17, for the generalised assignment problem.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.coupled import NONE
from partnerselect.optimiser.decomposition.restricted_master import Master, Settled
from partnerselect.optimiser.solver_thread import Listener

FIRST_SIZE, FIRST_PLANS = 25, 400
"""Jobs, and about how many patterns of theirs, in the first part."""
LEAST_SIZE = 5
IN_TIME = (0.3, 0.8)
"""Of its time, what a part takes that could be larger, and that should be smaller."""
DEFERRED = 0.3
"""Of the jobs chosen anew, the part that does not run yet."""
SEED = 0
"""Of the order in which parts are looked at: the same for every run."""
WORTH_A_SOLVE = 2e-4
"""A part is left when it is within this share of its best."""
NOISE = 0.02
"""Points by which chance may favour a deferred job."""


class Neighbourhood:
    """Parts of one choice, solved again one after another."""

    def __init__(self, settled: Settled) -> None:
        self.master, self._model, self._dear, self._relaxed = (
            settled.patterns,
            settled.model,
            settled.dear,
            settled.values,
        )
        master = self.master
        self._chance = np.random.default_rng(SEED)
        self._size = min(
            FIRST_SIZE, max(LEAST_SIZE, FIRST_PLANS * len(master.of.z) // max(master.patterns, 1))
        )
        self._works = np.zeros((master.patterns, master.of.x.shape[1]), dtype=bool)
        pattern, place = np.nonzero(master.agents != NONE)
        self._works[pattern, master.agents[pattern, place]] = True

    def first(self, seconds: float, listener: Listener) -> FloatArray | None:
        """Keep the patterns that the relaxation follows whole and choose the rest.

        None where that leads to nothing.
        """
        patterns, relaxed = self.master.patterns, self._relaxed
        whole = relaxed[:patterns] > 1 - 1e-6
        undecided = np.zeros(len(self.master.of.z), dtype=bool)
        # more than nothing
        undecided[self.master.job[(relaxed[:patterns] > 1e-6) & ~whole]] = True  # noqa: PLR2004
        values = np.append(whole.astype(float), relaxed[patterns:])
        return self._solved(undecided, values, seconds, listener, start=None)

    @property
    def is_everything(self) -> bool:
        """Whether a part would be nearly all there is."""
        return len(self.master.of.z) <= FIRST_SIZE

    def everything(
        self, seconds: float, listener: Listener, start: FloatArray | None = None
    ) -> FloatArray | None:
        """Choose everything anew; None where nothing was found."""
        undecided = np.ones(len(self.master.of.z), dtype=bool)
        return self._solved(undecided, np.zeros(self.master.arrays.size), seconds, listener, start)

    def again(self, values: FloatArray, seconds: float, listener: Listener) -> FloatArray:
        """Choose one part anew; return what is at least as good.

        Parts not finished in time make the next ones smaller.
        """
        begun = time.perf_counter()
        found = self._solved(self._part(values), values, seconds, listener, start=values)
        spent = (time.perf_counter() - begun) / seconds
        if spent > IN_TIME[1]:
            self._size = max(LEAST_SIZE, int(self._size * 0.9))
        elif spent < IN_TIME[0]:
            self._size = int(self._size * 1.15) + 1
        return values if found is None or self.cost(found) > self.cost(values) else found

    def cost(self, values: FloatArray) -> float:
        """Return what a choice of patterns costs."""
        return float(self.master.objective @ values)

    def _solved(
        self,
        free: BoolArray,
        values: FloatArray,
        seconds: float,
        listener: Listener,
        start: FloatArray | None,
    ) -> FloatArray | None:
        arrays, patterns = self.master.arrays, self.master.patterns
        lower, upper = arrays.lower.copy(), arrays.upper.copy()
        held = np.flatnonzero(~free[self.master.job])
        lower[held] = upper[held] = np.round(values[held])
        self._model.set_bounds(lower, upper)
        solution = self._model.solve(
            time_limit=seconds, gap=WORTH_A_SOLVE, start=start, listener=listener
        )
        if solution.values is None:
            return None
        return np.append(np.round(solution.values[:patterns]), solution.values[patterns:])

    def _part(self, values: FloatArray) -> BoolArray:
        """Return jobs that share agents, met from one agent to the next, and some deferred."""
        master, chance = self.master, self._chance
        # whole or not at all
        followed = np.flatnonzero(values[: master.patterns] > 0.5)  # noqa: PLR2004
        works = np.zeros((len(master.of.z), self._works.shape[1]), dtype=bool)
        works[master.job[followed]] = self._works[followed]
        free, met = np.zeros(len(works), dtype=bool), np.zeros(works.shape[1], dtype=bool)
        while (free & works.any(axis=1)).sum() < (1 - DEFERRED) * self._size and not met.all():
            near = np.flatnonzero(works[free].any(axis=0) & ~met)
            met[chance.choice(near if len(near) else np.flatnonzero(~met))] = True
            free |= works[:, met].any(axis=1)
        free[self._nearest(np.flatnonzero(~works.any(axis=1)), met)] = True
        return free

    def _nearest(self, deferred: IntArray, met: BoolArray) -> IntArray:
        """Return the deferred jobs nearest to being chosen, first those for the agents met."""
        distance = np.full(len(self.master.of.z), np.inf)
        strange = ~self._works[:, met].any(axis=1)
        noise = NOISE * self._chance.random(self.master.patterns)
        np.minimum.at(distance, self.master.job, self._dear + NOISE * strange + noise)
        return deferred[np.argsort(distance[deferred], kind="stable")][
            : max(3, int(DEFERRED * self._size))
        ]


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
