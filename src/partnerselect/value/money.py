"""Who would do what, when, at what price, and who pays: every (need, partner) as arrays.

A *need* is one component of support of one programme. Arrays are indexed by need (N), partner (K),
phase (T) and programme (P) in the order of `Workload.needs`, `.partners`, `.phases` and
`.programmes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import (
    PRICE_KINDS,
    PROGRAMME_PRICES,
    Funding,
    PaidFor,
    Partner,
    PriceKind,
    Programme,
    Scenario,
    entry_at,
)

US = "us"
"""The payer's name of the organisation's own money."""


@dataclass(frozen=True)
class Workload:
    """Days, prices and payers of all that could be done."""

    programmes: tuple[str, ...]
    partners: tuple[str, ...]
    phases: tuple[str | None, ...]
    """In order of date; `(None,)` where the scenario has none."""
    needs: tuple[tuple[str, str], ...]
    programme_of: IntArray
    """(N,): the programme of each need."""
    days: FloatArray
    """(N, K): days partner k takes for need n, `for.days` included."""
    own_days: FloatArray
    """(N,): the programme's own figure."""
    spread: FloatArray
    """(N, T): the share of a need's days in each phase; rows sum to 1."""
    offered: BoolArray
    """(N, K): k offers the component."""
    worth: FloatArray
    """(P,): of the way from the baseline to the value; 1 where a programme has no levels."""
    waits: IntArray
    """(P,): who counts with its baseline where no level runs; itself where it has no levels."""
    runs_in: BoolArray
    """(P, T): the programme's phases."""
    prices: Mapping[PriceKind, FloatArray]
    """(P, K) each: what is charged, `for.cost` included."""
    own_share: FloatArray
    """(K,): what the trust pays of each price, as funding and its gate stand."""
    payers: tuple[str, ...]
    """(K,): who pays the rest; `us` where nobody else does."""
    topped_up: BoolArray
    """(K,): we pay what that payer's fund cannot."""

    @cached_property
    def share(self) -> FloatArray:
        """(N,): the need's share of its programme's own days."""
        totals = np.bincount(
            self.programme_of, weights=self.own_days, minlength=len(self.programmes)
        )
        return self.own_days / totals[self.programme_of]

    @cached_property
    def first_phase(self) -> IntArray:
        """(P,): the phase in which the programme begins, where its fixed price falls."""
        return np.asarray(self.runs_in.argmax(axis=1))

    @cached_property
    def need_starts(self) -> IntArray:
        """(N,): the first phase in which a need takes days."""
        return np.asarray((self.spread > 0).argmax(axis=1))

    @cached_property
    def alone(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Days, cost and cost to us if k alone delivered every need of p it offers; each (P, K).

        `once` left out.

        The cost is 0 where it offers nothing.
        """
        days = self._days_alone
        cost = sum(self.times_alone[kind] * self.prices[kind] for kind in PROGRAMME_PRICES)
        return days, np.asarray(cost), cost * self.own_share

    @cached_property
    def times_alone(self) -> Mapping[PriceKind, FloatArray]:
        """(P, K) each: how often k is charged if it alone delivers every need of p it offers."""
        days = self._days_alone
        counted = {PaidFor.DAY: days, PaidFor.PROGRAMME: (days > 0).astype(float)}
        return {kind: counted[kind.paid_for] for kind in PROGRAMME_PRICES}

    @cached_property
    def _days_alone(self) -> FloatArray:
        days = np.zeros((len(self.programmes), len(self.partners)))
        np.add.at(days, self.programme_of, np.where(self.offered, self.days, 0.0))
        return days

    @cached_property
    def rates(self) -> Mapping[PaidFor, FloatArray]:
        """(P, K) each: what is charged for each of what prices are paid for."""
        rates = {one: np.zeros((len(self.programmes), len(self.partners))) for one in PaidFor}
        for kind, price in self.prices.items():
            rates[kind.paid_for] = rates[kind.paid_for] + price
        return rates

    def cost_of_need(self, n: int) -> FloatArray:
        """Return what each partner charges for one need alone; shape (K,)."""
        p = self.programme_of[n]
        rates = {paid_for: rate[p] for paid_for, rate in self.rates.items()}
        return np.asarray(self.days[n] * rates.pop(PaidFor.DAY) + sum(rates.values()))

    def beside_days(self, chosen: IntArray) -> Iterator[tuple[PriceKind, int | None, int, int]]:
        """Yield what a choice (N,) is charged that is not paid by the day, 0 included.

        The kind of price, the programme (None where it is paid for the partner), the partner, and
        the phase in which it falls.
        """
        served = {(int(self.programme_of[n]), int(k)) for n, k in enumerate(chosen) if k >= 0}
        for kind in PRICE_KINDS:
            if kind.paid_for is PaidFor.PROGRAMME:
                for p, k in sorted(served):
                    yield kind, p, k, int(self.first_phase[p])
            elif kind.paid_for is PaidFor.PARTNER:
                for k in sorted({k for _, k in served}):
                    yield kind, None, k, int(self.need_starts[chosen == k].min())

    @cached_property
    def covers(self) -> FloatArray:
        """(P, K): the share of the programme's own days whose needs k offers."""
        covered = np.zeros((len(self.programmes), len(self.partners)))
        np.add.at(covered, self.programme_of, self.offered * self.share[:, None])
        return covered


def workload(scenario: Scenario) -> Workload:
    """Lay out what the scenario says about days, prices and payers."""
    dated = sorted(scenario.phase_starts.items(), key=lambda item: item[1])
    phases: tuple[str | None, ...] = tuple(phase for phase, _ in dated) or (None,)
    programmes, partners = tuple(scenario.programmes), tuple(scenario.partners)
    each = list(scenario.programmes.values())
    needs = tuple(
        (name, need) for name, programme in scenario.programmes.items() for need in programme.needs
    )
    runs_in = np.array([_runs_in(programme, phases) for programme in each])
    programme_of = np.repeat(np.arange(len(each)), [len(one.needs) for one in each])
    by_phase = _by_phase(
        [scenario.programmes[name].needs[need] for name, need in needs],
        runs_in[programme_of],
        phases,
    )
    own_days = by_phase.sum(axis=1)
    stated = list(scenario.partners.values())
    funded = [_open_funding(scenario, partner) for partner in stated]
    return Workload(
        programmes=programmes,
        partners=partners,
        phases=phases,
        needs=needs,
        programme_of=programme_of,
        days=_days(scenario, needs, own_days),
        own_days=own_days,
        spread=by_phase / own_days[:, None],
        worth=np.array([one.dose.worth if one.dose else 1.0 for one in each]),
        waits=_waits(scenario),
        offered=_offered(stated, [need for _, need in needs]),
        runs_in=runs_in,
        prices={kind: _prices(stated, programmes, kind) for kind in PRICE_KINDS},
        own_share=np.array([1 - funding.covers if funding else 1.0 for funding in funded]),
        payers=tuple(funding.payer if funding else US for funding in funded),
        topped_up=np.array([bool(funding and funding.top_up == US) for funding in funded]),
    )


def _waits(scenario: Scenario) -> IntArray:
    """Return for every programme the first level it may have, or itself; shape (P,)."""
    row, fixed = {name: p for p, name in enumerate(scenario.programmes)}, scenario.fixed_levels
    waiting: dict[str, int] = {}
    for programme, entries in scenario.entries.items():
        first = entry_at(programme, fixed[programme]) if programme in fixed else entries[0]
        waiting |= dict.fromkeys(entries, row[first])
    return np.array([waiting[name] for name in scenario.programmes], dtype=np.intp)


def _runs_in(programme: Programme, phases: tuple[str | None, ...]) -> list[bool]:
    return [programme.phases is None or phase in programme.phases for phase in phases]


def _by_phase(
    needs: list[float | dict[str, float]], runs_in: BoolArray, phases: tuple[str | None, ...]
) -> FloatArray:
    """Return the days of every need in each phase; (N, T) from (N, T).

    Spread evenly over those its programme runs in unless stated.
    """
    even = np.array([0.0 if isinstance(need, dict) else need for need in needs])
    days = np.asarray(even[:, None] * runs_in / runs_in.sum(axis=1, keepdims=True))
    for n, need in enumerate(needs):
        if isinstance(need, dict):
            days[n] = [need.get(phase, 0.0) if phase is not None else 0.0 for phase in phases]
    return days


def _offered(partners: list[Partner], components: list[str]) -> BoolArray:
    """Return which partner offers which of the components, some of which come again and again.

    (components, K).
    """
    once = list(dict.fromkeys(components))
    place = {component: row for row, component in enumerate(once)}
    offers = [frozenset(partner.offers) for partner in partners]
    table = np.array(
        [[component in offered for offered in offers] for component in once], dtype=bool
    )
    return np.asarray(table[[place[component] for component in components]])


def _days(
    scenario: Scenario, needs: tuple[tuple[str, str], ...], own_days: FloatArray
) -> FloatArray:
    days = np.repeat(own_days[:, None], len(scenario.partners), axis=1)
    row = {need: n for n, need in enumerate(needs)}
    for k, partner in enumerate(scenario.partners.values()):
        for programme, special in partner.for_.items():
            for need, figure in special.days.items():
                days[row[programme, need], k] = figure
    return days


def _prices(partners: list[Partner], programmes: tuple[str, ...], kind: PriceKind) -> FloatArray:
    """Return one price of every partner for every programme; shape (P, K)."""
    prices = np.tile([float(kind.of(one.cost)) for one in partners], (len(programmes), 1))
    row = {programme: p for p, programme in enumerate(programmes)}
    for k, partner in enumerate(partners):
        for programme in partner.for_:
            prices[row[programme], k] = kind.of(partner.cost_for(programme))
    return prices


def _open_funding(scenario: Scenario, partner: Partner) -> Funding | None:
    funding = partner.funding
    if funding is None or (funding.gate is not None and not scenario.gates[funding.gate].is_open):
        return None
    return funding
