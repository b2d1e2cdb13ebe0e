"""The first answer, ties not broken: the solver alone, an early search, or side by side."""

from __future__ import annotations

from dataclasses import replace

from partnerselect.allocation.decomposed import decomposed
from partnerselect.allocation.questions import Questions
from partnerselect.optimiser import Solution
from partnerselect.optimiser.decomposition import search_patterns
from partnerselect.optimiser.watch import Search

DOUBTFUL = 800
"""Columns from which the solver may need long, so that an early answer is sought beside it."""
LARGE, ALONE = 3_000, 0.1
"""Columns from which it is sought at once; below, the solver has this part of the time alone."""
BEYOND_THE_WHOLE = 20_000
"""Columns beyond which the solver says nothing useful of the whole within minutes."""
TO_BEGIN = 1e-4
"""Seconds a column without which the solver would not even have begun with the whole."""


def first_answer(of: Questions) -> Solution:
    """Return the best that is found in the time left, and the best bound."""
    search, size = Search(of.watch, sign=of.objective.sign), of.formulation.program.size
    if size < DOUBTFUL or not of.time_left:
        return whole(of, search)
    if size <= BEYOND_THE_WHOLE:
        return _side_by_side(of, search)
    early = early_answer(of, search)
    is_late = of.time_left < TO_BEGIN * size
    return early if early.objective is not None or is_late else _joined(early, whole(of, search))


def whole(of: Questions, search: Search) -> Solution:
    """Let the solver work on the whole within what is left of the time."""
    of.hold_floor()
    return of.model.solve(
        time_limit=of.time_left, gap=of.scenario.analysis.gap, listener=search.whole
    )


def early_answer(of: Questions, search: Search) -> Solution:
    """Look for an answer in the programme taken apart."""
    coupled = decomposed(of.formulation, of.objective)
    return search_patterns(coupled, search, lambda: of.time_left, gap=of.scenario.analysis.gap)


def _side_by_side(of: Questions, search: Search) -> Solution:
    """Let the solver work on the whole, and look for an early answer meanwhile.

    Both end when what they found together is enough.
    """
    gap = of.scenario.analysis.gap
    of.hold_floor()
    pending = of.model.begin(time_limit=of.time_left, gap=gap)
    early = Solution("stopped", None, None, float("-inf"), 0.0)
    search.beside(pending.thread, gap)
    is_large = of.formulation.program.size >= LARGE
    if not pending.thread.wait(search.whole, 0.0 if is_large else ALONE * of.time_left):
        early = early_answer(of, search)
        pending.thread.wait(search.whole)
    found = pending.solution()
    if found.state == "failed":
        found = whole(of, search)  # which asks in other ways too
    if of.model.is_abandoned and not of.watch.is_stopped:
        of.give_up_model()  # it would answer nothing more
    return found if found.state == "infeasible" else _joined(early, found)


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
