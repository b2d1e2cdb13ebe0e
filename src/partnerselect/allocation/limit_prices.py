"""What the next step of each limit brings, and how far it could fall without loss.

One more pound or day is worth nothing almost everywhere in a choice of whole partners, so a limit's
price is given as a step:
the least increase that raises the value, and the least decrease that lowers it.
"""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.allocation.levels import SLACK, Levels, limits_of
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc
from partnerselect.model.limits import Unit

RISE = 1e-5
"""Points by which the value must rise or fall to count."""
LESS = 0.01
"""The decrease asked about: a penny, a hundredth of a day, a hundredth of a hundredth."""


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
    why: Unanswered | None = None
    """Why none of this could be worked out."""


def limit_prices(allocator: Allocator, allocation: Allocation) -> tuple[LimitPrice, ...]:
    """Price every limit of the scenario.

    Nothing where the choice is not proven the best.
    """
    if allocation.state != "optimal" or allocation.account is None or allocator.floor is not None:
        return ()
    allocator.allow(allocator.scenario.analysis.time_limit)
    value, limits = allocation.account.value, limits_of(allocator).values()
    return tuple(_price(limit, value) for limit in limits if not limit.kind.is_minimum)


def _price(limit: Levels, value: float) -> LimitPrice:
    """Price a limit, or say why that could not be worked out."""
    try:
        return _worked_out(limit, value)
    except UnansweredError as unanswered:
        return LimitPrice(limit.loc, limit.stated, None, 0.0, 0.0, None, unanswered.why)


def _worked_out(limit: Levels, value: float) -> LimitPrice:
    if limit.is_amount:
        return _amount_price(limit, value)
    return _count_price(limit, value) if limit.is_count else _level_price(limit, value)


def _amount_price(limit: Levels, value: float) -> LimitPrice:
    """Price money or days: the least use that reaches more, and the least that reaches as much."""
    (number, row), rises_at, gain = limit.numbered[0], None, 0.0
    with limit.lifted() as allocator, allocator.worth_at_least(value + RISE):
        least_for_more = allocator.least_use(number)
    if least_for_more is not None:
        rises_at = max(least_for_more, row.upper)
        gain = (_reached(limit, rises_at) or value) - value
    with allocator.worth_at_least(value - SLACK):
        least = allocator.least_use(number)
    falls_below = row.upper if least is None else max(0.0, least)
    return LimitPrice(
        limit.loc, row.upper, rises_at, gain, falls_below, _loss(limit, falls_below, value)
    )


def _level_price(limit: Levels, value: float) -> LimitPrice:
    """Price what is more than the bound of a row: each level looked at is written anew."""
    rises_at, gain = None, 0.0
    with limit.lifted() as allocator:
        most = allocator.reached()
    if most is not None and most > value + RISE:
        rises_at = limit.least(
            lambda of: of.reached_if_as_good(value + RISE) is not None, limit.stated, limit.highest
        )
        gain = 0.0 if rises_at is None else (_reached(limit, rises_at) or value) - value
    falls_below = limit.least(
        lambda of: of.reached_if_as_good(value - SLACK) is not None, 0.0, limit.stated
    )
    falls_below = limit.stated if falls_below is None else falls_below
    return LimitPrice(
        limit.loc, limit.stated, rises_at, gain, falls_below, _loss(limit, falls_below, value)
    )


def _reached(limit: Levels, level: float) -> float | None:
    with limit.at(level) as allocator:
        return allocator.reached()


def _loss(limit: Levels, falls_below: float, value: float) -> float | None:
    """Return the points lost just below a level; None where nothing is possible or below it."""
    less = LESS * (LESS if limit.kind.unit is Unit.SHARE else 1.0)
    below = _reached(limit, falls_below - less) if falls_below > less else None
    return None if below is None else value - below


def _count_price(limit: Levels, value: float) -> LimitPrice:
    """Price a number of partners, programmes or methodologies: one more or less at a time."""
    rises_at, gain = None, 0.0
    with limit.lifted() as allocator:
        most = allocator.reached()
    if most is not None and most > value + RISE:
        rises_at, higher = _first_step(limit, +1.0, value)
        gain = (value if higher is None else higher) - value
    falls_at, lower = _first_step(limit, -1.0, value)
    return LimitPrice(
        limit.loc,
        limit.stated,
        rises_at,
        gain,
        falls_at + 1,
        None if lower is None else value - lower,
    )


def _first_step(limit: Levels, step: float, value: float) -> tuple[float, float | None]:
    """Step a limit until the value is another.

    Return where, and the value there (None: impossible, or below nothing).
    """
    level = limit.stated
    while level + step >= 0:
        level += step
        reached = _reached(limit, level)
        if reached is None or abs(reached - value) > RISE:
            return level, reached
    return -1.0, None
