"""A bound, then an answer, then a better one: prices, the programme over plans, exchanges, parts chosen anew."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from partnerselect.allocation.early.coupling import coupling
from partnerselect.allocation.early.exchange import MOST_ENTRIES, Exchange
from partnerselect.allocation.early.master import Master, master
from partnerselect.allocation.early.neighbourhood import Neighbourhood
from partnerselect.allocation.early.relaxation import Relaxation, relaxed
from partnerselect.allocation.problem import FloatArray
from partnerselect.allocation.watch import Search
from partnerselect.optimiser import Model

if TYPE_CHECKING:
    from partnerselect.allocation.solve import Allocator

LARGE = 3_000
"""Columns from which a bound and an early answer pay before the whole is tried."""
PRICES, ANSWER, EXCHANGES, PART = 0.25, 0.12, 0.12, 0.06
"""Of the time at the beginning, the most that goes into prices, a first answer, one round of exchanges, and one part chosen anew."""
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
ROUNDS = 3
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
        found = relaxed(self._coupling, time.perf_counter() + PRICES * self._time, self._bounded)
        self._bounded(found.bound)
        if np.isfinite(found.bound):
            settled = self._settled(found)
            if settled is not None:
                self._improve(*settled)
        return Headstart(self._bound, self._values, None if self._values is None else self._best)

    def _settled(self, found: Relaxation) -> tuple[Master, Model, FloatArray, FloatArray] | None:
        """Solve the programme over plans with fractions allowed; its prices may give a better bound, and further plans.

        Returns:
            The programme, its model, its values and its reduced costs.
        """
        settled = None
        for _ in range(ROUNDS):
            plans, known = master(self._coupling, found.pool), len(found.pool.programme)
            model = Model(plans.arrays, plans.objective)
            relaxation = model.relaxed(time_limit=PRICES * self._time, listener=self._stopped)
            if relaxation.values is None or relaxation.reduced_costs is None or relaxation.row_prices is None:
                break
            settled = plans, model, relaxation.values, relaxation.reduced_costs
            found.at(self._coupling.allowed(-relaxation.row_prices[: self._coupling.size]))
            if self._bounded(found.bound) or len(found.pool.programme) == known:
                break
        return settled

    def _improve(self, plans: Master, model: Model, relaxed_values: FloatArray, reduced_costs: FloatArray) -> None:
        """Find an answer among the plans, and make it better until it is good enough or its time is up."""
        parts, seconds = Neighbourhood(plans, model, reduced_costs), ANSWER * self._time
        values = parts.first(relaxed_values, seconds, self._listen)
        values = parts.everything(seconds, self._listen) if values is None else values
        if values is None:
            return
        values = self._exchanged(plans, values)
        futile = 0
        while futile < FUTILE and not self._is_over(plans, values):
            better = parts.again(values, min(MOST_PART, PART * self._time), self._listen)
            gained = plans.objective @ better < plans.objective @ values - BETTER
            futile, values = 0 if gained else futile + 1, better
        self._take(plans, values)

    def _exchanged(self, plans: Master, values: FloatArray) -> FloatArray:
        self._take(plans, values)
        if plans.plans * self._coupling.size > MOST_ENTRIES:
            return values
        return Exchange(plans).improved(values, time.perf_counter() + EXCHANGES * self._time, self._is_stopped)

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
