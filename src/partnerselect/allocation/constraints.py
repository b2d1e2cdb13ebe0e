"""The limits and rules of the allocation, one function per family."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from partnerselect.allocation.problem import (
    Bounds,
    Family,
    Formulation,
    RowKind,
    Term,
    TermArrays,
    Terms,
    at_least,
    internal_days_by_phase,
    up_to,
)
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import Loc
from partnerselect.model.limits import Limit, by_phase_of, total_of
from partnerselect.model.rules import Apart, Before, Require, Rule, Together
from partnerselect.optimiser import Block, Names
from partnerselect.value.money import US

FEW_DAYS, MANY_DAYS = 1e-3, 1e6
RuleRow = tuple[list[Term], Bounds]
INTERNAL_DAYS_LOC: Loc = ("limits", "internal-days")
REMOVABLE = (
    Family.CAPACITY,
    Family.BUDGET,
    Family.FUNDS,
    Family.INTERNAL_DAYS,
    Family.COUNTS,
    Family.METHODS,
    Family.RULES,
)
"""Families in the order in which they are named as the reason why a partner was not chosen."""


def capped(
    f: Formulation,
    family: Family,
    name: str,
    loc: Loc,
    limit: Limit | None,
    terms: Callable[[int | None], Terms],
) -> None:
    """Add the rows of a limit: one over the horizon, or one for every phase that has a cap.

    `terms` gives the use in a phase (None: in all).
    """
    total = total_of(limit)
    if total is not None:
        f.limit(family, name, loc, terms(None), up_to(total))
    for phase, cap in by_phase_of(limit).items():
        t = f.work.phases.index(phase)
        f.limit(family, f"{name}_{t}", (*loc, phase), terms(t), up_to(cap))


def capacity(f: Formulation) -> None:
    """Keep every partner's days within its capacity."""
    for k, (name, partner) in enumerate(f.scenario.partners.items()):
        if partner.capacity is not None:
            capped(
                f,
                Family.CAPACITY,
                f"capacity{k}",
                ("partners", name, "capacity"),
                partner.capacity,
                lambda t, k=k: _days(f, k, t),  # type: ignore[misc]
            )


def _days(f: Formulation, k: int, t: int | None) -> TermArrays:
    n = np.flatnonzero(f.y_table[:, k] >= 0)
    days = f.work.days[n, k] * (1.0 if t is None else f.work.spread[n, t])
    return f.y_table[n, k][days != 0], days[days != 0]


def internal_days(f: Formulation) -> None:
    """Keep the internal team's days within what is protected and what is bought: Σ internal ≤ team + h, Σ h ≤ max-days."""
    limits = f.scenario.limits
    if limits.internal_days is None:
        return
    backfill, most = (
        limits.backfill,
        float(sum(programme.internal_days for programme in f.scenario.programmes.values())),
    )
    if backfill is not None:
        f.h = [
            f.program.column(f"h{t}", upper=most, integer=False) for t in range(len(f.work.phases))
        ]
        if backfill.max_days is not None:
            f.limit(
                Family.INTERNAL_DAYS,
                "backfill",
                ("limits", "backfill", "max-days"),
                [(column, 1.0) for column in f.h],
                up_to(backfill.max_days),
            )
    capped(
        f,
        Family.INTERNAL_DAYS,
        "internal",
        INTERNAL_DAYS_LOC,
        limits.internal_days,
        lambda t: _internal(f, t),
    )
    if f.h and total_of(limits.internal_days) is not None and isinstance(limits.budget, dict):
        _buy_when_used_up(f, float(total_of(limits.internal_days) or 0.0), most)


def _internal(f: Formulation, t: int | None) -> list[Term]:
    return [*_used(f, t), *((column, -1.0) for s, column in enumerate(f.h) if t is None or s == t)]


def _used(f: Formulation, t: int | None) -> list[Term]:
    """Return the internal days that running programmes take in a phase, or over the horizon for None."""
    by_phase = internal_days_by_phase(f.scenario, f.work)
    days = (
        [programme.internal_days for programme in f.scenario.programmes.values()]
        if t is None
        else by_phase[:, t].tolist()
    )
    return [(f.z[p], amount) for p, amount in enumerate(days) if amount]


def _buy_when_used_up(f: Formulation, team: float, most: float) -> None:
    """With one total for the horizon and a budget by phase: days are bought once the team's are used up, no earlier.

    Σ_{s ≤ t} h = max(0, Σ_{s ≤ t} use − team), with a binary that tells whether they are used up by t.
    """
    for t in range(len(f.h)):
        over = f.program.column(f"o{t}")
        bought = [(column, 1.0) for column in f.h[: t + 1]]
        used = [(column, -days) for s in range(t + 1) for column, days in _used(f, s)]
        f.limit(
            Family.INTERNAL_DAYS, f"soon{t}", INTERNAL_DAYS_LOC, [*bought, *used], at_least(-team)
        )
        f.limit(
            Family.INTERNAL_DAYS,
            f"late{t}",
            INTERNAL_DAYS_LOC,
            [*bought, *used, (over, team + most)],
            up_to(most),
        )
        f.limit(
            Family.INTERNAL_DAYS,
            f"unused{t}",
            INTERNAL_DAYS_LOC,
            [*bought, (over, -most)],
            up_to(0.0),
        )


def money(f: Formulation) -> None:
    """Keep every payer within its money; the excess of a fund never spills to the trust."""
    limits = f.scenario.limits
    capped(
        f,
        Family.BUDGET,
        "budget",
        ("limits", "budget"),
        limits.budget,
        lambda t: money_terms(f, US, t),
    )
    for i, (payer, fund) in enumerate(limits.funds.items()):
        capped(
            f,
            Family.FUNDS,
            f"fund{i}",
            ("limits", "funds", payer),
            fund,
            lambda t, payer=payer: money_terms(f, payer, t),  # type: ignore[misc]
        )


def money_terms(f: Formulation, payer: str, t: int | None = None) -> TermArrays:
    """Return what a payer pays, in a phase or over the horizon, as columns and coefficients."""
    work, shares = f.work, np.array(_shares(f, payer))
    (n, k), (p, works) = f.y_pairs, f.x_pairs
    by_day = (
        shares[k] * work.per_day[k] * work.days[n, k] * (1.0 if t is None else work.spread[n, t])
    )
    by_programme = (
        shares[works] * work.per_programme[works] * (1.0 if t is None else work.first_phase[p] == t)
    )
    paid_once = [
        (k, shares[k] * work.once[k]) for k in f.engaged.tolist() if shares[k] * work.once[k]
    ]
    once = [
        (f.u_table[k] if t is None else _first_phase_columns(f, k)[t], amount)
        for k, amount in paid_once
    ]
    backfill = f.scenario.limits.backfill
    bought = (
        [(column, backfill.per_day) for s, column in enumerate(f.h) if t is None or s == t]
        if payer == US and backfill is not None
        else []
    )
    rest, amounts = np.array([*once, *bought]).reshape(-1, 2).T
    columns = np.concatenate([f.y_table[n, k], f.x_table[p, works], rest.astype(np.intp)])
    costs = np.concatenate([by_day, by_programme, amounts])
    return columns[costs != 0], costs[costs != 0]


def _shares(f: Formulation, payer: str) -> list[float]:
    """Return what part of every partner's prices a payer pays; length K."""
    work = f.work
    return [
        float(
            work.own_share[k]
            if payer == US
            else (1 - work.own_share[k]) * (work.payers[k] == payer)
        )
        for k in range(len(work.partners))
    ]


def _first_phase_columns(f: Formulation, k: int) -> list[int]:
    """Return columns f[t], one of which is 1 where k is engaged: its first working phase, in which its price paid once falls.

    Σ f = u; Σ_{s ≤ t} f[s] ≥ y for work that starts in t; f[t] ≤ Σ y that starts in t.
    """
    if k in f.first:
        return f.first[k]
    columns = f.first[k] = [f.program.column(f"f{k}_{t}") for t in range(len(f.work.phases))]
    f.program.row(
        Family.ASSIGNMENT,
        f"first{k}",
        [*((column, 1.0) for column in columns), (int(f.u_table[k]), -1.0)],
        lower=0.0,
        upper=0.0,
    )
    n = np.flatnonzero(f.y_table[:, k] >= 0)
    y, starts = f.y_table[n, k], f.work.need_starts[n]
    named = np.concatenate(
        [np.arange(len(columns)) <= starts[:, None], np.ones((len(n), 1), dtype=bool)], axis=1
    )
    terms = np.concatenate([np.tile(columns, (len(n), 1)), y[:, None]], axis=1)[named]
    signs = np.concatenate([np.ones((len(n), len(columns))), np.full((len(n), 1), -1.0)], axis=1)[
        named
    ]
    names = Names(("starts",), (n, np.full(len(n), k)))
    f.program.block(
        Block(
            Family.ASSIGNMENT,
            names,
            np.append(0, np.cumsum(named.sum(axis=1))),
            terms,
            signs,
            0.0,
            np.inf,
        )
    )
    for t, column in enumerate(columns):
        f.program.row(
            Family.ASSIGNMENT,
            f"first{k}_{t}",
            [(column, 1.0), *((int(work), -1.0) for work in y[starts == t])],
            upper=0.0,
        )
    return columns


def counts(f: Formulation) -> None:
    """Keep the numbers of partners: a programme's minimum and maximum, the portfolio's, and programmes per partner."""
    for p, (name, programme) in enumerate(f.scenario.programmes.items()):
        working = f.x_of_programme(p)
        loc, least, most = (
            ("programmes", name, "partners"),
            programme.partners.min,
            programme.partners.max,
        )
        if least > 1:
            f.limit(
                Family.COUNTS,
                f"atleast{p}",
                (*loc, "min"),
                (np.append(working, f.z[p]), np.append(np.ones(len(working)), -float(least))),
                at_least(0.0),
                RowKind.TEAM,
            )
        if most is not None and most < len(programme.needs):
            f.limit(
                Family.COUNTS,
                f"atmost{p}",
                (*loc, "max"),
                _sum(working),
                up_to(float(most)),
                RowKind.TEAM,
            )
    limits = f.scenario.limits
    if limits.partners is not None:
        f.limit(
            Family.COUNTS,
            "partners",
            ("limits", "partners", "max"),
            _sum(f.u_table[f.engaged]),
            up_to(float(limits.partners.max)),
        )
    if limits.programmes_per_partner is not None:
        for k in f.engaged.tolist():
            terms = _sum(f.x_of_partner(k))
            f.limit(
                Family.COUNTS,
                f"programmes{k}",
                ("limits", "programmes-per-partner"),
                terms,
                up_to(float(limits.programmes_per_partner)),
            )
    if limits.share_per_partner is not None:
        _shares_of_days(f, limits.share_per_partner)


def _sum(columns: IntArray) -> TermArrays:
    return columns, np.ones(len(columns))


def _shares_of_days(f: Formulation, share: float) -> None:
    """Keep every partner's days within a share of all days: Σ days · y − share · d ≤ 0, where d stands for the sum of all.

    Without d every row would name every column: millions of terms in a large case.
    """
    pairs = f.y_pairs
    unit = _unit(f.work.days[pairs])
    most = float(np.where(f.y_table >= 0, f.work.days, 0.0).max(axis=1).sum())
    d = f.program.column("d", upper=most / unit, integer=False)
    terms = np.append(f.y_table[pairs], d), np.append(f.work.days[pairs], -unit)
    f.program.block(
        Block(Family.ASSIGNMENT, Names(("days",)), np.array([0, len(terms[0])]), *terms, 0.0, 0.0)
    )
    for k in f.engaged.tolist():
        columns, days = _days(f, k, None)
        f.limit(
            Family.COUNTS,
            f"share{k}",
            ("limits", "share-per-partner"),
            (np.append(columns, d), np.append(days, -share * unit)),
            up_to(0.0),
        )


def _unit(days: FloatArray) -> float:
    """Return in what a sum of days is counted: 1, unless they are so many or few that it would not be told."""
    most = float(days.max(initial=1.0))
    return 1.0 if FEW_DAYS <= most <= MANY_DAYS else float(2.0 ** np.round(np.log2(most)))


def methods(f: Formulation) -> None:
    """Keep the methodologies in use few: Σ m ≤ limit, a partner that works needs one of its own in use."""
    most = f.scenario.limits.methods
    if most is None:
        return
    stated = list(f.scenario.partners.values())
    wanted = [programme.method for programme in f.scenario.programmes.values()]
    known = sorted(
        {method for partner in stated for method in partner.methods}
        | {method for method in wanted if method}
    )
    m = {method: f.program.column(f"m{q}") for q, method in enumerate(known)}
    for p, k in zip(*(numbers.tolist() for numbers in f.x_pairs), strict=True):
        if stated[k].methods:
            usable = [method for method in stated[k].methods if wanted[p] in {None, method}]
            f.program.row(
                Family.METHODS,
                f"method{p}_{k}",
                [*((m[method], 1.0) for method in usable), (int(f.x_table[p, k]), -1.0)],
                lower=0.0,
            )
    for p, method in enumerate(wanted):
        if method:
            f.program.row(
                Family.METHODS, f"method{p}", [(m[method], 1.0), (f.z[p], -1.0)], lower=0.0
            )
    f.limit(
        Family.METHODS,
        "methods",
        ("limits", "methods"),
        [(column, 1.0) for column in m.values()],
        up_to(float(most)),
    )


def rules(f: Formulation) -> None:
    """Write every rule as rows; `forbid` is a matter of who is eligible."""
    for i, (name, rule) in enumerate(f.scenario.rules.items()):
        for j, (terms, bounds) in enumerate(_rule_rows(f, rule)):
            f.limit(Family.RULES, f"rule{i}_{j}", ("rules", name), terms, bounds)


def _rule_rows(f: Formulation, rule: Rule) -> Iterator[RuleRow]:
    match rule:
        case Apart():
            yield from _apart(f, rule)
        case Together():
            yield from _together(f, rule)
        case Require():
            yield from _require(f, rule)
        case Before():
            first, second = (f.z[f.work.programmes.index(name)] for name in rule.before)
            yield [(second, 1.0), (first, -1.0)], up_to(0.0)


def _apart(f: Formulation, rule: Apart) -> Iterator[RuleRow]:
    named = [f.work.partners.index(name) for name in dict.fromkeys(rule.apart)]
    for scope in _scopes(f, named, anywhere=rule.anywhere):
        present = [(column, 1.0) for column in scope.values()]
        if len(present) > 1:
            yield present, up_to(1.0)


def _together(f: Formulation, rule: Together) -> Iterator[RuleRow]:
    named = [f.work.partners.index(name) for name in dict.fromkeys(rule.together)]
    for scope in _scopes(f, named, anywhere=rule.anywhere):
        for first, other in ((named[0], other) for other in named[1:]):
            terms = [(scope[k], sign) for k, sign in ((first, 1.0), (other, -1.0)) if k in scope]
            if terms:
                yield terms, (0.0, 0.0)


def _require(f: Formulation, rule: Require) -> Iterator[RuleRow]:
    for programme, names in rule.require.items():
        p = f.work.programmes.index(programme)
        for k in (f.work.partners.index(name) for name in dict.fromkeys(names)):
            working = [(int(f.x_table[p, k]), 1.0)] if f.x_table[p, k] >= 0 else []
            yield [*working, (f.z[p], -1.0)], (0.0, 0.0)


def _scopes(f: Formulation, named: list[int], *, anywhere: bool) -> list[dict[int, int]]:
    """Return of the partners named those that could be there, with their columns: once for the portfolio or once for every programme."""
    tables = [f.u_table] if anywhere else list(f.x_table)
    return [{k: int(table[k]) for k in named if table[k] >= 0} for table in tables]


FAMILIES: tuple[Callable[[Formulation], None], ...] = (
    capacity,
    internal_days,
    money,
    counts,
    methods,
    rules,
)
