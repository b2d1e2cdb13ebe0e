"""The best allocation by trying them all; for cases of a few programmes, needs and partners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from tests.oracle.levels import at_each_level, needs_of
from tests.oracle.limits import broken, may_serve, programme_rules_broken
from tests.oracle.scores import Data
from tests.oracle.totals import Allocation, Case, Totals, portfolio_value, totals

EQUAL = 1e-7
PRINTED = 1e-6
"""Points: a value read from a printed answer may be asked for again."""
TELLABLE = 1e-4
"""Two values or costs nearer than this, and not equal, are not held against a solver."""
Found = tuple[Allocation, Totals]
Measure = Callable[[Totals], float]

MOST_VALUE: tuple[Measure, ...] = (
    lambda sums: -sums.value,
    lambda sums: sums.own_cost,
    lambda sums: len(sums.engaged),
    lambda sums: len(sums.pairs),
)
LEAST_COST: tuple[Measure, ...] = (
    lambda sums: sums.own_cost,
    lambda sums: -sums.value,
    *MOST_VALUE[2:],
)


@dataclass(frozen=True)
class Answer:
    """The best allocation and its sums.

    Not `clear` if another is too near, without being equal, to tell them apart.
    """

    allocation: Allocation
    totals: Totals
    clear: bool


def best(scenario: Data) -> Answer | None:
    """Return the best allocation by the scenario's aim and the order of tie-breaks, or None: no answer exists."""
    found = list[Found]()
    for case in map(Case, at_each_level(scenario)):
        least = value_to_reach(case)
        found += _most_valuable(case) if least is None else _worth(case, least)
    return first(Case(scenario), found, aim_of(Case(scenario)))


def value_to_reach(case: Case) -> float | None:
    """Return the value that is to be reached at least cost; None where most value is the aim."""
    aim = case.scenario.get("aim", "most-value")
    return None if aim == "most-value" else float(aim["least-cost"]["value-at-least"])


def aim_of(case: Case) -> tuple[Measure, ...]:
    """Return what is to be least, the first before the second, by the aim of a scenario."""
    return MOST_VALUE if value_to_reach(case) is None else LEAST_COST


def allocations(case: Case) -> Iterator[Allocation]:
    """Yield every allocation that keeps the rules within each programme."""
    for chosen in product(*[list(_choices(case, p)) for p in case.programmes]):
        yield {pair: partner for choice in chosen for pair, partner in choice.items()}


def _choices(case: Case, programme: str) -> Iterator[Allocation]:
    """Yield every way to run one programme, and not running it."""
    if case.programmes[programme].get("waits", True):
        yield {}
    needs = list(case.programmes[programme]["needs"])
    able = [[k for k in case.partners if may_serve(case, programme, j, k)] for j in needs]
    for partners in product(*able):
        chosen = dict(zip(needs, partners, strict=True))
        if not any(programme_rules_broken(case, programme, chosen)):
            yield {(programme, j): k for j, k in chosen.items()}


def _most_valuable(case: Case) -> Iterator[Found]:
    """Yield what keeps every rule, from the most valuable down to where it is clearly worth less."""
    floor = float("-inf")
    for allocation in sorted(
        allocations(case), key=lambda allocation: -portfolio_value(case, allocation)
    ):
        if portfolio_value(case, allocation) < floor:
            return
        sums = totals(case, allocation)
        if not any(broken(case, allocation, sums)):
            floor = max(floor, sums.value - TELLABLE)
            yield allocation, sums


def _worth(case: Case, least: float) -> Iterator[Found]:
    """Yield what keeps every rule and is worth at least so much."""
    for allocation in allocations(case):
        if portfolio_value(case, allocation) >= least - PRINTED:
            sums = totals(case, allocation)
            if not any(broken(case, allocation, sums)):
                yield allocation, sums


def first(case: Case, found: list[Found], measures: tuple[Measure, ...]) -> Answer | None:
    """Return whichever is least by the measures in turn, then by partner ids; None of nothing."""
    if not found:
        return None
    clear = True
    for measure in measures:
        least = min(measure(sums) for _, sums in found)
        clear &= not any(EQUAL < measure(sums) - least < TELLABLE for _, sums in found)
        found = [(allocation, sums) for allocation, sums in found if measure(sums) - least <= EQUAL]
    allocation, sums = min(
        found, key=lambda one: (_partners_in_order(case, one[0]), _levels_in_order(case, one[1]))
    )
    return Answer(allocation, sums, clear)


def _partners_in_order(case: Case, allocation: Allocation) -> list[tuple[bool, str]]:
    """Return the partner ids by programme and need, in order of id; a need not met sorts last."""
    needs = sorted((p, j) for p, programme in case.programmes.items() for j in needs_of(programme))
    return [(need not in allocation, allocation.get(need, "")) for need in needs]


def _levels_in_order(case: Case, sums: Totals) -> list[int]:
    """Return the numbers of the levels at which programmes run, by programme."""
    return [
        list(case.programmes[p]["levels"]).index(level) for p, level in sorted(sums.levels.items())
    ]
