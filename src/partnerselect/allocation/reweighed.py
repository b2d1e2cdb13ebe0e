"""One formulation under one set of worths after another: what was proven for the last serves the next."""

from __future__ import annotations

from collections.abc import Callable

from partnerselect.allocation.problem import FloatArray, Formulation
from partnerselect.optimiser import ManyObjectives, Program

MOST_COLUMNS = 400
"""Columns up to which it is tried."""
PATIENCE = 0.1
"""Seconds after which the solver is asked instead."""
FAILURES = 2
"""Times in a row that it may take too long before it is no longer tried."""


class Reweighed:
    """The tree that all these questions share (see `ManyObjectives`), and whether it still pays."""

    def __init__(self, f: Formulation) -> None:
        self.program: Program = f.program
        self._telling = f.telling
        self._search: ManyObjectives | None = None
        self._failures = 0 if f.program.size <= MOST_COLUMNS else FAILURES

    def learn(self, values: FloatArray) -> None:
        """Take note of a solution from elsewhere; (columns,).

        Without any, nothing is found here.
        """
        if self._failures >= FAILURES:
            return
        if self._search is None:
            self._search = ManyObjectives(self.program, self._telling)
        self._search.offer(values)

    def best(self, objective: FloatArray, seconds: float, stop: Callable[[], bool]) -> int | None:
        """Return the number of the best solution, soon proven; None where it takes too long.

        Args:
            objective: (columns,), minimised.
            seconds: time allowed at most.
            stop: True gives up.
        """
        if self._failures >= FAILURES or self._search is None or seconds <= 0:
            return None
        found = self._search.best(objective[None, :], seconds=min(seconds, PATIENCE), stop=stop)
        self._failures = self._failures + 1 if found is None else 0
        return None if found is None else int(found[0])

    def values(self, number: int) -> FloatArray:
        """Return a solution; (columns,)."""
        return self._tree.solutions[number]

    def is_alone(self, objective: FloatArray, number: int, within: float) -> bool:
        """Tell whether it is soon proven that no other choice comes within so much of this one."""
        return self._tree.is_alone(objective, number, within)

    @property
    def _tree(self) -> ManyObjectives:
        if self._search is None:
            message = "nothing was found here yet"
            raise ValueError(message)
        return self._search
