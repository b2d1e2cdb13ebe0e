"""What payers pay, as columns and coefficients."""

from __future__ import annotations

import numpy as np

from partnerselect.allocation.problem import Family, Formulation, Term, TermArrays
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.model import FUND, PaidFor
from partnerselect.optimiser import Block, Names
from partnerselect.value import US


def money_terms(f: Formulation, payer: str | None, t: int | None = None) -> TermArrays:
    """Return what a payer pays, in a phase or over the horizon, as columns and coefficients.

    Of no payer, all that partners cost.
    """
    return _charged(f, _shares(f, payer), t, _beside(f, payer, t))


def _charged(f: Formulation, shares: FloatArray, t: int | None, beside: list[Term]) -> TermArrays:
    """Return a share of every partner's prices, (K,), and what comes beside."""
    work = f.work
    (n, k), (p, works) = f.y_pairs, f.x_pairs
    prices = work.rates[PaidFor.DAY][work.programme_of[n], k]
    by_day = shares[k] * prices * work.days[n, k] * (1.0 if t is None else work.spread[n, t])
    here = 1.0 if t is None else work.first_phase[p] == t
    by_programme = shares[works] * work.rates[PaidFor.PROGRAMME][p, works] * here
    for_partner = shares * work.rates[PaidFor.PARTNER][0]
    paid_once = [(k, for_partner[k]) for k in f.engaged.tolist() if for_partner[k]]
    once = [
        (f.u_table[k] if t is None else _first_phase_columns(f, k)[t], amount)
        for k, amount in paid_once
    ]
    rest, amounts = np.array([*once, *beside]).reshape(-1, 2).T
    columns = np.concatenate([f.y_table[n, k], f.x_table[p, works], rest.astype(np.intp)])
    costs = np.concatenate([by_day, by_programme, amounts])
    return columns[costs != 0], costs[costs != 0]


def write_top_ups(f: Formulation) -> None:
    """Add what funds cannot meet and we pay: no more than is asked for those of whom we say so."""
    for number, stated in enumerate(FUND.stated_in(f.scenario)):
        asked = _shares(f, stated.subject) * f.work.topped_up
        if not asked.any() or not any(stated.caps):
            continue
        by_phase = any(isinstance(one, dict) for one in (stated.limit, f.scenario.limits.budget))
        most = float(_charged(f, asked, None, [])[1].sum())
        f.top_ups[stated.subject] = columns = {}
        for t in range(len(f.work.phases)) if by_phase else [None]:
            name = f"r{number}" if t is None else f"r{number}_{t}"
            columns[t] = f.program.column(name, upper=most, integer=False)
            terms = [
                (columns[t], 1.0),
                *((c, -a) for c, a in asked_terms(f, stated.subject, t, topped_up=True)),
            ]
            f.program.row(Family.ASSIGNMENT, f"topup{name[1:]}", terms, upper=0.0)


def asked_terms(f: Formulation, payer: str, t: int | None, *, topped_up: bool) -> list[Term]:
    """Return what is asked of a payer for those whom we top up, or for all others."""
    shares = _shares(f, payer) * (f.work.topped_up == topped_up)
    columns, amounts = _charged(f, shares, t, [])
    return list(zip(columns.tolist(), amounts.tolist(), strict=True))


def _beside(f: Formulation, payer: str | None, t: int | None) -> list[Term]:
    """Return what a payer pays beside prices; what it does not pay of them is negative."""
    topped = f.top_ups.items() if payer == US else [(payer, f.top_ups.get(payer or "", {}))]
    sign = 1.0 if payer == US else -1.0
    ours = _own(f, t) if payer == US else []
    rest = [
        (column, sign)
        for _, columns in topped
        for s, column in columns.items()
        if t is None or s == t
    ]
    return [*ours, *rest]


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


def _shares(f: Formulation, payer: str | None) -> FloatArray:
    """Return what part of every partner's prices a payer pays; shape (K,)."""
    work = f.work
    if payer is None:
        return np.ones(len(work.partners))
    if payer == US:
        return work.own_share
    return np.asarray((1 - work.own_share) * (np.array(work.payers) == payer))


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
