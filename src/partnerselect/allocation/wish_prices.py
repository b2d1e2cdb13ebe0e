"""What a wish would cost: that a partner work on a programme, or that a programme run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from partnerselect.allocation.alternatives import Changes, changed_partners, partners_by_programme
from partnerselect.allocation.lifted_limits import LiftedLimits
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError, Variation
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc

SAME_VALUE = 1e-5
Wish = tuple[str, str | None]
"""A programme and the partner wished for; None: that the programme run."""


@dataclass(frozen=True)
class WishPrice:
    """What a wish would cost against the recommended choice."""

    wish: Wish
    state: Literal["optimal", "infeasible", "no-answer-yet"]
    value_lost: float = 0.0
    """Points of portfolio value; negative only with the aim least-cost."""
    own_cost: float = 0.0
    """What we would pay more (or less, if negative)."""
    limits: tuple[Loc, ...] = ()
    """The smallest set found without which the wish is part of a best choice, or possible."""
    would_be_chosen: bool = True
    """Whether without these limits it is part of a best choice; else it is only possible."""
    changed: Changes = field(default_factory=dict)
    """Programme to its partners now and then, where they differ; no partner: deferred."""
    why: Unanswered | None = None
    """Why it, or the limits in its way, could not be worked out."""


def price_wishes(
    allocator: Allocator, allocation: Allocation, wishes: Iterable[Wish]
) -> dict[Wish, WishPrice]:
    """Price wishes one by one; once time is up the rest are not worked out."""
    limits = LiftedLimits(allocator, allocation)
    return {wish: _price(allocator, allocation, limits, wish) for wish in wishes}


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
        account.value - forced.value,
        forced.own_cost - account.own_cost,
        found,
        changed=changed_partners(today, then),
        why=why,
    )


def _limits(
    allocation: Allocation, limits: LiftedLimits, columns: list[int], forced: Variation
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
    return (
        account is not None
        and forced.value is not None
        and account.value - forced.value <= SAME_VALUE
    )


def _columns(allocator: Allocator, wish: Wish) -> list[int]:
    """Return what must be 1 for the wish to come true; nothing where it never can."""
    f, work = allocator.formulation, allocator.work
    programme, partner = wish
    p = work.programmes.index(programme)
    if partner is None:
        return [f.z[p]]
    pair = (p, work.partners.index(partner))
    return [f.x[pair], f.z[p]] if pair in f.x else []
