"""Of equally good choices the one that everybody gets."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from partnerselect.allocation.questions import Questions
from partnerselect.arrays import FloatArray
from partnerselect.model import programme_of
from partnerselect.optimiser import HALF

BETTER = 1e-4
EXTRA_SOLVES = 200
MOST_WEIGHT = 20_000
"""Needs go into one search of ids until their weights span more than tolerances tell apart."""
IN_TURN = (0, 1, 2, 3)
"""The stages of an objective as its aim has them: the aim, the other of value and cost, counts."""


_Turns = list[list[int]]
"""Columns, those of which one is preferred before those after it."""


class TieBreak:
    """Single out one: the cheapest, of fewest partners, fewest engagements, smallest ids."""

    def __init__(
        self, questions: Questions, values: FloatArray, order: tuple[int, ...] = IN_TURN
    ) -> None:
        """Prepare; `order` says in which turn the stages of the objective count."""
        self._of, self._values, self._order = questions, values, order
        self._integer = np.array(questions.formulation.program.integer)
        self._rows: list[int] = []
        self._most: dict[int, float] = {}
        """The most that each stage held may come to."""
        self._fixed: list[int] = []
        self._is_held = np.zeros(len(self._integer), dtype=bool)
        """(columns,): the same in every choice that is as good."""
        self._solves = 0
        self.complete = True

    def run(self) -> FloatArray:
        """Return the columns of the choice singled out; shape (columns,)."""
        first, *others = self._order
        try:
            self._hold(first)
            self._is_held = self._of.hold_settled(first, self._values, self._most[first])
            self._fixed += np.flatnonzero(self._is_held).tolist()
            if not self._unique():
                for stage in others:
                    better = min(BETTER, self._limit(stage) - self._comes_to(stage))
                    self._minimise(self._of.objective.stages[stage][0], better)
                    self._hold(stage)
                if not self._unique():
                    self._smallest_ids()
        finally:
            self._of.free(self._fixed)
            self._of.restore(*self._rows)
        return self._values

    def _hold(self, stage: int) -> None:
        """Keep what has been reached: no worse than now by more than counts as equal."""
        self._most[stage] = self._limit(stage)
        self._rows.append(self._of.hold(stage, self._most[stage]))

    def _comes_to(self, stage: int) -> float:
        return self._of.comes_to(stage, self._values)

    def _limit(self, stage: int) -> float:
        return self._of.objective.limit(stage, self._comes_to(stage))

    def _holds(self, values: FloatArray) -> bool:
        """Tell whether a choice keeps what has been reached, whatever the solver thinks."""
        return all(self._of.comes_to(stage, values) <= most for stage, most in self._most.items())

    def _minimise(self, terms: FloatArray, better: float = BETTER) -> bool:
        """Minimise under what is held; False if that could not be finished."""
        if self._solves >= EXTRA_SOLVES:
            self.complete = False
            return False
        self._solves += 1
        self._of.model.set_objective(terms)
        solution = self._of.solve(start=self._values)
        found = solution.values
        if solution.state != "optimal" or found is None or not self._holds(found):
            self.complete = False
            return False
        if terms @ found < terms @ self._values - better:
            self._values = np.where(self._integer, np.round(found), found)
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
        aim, first = self._of.objective, self._order[0]
        model.set_objective(aim.stages[first][0])  # tells best that nothing else comes near
        self._solves += 1
        other = self._of.solve(below=aim.limit(first, self._most[first]))
        model.set_row_bounds(row, -np.inf, np.inf)
        self.complete &= other.is_settled
        return other.state == "infeasible"

    def _smallest_ids(self) -> None:
        """Give every need, in order of ids, the smallest partner id that keeps the rest.

        Not run sorts last.

        Several needs go into one search, each counting more than all that come after it.
        """
        together: list[_Turns] = []
        for every in self._in_order():
            turns = [[one for one in columns if not self._is_held[one]] for columns in every]
            turns = [columns for columns in turns if columns]
            if not turns:
                continue
            if not together and self._values[turns[0]].max() > HALF:
                self._fix(turns)  # no id is smaller
                continue
            if prod(len(one) + 1 for one in (*together, turns)) > MOST_WEIGHT:
                self._smallest(together)
                together = []
            together.append(turns)
        self._smallest(together)

    def _in_order(self) -> Iterator[_Turns]:
        """Yield every need's columns by partner, each in order of ids, then those of the levels.

        A need of several levels is one.
        """
        f, work = self._of.formulation, self._of.work
        partners = np.argsort(np.argsort(work.partners))
        rows: dict[tuple[str, str], list[int]] = {}
        for n, (entry, need) in enumerate(work.needs):
            rows.setdefault((programme_of(entry), need), []).append(n)
        for _, several in sorted(rows.items()):
            able = np.flatnonzero((f.y_table[several] >= 0).any(axis=0))
            if len(able):
                columns = f.y_table[several][:, able[np.argsort(partners[able])]].T
                yield [[column for column in one if column >= 0] for one in columns.tolist()]
        for programme, entries in sorted(f.scenario.entries.items()):
            if len(entries) > 1:
                yield [[z] for z in f.z_of(programme)]

    def _smallest(self, together: list[_Turns]) -> None:
        if self.complete:
            terms, weight = np.zeros(self._of.formulation.program.size), 1.0
            for turns in reversed(together):
                for before, columns in enumerate(turns):
                    terms[columns] = weight * (before - len(turns))
                weight *= len(turns) + 1
            self._minimise(terms)
        for turns in together:
            self._fix(turns)

    def _fix(self, turns: _Turns) -> None:
        """Hold what each turn comes to: which of its columns it is, a level may still decide."""
        for columns in turns:
            value = float(np.round(self._values[columns]).sum())
            if len(columns) == 1:
                self._of.model.set_column_bounds(columns, value, value)
                self._fixed += columns
                continue
            terms = np.zeros(self._of.formulation.program.size)
            terms[columns] = 1.0
            self._rows.append(self._of.model.add_row(terms, lower=value, upper=value))
