"""The first answer to an allocation, equals not told apart: from the solver alone, from an early search alone, or from both side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnerselect.allocation.early.headstart import headstart
from partnerselect.allocation.watch import Search
from partnerselect.optimiser import Solution

if TYPE_CHECKING:
    from partnerselect.allocation.solve import Allocator

DOUBTFUL = 800
"""Columns from which the solver may need long, so that an early answer is sought beside it."""
LARGE, ALONE = 3_000, 0.1
"""Columns from which it is sought at once; in smaller cases the solver first has this part of the time alone."""
BEYOND_THE_WHOLE = 20_000
"""Columns beyond which the whole is not tried where there is an answer: the solver has nothing useful to say of them within minutes."""
TO_BEGIN = 1e-4
"""Seconds a column without which the solver would not even have begun with the whole."""


def first_answer(of: Allocator) -> Solution:
    """Return the best that is found in the allocator's time, and the best bound."""
    search, size = (
        Search(of.watch, sign=-1.0 if of.floor is None else 1.0),
        of.formulation.program.size,
    )
    if size < DOUBTFUL or not of.time_left:
        return of.whole(search)
    if size <= BEYOND_THE_WHOLE:
        return _side_by_side(of, search)
    early = headstart(of, search)
    is_late = of.time_left < TO_BEGIN * size
    return early if early.objective is not None or is_late else _joined(early, of.whole(search))


def _side_by_side(of: Allocator, search: Search) -> Solution:
    """Let the solver work on the whole, seek an early answer meanwhile, and end both when what they found together is enough."""
    whole, early = of.begin_whole(), Solution("stopped", None, None, float("-inf"), 0.0)
    search.beside(whole.attended, of.scenario.analysis.gap)
    is_large = of.formulation.program.size >= LARGE
    if not whole.attended.wait(search.whole, 0.0 if is_large else ALONE * of.time_left):
        early = headstart(of, search)
        whole.attended.wait(search.whole)
    found = whole.solution()
    if found.state == "failed":
        found = of.whole(search)  # which asks in other ways too
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
