"""What would bring a deferred programme back: of each limit, the least that makes it part of the best choice, all else as it is."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass

from partnerselect.allocation.limit_prices import RISE, SLACK, Numbered, priced_limits
from partnerselect.allocation.outcome import Allocation, TimeIsUpError
from partnerselect.allocation.problem import Family
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc

ROUNDS = 25
"""Steps after which a limit is given up: each finds something better that leaves the programme out again."""


@dataclass(frozen=True)
class Return:
    """A limit that, raised alone, brings a programme back."""

    loc: Loc
    limit: float
    needed: float
    """The least at which the best choice runs the programme."""
    gain: float
    """Points of portfolio value that the whole is then worth more."""


@dataclass(frozen=True)
class WaysBack:
    """The limits that bring a programme back, the smallest rise (against today's limit) first."""

    ways: tuple[Return, ...] = ()
    is_complete: bool = True
    """Whether every limit was asked about to the end."""


def returns(allocator: Allocator, allocation: Allocation, p: int) -> WaysBack:
    """Return what would bring programme p back, as far as time allows.

    Nothing where the choice is not proven the best, p runs, or the aim is least cost.
    """
    if allocation.state != "optimal" or allocation.account is None or allocator.floor is not None:
        return WaysBack()
    asked, complete = _Asked(allocator, allocator.formulation.z[p], allocation.account.value), False
    found: list[Return] = []
    with suppress(TimeIsUpError):
        for loc, rows in priced_limits(allocator).items():
            if asked.may_help(rows[0][1].family) and (one := asked.least(loc, rows)) is not None:
                found.append(one)
        complete = not asked.gave_up
    return WaysBack(
        tuple(
            sorted(
                found,
                key=lambda one: (one.needed / one.limit if one.limit else float("inf"), one.loc),
            )
        ),
        complete,
    )


class _Asked:
    """One programme, the column that says whether it runs, and today's value."""

    def __init__(self, allocator: Allocator, column: int, value: float) -> None:
        self._of, self._column, self._value = allocator, column, value
        self._helps: dict[str, bool] = {}
        self.gave_up = False
        """Whether a limit was left after too many steps."""

    def may_help(self, family: str) -> bool:
        """Tell whether with all limits of a family lifted the programme could be part of something better than today."""
        if family not in self._helps:
            with self._of.without(family):
                self._helps[family] = self._reaches(1.0, self._value + RISE)
        return self._helps[family]

    def _reaches(self, runs: float, value: float) -> bool:
        with self._of.demanding([self._column], runs):
            return self._of.reached_if_as_good(value) is not None

    def least(self, loc: Loc, rows: Numbered) -> Return | None:
        """Return the least limit with which the best choice runs the programme.

        None where there is none.
        """
        next_limit = (
            self._least_amount
            if len(rows) == 1 and rows[0][1].family != Family.COUNTS
            else self._next_count
        )
        limit, target = rows[0][1].upper, self._value + RISE
        for _ in range(ROUNDS):
            least = next_limit(rows, limit, target)
            if least is None:
                return None
            limit = max(limit, least)
            here, without = self._best(rows, limit, 1.0), self._best(rows, limit, 0.0)
            if here is not None and here >= target and (without is None or here >= without + RISE):
                return Return(loc, rows[0][1].upper, limit, here - self._value)
            target = max(target, (without or 0.0) + RISE)
        self.gave_up = True
        return None

    def _least_amount(self, rows: Numbered, _limit: float, value: float) -> float | None:
        """Return the least use with which the programme is part of something worth so much.

        None where it never is.
        """
        number = rows[0][0]
        with self._of.without_rows([number]), self._of.demanding([self._column], 1.0):
            if self._of.cannot_reach(value):
                return None
            with self._of.worth_at_least(value):
                return self._of.least_use(number)

    def _next_count(self, rows: Numbered, limit: float, value: float) -> float | None:
        """Return one more, unless even any number would not be enough."""
        with self._of.without_rows([number for number, _ in rows]):
            return limit + 1 if self._reaches(1.0, value) else None

    def _best(self, rows: Numbered, limit: float, runs: float) -> float | None:
        """Return what is reached under another limit with the programme running (1) or not (0)."""
        with ExitStack() as held:
            for number, _ in rows:
                held.enter_context(self._of.capped(number, limit + SLACK))
            held.enter_context(self._of.demanding([self._column], runs))
            return self._of.reached()
