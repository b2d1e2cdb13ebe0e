"""The best choice of partners, made unique, and what every variation of it would be worth."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

import numpy as np

from partnerselect.allocation.account import NOBODY, Account, account
from partnerselect.allocation.first_answer import first_answer
from partnerselect.allocation.formulate import (
    engagement_terms,
    formulate,
    own_cost_terms,
    partner_terms,
    value_terms,
)
from partnerselect.allocation.outcome import (
    NOTHING,
    Allocation,
    Kept,
    State,
    TieBroken,
    Unanswered,
    UnansweredError,
    Variation,
)
from partnerselect.allocation.problem import FloatArray, Formulation, IntArray
from partnerselect.allocation.recheck import Exclusion, Recheck
from partnerselect.allocation.tie_break import TieBreak
from partnerselect.allocation.watch import PROVEN, Search, Watch
from partnerselect.model.options import LeastCost
from partnerselect.model.scenario import Scenario
from partnerselect.optimiser import Model, Solution, Underway
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores

SAME_VALUE = 1e-6
SAME_COST = 1e-4
SAME_COUNT = 0.5
SMALL = 2_000
"""Columns up to which "no answer" is asked for twice."""
WHY: dict[str, Unanswered] = {"failed": "solver", "inexact": "numbers"}


class Allocator:
    """The allocation of one scenario, kept in the solver's memory for as many questions as are asked of it."""

    def __init__(
        self,
        scenario: Scenario,
        table: PerformanceTable,
        scores: Scores,
        watch: Watch | None = None,
        *,
        kept: Kept = NOTHING,
    ) -> None:
        """Write the allocation; a watch shows how far every search is, and stops it.

        Args:
            scenario: what to choose for.
            table: its performance table.
            scores: what the partners are worth.
            watch: shows how far every search is.
            kept: what is taken over from an allocator before.
        """
        self._deadline = time.perf_counter() + scenario.analysis.time_limit
        self.watch, self._is_watched = watch or Watch(), watch is not None
        self.scenario, self.work, self.scores = scenario, table.workload, scores
        self.formulation: Formulation = kept.formulation or formulate(scenario, table, scores)
        self._kept_model = kept.model
        self._value, self._unchanged = value_terms(self.formulation)
        self._recheck = Recheck(self.formulation)

    @cached_property
    def floor(self) -> float | None:
        """The portfolio value that must be reached, with the aim least-cost."""
        aim = self.scenario.aim
        return aim.least_cost.value_at_least if isinstance(aim, LeastCost) else None

    @cached_property
    def _own_cost(self) -> FloatArray:
        """The cost to the trust as coefficients over the columns."""
        return own_cost_terms(self.formulation)

    @property
    def objective(self) -> FloatArray:
        """What is minimised: the value turned round or, with the aim least-cost, the cost to the trust; (columns,)."""
        return -self._value if self.floor is None else self._own_cost

    @property
    def constant(self) -> float:
        """The part of the objective that no choice changes."""
        return -self._unchanged if self.floor is None else 0.0

    @property
    def least_value(self) -> tuple[FloatArray, float] | None:
        """The row that holds the least portfolio value, and its lower bound.

        None unless the aim is least-cost.
        """
        return None if self.floor is None else (self._value, self._least_value(self.floor))

    @cached_property
    def model(self) -> Model:
        """The programme in the solver's memory."""
        kept, self._kept_model = self._kept_model, None
        if kept is not None and kept.become(self.formulation.program):
            kept.set_objective(self.objective, offset=self.constant)
            return kept
        return Model(self.formulation.program, self.objective, offset=self.constant)

    def give_up_model(self) -> Model | None:
        """Hand over the model, to be turned into another.

        Whatever is asked of this allocator afterwards builds its own anew.
        """
        for name in ("stages", "_value_row"):
            self.__dict__.pop(name, None)
        kept: Model | None = self.__dict__.pop("model", self._kept_model)
        self._kept_model = None
        return kept

    @cached_property
    def _value_row(self) -> int:
        """The row that holds a least portfolio value; free unless the aim is least-cost."""
        return self.model.add_row(self._value, lower=self._least_value(self.floor))

    def _least_value(self, value: float | None) -> float:
        return -np.inf if value is None else value - self._unchanged - SAME_VALUE

    @cached_property
    def stages(self) -> tuple[tuple[int, FloatArray, float], ...]:
        """Return what is minimised in turn: its row in the model, its coefficients, and what counts as equal."""
        first = ((-self._value, SAME_VALUE), (self._own_cost, SAME_COST))
        counts = (
            (partner_terms(self.formulation), SAME_COUNT),
            (engagement_terms(self.formulation), SAME_COUNT),
        )
        ordered = (*(first if self.floor is None else reversed(first)), *counts)
        return tuple((self.model.add_row(terms), terms, tolerance) for terms, tolerance in ordered)

    def best(self) -> Allocation:
        """Return the best choice.

        Where several are equally good, the one that the tie-breaks single out.
        """
        begun = time.perf_counter()
        solution = self._first_exact(first_answer(self))
        if solution.values is None:
            state: State = "infeasible" if solution.state == "infeasible" else "no-answer-yet"
            return Allocation(
                state,
                None,
                None,
                None,
                None,
                None,
                time.perf_counter() - begun,
                self.watch.is_stopped,
                None if solution.is_settled else self._why(solution),
            )
        proven = solution.objective is not None and solution.objective - solution.bound <= PROVEN
        tie_break: TieBroken | None = "complete" if proven else None
        values = solution.values
        if proven:
            values, tie_break = self._singled_out(values)
        chosen = self.chosen_in(values)
        found = account(self.scenario, self.work, self.scores, chosen)
        bound, gap = self._gap(found, solution, proven=proven)
        return Allocation(
            "optimal" if proven else "within-gap",
            chosen,
            found,
            bound,
            gap,
            tie_break,
            time.perf_counter() - begun,
            self.watch.is_stopped,
        )

    def _first_exact(self, first: Solution) -> Solution:
        """Return a first answer that holds exactly; no answer only where there is none without presolve either."""

        def whole() -> Solution:
            return self.whole(Search(self.watch, sign=-1.0 if self.floor is None else 1.0))

        solution = self._recheck.settled(whole, lambda: self.model, first)
        if solution.state != "infeasible" or self.formulation.program.size > SMALL:
            return solution
        with self.model.without_presolve():
            again = self._recheck.settled(whole, lambda: self.model)
        return solution if again.values is None else again

    def _singled_out(self, values: FloatArray) -> tuple[FloatArray, TieBroken]:
        """Return the one of the choices as good as this that everybody gets, and whether it was looked for to the end."""
        breaker = TieBreak(self, values)
        singled = breaker.run()
        return singled, "complete" if breaker.complete else "partial"

    def whole(self, search: Search) -> Solution:
        """Solve the whole within what is left of the time, equals not told apart."""
        _ = self._value_row
        return self.model.solve(
            time_limit=self.time_left, gap=self.scenario.analysis.gap, listener=search.whole
        )

    def begin_whole(self) -> Underway:
        """Let the solver work on the whole by itself.

        Nothing else may be asked before its solution has been taken.
        """
        _ = self._value_row
        return self.model.begin(time_limit=self.time_left, gap=self.scenario.analysis.gap)

    @property
    def time_left(self) -> float:
        """Seconds until the answer is due; none once somebody has asked for the best so far."""
        return 0.0 if self.watch.is_stopped else max(self._deadline - time.perf_counter(), 0.0)

    def _gap(self, found: Account, solution: Solution, *, proven: bool) -> tuple[float, float]:
        reached = found.value if self.floor is None else found.own_cost
        if proven:
            return reached, 0.0
        bound = (
            max(-solution.bound, reached) if self.floor is None else min(solution.bound, reached)
        )
        return bound, abs(bound - reached) / max(reached, 1.0)

    def solve(self, *, start: FloatArray | None = None, below: float = np.inf) -> Solution:
        """Solve within what is left of the time; only what is lower than `below` counts."""

        def ask() -> Solution:
            return self.model.solve(
                time_limit=self.time_left,
                start=start,
                listener=self._stopped if self._is_watched else None,
                below=below,
            )

        return self._recheck.settled(ask, lambda: self.model)

    def exclusions(self, values: FloatArray) -> list[Exclusion]:
        """Return rows that exclude a choice which does not hold exactly; none where it does."""
        return self._recheck.exclusions(values)

    def settled(self, solution: Solution) -> Solution:
        """Return a solution that answers its question; raise UnansweredError otherwise."""
        if solution.is_settled:
            return solution
        raise UnansweredError(self._why(solution))

    def _why(self, solution: Solution) -> Unanswered:
        """Say why a solution does not answer its question."""
        return WHY.get(solution.state) or ("stopped" if self.watch.is_stopped else "time")

    def _stopped(self, _bound: float, _best: float) -> bool:
        return self.watch.is_stopped

    def chosen_in(self, values: FloatArray) -> IntArray:
        """Return the choice that values of the columns stand for; shape (N,)."""
        return self.formulation.chosen_in(values)

    def free(self, columns: Iterable[int]) -> None:
        """Give columns back the bounds they were written with."""
        program = self.formulation.program
        for column in columns:
            self.model.set_column_bounds([column], program.lower[column], program.upper[column])

    @contextmanager
    def demanding(self, columns: Iterable[int], value: float) -> Iterator[None]:
        """Hold columns at a value while questions are asked."""
        held = list(columns)
        self.model.set_column_bounds(held, value, value)
        try:
            yield
        finally:
            self.free(held)

    @contextmanager
    def relaxing(self, columns: Iterable[int]) -> Iterator[None]:
        """Free columns that a commitment or a mandatory programme holds at 1."""
        held = list(columns)
        self.model.set_column_bounds(held, 0.0, 1.0)
        try:
            with self._recheck.released(held):
                yield
        finally:
            self.free(held)

    def without(self, family: str) -> AbstractContextManager[None]:
        """Lift a family of limits while questions are asked."""
        return self.without_rows(
            [
                number
                for number, row in enumerate(self.formulation.program.rows)
                if row.family == family
            ]
        )

    @contextmanager
    def without_rows(self, numbers: Iterable[int]) -> Iterator[None]:
        """Lift rows while questions are asked."""
        lifted = list(numbers)
        for number in lifted:
            self.model.set_row_bounds(number, -np.inf, np.inf)
        try:
            with self._recheck.rows_stand_at(lifted, None):
                yield
        finally:
            for number in lifted:
                row = self.formulation.program.rows[number]
                self.model.set_row_bounds(number, row.lower, row.upper)

    @contextmanager
    def capped(self, number: int, upper: float) -> Iterator[None]:
        """Give a row another upper bound while questions are asked."""
        self.model.set_row_bounds(number, -np.inf, upper)
        try:
            with self._recheck.rows_stand_at([number], upper):
                yield
        finally:
            row = self.formulation.program.rows[number]
            self.model.set_row_bounds(number, row.lower, row.upper)

    @contextmanager
    def worth_at_least(self, value: float) -> Iterator[None]:
        """Ask only for choices of at least this portfolio value."""
        self.model.set_row_bounds(self._value_row, self._least_value(value) + SAME_VALUE, np.inf)
        try:
            yield
        finally:
            self.model.set_row_bounds(self._value_row, self._least_value(self.floor), np.inf)

    @contextmanager
    def without_floor(self) -> Iterator[None]:
        """Ask for choices of any portfolio value."""
        self.model.set_row_bounds(self._value_row, -np.inf, np.inf)
        try:
            yield
        finally:
            self.model.set_row_bounds(self._value_row, self._least_value(self.floor), np.inf)

    def is_possible(self) -> bool:
        """Tell whether any choice meets the demands as they now stand."""
        return self._lowest(np.zeros(self.formulation.program.size)) is not None

    def least_use(self, number: int) -> float | None:
        """Return the least that a row must allow as the other demands now stand.

        None where nothing is possible.
        """
        row, terms = self.formulation.program.rows[number], np.zeros(self.formulation.program.size)
        terms[row.columns] = row.coefficients
        return self._lowest(terms)

    def highest_value(self) -> float | None:
        """Return the highest portfolio value as the demands now stand.

        None where nothing is possible.
        """
        lowest = self._lowest(-self._value)
        return None if lowest is None else self._unchanged - lowest

    def _lowest(self, terms: FloatArray) -> float | None:
        _ = self._value_row
        self.model.set_objective(terms)
        try:
            solution = self.solve()
        finally:
            self.restore()
        return self.settled(solution).objective

    def variation(self, start: IntArray | None = None) -> Variation:
        """Return the best choice as the demands now stand.

        Equals are told apart by cost (with the aim least-cost, by value).
        """
        (row, terms, tolerance), (_, second, _) = self.stages[:2]
        return self._in_turn(row, terms, tolerance, second, start)

    def richest(self, own_cost: float) -> Variation:
        """Return the choice worth most, whatever the aim, for no more than this of the trust's money; among equals the cheapest."""
        (value_row, value, same), (cost_row, cost, _) = (
            self.stages[:2] if self.floor is None else reversed(self.stages[:2])
        )
        self.model.set_row_bounds(cost_row, -np.inf, own_cost)
        self.model.set_objective(value)
        try:
            with self.without_floor():
                return self._in_turn(value_row, value, same, cost)
        finally:
            self.restore(cost_row)

    def _in_turn(
        self,
        row: int,
        terms: FloatArray,
        tolerance: float,
        second: FloatArray,
        start: IntArray | None = None,
    ) -> Variation:
        """Minimise what the model aims at, hold it in its row, then minimise the second.

        Neither counts before it is proven.
        """
        solution = self.settled(self.solve(start=None if start is None else self.columns_of(start)))
        if solution.values is None:
            return Variation(None, None, None)
        self.model.set_row_bounds(row, -np.inf, float(terms @ solution.values) + tolerance)
        self.model.set_objective(second)
        try:
            cheapest = self.settled(self.solve(start=solution.values))
        finally:
            self.restore(row)
        chosen = self.chosen_in(cheapest.values if cheapest.values is not None else solution.values)
        found = account(self.scenario, self.work, self.scores, chosen)
        return Variation(chosen, found.value, found.own_cost)

    def restore(self, *rows: int) -> None:
        """Free rows that held something, and aim again at what the scenario aims at."""
        for row in rows:
            self.model.set_row_bounds(row, -np.inf, np.inf)
        self.model.set_objective(
            self.stages[0][1], offset=-self._unchanged if self.floor is None else 0.0
        )

    def reached(self) -> float | None:
        """Return only what the aim reaches as the demands now stand: value, or cost to the trust.

        None where nothing is possible.
        """
        return self._reached(np.inf)

    def reached_if_as_good(self, reached: float) -> float | None:
        """Return what the aim reaches as the demands now stand.

        None where that is not as good as this (value, or cost).
        """
        return self._reached((-reached if self.floor is None else reached) + SAME_VALUE)

    def _reached(self, below: float) -> float | None:
        solution = self.settled(self.solve(below=below))
        if solution.objective is None:
            return None
        return -solution.objective if self.floor is None else solution.objective

    def cannot_reach(self, reached: float) -> bool:
        """Tell quickly, where it can be told, that no choice as the demands now stand is as good as this (value, or cost)."""
        bound = self.model.relaxed().bound
        return bound > (-reached if self.floor is None else reached) + PROVEN

    def with_costs(self, costs: FloatArray, start: IntArray | None = None) -> FloatArray | None:
        """Return the columns of the best choice at other costs (minimised); shape (columns,).

        None where it was not found in what is left of the time.
        """
        self.model.set_objective(costs)
        try:
            found = self.solve(start=None if start is None else self.columns_of(start))
            return found.values if found.is_settled else None
        finally:
            self.restore()

    def begin(self, watch: Watch) -> None:
        """Answer what is asked from now on under another watch, within the scenario's time limit anew; a model that was stopped is built again."""
        if self.watch.is_stopped:
            self.give_up_model()  # it would stop again at once
        self.watch, self._is_watched = watch, True
        self.allow(self.scenario.analysis.time_limit)

    def allow(self, seconds: float) -> None:
        """Give the questions that follow this much time in all."""
        self._deadline = time.perf_counter() + seconds

    def columns_of(self, chosen: IntArray) -> FloatArray:
        """Return a choice as values of the columns, to be a start for the solver.

        Shape (columns,).
        """
        f, values = self.formulation, np.zeros(self.formulation.program.size)
        n = np.flatnonzero(chosen != NOBODY)
        n = n[f.y_table[n, chosen[n]] >= 0]
        k, p = chosen[n], self.work.programme_of[n]
        for columns in (f.y_table[n, k], f.x_table[p, k], f.u_table[k], np.array(f.z)[p]):
            values[columns] = 1.0
        return values
