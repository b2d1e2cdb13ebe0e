"""What each limit means for a choice: the rows that keep it, and how much of it a choice uses.

One entry of `LIMITS` a limit; what it is called, and counted in, stands in `model/limits.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from partnerselect.allocation.account import (
    NOBODY,
    CostBreakdown,
    backfill_days,
    internal_use,
)
from partnerselect.allocation.money_rows import money_terms
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
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import Loc
from partnerselect.model import limits as kinds
from partnerselect.model.limits import LimitKind, Stated, stated_limits, total_of
from partnerselect.model.scenario import Scenario
from partnerselect.optimiser import Block, Names
from partnerselect.value.money import US, Workload

Used = Iterable[tuple[str, FloatArray]]
"""Whom a use is about (empty: the whole portfolio), and how much in each phase, (T,), or in all."""


@dataclass(frozen=True)
class Taken:
    """What a choice takes of days, money and partners."""

    scenario: Scenario
    work: Workload
    chosen: IntArray
    costs: CostBreakdown

    def paid(self, payer: str) -> FloatArray:
        """Return what a payer pays in each phase; (T,)."""
        ours = payer == US
        return self._by_phase(
            (line.phase, line.own_cost if ours else line.cost - line.own_cost)
            for line in self.costs.lines
            if ours or line.payer == payer
        )

    def worked(self, partner: str) -> FloatArray:
        """Return the days that a partner works in each phase; (T,)."""
        lines = self.costs.day_costs
        return self._by_phase((line.phase, line.days) for line in lines if line.partner == partner)

    @cached_property
    def bought(self) -> FloatArray:
        """The days that our own team buys in each phase; (T,)."""
        return backfill_days(self.scenario, self.work, self.chosen)

    @cached_property
    def pairs(self) -> frozenset[tuple[int, str]]:
        """Every programme and partner that works on it."""
        work = self.work
        return frozenset(
            (int(work.programme_of[n]), work.partners[k])
            for n, k in enumerate(self.chosen)
            if k != NOBODY
        )

    @cached_property
    def programmes(self) -> dict[str, int]:
        """How many programmes each partner works on, by id."""
        return dict(sorted(Counter(partner for _, partner in self.pairs).items()))

    def _by_phase(self, amounts: Iterable[tuple[str | None, float]]) -> FloatArray:
        summed = np.zeros(len(self.work.phases))
        for phase, amount in amounts:
            summed[self.work.phases.index(phase)] += amount
        return summed


@dataclass(frozen=True)
class Limit:
    """One kind of limit, its rows and its use."""

    kind: LimitKind
    family: Family
    write: Callable[[Formulation, Stated], None]
    """Adds the rows of one such limit."""
    use: Callable[[Taken, Stated], Used] | None = None
    """How much a choice uses; none where that tells nobody anything."""


def _capped(
    family: Family, name: str, terms: Callable[[Formulation, Stated, int | None], Terms]
) -> Callable[[Formulation, Stated], None]:
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


def _days(f: Formulation, k: int, t: int | None) -> TermArrays:
    n = np.flatnonzero(f.y_table[:, k] >= 0)
    days = f.work.days[n, k] * (1.0 if t is None else f.work.spread[n, t])
    return f.y_table[n, k][days != 0], days[days != 0]


def _bought(f: Formulation, stated: Stated) -> None:
    """Keep the days bought within their limit; there are none without a team's days."""
    if f.h:
        bounds = up_to(total_of(stated.limit) or 0.0)
        f.limit(Family.INTERNAL_DAYS, "backfill", stated.loc, [(h, 1.0) for h in f.h], bounds)


def _internal_days(f: Formulation, stated: Stated) -> None:
    """Keep our team's days within what is protected and what is bought: Σ internal ≤ team + h."""
    _capped(Family.INTERNAL_DAYS, "internal", _internal)(f, stated)
    total = total_of(stated.limit)
    if f.h and total is not None and isinstance(f.scenario.limits.budget, dict):
        _buy_when_used_up(f, stated.loc, total)


def _internal(f: Formulation, _stated: Stated, t: int | None) -> list[Term]:
    bought = [(column, -1.0) for s, column in enumerate(f.h) if t is None or s == t]
    return [*_used(f, t), *bought]


def _used(f: Formulation, t: int | None) -> list[Term]:
    """Return the internal days that running programmes take in a phase, or in all for None."""
    by_phase = internal_days_by_phase(f.scenario, f.work)
    days = (
        [programme.internal_days for programme in f.scenario.programmes.values()]
        if t is None
        else by_phase[:, t].tolist()
    )
    return [(f.z[p], amount) for p, amount in enumerate(days) if amount]


def _buy_when_used_up(f: Formulation, loc: Loc, team: float) -> None:
    """With one total and a budget by phase: days are bought once the team's are used up.

    Σ_{s ≤ t} h = max(0, Σ_{s ≤ t} use − team), with a binary that tells whether they are used up.
    """
    most, family = f.program.upper[f.h[0]], Family.INTERNAL_DAYS
    for t in range(len(f.h)):
        over = f.program.column(f"o{t}")
        bought = [(column, 1.0) for column in f.h[: t + 1]]
        used = [(column, -days) for s in range(t + 1) for column, days in _used(f, s)]
        f.limit(family, f"soon{t}", loc, [*bought, *used], at_least(-team))
        late = [*bought, *used, (over, team + most)]
        f.limit(family, f"late{t}", loc, late, up_to(most))
        f.limit(family, f"unused{t}", loc, [*bought, (over, -most)], up_to(0.0))


def _team_size(f: Formulation, stated: Stated) -> None:
    """Keep the number of a programme's partners: min · z ≤ Σ x ≤ max."""
    p, figure = f.work.programmes.index(stated.subject), total_of(stated.limit) or 0.0
    working = f.x_of_programme(p)
    if stated.kind.is_minimum:
        terms = np.append(working, f.z[p]), np.append(np.ones(len(working)), -figure)
        f.limit(Family.COUNTS, f"atleast{p}", stated.loc, terms, at_least(0.0), RowKind.TEAM)
    elif figure < len(f.scenario.programmes[stated.subject].needs):
        terms = _sum(working)
        f.limit(Family.COUNTS, f"atmost{p}", stated.loc, terms, up_to(figure), RowKind.TEAM)


def _sum(columns: IntArray) -> TermArrays:
    return columns, np.ones(len(columns))


def _engaged(f: Formulation, _stated: Stated, _t: int | None) -> TermArrays:
    return _sum(f.u_table[f.engaged])


def _programmes_each(f: Formulation, stated: Stated) -> None:
    """Keep every partner's programmes few."""
    for k in f.engaged.tolist():
        bounds = up_to(total_of(stated.limit) or 0.0)
        f.limit(Family.COUNTS, f"programmes{k}", stated.loc, _sum(f.x_of_partner(k)), bounds)


def _shares_of_days(f: Formulation, stated: Stated) -> None:
    """Keep every partner's days within a share of all: Σ days · y − share · d ≤ 0.

    d stands for the sum of all; without it every row would name every column.
    """
    share, pairs = total_of(stated.limit) or 0.0, f.y_pairs
    d = f.program.column("d", upper=float(f.work.days.max(axis=1).sum()), integer=False)
    terms = np.append(f.y_table[pairs], d), np.append(f.work.days[pairs], -1.0)
    starts = np.array([0, len(terms[0])])
    f.program.block(Block(Family.ASSIGNMENT, Names(("days",)), starts, *terms, 0.0, 0.0))
    for k in f.engaged.tolist():
        columns, days = _days(f, k, None)
        terms = np.append(columns, d), np.append(days, -share)
        f.limit(Family.COUNTS, f"share{k}", stated.loc, terms, up_to(0.0))


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
            terms = [*usable, (int(f.x_table[p, k]), -1.0)]
            f.program.row(Family.METHODS, f"method{p}_{k}", terms, lower=0.0)
    for p, method in enumerate(wanted):
        if method:
            terms = [(m[method], 1.0), (f.z[p], -1.0)]
            f.program.row(Family.METHODS, f"method{p}", terms, lower=0.0)
    bounds = up_to(total_of(stated.limit) or 0.0)
    f.limit(Family.METHODS, "methods", stated.loc, [(column, 1.0) for column in m.values()], bounds)


def methods_in_use(taken: Taken) -> int:
    """Return the least number of methodologies with which all who are chosen can work."""
    scenario, programmes = taken.scenario, taken.work.programmes
    wanted = [scenario.programmes[name].method for name in programmes]
    needed = {
        frozenset([method] if (method := wanted[p]) else scenario.partners[k].methods)
        for p, k in taken.pairs
    } - {frozenset()}
    known = sorted(frozenset().union(*needed))
    return next(
        count
        for count in range(len(known) + 1)
        if any(all(set(few) & able for able in needed) for few in combinations(known, count))
    )


def _whole(use: Callable[[Taken, Stated], FloatArray]) -> Callable[[Taken, Stated], Used]:
    """Return the use of a limit that is about one thing: by the payer or partner it names."""
    return lambda taken, stated: [(stated.subject, use(taken, stated))]


def _counted(count: Callable[[Taken], float]) -> Callable[[Taken, Stated], Used]:
    return lambda taken, _stated: [("", np.array([count(taken)], dtype=float))]


def _each(use: Callable[[Taken, str], float]) -> Callable[[Taken, Stated], Used]:
    """Return the use of a limit that holds for every partner."""
    return lambda taken, _stated: [
        (name, np.array([use(taken, name)], dtype=float)) for name in taken.programmes
    ]


def _capacity_used(taken: Taken, stated: Stated) -> Used:
    """Return the days of a partner who works."""
    is_engaged = stated.subject in taken.programmes
    return [(stated.subject, taken.worked(stated.subject))] if is_engaged else []


def _share_used(taken: Taken, partner: str) -> float:
    in_all = sum(line.days for line in taken.costs.day_costs)
    return float(taken.worked(partner).sum()) / in_all


def _own_days(taken: Taken, _stated: Stated) -> FloatArray:
    return internal_use(taken.scenario, taken.work, taken.chosen) - taken.bought


LIMITS = (
    Limit(
        kinds.CAPACITY,
        Family.CAPACITY,
        _capped(Family.CAPACITY, "capacity", _partner_days),
        _capacity_used,
    ),
    Limit(
        kinds.BACKFILL_DAYS,
        Family.INTERNAL_DAYS,
        _bought,
        _whole(lambda taken, _: taken.bought),
    ),
    Limit(kinds.INTERNAL_DAYS, Family.INTERNAL_DAYS, _internal_days, _whole(_own_days)),
    Limit(
        kinds.BUDGET,
        Family.BUDGET,
        _capped(Family.BUDGET, "budget", lambda f, _, t: money_terms(f, US, t)),
        _whole(lambda taken, _: taken.paid(US)),
    ),
    Limit(
        kinds.FUND,
        Family.FUNDS,
        _capped(Family.FUNDS, "fund", lambda f, stated, t: money_terms(f, stated.subject, t)),
        _whole(lambda taken, stated: taken.paid(stated.subject)),
    ),
    Limit(kinds.FEWEST_PARTNERS, Family.COUNTS, _team_size),
    Limit(kinds.MOST_PARTNERS, Family.COUNTS, _team_size),
    Limit(
        kinds.PARTNERS,
        Family.COUNTS,
        _capped(Family.COUNTS, "partners", _engaged),
        _counted(lambda taken: len(taken.programmes)),
    ),
    Limit(
        kinds.PROGRAMMES_PER_PARTNER,
        Family.COUNTS,
        _programmes_each,
        _each(lambda taken, partner: taken.programmes[partner]),
    ),
    Limit(kinds.SHARE_PER_PARTNER, Family.COUNTS, _shares_of_days, _each(_share_used)),
    Limit(kinds.METHODS, Family.METHODS, _methods, _counted(methods_in_use)),
)
"""In the order in which their rows are written."""


def write_limits(f: Formulation) -> None:
    """Write every limit of the scenario."""
    for limit in LIMITS:
        for stated in limit.kind.stated_in(f.scenario):
            limit.write(f, stated)


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


def limit_usage(
    scenario: Scenario, work: Workload, chosen: IntArray, costs: CostBreakdown
) -> tuple[LimitUsage, ...]:
    """Return every limit of the scenario with its use, by phase where it has phases."""
    taken, uses = Taken(scenario, work, chosen, costs), {one.kind: one.use for one in LIMITS}
    return tuple(
        usage
        for stated in stated_limits(scenario)
        if (use := uses[stated.kind]) is not None
        for subject, used in use(taken, stated)
        for usage in _by_cap(work, stated, subject, used)
    )


def _by_cap(work: Workload, stated: Stated, subject: str, used: FloatArray) -> Iterator[LimitUsage]:
    for loc, phase, cap in sorted(
        stated.caps, key=lambda one: work.phases.index(one[1]) if one[1] else 0
    ):
        amount = used.sum() if phase is None else used[work.phases.index(phase)]
        yield LimitUsage(loc, stated.kind, subject, phase, float(amount), cap)
