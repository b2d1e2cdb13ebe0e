"""What a choice of partners comes to: its value, its cost by payer and phase, and how far each limit is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from partnerselect.allocation.problem import BoolArray, FloatArray, IntArray, importance
from partnerselect.errors import Loc
from partnerselect.model.limits import Limit, by_phase_of, total_of
from partnerselect.model.scenario import Scenario
from partnerselect.money import TRUST, Workload
from partnerselect.scoring import Scores

NOBODY = -1


@dataclass(frozen=True)
class DayCost:
    """Days of one partner on one need in one phase."""

    programme: str
    component: str
    partner: str
    phase: str | None
    days: float
    cost: float
    trust_cost: float
    payer: str


@dataclass(frozen=True)
class FixedCost:
    """A price per programme or paid once, or internal days bought (`backfill`)."""

    kind: str
    partner: str | None
    programme: str | None
    phase: str | None
    cost: float
    trust_cost: float
    payer: str


@dataclass(frozen=True)
class Gauge:
    """A limit of the scenario, and how much of it is used."""

    loc: Loc
    kind: str
    """budget, fund, internal days, capacity, partners, programmes per partner, share per partner, methods."""
    subject: str
    """The payer or partner it is about; empty for the whole portfolio."""
    phase: str | None
    used: float
    limit: float


@dataclass(frozen=True)
class Account:
    """Every figure of one choice."""

    value: float
    day_costs: tuple[DayCost, ...]
    fixed_costs: tuple[FixedCost, ...]
    gauges: tuple[Gauge, ...]
    partners: int

    @property
    def cost(self) -> float:
        """All costs, whoever pays."""
        return sum(line.cost for line in (*self.day_costs, *self.fixed_costs))

    @property
    def trust_cost(self) -> float:
        """What the organisation itself pays."""
        return sum(line.trust_cost for line in (*self.day_costs, *self.fixed_costs))


def account(scenario: Scenario, work: Workload, scores: Scores, chosen: IntArray) -> Account:
    """Work out what a choice comes to.

    Args:
        chosen: (N,) the partner of every need, -1 where its programme does not run.
    """
    days = tuple(_day_costs(work, chosen))
    fixed = tuple(_fixed_costs(scenario, work, chosen))
    engaged = {int(k) for k in chosen if k != NOBODY}
    return Account(portfolio_value(scenario, work, scores, chosen), days, fixed, tuple(_gauges(scenario, work, chosen, days, fixed)), len(engaged))


def runs(work: Workload, chosen: IntArray) -> BoolArray:
    """Return which programmes run; shape (P,)."""
    running = np.zeros(len(work.programmes), dtype=bool)
    running[work.programme_of[chosen != NOBODY]] = True
    return running


def delivered_value(work: Workload, scores: Scores, chosen: IntArray) -> FloatArray:
    """Return the value of every programme: Σ share · V where it runs, its baseline where not; shape (P,)."""
    picked = scores.overall[work.programme_of, np.maximum(chosen, 0)] * work.share
    value = np.bincount(work.programme_of, weights=np.where(chosen == NOBODY, 0.0, picked), minlength=len(work.programmes))
    return np.where(runs(work, chosen), value, scores.baseline)


def portfolio_value(scenario: Scenario, work: Workload, scores: Scores, chosen: IntArray) -> float:
    """Return the portfolio value, 0 to 100: the programmes' values weighed by importance."""
    return float(importance(scenario) @ delivered_value(work, scores, chosen))


def _day_costs(work: Workload, chosen: IntArray) -> Iterator[DayCost]:
    for n, k in enumerate(chosen):
        if k == NOBODY:
            continue
        programme, component = work.needs[n]
        for t, part in enumerate(work.spread[n]):
            if part > 0:
                days = float(work.days[n, k] * part)
                cost = days * float(work.per_day[k])
                yield DayCost(programme, component, work.partners[k], work.phases[t], days, cost, cost * float(work.trust_share[k]), work.payers[k])


def _fixed_costs(scenario: Scenario, work: Workload, chosen: IntArray) -> Iterator[FixedCost]:
    pairs = sorted({(int(work.programme_of[n]), int(k)) for n, k in enumerate(chosen) if k != NOBODY})
    for p, k in pairs:
        if cost := float(work.per_programme[k]):
            yield _fixed(work, "per-programme", k, work.programmes[p], int(work.first_phase[p]), cost)
    for k in sorted({k for _, k in pairs}):
        if cost := float(work.once[k]):
            yield _fixed(work, "once", k, None, int(work.need_starts[chosen == k].min()), cost)
    backfill = scenario.limits.backfill
    for t, days in enumerate(backfill_days(scenario, work, chosen)):
        if backfill is not None and days > 0:
            cost = float(days) * backfill.per_day
            yield FixedCost("backfill", None, None, work.phases[t], cost, cost, TRUST)


def _fixed(work: Workload, kind: str, k: int, programme: str | None, t: int, cost: float) -> FixedCost:
    return FixedCost(kind, work.partners[k], programme, work.phases[t], cost, cost * float(work.trust_share[k]), work.payers[k])


def internal_use(scenario: Scenario, work: Workload, chosen: IntArray) -> FloatArray:
    """Return the internal days used in every phase, spread evenly over each programme's phases; shape (T,)."""
    days = np.array([programme.internal_days for programme in scenario.programmes.values()])
    evenly = days[:, None] * work.runs_in / work.runs_in.sum(axis=1, keepdims=True)
    used: FloatArray = evenly[runs(work, chosen)].sum(axis=0)
    return used


def backfill_days(scenario: Scenario, work: Workload, chosen: IntArray) -> FloatArray:
    """Return the internal days bought in every phase; shape (T,).

    By phase: use beyond the team's days. With one total for the horizon: the team's days are used up in order of date.
    """
    limits = scenario.limits
    if limits.backfill is None or limits.internal_days is None:
        return np.zeros(len(work.phases))
    used = internal_use(scenario, work, chosen)
    total = total_of(limits.internal_days)
    if total is not None:
        beyond: FloatArray = np.diff(np.maximum(np.cumsum(used) - total, 0.0), prepend=0.0)
        return beyond
    caps = by_phase_of(limits.internal_days)
    team = np.array([caps.get(phase, np.inf) if phase is not None else np.inf for phase in work.phases])
    return np.maximum(used - team, 0.0)


def _gauges(scenario: Scenario, work: Workload, chosen: IntArray, days: tuple[DayCost, ...], fixed: tuple[FixedCost, ...]) -> Iterator[Gauge]:
    limits = scenario.limits
    lines = (*days, *fixed)
    yield from _gauge(("limits", "budget"), "budget", "", limits.budget, work, _by_phase(work, [(line.phase, line.trust_cost) for line in lines]))
    for payer, fund in limits.funds.items():
        spent = [(line.phase, line.cost - line.trust_cost) for line in lines if line.payer == payer]
        yield from _gauge(("limits", "funds", payer), "fund", payer, fund, work, _by_phase(work, spent))
    bought = backfill_days(scenario, work, chosen)
    yield from _gauge(("limits", "internal-days"), "internal days", "", limits.internal_days, work, internal_use(scenario, work, chosen) - bought)
    if limits.backfill is not None and limits.backfill.max_days is not None:
        yield Gauge(("limits", "backfill", "max-days"), "backfill days", "", None, float(bought.sum()), limits.backfill.max_days)
    for name, partner in scenario.partners.items():
        spent = [(line.phase, line.days) for line in days if line.partner == name]
        if spent:
            yield from _gauge(("partners", name, "capacity"), "capacity", name, partner.capacity, work, _by_phase(work, spent))
    yield from _count_gauges(scenario, work, chosen, days)


def _by_phase(work: Workload, amounts: list[tuple[str | None, float]]) -> FloatArray:
    summed = np.zeros(len(work.phases))
    for phase, amount in amounts:
        summed[work.phases.index(phase)] += amount
    return summed


def _gauge(loc: Loc, kind: str, subject: str, limit: Limit | None, work: Workload, used: FloatArray) -> Iterator[Gauge]:
    total = total_of(limit)
    if total is not None:
        yield Gauge(loc, kind, subject, None, float(used.sum()), total)
    caps = by_phase_of(limit)
    for t, phase in enumerate(work.phases):
        if phase is not None and phase in caps:
            yield Gauge((*loc, phase), kind, subject, phase, float(used[t]), caps[phase])


def _count_gauges(scenario: Scenario, work: Workload, chosen: IntArray, days: tuple[DayCost, ...]) -> Iterator[Gauge]:
    limits = scenario.limits
    pairs = {(int(work.programme_of[n]), int(k)) for n, k in enumerate(chosen) if k != NOBODY}
    engaged = [work.partners[k] for k in sorted({k for _, k in pairs})]
    if limits.partners is not None:
        yield Gauge(("limits", "partners", "max"), "partners", "", None, len(engaged), limits.partners.max)
    in_all = sum(line.days for line in days)
    for name in engaged:
        if limits.programmes_per_partner is not None:
            count = sum(work.partners[k] == name for _, k in pairs)
            yield Gauge(("limits", "programmes-per-partner"), "programmes per partner", name, None, count, limits.programmes_per_partner)
        if limits.share_per_partner is not None:
            part = sum(line.days for line in days if line.partner == name) / in_all
            yield Gauge(("limits", "share-per-partner"), "share per partner", name, None, part, limits.share_per_partner)
