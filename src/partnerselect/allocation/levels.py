"""A limit at other levels: the least one at which something holds, all else as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import numpy as np

from partnerselect.allocation.outcome import TimeIsUpError
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc, dotted
from partnerselect.model import paths
from partnerselect.optimiser import Row
from partnerselect.value.performance import performance_table

SHARE: Loc = ("limits", "share-per-partner")
PRECISE = 1e-9
"""Of the largest level looked at, the part within which the least is found."""
SLACK = 1e-6
"""A row reached exactly must not be refused for a rounding error."""
Holds = Callable[[Allocator], bool]


class Levels:
    """One limit of an allocator's scenario: what it is now, and the whole at any other level."""

    def __init__(self, allocator: Allocator, loc: Loc) -> None:
        self.loc, self._of = loc, allocator
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
        return self.family in {Family.COUNTS, Family.METHODS} and self.loc != SHARE

    @property
    def is_least(self) -> bool:
        """Whether it says how many there must be, and not how many there may be."""
        return self.loc[-1] == "min"

    @property
    def is_bound(self) -> bool:
        """Whether changing it changes nothing but the bound of its rows."""
        if self.loc == SHARE or self._decides_who_may:
            return False
        bounds = {row.upper for _, row in self.numbered}
        return len(bounds) == 1 and bool(np.isfinite(bounds.pop()))

    @property
    def is_amount(self) -> bool:
        """Whether its least level is what one row must come to at least."""
        return self.is_bound and len(self.numbered) == 1 and not self.is_count

    @property
    def _decides_who_may(self) -> bool:
        """Whether it is one partner for everything, which bars all who do not offer everything."""
        return self.loc[0] == "programmes" and self.stated <= 1

    @property
    def stated(self) -> float:
        """The level that stands in the scenario."""
        if self.loc == SHARE:
            return float(self._of.scenario.limits.share_per_partner or 1.0)
        return float(paths.value_at(self._of.scenario.data, self.loc))

    @property
    def highest(self) -> float:
        """A level beyond which it limits nothing."""
        if self.loc == SHARE:
            return 1.0
        if self.is_count:
            return float(len(self._of.work.needs))
        programmes = self._of.scenario.programmes.values()
        return max(self.stated, float(sum(programme.internal_days for programme in programmes)))

    @contextmanager
    def at(self, level: float) -> Iterator[Allocator]:
        """Give the limit another level while questions are asked of the allocator given."""
        if not self.is_bound:
            yield self._written_with(level)
            return
        with ExitStack() as held:
            for number, _ in self.numbered:
                held.enter_context(self._of.capped(number, level + SLACK))
            yield self._of

    def _written_with(self, level: float) -> Allocator:
        """Return an allocator of the scenario with another level, for as long as time is left."""
        if not (seconds := self._of.time_left):
            raise TimeIsUpError
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
        with self._of.without_rows(number for number, _ in self.numbered):
            yield self._of

    def least(self, holds: Holds, low: float, high: float) -> float | None:
        """Return the least level above `low` and up to `high` at which something holds.

        None where it does not even at the highest. What holds at a level holds at every higher one.
        """
        if self.is_count:
            levels = np.arange(np.floor(low) + 1, high + 1)
            return next((float(level) for level in levels if self._holds(holds, level)), None)
        if not self._holds(holds, high):
            return None
        while high - low > PRECISE * max(high, 1.0):
            middle = (low + high) / 2
            low, high = (low, middle) if self._holds(holds, middle) else (middle, high)
        return high

    def nearest(self, holds: Holds) -> float | None:
        """Return the level nearest to the one stated at which something holds.

        None where there is none.
        """
        if not self.is_least:
            return self.least(holds, self.stated, self.highest)
        levels = np.arange(self.stated - 1, 0, -1)
        return next((float(level) for level in levels if self._holds(holds, level)), None)

    def _holds(self, holds: Holds, level: float) -> bool:
        with self.at(level) as allocator:
            return holds(allocator)
