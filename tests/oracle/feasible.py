"""Every allocation that keeps the rules of a scenario, with what it comes to."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.levels import at_each_level
from tests.oracle.limits import broken
from tests.oracle.scores import Data
from tests.oracle.search import PRINTED, Found, allocations, value_to_reach
from tests.oracle.totals import Case, totals


def feasible(scenario: Data, *, aim: bool = True) -> Iterator[Found]:
    """Yield every allocation within all limits.

    With `aim`, only those that reach the value which least-cost asks for.
    """
    for case in map(Case, at_each_level(scenario)):
        least = value_to_reach(case) if aim else None
        for allocation in allocations(case):
            sums = totals(case, allocation)
            if (least is None or sums.value >= least - PRINTED) and not any(
                broken(case, allocation, sums)
            ):
                yield allocation, sums


def is_possible(scenario: Data) -> bool:
    """Tell whether any allocation is within all limits."""
    return next(feasible(scenario), None) is not None
