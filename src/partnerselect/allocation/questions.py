"""What the solver is asked about one allocation: any number of questions, one model."""

from __future__ import annotations

import numpy as np

from partnerselect.allocation.cost_account import account
from partnerselect.allocation.demands import Demands
from partnerselect.allocation.formulate import SAME_VALUE
from partnerselect.allocation.outcome import Unanswered, UnansweredError, Variation
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser import PROVEN, Solution

NEARLY = 0.01
"""The part of the value that a little less money mostly costs at most."""
WHY: dict[str, Unanswered] = {"failed": "solver", "inexact": "numbers"}


class Questions(Demands):
    """Questions about one formulation as its demands now stand.

    Every answer is checked exactly and kept to time.
    """

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

    def settled(self, solution: Solution) -> Solution:
        """Return a solution that answers its question; raise UnansweredError otherwise."""
        if solution.is_settled:
            return solution
        raise UnansweredError(self._why(solution))

    def _why(self, solution: Solution) -> Unanswered:
        """Say why a solution does not answer its question."""
        return WHY.get(solution.state) or ("stopped" if self.watch.is_stopped else "time")

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

    def lowest(self, terms: FloatArray) -> float | None:
        """Return the least that a sum over the columns can be; None where nothing is possible."""
        self.hold_floor()
        self.model.set_objective(terms)
        try:
            solution = self.solve()
        finally:
            self.restore()
        return self.settled(solution).objective

    def variation(self, near: IntArray | None = None) -> Variation:
        """Return the best choice as the demands now stand.

        Equals are told apart by cost (with the aim least-cost, by value), then by what they keep of
        another choice.
        """
        return self._in_turn(0, 1, near, start=None if near is None else self.columns_of(near))

    def richest(
        self, own_cost: float, most: float = np.inf, near: IntArray | None = None
    ) -> Variation:
        """Return the choice worth most for no more than this of our own money.

        Whatever the aim; among equals the cheapest, and of these the one nearest to another choice.
        It is looked for near `most` first, where it is known to be worth no more than that: without
        something to beat a search takes far longer.
        """
        value, cost = (0, 1) if self.floor is None else (1, 0)
        below = self.objective.unchanged - (1 - NEARLY) * most if np.isfinite(most) else np.inf
        row = self.hold(cost, own_cost)
        try:
            with self.without_floor(), self.aiming_at(value):
                return self._in_turn(value, cost, near, below=below)
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

    def _in_turn(
        self,
        stage: int,
        second: int,
        near: IntArray | None,
        *,
        start: FloatArray | None = None,
        below: float = np.inf,
    ) -> Variation:
        """Minimise a stage that the model aims at, then a second, then what differs from a choice.

        Each is held in its row for those after it. The stages do not count before they are proven,
        what differs is only looked for. What is lower than `below` is sought first.
        """
        found = self.settled(self.solve(start=start, below=below)).values
        if found is None and below < np.inf:
            found = self.settled(self.solve(start=start)).values
        if found is None:
            return Variation(None, None, None)
        most = {stage: self.objective.limit(stage, self.comes_to(stage, found))}
        rows, held = [self.hold(stage, most[stage])], self.hold_settled(stage, found, most[stage])
        try:
            self.model.set_objective(self.objective.stages[second][0])
            found = self._kept_to(most, self.settled(self.solve(start=found)).values, found)
            if near is not None:
                most[second] = self.objective.limit(second, self.comes_to(second, found))
                rows.append(self.hold(second, most[second]))
                self.model.set_objective(self._apart_from(near))
                found = self._kept_to(most, self.solve(start=found).values, found)
        finally:
            self.free(np.flatnonzero(held))
            self.restore(*rows)
        chosen = self.chosen_in(found)
        summed = account(self.scenario, self.work, self.scores, chosen)
        return Variation(chosen, summed.value, summed.own_cost)

    def _kept_to(
        self, most: dict[int, float], values: FloatArray | None, before: FloatArray
    ) -> FloatArray:
        """Return columns where they keep to what is held, whatever the solver thinks, or others."""
        if values is None or any(self.comes_to(one, values) > held for one, held in most.items()):
            return before
        return values

    def _apart_from(self, near: IntArray) -> FloatArray:
        """Return costs that are the lower the more needs are served as in a choice; (columns,).

        Of choices that keep as many the ids decide, never the order of the file: all that they
        count for together is less than one need.
        """
        f, work, (n, k) = self.formulation, self.work, self.formulation.y_pairs
        needs = np.argsort(np.argsort([f"{programme} {need}" for programme, need in work.needs]))
        partners = np.argsort(np.argsort(work.partners))
        early = (1 - needs / (2 * len(needs)))[n] * (1 - partners / len(partners))[k]
        costs = np.zeros(f.program.size)
        costs[f.y_table[n, k]] = -(near[n] == k).astype(float) - early / (2 * len(needs))
        return costs

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
