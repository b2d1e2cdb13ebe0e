"""A limit at other levels: the least at which something holds, and what its next step brings.

One more pound or day is worth nothing almost everywhere in a choice of whole partners, so a limit's
price is given as a step: the least increase that raises the value, and the least decrease that
lowers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from math import floor

import numpy as np

from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc, attempted, dotted
from partnerselect.model import MOST_PARTNERS, LimitKind, Unit, stated_limits
from partnerselect.optimiser import Row
from partnerselect.value import performance_table

PRECISE = 1e-9
"""Of the largest level looked at, the part within which the least is found."""
SLACK = 1e-6
"""A row reached exactly must not be refused for a rounding error."""
Holds = Callable[[Allocator], bool]


class Levels:
    """One limit of an allocator's scenario: what it is now, and the whole at any other level."""

    def __init__(self, allocator: Allocator, loc: Loc, kind: LimitKind, stated: float) -> None:
        self.loc, self.kind, self.stated, self._of = loc, kind, stated, allocator
        rows = allocator.formulation.program.rows
        self.numbered: list[tuple[int, Row]] = [
            (number, rows[number]) for number in allocator.formulation.demands[loc]
        ]

    @property
    def family(self) -> Family:
        """What its rows belong to."""
        return Family(self.numbered[0][1].family)

    @property
    def is_count(self) -> bool:
        """Whether it goes by ones."""
        return self.kind.unit is Unit.COUNT

    @property
    def is_amount(self) -> bool:
        """Whether its least level is what one row must come to at least."""
        return self._is_bound and len(self.numbered) == 1 and not self.is_count

    @property
    def _is_bound(self) -> bool:
        """Whether changing it changes nothing but the bound of its rows."""
        bounds = {row.upper for _, row in self.numbered}
        return (
            self.kind.unit is not Unit.SHARE
            and len(bounds) == 1
            and bool(np.isfinite(bounds.pop()))
        )

    @property
    def _is_share(self) -> bool:
        """Whether each of its rows says what part of all it may be, as the last coefficient."""
        return self.kind.unit is Unit.SHARE and all(
            float(row.coefficients[-1]) == -self.stated for _, row in self.numbered
        )

    @property
    def decides_who_may(self) -> bool:
        """Whether it is one partner for everything, which bars all who do not offer everything."""
        return self.kind is MOST_PARTNERS and self.stated == 1

    @property
    def highest(self) -> float:
        """A level beyond which it limits nothing."""
        if self.kind.unit is Unit.SHARE:
            return 1.0
        if self.is_count:
            return float(len(self._of.work.needs))
        if self.kind.unit is Unit.MONEY:
            return max(
                self.stated, *(float(row.coefficients.clip(0).sum()) for _, row in self.numbered)
            )
        programmes = self._of.scenario.programmes.values()
        return max(self.stated, float(sum(programme.internal_days for programme in programmes)))

    @contextmanager
    def at(self, level: float) -> Iterator[Allocator]:
        """Give the limit another level while questions are asked of the allocator given."""
        if self._is_share:
            with self._of.sharing([number for number, _ in self.numbered], level):
                yield self._of
            return
        if not self._is_bound or (self.decides_who_may and level > self.stated):
            yield self._written_with(level)
            return
        with ExitStack() as held:
            for number, _ in self.numbered:
                held.enter_context(self._of.capped(number, level + SLACK))
            yield self._of

    def _written_with(self, level: float) -> Allocator:
        """Return an allocator of the scenario with another level, for as long as time is left."""
        if not (seconds := self._of.time_left):
            raise UnansweredError
        figure = int(level) if self.is_count else level
        changed = self._of.scenario.with_change(dotted(self.loc), figure)
        table = (
            performance_table(changed)
            if self.loc[0] == "programmes"
            else self._of.formulation.table
        )
        built = Allocator(changed, table, self._of.scores, self._of.watch)
        built.allow(seconds)
        return built

    @contextmanager
    def lifted(self) -> Iterator[Allocator]:
        """Lift the limit while questions are asked of the allocator given."""
        if self.decides_who_may:
            yield self._written_with(self.highest)
            return
        with self._of.without_rows(number for number, _ in self.numbered):
            yield self._of

    def least(self, holds: Holds, low: float, high: float) -> float | None:
        """Return the least level above `low` and up to `high` at which something holds.

        None where it does not even at the highest. What holds at a level holds at every higher one.
        """
        if self.is_count:
            levels = map(float, range(floor(low) + 1, int(high) + 1))
            return next((level for level in levels if self._holds(holds, level)), None)
        if not self._holds(holds, high):
            return None
        while high - low > PRECISE * max(high, 1.0):
            middle = (low + high) / 2
            low, high = (low, middle) if self._holds(holds, middle) else (middle, high)
        return high if low > 0 else 0.0

    def nearest(self, holds: Holds, start: float | None = None) -> float | None:
        """Return the level nearest to the one stated, or to another, at which something holds.

        Above it, or below of a minimum; None where there is none.
        """
        begin = self.stated if start is None else start
        if not self.kind.is_minimum:
            return self.least(holds, begin, self.highest)
        if self.is_count:
            levels = map(float, range(int(begin) - 1, self.kind.least - 1, -1))
            return next((level for level in levels if self._holds(holds, level)), None)
        low = 0.0
        if not self._holds(holds, low):
            return None
        while begin - low > PRECISE:
            middle = (low + begin) / 2
            low, begin = (middle, begin) if self._holds(holds, middle) else (low, middle)
        return low

    def _holds(self, holds: Holds, level: float) -> bool:
        with self.at(level) as allocator:
            return holds(allocator)


def limits_of(allocator: Allocator) -> dict[Loc, Levels]:
    """Return every limit of the scenario that can bind, by its place, in the order of its rows."""
    stated = {
        loc: (one.kind, cap)
        for one in stated_limits(allocator.scenario)
        for loc, _, cap in one.caps
    }
    demands = allocator.formulation.demands
    return {loc: Levels(allocator, loc, *stated[loc]) for loc in demands if loc in stated}


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
    return tuple(
        attempted(partial(_price, limit, value), _unpriced(limit, "fault"))
        for limit in limits
        if not limit.kind.is_minimum
    )


def _price(limit: Levels, value: float) -> LimitPrice:
    """Price a limit, or say why that could not be worked out."""
    try:
        return _worked_out(limit, value)
    except UnansweredError as unanswered:
        return _unpriced(limit, unanswered.why)


def _unpriced(limit: Levels, why: Unanswered) -> LimitPrice:
    return LimitPrice(limit.loc, limit.stated, None, 0.0, 0.0, None, why)


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
