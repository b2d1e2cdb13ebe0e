"""The allocation taken apart: its programmes are jobs, their needs tasks, the partners agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from partnerselect import optimiser
from partnerselect.allocation.formulate import Objective
from partnerselect.allocation.problem import Formulation, RowKind
from partnerselect.arrays import FloatArray, IntArray

if TYPE_CHECKING:  # only a large allocation is taken apart
    from partnerselect.optimiser import Arrays, Coupled, Entries

    Rows = tuple[Entries, FloatArray, FloatArray]
    """Coefficients, lower and upper bounds."""

ALONE = frozenset({RowKind.NEED, RowKind.WORKS, RowKind.IDLE, RowKind.TEAM, RowKind.ENGAGES})
"""Rows that every pattern of one programme keeps, and those that `_engaged` writes otherwise."""


def decomposed(f: Formulation, objective: Objective) -> Coupled:
    """Take a formulation apart for what is minimised."""
    whole, floor = f.program.as_arrays(), objective.least_value
    y, x = f.y_table, f.x_table
    entries, lower, upper = _engaged(f, y, x, _coupling_rows(f, whole, floor))
    squares = np.bincount(entries.row, weights=entries.coefficient**2, minlength=len(lower))
    length = np.maximum(np.sqrt(squares), 1e-12)
    needs, stated = _needs(f), list(f.scenario.programmes.values())
    most = [programme.partners.max or len(programme.needs) for programme in stated]
    return optimiser.Coupled(
        whole=whole,
        objective=objective.terms,
        constant=objective.constant,
        floor=floor,
        y=y,
        x=x,
        z=np.array(f.z, dtype=np.intp),
        tasks=needs,
        least=np.array([programme.partners.min for programme in stated]),
        most=np.minimum(np.array(most), (needs != optimiser.NONE).sum(axis=1)),
        entries=optimiser.Entries(
            entries.row, entries.column, entries.coefficient / length[entries.row]
        ),
        lower=lower / length,
        upper=upper / length,
    )


def _coupling_rows(f: Formulation, whole: Arrays, least: tuple[FloatArray, float] | None) -> Rows:
    """Return the rows of more than one programme, and the least value that must be reached.

    Those that say who is engaged are left out.
    """
    blocks = f.program.blocks
    coupled = np.repeat(
        [block.kind not in ALONE for block in blocks],
        [len(block.names) for block in blocks],
    )
    number = np.cumsum(coupled) - 1
    kept = coupled[whole.row_of]
    entries = optimiser.Entries(
        number[whole.row_of[kept]], whole.columns[kept], whole.coefficients[kept]
    )
    lower, upper = whole.row_lower[coupled], whole.row_upper[coupled]
    if least is None:
        return entries, lower, upper
    terms, bound = least
    columns = np.flatnonzero(terms)
    floor = optimiser.Entries(np.full(len(columns), len(lower)), columns, terms[columns])
    return entries.joined(floor), np.append(lower, bound), np.append(upper, np.inf)


def _engaged(f: Formulation, y: IntArray, x: IntArray, rows: Rows) -> Rows:
    """Tie who works to who is engaged.

    A limit on one partner alone, Σ a ≤ b, becomes Σ a − b·u ≤ 0: true of every choice, and stronger
    for prices. For a partner of whom no such limit counts all the work, Σ x − (number of x)·u ≤ 0.
    """
    entries, lower, upper = rows
    partner = np.full(f.program.size, optimiser.NONE, dtype=np.intp)
    for columns in (y, x):
        partner[columns[columns != optimiser.NONE]] = np.nonzero(columns != optimiser.NONE)[1]
    of_one, counted = _limits_of_one_partner(entries, (lower, upper), partner, y)
    u = f.u_table
    alone = np.flatnonzero(of_one != optimiser.NONE)
    entries = entries.joined(optimiser.Entries(alone, u[of_one[alone]], -upper[alone]))
    upper = np.where(of_one != optimiser.NONE, 0.0, upper)
    for k in (k for k in f.engaged.tolist() if k not in counted):
        works = x[x[:, k] != optimiser.NONE, k]
        added = optimiser.Entries(
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
    """Return the partner of every row that caps the work of one alone, else -1.

    And the partners of whom such a row counts every need.
    """
    lower, upper = bounds
    size = len(lower)
    first, last = np.full(size, y.shape[1]), np.full(size, optimiser.NONE)
    np.minimum.at(first, entries.row, partner[entries.column])
    np.maximum.at(last, entries.row, partner[entries.column])
    negative = np.bincount(entries.row, weights=entries.coefficient < 0, minlength=size) > 0
    caps = (
        (first == last)
        & (last != optimiser.NONE)
        & ~negative
        & np.isfinite(upper)
        & (upper > 0)
        & ~np.isfinite(lower)
    )
    of_one = np.where(caps, last, optimiser.NONE)
    is_need = np.zeros(len(partner), dtype=bool)
    is_need[y[y != optimiser.NONE]] = True
    positive = is_need[entries.column] & (entries.coefficient > 0)
    counts = np.bincount(entries.row[positive], minlength=size)
    needs = (y != optimiser.NONE).sum(axis=0)
    return of_one, {
        int(of_one[row]) for row in np.flatnonzero(caps) if counts[row] == needs[of_one[row]]
    }


def _needs(f: Formulation) -> IntArray:
    count = np.bincount(f.work.programme_of, minlength=len(f.z))
    needs = np.full((len(f.z), int(count.max())), optimiser.NONE, dtype=np.intp)
    for p in range(len(f.z)):
        needs[p, : count[p]] = np.flatnonzero(f.work.programme_of == p)
    return needs
