"""Numbers into advice: a row for every programme and every partner, with its reason in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.advice.reasons import Reasons
from partnerselect.allocation import NOBODY, Allocation, Allocator, CostLine, delivered_value
from partnerselect.allocation.coming_back import WaysBack
from partnerselect.allocation.explain import Price
from partnerselect.robustness.results import Robustness
from partnerselect.value.performance import PerformanceTable


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
    eligible: bool
    chosen: bool
    reason: str
    """Why it was not chosen, in one sentence; empty for the chosen."""


@dataclass(frozen=True)
class ProgrammeAdvice:
    """What is recommended for one programme."""

    programme: str
    run: bool
    partners: tuple[str, ...]
    """The chosen, the one with most days first."""
    leader: str | None
    """First on value among the eligible; the smallest id where several are."""
    runner_up: str | None
    """The best eligible partner not chosen, for the need with most days."""
    value: float
    baseline: float
    cost: float
    own_cost: float
    reason: str
    """Why it is deferred, or why the leader was not chosen; else empty."""
    brings_back: WaysBack
    """Of a deferred programme: the limits that, raised alone, would bring it back; none, and not complete, without prices."""


@dataclass(frozen=True)
class Recommendation:
    """Advice for every programme and every partner."""

    programmes: tuple[ProgrammeAdvice, ...]
    ranking: tuple[PartnerAdvice, ...]
    """Programme by programme, best first, the ineligible last."""


class Unpriced(Reasons):
    """The reasons that ask the solver nothing further: many times faster, and never cut short by a limit of time."""

    @cached_property
    def _prices(self) -> dict[tuple[int, int | None], Price]:
        return {}

    def brings_back(self, _p: int) -> WaysBack:
        """Leave it unasked."""
        return WaysBack(is_complete=False)

    def _way_back(self, _p: int) -> str:
        return ""


def recommend(
    allocator: Allocator,
    table: PerformanceTable,
    allocation: Allocation,
    robustness: Robustness,
    told_by: type[Reasons] = Reasons,
) -> Recommendation:
    """Turn the choice, and how sure the ranking behind it is, into advice."""
    work = table.workload
    nobody = np.full(len(work.needs), NOBODY)
    chosen = nobody if allocation.chosen is None else allocation.chosen
    reasons = told_by(allocator, table, allocation, chosen, robustness)
    delivered, lines = delivered_value(work, allocator.scores, chosen), _lines(allocation)
    programmes = tuple(
        _programme(allocator, table, reasons, p, float(delivered[p]), lines.get(name, []))
        for p, name in enumerate(work.programmes)
    )
    ranking = tuple(
        _partner(allocator, table, reasons, p, k)
        for p in range(len(work.programmes))
        for k in reasons.order(p)
    )
    return Recommendation(programmes, ranking)


def _lines(allocation: Allocation) -> dict[str | None, list[CostLine]]:
    """Return what the choice costs by programme."""
    found: dict[str | None, list[CostLine]] = {}
    for line in allocation.account.lines if allocation.account else ():
        found.setdefault(line.programme, []).append(line)
    return found


def _programme(
    allocator: Allocator,
    table: PerformanceTable,
    reasons: Reasons,
    p: int,
    value: float,
    lines: list[CostLine],
) -> ProgrammeAdvice:
    work, scores = table.workload, allocator.scores
    name, leader, running = work.programmes[p], reasons.leader(p), bool(reasons.chosen_in(p))
    return ProgrammeAdvice(
        programme=name,
        run=running,
        partners=tuple(work.partners[k] for k in reasons.chosen_in(p)),
        leader=None if leader is None else work.partners[leader],
        runner_up=_runner_up(table, reasons, p) if running else None,
        value=value,
        baseline=float(scores.baseline[p]),
        cost=sum(line.cost for line in lines),
        own_cost=sum(line.own_cost for line in lines),
        reason=" ".join(
            told
            for told in (
                reasons.second_choice(p) if running else reasons.deferral(p),
                reasons.first_in_draws(p),
            )
            if told
        ),
        brings_back=WaysBack() if running else reasons.brings_back(p),
    )


def _runner_up(table: PerformanceTable, reasons: Reasons, p: int) -> str | None:
    """Return the best eligible partner not chosen for the need with most days (the smaller id of equals)."""
    work = table.workload
    largest = reasons.largest_need(p)
    others = [
        k
        for k in reasons.order(p)
        if table.eligible[p, k] and work.offered[largest, k] and k not in reasons.chosen_in(p)
    ]
    return work.partners[others[0]] if others else None


def _partner(
    allocator: Allocator, table: PerformanceTable, reasons: Reasons, p: int, k: int
) -> PartnerAdvice:
    work, scores = table.workload, allocator.scores
    _, cost, own_cost = work.alone
    contributions = zip(table.criteria, scores.values[p, k] * scores.weights[p], strict=True)
    eligible, chosen = bool(table.eligible[p, k]), k in reasons.chosen_in(p)
    return PartnerAdvice(
        programme=work.programmes[p],
        partner=work.partners[k],
        rank=int(scores.ranks[p, k]) if eligible else None,
        value=float(scores.overall[p, k]),
        contributions={name: float(part) for name, part in contributions},
        covers=float(work.covers[p, k]),
        cost=float(cost[p, k]),
        own_cost=float(own_cost[p, k]),
        eligible=eligible,
        chosen=chosen,
        reason=reasons.chosen_although(p, k) if chosen else reasons.why_not(p, k),
    )
