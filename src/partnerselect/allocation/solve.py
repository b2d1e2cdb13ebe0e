"""The best choice of partners, made unique, and what every variation of it would be worth."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from partnerselect.allocation.account import NOBODY, Account, account
from partnerselect.allocation.formulate import engagement_terms, formulate, partner_terms, trust_cost_terms, value_terms
from partnerselect.allocation.problem import FloatArray, Formulation, IntArray
from partnerselect.model.options import LeastCost
from partnerselect.model.scenario import Scenario
from partnerselect.optimiser import Model, Solution
from partnerselect.performance import PerformanceTable
from partnerselect.scoring import Scores

State = Literal["optimal", "within-gap", "infeasible", "no-answer-yet"]
PROVEN = 1e-5
"""Points (or pounds) between bound and answer up to which the answer counts as the best."""
SAME_VALUE = 1e-6
SAME_COST = 1e-4
SAME_COUNT = 0.5
EXTRA_SOLVES = 200


@dataclass(frozen=True)
class Allocation:
    """The recommended choice, or why there is none."""

    state: State
    chosen: IntArray | None
    """(N,): the partner of every need, -1 where its programme does not run."""
    account: Account | None
    bound: float | None
    """No choice is worth more (with the aim least-cost: costs the trust less)."""
    gap: float | None
    tie_break: Literal["complete", "partial"] | None
    seconds: float


@dataclass(frozen=True)
class Variation:
    """The best choice under an extra demand: None where the demand cannot be met."""

    chosen: IntArray | None
    value: float | None
    trust_cost: float | None


class TimeIsUpError(Exception):
    """A question could not be answered in the time allowed."""


class Allocator:
    """The allocation of one scenario, kept in the solver's memory for as many questions as are asked of it."""

    def __init__(self, scenario: Scenario, table: PerformanceTable, scores: Scores) -> None:
        self.scenario, self.work, self.scores = scenario, table.workload, scores
        self.formulation: Formulation = formulate(scenario, table, scores)
        self._value, self._unchanged = value_terms(self.formulation)
        self._trust_cost = trust_cost_terms(self.formulation)
        self._deadline = time.perf_counter() + scenario.analysis.time_limit

    @cached_property
    def _floor(self) -> float | None:
        aim = self.scenario.aim
        return aim.least_cost.value_at_least if isinstance(aim, LeastCost) else None

    @cached_property
    def _model(self) -> Model:
        objective, offset = (-self._value, -self._unchanged) if self._floor is None else (self._trust_cost, 0.0)
        model = Model(self.formulation.program, objective, offset=offset)
        if self._floor is not None:
            model.add_row(self._value, lower=self._floor - self._unchanged - SAME_VALUE)
        return model

    @cached_property
    def _stages(self) -> tuple[tuple[int, FloatArray, float], ...]:
        """Return what is minimised in turn: its row in the model, its coefficients, and what counts as equal."""
        first = ((-self._value, SAME_VALUE), (self._trust_cost, SAME_COST))
        counts = ((partner_terms(self.formulation), SAME_COUNT), (engagement_terms(self.formulation), SAME_COUNT))
        ordered = (*(first if self._floor is None else reversed(first)), *counts)
        return tuple((self._model.add_row(terms), terms, tolerance) for terms, tolerance in ordered)

    def best(self) -> Allocation:
        """Return the best choice; where several are equally good, the one that the tie-breaks single out."""
        begun = time.perf_counter()
        solution = self._solve(gap=self.scenario.analysis.gap)
        if solution.values is None:
            state: State = "infeasible" if solution.state == "infeasible" else "no-answer-yet"
            return Allocation(state, None, None, None, None, None, time.perf_counter() - begun)
        chosen = self._chosen(solution.values)
        proven = solution.objective is not None and solution.objective - solution.bound <= PROVEN
        tie_break: Literal["complete", "partial"] | None = None
        if proven:
            breaker = _TieBreak(self, solution.values)
            chosen, tie_break = self._chosen(breaker.run()), "complete" if breaker.complete else "partial"
        found = account(self.scenario, self.work, self.scores, chosen)
        bound, gap = self._gap(found, solution, proven=proven)
        return Allocation("optimal" if proven else "within-gap", chosen, found, bound, gap, tie_break, time.perf_counter() - begun)

    def _gap(self, found: Account, solution: Solution, *, proven: bool) -> tuple[float, float]:
        reached = found.value if self._floor is None else found.trust_cost
        if proven:
            return reached, 0.0
        bound = max(-solution.bound, reached) if self._floor is None else min(solution.bound, reached)
        return bound, abs(bound - reached) / max(reached, 1.0)

    def _solve(self, *, gap: float = 0.0, start: FloatArray | None = None) -> Solution:
        return self._model.solve(time_limit=self._deadline - time.perf_counter(), gap=gap, start=start)

    def _chosen(self, values: FloatArray) -> IntArray:
        chosen = np.full(len(self.work.needs), NOBODY, dtype=np.intp)
        for (n, k), column in self.formulation.y.items():
            if values[column] > SAME_COUNT:
                chosen[n] = k
        return chosen

    @contextmanager
    def demanding(self, columns: Iterable[int], value: float) -> Iterator[None]:
        """Hold columns at a value while questions are asked."""
        held, program = list(columns), self.formulation.program
        self._model.set_column_bounds(held, value, value)
        try:
            yield
        finally:
            for column in held:
                self._model.set_column_bounds([column], program.lower[column], program.upper[column])

    @contextmanager
    def without(self, family: str) -> Iterator[None]:
        """Lift a family of limits while questions are asked."""
        rows = [(number, row) for number, row in enumerate(self.formulation.program.rows) if row.family == family]
        for number, _ in rows:
            self._model.set_row_bounds(number, -np.inf, np.inf)
        try:
            yield
        finally:
            for number, row in rows:
                self._model.set_row_bounds(number, row.lower, row.upper)

    def variation(self, start: IntArray | None = None) -> Variation:
        """Return the best choice as the demands now stand, and among equals the one that costs the trust least."""
        offered = None if start is None else self._columns_of(start)
        solution = self._solve(start=offered)
        if solution.state == "stopped":
            raise TimeIsUpError
        if solution.values is None:
            return Variation(None, None, None)
        (row, terms, tolerance), (_, second, _) = self._stages[:2]
        self._model.set_row_bounds(row, -np.inf, float(terms @ solution.values) + tolerance)
        self._model.set_objective(second)
        cheapest = self._solve(start=solution.values)
        self.restore(row)
        chosen = self._chosen(cheapest.values if cheapest.values is not None else solution.values)
        found = account(self.scenario, self.work, self.scores, chosen)
        return Variation(chosen, found.value, found.trust_cost)

    def restore(self, *rows: int) -> None:
        """Free rows that held something, and aim again at what the scenario aims at."""
        for row in rows:
            self._model.set_row_bounds(row, -np.inf, np.inf)
        self._model.set_objective(self._stages[0][1], offset=-self._unchanged if self._floor is None else 0.0)

    def reached(self) -> float | None:
        """Return only what the aim reaches as the demands now stand: value, or cost to the trust; None where nothing is possible."""
        solution = self._solve()
        if solution.state == "stopped":
            raise TimeIsUpError
        if solution.objective is None:
            return None
        return -solution.objective if self._floor is None else solution.objective

    def allow(self, seconds: float) -> None:
        """Give the questions that follow this much time in all."""
        self._deadline = time.perf_counter() + seconds

    def _columns_of(self, chosen: IntArray) -> FloatArray:
        """Return a choice as values of the columns, as a start for the solver; shape (columns,)."""
        f, values = self.formulation, np.zeros(self.formulation.program.size)
        for n, k in enumerate(chosen):
            if (n, int(k)) in f.y:
                p = int(self.work.programme_of[n])
                values[[f.y[n, int(k)], f.x[p, int(k)], f.u[int(k)], f.z[p]]] = 1.0
        return values


class _TieBreak:
    """Single out one of the equally good choices: cheapest, fewest partners, fewest engagements, smallest ids."""

    def __init__(self, allocator: Allocator, values: FloatArray) -> None:
        self._of, self._values = allocator, values
        self._solves = 0
        self.complete = True

    def run(self) -> FloatArray:
        """Return the columns of the choice singled out; shape (columns,)."""
        model, stages, program = self._of._model, self._of._stages, self._of.formulation.program  # noqa: SLF001 - one mechanism in two classes
        try:
            self._hold(*stages[0])
            if not self._unique():
                for row, terms, tolerance in stages[1:]:
                    self._minimise(terms)
                    self._hold(row, terms, tolerance)
                if not self._unique():
                    self._smallest_ids()
        finally:
            for column in self._fixed:
                model.set_column_bounds([column], program.lower[column], program.upper[column])
            self._of.restore(*(row for row, _, _ in stages))
        return self._values

    @cached_property
    def _fixed(self) -> list[int]:
        return []

    def _hold(self, row: int, terms: FloatArray, tolerance: float) -> None:
        """Keep what has been reached: no worse than now by more than counts as equal."""
        self._of._model.set_row_bounds(row, -np.inf, float(terms @ self._values) + tolerance)  # noqa: SLF001

    def _minimise(self, terms: FloatArray) -> bool:
        """Minimise under what is held; False if that could not be finished."""
        if self._solves >= EXTRA_SOLVES:
            self.complete = False
            return False
        self._solves += 1
        self._of._model.set_objective(terms)  # noqa: SLF001
        solution = self._of._solve(start=self._values)  # noqa: SLF001
        if solution.state != "optimal" or solution.values is None:
            self.complete = False
            return False
        if terms @ solution.values < terms @ self._values - SAME_COST:
            self._values = np.where(self._integer, np.round(solution.values), solution.values)
        return True

    @cached_property
    def _integer(self) -> FloatArray:
        return np.array(self._of.formulation.program.integer)

    def _unique(self) -> bool:
        """Tell whether no other choice is as good: agreement with this one cannot be lowered."""
        f = self._of.formulation
        same = np.zeros(f.program.size)
        for column in f.y.values():
            same[column] = float(self._values[column] > SAME_COUNT)
        for column in f.z:
            if self._values[column] < SAME_COUNT:
                same[column] = -1.0
        kept, agreement = self._values, float(same @ self._values)
        finished = self._minimise(same)
        lowest, self._values = float(same @ self._values), kept
        return finished and lowest > agreement - SAME_COUNT

    def _smallest_ids(self) -> None:
        """Give every need, in order of ids, the smallest partner id that keeps the rest; not run sorts last."""
        f, work = self._of.formulation, self._of.work
        for n in sorted(range(len(work.needs)), key=lambda n: work.needs[n]):
            ordered = sorted((work.partners[k], column) for (m, k), column in f.y.items() if m == n)
            now = next((i for i, (_, column) in enumerate(ordered) if self._values[column] > SAME_COUNT), len(ordered))
            if now > 0 and self.complete:
                terms = np.zeros(f.program.size)
                for i, (_, column) in enumerate(ordered):
                    terms[column] = i - len(ordered)
                self._minimise(terms)
            for _, column in ordered:
                self._fix(column)

    def _fix(self, column: int) -> None:
        value = float(round(self._values[column]))
        self._of._model.set_column_bounds([column], value, value)  # noqa: SLF001
        self._fixed.append(column)
