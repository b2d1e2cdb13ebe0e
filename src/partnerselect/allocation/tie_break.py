"""Of equally good choices the one that everybody gets."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from partnerselect.allocation.formulate import Stage
from partnerselect.allocation.questions import Questions
from partnerselect.arrays import FloatArray

BETTER = 1e-4
HALF = 0.5
"""Between 0 and 1: what a binary column's value is compared with."""
EXTRA_SOLVES = 200
MOST_WEIGHT = 20_000
"""Needs go into one search of ids until their weights span more than tolerances tell apart."""
IN_TURN = (0, 1, 2, 3)
"""The stages of an objective as its aim has them: the aim, the other of value and cost, counts."""


class TieBreak:
    """Single out one: the cheapest, of fewest partners, fewest engagements, smallest ids."""

    def __init__(
        self, questions: Questions, values: FloatArray, order: tuple[int, ...] = IN_TURN
    ) -> None:
        """Prepare; `order` says in which turn the stages of the objective count."""
        self._of, self._values = questions, values
        self._rows = [questions.stage_rows[stage] for stage in order]
        self._stages = [questions.objective.stages[stage] for stage in order]
        self._integer = np.array(questions.formulation.program.integer)
        self._fixed: list[int] = []
        self._solves = 0
        self.complete = True

    def run(self) -> FloatArray:
        """Return the columns of the choice singled out; shape (columns,)."""
        rows, stages = self._rows, self._stages
        try:
            self._hold(rows[0], stages[0])
            if not self._unique():
                for row, stage in zip(rows[1:], stages[1:], strict=True):
                    self._minimise(stage[0])
                    self._hold(row, stage)
                if not self._unique():
                    self._smallest_ids()
        finally:
            self._of.free(self._fixed)
            self._of.restore(*rows)
        return self._values

    def _hold(self, row: int, stage: Stage) -> None:
        """Keep what has been reached: no worse than now by more than counts as equal."""
        terms, tolerance = stage
        self._of.model.set_row_bounds(row, -np.inf, float(terms @ self._values) + tolerance)

    def _minimise(self, terms: FloatArray) -> bool:
        """Minimise under what is held; False if that could not be finished."""
        if self._solves >= EXTRA_SOLVES:
            self.complete = False
            return False
        self._solves += 1
        self._of.model.set_objective(terms)
        solution = self._of.solve(start=self._values)
        if solution.state != "optimal" or solution.values is None:
            self.complete = False
            return False
        if terms @ solution.values < terms @ self._values - BETTER:
            self._values = np.where(self._integer, np.round(solution.values), solution.values)
        return True

    def _unique(self) -> bool:
        """Tell whether no other choice is as good: under what is held, none is possible."""
        f, model = self._of.formulation, self._of.model
        same = np.zeros(f.program.size)
        for column in f.y.values():
            same[column] = float(self._values[column] > HALF)
        for column in f.z:
            if self._values[column] < HALF:
                same[column] = -1.0
        row = model.add_row(same, upper=float(same @ self._values) - HALF)
        first, tolerance = self._stages[0]
        model.set_objective(first)  # its relaxation tells best that nothing else comes near
        self._solves += 1
        other = self._of.solve(below=float(first @ self._values) + 2 * tolerance)
        model.set_row_bounds(row, -np.inf, np.inf)
        self.complete &= other.is_settled
        return other.state == "infeasible"

    def _smallest_ids(self) -> None:
        """Give every need, in order of ids, the smallest partner id that keeps the rest.

        Not run sorts last.

        Several needs go into one search, each counting more than all that come after it.
        """
        together: list[list[int]] = []
        for ordered in self._by_ids():
            if not together and self._values[ordered[0]] > HALF:
                self._fix(ordered)  # no id is smaller
                continue
            if prod(len(columns) + 1 for columns in (*together, ordered)) > MOST_WEIGHT:
                self._smallest(together)
                together = []
            together.append(ordered)
        self._smallest(together)

    def _by_ids(self) -> Iterator[list[int]]:
        """Yield every need's columns: needs in order of ids, partners in order of theirs."""
        table, work = self._of.formulation.y_table, self._of.work
        partners = np.argsort(np.argsort(work.partners))
        for n in sorted(range(len(work.needs)), key=lambda n: work.needs[n]):
            able = np.flatnonzero(table[n] >= 0)
            if len(able):
                yield table[n, able[np.argsort(partners[able])]].tolist()

    def _smallest(self, together: list[list[int]]) -> None:
        if self.complete:
            terms, weight = np.zeros(self._of.formulation.program.size), 1.0
            for columns in reversed(together):
                terms[columns] = weight * np.arange(-len(columns), 0)
                weight *= len(columns) + 1
            self._minimise(terms)
        for columns in together:
            self._fix(columns)

    def _fix(self, columns: list[int]) -> None:
        for column in columns:
            value = float(round(self._values[column]))
            self._of.model.set_column_bounds([column], value, value)
        self._fixed += columns
