"""The demands on one allocation, changed for as long as questions are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

import numpy as np

from partnerselect.allocation.cost_account import NOBODY, changed
from partnerselect.allocation.formulate import SAME_VALUE, Objective
from partnerselect.allocation.problem import Bounds, Formulation, OneOf
from partnerselect.allocation.recheck import Exclusion, Recheck
from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser import Model, TimeBudget, Watch


class Demands:
    """One formulation in the solver's memory, with the time that questions about it have.

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
        self._demanded: dict[int, Bounds] = {}
        """Column to bounds other than those it was written with."""

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

    def exclusions(self, values: FloatArray) -> list[Exclusion]:
        """Return rows that exclude a choice which does not hold exactly; none where it does."""
        return self._recheck.exclusions(values)

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
        """Give columns back the bounds they were written with, or that are demanded of them."""
        freed = list(columns)
        bounds = [self._bounds_of(column) for column in freed]
        self.model.set_column_bounds(freed, *np.array(bounds).reshape(-1, 2).T)

    def _bounds_of(self, column: int) -> Bounds:
        program = self.formulation.program
        return self._demanded.get(column, (program.lower[column], program.upper[column]))

    @contextmanager
    def _bounded(self, columns: list[int], bounds: Bounds) -> Iterator[None]:
        before = self._demanded
        self._demanded = {**before, **dict.fromkeys(columns, bounds)}
        self.free(columns)
        try:
            yield
        finally:
            self._demanded = before
            self.free(columns)

    @contextmanager
    def demanding(self, wanted: Iterable[OneOf], value: float) -> Iterator[None]:
        """Hold columns at a value while questions are asked, of several together their sum.

        Nothing is possible where a column may not have it, such as that of a mandatory programme.
        """
        groups = list(wanted)
        single = [one[0] for one in groups if len(one) == 1 and self._may_be(one[0], value)]
        summed = [one for one in groups if len(one) > 1 or one[0] not in single]
        rows = [self.model.row_of_sum(one) for one in summed]
        for row in rows:
            self.model.set_row_bounds(row, value, value)
        try:
            with self._bounded(single, (value, value)):
                yield
        finally:
            for row in rows:
                self.model.set_row_bounds(row, -np.inf, np.inf)

    def _may_be(self, column: int, value: float) -> bool:
        least, most = self._bounds_of(column)
        return least <= value <= most

    @contextmanager
    def relaxing(self, columns: Iterable[int]) -> Iterator[None]:
        """Free columns that a commitment or a mandatory programme holds at 1."""
        held = list(columns)
        with self._bounded(held, (0.0, 1.0)), self._recheck.released(held):
            yield

    def without(self, family: str) -> AbstractContextManager[None]:
        """Lift a family of limits while questions are asked."""
        rows = enumerate(self.formulation.program.rows)
        return self.without_rows([number for number, row in rows if row.family == family])

    def without_rows(self, numbers: Iterable[int]) -> AbstractContextManager[None]:
        """Lift rows while questions are asked."""
        return self._rows_at(list(numbers), None)

    def capped(self, number: int, upper: float) -> AbstractContextManager[None]:
        """Give a row another upper bound while questions are asked."""
        return self._rows_at([number], upper)

    @contextmanager
    def _rows_at(self, numbers: list[int], upper: float | None) -> Iterator[None]:
        """Give rows another upper bound, or none, while questions are asked."""
        for number in numbers:
            self.model.set_row_bounds(number, -np.inf, np.inf if upper is None else upper)
        try:
            with self._recheck.rows_stand_at(numbers, upper):
                yield
        finally:
            for number in numbers:
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

    def hold_floor(self) -> None:
        """Add the row that holds the value to reach, where it is not there yet."""
        _ = self.value_row

    def hold(self, stage: int, most: float) -> int:
        """Allow a stage no more than this; return the row that says so."""
        terms = self.objective.telling(stage, most)
        if terms is not self.objective.stages[stage][0]:
            return self.model.add_row(terms, upper=most)
        self.model.set_row_bounds(self.stage_rows[stage], -np.inf, most)
        return self.stage_rows[stage]

    def hold_settled(self, stage: int, values: FloatArray, most: float) -> BoolArray:
        """Hold the columns that are the same wherever a stage is no worse; return which; aim at it.

        Whoever asks for it frees them again.
        """
        self.model.set_objective(self.objective.stages[stage][0])
        settled = self.model.settled_columns(
            values, most, time_limit=self.time_left, listener=self.budget.listener
        )
        columns = np.flatnonzero(settled)
        whole = np.round(values[columns])
        self.model.set_column_bounds(columns, whole, whole)
        return settled

    def restore(self, *rows: int) -> None:
        """Free rows that held something, and aim again at what the scenario aims at."""
        for row in rows:
            self.model.set_row_bounds(row, -np.inf, np.inf)
        self.model.set_objective(self.objective.terms, offset=self.objective.constant)
