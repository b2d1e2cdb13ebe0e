"""What would bring a deferred programme back: the least change of each limit alone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from partnerselect.allocation.alternatives import (
    Changes,
    changed_levels,
    changed_partners,
    partners_by_programme,
)
from partnerselect.allocation.limit_pricing import RISE, Levels, limits_of
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc, dotted
from partnerselect.model import programme_of

ROUNDS = 25
"""Steps after which a limit is given up: each found something better without it."""


@dataclass(frozen=True)
class Unlocking:
    """A limit that, changed alone, brings a programme back: raised, or a minimum lowered."""

    loc: Loc
    limit: float
    needed: float
    """The nearest level at which the best choice runs the programme."""
    best_value: float
    """Portfolio value of the recommended choice, 0 to 100."""
    value: float
    """The same at that level."""
    entry: str = ""
    """The level at which it then runs, of a programme with levels of which none was asked for."""
    changed: Changes | None = None
    """Of the other programmes in that choice; None: not worked out."""
    levels: dict[str, str] = field(default_factory=dict)
    """Of the other programmes, to the entry of the level at which each then runs."""

    @property
    def gain(self) -> float:
        """Points of portfolio value that the whole is then worth more."""
        return self.value - self.best_value


@dataclass(frozen=True)
class UnlockingLimits:
    """The limits that bring a programme back, the smallest change against today's first."""

    ways: tuple[Unlocking, ...] = ()
    is_complete: bool = True
    """Whether every limit was asked about to the end."""
    why: Unanswered | None = None
    """Why it was not, where a question had no answer."""


def unlocking_limits(
    allocator: Allocator, allocation: Allocation, programme: str
) -> UnlockingLimits:
    """Return what would bring a programme back, or it at a level, as far as time allows.

    Nothing where the choice is not proven the best, or the aim is least cost.
    """
    if allocation.state != "optimal" or allocation.account is None or allocator.floor is not None:
        return UnlockingLimits()
    asked = _Asked(allocator, programme, allocation, allocation.account.value)
    for limit in limits_of(allocator).values():
        asked.ask(limit)
    complete = not asked.gave_up and asked.why is None
    return UnlockingLimits(tuple(sorted(asked.found, key=_smallest_first)), complete, asked.why)


def _smallest_first(way: Unlocking) -> tuple[float, str]:
    """Order by the change against today's limit; alike changes by place."""
    change = abs(way.needed - way.limit)
    return round(change / way.limit, 9) if way.limit else float("inf"), dotted(way.loc)


class _Asked:
    """One programme, and today's choice and its value."""

    def __init__(
        self, allocator: Allocator, programme: str, allocation: Allocation, value: float
    ) -> None:
        self._of, self._programme, self._value = allocator, programme, value
        self._today = allocation
        self._helps: dict[str, bool] = {}
        self.found: list[Unlocking] = []
        self.gave_up = False
        """Whether a limit was left after too many steps."""
        self.why: Unanswered | None = None
        """Why a question had no answer."""

    def ask(self, limit: Levels) -> None:
        """Ask whether a limit, changed alone, brings the programme back."""
        try:
            one = self.least(limit) if self.may_help(limit) else None
        except UnansweredError as unanswered:
            self.why = unanswered.why
        else:
            self.found += [] if one is None else [one]

    def may_help(self, limit: Levels) -> bool:
        """Tell whether the programme could be part of something better without all of its family.

        A limit that decides who may serve has rows that do not say all.
        """
        family, better = limit.family, self._value + RISE
        if family not in self._helps:
            with self._of.without(family):
                self._helps[family] = self._reaches(self._of, better)
        return self._helps[family] or limit.decides_who_may

    def _running(self, allocator: Allocator, runs: float) -> AbstractContextManager[None]:
        return allocator.demanding([allocator.formulation.z_of(self._programme)], runs)

    def _reaches(self, allocator: Allocator, value: float) -> bool:
        with self._running(allocator, 1.0):
            return allocator.reached_if_as_good(value) is not None

    def least(self, limit: Levels) -> Unlocking | None:
        """Return the level nearest to today's with which the best choice runs the programme.

        None where there is none.
        """
        level, target = limit.stated, self._value + RISE
        for _ in range(ROUNDS):
            following = self._next(limit, level, target)
            if following is None:
                return None
            level = following
            here, without = self._best(limit, level, 1.0), self._best(limit, level, 0.0)
            if here is not None and here >= target and (without is None or here >= without + RISE):
                found = Unlocking(limit.loc, limit.stated, level, self._value, here)
                return self._with_what_changes(found, limit)
            target = max(target, (without or 0.0) + RISE)
        self.gave_up = True
        return None

    def _with_what_changes(self, found: Unlocking, limit: Levels) -> Unlocking:
        """Say of a way what becomes of all programmes in the best choice that runs this one."""
        with limit.at(found.needed) as allocator, self._running(allocator, 1.0):
            try:
                chosen = allocator.variation(self._today.chosen)
            except UnansweredError:
                return found
        work, entries = self._of.work, self._of.scenario.entries.get(self._programme, ())
        today, then = (partners_by_programme(work, one) for one in (self._today, chosen))
        entry = next((one for one in entries if then[one]), "") if len(entries) > 1 else ""
        changed, levels = changed_partners(today, then), changed_levels(today, then)
        for one in (changed, levels):
            one.pop(programme_of(self._programme), None)
        return replace(found, entry=entry, changed=changed, levels=levels)

    def _next(self, limit: Levels, level: float, value: float) -> float | None:
        """Return the next level to look at; None where none would be enough."""
        if limit.is_amount:
            least = self._least_amount(limit, value)
            return None if least is None else max(level, least)
        if limit.is_count:
            following = level + (-1 if limit.kind.is_minimum else 1)
            if following < limit.kind.least:
                return None
            with limit.lifted() as allocator:
                return following if self._reaches(allocator, value) else None
        if self._reaches_at(limit, level, value):
            return level
        return limit.nearest(lambda of: self._reaches(of, value), level)

    def _reaches_at(self, limit: Levels, level: float, value: float) -> bool:
        with limit.at(level) as allocator:
            return self._reaches(allocator, value)

    def _least_amount(self, limit: Levels, value: float) -> float | None:
        """Return the least use with which the programme is part of something worth so much.

        None where it never is.
        """
        with limit.lifted() as allocator, self._running(allocator, 1.0):
            if allocator.cannot_reach(value):
                return None
            with allocator.worth_at_least(value):
                return allocator.least_use(limit.numbered[0][0])

    def _best(self, limit: Levels, level: float, runs: float) -> float | None:
        """Return what is reached at another level with the programme running (1) or not (0)."""
        with limit.at(level) as allocator, self._running(allocator, runs):
            return allocator.reached()
