"""The restricted master: which pattern each job follows, within every coupling row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.coupled import Coupled
from partnerselect.optimiser.decomposition.patterns import columns_of
from partnerselect.optimiser.program import Arrays


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
