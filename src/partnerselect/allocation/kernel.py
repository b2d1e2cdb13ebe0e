"""Large cases: a bound first, then an answer early, from the few partners that matter for each need.

Source: kernel search, Angelelli, Mansini & Speranza (2010), Computers & Operations Research 37(11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnerselect.allocation.dive import dive
from partnerselect.allocation.problem import FloatArray, Formulation
from partnerselect.allocation.watch import Search
from partnerselect.optimiser import Relaxation

if TYPE_CHECKING:
    from partnerselect.allocation.solve import Allocator

LARGE = 3_000
"""Columns from which a restricted search pays before the whole is tried."""
RIVALS = 2
"""Partners beside those of the relaxation that each need keeps."""
USED = 1e-6
TIME_SHARE = 0.6
"""The part of the time that the restricted search may take."""


@dataclass(frozen=True)
class Headstart:
    """What is known before the whole programme is tried: a bound, and perhaps an answer."""

    bound: float
    """No solution can lie below it (we minimise)."""
    values: FloatArray | None
    """(columns,): a choice within every limit; None where none was found."""
    objective: float | None


def headstart(allocator: Allocator, gap: float, search: Search) -> Headstart:
    """Bound the programme by its relaxation, then solve it over the partners that the relaxation uses and their best rivals."""
    relaxation = allocator.model.relaxed(time_limit=allocator.time_left / 2, listener=search.part)
    search.whole(relaxation.bound, np.inf)
    if relaxation.values is None or relaxation.reduced_costs is None:
        return Headstart(relaxation.bound, None, None)
    dived = dive(allocator, relaxation)
    first = Headstart(relaxation.bound, None, None) if dived is None else Headstart(relaxation.bound, dived.values, dived.objective)
    search.part(-np.inf, np.inf if first.objective is None else first.objective)
    left_out = _left_out(allocator.formulation, relaxation)
    allocator.model.set_column_bounds(left_out, 0.0, 0.0)
    try:
        found = allocator.model.solve(time_limit=TIME_SHARE * allocator.time_left, gap=gap, start=first.values, listener=search.part)
    finally:
        allocator.free(left_out)
    if found.objective is None or (first.objective is not None and first.objective <= found.objective):
        return first
    return Headstart(relaxation.bound, found.values, found.objective)


def _left_out(f: Formulation, relaxation: Relaxation) -> list[int]:
    """Return the columns `y` that the relaxation does not use and that are not among a need's best others by reduced cost."""
    values, reduced = relaxation.values, relaxation.reduced_costs
    if values is None or reduced is None:
        return []
    by_need: dict[int, list[int]] = {}
    for (n, _), column in f.y.items():
        by_need.setdefault(n, []).append(column)
    left_out: list[int] = []
    for columns in by_need.values():
        unused = np.array([column for column in columns if values[column] <= USED and f.program.lower[column] == 0.0], dtype=np.intp)
        left_out += unused[np.argsort(reduced[unused], kind="stable")[RIVALS:]].tolist()
    return left_out
