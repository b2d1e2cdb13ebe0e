"""The restricted master with fractions allowed, given patterns until none makes it better.

Source: column generation, Gilmore & Gomory (1961), Operations Research 9(6); prices between the
best so far and the latest: Wentges (1997), International Transactions in Operational Research 4(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.optimiser.decomposition.lagrangian import Relaxation
from partnerselect.optimiser.decomposition.restricted_master import Master, master
from partnerselect.optimiser.model import Model
from partnerselect.optimiser.solver_thread import Listener

MOST_PLANS = 5_000
"""Patterns that are taken up as nearly the best of their job at given prices."""
NEAR = 1e-5
"""A restricted master within this part of the bound needs no further patterns."""


@dataclass(frozen=True)
class Settled:
    """The job over some patterns, and a choice among them, with fractions or whole."""

    patterns: Master
    model: Model
    values: FloatArray
    """(columns of the master,)."""
    dear: FloatArray
    """(patterns,): what following each pattern would cost at least."""


class Generation:
    """Patterns and prices that make one another better, round by round."""

    def __init__(self, found: Relaxation) -> None:
        self._found, self._prices, self._kept = found, found.prices, np.empty(0, dtype=np.intp)
        self.is_complete = False
        """Whether no further pattern would make the bound better."""

    def round(self, seconds: float, listener: Listener) -> Settled | None:
        """Solve the job over the patterns that are promising, and let its prices find others.

        None where time did not suffice.
        """
        found, numbers = self._found, self._promising()
        known, (job, agents) = len(found.pool), found.pool.patterns
        patterns = master(found.of, job[numbers], agents[numbers])
        model = Model(patterns.arrays, patterns.objective)
        relaxation = model.relaxed(time_limit=seconds, listener=listener)
        if (
            relaxation.values is None
            or relaxation.reduced_costs is None
            or relaxation.row_prices is None
        ):
            return None
        self._kept, best = numbers[relaxation.values[: patterns.patterns] > 0], found.prices
        self._prices = found.of.allowed(-relaxation.row_prices[: found.of.size])
        found.at((self._prices + best) / 2)
        found.at(self._prices)
        self.is_complete = len(found.pool) == known or relaxation.bound - found.bound <= NEAR * abs(
            found.bound
        )
        return Settled(
            patterns, model, relaxation.values, relaxation.reduced_costs[: patterns.patterns]
        )

    def _promising(self) -> IntArray:
        """Return the patterns nearly best at the best or the latest prices, and those followed."""
        found = self._found
        near = [
            found.pool.near(found.of.priced(at), MOST_PLANS) for at in (found.prices, self._prices)
        ]
        return np.unique(np.concatenate([*near, self._kept]))
