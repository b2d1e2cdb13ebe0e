"""Why not the other one, and why not now: the price of a wish, asked of the solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.allocation.account import NOBODY, runs
from partnerselect.allocation.constraints import REMOVABLE
from partnerselect.allocation.outcome import Allocation, TimeIsUpError
from partnerselect.allocation.problem import IntArray
from partnerselect.allocation.solve import Allocator

COMBINATION = "a combination of limits"
NOT_EXAMINED = "not examined"
QUESTIONS = 60
"""How many partners are priced one by one; a larger case leaves the rest to `explain`."""
WORSE = 1e-5


@dataclass(frozen=True)
class Price:
    """What a wish (a pair, or a programme) would cost against the recommended choice."""

    possible: bool
    value_lost: float
    """Points of portfolio value; 0 where the wish is as good."""
    own_cost: float
    """What the trust would pay more (or less, if negative)."""
    because: str
    """The family of limits whose sole removal would bring it in, `a combination of limits`, or empty."""
    pushed_out: tuple[int, ...] = ()
    """Programmes that run in the recommended choice but not with the wish."""


class Prices:
    """The prices of wishes against one recommended choice."""

    def __init__(self, allocator: Allocator, allocation: Allocation) -> None:
        self._of, self._allocation = allocator, allocation
        self._unlimited: dict[str, float | None] = {}

    def of_pair(self, p: int, k: int) -> Price:
        """Price the wish that partner k work on programme p."""
        columns = (
            [self._of.formulation.x[p, k], self._of.formulation.z[p]]
            if (p, k) in self._of.formulation.x
            else []
        )
        return self._price(columns)

    def of_programme(self, p: int) -> Price:
        """Price the wish that programme p run."""
        return self._price([self._of.formulation.z[p]])

    def _price(self, columns: list[int]) -> Price:
        account = self._allocation.account
        if not columns or account is None:
            return Price(possible=False, value_lost=0.0, own_cost=0.0, because="")
        try:
            with self._of.demanding(columns, 1.0):
                forced = self._of.variation(self._allocation.chosen)
            because = self._because(columns)
        except TimeIsUpError:
            return Price(possible=False, value_lost=0.0, own_cost=0.0, because=NOT_EXAMINED)
        if forced.value is None or forced.own_cost is None:
            return Price(possible=False, value_lost=0.0, own_cost=0.0, because=because)
        return Price(
            True,
            account.value - forced.value,
            forced.own_cost - account.own_cost,
            because,
            self._pushed_out(forced.chosen),
        )

    def _pushed_out(self, then: IntArray | None) -> tuple[int, ...]:
        now, work = self._allocation.chosen, self._of.work
        if now is None or then is None:
            return ()
        return tuple(np.flatnonzero(runs(work, now) & ~runs(work, then)).tolist())

    def _because(self, columns: list[int]) -> str:
        """Return the first family whose sole removal puts the wish in the optimum."""
        present = {row.family for row in self._of.formulation.program.rows}
        for family in (family for family in REMOVABLE if family in present):
            with self._of.without(family):
                best = self._best_without(family)
                if best is None:
                    continue
                with self._of.demanding(columns, 1.0):
                    wished = self._of.reached_if_as_good(
                        best - WORSE if self._of.floor is None else best + WORSE
                    )
            if wished is not None:
                return family
        return COMBINATION

    def _best_without(self, family: str) -> float | None:
        """Return what the aim reaches with a family lifted, worked out once; it must be lifted."""
        if family not in self._unlimited:
            self._unlimited[family] = self._of.reached()
        return self._unlimited[family]


def outscored(allocator: Allocator, chosen: IntArray, p: int, k: int) -> bool:
    """Tell whether the partners chosen for programme p are worth more than k on every need that k offers there."""
    work, overall = allocator.work, allocator.scores.overall
    needs = [n for n in range(len(work.needs)) if work.programme_of[n] == p and work.offered[n, k]]
    return all(
        chosen[n] not in {NOBODY, k} and overall[p, chosen[n]] > overall[p, k] + WORSE
        for n in needs
    )
