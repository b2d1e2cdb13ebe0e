"""The allocation taken apart: what each programme decides alone, and the rows that couple the programmes.

A row of one programme alone (one partner a need, who works there, how many may) is kept by every plan of that programme. All
other rows, whatever feature of the format they come from, are kept here as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from partnerselect.allocation.problem import BoolArray, FloatArray, Formulation, IntArray, RowKind
from partnerselect.optimiser import Arrays

ALONE = frozenset({RowKind.NEED, RowKind.WORKS, RowKind.IDLE, RowKind.TEAM, RowKind.ENGAGES})
"""Rows that every plan of one programme keeps, and those that `_engaged` writes otherwise."""
NONE = -1
"""No such column."""


@dataclass(frozen=True)
class Entries:
    """A sparse matrix as triples."""

    row: IntArray
    column: IntArray
    coefficient: FloatArray

    def chosen(self, kept: BoolArray | IntArray) -> Entries:
        """Return some of the triples, or all in another order."""
        return Entries(self.row[kept], self.column[kept], self.coefficient[kept])

    def joined(self, other: Entries) -> Entries:
        """Return the triples of both."""
        return Entries(
            np.append(self.row, other.row),
            np.append(self.column, other.column),
            np.append(self.coefficient, other.coefficient),
        )


@dataclass(frozen=True)
class Coupling:
    """What is minimised, the rows that couple the programmes, and the columns each programme decides over."""

    whole: Arrays
    objective: FloatArray
    """(columns,): minimised."""
    y: IntArray
    """(N, K): the column that says k delivers the need; -1 where it may not."""
    x: IntArray
    """(P, K): k works on the programme; -1 where it cannot."""
    z: IntArray
    """(P,): the programme runs."""
    needs: IntArray
    """(P, J): the needs of every programme, padded with -1."""
    least: IntArray
    most: IntArray
    """(P,): partners a programme may have."""
    entries: Entries
    """Of the coupling rows, each scaled to length 1."""
    lower: FloatArray
    upper: FloatArray
    """(rows,)."""

    @cached_property
    def other(self) -> IntArray:
        """Columns that no programme decides alone: who is engaged, days bought, methods in use."""
        owned = np.zeros(self.whole.size, dtype=bool)
        for columns in (self.y, self.x, self.z):
            owned[columns[columns != NONE]] = True
        return np.flatnonzero(~owned)

    @cached_property
    def mandatory(self) -> BoolArray:
        """(P,): programmes that must run."""
        return np.asarray(self.whole.lower[self.z] > 0)

    @cached_property
    def dearest(self) -> float:
        """No choice costs more; a bound above it says that there is none."""
        costs = np.flatnonzero(self.objective)
        return float(
            np.maximum(
                self.objective[costs] * self.whole.lower[costs],
                self.objective[costs] * self.whole.upper[costs],
            ).sum()
        )

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.lower)

    @cached_property
    def by_column(self) -> tuple[Entries, IntArray]:
        """The entries in order of their columns, and where each column begins; (columns + 1,)."""
        order = np.argsort(self.entries.column, kind="stable")
        return self.entries.chosen(order), np.searchsorted(
            self.entries.column[order], np.arange(self.whole.size + 1)
        )

    @cached_property
    def places(self) -> tuple[IntArray, IntArray]:
        """Where the cost of each need with each partner stands, (P, J, K), and of each partner's work, (P, K).

        Among the costs of the columns followed by inf, for what may not be, and by 0, beyond a programme's needs.
        """
        never, nothing = self.whole.size, self.whole.size + 1
        y = np.where(self.y == NONE, never, self.y)[self.needs]
        return np.where((self.needs == NONE)[:, :, None], nothing, y), np.where(
            self.x == NONE, never, self.x
        )

    def entries_of(self, columns: IntArray) -> tuple[Entries, IntArray]:
        """Return the entries of columns, one column after the other, and how many each has."""
        entries, begins = self.by_column
        length = begins[columns + 1] - begins[columns]
        place = np.repeat(
            begins[columns] - np.append(0, np.cumsum(length)[:-1]), length
        ) + np.arange(int(length.sum()))
        return entries.chosen(place), length

    def use(self, columns: IntArray, values: FloatArray) -> FloatArray:
        """Return what every row comes to with these columns at these values and all others 0.

        (rows,).
        """
        entries, length = self.entries_of(columns)
        return np.bincount(
            entries.row,
            weights=entries.coefficient * np.repeat(values, length),
            minlength=self.size,
        ).astype(float)

    def priced(self, prices: FloatArray) -> FloatArray:
        """Return what every column costs once each row is paid for.

        Prices (rows,) to (columns,).
        """
        paid = np.bincount(
            self.entries.column,
            weights=self.entries.coefficient * prices[self.entries.row],
            minlength=self.whole.size,
        )
        return self.objective + paid

    def allowance(self, prices: FloatArray) -> float:
        """Return what the bounds of the rows are worth at these prices."""
        bound = np.where(prices > 0, self.upper, np.where(prices < 0, self.lower, 0.0))
        return float(prices @ bound)

    def allowed(self, prices: FloatArray) -> FloatArray:
        """Return prices without those that a row cannot have: above 0 only with an upper bound, below 0 only with a lower."""
        above = np.where(np.isfinite(self.upper), prices, np.minimum(prices, 0.0))
        return np.where(np.isfinite(self.lower), above, np.maximum(above, 0.0))

    def excess(self, use: FloatArray, prices: FloatArray) -> FloatArray:
        """Return by how much every row is broken, or below what is paid for; each (rows,)."""
        broken = np.maximum(use - self.upper, 0.0) + np.minimum(use - self.lower, 0.0)
        slack = np.where(
            prices > 0,
            np.minimum(use - self.upper, 0.0),
            np.where(prices < 0, np.maximum(use - self.lower, 0.0), 0.0),
        )
        return np.asarray(broken + slack)


def coupling(
    f: Formulation, objective: FloatArray, least: tuple[FloatArray, float] | None = None
) -> Coupling:
    """Take a formulation apart.

    Args:
        f: columns and rows.
        objective: (columns,), minimised.
        least: a further row over the columns and its lower bound: the value that must be reached.
    """
    whole = f.program.as_arrays()
    y, x = f.y_table, f.x_table
    entries, lower, upper = _coupling_rows(f, whole, least)
    entries, lower, upper = _engaged(f, y, x, (entries, lower, upper))
    length = np.maximum(
        np.sqrt(np.bincount(entries.row, weights=entries.coefficient**2, minlength=len(lower))),
        1e-12,
    )
    scaled = Entries(entries.row, entries.column, entries.coefficient / length[entries.row])
    needs = _needs(f)
    stated = list(f.scenario.programmes.values())
    fewest, most = (
        [programme.partners.min for programme in stated],
        [programme.partners.max or len(programme.needs) for programme in stated],
    )
    counts = (np.array(fewest), np.minimum(np.array(most), (needs != NONE).sum(axis=1)))
    return Coupling(
        whole,
        objective,
        y,
        x,
        np.array(f.z, dtype=np.intp),
        needs,
        *counts,
        scaled,
        lower / length,
        upper / length,
    )


Rows = tuple[Entries, FloatArray, FloatArray]
"""Coefficients, lower and upper bounds."""


def _coupling_rows(f: Formulation, whole: Arrays, least: tuple[FloatArray, float] | None) -> Rows:
    """Return the rows of more than one programme, those that say who is engaged left out, and the least value that must be reached."""
    blocks = f.program.blocks
    coupled = np.repeat(
        [block.kind not in ALONE for block in blocks],
        [len(block.names) for block in blocks],
    )
    number = np.cumsum(coupled) - 1
    kept = coupled[whole.row_of]
    entries = Entries(number[whole.row_of[kept]], whole.columns[kept], whole.coefficients[kept])
    lower, upper = whole.row_lower[coupled], whole.row_upper[coupled]
    if least is None:
        return entries, lower, upper
    terms, bound = least
    columns = np.flatnonzero(terms)
    floor = Entries(np.full(len(columns), len(lower)), columns, terms[columns])
    return entries.joined(floor), np.append(lower, bound), np.append(upper, np.inf)


def _engaged(f: Formulation, y: IntArray, x: IntArray, rows: Rows) -> Rows:
    """Tie who works to who is engaged.

    A limit on one partner alone, Σ a ≤ b, becomes Σ a − b·u ≤ 0: true of every choice, and stronger
    for prices. For a partner of whom no such limit counts all the work, Σ x − (number of x)·u ≤ 0.
    """
    entries, lower, upper = rows
    partner = np.full(f.program.size, NONE, dtype=np.intp)
    for columns in (y, x):
        partner[columns[columns != NONE]] = np.nonzero(columns != NONE)[1]
    of_one, counted = _limits_of_one_partner(entries, (lower, upper), partner, y)
    u = f.u_table
    alone = np.flatnonzero(of_one != NONE)
    entries = entries.joined(Entries(alone, u[of_one[alone]], -upper[alone]))
    upper = np.where(of_one != NONE, 0.0, upper)
    for k in (k for k in f.engaged.tolist() if k not in counted):
        works = x[x[:, k] != NONE, k]
        added = Entries(
            np.full(len(works) + 1, len(lower)),
            np.append(works, u[k]),
            np.append(np.ones(len(works)), -float(len(works))),
        )
        entries, lower, upper = (
            entries.joined(added),
            np.append(lower, -np.inf),
            np.append(upper, 0.0),
        )
    return entries, lower, upper


def _limits_of_one_partner(
    entries: Entries, bounds: tuple[FloatArray, FloatArray], partner: IntArray, y: IntArray
) -> tuple[IntArray, set[int]]:
    """Return the partner of every row that caps the work of one alone (else -1), and the partners of whom such a row counts every need."""
    lower, upper = bounds
    size = len(lower)
    first, last = np.full(size, y.shape[1]), np.full(size, NONE)
    np.minimum.at(first, entries.row, partner[entries.column])
    np.maximum.at(last, entries.row, partner[entries.column])
    negative = np.bincount(entries.row, weights=entries.coefficient < 0, minlength=size) > 0
    caps = (
        (first == last)
        & (last != NONE)
        & ~negative
        & np.isfinite(upper)
        & (upper > 0)
        & ~np.isfinite(lower)
    )
    of_one = np.where(caps, last, NONE)
    is_need = np.zeros(len(partner), dtype=bool)
    is_need[y[y != NONE]] = True
    positive = is_need[entries.column] & (entries.coefficient > 0)
    counts = np.bincount(entries.row[positive], minlength=size)
    needs = (y != NONE).sum(axis=0)
    return of_one, {
        int(of_one[row]) for row in np.flatnonzero(caps) if counts[row] == needs[of_one[row]]
    }


def _needs(f: Formulation) -> IntArray:
    count = np.bincount(f.work.programme_of, minlength=len(f.z))
    needs: NDArray[np.intp] = np.full((len(f.z), int(count.max())), NONE, dtype=np.intp)
    for p in range(len(f.z)):
        needs[p, : count[p]] = np.flatnonzero(f.work.programme_of == p)
    return needs
