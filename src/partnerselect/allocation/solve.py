"""The best choice of partners, made unique; one model serves scenario after scenario."""

from __future__ import annotations

import concurrent.futures
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from partnerselect import optimiser
from partnerselect.allocation.cost_account import CostBreakdown, account
from partnerselect.allocation.decomposed import decomposed
from partnerselect.allocation.formulate import formulate
from partnerselect.allocation.outcome import NOTHING, Allocation, Kept, State, TieBroken
from partnerselect.allocation.questions import Questions
from partnerselect.allocation.tie_break import TieBreak
from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario
from partnerselect.optimiser import PROVEN, Search, Solution, TimeBudget, Watch
from partnerselect.value import PerformanceTable, Scores

SMALL = 2_000
"""Columns up to which "no answer" is asked for twice."""


Answer = TypeVar("Answer")


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

    def apart(self, watch: Watch | None = None) -> Allocator:
        """Return an allocator of the same programme with a model of its own.

        It may be asked in another thread, whatever this one is asked meanwhile; without a watch of
        its own it stops with this one.
        """
        kept, table = Kept(self.formulation), self.formulation.table
        return Allocator(self.scenario, table, self.scores, watch or self.watch, kept=kept)

    @contextmanager
    def beside(self, question: Callable[[Allocator], Answer]) -> Iterator[Callable[[], Answer]]:
        """Have a question answered in another thread while this allocator is asked others.

        What is yielded waits for the answer; where anything fails meanwhile, the question stops.
        """
        watch = Watch(within=self.watch)
        with concurrent.futures.ThreadPoolExecutor(max_workers=1) as thread:
            answer = thread.submit(question, self.apart(watch))
            try:
                yield answer.result
            except BaseException:
                watch.stop()
                raise

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


DOUBTFUL = 800
"""Columns from which the solver may need long, so that an early answer is sought beside it."""
LARGE, ALONE = 3_000, 0.1
"""Columns from which it is sought at once; below, the solver has this part of the time alone."""
AGAIN = 0.02
"""The part of the time in which a solution known from earlier questions mostly leads to the best.

A programme of 50 by 20 with other weights: a tenth of the time that it takes afresh."""
BEYOND_THE_WHOLE = 20_000
"""Columns beyond which the solver says nothing useful of the whole within minutes."""
TO_BEGIN = 1e-4
"""Seconds a column without which the solver would not even have begun with the whole."""
NOTHING_YET = Solution("stopped", None, None, float("-inf"), 0.0)


def first_answer(of: Questions) -> Solution:
    """Return the best that is found in the time left, and the best bound."""
    search, size = Search(of.watch, sign=of.objective.sign), of.formulation.program.size
    if size < DOUBTFUL or not of.time_left:
        return whole(of, search)
    if size <= BEYOND_THE_WHOLE:
        again = whole(of, search, AGAIN) if of.model.has_known else NOTHING_YET
        return again if again.is_settled or not of.time_left else _side_by_side(of, search, again)
    early = early_answer(of, search)
    is_late = of.time_left < TO_BEGIN * size
    return early if early.objective is not None or is_late else _joined(early, whole(of, search))


def whole(of: Questions, search: Search, part: float = 1.0) -> Solution:
    """Let the solver work on the whole within what is left of the time, or a part of that."""
    of.hold_floor()
    return of.model.solve(
        time_limit=part * of.time_left, gap=of.scenario.analysis.gap, listener=search.whole
    )


def early_answer(of: Questions, search: Search) -> Solution:
    """Look for an answer in the programme taken apart."""
    coupled = decomposed(of.formulation, of.objective)
    return optimiser.search_patterns(
        coupled, search, lambda: of.time_left, gap=of.scenario.analysis.gap
    )


def _side_by_side(of: Questions, search: Search, known: Solution) -> Solution:
    """Let the solver work on the whole, and look for an early answer meanwhile.

    Both end when what they found together is enough.
    """
    gap = of.scenario.analysis.gap
    _have_a_model(of)
    of.hold_floor()
    pending = of.model.begin(time_limit=of.time_left, gap=gap)
    search.beside(pending.thread, gap)
    is_large = of.formulation.program.size >= LARGE
    if not pending.thread.wait(search.whole, 0.0 if is_large else ALONE * of.time_left):
        known = _joined(known, early_answer(of, search))
        pending.thread.wait(search.whole)
    found = pending.solution()
    if found.state == "failed":
        found = whole(of, search)  # which asks in other ways too
    _have_a_model(of)
    return found if found.state == "infeasible" else _joined(known, found)


def _have_a_model(of: Questions) -> None:
    """Have an abandoned model built anew, for it would answer nothing more."""
    if of.model.is_abandoned and not of.watch.is_stopped:
        of.give_up_model()


def _joined(one: Solution, other: Solution) -> Solution:
    """Return the better of two solutions with the better of their bounds.

    Its state is the other's.
    """
    better = (
        one
        if other.objective is None
        or (one.objective is not None and one.objective < other.objective)
        else other
    )
    return replace(
        other, values=better.values, objective=better.objective, bound=max(one.bound, other.bound)
    )


class Resolver:
    """Chooses for one scenario after another that differs little from the one before.

    The answers are those of a fresh `Allocator`; only the way there is shorter. Every scenario is
    written as a programme, and the programmes are compared, never the scenarios. Where they are the
    same (weights, scores, importance, a value to reach), the model stands and its objective is
    replaced.

    One thread at a time; the last allocator given may be asked anything until the next is asked
    for.
    """

    def __init__(self, first: Allocator | None = None) -> None:
        """Begin with nothing, or with an allocator whose model may be taken over."""
        self._last = first

    def allocator(
        self,
        scenario: Scenario,
        table: PerformanceTable,
        scores: Scores,
        watch: Watch | None = None,
    ) -> Allocator:
        """Return the allocator of a scenario, to be asked for `best()` or anything else."""
        written, model = formulate(scenario, table, scores), None
        if self._last is not None:
            before = self._last.formulation.program
            if written.program.is_same_as(before):
                written = replace(written, program=before)
            if not self._last.watch.is_stopped:  # a model that was stopped stops again at once
                model = self._last.give_up_model()
        self._last = Allocator(scenario, table, scores, watch, kept=Kept(written, model))
        return self._last
