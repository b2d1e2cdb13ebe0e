"""Limits and rules as rows of the programme, and how much of each limit a choice uses.

One entry of `LIMITS` a limit; what it is called, and counted in, stands in `model/limits.py`, how
much a choice takes of it in `exact_use.py`; the rows of rules in `rule_rows.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from partnerselect.allocation.exact_use import ExactUse, Use
from partnerselect.allocation.excess_rows import Excess
from partnerselect.allocation.money_rows import asked_terms, money_terms
from partnerselect.allocation.problem import (
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
from partnerselect.allocation.rule_rows import rule_rows
from partnerselect.arrays import IntArray
from partnerselect.errors import Loc
from partnerselect.model import (
    LIMITS_BY_ID,
    MOST_PARTNERS,
    LimitKind,
    Scenario,
    Stated,
    stated_limits,
)
from partnerselect.optimiser import Block, Names
from partnerselect.value import US, Workload

Write = Callable[[Formulation, Stated], None]


def _capped(
    family: Family, name: str, terms: Callable[[Formulation, Stated, int | None], Terms]
) -> Write:
    """Return what writes one row over the horizon, or one for every phase that has a cap.

    `terms` gives the use in a phase (None: in all).
    """

    def write(f: Formulation, stated: Stated) -> None:
        for loc, phase, cap in stated.caps:
            t = None if phase is None else f.work.phases.index(phase)
            numbered = f"{name}{stated.number if stated.subject else ''}"
            row = numbered if t is None else f"{numbered}_{t}"
            f.limit(family, row, loc, terms(f, stated, t), up_to(cap))

    return write


def _partner_days(f: Formulation, stated: Stated, t: int | None) -> TermArrays:
    return _days(f, f.work.partners.index(stated.subject), t)


def _least_days(f: Formulation, stated: Stated) -> None:
    """Engage a partner for so many days or not at all: Σ days · y ≥ min · u."""
    k = f.work.partners.index(stated.subject)
    if (u := int(f.u_table[k])) >= 0:
        columns, days = _days(f, k, None)
        terms = np.append(columns, u), np.append(days, -stated.figure)
        f.limit(Family.COUNTS, f"leastdays{k}", stated.loc, terms, at_least(0.0))


def _days(f: Formulation, k: int, t: int | None) -> TermArrays:
    n = np.flatnonzero(f.y_table[:, k] >= 0)
    days = f.work.days[n, k] * (1.0 if t is None else f.work.spread[n, t])
    return f.y_table[n, k][days != 0], days[days != 0]


def _bought(f: Formulation, stated: Stated) -> None:
    """Keep the days bought within their limit; there are none without a team's days."""
    if f.h:
        bounds = up_to(stated.figure)
        f.limit(Family.INTERNAL_DAYS, "backfill", stated.loc, [(h, 1.0) for h in f.h], bounds)


def _internal_days(f: Formulation, stated: Stated) -> None:
    """Keep our team's days within what is protected and what is bought: Σ internal ≤ team + h."""
    _capped(Family.INTERNAL_DAYS, "internal", _internal)(f, stated)
    if f.h and isinstance(f.scenario.limits.budget, dict):
        Excess(f, Family.INTERNAL_DAYS, "", f.h, partial(_used, f)).date(stated)


def _internal(f: Formulation, _stated: Stated, t: int | None) -> list[Term]:
    bought = [(column, -1.0) for s, column in enumerate(f.h) if t is None or s == t]
    return [*_used(f, t), *bought]


def _fund(f: Formulation, stated: Stated) -> None:
    """Keep what a payer pays within its fund; what we pay instead falls due in order of date."""
    payer = stated.subject
    _capped(Family.FUNDS, "fund", lambda f, _, t: money_terms(f, payer, t))(f, stated)
    columns = f.top_ups.get(payer, {})
    if (
        None not in columns
        and columns
        and isinstance(f.scenario.limits.budget, dict)
        and all(f.is_kept(loc) for loc, *_ in stated.caps)
    ):
        Excess(
            f,
            Family.FUNDS,
            f"fund{stated.number}",
            list(columns.values()),
            partial(asked_terms, f, payer, topped_up=True),
            partial(asked_terms, f, payer, topped_up=False),
        ).date(stated)


def _used(f: Formulation, t: int | None) -> list[Term]:
    """Return the internal days that running programmes take in a phase, or in all for None."""
    phases = slice(None) if t is None else [t]
    own = internal_days_by_phase(f.scenario, f.work)[:, phases].sum(axis=1)
    beside = internal_days_by_phase(f.scenario, f.work, of_changes=True)[:, phases].sum(axis=1)
    return [
        *((f.z[p], float(days)) for p, days in enumerate(own) if days),
        *((column, float(beside[p])) for p, column in f.c.items() if beside[p]),
    ]


def _team_size(f: Formulation, stated: Stated) -> None:
    """Keep the number of a programme's partners: min · z ≤ Σ x ≤ max."""
    figure = stated.figure
    for entry in f.scenario.entries[stated.subject]:
        p = f.work.programmes.index(entry)
        working = f.x_of_programme(p)
        if stated.kind.is_minimum:
            terms = np.append(working, f.z[p]), np.append(np.ones(len(working)), -figure)
            f.limit(Family.COUNTS, f"atleast{p}", stated.loc, terms, at_least(0.0), RowKind.TEAM)
        elif figure < len(f.scenario.programmes[entry].needs):
            terms = _sum(working)
            f.limit(Family.COUNTS, f"atmost{p}", stated.loc, terms, up_to(figure), RowKind.TEAM)


def _sum(columns: IntArray) -> TermArrays:
    return columns, np.ones(len(columns))


def _engaged(f: Formulation, _stated: Stated, _t: int | None) -> TermArrays:
    return _sum(f.u_table[f.engaged])


def _programmes_each(f: Formulation, stated: Stated) -> None:
    """Keep every partner's programmes few."""
    for k in f.engaged.tolist():
        bounds = up_to(stated.figure)
        f.limit(Family.COUNTS, f"programmes{k}", stated.loc, _sum(f.x_of_partner(k)), bounds)


def _shares_of_days(f: Formulation, stated: Stated) -> None:
    """Keep every partner's days within a share of all: Σ days · y − share · d ≤ 0."""
    share, d = stated.figure, _in_all(f, "days")
    for k in f.engaged.tolist():
        columns, days = _days(f, k, None)
        terms = np.append(columns, d), np.append(days, -share)
        f.limit(Family.COUNTS, f"share{k}", stated.loc, terms, up_to(0.0))


def _in_all(f: Formulation, what: str) -> int:
    """Return the column that stands for all days, or all that partners cost.

    Without it every row of a share would name every column.
    """
    if what not in f.in_all:
        columns, amounts = _amounts(f, what)
        most = float(amounts.sum() if what == "money" else f.work.days.max(axis=1).sum())
        d = f.in_all[what] = f.program.column(what[0], upper=most, integer=False)
        terms = np.append(columns, d), np.append(amounts, -1.0)
        starts = np.array([0, len(terms[0])])
        f.program.block(Block(Family.ASSIGNMENT, Names((what,)), starts, *terms, 0.0, 0.0))
    return f.in_all[what]


def _amounts(f: Formulation, what: str) -> TermArrays:
    if what == "days":
        return f.y_table[f.y_pairs], f.work.days[f.y_pairs]
    return money_terms(f, None)


def _members(f: Formulation, stated: Stated) -> set[int]:
    """Return the partners of the group that a limit is about."""
    tag = f.scenario.limits.groups[stated.subject].tag
    stated_partners = f.scenario.partners.values()
    return {k for k, partner in enumerate(stated_partners) if tag in partner.tags}


def _group_share(what: str) -> Write:
    """Return what keeps a group's share of days or money: Σ theirs − share · all ≤ 0, or ≥ 0."""

    def write(f: Formulation, stated: Stated) -> None:
        partner = np.full(f.program.size, -1)
        for table in (f.y_table, f.x_table, f.u_table[None]):
            partner[table[table >= 0]] = np.nonzero(table >= 0)[1]
        columns, amounts = _amounts(f, what)
        theirs = np.isin(partner[columns], list(_members(f, stated)))
        terms = (
            np.append(columns[theirs], _in_all(f, what)),
            np.append(amounts[theirs], -stated.figure),
        )
        _bounded(f, f"group{what}", stated, terms, 0.0)

    return write


def _bounded(f: Formulation, name: str, stated: Stated, terms: Terms, figure: float) -> None:
    end, bounds = ("min", at_least) if stated.kind.is_minimum else ("max", up_to)
    row = f"{name}{end}{stated.number}"
    f.limit(Family.COUNTS, row, stated.loc, terms, bounds(figure))


def _group_partners(f: Formulation, stated: Stated) -> None:
    members = [int(f.u_table[k]) for k in sorted(_members(f, stated)) if f.u_table[k] >= 0]
    terms = _sum(np.array(members, dtype=np.intp))
    _bounded(f, "grouppartners", stated, terms, stated.figure)


def _group_programmes(f: Formulation, stated: Stated) -> None:
    """Count the programmes on which any of a group works: g ≥ x to keep few, g ≤ Σ x for many."""
    members, name = sorted(_members(f, stated)), f"{'g' if stated.kind.is_minimum else 'G'}"
    columns = []
    for p in range(len(f.z)):
        working = [int(f.x_table[p, k]) for k in members if f.x_table[p, k] >= 0]
        if not working:
            continue
        row = f"{name}{stated.number}_{p}"
        g = f.program.column(row)
        columns.append(g)
        if stated.kind.is_minimum:
            terms = [(g, 1.0), *((x, -1.0) for x in working)]
            f.program.row(Family.ASSIGNMENT, row, terms, upper=0.0)
            continue
        for i, x in enumerate(working):
            terms = [(x, 1.0), (g, -1.0)]
            f.program.row(Family.ASSIGNMENT, f"{row}_{i}", terms, upper=0.0)
    counted = _sum(np.array(columns, dtype=np.intp))
    _bounded(f, "groupprogrammes", stated, counted, stated.figure)


def _changed(f: Formulation) -> TermArrays:
    return _sum(np.array([*f.c.values()], dtype=np.intp))


def write_changes(f: Formulation) -> None:
    """Add c = 1 where a programme runs without any of its partners of today, where that counts."""
    for name, now in f.scenario.incumbents.items():
        if f.scenario.programmes[name].change is None and f.scenario.limits.changes is None:
            continue
        p = f.work.programmes.index(name)
        columns = (int(f.x_table[p, f.work.partners.index(one)]) for one in sorted(now))
        present = [x for x in columns if x >= 0]
        c = f.c[p] = f.program.column(f"c{p}")
        terms = [(c, 1.0), (f.z[p], -1.0), *((x, 1.0) for x in present)]
        f.program.row(Family.ASSIGNMENT, f"changed{p}", terms, lower=0.0)
        f.program.row(Family.ASSIGNMENT, f"changes{p}", [(c, 1.0), (f.z[p], -1.0)], upper=0.0)
        for i, x in enumerate(present):
            terms = [(c, 1.0), (x, 1.0)]
            f.program.row(Family.ASSIGNMENT, f"stays{p}_{i}", terms, upper=1.0)


def _methods(f: Formulation, stated: Stated) -> None:
    """Keep the methodologies in use few; who works needs one of its own in use: Σ m ≥ x."""
    partners = list(f.scenario.partners.values())
    wanted = [programme.method for programme in f.scenario.programmes.values()]
    able = {method for partner in partners for method in partner.methods}
    known = sorted(able | {method for method in wanted if method})
    m = {method: f.program.column(f"m{q}") for q, method in enumerate(known)}
    for p, k in zip(*(numbers.tolist() for numbers in f.x_pairs), strict=True):
        if methods := partners[k].methods:
            usable = [(m[one], 1.0) for one in methods if wanted[p] in {None, one}]
            if not usable:
                continue  # works here although it is not eligible
            terms = [*usable, (int(f.x_table[p, k]), -1.0)]
            f.program.row(Family.METHODS, f"method{p}_{k}", terms, lower=0.0)
    for p, method in enumerate(wanted):
        if method:
            terms = [(m[method], 1.0), (f.z[p], -1.0)]
            f.program.row(Family.METHODS, f"method{p}", terms, lower=0.0)
    bounds = up_to(stated.figure)
    f.limit(Family.METHODS, "methods", stated.loc, [(column, 1.0) for column in m.values()], bounds)


LIMITS: dict[str, Write] = {
    "capacity": _capped(Family.CAPACITY, "capacity", _partner_days),
    "backfill days": _bought,
    "internal days": _internal_days,
    "budget": _capped(Family.BUDGET, "budget", lambda f, _, t: money_terms(f, US, t)),
    "fund": _fund,
    "least days": _least_days,
    "fewest partners": _team_size,
    "most partners": _team_size,
    "partners": _capped(Family.COUNTS, "partners", _engaged),
    "programmes per partner": _programmes_each,
    "share per partner": _shares_of_days,
    "methods": _methods,
    "changes": _capped(Family.COUNTS, "changes", lambda f, *_: _changed(f)),
    "least group days": _group_share("days"),
    "most group days": _group_share("days"),
    "least group money": _group_share("money"),
    "most group money": _group_share("money"),
    "fewest group partners": _group_partners,
    "most group partners": _group_partners,
    "fewest group programmes": _group_programmes,
    "most group programmes": _group_programmes,
}
"""What adds the rows of each limit, by its id, in the order in which they are written."""


def write_limits(f: Formulation) -> None:
    """Write every limit and every rule of the scenario."""
    write_changes(f)
    for name, write in LIMITS.items():
        for stated in LIMITS_BY_ID[name].stated_in(f.scenario):
            write(f, stated)
    for i, (name, rule) in enumerate(f.scenario.rules.items()):
        for j, (terms, bounds) in enumerate(rule_rows(f, rule)):
            f.limit(Family.RULES, f"rule{i}_{j}", ("rules", name), terms, bounds)


@dataclass(frozen=True)
class LimitUsage:
    """A limit of the scenario, or of one phase, and how much of it a choice uses."""

    loc: Loc
    kind: LimitKind
    subject: str
    """The payer or partner it is about; empty for the whole portfolio."""
    phase: str | None
    used: float
    limit: float


def limit_usage(scenario: Scenario, work: Workload, chosen: IntArray) -> tuple[LimitUsage, ...]:
    """Return every limit of the scenario with its use, by phase where it has phases."""
    uses = defaultdict[Loc, list[Use]](list)
    for use in ExactUse(scenario).uses(chosen.tolist()):
        uses[use.loc].append(use)
    phases = work.phases
    return tuple(
        LimitUsage(loc, stated.kind, use.subject or stated.subject, phase, float(use.amount), cap)
        for stated in stated_limits(scenario)
        if stated.kind is not MOST_PARTNERS  # a matter of one programme
        for loc, phase, cap in sorted(
            stated.caps, key=lambda cap: phases.index(cap[1]) if cap[1] else 0
        )
        for use in sorted(uses[loc], key=lambda use: use.subject)
    )
