"""What the next step of each limit brings, and how far it could fall without loss.

One more pound or day is worth nothing almost everywhere in a choice of whole partners, so a limit's
price is told as a step:
the least increase that raises the value, and the least decrease that lowers it.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass

import numpy as np

from partnerselect.allocation.outcome import Allocation, TimeIsUpError
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc
from partnerselect.optimiser import Row

SHARE: Loc = ("limits", "share-per-partner")
PROGRAMMES_PER_PARTNER: Loc = ("limits", "programmes-per-partner")
"""A row for each partner."""
RISE = 1e-5
"""Points by which the value must rise or fall to count."""
SLACK = 1e-6
"""A row reached exactly must not be refused for a rounding error."""
LESS = 0.01
"""The decrease asked about: a penny, a hundredth of a day."""


@dataclass(frozen=True)
class LimitPrice:
    """The next step of one limit each way; None where there is none."""

    loc: Loc
    limit: float
    rises_at: float | None
    """The least limit with which the whole is worth more."""
    gain: float
    """Points of portfolio value that this brings."""
    falls_below: float
    """Below this limit the whole is worth less (or impossible); 0 where none of it is needed."""
    loss: float | None
    """Points lost just below; None where nothing is possible there, or nothing is below."""


def limit_prices(allocator: Allocator, allocation: Allocation) -> tuple[LimitPrice, ...]:
    """Price every limit of the scenario, as far as time allows.

    Nothing where the choice is not proven the best.
    """
    if allocation.state != "optimal" or allocation.account is None or allocator.floor is not None:
        return ()
    allocator.allow(allocator.scenario.analysis.time_limit)
    found: list[LimitPrice] = []
    with suppress(TimeIsUpError):
        for loc, rows in priced_limits(allocator).items():
            price = (
                _amount_price
                if len(rows) == 1 and rows[0][1].family != Family.COUNTS
                else _count_price
            )
            found.append(price(allocator, loc, rows, allocation.account.value))
    return tuple(found)


Numbered = list[tuple[int, Row]]


def priced_limits(allocator: Allocator) -> dict[Loc, Numbered]:
    """Return the rows of every limit that can be raised and lowered, by its place.

    Left out are those that are more than the bound of a row: a share of the days, one total of
    internal days beside a budget by phase, and a single partner for everything, which also decides
    who is eligible.
    """
    rows = allocator.formulation.program.rows
    found = {
        loc: [(number, rows[number]) for number in numbers]
        for loc, numbers in allocator.formulation.demands.items()
        if loc[0] != "rules"
    }
    return {loc: numbered for loc, numbered in found.items() if _is_bound(loc, numbered)}


def _is_bound(loc: Loc, rows: Numbered) -> bool:
    """Tell whether raising and lowering the bound of these rows is all that changing the limit does."""
    if loc == SHARE or not all(np.isfinite(row.upper) for _, row in rows):
        return False
    if loc[0] == "programmes":
        return rows[0][1].upper > 1
    return len(rows) == 1 or loc == PROGRAMMES_PER_PARTNER


def _amount_price(allocator: Allocator, loc: Loc, rows: Numbered, value: float) -> LimitPrice:
    """Price an amount of money or days: the least use that reaches more, and the least that reaches as much."""
    (number, row), rises_at, gain = rows[0], None, 0.0
    with allocator.without_rows([number]), allocator.worth_at_least(value + RISE):
        least_for_more = allocator.least_use(number)
    if least_for_more is not None:
        rises_at = max(least_for_more, row.upper)
        with allocator.capped(number, rises_at + SLACK):
            gain = (allocator.reached() or value) - value
    with allocator.worth_at_least(value - SLACK):
        least = allocator.least_use(number)
    falls_below = row.upper if least is None else max(0.0, least)
    below = None
    if falls_below > LESS:
        with allocator.capped(number, falls_below - LESS):
            below = allocator.reached()
    return LimitPrice(
        loc, row.upper, rises_at, gain, falls_below, None if below is None else value - below
    )


def _count_price(allocator: Allocator, loc: Loc, rows: Numbered, value: float) -> LimitPrice:
    """Price a number of partners, programmes or methodologies: one more or less at a time."""
    numbers, limit = [number for number, _ in rows], rows[0][1].upper
    rises_at, gain = None, 0.0
    with allocator.without_rows(numbers):
        most = allocator.reached()
    if most is not None and most > value + RISE:
        rises_at, higher = _first_step(allocator, numbers, limit, +1.0, value)
        gain = (value if higher is None else higher) - value
    falls_at, lower = _first_step(allocator, numbers, limit, -1.0, value)
    return LimitPrice(
        loc, limit, rises_at, gain, falls_at + 1, None if lower is None else value - lower
    )


def _first_step(
    allocator: Allocator, numbers: list[int], limit: float, step: float, value: float
) -> tuple[float, float | None]:
    """Step a limit until the value is another.

    Return where, and the value there (None: impossible, or below nothing).
    """
    while limit + step >= 0:
        limit += step
        with ExitStack() as held:
            for number in numbers:
                held.enter_context(allocator.capped(number, limit))
            reached = allocator.reached()
        if reached is None or abs(reached - value) > RISE:
            return limit, reached
    return -1.0, None
