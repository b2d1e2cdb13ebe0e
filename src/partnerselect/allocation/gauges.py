"""How far a choice uses each limit of the scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from partnerselect.allocation.account import NOBODY, Account, backfill_days, internal_use
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import Loc
from partnerselect.model.limits import Limit, by_phase_of, total_of
from partnerselect.model.scenario import Scenario
from partnerselect.value.money import Workload


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
class _Meter:
    """A limit about to be read: its place, kind and subject."""

    loc: Loc
    kind: str
    subject: str
    limit: Limit | None

    def read(self, work: Workload, used: FloatArray) -> Iterator[Gauge]:
        """Yield a gauge over the horizon, or one for every phase that has a cap; used (T,)."""
        total = total_of(self.limit)
        if total is not None:
            yield Gauge(self.loc, self.kind, self.subject, None, float(used.sum()), total)
        caps = by_phase_of(self.limit)
        for t, phase in enumerate(work.phases):
            if phase is not None and phase in caps:
                yield Gauge(
                    (*self.loc, phase), self.kind, self.subject, phase, float(used[t]), caps[phase]
                )


def gauges(
    scenario: Scenario, work: Workload, chosen: IntArray, account: Account
) -> tuple[Gauge, ...]:
    """Return every limit of the scenario with its use, by phase where it has phases."""
    return (
        *_money(scenario, work, account),
        *_days(scenario, work, chosen, account),
        *_counts(scenario, work, chosen, account),
    )


def _money(scenario: Scenario, work: Workload, account: Account) -> Iterator[Gauge]:
    limits = scenario.limits
    spent = _by_phase(work, ((line.phase, line.own_cost) for line in account.lines))
    yield from _Meter(("limits", "budget"), "budget", "", limits.budget).read(work, spent)
    for payer, fund in limits.funds.items():
        paid = _by_phase(
            work,
            (
                (line.phase, line.cost - line.own_cost)
                for line in account.lines
                if line.payer == payer
            ),
        )
        yield from _Meter(("limits", "funds", payer), "fund", payer, fund).read(work, paid)


def _days(
    scenario: Scenario, work: Workload, chosen: IntArray, account: Account
) -> Iterator[Gauge]:
    limits = scenario.limits
    bought = backfill_days(scenario, work, chosen)
    own = internal_use(scenario, work, chosen) - bought
    yield from _Meter(("limits", "internal-days"), "internal days", "", limits.internal_days).read(
        work, own
    )
    if limits.backfill is not None and limits.backfill.max_days is not None:
        yield Gauge(
            ("limits", "backfill", "max-days"),
            "backfill days",
            "",
            None,
            float(bought.sum()),
            limits.backfill.max_days,
        )
    for name, partner in scenario.partners.items():
        worked = [(line.phase, line.days) for line in account.day_costs if line.partner == name]
        if worked:
            yield from _Meter(
                ("partners", name, "capacity"), "capacity", name, partner.capacity
            ).read(work, _by_phase(work, worked))


def _counts(
    scenario: Scenario, work: Workload, chosen: IntArray, account: Account
) -> Iterator[Gauge]:
    limits = scenario.limits
    pairs = {
        (int(work.programme_of[n]), work.partners[k]) for n, k in enumerate(chosen) if k != NOBODY
    }
    programmes = Counter(partner for _, partner in pairs)
    if limits.partners is not None:
        yield Gauge(
            ("limits", "partners", "max"),
            "partners",
            "",
            None,
            len(programmes),
            limits.partners.max,
        )
    if limits.methods is not None:
        yield Gauge(
            ("limits", "methods"),
            "methods",
            "",
            None,
            methods_in_use(scenario, work, pairs),
            limits.methods,
        )
    in_all = sum(line.days for line in account.day_costs)
    for name in sorted(programmes):
        if limits.programmes_per_partner is not None:
            yield Gauge(
                ("limits", "programmes-per-partner"),
                "programmes per partner",
                name,
                None,
                programmes[name],
                limits.programmes_per_partner,
            )
        if limits.share_per_partner is not None:
            part = sum(line.days for line in account.day_costs if line.partner == name) / in_all
            yield Gauge(
                ("limits", "share-per-partner"),
                "share per partner",
                name,
                None,
                part,
                limits.share_per_partner,
            )


def methods_in_use(scenario: Scenario, work: Workload, pairs: set[tuple[int, str]]) -> int:
    """Return the least number of methodologies with which every chosen (programme, partner) can work."""
    wanted = [scenario.programmes[name].method for name in work.programmes]
    needed = {
        frozenset([method] if (method := wanted[p]) else scenario.partners[k].methods)
        for p, k in pairs
    } - {frozenset()}
    known = sorted(frozenset().union(*needed))
    return next(
        count
        for count in range(len(known) + 1)
        if any(all(set(few) & able for able in needed) for few in combinations(known, count))
    )


def _by_phase(work: Workload, amounts: Iterable[tuple[str | None, float]]) -> FloatArray:
    summed = np.zeros(len(work.phases))
    for phase, amount in amounts:
        summed[work.phases.index(phase)] += amount
    return summed
