"""An answer early: round the relaxation programme by programme, solving it again after each step, so that every limit is kept.

Source: diving heuristics, Berthold (2006), Primal heuristics for mixed integer programs, TU Berlin, ch. 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnerselect.allocation.problem import FloatArray, Formulation
from partnerselect.optimiser import Relaxation, Solution

if TYPE_CHECKING:
    from partnerselect.allocation.solve import Allocator

RESERVE = 0.5
"""The part of the time that is left for what follows the dive."""
STEP = 0.15
"""The part of the undecided programmes that is decided at each step, those closest to whole first."""


def dive(allocator: Allocator, relaxation: Relaxation) -> Solution | None:
    """Decide programmes from the relaxation, step by step; None where that leads nowhere in the time left."""
    diver = _Diver(allocator)
    try:
        return diver.run(relaxation)
    finally:
        allocator.free([*allocator.formulation.y.values(), *allocator.formulation.z])


class _Diver:
    """The programmes still undecided, and what was decided about the others."""

    def __init__(self, allocator: Allocator) -> None:
        self._of, self._f = allocator, allocator.formulation
        self._needs = _needs_of(self._f)
        self._undecided = set(range(len(self._f.z)))

    def run(self, relaxation: Relaxation) -> Solution | None:
        """Decide all programmes; those still open when half of the time is gone are deferred."""
        reserve = RESERVE * self._of.time_left
        while self._undecided and relaxation.values is not None and self._of.time_left > reserve:
            relaxation = self._step(relaxation.values, reserve)
        for p in list(self._undecided):
            self._defer(p)
        found = self._of.model.solve(time_limit=self._of.time_left / 2, listener=self._stopped)
        return found if found.values is not None else None

    def _step(self, values: FloatArray, reserve: float) -> Relaxation:
        """Decide the programmes closest to whole, taking back what proves impossible."""
        batch = self._closest(values)
        for p in batch:
            self._decide(p, values)
        relaxation = self._relaxed(reserve)
        while relaxation.bound == np.inf and len(batch) > 1:
            batch = self._take_back(batch)
            relaxation = self._relaxed(reserve)
        if relaxation.bound == np.inf:
            self._defer(batch[0])
            relaxation = self._relaxed(reserve)
        return relaxation

    def _relaxed(self, reserve: float) -> Relaxation:
        return self._of.model.relaxed(time_limit=max(self._of.time_left - reserve, 0.0), listener=self._stopped)

    def _stopped(self, _bound: float, _best: float) -> bool:
        return self._of.watch.is_stopped

    def _closest(self, values: FloatArray) -> list[int]:
        """Return the undecided programmes closest to whole, the largest values first."""
        ordered = sorted(self._undecided, key=lambda p: -self._wholeness(p, values))
        return ordered[: max(1, int(STEP * len(ordered)))]

    def _wholeness(self, p: int, values: FloatArray) -> float:
        run = values[self._f.z[p]]
        if run < 1e-6:  # noqa: PLR2004 - not run at all is whole too
            return 1.0
        return float(min(max((values[column] for column in columns), default=0.0) for columns in self._needs[p]))

    def _decide(self, p: int, values: FloatArray) -> None:
        """Run the programme with the partners that the relaxation prefers, or defer it where it does not run it."""
        self._undecided.discard(p)
        if values[self._f.z[p]] < 1e-6:  # noqa: PLR2004
            self._of.model.set_column_bounds([self._f.z[p]], 0.0, 0.0)
            return
        chosen = [max(columns, key=lambda column: values[column]) for columns in self._needs[p]]
        self._of.model.set_column_bounds(chosen, 1.0, 1.0)

    def _take_back(self, batch: list[int]) -> list[int]:
        """Undo the less certain half of a step."""
        kept, undone = batch[: len(batch) // 2], batch[len(batch) // 2 :]
        self._undecided.update(undone)
        self._of.free([column for p in undone for column in (self._f.z[p], *(c for columns in self._needs[p] for c in columns))])
        return kept

    def _defer(self, p: int) -> None:
        self._undecided.discard(p)
        self._of.free([column for columns in self._needs[p] for column in columns])
        self._of.model.set_column_bounds([self._f.z[p]], self._f.program.lower[self._f.z[p]], self._f.program.lower[self._f.z[p]])


def _needs_of(f: Formulation) -> list[list[list[int]]]:
    """Return, for every programme, the columns `y` of each of its needs."""
    by_need: dict[int, list[int]] = {n: [] for n in range(len(f.work.needs))}
    for (n, _), column in f.y.items():
        by_need[n].append(column)
    found: list[list[list[int]]] = [[] for _ in f.z]
    for n, columns in by_need.items():
        found[int(f.work.programme_of[n])].append(columns)
    return found
