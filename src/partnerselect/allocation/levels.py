"""A limit at other levels: the least one at which something holds, all else as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from math import floor

import numpy as np

from partnerselect.allocation.outcome import UnansweredError
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc, dotted
from partnerselect.model.limits import MOST_PARTNERS, LimitKind, Unit, stated_limits
from partnerselect.optimiser import Row
from partnerselect.value.performance import performance_table

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
        programmes = self._of.scenario.programmes.values()
        return max(self.stated, float(sum(programme.internal_days for programme in programmes)))

    @contextmanager
    def at(self, level: float) -> Iterator[Allocator]:
        """Give the limit another level while questions are asked of the allocator given."""
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

    def nearest(self, holds: Holds) -> float | None:
        """Return the level nearest to the one stated at which something holds.

        None where there is none.
        """
        if not self.kind.is_minimum:
            return self.least(holds, self.stated, self.highest)
        levels = map(float, range(int(self.stated) - 1, 0, -1))
        return next((level for level in levels if self._holds(holds, level)), None)

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
