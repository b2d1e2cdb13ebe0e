"""The best choice of partners, made unique; further questions are asked of the same model."""

from __future__ import annotations

import time

from partnerselect.allocation.account import CostBreakdown, account
from partnerselect.allocation.first_answer import first_answer, whole
from partnerselect.allocation.formulate import formulate
from partnerselect.allocation.outcome import NOTHING, Allocation, Kept, State, TieBroken
from partnerselect.allocation.questions import Questions
from partnerselect.allocation.tie_break import TieBreak
from partnerselect.arrays import FloatArray
from partnerselect.model.scenario import Scenario
from partnerselect.optimiser import Solution
from partnerselect.optimiser.watch import PROVEN, Search, TimeBudget, Watch
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores

SMALL = 2_000
"""Columns up to which "no answer" is asked for twice."""


class Allocator(Questions):
    """The allocation of one scenario: its best choice, and whatever else is asked about it."""

    def __init__(
        self,
        scenario: Scenario,
        table: PerformanceTable,
        scores: Scores,
        watch: Watch | None = None,
        *,
        kept: Kept = NOTHING,
    ) -> None:
        """Write the allocation.

        Args:
            scenario: what to choose for.
            table: its performance table.
            scores: what the partners are worth.
            watch: shows how far every search is, and stops it.
            kept: what is taken over from an allocator before.
        """
        budget = TimeBudget(scenario.analysis.time_limit, watch)
        written = kept.formulation or formulate(scenario, table, scores)
        super().__init__(written, budget, kept.model)

    def best(self) -> Allocation:
        """Return the best choice.

        Where several are equally good, the one that the tie-breaks single out.
        """
        begun = time.perf_counter()
        solution = self._first_exact()
        if solution.values is None:
            return self._none(solution, begun)
        proven = solution.objective is not None and solution.objective - solution.bound <= PROVEN
        values, tie_break = (
            self._singled_out(solution.values) if proven else (solution.values, None)
        )
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

    def _singled_out(self, values: FloatArray) -> tuple[FloatArray, TieBroken]:
        """Return the one of the choices as good as this that everybody gets.

        And whether it was looked for to the end.
        """
        breaker = TieBreak(self, values)
        singled = breaker.run()
        return singled, "complete" if breaker.complete else "partial"

    def _none(self, solution: Solution, begun: float) -> Allocation:
        """Return that there is no answer, or none yet and why."""
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

    def _first_exact(self) -> Solution:
        """Return a first answer that holds exactly.

        No answer only where there is none without presolve either.
        """

        def again() -> Solution:
            return whole(self, Search(self.watch, sign=self.objective.sign))

        solution = self._recheck.settled(again, lambda: self.model, first_answer(self))
        if solution.state != "infeasible" or self.formulation.program.size > SMALL:
            return solution
        with self.model.without_presolve():
            second = self._recheck.settled(again, lambda: self.model)
        return solution if second.values is None else second

    def _gap(
        self, found: CostBreakdown, solution: Solution, *, proven: bool
    ) -> tuple[float, float]:
        reached = found.value if self.floor is None else found.own_cost
        if proven:
            return reached, 0.0
        bound = self.objective.sign * solution.bound
        bound = max(bound, reached) if self.floor is None else min(bound, reached)
        return bound, abs(bound - reached) / max(reached, 1.0)
