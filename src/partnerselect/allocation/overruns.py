"""What a choice costs whom, and takes in days, where prices and days are ranges: over the trials.

The choice stays as it is; what it costs and takes is worked out again in every trial.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from partnerselect.allocation.cost_account import beyond, bought_of, changed, runs
from partnerselect.allocation.problem import internal_days_by_phase
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import Loc, attempted
from partnerselect.model import (
    BACKFILL_DAYS,
    BUDGET,
    CAPACITY,
    FUND,
    INTERNAL_DAYS,
    PRICE_KINDS,
    LimitKind,
    PaidFor,
    Scenario,
    Unit,
    stated_limits,
)
from partnerselect.robustness import DrawnAmounts, blocks
from partnerselect.value import US, Workload
from partnerselect.words import NOT_WORKED_OUT

OFTEN = 0.8
"""The share of trials in which the amount that is told is not exceeded."""
SLACK = 1e-9
"""The part of a limit by which sums of floats may pass it."""
Key = tuple[LimitKind, str]
"""The limit on an amount, and the payer or partner whose it is; ours has no name."""
Drawn = dict[Key, FloatArray]
"""Amounts in every trial and phase; each (draws, T), the first axis 1 where all are alike."""


@dataclass(frozen=True)
class Overrun:
    """What money of one payer, or days of one partner, come to over the trials."""

    kind: LimitKind
    """The limit on it, stated or not."""
    subject: str
    """The payer or partner; empty for ourselves."""
    phase: str | None
    """None for all phases together."""
    loc: Loc | None
    """Where its limit is stated; None where it has none."""
    limit: float | None
    likely: float
    """What the choice counts with."""
    p80: float
    """What is not exceeded in 80% of trials."""
    over_share: float | None
    """The share of trials in which it passes the limit; None without one."""
    error: float = 0.0
    """By how much `p80`, and the reserve with it, may be off: two standard errors of its rank."""

    @property
    def reserve(self) -> float | None:
        """How much more would let it pass in at most 20% of trials; None without a limit."""
        return None if self.limit is None else max(self.p80 - self.limit, 0.0)

    @property
    def varies(self) -> bool:
        """Whether it turns out otherwise than the choice counts with."""
        return abs(self.p80 - self.likely) > SLACK * max(self.likely, 1.0)

    @property
    def is_money(self) -> bool:
        """Whether it is money, and not days."""
        return self.kind.unit is Unit.MONEY


@dataclass(frozen=True)
class Overruns:
    """What the recommended choice comes to over the trials."""

    found: tuple[Overrun, ...]
    why_none: str = ""
    """Why nothing was worked out although there are ranges, in a sentence."""


def amounts_over_trials(
    scenario: Scenario, work: Workload, chosen: IntArray | None
) -> Overruns | None:
    """Draw prices and days, and say how often a choice passes the limits on money and days.

    None where no price and no days are a range.
    """
    if not scenario.has_ranges:
        return None
    options = scenario.analysis
    if chosen is None or not options.samples:
        asked = "No trials were run" if chosen is not None else "There is no answer"
        return Overruns((), f"{asked}, so nothing is said of what it may come to.")

    def drawn() -> Overruns:
        trials = blocks(options.samples, seed=options.seed)
        parts = [_Amounts(DrawnAmounts(scenario, work, one), chosen).all() for one in trials]
        likely = _Amounts(DrawnAmounts(scenario, work), chosen).all()
        whole = {
            key: np.concatenate(
                [
                    np.broadcast_to(part[key], (one.draws, part[key].shape[1]))
                    for part, one in zip(parts, trials, strict=True)
                ]
            )
            for key in likely
        }
        return Overruns(tuple(_overruns(scenario, work.phases, likely, whole)))

    why = f"What it may come to {NOT_WORKED_OUT['fault']}."
    return attempted(drawn, Overruns((), why))


def _overruns(
    scenario: Scenario, phases: tuple[str | None, ...], likely: Drawn, drawn: Drawn
) -> Iterator[Overrun]:
    caps = {
        (stated.kind, stated.subject, phase): (loc, cap)
        for stated in stated_limits(scenario)
        for loc, phase, cap in stated.caps
    }
    for (kind, subject), amounts in drawn.items():
        counted = likely[kind, subject]
        columns = [
            *(zip(phases, counted[0], amounts.T, strict=True) if phases != (None,) else ()),
            (None, counted.sum(), amounts.sum(axis=1)),
        ]
        for phase, usual, trials in columns:
            loc, limit = caps.get((kind, subject, phase), (None, None))
            p80, error = _exceeded_seldom(trials)
            most = None if limit is None else limit + SLACK * max(limit, 1.0)
            over = None if most is None else float(np.mean(trials > most))
            yield Overrun(kind, subject, phase, loc, limit, float(usual), p80, over, error)


def _exceeded_seldom(trials: FloatArray) -> tuple[float, float]:
    """Return what is not exceeded in 80% of trials, and half its interval of 95% by ranks."""
    apart = 2 * math.sqrt(OFTEN * (1 - OFTEN) / len(trials))
    at = np.clip([OFTEN, OFTEN - apart, OFTEN + apart], 0, 1)
    p80, low, high = np.quantile(trials, at, method="inverted_cdf").tolist()
    return p80, (high - low) / 2


@dataclass(frozen=True)
class _Amounts:
    """One choice, and the amounts of one block."""

    drawn: DrawnAmounts
    chosen: IntArray

    def all(self) -> Drawn:
        """Return the money of every payer, and the days of every partner and our own team."""
        work, pairs = self.drawn.work, [(n, int(k)) for n, k in enumerate(self.chosen) if k >= 0]
        days = {(n, k): self.drawn.days(n, k) for n, k in pairs}
        paid: Drawn = defaultdict(lambda: np.zeros((1, len(work.phases))))
        topped_up = paid.copy()
        paid[BUDGET, ""] = self._beside()
        for k, cost in self._prices(days):
            share, payer = float(work.own_share[k]), work.payers[k]
            paid[BUDGET, ""] = paid[BUDGET, ""] + share * cost
            if payer != US and share < 1:
                asked = topped_up if work.topped_up[k] else paid
                asked[FUND, payer] = asked[FUND, payer] + (1 - share) * cost
        for (kind, payer), amount in topped_up.items():
            firm, fund = paid[kind, payer], self.drawn.scenario.limits.funds.get(payer)
            ours = beyond(fund, work.phases, amount, firm)
            paid[BUDGET, ""] = paid[BUDGET, ""] + ours
            paid[kind, payer] = firm + amount - ours
        taken: Drawn = defaultdict(lambda: np.zeros((1, len(work.phases))))
        for (_, k), one in days.items():
            taken[CAPACITY, work.partners[k]] = taken[CAPACITY, work.partners[k]] + one
        return {**paid, **taken, **self._team()}

    def _prices(self, days: dict[tuple[int, int], FloatArray]) -> Iterator[tuple[int, FloatArray]]:
        """Yield every price paid to a partner, by phase."""
        work = self.drawn.work
        by_day = [kind for kind in PRICE_KINDS if kind.paid_for is PaidFor.DAY]
        for kind, ((n, k), one) in product(by_day, days.items()):
            yield k, one * self.drawn.price(kind, k, int(work.programme_of[n]))[:, None]
        for kind, p, k, t in work.beside_days(self.chosen):
            yield k, self._at(t, self.drawn.price(kind, k, p))

    def _at(self, t: int, amount: FloatArray) -> FloatArray:
        """Return an amount that falls in one phase."""
        return np.asarray(amount[:, None] * (np.arange(len(self.drawn.work.phases)) == t))

    def _beside(self) -> FloatArray:
        """Return what we pay beside prices: for changes of partners and extra days, by phase."""
        scenario, work = self.drawn.scenario, self.drawn.work
        paid = np.zeros((1, len(work.phases)))
        for p in np.flatnonzero(changed(scenario, work, self.chosen)).tolist():
            change = scenario.programmes[work.programmes[p]].change
            cost = np.array([change.cost if change else 0.0])
            paid = paid + self._at(int(work.first_phase[p]), cost)
        backfill = scenario.limits.backfill
        return np.asarray(paid + self._bought * (backfill.per_day if backfill else 0.0))

    @cached_property
    def _bought(self) -> FloatArray:
        """The days bought beyond those of our own team, by phase."""
        return bought_of(self.drawn.scenario, self.drawn.work, self._used)

    @cached_property
    def _used(self) -> FloatArray:
        """The days of our own team that the choice takes, by phase."""
        scenario, work = self.drawn.scenario, self.drawn.work
        of_changes = internal_days_by_phase(scenario, work, of_changes=True)
        used = of_changes[changed(scenario, work, self.chosen)].sum(axis=0)[None]
        for p in np.flatnonzero(runs(work, self.chosen)).tolist():
            used = used + self.drawn.internal_days(p)
        return np.asarray(used)

    def _team(self) -> Drawn:
        """Return the days of our own team, and those bought beyond; nothing where it is free."""
        is_backed = self.drawn.scenario.limits.backfill is not None
        extra = {(BACKFILL_DAYS, ""): self._bought} if is_backed else {}
        return {(INTERNAL_DAYS, ""): self._used, **extra} if self._used.any() else {}
