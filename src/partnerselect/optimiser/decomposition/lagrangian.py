"""Lagrangian relaxation: prices on what couples the jobs, under which each decides alone.

What that costs is a bound.

Sources: Fisher (1981), Management Science 27(1), for the bound; Barahona & Anbil (2000), The volume
algorithm, Mathematical Programming 87(3), for how prices are found.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.decomposition.coupled import Coupled
from partnerselect.optimiser.decomposition.patterns import Pool, cheap, cheapest

REMEMBERED = 0.85
"""How much of the average of choices is kept at each step."""
PATIENCE = 7
"""Steps without a better bound before they are made smaller."""
SMALLER = 0.66
BETTER = 1e-4
"""A bound better by less than this part of itself does not count as progress."""
SETTLED = 1e-3
"""The size of step at which the prices are as good as they get."""
BETWEEN_BOUNDS = 4
"""Times that steps are made smaller between two bounds, which with many agents take long."""
NOTHING = 1e-20
"""What rows are broken by, squared, below which the average choice keeps them."""
HOPE = (0.1, 0.03, 0.02)
"""How far beyond the bound the first target lies, the next, and how near is reached."""


@dataclass
class Relaxation:
    """The best prices so far, and the bound they give."""

    of: Coupled
    pool: Pool
    prices: FloatArray
    bound: float = -np.inf
    """No choice costs less, the constant of the objective left out."""

    def at(self, prices: FloatArray) -> FloatArray:
        """Let every job decide at these prices.

        Keep them if the bound is better, and return what the rows come to.
        """
        priced = cheapest(self.of, self.of.priced(prices))
        bound = priced.bound - self.of.allowance(prices)
        self.pool.add(priced)
        if bound > self.bound:
            self.bound, self.prices = bound, prices
        return priced.use


def relaxed(of: Coupled, until: float, on_bound: Callable[[float], bool]) -> Relaxation:
    """Move prices until steps bring nothing more.

    Args:
        of: the allocation taken apart.
        until: when time is up, on the clock of `time.perf_counter`.
        on_bound: hears every better bound, and says whether to stop.
    """
    found = Relaxation(of, Pool(of), np.zeros(of.size))
    average = found.at(found.prices)
    search, shrunk = _Search(of, found), 0
    while (
        search.size > SETTLED
        and np.isfinite(found.bound)
        and search.reached <= of.dearest
        and time.perf_counter() < until
        and not on_bound(found.bound)
    ):
        average = search.step(average)
        if search.shrunk > shrunk + BETWEEN_BOUNDS:
            shrunk = search.shrunk
            found.at(search.prices)
    if search.prices is not found.prices:
        found.at(search.prices)
    return found


class _Search:
    """The volume algorithm, on what the promising agents would cost."""

    def __init__(self, of: Coupled, found: Relaxation) -> None:
        self._of, self._pool = of, found.pool
        self.prices, self.reached = found.prices, found.bound
        self.size, self.shrunk, self._idle = 1.0, 0, 0
        self._target = _further(self.reached, HOPE[0])

    def step(self, average: FloatArray) -> FloatArray:
        """Move the prices along what the average choice breaks; return the new average."""
        excess = self._of.excess(average, self.prices)
        length = float(excess @ excess)
        if length < NOTHING:
            self.size = 0.0
            return average
        prices = self._of.allowed(
            self.prices + self.size * (self._target - self.reached) / length * excess
        )
        priced = cheap(self._of, self._of.priced(prices))
        self._pool.add(priced)
        self._judge(prices, priced.bound - self._of.allowance(prices))
        return REMEMBERED * average + (1 - REMEMBERED) * priced.use

    def _judge(self, prices: FloatArray, reached: float) -> None:
        """Keep better prices; take smaller steps where there have been none for a while."""
        self._idle = 0 if reached > self.reached + BETTER * abs(self.reached) else self._idle + 1
        if reached > self.reached:
            self.prices, self.reached = prices, reached
        if self._idle >= PATIENCE:
            self.size, self._idle, self.shrunk = self.size * SMALLER, 0, self.shrunk + 1
        if self.reached > self._target - HOPE[2] * abs(self._target):
            self._target = _further(self.reached, HOPE[1])


def _further(bound: float, part: float) -> float:
    return bound + part * max(abs(bound), 1.0)
