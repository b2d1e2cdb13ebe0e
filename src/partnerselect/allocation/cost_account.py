"""What a choice of partners comes to: its value, and its cost by payer and phase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.allocation import problem
from partnerselect.allocation.problem import importance, internal_days_by_phase
from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import Limit, PaidFor, Scenario, by_phase_of, total_of
from partnerselect.value import US, Scores, Workload
from partnerselect.words import Kind

NOBODY = problem.NOBODY
LITTLE = 1e-6
"""Money below which a sum of floats is nothing."""


@dataclass(frozen=True)
class CostLine:
    """An amount, when it falls, and who pays it."""

    programme: str | None
    partner: str | None
    phase: str | None
    cost: float
    own_cost: float
    payer: str


@dataclass(frozen=True)
class DayCost(CostLine):
    """Days of one partner on one need in one phase."""

    component: str
    days: float


@dataclass(frozen=True)
class FixedCost(CostLine):
    """What is not paid by the day, by its kind.

    A price `per-programme` or paid `once`, internal days bought (`backfill`), a `change` of
    partners, or a `top-up`: what the payer's fund cannot meet and we pay.
    """

    kind: str


@dataclass(frozen=True)
class CostBreakdown:
    """The value of one choice, and every cost of it: who is paid, when, and by whom."""

    value: float
    day_costs: tuple[DayCost, ...]
    fixed_costs: tuple[FixedCost, ...]
    partners: int

    @property
    def lines(self) -> tuple[CostLine, ...]:
        """Every amount."""
        return (*self.day_costs, *self.fixed_costs)

    def lines_of(self, programme: str | None) -> list[CostLine]:
        """Return the amounts of a programme, or those that belong to none."""
        return self._by_programme.get(programme, [])

    @cached_property
    def _by_programme(self) -> dict[str | None, list[CostLine]]:
        found: dict[str | None, list[CostLine]] = {}
        for line in self.lines:
            found.setdefault(line.programme, []).append(line)
        return found

    @property
    def cost(self) -> float:
        """All costs, whoever pays."""
        return sum(line.cost for line in self.lines)

    @property
    def own_cost(self) -> float:
        """What the organisation itself pays."""
        return sum(line.own_cost for line in self.lines)


def account(scenario: Scenario, work: Workload, scores: Scores, chosen: IntArray) -> CostBreakdown:
    """Work out what a choice comes to.

    `chosen` (N,) is the partner of every need, -1 where its programme does not run.
    """
    days = tuple(_day_costs(work, chosen))
    fixed = tuple(_fixed_costs(scenario, work, chosen))
    fixed = (*fixed, *_top_ups(scenario, work, (*days, *fixed)))
    engaged = {int(k) for k in chosen if k != NOBODY}
    return CostBreakdown(portfolio_value(scenario, work, scores, chosen), days, fixed, len(engaged))


def runs(work: Workload, chosen: IntArray) -> BoolArray:
    """Return which programmes run; shape (P,)."""
    running = np.zeros(len(work.programmes), dtype=bool)
    running[work.programme_of[chosen != NOBODY]] = True
    return running


def partners_of(work: Workload, chosen: IntArray) -> dict[str, tuple[str, ...]]:
    """Return the partners that a choice gives every programme, sorted to be compared."""
    found: dict[str, set[str]] = {programme: set() for programme in work.programmes}
    for (programme, _), k in zip(work.needs, chosen.tolist(), strict=True):
        if k != NOBODY:
            found[programme].add(work.partners[k])
    return {programme: tuple(sorted(names)) for programme, names in found.items()}


def teams_of(
    work: Workload, engagements: Iterable[tuple[str, str, str]]
) -> dict[str, tuple[str, ...]]:
    """Return the partners of every programme in the order in which they are named everywhere.

    The one with most days first, by id where they have as many; of (programme, need, partner).
    """
    own_days = dict(zip(work.needs, work.own_days.tolist(), strict=True))
    days: dict[str, dict[str, float]] = {programme: {} for programme in work.programmes}
    for programme, need, partner in engagements:
        known = days[programme]
        known[partner] = known.get(partner, 0.0) + own_days[programme, need]
    return {
        programme: tuple(sorted(of, key=lambda partner: (-of[partner], partner)))
        for programme, of in days.items()
    }


def teams_chosen(work: Workload, chosen: IntArray) -> dict[str, tuple[str, ...]]:
    """Return the partners that a choice gives every programme, as `teams_of` orders them."""
    return teams_of(work, engagements_of(work, chosen))


def engagements_of(work: Workload, chosen: IntArray) -> tuple[tuple[str, str, str], ...]:
    """Return who delivers what, as (programme, need, partner), of what is delivered."""
    return tuple(
        (*need, work.partners[k])
        for need, k in zip(work.needs, chosen.tolist(), strict=True)
        if k != NOBODY
    )


def delivered_value(work: Workload, scores: Scores, chosen: IntArray) -> FloatArray:
    """Return the value of every programme: Σ share · V where it runs, its baseline where not.

    Of a level, so much of the way from the baseline as it is worth. Shape (P,).
    """
    picked = scores.overall[work.programme_of, np.maximum(chosen, 0)] * work.share
    value = np.bincount(
        work.programme_of,
        weights=np.where(chosen == NOBODY, 0.0, picked),
        minlength=len(work.programmes),
    ).astype(float)
    return np.where(runs(work, chosen), at_worth(work, scores, value), scores.baseline)


def at_worth(work: Workload, scores: Scores, values: FloatArray) -> FloatArray:
    """Return what values of programmes that run, (…, P), come to at their levels."""
    gone = scores.baseline + work.worth * (values - scores.baseline)
    return np.where(work.worth < 1, gone, values)


def those_that_count(work: Workload, running: BoolArray) -> BoolArray:
    """Return whose value counts: what runs, and what waits of programmes of which nothing runs.

    `running` and the result are (…, P).
    """
    rows = np.arange(len(work.waits))
    if (work.waits == rows).all():
        return np.ones_like(running)
    of_one = (work.waits[:, None] == rows).astype(float)
    waits = (work.waits == rows) & ~(running @ of_one > 0)
    return np.asarray(running | waits)


def portfolio_value(scenario: Scenario, work: Workload, scores: Scores, chosen: IntArray) -> float:
    """Return the portfolio value, 0 to 100: the programmes' values weighed by importance."""
    value = delivered_value(work, scores, chosen)
    return float((importance(scenario) * those_that_count(work, runs(work, chosen))) @ value)


def portfolio_values(
    scenario: Scenario, work: Workload, scores: Scores, choices: IntArray
) -> FloatArray:
    """Return what each of many choices is worth; choices (S, N), values (S,) from 0 to 100."""
    picked = np.where(
        choices == NOBODY,
        0.0,
        scores.overall[work.programme_of, np.maximum(choices, 0)] * work.share,
    )
    of_programme = np.zeros((len(work.needs), len(work.programmes)))
    of_programme[np.arange(len(work.needs)), work.programme_of] = 1.0
    running = (choices != NOBODY) @ of_programme > 0
    reached = np.asarray(picked @ of_programme, dtype=float)
    values = np.where(running, at_worth(work, scores, reached), scores.baseline)
    return np.asarray((values * those_that_count(work, running)) @ importance(scenario))


def _day_costs(work: Workload, chosen: IntArray) -> Iterator[DayCost]:
    per_day = work.rates[PaidFor.DAY]
    for n, k in enumerate(chosen):
        if k == NOBODY:
            continue
        programme, component = work.needs[n]
        for t, part in enumerate(work.spread[n]):
            if part > 0:
                days = float(work.days[n, k] * part)
                cost = days * float(per_day[work.programme_of[n], k])
                yield DayCost(
                    programme,
                    work.partners[k],
                    work.phases[t],
                    cost,
                    cost * float(work.own_share[k]),
                    work.payers[k],
                    component,
                    days,
                )


def _fixed_costs(scenario: Scenario, work: Workload, chosen: IntArray) -> Iterator[FixedCost]:
    for kind, p, k, t in work.beside_days(chosen):
        if cost := float(work.prices[kind][p or 0, k]):
            yield FixedCost(
                None if p is None else work.programmes[p],
                work.partners[k],
                work.phases[t],
                cost,
                cost * float(work.own_share[k]),
                work.payers[k],
                kind.id,
            )
    for p in np.flatnonzero(changed(scenario, work, chosen)).tolist():
        programme = work.programmes[p]
        change = scenario.programmes[programme].change
        if change is not None and (cost := change.cost):
            first = work.phases[work.first_phase[p]]
            yield FixedCost(programme, None, first, cost, cost, US, "change")
    backfill = scenario.limits.backfill
    for t, days in enumerate(backfill_days(scenario, work, chosen)):
        if backfill is not None and days > 0:
            cost = float(days) * backfill.per_day
            yield FixedCost(None, None, work.phases[t], cost, cost, US, "backfill")


def changed(scenario: Scenario, work: Workload, chosen: IntArray) -> BoolArray:
    """Return which programmes run without any of their partners of today; shape (P,)."""
    working, now = partners_of(work, chosen), scenario.incumbents
    return np.array(
        [bool(working[p]) and p in now and now[p].isdisjoint(working[p]) for p in work.programmes]
    )


def internal_use(scenario: Scenario, work: Workload, chosen: IntArray) -> FloatArray:
    """Return the internal days used in every phase, spread evenly over each programme's phases.

    Shape (T,).
    """
    of_changes = internal_days_by_phase(scenario, work, of_changes=True)
    own = internal_days_by_phase(scenario, work)[runs(work, chosen)].sum(axis=0)
    return np.asarray(own + of_changes[changed(scenario, work, chosen)].sum(axis=0))


def backfill_days(scenario: Scenario, work: Workload, chosen: IntArray) -> FloatArray:
    """Return the internal days bought in every phase; shape (T,)."""
    return bought_of(scenario, work, internal_use(scenario, work, chosen))


def bought_of(scenario: Scenario, work: Workload, used: FloatArray) -> FloatArray:
    """Return the internal days bought where so many are used; both (…, T).

    Use beyond the team's days of each phase; a total for the horizon is used up in order of date.
    """
    limits = scenario.limits
    if limits.backfill is None or limits.internal_days is None:
        return np.zeros_like(used)
    return beyond(limits.internal_days, work.phases, used)


def beyond(
    limit: Limit | None,
    phases: tuple[str | None, ...],
    used: FloatArray,
    before: FloatArray | None = None,
) -> FloatArray:
    """Return what is used beyond a limit in every phase; (…, T) from (…, T).

    A total over the horizon is used up in order of date. What comes `before` all of that, (…, T),
    has its part of the limit first.
    """
    total, caps = total_of(limit), by_phase_of(limit)
    first = np.zeros(len(phases)) if before is None else before
    by_phase = np.array([np.inf if t is None else caps.get(t, np.inf) for t in phases])
    whole = (np.inf if total is None else total) - first.sum(axis=-1, keepdims=True)
    within = np.minimum(used, np.maximum(by_phase - first, 0.0))
    late = np.maximum(np.cumsum(within, axis=-1) - np.maximum(whole, 0.0), 0.0)
    return np.asarray(used - within + np.diff(late, axis=-1, prepend=0.0))


def _top_ups(
    scenario: Scenario, work: Workload, lines: tuple[CostLine, ...]
) -> Iterator[FixedCost]:
    """Yield what funds cannot meet of what is asked of them, where we pay that."""
    row = {name: k for k, name in enumerate(work.partners)}
    for payer, fund in scenario.limits.funds.items() if work.topped_up.any() else ():
        asked = np.zeros((2, len(work.phases)))
        for line in lines:
            if line.payer == payer and line.partner is not None:
                tops_up = int(work.topped_up[row[line.partner]])
                asked[tops_up, work.phases.index(line.phase)] += line.cost - line.own_cost
        for phase, rest in zip(
            work.phases, beyond(fund, work.phases, asked[1], asked[0]), strict=True
        ):
            if rest > LITTLE:
                yield FixedCost(None, None, phase, 0.0, float(rest), payer, "top-up")


@dataclass(frozen=True)
class Amount:
    """One thing that every line of an account adds to."""

    key: str
    """Its name in JSON and CSV."""
    title: str
    """Its heading."""
    kind: Kind
    of: Callable[[Scenario, CostLine], float]
    """What one line adds."""
    about: str
    """What it holds, in a sentence."""
    is_headline: bool = True
    """Whether tables for executives show it; files and the workbook always do."""


AMOUNTS = (
    Amount(
        "cost",
        "Cost",
        "money",
        lambda _scenario, line: line.cost,
        "Money that all payers pay together.",
        is_headline=False,
    ),
    Amount(
        "own_cost",
        "Cost to us",
        "money",
        lambda _scenario, line: line.own_cost,
        "Money that remains for us to pay.",
    ),
)
HEADLINES = tuple(amount for amount in AMOUNTS if amount.is_headline)


def amounts_of(scenario: Scenario, lines: Iterable[CostLine]) -> dict[str, float]:
    """Return what lines add up to, by the key of each amount."""
    lines = tuple(lines)
    return {
        amount.key: float(sum(amount.of(scenario, line) for line in lines)) for amount in AMOUNTS
    }


def amounts_of_programme(
    scenario: Scenario, account: CostBreakdown | None, programme: str | None
) -> Mapping[str, float | None]:
    """Return what a programme comes to, or all that belongs to none; None without an answer."""
    if account is None:
        return dict.fromkeys(amount.key for amount in AMOUNTS)
    return amounts_of(scenario, account.lines_of(programme))


def amounts_in_all(scenario: Scenario, account: CostBreakdown | None) -> Mapping[str, float | None]:
    """Return what a whole choice comes to; None without an answer."""
    if account is None:
        return dict.fromkeys(amount.key for amount in AMOUNTS)
    return amounts_of(scenario, account.lines)
