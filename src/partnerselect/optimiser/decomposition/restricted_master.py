"""The restricted master: which pattern each job follows, within every coupling row.

With fractions allowed it is given patterns until none makes it better. Source: column generation,
Gilmore & Gomory (1961), Operations Research 9(6); prices between the best so far and the latest:
Wentges (1997), International Transactions in Operational Research 4(2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.coupled import Coupled
from partnerselect.optimiser.decomposition.lagrangian import Relaxation
from partnerselect.optimiser.decomposition.patterns import columns_of
from partnerselect.optimiser.model import Model
from partnerselect.optimiser.program import Arrays
from partnerselect.optimiser.solver_thread import Listener


@dataclass(frozen=True)
class Master:
    """A programme whose first columns are patterns; the last are those no job decides alone."""

    of: Coupled
    job: IntArray
    """(patterns,): whose pattern it is."""
    agents: IntArray
    """(patterns, J): who does each task."""
    arrays: Arrays
    objective: FloatArray

    @property
    def patterns(self) -> int:
        """The number of patterns."""
        return len(self.job)

    def expanded(self, values: FloatArray) -> FloatArray:
        """Return a choice of patterns as values of the columns of the whole."""
        patterns = np.flatnonzero(values[: self.patterns] > 0.5)  # noqa: PLR2004 - whole or not
        whole = np.zeros(self.of.whole.size)
        whole[columns_of(self.of, self.job[patterns], self.agents[patterns])[1]] = 1.0
        others = values[self.patterns :]
        whole[self.of.other] = np.where(
            self.of.whole.integer[self.of.other], np.round(others), others
        )
        return whole


def master(of: Coupled, job: IntArray, agents: IntArray) -> Master:
    """Write the choice among patterns: what it finds keeps every row of the whole.

    Args:
        of: the allocation taken apart.
        job: (patterns,), whose pattern it is.
        agents: (patterns, J), who does each task.
    """
    patterns, others = len(job), len(of.other)
    pattern, column = columns_of(of, job, agents)
    owner = np.append(pattern, patterns + np.arange(others))
    column = np.append(column, of.other)
    row, column_of_master, coefficient = _entries(of, owner, column)
    jobs = len(of.z)
    row, column_of_master = (
        np.append(row, of.size + job),
        np.append(column_of_master, np.arange(patterns)),
    )
    coefficient = np.append(coefficient, np.ones(patterns))
    whole = of.whole
    arrays = _by_rows(
        (row, column_of_master, coefficient),
        (
            np.append(np.zeros(patterns), whole.lower[of.other]),
            np.append(np.ones(patterns), whole.upper[of.other]),
        ),
        np.append(np.ones(patterns, dtype=bool), whole.integer[of.other]),
        (np.append(of.lower, of.mandatory.astype(float)), np.append(of.upper, np.ones(jobs))),
    )
    objective = np.bincount(
        owner, weights=of.objective[column], minlength=patterns + others
    ).astype(float)
    return Master(of, job, agents, arrays, objective)


Triples = tuple[IntArray, IntArray, FloatArray]
Bounds = tuple[FloatArray, FloatArray]


def _entries(of: Coupled, owner: IntArray, column: IntArray) -> Triples:
    """Return the coefficients of the coupling rows for sums of columns, named by owner."""
    entries, length = of.entries_of(column)
    return entries.row, np.repeat(owner, length), entries.coefficient


def _by_rows(triples: Triples, columns: Bounds, integer: BoolArray, rows: Bounds) -> Arrays:
    """Add up what falls on the same place, and order it by rows."""
    row, column, coefficient = triples
    count = len(integer)
    place, which = np.unique(row * count + column, return_inverse=True)
    starts = np.searchsorted(place // count, np.arange(len(rows[0]) + 1))
    summed = np.bincount(which, weights=coefficient, minlength=len(place)).astype(float)
    return Arrays(*columns, integer, *rows, starts, place % count, summed)


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
