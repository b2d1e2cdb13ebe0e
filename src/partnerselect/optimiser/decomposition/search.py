"""A bound, an answer, a better one: prices, restricted master, exchanges, parts chosen anew."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.decomposition.coupled import Coupled
from partnerselect.optimiser.decomposition.lagrangian import Relaxation, relaxed
from partnerselect.optimiser.decomposition.local_search import (
    MOST_ENTRIES,
    Exchange,
    Neighbourhood,
)
from partnerselect.optimiser.decomposition.restricted_master import Generation, Settled
from partnerselect.optimiser.program import Solution
from partnerselect.optimiser.watch import Search, is_enough

PRICES, PLANS, FURTHER_PLANS = 0.15, 0.25, 0.6
"""Of the time, what may have gone by after prices, patterns, and further patterns."""
ANSWER, EXCHANGES, PART = 0.2, 0.12, 0.2
"""Of the time, the most for a first answer, one round of exchanges, one part chosen anew."""
MOST_PART = MOST_ANSWER = 1.5
"""Seconds that one part, or a first answer, may take however much time there is."""
FUTILE = 40
"""Parts chosen anew one after another without a gain, after which no more are tried."""
ROUNDS = 8
"""Times that the restricted master's prices are tried for a bound and further patterns."""
ERROR = 1e-9
"""The part of itself by which a long sum may err: the bound is given that much lower."""
BETTER = 1e-9


def search_patterns(
    coupled: Coupled, search: Search, time_left: Callable[[], float], *, gap: float
) -> Solution:
    """Bound a programme, find an answer and improve it.

    Until it is within the gap, the search is over or time is up.

    Args:
        coupled: the programme taken apart.
        search: hears what is found, and says whether to stop.
        time_left: seconds.
        gap: the part of the objective within which an answer is good enough.
    """
    return _PatternSearch(coupled, search, time_left, gap).run()


class _PatternSearch:
    def __init__(
        self, coupled: Coupled, search: Search, time_left: Callable[[], float], gap: float
    ) -> None:
        self._of, self._gap, self._search, self._time_left = coupled, gap, search, time_left
        self._time = time_left()
        self._bound, self._best = -np.inf, np.inf
        self._values: FloatArray | None = None

    def run(self) -> Solution:
        """Return what was found."""
        begun = time.perf_counter()
        found = relaxed(self._of, begun + PRICES * self._time, self._bounded)
        self._bounded(found.bound)
        if np.isfinite(found.bound):
            self._search_patterns(found, begun)
        return Solution(
            "stopped",
            self._values,
            None if self._values is None else self._best,
            self._bound,
            time.perf_counter() - begun,
        )

    def _search_patterns(self, found: Relaxation, begun: float) -> None:
        """Find an answer among the patterns early.

        Then better patterns, if any, and a better answer until it is good enough or time is up.
        """
        generation = Generation(found)
        choice = self._first(self._settled(generation, found, begun + PLANS * self._time))
        if choice is not None and not generation.is_complete and not self._is_over(*choice):
            other = self._first(
                self._settled(generation, found, begun + FURTHER_PLANS * self._time)
            )
            choice = choice if other is None or other[0].cost(other[1]) > self._best else other
        if choice is None or self._is_over(*choice) or self._values is None:
            return
        self._again(choice[0], self._exchanged(*choice))

    def _settled(self, generation: Generation, found: Relaxation, until: float) -> Settled | None:
        """Take up patterns until none is missing or time is up.

        Every round may give a better bound.
        """
        settled = None
        for _ in range(ROUNDS):
            latest = generation.round(self._at_most(PLANS * self._time), self._stopped)
            settled = latest or settled
            if (
                latest is None
                or self._bounded(found.bound)
                or generation.is_complete
                or time.perf_counter() > until
            ):
                break
        return settled

    def _first(self, settled: Settled | None) -> tuple[Neighbourhood, FloatArray] | None:
        """Choose among the patterns, near to what would be best with fractions allowed.

        None where there is nothing to be had.
        """
        if settled is None:
            return None
        parts, seconds = (
            Neighbourhood(settled),
            self._at_most(min(MOST_ANSWER, ANSWER * self._time)),
        )
        values = parts.first(seconds, self._listen)
        values = parts.everything(seconds, self._listen) if values is None else values
        return None if values is None else (parts, values)

    def _again(self, parts: Neighbourhood, values: FloatArray) -> None:
        """Choose part after part anew, or everything where that is no more than a part."""
        futile = 0
        while futile < FUTILE and not self._is_over(parts, values):
            if parts.is_everything:
                better = parts.everything(self._at_most(self._time), self._listen, values)
                return self._take(parts, values if better is None else better)
            better = parts.again(
                values, self._at_most(min(MOST_PART, PART * self._time)), self._listen
            )
            gained = parts.cost(better) < parts.cost(values) - BETTER
            futile, values = 0 if gained else futile + 1, better
        return self._take(parts, values)

    def _exchanged(self, parts: Neighbourhood, values: FloatArray) -> FloatArray:
        patterns = parts.master
        self._take(parts, values)
        if patterns.patterns * self._of.size > MOST_ENTRIES:
            return values
        return Exchange(patterns).improved(
            values, time.perf_counter() + self._at_most(EXCHANGES * self._time), self._is_stopped
        )

    def _at_most(self, seconds: float) -> float:
        """Return so many seconds, or what is left of the time; none once the search is over."""
        return 0.0 if self._is_stopped() else min(seconds, self._time_left())

    def _is_over(self, parts: Neighbourhood, values: FloatArray) -> bool:
        self._take(parts, values)
        return (
            is_enough(self._best, self._bound, self._gap)
            or not self._time_left()
            or self._is_stopped()
        )

    def _take(self, parts: Neighbourhood, values: FloatArray) -> None:
        """Keep a choice if it is better and, looked at whole, within every limit."""
        whole = parts.master.expanded(values)
        objective = float(self._of.objective @ whole) + self._of.constant
        if objective < self._best - BETTER and self._of.holds(whole):
            self._best, self._values = objective, whole
            self._search.part(-np.inf, objective)

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
        return self._search.is_over
