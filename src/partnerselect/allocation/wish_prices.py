"""What a wish would cost, and which limits keep it out of the best choice.

A wish: that a partner work on a programme, or that a programme run. Limits are lifted one by one,
then several together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from math import comb
from typing import Literal

import numpy as np

from partnerselect.allocation.alternatives import (
    Changes,
    changed_levels,
    changed_partners,
    partners_by_programme,
)
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError, Variation
from partnerselect.allocation.problem import REMOVABLE, Family, OneOf
from partnerselect.allocation.solve import Allocator
from partnerselect.arrays import FloatArray
from partnerselect.errors import Loc, attempted

SAME = 1e-5
"""Points, or units of money: what is this near to the best is as good."""
BROKEN = 1e-6
TOGETHER = 6
"""Limits of which every combination is tried; of more, one after the other is left out first."""
SETS = 200
"""Sets of one size that are tried: all pairs of twenty limits."""


class LiftedLimits:
    """The limits of a scenario, any of which may be lifted while wishes are asked about."""

    def __init__(self, allocator: Allocator, allocation: Allocation) -> None:
        """Sort the rows by the limit they belong to, a limit by phase as one."""
        self._of = allocator
        account = allocation.account
        assert account is not None  # noqa: S101 - wishes are held against a choice
        self._today = account.value if allocator.floor is None else account.own_cost
        self._families: dict[Family, dict[Loc, list[int]]] = {family: {} for family in REMOVABLE}
        f = allocator.formulation
        for loc, numbers in f.demands.items():
            limits = self._families[Family(f.program.rows[numbers[0]].family)]
            limits.setdefault(_as_written(loc), []).extend(numbers)
        self._rows = {
            limit: rows for family in self._families.values() for limit, rows in family.items()
        }
        self._best: dict[frozenset[Loc], float | None] = {}

    def in_the_way(self, columns: Sequence[OneOf]) -> tuple[Loc, ...]:
        """Return the smallest set found without which the wish is part of a best choice.

        A single limit wherever one is enough, in the order of their families; none where no set is.
        """
        alone = next(
            (limit for limit in self._may_help(columns) if self._is_enough(columns, (limit,))), None
        )
        return (alone,) if alone is not None else self._together(columns)

    def forbidding(self, columns: Sequence[OneOf]) -> tuple[Loc, ...]:
        """Return limits without which the wish is possible, none of which can be left out.

        None where it is not possible whatever the limits.
        """
        for limit in self._rows:
            if self._is_possible(columns, [limit]):
                return (limit,)
        lifted = list(self._rows)
        if not self._is_possible(columns, lifted):
            return ()
        for limit in self._rows:
            others = [one for one in lifted if one != limit]
            if self._is_possible(columns, others):
                lifted = others
        return tuple(lifted)

    def _is_possible(self, columns: Sequence[OneOf], limits: Iterable[Loc]) -> bool:
        with self._lifting(limits), self._of.demanding(columns, 1.0):
            return self._of.is_possible()

    def _may_help(self, columns: Sequence[OneOf]) -> Iterator[Loc]:
        """Yield the limits of every family without which the wish is as good as today's choice."""
        for limits in self._families.values():
            if len(limits) == 1 or (limits and self._reaches(columns, limits, self._today)):
                yield from limits

    def _is_enough(self, columns: Sequence[OneOf], limits: Sequence[Loc]) -> bool:
        """Tell whether the wish is part of a best choice without these limits.

        What is known of that choice may be enough to say no.
        """
        lifted = frozenset(limits)
        reached = self._reached_with(columns, lifted, self._least(lifted))
        if reached is None:
            return False
        best, sign = self._best_without(lifted), self._of.objective.sign
        return best is not None and sign * reached <= sign * self._nearly(best)

    def _reaches(self, columns: Sequence[OneOf], limits: Iterable[Loc], reached: float) -> bool:
        return self._reached_with(columns, limits, reached) is not None

    def _reached_with(
        self, columns: Sequence[OneOf], limits: Iterable[Loc], reached: float
    ) -> float | None:
        """Return what the wish comes to without these limits; None where that is not as good."""
        with self._lifting(limits), self._of.demanding(columns, 1.0):
            if self._of.cannot_reach(self._nearly(reached)):
                return None
            return self._of.reached_if_as_good(self._nearly(reached))

    def _least(self, lifted: frozenset[Loc]) -> float:
        """Return what the aim reaches at least without these limits, as far as is known.

        Whatever is possible without some of them is possible without all.
        """
        known = [
            best for limits, best in self._best.items() if best is not None and limits <= lifted
        ]
        return (max if self._of.floor is None else min)([self._today, *known])

    def _together(self, columns: Sequence[OneOf]) -> tuple[Loc, ...]:
        """Return the fewest of the limits that the best choice with the wish would break."""
        with self._lifting(self._rows), self._of.demanding(columns, 1.0):
            values = self._of.settled(self._of.solve()).values
        return () if values is None else self._fewest(columns, self._broken(values))

    def _fewest(self, columns: Sequence[OneOf], limits: Sequence[Loc]) -> tuple[Loc, ...]:
        """Return the fewest of these limits that are enough, none of which can be left out.

        Of too many sets of one size, only those within a set that is enough are tried.
        """
        thinned = limits if len(limits) <= TOGETHER else self._thinned(columns, limits)
        for size in range(2, len(thinned) + 1):
            among = next(one for one in (limits, thinned, ()) if comb(len(one), size) <= SETS)
            for some in combinations(among, size):
                if self._is_enough(columns, some):
                    return some
        return ()

    def _thinned(self, columns: Sequence[OneOf], limits: Sequence[Loc]) -> tuple[Loc, ...]:
        """Leave out what need not be lifted; nothing where all are not enough."""
        if not self._is_enough(columns, limits):
            return ()
        for limit in limits:
            others = [one for one in limits if one != limit]
            if self._is_enough(columns, others):
                limits = others
        return tuple(limits)

    def _broken(self, values: FloatArray) -> list[Loc]:
        rows = self._of.formulation.program.rows
        found = []
        for limit, numbers in self._rows.items():
            for row in (rows[number] for number in numbers):
                used = float(np.asarray(row.coefficients) @ values[np.asarray(row.columns)])
                if used > row.upper + BROKEN or used < row.lower - BROKEN:
                    found.append(limit)
                    break
        return found

    def _best_without(self, limits: Iterable[Loc]) -> float | None:
        """Return what the aim reaches without these limits, worked out once."""
        lifted = frozenset(limits)
        if lifted not in self._best:
            with self._lifting(lifted):
                self._best[lifted] = self._of.reached()
        return self._best[lifted]

    def _nearly(self, reached: float) -> float:
        return reached - SAME if self._of.floor is None else reached + SAME

    def _lifting(self, limits: Iterable[Loc]) -> AbstractContextManager[None]:
        return self._of.without_rows([number for limit in limits for number in self._rows[limit]])


def _as_written(loc: Loc) -> Loc:
    """Return the limit that a row belongs to, without its phase."""
    match loc:
        case ("limits", "budget" | "internal-days", _):
            return loc[:2]
        case ("limits", "funds", _, _) | ("partners", _, "capacity", _):
            return loc[:3]
        case _:
            return loc


SAME_VALUE = 1e-5
Wish = tuple[str, str | None]
"""A programme, or it at a level, and the partner wished for; None: that the programme run."""


@dataclass(frozen=True)
class WishPrice:
    """What a wish would cost against the recommended choice."""

    wish: Wish
    state: Literal["optimal", "infeasible", "no-answer-yet"]
    best_value: float = 0.0
    """Portfolio value of the recommended choice, 0 to 100."""
    value: float = 0.0
    """The same with the wish; higher only with the aim least-cost."""
    own_cost: float = 0.0
    """What we would pay more (or less, if negative)."""
    limits: tuple[Loc, ...] = ()
    """The smallest set found without which the wish is part of a best choice, or possible."""
    would_be_chosen: bool = True
    """Whether without these limits it is part of a best choice; else it is only possible."""
    changed: Changes = field(default_factory=dict)
    """Programme to its partners now and then, where they differ; no partner: deferred."""
    levels: dict[str, str] = field(default_factory=dict)
    """Programme to the entry of the level at which it then runs, where that differs."""
    why: Unanswered | None = None
    """Why it, or the limits in its way, could not be worked out."""

    @property
    def value_lost(self) -> float:
        """Points of portfolio value."""
        return self.best_value - self.value


def price_wishes(
    allocator: Allocator, allocation: Allocation, wishes: Iterable[Wish]
) -> dict[Wish, WishPrice]:
    """Price wishes one by one; once time is up the rest are not worked out."""
    limits = LiftedLimits(allocator, allocation)
    return {
        wish: attempted(
            partial(_price, allocator, allocation, limits, wish),
            WishPrice(wish, "no-answer-yet", why="fault"),
        )
        for wish in wishes
    }


def _price(
    allocator: Allocator, allocation: Allocation, limits: LiftedLimits, wish: Wish
) -> WishPrice:
    columns = _columns(allocator, wish)
    if not columns:
        return WishPrice(wish, "infeasible", would_be_chosen=False)
    try:
        with allocator.demanding(columns, 1.0):
            forced = allocator.variation(allocation.chosen)
    except UnansweredError as unanswered:
        return WishPrice(wish, "no-answer-yet", why=unanswered.why)
    account = allocation.account
    found, enough, why = _limits(allocation, limits, columns, forced)
    if account is None or forced.value is None or forced.own_cost is None:
        return WishPrice(wish, "infeasible", limits=found, would_be_chosen=enough, why=why)
    today, then = (partners_by_programme(allocator.work, one) for one in (allocation, forced))
    return WishPrice(
        wish,
        "optimal",
        account.value,
        forced.value,
        forced.own_cost - account.own_cost,
        found,
        changed=changed_partners(today, then),
        levels=changed_levels(today, then),
        why=why,
    )


def _limits(
    allocation: Allocation, limits: LiftedLimits, columns: list[OneOf], forced: Variation
) -> tuple[tuple[Loc, ...], bool, Unanswered | None]:
    """Return limits in the way, whether the wish is in a best choice without them, or why none."""
    if _is_as_good(allocation, forced):
        return (), True, None
    try:
        if found := limits.in_the_way(columns):
            return found, True, None
        return () if forced.chosen is not None else limits.forbidding(columns), False, None
    except UnansweredError as unanswered:
        return (), False, unanswered.why


def _is_as_good(allocation: Allocation, forced: Variation) -> bool:
    """Tell whether nothing is lost by the wish, so that no limit is in its way."""
    account = allocation.account
    return account is not None and forced.value is not None and account.value - forced.value <= SAME


def _columns(allocator: Allocator, wish: Wish) -> list[OneOf]:
    """Return what must be 1 for the wish to come true; nothing where it never can."""
    f, (programme, partner) = allocator.formulation, wish
    if partner is None:
        return [f.z_of(programme)]
    works = f.x_of(programme, partner)
    return [works, f.z_of(programme)] if works else []
