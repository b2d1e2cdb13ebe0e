"""What the solver is asked about one allocation: any number of questions, one model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

import numpy as np

from partnerselect.allocation.cost_account import NOBODY, account, changed
from partnerselect.allocation.formulate import SAME_VALUE, Objective
from partnerselect.allocation.outcome import Unanswered, UnansweredError, Variation
from partnerselect.allocation.problem import Formulation, OneOf
from partnerselect.allocation.recheck import Exclusion, Recheck
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser import PROVEN, Model, Solution, TimeBudget, Watch

WHY: dict[str, Unanswered] = {"failed": "solver", "inexact": "numbers"}


class Questions:
    """One formulation in the solver's memory; every answer is checked exactly and kept to time.

    Demands are changed for as long as a context lasts (`without_rows`, `capped`, `demanding`,
    `relaxing`, `worth_at_least`); what is asked within it holds for the demands as they then stand.
    """

    def __init__(self, formulation: Formulation, budget: TimeBudget, kept: Model | None) -> None:
        """Ask about a formulation, of a model kept where that holds the same programme."""
        self.formulation, self.budget, self._kept_model = formulation, budget, kept
        self.scenario, self.work = formulation.scenario, formulation.work
        self.scores = formulation.scores
        self.objective = Objective(formulation)
        self._recheck = Recheck(formulation)
        self.check = self._recheck.check

    @property
    def floor(self) -> float | None:
        """The portfolio value that must be reached, with the aim least-cost."""
        return self.objective.floor

    @property
    def watch(self) -> Watch:
        """Shows how far a search is, and stops it."""
        return self.budget.watch

    @property
    def time_left(self) -> float:
        """Seconds until the answer is due; none once somebody has asked for the best so far."""
        return self.budget.left

    def allow(self, seconds: float) -> None:
        """Give the questions that follow this much time in all."""
        self.budget.allow(seconds)

    def begin(self, watch: Watch) -> None:
        """Answer what follows under another watch, within the scenario's time limit anew."""
        if self.watch.is_stopped:
            self.give_up_model()  # it would stop again at once
        self.budget.under(watch)
        self.allow(self.scenario.analysis.time_limit)

    @cached_property
    def model(self) -> Model:
        """The programme in the solver's memory."""
        kept, self._kept_model = self._kept_model, None
        program, aim = self.formulation.program, self.objective
        if kept is not None and kept.begin_anew(program):
            kept.set_objective(aim.terms, offset=aim.constant)
            return kept
        return Model(program, aim.terms, offset=aim.constant)

    def give_up_model(self) -> Model | None:
        """Hand over the model.

        Whatever is asked afterwards builds its own anew.
        """
        for name in ("stage_rows", "value_row"):
            self.__dict__.pop(name, None)
        kept: Model | None = self.__dict__.pop("model", self._kept_model)
        self._kept_model = None
        return kept

    @cached_property
    def value_row(self) -> int:
        """The row that holds a least portfolio value; free unless the aim is least-cost."""
        aim = self.objective
        return self.model.add_row(aim.value, lower=aim.least(aim.floor))

    @cached_property
    def stage_rows(self) -> tuple[int, ...]:
        """The row of everything that is minimised in turn; free."""
        return tuple(self.model.add_row(terms) for terms, _ in self.objective.stages)

    def solve(self, *, start: FloatArray | None = None, below: float = np.inf) -> Solution:
        """Solve within what is left of the time; only what is lower than `below` counts."""

        def ask() -> Solution:
            return self.model.solve(
                time_limit=self.time_left,
                start=start,
                listener=self.budget.listener,
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

    def chosen_in(self, values: FloatArray) -> IntArray:
        """Return the choice that values of the columns stand for; shape (N,)."""
        return self.formulation.chosen_in(values)

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
        otherwise = changed(self.scenario, self.work, chosen)
        values[[column for programme, column in f.c.items() if otherwise[programme]]] = 1.0
        return values

    def free(self, columns: Iterable[int]) -> None:
        """Give columns back the bounds they were written with."""
        program, freed = self.formulation.program, list(columns)
        lower = np.array([program.lower[column] for column in freed])
        upper = np.array([program.upper[column] for column in freed])
        self.model.set_column_bounds(freed, lower, upper)

    @contextmanager
    def demanding(self, wanted: Iterable[OneOf], value: float) -> Iterator[None]:
        """Hold columns at a value while questions are asked, of several together their sum."""
        groups = list(wanted)
        alone = [one[0] for one in groups if len(one) == 1]
        self.model.set_column_bounds(alone, value, value)
        rows = [self.model.row_of_sum(one) for one in groups if len(one) > 1]
        for row in rows:
            self.model.set_row_bounds(row, value, value)
        try:
            yield
        finally:
            self.free(alone)
            for row in rows:
                self.model.set_row_bounds(row, -np.inf, np.inf)

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
        rows = enumerate(self.formulation.program.rows)
        return self.without_rows([number for number, row in rows if row.family == family])

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
    def holding(self, terms: FloatArray, upper: float) -> Iterator[None]:
        """Ask only for choices of which a sum over the columns comes to no more than this."""
        row = self.model.add_row(terms, upper=upper)
        try:
            yield
        finally:
            self.model.set_row_bounds(row, -np.inf, np.inf)

    @contextmanager
    def aiming_at(self, stage: int) -> Iterator[None]:
        """Aim at one stage of the objective while questions are asked."""
        self.model.set_objective(self.objective.stages[stage][0])
        try:
            yield
        finally:
            self.restore()

    @contextmanager
    def sharing(self, numbers: Iterable[int], share: float) -> Iterator[None]:
        """Give rows that limit a part to a share of all another share while questions are asked."""
        rows, places = self.formulation.program.rows, list(numbers)
        for number in places:
            self.model.set_coefficient(number, int(rows[number].columns[-1]), -share)
        try:
            with self._recheck.rows_stand_at(places, share):
                yield
        finally:
            for number in places:
                stated = float(rows[number].coefficients[-1])
                self.model.set_coefficient(number, int(rows[number].columns[-1]), stated)

    def worth_at_least(self, value: float) -> AbstractContextManager[None]:
        """Ask only for choices of at least this portfolio value."""
        return self._valued(self.objective.least(value) + SAME_VALUE)

    def nearly_worth(self, value: float) -> AbstractContextManager[None]:
        """Ask only for choices of a portfolio value that counts as no less than this."""
        return self._valued(self.objective.least(value))

    def without_floor(self) -> AbstractContextManager[None]:
        """Ask for choices of any portfolio value."""
        return self._valued(-np.inf)

    @contextmanager
    def _valued(self, least: float) -> Iterator[None]:
        self.model.set_row_bounds(self.value_row, least, np.inf)
        try:
            yield
        finally:
            self.model.set_row_bounds(self.value_row, self.objective.least(self.floor), np.inf)

    def is_possible(self) -> bool:
        """Tell whether any choice meets the demands as they now stand."""
        return self.lowest(np.zeros(self.formulation.program.size)) is not None

    def least_use(self, number: int) -> float | None:
        """Return the least that a row must allow as the other demands now stand.

        None where nothing is possible.
        """
        row, terms = self.formulation.program.rows[number], np.zeros(self.formulation.program.size)
        terms[row.columns] = row.coefficients
        return self.lowest(terms)

    def highest_value(self) -> float | None:
        """Return the highest portfolio value as the demands now stand.

        None where nothing is possible.
        """
        lowest = self.lowest(-self.objective.value)
        return None if lowest is None else self.objective.unchanged - lowest

    def hold_floor(self) -> None:
        """Add the row that holds the value to reach, where it is not there yet."""
        _ = self.value_row

    def lowest(self, terms: FloatArray) -> float | None:
        """Return the least that a sum over the columns can be; None where nothing is possible."""
        self.hold_floor()
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
        return self._in_turn(0, self.objective.stages[1][0], start)

    def richest(self, own_cost: float) -> Variation:
        """Return the choice worth most for no more than this of our own money.

        Whatever the aim; among equals the cheapest.
        """
        value, cost = (0, 1) if self.floor is None else (1, 0)
        stages = self.objective.stages
        row = self.hold(cost, own_cost)
        self.model.set_objective(stages[value][0])
        try:
            with self.without_floor():
                return self._in_turn(value, stages[cost][0])
        finally:
            self.restore(row)

    def comes_to(self, stage: int, values: FloatArray) -> float:
        """Return what a stage comes to, columns taken as the whole numbers that they stand for.

        Days bought and what we pay for others count as much as the choice needs: tolerances may
        leave some of it unpaid.
        """
        is_open = self.formulation.h or self.formulation.top_ups
        if is_open and self.objective.stages[stage][0] is self.objective.own_cost:
            chosen = self.chosen_in(values)
            return account(self.scenario, self.work, self.scores, chosen).own_cost
        whole = np.where(self.formulation.program.integer, np.round(values), values)
        return float(self.objective.stages[stage][0] @ whole)

    def hold(self, stage: int, most: float) -> int:
        """Allow a stage no more than this; return the row that says so."""
        terms = self.objective.telling(stage, most)
        if terms is not self.objective.stages[stage][0]:
            return self.model.add_row(terms, upper=most)
        self.model.set_row_bounds(self.stage_rows[stage], -np.inf, most)
        return self.stage_rows[stage]

    def _in_turn(self, stage: int, second: FloatArray, start: IntArray | None = None) -> Variation:
        """Minimise a stage that the model aims at, hold it in its row, then minimise the second.

        Neither counts before it is proven.
        """
        first = self.solve(start=None if start is None else self.columns_of(start))
        found = self.settled(first).values
        if found is None:
            return Variation(None, None, None)
        most = self.objective.limit(stage, self.comes_to(stage, found))
        row = self.hold(stage, most)
        self.model.set_objective(second)
        try:
            cheapest = self.settled(self.solve(start=found)).values
        finally:
            self.restore(row)
        if cheapest is None or self.comes_to(stage, cheapest) > most:
            cheapest = found
        chosen = self.chosen_in(cheapest)
        summed = account(self.scenario, self.work, self.scores, chosen)
        return Variation(chosen, summed.value, summed.own_cost)

    def restore(self, *rows: int) -> None:
        """Free rows that held something, and aim again at what the scenario aims at."""
        for row in rows:
            self.model.set_row_bounds(row, -np.inf, np.inf)
        self.model.set_objective(self.objective.terms, offset=self.objective.constant)

    def reached(self) -> float | None:
        """Return only what the aim reaches as the demands now stand: value, or our own cost.

        None where nothing is possible.
        """
        return self._reached(np.inf)

    def reached_if_as_good(self, reached: float) -> float | None:
        """Return what the aim reaches as the demands now stand.

        None where that is not as good as this (value, or cost).
        """
        return self._reached(self.objective.sign * reached + SAME_VALUE)

    def _reached(self, below: float) -> float | None:
        solution = self.settled(self.solve(below=below))
        if solution.objective is None:
            return None
        return self.objective.sign * solution.objective

    def cannot_reach(self, reached: float) -> bool:
        """Tell quickly, if it can be told, that no choice is as good as this (value, or cost)."""
        bound = self.model.relaxed().bound
        return bound > self.objective.sign * reached + PROVEN

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
