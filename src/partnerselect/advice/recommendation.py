"""Numbers into advice: a row for every programme and every partner, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.advice.chosen_partners import ChosenPartners
from partnerselect.advice.reasons import (
    NOT_ASKED,
    UNKNOWN,
    PartnerReason,
    Prices,
    ProgrammeReason,
    partner_reason,
    programme_reason,
)
from partnerselect.allocation import (
    Allocation,
    Allocator,
    UnlockingLimits,
    delivered_value,
    own_costs_alone,
    those_that_count,
)
from partnerselect.model import LeastCost, PaidFor, programme_of
from partnerselect.robustness import Robustness

COST_DECIMALS = 4
"""Decimals of a currency to which two costs are the same."""


@dataclass(frozen=True)
class PartnerAdvice:
    """One partner for one programme."""

    programme: str
    partner: str
    rank: int | None
    """Among the eligible on value, 1 the best; None where not eligible."""
    value: float
    contributions: dict[str, float]
    covers: float
    cost: float
    own_cost: float
    own_cost_alone: float
    """What we would pay if it did all it offers here and nothing else: `own_costs_alone`."""
    eligible: bool
    reason: PartnerReason
    """Why it was not chosen."""
    chosen: bool


@dataclass(frozen=True)
class ProgrammeAdvice:
    """What is recommended for one programme."""

    programme: str
    """Its entry: that of the level at which it runs, or might first, where it has levels."""
    level: str | None
    """The level at which it runs."""
    run: bool
    value: float
    baseline: float
    cost: float
    own_cost: float
    partners: tuple[str, ...]
    """The chosen, the one with most days first."""
    leader: str | None
    """First on value among the eligible; the smallest id where several are."""
    runner_up: str | None
    """The best partner not chosen that could be, for the open need with most days."""
    reason: ProgrammeReason
    """Why it is deferred, or why the leader was not chosen."""
    brings_back: UnlockingLimits
    """Of a deferred programme: the limits that, raised alone, would bring it back."""


@dataclass(frozen=True)
class Recommendation:
    """Advice for every programme and every partner."""

    programmes: tuple[ProgrammeAdvice, ...]
    """One for each programme, whatever its levels."""
    entries: tuple[ProgrammeAdvice, ...]
    """One for every entry of `programmes`: of a programme with levels, one a level."""
    ranking: tuple[PartnerAdvice, ...]
    """Programme by programme, best first, the ineligible last."""

    @cached_property
    def _by_programme(self) -> dict[str, tuple[ProgrammeAdvice, list[PartnerAdvice]]]:
        found: dict[str, tuple[ProgrammeAdvice, list[PartnerAdvice]]] = {
            one.programme: (one, []) for one in self.entries
        }
        for row in self.ranking:
            found[row.programme][1].append(row)
        return found

    def entry_of(self, programme: str) -> str:
        """Return the entry told of a programme; an entry itself."""
        told = (one.programme for one in self.programmes)
        return next((one for one in told if programme_of(one) == programme), programme)

    def programme(self, programme: str) -> ProgrammeAdvice:
        """Return the advice for one programme."""
        return self._by_programme[programme][0]

    def ranked(self, programme: str) -> list[PartnerAdvice]:
        """Return the partners of one programme, best first."""
        return self._by_programme[programme][1]

    def partner(self, programme: str, partner: str) -> PartnerAdvice:
        """Return the advice on one partner for one programme."""
        return next(one for one in self.ranked(programme) if one.partner == partner)


def recommend(
    allocator: Allocator,
    allocation: Allocation,
    robustness: Robustness,
    prices: Prices = NOT_ASKED,
) -> Recommendation:
    """Turn the choice, and how sure the ranking behind it is, into advice."""
    choice, work = ChosenPartners.of(allocator, allocation), allocator.work
    delivered = delivered_value(work, choice.scores, choice.chosen).tolist()
    entries = tuple(
        _programme(choice, prices, p, delivered[p], programme_reason(choice, prices, robustness, p))
        for p in range(len(work.programmes))
    )
    alone = own_costs_alone(choice.formulation.scenario, work).tolist()
    ranking = tuple(
        one for p in range(len(work.programmes)) for one in _partners(choice, prices, p, alone[p])
    )
    told = those_that_count(work, np.array([one.run for one in entries]))
    programmes = tuple(one for one, is_told in zip(entries, told.tolist(), strict=True) if is_told)
    return Recommendation(programmes, entries, ranking)


def _programme(
    choice: ChosenPartners, prices: Prices, p: int, value: float, reason: ProgrammeReason
) -> ProgrammeAdvice:
    work, account = choice.work, choice.allocation.account
    leader, chosen, name = choice.leader(p), choice.chosen_in[p], work.programmes[p]
    lines = account.lines_of(name) if account else []
    dose = choice.formulation.scenario.programmes[name].dose
    return ProgrammeAdvice(
        programme=name,
        level=dose.level if dose and chosen else None,
        run=bool(chosen),
        partners=tuple(work.partners[k] for k in chosen),
        leader=None if leader is None else work.partners[leader],
        runner_up=_runner_up(choice, prices, p) if chosen else None,
        value=value,
        baseline=float(choice.scores.baseline[p]),
        cost=sum(line.cost for line in lines),
        own_cost=sum(line.own_cost for line in lines),
        reason=reason,
        brings_back=UnlockingLimits()
        if chosen or choice.is_below(p)
        else prices.ways_back.get(choice.wish(p)[0], UNKNOWN),
    )


def _runner_up(choice: ChosenPartners, prices: Prices, p: int) -> str | None:
    """Return the best partner not chosen that could deliver the open need with most days.

    With the aim least-cost the one with whom the whole costs us least; of equals, and where that is
    not known of all, the cheapest alone, who is engaged anyway without what is paid once; of equals
    the smaller id.
    """
    work, formulation = choice.work, choice.formulation
    needs = [n for n in choice.needs[p] if n not in formulation.committed]
    if not needs:
        return None
    need = choice.largest(needs)
    others = [
        k
        for k in choice.order(p)
        if choice.deliverable[need, k] and k not in choice.chosen_in[p]
        if not prices.rule_out(choice.wish(p, k))
    ]
    if isinstance(choice.formulation.scenario.aim, LeastCost):
        once = np.where(choice.engaged, work.rates[PaidFor.PARTNER][p], 0.0)
        price = work.own_share * (work.cost_of_need(need) - once)
        others.sort(key=lambda k: float(price[k]))
        more = {k: prices.more_by(choice.wish(p, k)) for k in others}
        known = {k: round(cost, COST_DECIMALS) for k, cost in more.items() if cost is not None}
        if len(known) == len(others):
            others.sort(key=known.__getitem__)
    return work.partners[others[0]] if others else None


def _partners(
    choice: ChosenPartners, prices: Prices, p: int, alone: list[float]
) -> Iterator[PartnerAdvice]:
    """Yield a programme's partners, best first; by list, for there may be a hundred thousand."""
    work, scores = choice.work, choice.scores
    _, cost, own_cost = (amounts[p].tolist() for amounts in work.alone)
    contributions = (scores.values[p] * scores.weights[p]).tolist()
    overall, ranks = scores.overall[p].tolist(), scores.ranks[p].tolist()
    eligible, covers = choice.eligible[p].tolist(), work.covers[p].tolist()
    programme, criteria = work.programmes[p], choice.formulation.table.criteria
    for k in choice.order(p):
        yield PartnerAdvice(
            programme=programme,
            partner=work.partners[k],
            rank=ranks[k] if eligible[k] else None,
            value=overall[k],
            contributions=dict(zip(criteria, contributions[k], strict=True)),
            covers=covers[k],
            cost=cost[k],
            own_cost=own_cost[k],
            own_cost_alone=alone[k],
            eligible=eligible[k],
            chosen=k in choice.chosen_in[p],
            reason=partner_reason(choice, prices, p, k),
        )
