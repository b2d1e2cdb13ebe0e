"""A choice of patterns made better part by part: jobs that share agents are chosen anew.

Source: large neighbourhood search, Shaw (1998), Principles and Practice of Constraint Programming,
LNCS 1520.
"""

from __future__ import annotations

import time

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.column_generation import Settled
from partnerselect.optimiser.decomposition.coupled import NONE
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
        self._master, self._model, self._dear, self._relaxed = (
            settled.patterns,
            settled.model,
            settled.dear,
            settled.values,
        )
        master = self._master
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
        patterns, relaxed = self._master.patterns, self._relaxed
        whole = relaxed[:patterns] > 1 - 1e-6
        undecided = np.zeros(len(self._master.of.z), dtype=bool)
        # more than nothing
        undecided[self._master.job[(relaxed[:patterns] > 1e-6) & ~whole]] = True  # noqa: PLR2004
        values = np.append(whole.astype(float), relaxed[patterns:])
        return self._solved(undecided, values, seconds, listener, start=None)

    @property
    def is_everything(self) -> bool:
        """Whether a part would be nearly all there is."""
        return len(self._master.of.z) <= FIRST_SIZE

    def everything(
        self, seconds: float, listener: Listener, start: FloatArray | None = None
    ) -> FloatArray | None:
        """Choose everything anew; None where nothing was found."""
        undecided = np.ones(len(self._master.of.z), dtype=bool)
        return self._solved(undecided, np.zeros(self._master.arrays.size), seconds, listener, start)

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
        return values if found is None or self._cost(found) > self._cost(values) else found

    def _cost(self, values: FloatArray) -> float:
        return float(self._master.objective @ values)

    def _solved(
        self,
        free: BoolArray,
        values: FloatArray,
        seconds: float,
        listener: Listener,
        start: FloatArray | None,
    ) -> FloatArray | None:
        arrays, patterns = self._master.arrays, self._master.patterns
        lower, upper = arrays.lower.copy(), arrays.upper.copy()
        held = np.flatnonzero(~free[self._master.job])
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
        master, chance = self._master, self._chance
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
        distance = np.full(len(self._master.of.z), np.inf)
        strange = ~self._works[:, met].any(axis=1)
        noise = NOISE * self._chance.random(self._master.patterns)
        np.minimum.at(distance, self._master.job, self._dear + NOISE * strange + noise)
        return deferred[np.argsort(distance[deferred], kind="stable")][
            : max(3, int(DEFERRED * self._size))
        ]
