"""Prices and days that are ranges: what they turn out to be in each trial."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import Estimate, PaidFor, PriceKind, Scenario, programme_of
from partnerselect.robustness.samplers import Block, scores_at
from partnerselect.value import Workload

LOW, HIGH = 0, -1
"""The end of every range, instead of a block of trials."""


@lru_cache(maxsize=512)
def drawn_amount(block: Block | int | None, stated: float, *name: str) -> FloatArray:
    """Return what an amount is in each trial of a block, by name; without a block as stated.

    Shape (draws,), or (1,) where it is the same in all. Uniform between its ends, with `likely`
    triangular.
    """
    if block is None or not isinstance(stated, Estimate):
        return np.array([float(stated)])
    if isinstance(block, int):
        return np.array([stated.ends[block]], dtype=float)
    low, likely, high = stated.ends
    return scores_at(block.stream("amount", *name).random(block.draws), low, likely, high)


@dataclass(frozen=True)
class DrawnAmounts:
    """The prices and days of a scenario in each trial of a block; as stated without a block.

    Arrays have shape (draws,), or (draws, T) where amounts fall in phases; a first axis of 1
    stands for all trials.
    """

    scenario: Scenario
    work: Workload
    block: Block | int | None = None

    def price(self, kind: PriceKind, k: int, p: int | None = None) -> FloatArray:
        """Draw a price of a partner, for a programme where it has one of its own there."""
        name, programme = self.work.partners[k], "" if p is None else self.work.programmes[p]
        partner = self.scenario.partners[name]
        special = partner.for_.get(programme)
        is_own = special is not None and getattr(special.cost, kind.key, None) is not None
        stated = kind.of(partner.cost_for(programme))
        at_every_level = programme_of(programme) if is_own else ""
        return drawn_amount(self.block, stated, name, kind.key, at_every_level)

    def days(self, n: int, k: int) -> FloatArray:
        """Draw the days that a partner takes for a need, by phase; its own where it states them."""
        programme, need = self.work.needs[n]
        special = self.scenario.partners[self.work.partners[k]].for_.get(programme)
        if special is not None and need in special.days:
            return np.asarray(self.work.days[n, k] * self.work.spread[n])[None]
        stated = self.scenario.programmes[programme].needs[need]
        if not isinstance(stated, dict):
            evenly = self._evenly(int(self.work.programme_of[n]))
            return drawn_amount(self.block, stated, programme, need)[:, None] * evenly
        by_phase = (
            drawn_amount(self.block, stated.get(phase or "", 0.0), programme, need, phase or "")
            for phase in self.work.phases
        )
        return np.column_stack(np.broadcast_arrays(*by_phase))

    def internal_days(self, p: int) -> FloatArray:
        """Draw the days of our own team that a programme takes, by phase."""
        name = self.work.programmes[p]
        stated = self.scenario.programmes[name].internal_days
        return drawn_amount(self.block, stated, name)[:, None] * self._evenly(p)

    def alone(self, p: int, k: int) -> tuple[FloatArray, FloatArray]:
        """Draw the days and the cost, whoever pays, of k delivering all of p that it offers."""
        days = np.zeros(1)
        for n in np.flatnonzero((self.work.programme_of == p) & self.work.offered[:, k]).tolist():
            days = days + self.days(n, k).sum(axis=1)
        return days, self.charged(p, k, days)

    def charged(self, p: int, k: int, days: FloatArray) -> FloatArray:
        """Draw what k charges for p if it delivers it in so many days, whoever pays."""
        times = {kind: of_all[p, k] for kind, of_all in self.work.times_alone.items()}
        costs = (
            (days if kind.paid_for is PaidFor.DAY else often) * self.price(kind, k, p)
            for kind, often in times.items()
        )
        return sum(costs, np.zeros(1))

    def _evenly(self, p: int) -> FloatArray:
        """Return the share of each phase in what is spread evenly over a programme's; (T,)."""
        return np.asarray(self.work.runs_in[p] / self.work.runs_in[p].sum())
