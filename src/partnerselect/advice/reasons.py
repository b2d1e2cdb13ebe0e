"""Why not the other one, why not the leader, why not now: reasons as data, worded elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

import numpy as np

from partnerselect.advice.chosen_partners import ChosenPartners
from partnerselect.allocation import (
    Allocation,
    Allocator,
    UnlockingLimits,
    Wish,
    WishPrice,
    price_wishes,
    unlocking_limits,
)
from partnerselect.errors import attempted
from partnerselect.robustness import Robustness

QUESTIONS = 60
"""How many wishes are priced one by one; in a larger case the rest are left to `explain`."""
SIDE_BY_SIDE = 800
"""Columns up to which ways back are asked for beside the prices. In a larger case, in which time
may be up, they would only keep the prices waiting, without which none is shown."""
UNKNOWN = UnlockingLimits(is_complete=False)
SHOWN = 0.005
"""Points below which a difference is not worth a word."""


@dataclass(frozen=True)
class Prices:
    """What choosing otherwise would cost, and what would bring deferred programmes back."""

    wishes: dict[Wish, WishPrice] = field(default_factory=dict)
    left_out: frozenset[Wish] = frozenset()
    """Beyond the number of questions asked."""
    ways_back: dict[str, UnlockingLimits] = field(default_factory=dict)
    """By deferred programme."""

    def rule_out(self, wish: Wish) -> bool:
        """Tell whether a wish was found to be impossible."""
        return wish in self.wishes and self.wishes[wish].state == "infeasible"

    def more_by(self, wish: Wish) -> float | None:
        """Return what the whole would cost us more with a wish; None where that is not known."""
        price = self.wishes.get(wish)
        return price.own_cost if price is not None and price.state == "optimal" else None


def price_questions(allocator: Allocator, allocation: Allocation) -> Prices:
    """Price every partner that is not outscored, and ask what brings deferred programmes back.

    Nothing where the choice is not proven the best.
    """
    if allocation.state != "optimal":
        return NOT_ASKED
    choice = ChosenPartners.of(allocator, allocation)
    wishes, deferred = list(_wishes(choice)), _deferred(choice)
    able = [wish for wish, ps in deferred.items() if any(map(choice.can_run, ps))]
    ways = {programme: UnlockingLimits() for programme, _ in deferred}
    allocator.allow(allocator.scenario.analysis.time_limit)
    priced = partial(price_wishes, allocator, allocation, wishes[:QUESTIONS])
    if able and allocator.formulation.program.size <= SIDE_BY_SIDE:
        with allocator.beside(partial(_ways_back, allocation, able[:QUESTIONS])) as found:
            prices, back = priced(), found()
    else:
        prices = priced()
        back = _ways_back(allocation, [wish for wish in able if _is_known(prices, wish)], allocator)
    for wish in able:
        why = prices[wish].why if wish in prices else None
        ways[wish[0]] = back[wish] if _is_known(prices, wish) else replace(UNKNOWN, why=why)
    return Prices(prices, frozenset(wishes[QUESTIONS:]), ways)


def _is_known(prices: dict[Wish, WishPrice], wish: Wish) -> bool:
    """Tell whether it was worked out what a wish would cost: only then is more said of it."""
    return wish in prices and prices[wish].state != "no-answer-yet"


def _ways_back(
    allocation: Allocation, wishes: list[Wish], allocator: Allocator
) -> dict[Wish, UnlockingLimits]:
    return {
        wish: attempted(
            partial(unlocking_limits, allocator, allocation, wish[0]),
            UnlockingLimits(is_complete=False, why="fault"),
        )
        for wish in wishes
    }


def _wishes(choice: ChosenPartners) -> list[Wish]:
    """Return the deferred programmes, then partners that are not outscored, best ranks first."""
    ranks = choice.scores.ranks
    pairs = [
        (int(ranks[p, k]), *choice.wish(p, k))
        for p, k in zip(*(axis.tolist() for axis in np.nonzero(choice.eligible)), strict=True)
        if choice.chosen_in[p] and k not in choice.chosen_in[p]
        if (p, k) in choice.formulation.x
        if not choice.is_outscored(p, k) and not choice.is_committed(p, k)
    ]
    return [*_deferred(choice), *((programme, partner) for _, programme, partner in sorted(pairs))]


def _deferred(choice: ChosenPartners) -> dict[Wish, list[int]]:
    """Return what does not run, with its entries: programmes, and levels above those that run."""
    found: dict[Wish, list[int]] = {}
    for p, ks in enumerate(choice.chosen_in):
        if not ks and not choice.is_below(p):
            found.setdefault(choice.wish(p), []).append(p)
    return found


class WhyNot(StrEnum):
    """What kind of reason there is for a partner not to be chosen."""

    NONE = "none"
    """It is chosen, or nothing is."""
    COMMITTED_ALL_THE_SAME = "committed all the same"
    """It is chosen because it is committed, and does not meet the requirements."""
    NOT_ELIGIBLE = "not eligible"
    DEFERRED = "deferred"
    OTHER_LEVEL = "other level"
    """The programme runs at another level."""
    COMMITTED_ELSEWHERE = "committed elsewhere"
    """All that it offers here was decided for others at an earlier review point."""
    OUTSCORED = "outscored"
    PRICED = "priced"
    CLOSED = "closed"
    """Nothing that it offers here is still open."""
    UNPRICED = "unpriced"
    """Nothing was asked of the solver."""
    LEFT_OUT = "left out"
    """There were too many questions to ask this one."""


@dataclass(frozen=True)
class PartnerReason:
    """Why a partner is not chosen for a programme."""

    kind: WhyNot
    requirements: tuple[str, ...] = ()
    """What bars it, a sentence each."""
    rival: str = ""
    """Who is chosen for the largest need that it offers; of another level, its entry."""
    value: float = 0.0
    rival_value: float = 0.0
    price: WishPrice | None = None


@dataclass(frozen=True)
class LeaderReason:
    """Why the leader on value is not chosen; the chosen rank lower."""

    leader: str
    chosen_rank: int | None
    """The best of those chosen; None where none of them is eligible: all are committed."""
    is_committed: bool
    price: WishPrice | None


@dataclass(frozen=True)
class Deferral:
    """Why a programme does not run."""

    closed_phase: str | None
    uncovered: tuple[str, ...]
    """Components that no eligible partner offers."""
    baseline: float
    best_value: float
    """Of any eligible partner."""
    price: WishPrice | None
    ways_back: UnlockingLimits
    is_asked: bool
    """Whether anything was asked of the solver."""
    beside_mandatory: bool
    """Whether some programmes must run."""
    level: str = ""
    """The title of the level asked about, where the programme runs at one below."""


@dataclass(frozen=True)
class OftenFirst:
    """Another than the leader comes first more often as scores and weights vary."""

    leader: str
    leader_share: float
    other: str
    other_share: float


@dataclass(frozen=True)
class ProgrammeReason:
    """What there is to say of a programme's recommendation."""

    leader: LeaderReason | None = None
    deferral: Deferral | None = None
    often_first: OftenFirst | None = None
    one_level_more: Deferral | None = None
    """Why it does not run at the level above the one at which it runs."""


def partner_reason(choice: ChosenPartners, prices: Prices, p: int, k: int) -> PartnerReason:
    """Return why partner k is not chosen for programme p."""
    work, overall, chosen = choice.work, choice.scores.overall[p], choice.chosen_in[p]
    wish, eligible = choice.wish(p, k), choice.eligible[p, k]
    barred = choice.formulation.table.reasons.get((work.programmes[p], work.partners[k]), ())
    if k in chosen:
        kind = WhyNot.NONE if eligible else WhyNot.COMMITTED_ALL_THE_SAME
        return PartnerReason(kind, barred)
    if not eligible:
        return PartnerReason(WhyNot.NOT_ELIGIBLE, barred)
    if not chosen:
        runs = choice.runs_as.get(wish[0])
        if runs is not None:
            return PartnerReason(WhyNot.OTHER_LEVEL, rival=work.programmes[runs])
        return PartnerReason(WhyNot.NONE if choice.allocation.chosen is None else WhyNot.DEFERRED)
    rival = int(choice.chosen[choice.largest(choice.offered(p, k))])
    return PartnerReason(
        _kind(choice, prices, p, k, wish),
        rival=work.partners[rival],
        value=float(overall[k]),
        rival_value=float(overall[rival]),
        price=prices.wishes.get(wish),
    )


def _kind(choice: ChosenPartners, prices: Prices, p: int, k: int, wish: Wish) -> WhyNot:
    """Return the kind of reason for an eligible partner of a programme that runs."""
    if choice.is_committed(p, k):
        return WhyNot.COMMITTED_ELSEWHERE
    if (p, k) not in choice.formulation.x:
        return WhyNot.CLOSED
    if choice.is_outscored(p, k):
        return WhyNot.OUTSCORED
    if wish in prices.wishes:
        return WhyNot.PRICED
    return WhyNot.LEFT_OUT if wish in prices.left_out else WhyNot.UNPRICED


def programme_reason(
    choice: ChosenPartners, prices: Prices, robustness: Robustness, p: int
) -> ProgrammeReason:
    """Return what there is to say of programme p's recommendation."""
    often_first = _often_first(choice, robustness, p)
    if choice.chosen_in[p]:
        return ProgrammeReason(
            leader=_leader(choice, prices, p),
            often_first=often_first,
            one_level_more=_one_level_more(choice, prices, p),
        )
    if choice.allocation.chosen is None:
        return ProgrammeReason(often_first=often_first)
    return ProgrammeReason(deferral=_deferral(choice, prices, p), often_first=often_first)


def _leader(choice: ChosenPartners, prices: Prices, p: int) -> LeaderReason | None:
    """Return why the leader is not chosen; nothing where it is, or others are worth as much."""
    work, overall, ranks = choice.work, choice.scores.overall, choice.scores.ranks
    leader, chosen = choice.leader(p), choice.chosen_in[p]
    if leader is None or leader in chosen:
        return None
    if overall[p, leader] <= max(overall[p, k] for k in chosen) + SHOWN:
        return None
    return LeaderReason(
        work.partners[leader],
        min((int(ranks[p, k]) for k in chosen if choice.eligible[p, k]), default=None),
        choice.is_committed(p, leader),
        prices.wishes.get(choice.wish(p, leader)),
    )


def _one_level_more(choice: ChosenPartners, prices: Prices, p: int) -> Deferral | None:
    """Return why the level above the one that runs does not; nothing where it is the last."""
    f, above = choice.formulation, p + 1
    entries = f.work.programmes
    if above == len(entries) or f.work.waits[above] != f.work.waits[p]:
        return None
    dose = f.scenario.programmes[entries[above]].dose
    return replace(_deferral(choice, prices, above), level=dose.title if dose else "")


def _deferral(choice: ChosenPartners, prices: Prices, p: int) -> Deferral:
    f, wish = choice.formulation, choice.wish(p)
    ps = f.numbers_of(wish[0])
    able = [one for one in ps if choice.can_run(one)]
    return Deferral(
        closed_phase=None if able else choice.closed_phase(p),
        uncovered=() if able else choice.uncovered(p),
        baseline=float(choice.scores.baseline[p]),
        best_value=float(choice.best_values[able or ps].max()),
        price=prices.wishes.get(wish),
        ways_back=prices.ways_back.get(wish[0], UnlockingLimits(is_complete=False)),
        is_asked=wish[0] in prices.ways_back,
        beside_mandatory=any(f.program.lower[column] for column in f.z),
    )


def _often_first(choice: ChosenPartners, robustness: Robustness, p: int) -> OftenFirst | None:
    """Return who comes first more often than the leader; nothing where nobody does."""
    name, leader = choice.work.programmes[p], choice.leader(p)
    first = None if leader is None else choice.work.partners[leader]
    leading, other = robustness.standing(name, first), robustness.more_often_first(name, first)
    if leading is None or other is None:
        return None
    return OftenFirst(leading.partner, leading.first_share, other.partner, other.first_share)


NOT_ASKED = Prices()
