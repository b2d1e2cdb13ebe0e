"""What a choice takes of every limit, in exact arithmetic, from the numbers as they are written.

It shares the reading of the scenario with everything else, and nothing with the formulation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from partnerselect.allocation.exact_amounts import (
    NOTHING,
    ByPhase,
    Pair,
    added,
    beyond,
    by_partner,
    counted,
    exact,
    part_of,
)
from partnerselect.errors import Loc
from partnerselect.model import (
    IN_ALL,
    UNLIMITED,
    Cost,
    Limit,
    PaidFor,
    Scenario,
    programme_of,
)

Changed = Mapping[Loc, float | None]
"""Limits that stand otherwise for the moment, by place (a phase last): another figure, or none."""
_Cap = tuple[Loc, Fraction]
AS_STATED: Changed = {}
BUDGET: Loc = ("limits", "budget")
FUNDS: Loc = ("limits", "funds")
INTERNAL_DAYS: Loc = ("limits", "internal-days")
BOUGHT_DAYS: Loc = ("limits", "backfill", "max-days")
SHARE: Loc = ("limits", "share-per-partner")
METHODS: Loc = ("limits", "methods")
CHANGES: Loc = ("limits", "changes")


@dataclass(frozen=True)
class Use:
    """What a choice takes of a limit, and what there is."""

    loc: Loc
    """Its place, a phase last."""
    amount: Fraction
    limit: Fraction
    subject: str = ""
    """The partner it is about, where the limit holds for every one of them."""
    grows: bool = True
    """Whether more choice takes more."""
    is_minimum: bool = False

    @property
    def is_over(self) -> bool:
        """Whether a choice takes more than there is, or less than there must be."""
        return self.amount < self.limit if self.is_minimum else self.amount > self.limit


def _sum(prices: Iterable[float]) -> Fraction:
    return sum(map(exact, prices), NOTHING)


class ExactUse:
    """One scenario, and what choices take of its limits."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._programmes, self._partners = list(scenario.programmes), list(scenario.partners)
        self._of = [programme_of(entry) for entry in self._programmes]
        dated = sorted(scenario.phase_starts.items(), key=lambda item: item[1])
        self._phases = [phase for phase, _ in dated]
        self._needs = [
            (p, need)
            for p, programme in enumerate(scenario.programmes.values())
            for need in programme.needs
        ]
        self._days: dict[Pair, ByPhase] = {}
        self._prices: dict[Pair, ByPhase] = {}

    def uses(self, chosen: Sequence[int]) -> Iterator[Use]:
        """Yield what a choice takes of every limit that is a figure and of which it takes any."""
        return self._uses([(n, int(k)) for n, k in enumerate(chosen) if k >= 0], AS_STATED)

    def _uses(self, pairs: list[Pair], changed: Changed) -> Iterator[Use]:
        """Yield what a choice takes of every limit, as the limits stand for the moment."""
        days = by_partner(pairs, self._days_of)
        working = {(self._needs[n][0], k) for n, k in pairs}
        yield from self._capacities(days, changed)
        bought, uses = self._internal(working, changed)
        yield from uses
        charged = self._charged_by_partner(pairs, working)
        yield from self._payments(working, charged, bought, changed)
        yield from self._shares(days, changed)
        yield from self._counts(working, changed)
        yield from self._groups(days, charged, working, changed)

    def _caps(self, loc: Loc, limit: Limit | None, changed: Changed) -> dict[int | None, _Cap]:
        """Return the figures of a limit by phase (None: over the horizon) with their places."""
        stated: dict[tuple[int | None, Loc], float] = {}
        if isinstance(limit, dict):
            stated = {
                (None if phase == IN_ALL else self._phases.index(phase), (*loc, phase)): cap
                for phase, cap in limit.items()
                if not isinstance(cap, str)
            }
        elif limit is not None and limit != UNLIMITED:
            stated = {(None, loc): float(limit)}
        now = {key: changed.get(key[1], cap) for key, cap in stated.items()}
        return {t: (place, exact(cap)) for (t, place), cap in now.items() if cap is not None}

    def _within(
        self,
        loc: Loc,
        limit: Limit | None,
        used: ByPhase,
        changed: Changed,
        *,
        grows: bool = True,
        moves: bool = False,
    ) -> Iterator[Use]:
        """Yield the use of a limit; what `moves` grows over the horizon, and not in each phase."""
        for t, (place, cap) in self._caps(loc, limit, changed).items():
            amount = sum(used.values(), NOTHING) if t is None else used.get(t, NOTHING)
            yield Use(place, amount, cap, "", grows and not (moves and t is not None))

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

    def _price_of(self, n: int, k: int) -> ByPhase:
        """Return what the days of a partner for a need cost in each phase."""
        if (n, k) not in self._prices:
            price = _sum(self._cost(self._needs[n][0], k).charged(PaidFor.DAY))
            self._prices[n, k] = {t: days * price for t, days in self._days_of(n, k).items()}
        return self._prices[n, k]

    def _cost(self, p: int, k: int) -> Cost:
        return self._scenario.partners[self._partners[k]].cost_for(self._programmes[p])

    def _capacities(self, days: dict[int, ByPhase], changed: Changed) -> Iterator[Use]:
        for k, taken in days.items():
            name = self._partners[k]
            partner, at = self._scenario.partners[name], ("partners", name)
            if partner.capacity is not None:
                yield from self._within((*at, "capacity"), partner.capacity, taken, changed)
            if partner.engagement is not None:
                loc = (*at, "engagement", "min-days")
                least = changed.get(loc, partner.engagement.min_days)
                if least is not None:
                    in_all = sum(taken.values(), NOTHING)
                    yield Use(loc, in_all, exact(least), grows=False, is_minimum=True)

    def _changes(self, working: set[Pair]) -> list[int]:
        """Return the programmes that run without any of their partners of today."""
        teams = defaultdict[int, set[str]](set)
        for p, k in working:
            teams[p].add(self._partners[k])
        now, names = self._incumbents, self._programmes
        return [p for p in sorted(teams) if names[p] in now and now[names[p]].isdisjoint(teams[p])]

    @cached_property
    def _incumbents(self) -> dict[str, frozenset[str]]:
        return self._scenario.incumbents

    @cached_property
    def _change_costs(self) -> bool:
        """Whether a programme can take less where more partners work on it."""
        return any(self._scenario.programmes[p].change for p in self._incumbents)

    def _internal(self, working: set[Pair], changed: Changed) -> tuple[ByPhase, list[Use]]:
        """Return the days bought for the own team in each phase, and the uses of its limits."""
        limits = self._scenario.limits
        used: ByPhase = defaultdict(Fraction)
        stated, otherwise = self._scenario.programmes, self._changes(working)
        for p in sorted({p for p, _ in working}):
            programme = stated[self._programmes[p]]
            taken = exact(programme.internal_days)
            if p in otherwise and programme.change is not None:
                taken += exact(programme.change.internal_days)
            for t in self._runs_in[p]:
                used[t] += taken / len(self._runs_in[p])
        grows = not self._change_costs
        own_days = limits.internal_days
        if limits.backfill is None:
            return {}, list(self._within(INTERNAL_DAYS, own_days, used, changed, grows=grows))
        caps = self._caps(INTERNAL_DAYS, limits.internal_days, changed)
        bought = beyond(used, {t: cap for t, (_, cap) in caps.items()})
        own = {t: days - bought.get(t, NOTHING) for t, days in used.items()}
        return bought, [
            *self._within(INTERNAL_DAYS, own_days, own, changed),
            *self._within(BOUGHT_DAYS, limits.backfill.max_days, bought, changed, grows=grows),
        ]

    def _payments(
        self,
        working: set[Pair],
        charged: dict[int, ByPhase],
        bought: ByPhase,
        changed: Changed,
    ) -> Iterator[Use]:
        """Yield what every payer pays that has a limit."""
        limits = self._scenario.limits
        ours, paid = self._paid(charged, changed)
        price = exact(limits.backfill.per_day) if limits.backfill else NOTHING
        ours = added(ours, {t: amount * price for t, amount in bought.items()})
        for p in self._changes(working):
            change, first = (
                self._scenario.programmes[self._programmes[p]].change,
                self._runs_in[p][0],
            )
            ours[first] = ours.get(first, NOTHING) + (exact(change.cost) if change else NOTHING)
        grows, once = not self._change_costs, self._once
        yield from self._within(BUDGET, limits.budget, ours, changed, grows=grows, moves=once)
        for payer, fund in limits.funds.items():
            loc, theirs = (*FUNDS, payer), paid.get(payer, {})
            moves = once or any(map(self._is_topped_up, charged))
            yield from self._within(loc, fund, theirs, changed, moves=moves)

    @cached_property
    def _once(self) -> bool:
        """Whether a price paid once moves to an earlier phase where work is added there."""
        partners = self._scenario.partners.values()
        return any(map(any, (partner.cost.charged(PaidFor.PARTNER) for partner in partners)))

    def _charged_by_partner(self, pairs: list[Pair], working: set[Pair]) -> dict[int, ByPhase]:
        """Return what every partner charges in each phase."""
        charged = by_partner(pairs, self._price_of)
        for k, theirs in charged.items():
            cost = self._scenario.partners[self._partners[k]].cost
            theirs[min(theirs)] += _sum(cost.charged(PaidFor.PARTNER))
        for p, k in working:
            if price := _sum(self._cost(p, k).charged(PaidFor.PROGRAMME)):
                first = self._runs_in[p][0]
                charged[k][first] = charged[k].get(first, NOTHING) + price
        return charged

    def _paid(
        self, charged: dict[int, ByPhase], changed: Changed
    ) -> tuple[ByPhase, dict[str, ByPhase]]:
        """Return by phase what we pay, and what every other payer does.

        Of a fund those are served first for whom we would not pay the rest.
        """
        ours: ByPhase = {}
        others: dict[str, ByPhase] = {}
        topped: dict[str, ByPhase] = {}
        for k, theirs in charged.items():
            covered, payer = self._covered(k)
            ours = added(ours, {t: amount * (1 - covered) for t, amount in theirs.items()})
            part = {t: amount * covered for t, amount in theirs.items()}
            if covered and self._is_topped_up(k):
                topped[payer] = added(topped.get(payer, {}), part)
            elif covered:
                others[payer] = added(others.get(payer, {}), part)
        for payer, asked in topped.items():
            loc, firm = (*FUNDS, payer), others.get(payer, {})
            caps = self._caps(loc, self._scenario.limits.funds.get(payer), changed)
            rest = beyond(asked, {t: cap for t, (_, cap) in caps.items()}, firm)
            ours = added(ours, rest)
            met = {t: amount - rest[t] for t, amount in asked.items()}
            others[payer] = added(firm, met)
        return ours, others

    def _is_topped_up(self, k: int) -> bool:
        """Tell whether we pay for a partner what its fund cannot."""
        funding = self._scenario.partners[self._partners[k]].funding
        return funding is not None and funding.top_up == "us"

    def _covered(self, k: int) -> tuple[Fraction, str]:
        """Return the part of a partner's prices that another pays, and who."""
        funding = self._scenario.partners[self._partners[k]].funding
        if funding is None or not self._is_open(funding.gate):
            return NOTHING, ""
        return exact(funding.covers), funding.payer

    def _is_open(self, gate: str | None) -> bool:
        return gate is None or self._scenario.gates[gate].is_open

    def _shares(self, days: dict[int, ByPhase], changed: Changed) -> Iterator[Use]:
        stated = changed.get(SHARE, self._scenario.limits.share_per_partner)
        if stated is None:
            return
        taken = {k: sum(theirs.values(), NOTHING) for k, theirs in days.items()}
        in_all = sum(taken.values(), NOTHING)
        for k, amount in taken.items() if in_all else ():
            yield Use(SHARE, amount / in_all, exact(stated), self._partners[k], grows=False)

    def _counts(self, working: set[Pair], changed: Changed) -> Iterator[Use]:
        limits = self._scenario.limits
        programmes = Counter(k for _, k in working)
        if limits.partners is not None:
            loc: Loc = ("limits", "partners", "max")
            yield from self._within(loc, limits.partners.max, counted(len(programmes)), changed)
        loc, most = ("limits", "programmes-per-partner"), limits.programmes_per_partner
        for k, count in programmes.items():
            for use in self._within(loc, most, counted(count), changed):
                yield replace(use, subject=self._partners[k])
        for p, count in Counter(p for p, _ in working).items():
            loc = ("programmes", self._of[p], "partners", "max")
            most = self._scenario.programmes[self._programmes[p]].partners.max
            yield from self._within(loc, most, counted(count), changed)
        if limits.methods is not None:
            in_use = counted(self._methods_in_use(working))
            yield from self._within(METHODS, limits.methods, in_use, changed)

    def _groups(
        self,
        days: dict[int, ByPhase],
        charged: dict[int, ByPhase],
        working: set[Pair],
        changed: Changed,
    ) -> Iterator[Use]:
        """Yield what each group of partners has, and how many programmes change theirs."""
        most = counted(len(self._changes(working)))
        yield from self._within(CHANGES, self._scenario.limits.changes, most, changed, grows=False)
        for name, group in self._scenario.limits.groups.items():
            ours = {
                k
                for k, partner in enumerate(self._scenario.partners.values())
                if group.tag in partner.tags
            }
            amounts = {
                "days": (part_of(days, ours), group.days),
                "money": (part_of(charged, ours), group.money),
                "partners": (Fraction(len(ours & days.keys())), group.partners),
                "programmes": (
                    Fraction(len({p for p, k in working if k in ours})),
                    group.programmes,
                ),
            }
            for what, (amount, between) in amounts.items():
                loc = ("limits", "groups", name, what)
                if between is None or amount is None:
                    continue
                for end, grows in (("min", False), ("max", what in {"partners", "programmes"})):
                    stated = changed.get((*loc, end), getattr(between, end))
                    if stated is not None:
                        yield Use((*loc, end), amount, exact(stated), "", grows, end == "min")

    def _methods_in_use(self, working: set[Pair]) -> int:
        """Return the least number of methodologies with which all who are chosen can work."""
        wanted = {p: self._scenario.programmes[self._programmes[p]].method for p, _ in working}
        asked = [{method} for method in wanted.values() if method]
        for p, k in working:
            able, method = set(self._scenario.partners[self._partners[k]].methods), wanted[p]
            suits = able & {method} if method else able
            asked += [suits] if suits else []  # who suits none is not eligible
        known = sorted(set().union(*asked))
        return next(
            count
            for count in range(len(known) + 1)
            if any(all(one & set(few) for one in asked) for few in combinations(known, count))
        )
