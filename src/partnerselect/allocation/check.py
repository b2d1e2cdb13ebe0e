"""Recheck a choice in exact arithmetic, from the numbers as they are written.

It shares the reading of the scenario with everything else, and nothing with the formulation: a
fault there, or a tolerance of the solver's, cannot hide here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations

from partnerselect.allocation.broken_rules import broken_rules
from partnerselect.errors import Loc
from partnerselect.model.limits import UNLIMITED, Limit
from partnerselect.model.scenario import Scenario
from partnerselect.value.performance import PerformanceTable

Changed = Mapping[Loc, float | None]
"""Limits that stand otherwise for the moment, by place (a phase last): another figure, or none."""
Pair = tuple[int, int]
"""A need and its partner, by number."""
ByPhase = dict[int, Fraction]
AS_STATED: Changed = {}
NOTHING = Fraction(0)
BUDGET: Loc = ("limits", "budget")
INTERNAL_DAYS: Loc = ("limits", "internal-days")
BOUGHT_DAYS: Loc = ("limits", "backfill", "max-days")


@dataclass(frozen=True)
class Fault:
    """A demand of the scenario that a choice does not keep."""

    loc: Loc
    needs: tuple[int, ...] | None = None
    """Needs whose partners break it whatever else is chosen; None where the whole choice does."""
    partner: int | None = None
    """Who takes too large a share with these needs, unless others take more than they do."""


@dataclass(frozen=True)
class _Use:
    """What a choice takes of a limit, and what there is; whether more choice takes more."""

    loc: Loc
    amount: Fraction
    limit: Fraction
    grows: bool = True
    partner: int | None = None


@cache
def exact(number: float) -> Fraction:
    """Return a number as it is written: the shortest decimal that stands for it."""
    return Fraction(repr(float(number)))


class ExactCheck:
    """One scenario, against which choices are held."""

    def __init__(self, scenario: Scenario, table: PerformanceTable) -> None:
        self._scenario, self._table = scenario, table
        self._programmes, self._partners = list(scenario.programmes), list(scenario.partners)
        dated = sorted(scenario.phases.items(), key=lambda item: item[1])
        self._phases = [phase for phase, _ in dated]
        self._needs = [
            (p, need)
            for p, programme in enumerate(scenario.programmes.values())
            for need in programme.needs
        ]
        self._days: dict[Pair, ByPhase] = {}

    def faults(self, chosen: Sequence[int], changed: Changed = AS_STATED) -> list[Fault]:
        """Return every demand that a choice does not keep.

        Args:
            chosen: the partner of every need by number, -1 for nobody; (N,).
            changed: limits that stand otherwise for the moment.
        """
        pairs = [(n, int(k)) for n, k in enumerate(chosen) if k >= 0]
        over = [use for use in self._uses(pairs, changed) if use.amount > use.limit]
        return [
            *(Fault(use.loc, self._cover(use, pairs, changed), use.partner) for use in over),
            *(Fault(loc) for loc in self._broken(pairs, changed)),
        ]

    def _cover(self, over: _Use, pairs: list[Pair], changed: Changed) -> tuple[int, ...] | None:
        """Return needs of a choice that by themselves take too much, none of them dispensable."""
        if over.partner is not None:
            return tuple(n for n, k in pairs if k == over.partner)
        if not over.grows:
            return None
        kept = list(pairs)
        for pair in pairs:
            fewer = [one for one in kept if one != pair]
            left = (use for use in self._uses(fewer, changed) if use.loc == over.loc)
            if any(use.amount > use.limit for use in left):
                kept = fewer
        return tuple(n for n, _ in kept)

    def _uses(self, pairs: list[Pair], changed: Changed) -> Iterator[_Use]:
        """Yield what a choice takes of every limit that is a figure."""
        days, running = self._days_by_partner(pairs), sorted({self._needs[n][0] for n, _ in pairs})
        yield from self._capacities(days, changed)
        bought, uses = self._internal(running, changed)
        yield from uses
        yield from self._payments(pairs, days, bought, changed)
        yield from self._shares(days, changed)
        yield from self._counts(pairs, changed)

    def _caps(self, loc: Loc, limit: Limit | None, changed: Changed) -> dict[int | None, _Cap]:
        """Return the figures of a limit by phase (None: over the horizon) with their places."""
        stated: dict[tuple[int | None, Loc], float] = {}
        if isinstance(limit, dict):
            stated = {
                (self._phases.index(phase), (*loc, phase)): cap
                for phase, cap in limit.items()
                if not isinstance(cap, str)
            }
        elif limit is not None and limit != UNLIMITED:
            stated = {(None, loc): float(limit)}
        now = {key: changed.get(key[1], cap) for key, cap in stated.items()}
        return {t: (place, exact(cap)) for (t, place), cap in now.items() if cap is not None}

    def _within(
        self, loc: Loc, limit: Limit | None, used: ByPhase, changed: Changed, *, grows: bool = True
    ) -> Iterator[_Use]:
        for t, (place, cap) in self._caps(loc, limit, changed).items():
            amount = sum(used.values(), NOTHING) if t is None else used.get(t, NOTHING)
            yield _Use(place, amount, cap, grows or t is None)

    def _days_of(self, n: int, k: int) -> ByPhase:
        """Return the days that a partner takes for a need in each phase."""
        if (n, k) not in self._days:
            p, need = self._needs[n]
            special = self._scenario.partners[self._partners[k]].for_.get(self._programmes[p])
            spread = self._spread[n]
            total = sum(spread.values(), NOTHING)
            taken = exact(special.days[need]) if special and need in special.days else total
            self._days[n, k] = {t: taken * part / total for t, part in spread.items()}
        return self._days[n, k]

    @cached_property
    def _spread(self) -> list[ByPhase]:
        """The days of every need in each phase, as its programme has them."""
        found = []
        for p, need in self._needs:
            stated = self._scenario.programmes[self._programmes[p]].needs[need]
            if isinstance(stated, dict):
                parts = {self._phases.index(t): exact(days) for t, days in stated.items() if days}
            else:
                runs_in = self._runs_in[p]
                parts = {t: exact(stated) / len(runs_in) for t in runs_in}
            found.append(parts)
        return found

    @cached_property
    def _runs_in(self) -> list[list[int]]:
        """The phases of every programme, in order of date."""
        stated = [programme.phases for programme in self._scenario.programmes.values()]
        everywhere = list(range(len(self._phases) or 1))
        return [
            everywhere
            if phases is None
            else [t for t, phase in enumerate(self._phases) if phase in phases]
            for phases in stated
        ]

    def _days_by_partner(self, pairs: list[Pair]) -> dict[int, ByPhase]:
        found: dict[int, ByPhase] = {}
        for n, k in pairs:
            theirs = found.setdefault(k, {})
            for t, days in self._days_of(n, k).items():
                theirs[t] = theirs[t] + days if t in theirs else days
        return found

    def _capacities(self, days: dict[int, ByPhase], changed: Changed) -> Iterator[_Use]:
        for k, taken in days.items():
            name = self._partners[k]
            capacity = self._scenario.partners[name].capacity
            if capacity is not None:
                yield from self._within(("partners", name, "capacity"), capacity, taken, changed)

    def _internal(self, running: list[int], changed: Changed) -> tuple[ByPhase, list[_Use]]:
        """Return the days bought for the own team in each phase, and the uses of its limits."""
        limits = self._scenario.limits
        used: ByPhase = defaultdict(Fraction)
        caps = self._caps(INTERNAL_DAYS, limits.internal_days, changed)
        if not caps:
            return {}, []
        for p in running:
            taken = exact(self._scenario.programmes[self._programmes[p]].internal_days)
            for t in self._runs_in[p]:
                used[t] += taken / len(self._runs_in[p])
        if limits.backfill is None:
            return {}, list(self._within(INTERNAL_DAYS, limits.internal_days, used, changed))
        bought = _beyond(used, {t: cap for t, (_, cap) in caps.items()})
        most = limits.backfill.max_days
        return bought, list(self._within(BOUGHT_DAYS, most, bought, changed))

    def _payments(
        self, pairs: list[Pair], days: dict[int, ByPhase], bought: ByPhase, changed: Changed
    ) -> Iterator[_Use]:
        """Yield what every payer pays that has a limit."""
        limits = self._scenario.limits
        if limits.budget is None and not limits.funds:
            return
        paid_by_us, paid = self._paid(pairs, days)
        if limits.budget is not None:
            price = exact(limits.backfill.per_day) if limits.backfill else NOTHING
            ours = _added(paid_by_us, {t: amount * price for t, amount in bought.items()})
            yield from self._within(BUDGET, limits.budget, ours, changed, grows=not self._once)
        for payer, fund in limits.funds.items():
            loc, theirs = ("limits", "funds", payer), paid.get(payer, {})
            yield from self._within(loc, fund, theirs, changed, grows=not self._once)

    @cached_property
    def _once(self) -> bool:
        """Whether a price paid once moves to an earlier phase where work is added there."""
        return any(partner.cost.once for partner in self._scenario.partners.values())

    def _paid(
        self, pairs: list[Pair], days: dict[int, ByPhase]
    ) -> tuple[ByPhase, dict[str, ByPhase]]:
        """Return by phase what we pay, and what every other payer does."""
        ours: ByPhase = {}
        others: dict[str, ByPhase] = {}
        working = defaultdict[int, list[int]](list)
        for p, k in sorted({(self._needs[n][0], k) for n, k in pairs}):
            working[k].append(p)
        for k, theirs in days.items():
            charged = self._charged(k, theirs, working[k])
            covered, payer = self._covered(k)
            ours = _added(ours, {t: amount * (1 - covered) for t, amount in charged.items()})
            if covered:
                part = {t: amount * covered for t, amount in charged.items()}
                others[payer] = _added(others.get(payer, {}), part)
        return ours, others

    def _charged(self, k: int, days: ByPhase, programmes: list[int]) -> ByPhase:
        """Return what a partner charges in each phase."""
        cost = self._scenario.partners[self._partners[k]].cost
        charged = {t: taken * exact(cost.per_day) for t, taken in days.items()}
        if cost.per_programme:
            for p in programmes:
                first = self._runs_in[p][0]
                charged[first] = charged.get(first, NOTHING) + exact(cost.per_programme)
        if cost.once:
            charged[min(days)] += exact(cost.once)
        return charged

    def _covered(self, k: int) -> tuple[Fraction, str]:
        """Return the part of a partner's prices that another pays, and who."""
        funding = self._scenario.partners[self._partners[k]].funding
        if funding is None or not self._is_open(funding.gate):
            return NOTHING, ""
        return exact(funding.covers), funding.payer

    def _is_open(self, gate: str | None) -> bool:
        return gate is None or self._scenario.gates[gate].is_open

    def _shares(self, days: dict[int, ByPhase], changed: Changed) -> Iterator[_Use]:
        loc = ("limits", "share-per-partner")
        stated = changed.get(loc, self._scenario.limits.share_per_partner)
        if stated is None:
            return
        taken = {k: sum(theirs.values(), NOTHING) for k, theirs in days.items()}
        most = exact(stated) * sum(taken.values(), NOTHING)
        for k, amount in taken.items():
            yield _Use(loc, amount, most, grows=False, partner=k)

    def _counts(self, pairs: list[Pair], changed: Changed) -> Iterator[_Use]:
        limits = self._scenario.limits
        working = {(self._needs[n][0], k) for n, k in pairs}
        programmes = Counter(k for _, k in working)
        if limits.partners is not None:
            loc: Loc = ("limits", "partners", "max")
            yield from self._within(loc, limits.partners.max, _counted(len(programmes)), changed)
        for count in programmes.values():
            loc, most = ("limits", "programmes-per-partner"), limits.programmes_per_partner
            yield from self._within(loc, most, _counted(count), changed)
        for p, count in Counter(p for p, _ in working).items():
            loc = ("programmes", self._programmes[p], "partners", "max")
            most = self._scenario.programmes[self._programmes[p]].partners.max
            yield from self._within(loc, most, _counted(count), changed)

    def _broken(self, pairs: list[Pair], changed: Changed) -> Iterator[Loc]:
        """Yield the places of what is no figure: who may serve, what must run, methods, rules."""
        yield from self._not_eligible(pairs)
        yield from self._not_whole(pairs, changed)
        working = {(self._needs[n][0], k) for n, k in pairs}
        running = {p for p, _ in working}
        for p, count in Counter(p for p, _ in working).items():
            loc: Loc = ("programmes", self._programmes[p], "partners", "min")
            least = changed.get(loc, self._scenario.programmes[self._programmes[p]].partners.min)
            if least is not None and count < least:
                yield loc
        most = changed.get(("limits", "methods"), self._scenario.limits.methods)
        if most is not None and not self._suits_methods(working, running, int(most)):
            yield ("limits", "methods")
        teams: dict[str, set[str]] = {self._programmes[p]: set() for p in running}
        for p, k in working:
            teams[self._programmes[p]].add(self._partners[k])
        broken = (("rules", name) for name in broken_rules(self._scenario.rules, teams))
        yield from (place for place in broken if place not in changed)

    def _not_eligible(self, pairs: list[Pair]) -> Iterator[Loc]:
        scenario, forbidden = self._scenario, self._scenario.forbidden
        for n, k in pairs:
            p, need = self._needs[n]
            programme, name = self._programmes[p], self._partners[k]
            fits = need in scenario.partners[name].offers and scenario.works_in(programme, name)
            serves = self._committed.get(n) == k or (
                bool(self._table.eligible[p, k])
                and self._is_open(scenario.partners[name].gate)
                and not self._closed & self._spread[n].keys()
            )
            if not fits or not serves or (programme, name) in forbidden:
                yield ("programmes", programme, "needs", need)

    @cached_property
    def _closed(self) -> set[int]:
        """Phases that are over: their successor has begun."""
        today, phases = self._scenario.as_at, self._scenario.phases
        starts = [phases[phase] for phase in self._phases]
        return {t for t, after in enumerate(starts[1:]) if today is not None and after <= today}

    @cached_property
    def _committed(self) -> dict[int, int]:
        stated = self._scenario.committed
        return {
            self._needs.index((self._programmes.index(p), need)): self._partners.index(name)
            for p, decided in stated.items()
            for need, name in decided.items()
        }

    def _not_whole(self, pairs: list[Pair], changed: Changed) -> Iterator[Loc]:
        """Yield needs left out of what runs, commitments broken, and what must run but does not."""
        served = dict(pairs)
        running = {self._needs[n][0] for n in served}
        for n, (p, need) in enumerate(self._needs):
            if p in running and n not in served:
                yield ("programmes", self._programmes[p], "needs", need)
            decided: Loc = ("committed", self._programmes[p], need)
            kept = n not in self._committed or served.get(n) == self._committed[n]
            if not kept and decided not in changed:
                yield decided
        for p, (name, programme) in enumerate(self._scenario.programmes.items()):
            loc = ("programmes", name, "mandatory")
            if programme.mandatory and p not in running and loc not in changed:
                yield loc

    def _suits_methods(self, working: set[Pair], running: set[int], most: int) -> bool:
        """Tell whether so many methodologies are enough for all who work and all that runs."""
        wanted = {p: self._scenario.programmes[self._programmes[p]].method for p in running}
        asked = [{method} for method in wanted.values() if method]
        for p, k in working:
            able = set(self._scenario.partners[self._partners[k]].methods)
            method = wanted[p]
            asked += [able & {method} if method else able] if able else []
        known = sorted(set().union(*asked))
        return any(
            all(one & set(few) for one in asked)
            for count in range(min(most, len(known)) + 1)
            for few in combinations(known, count)
        )


_Cap = tuple[Loc, Fraction]


def _counted(count: int) -> ByPhase:
    return {0: Fraction(count)}


def _added(one: ByPhase, other: ByPhase) -> ByPhase:
    return {t: one.get(t, NOTHING) + other.get(t, NOTHING) for t in one.keys() | other.keys()}


def _beyond(used: ByPhase, team: dict[int | None, Fraction]) -> ByPhase:
    """Return the days beyond the team's by phase; a single total is used up in order of date."""
    if None not in team:
        return {t: used[t] - cap for t, cap in team.items() if t is not None and used[t] > cap}
    bought: ByPhase = {}
    left = team[None]
    for t in sorted(used):
        bought[t] = max(NOTHING, used[t] - left)
        left = max(NOTHING, left - used[t])
    return bought
