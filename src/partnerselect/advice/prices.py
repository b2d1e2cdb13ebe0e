"""What is asked of the solver about a choice, so that its reasons can be given."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from partnerselect.advice.chosen_partners import ChosenPartners
from partnerselect.allocation import Allocation, Allocator
from partnerselect.allocation.unlocking import UnlockingLimits, unlocking_limits
from partnerselect.allocation.wish_prices import Wish, WishPrice, price_wishes

QUESTIONS = 60
"""How many wishes are priced one by one; in a larger case the rest are left to `explain`."""
UNKNOWN = UnlockingLimits(is_complete=False)


@dataclass(frozen=True)
class Prices:
    """What choosing otherwise would cost, and what would bring deferred programmes back."""

    wishes: dict[Wish, WishPrice] = field(default_factory=dict)
    left_out: frozenset[Wish] = frozenset()
    """Beyond the number of questions asked."""
    ways_back: dict[str, UnlockingLimits] = field(default_factory=dict)
    """By deferred programme."""


NOT_ASKED = Prices()


def price_questions(allocator: Allocator, allocation: Allocation) -> Prices:
    """Price every partner that is not outscored, and ask what brings deferred programmes back.

    Nothing where the choice is not proven the best.
    """
    if allocation.state != "optimal":
        return NOT_ASKED
    choice = ChosenPartners.of(allocator, allocation)
    wishes = list(_wishes(choice))
    allocator.allow(allocator.scenario.analysis.time_limit)
    prices = price_wishes(allocator, allocation, wishes[:QUESTIONS])
    back = {
        programme: _ways_back(choice, allocator, prices.get((programme, None)), p)
        for p, programme in enumerate(allocator.work.programmes)
        if not choice.chosen_in(p)
    }
    return Prices(prices, frozenset(wishes[QUESTIONS:]), back)


def _ways_back(
    choice: ChosenPartners, allocator: Allocator, price: WishPrice | None, p: int
) -> UnlockingLimits:
    """Ask where the programme's price was worked out in time: what it costs comes first."""
    if not choice.can_run(p):
        return UnlockingLimits()
    if price is None or price.state == "no-answer-yet":
        return UNKNOWN
    return unlocking_limits(allocator, choice.allocation, p)


def _wishes(choice: ChosenPartners) -> list[Wish]:
    """Return the deferred programmes, then partners that are not outscored, best ranks first."""
    work, ranks = choice.formulation.work, choice.scores.ranks
    deferred: list[Wish] = [
        (name, None) for p, name in enumerate(work.programmes) if not choice.chosen_in(p)
    ]
    pairs = [
        (int(ranks[p, k]), work.programmes[p], work.partners[k])
        for p, k in zip(*(axis.tolist() for axis in np.nonzero(choice.table.eligible)), strict=True)
        if choice.chosen_in(p) and k not in choice.chosen_in(p)
        if (p, k) in choice.formulation.x
        if not choice.is_outscored(p, k) and not choice.is_committed(p, k)
    ]
    return [*deferred, *((programme, partner) for _, programme, partner in sorted(pairs))]
