"""The programme over plans: which plan each programme follows, every row that couples them kept as it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.allocation.early.coupling import Coupling
from partnerselect.allocation.early.plans import columns_of
from partnerselect.allocation.problem import BoolArray, FloatArray, IntArray
from partnerselect.optimiser import Arrays


@dataclass(frozen=True)
class Master:
    """A programme whose first columns are plans and whose last are the columns no programme decides alone."""

    of: Coupling
    programme: IntArray
    """(plans,): whose plan it is."""
    partners: IntArray
    """(plans, J): who does each need."""
    arrays: Arrays
    objective: FloatArray

    @property
    def plans(self) -> int:
        """The number of plans."""
        return len(self.programme)

    def expanded(self, values: FloatArray) -> FloatArray:
        """Return a choice of plans as values of the columns of the whole."""
        plans = np.flatnonzero(values[: self.plans] > 0.5)  # noqa: PLR2004 - whole or not
        whole = np.zeros(self.of.whole.size)
        whole[columns_of(self.of, self.programme[plans], self.partners[plans])[1]] = 1.0
        others = values[self.plans :]
        whole[self.of.other] = np.where(
            self.of.whole.integer[self.of.other], np.round(others), others
        )
        return whole


def master(of: Coupling, programme: IntArray, partners: IntArray) -> Master:
    """Write the choice among plans: a restriction of the whole, so that what it finds is a choice within every limit.

    Args:
        of: the allocation taken apart.
        programme: (plans,), whose plan it is.
        partners: (plans, J), who does each need.
    """
    plans, others = len(programme), len(of.other)
    plan, column = columns_of(of, programme, partners)
    owner = np.append(plan, plans + np.arange(others))
    column = np.append(column, of.other)
    row, column_of_master, coefficient = _entries(of, owner, column)
    programmes = len(of.z)
    row, column_of_master = (
        np.append(row, of.size + programme),
        np.append(column_of_master, np.arange(plans)),
    )
    coefficient = np.append(coefficient, np.ones(plans))
    whole = of.whole
    arrays = _by_rows(
        (row, column_of_master, coefficient),
        (
            np.append(np.zeros(plans), whole.lower[of.other]),
            np.append(np.ones(plans), whole.upper[of.other]),
        ),
        np.append(np.ones(plans, dtype=bool), whole.integer[of.other]),
        (np.append(of.lower, of.mandatory.astype(float)), np.append(of.upper, np.ones(programmes))),
    )
    objective = np.bincount(owner, weights=of.objective[column], minlength=plans + others).astype(
        float
    )
    return Master(of, programme, partners, arrays, objective)


Triples = tuple[IntArray, IntArray, FloatArray]
Bounds = tuple[FloatArray, FloatArray]


def _entries(of: Coupling, owner: IntArray, column: IntArray) -> Triples:
    """Return the coefficients of the coupling rows for sums of columns: owner and column name each column in each sum."""
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
