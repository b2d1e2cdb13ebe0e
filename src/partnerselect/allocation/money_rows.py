"""What payers pay, as columns and coefficients."""

from __future__ import annotations

import numpy as np

from partnerselect.allocation.problem import Family, Formulation, Term, TermArrays
from partnerselect.arrays import IntArray
from partnerselect.optimiser import Block, Names
from partnerselect.value import US


def money_terms(f: Formulation, payer: str | None, t: int | None = None) -> TermArrays:
    """Return what a payer pays, in a phase or over the horizon, as columns and coefficients.

    Of no payer, all that partners cost.
    """
    work, shares = f.work, np.array(_shares(f, payer))
    (n, k), (p, works) = f.y_pairs, f.x_pairs
    prices = work.per_day[work.programme_of[n], k]
    by_day = shares[k] * prices * work.days[n, k] * (1.0 if t is None else work.spread[n, t])
    here = 1.0 if t is None else work.first_phase[p] == t
    by_programme = shares[works] * work.per_programme[p, works] * here
    paid_once = [
        (k, shares[k] * work.once[k]) for k in f.engaged.tolist() if shares[k] * work.once[k]
    ]
    once = [
        (f.u_table[k] if t is None else _first_phase_columns(f, k)[t], amount)
        for k, amount in paid_once
    ]
    rest, amounts = np.array([*once, *(_own(f, t) if payer == US else [])]).reshape(-1, 2).T
    columns = np.concatenate([f.y_table[n, k], f.x_table[p, works], rest.astype(np.intp)])
    costs = np.concatenate([by_day, by_programme, amounts])
    return columns[costs != 0], costs[costs != 0]


def _own(f: Formulation, t: int | None) -> list[Term]:
    """Return what nobody but us pays: days bought, and changes."""
    stated, backfill = list(f.scenario.programmes.values()), f.scenario.limits.backfill
    price = backfill.per_day if backfill is not None else 0.0
    return [
        *((h, price) for s, h in enumerate(f.h) if t is None or s == t),
        *(
            (c, change.cost)
            for p, c in f.c.items()
            if (change := stated[p].change) and (t is None or f.work.first_phase[p] == t)
        ),
    ]


def _shares(f: Formulation, payer: str | None) -> list[float]:
    """Return what part of every partner's prices a payer pays; length K."""
    work = f.work
    if payer is None:
        return [1.0] * len(work.partners)
    return [
        float(
            work.own_share[k]
            if payer == US
            else (1 - work.own_share[k]) * (work.payers[k] == payer)
        )
        for k in range(len(work.partners))
    ]


def _first_phase_columns(f: Formulation, k: int) -> list[int]:
    """Return columns f[t], one of which is 1 where k is engaged: its first working phase.

    Its price paid once falls there: Σ f = u; Σ_{s ≤ t} f[s] ≥ y for work that starts in t;
    f[t] ≤ Σ y that starts in t.
    """
    if k in f.first:
        return f.first[k]
    columns = f.first[k] = [f.program.column(f"f{k}_{t}") for t in range(len(f.work.phases))]
    terms = [*((column, 1.0) for column in columns), (int(f.u_table[k]), -1.0)]
    f.program.row(Family.ASSIGNMENT, f"first{k}", terms, lower=0.0, upper=0.0)
    n = np.flatnonzero(f.y_table[:, k] >= 0)
    y, starts = f.y_table[n, k], f.work.need_starts[n]
    _begin_no_later(f, k, n, columns)
    for t, column in enumerate(columns):
        terms = [(column, 1.0), *((int(work), -1.0) for work in y[starts == t])]
        f.program.row(Family.ASSIGNMENT, f"first{k}_{t}", terms, upper=0.0)
    return columns


def _begin_no_later(f: Formulation, k: int, n: IntArray, columns: list[int]) -> None:
    """Let a partner's first phase be no later than the start of any need that it delivers."""
    y, starts = f.y_table[n, k], f.work.need_starts[n]
    own = np.ones((len(n), 1), dtype=bool)
    named = np.concatenate([np.arange(len(columns)) <= starts[:, None], own], axis=1)
    terms = np.concatenate([np.tile(columns, (len(n), 1)), y[:, None]], axis=1)[named]
    signs = np.concatenate([np.ones((len(n), len(columns))), -own.astype(float)], axis=1)[named]
    begins = np.append(0, np.cumsum(named.sum(axis=1)))
    names = Names(("starts",), (n, np.full(len(n), k)))
    f.program.block(Block(Family.ASSIGNMENT, names, begins, terms, signs, 0.0, np.inf))
