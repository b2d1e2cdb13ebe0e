"""A bound, then an answer, then a better one: prices, the programme over plans, exchanges, parts chosen anew."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnerselect.allocation.early.around import around
from partnerselect.allocation.early.coupling import coupling
from partnerselect.allocation.early.exchange import MOST_ENTRIES, Exchange
from partnerselect.allocation.early.master import Master, master
from partnerselect.allocation.early.neighbourhood import Neighbourhood
from partnerselect.allocation.early.plans import dearer
from partnerselect.allocation.early.relaxation import Relaxation, relaxed
from partnerselect.allocation.problem import FloatArray, IntArray
from partnerselect.allocation.watch import Search
from partnerselect.optimiser import Model

if TYPE_CHECKING:
    from partnerselect.allocation.solve import Allocator

LARGE = 3_000
"""Columns from which a bound and an early answer pay before the whole is tried."""
PRICES, PLANS, ANSWER, EXCHANGES, PART = 0.15, 0.25, 0.2, 0.12, 0.2
"""Of the time at the beginning, the most that goes into prices, into prices and plans, a first answer, one round of exchanges, and one part chosen anew."""
TIME_SHARE = 0.7
"""The part of the time that may go by before the whole is tried."""
BEYOND_THE_WHOLE = 20_000
"""Columns beyond which the whole is not tried where there is an answer: the solver has nothing useful to say of them within minutes."""
MOST_PART = 1.5
"""Seconds that one part may take however much time there is."""
TO_BEGIN = 1e-4
"""Seconds a column without which the solver would not even have begun with the whole."""
FUTILE = 40
"""Parts chosen anew one after another without a gain, after which the rest of the time goes to the whole."""
MOST_PLANS = 5_000
"""Plans that are taken up as nearly the best of their programme at given prices."""
FEW, PLANS_EACH = 2_000, 10
"""Plans around the best prices that are taken up in all, or for every programme."""
FEWEST_PAIRS = 10
"""Pairs of partners that are looked at in each programme, however many programmes there are."""
NEAR = 1e-5
"""A programme over plans within this part of the bound needs no further plans."""
ROUNDS = 8
"""Times that the prices of the programme over plans are tried for a better bound and further plans."""
ERROR = 1e-9
"""The part of itself by which a long sum may err: the bound is told that much lower."""
BETTER = 1e-9


@dataclass(frozen=True)
class Headstart:
    """What is known before the whole programme is tried: a bound, and perhaps an answer."""

    bound: float
    """No solution can lie below it (we minimise)."""
    values: FloatArray | None
    """(columns,): a choice within every limit; None where none was found."""
    objective: float | None


def headstart(allocator: Allocator, gap: float, search: Search) -> Headstart:
    """Bound the programme, find an answer and improve it, until it is within the gap or its part of the time is up."""
    return _Headstart(allocator, gap, search).run()


class _Headstart:
    def __init__(self, allocator: Allocator, gap: float, search: Search) -> None:
        self._of, self._gap, self._search = allocator, gap, search
        self._time = allocator.time_left
        self._coupling = coupling(allocator.formulation, allocator.objective, allocator.least_value)
        self._bound, self._best = -np.inf, np.inf
        self._values: FloatArray | None = None
        self._reserve = 0.0 if allocator.formulation.program.size > BEYOND_THE_WHOLE else (1 - TIME_SHARE) * self._time

    def run(self) -> Headstart:
        """Return what was found in the part of the time that is not left to the whole."""
        begun = time.perf_counter()
        found = relaxed(self._coupling, begun + PRICES * self._time, self._bounded)
        self._bounded(found.bound)
        if np.isfinite(found.bound):
            settled = self._settled(found, begun + PLANS * self._time)
            if settled is not None:
                self._improve(found, *settled)
        return Headstart(self._bound, self._values, None if self._values is None else self._best)

    def _settled(self, found: Relaxation, until: float) -> tuple[Master, Model, FloatArray, FloatArray] | None:
        """Solve the programme over plans with fractions allowed; its prices may give a better bound, and further plans.

        Returns:
            The programme, its model, its values and its reduced costs.
        """
        settled, prices, kept = None, found.prices, np.empty(0, dtype=np.intp)
        for _ in range(ROUNDS):
            numbers = self._promising(found, prices, kept)
            known, (programme, partners) = len(found.pool), found.pool.plans
            plans = master(self._coupling, programme[numbers], partners[numbers])
            model = Model(plans.arrays, plans.objective)
            relaxation = model.relaxed(time_limit=self._at_most(PLANS * self._time), listener=self._stopped)
            if relaxation.values is None or relaxation.reduced_costs is None or relaxation.row_prices is None:
                break
            settled = plans, model, relaxation.values, relaxation.reduced_costs
            kept, best = numbers[relaxation.values[: plans.plans] > 0], found.prices
            prices = self._coupling.allowed(-relaxation.row_prices[: self._coupling.size])
            found.at((prices + best) / 2)
            found.at(prices)
            is_near = relaxation.bound - found.bound <= NEAR * abs(found.bound)
            if self._bounded(found.bound) or is_near or len(found.pool) == known or time.perf_counter() > until:
                break
        return settled

    def _promising(self, found: Relaxation, prices: FloatArray, kept: IntArray) -> IntArray:
        """Return the numbers of plans that are nearly best at the best prices or at others, and of those kept."""
        near = [found.pool.near(self._coupling.priced(at), MOST_PLANS) for at in (found.prices, prices)]
        return np.unique(np.concatenate([*near, kept]))

    def _improve(self, found: Relaxation, plans: Master, model: Model, relaxed_values: FloatArray, reduced_costs: FloatArray) -> None:
        """Find an answer among the plans, and make it better until it is good enough or its time is up."""
        parts, seconds = Neighbourhood(plans, model, reduced_costs[: plans.plans], relaxed_values), self._at_most(ANSWER * self._time)
        values = parts.first(seconds, self._listen)
        values = parts.everything(seconds, self._listen) if values is None else values
        if values is None:
            return
        values = self._exchanged(plans, values)
        if not self._is_over(plans, values) and self._values is not None:
            plans, parts, values = self._widened(found, plans, values)
            self._again(plans, parts, self._exchanged(plans, values))

    def _again(self, plans: Master, parts: Neighbourhood, values: FloatArray) -> None:
        """Choose part after part anew, or everything where that is no more than a part."""
        futile = 0
        while futile < FUTILE and not self._is_over(plans, values):
            if parts.is_everything:
                better = parts.everything(self._at_most(self._time), self._listen, values)
                return self._take(plans, values if better is None else better)
            better = parts.again(values, self._at_most(min(MOST_PART, PART * self._time)), self._listen)
            gained = plans.objective @ better < plans.objective @ values - BETTER
            futile, values = 0 if gained else futile + 1, better
        return self._take(plans, values)

    def _widened(self, found: Relaxation, plans: Master, values: FloatArray) -> tuple[Master, Neighbourhood, FloatArray]:
        """Take up every plan around the best prices that a better choice could have, as far as there are not too many."""
        of, cost = self._coupling, self._coupling.priced(found.prices)
        found.pool.take(*around(of, cost, self._best - self._bound, max(FEWEST_PAIRS, MOST_PLANS // len(of.z))))
        followed = np.flatnonzero(values[: plans.plans] > 0.5)  # noqa: PLR2004 - whole or not at all
        (programme, partners), near = found.pool.plans, found.pool.near(cost, max(FEW, PLANS_EACH * len(of.z)))
        ours = np.column_stack([plans.programme[followed], plans.partners[followed]])
        every, place = np.unique(np.concatenate([ours, np.column_stack([programme[near], partners[near]])]), axis=0, return_inverse=True)
        wider = master(of, every[:, 0], every[:, 1:])
        then = np.zeros(wider.arrays.size)
        then[place[: len(followed)]], then[wider.plans :] = 1.0, values[plans.plans :]
        model, dear = Model(wider.arrays, wider.objective), dearer(of, cost, wider.programme, wider.partners)
        relaxed_values = model.relaxed(time_limit=self._at_most(PART * self._time), listener=self._stopped).values
        return wider, Neighbourhood(wider, model, dear, then if relaxed_values is None else relaxed_values), then

    def _exchanged(self, plans: Master, values: FloatArray) -> FloatArray:
        self._take(plans, values)
        if plans.plans * self._coupling.size > MOST_ENTRIES:
            return values
        return Exchange(plans).improved(values, time.perf_counter() + self._at_most(EXCHANGES * self._time), self._is_stopped)

    def _at_most(self, seconds: float) -> float:
        """Return so many seconds, or what is left before the rest belongs to the whole."""
        return max(min(seconds, self._of.time_left - self._reserve), 0.0)

    def _is_over(self, plans: Master, values: FloatArray) -> bool:
        self._take(plans, values)
        enough = self._best - self._bound <= self._gap * max(abs(self._best), 1.0)
        return enough or self._of.time_left <= self._reserve or self._is_stopped()

    def _take(self, plans: Master, values: FloatArray) -> None:
        """Keep a choice if it is better and, looked at whole, within every limit."""
        whole = plans.expanded(values)
        objective = float(self._of.objective @ whole) + self._of.constant
        if objective < self._best - BETTER and self._coupling.whole.holds(whole) and self._is_worth_enough(whole):
            self._best, self._values = objective, whole
            self._search.part(-np.inf, objective)

    def _is_worth_enough(self, whole: FloatArray) -> bool:
        least = self._of.least_value
        return least is None or float(least[0] @ whole) >= least[1]

    def _bounded(self, bound: float) -> bool:
        """Take note of a bound; tell whether to stop."""
        if np.isfinite(bound):
            self._bound = max(self._bound, bound + self._of.constant - ERROR * max(abs(bound), 1.0))
        return self._search.whole(self._bound, self._best)

    def _listen(self, _bound: float, best: float) -> bool:
        return self._search.part(-np.inf, best + self._of.constant)

    def _stopped(self, _bound: float, _best: float) -> bool:
        return self._is_stopped()

    def _is_stopped(self) -> bool:
        return self._of.watch.is_stopped
