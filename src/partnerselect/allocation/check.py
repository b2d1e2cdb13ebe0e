"""Recheck a choice in exact arithmetic, from the scenario as it is written.

It shares nothing with the formulation: a fault there, or a tolerance of the solver's, cannot hide
here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from partnerselect.allocation.exact_amounts import Pair, exact
from partnerselect.allocation.exact_use import AS_STATED, SHARE, Changed, ExactUse, Use
from partnerselect.errors import Loc
from partnerselect.model import (
    IN_ALL,
    LEVEL,
    Apart,
    AtLeastRun,
    Before,
    Forbid,
    OnlyOne,
    Require,
    Rule,
    Scenario,
    Together,
    entry_at,
    kind_at,
    programme_of,
)
from partnerselect.value import PerformanceTable

Teams = Mapping[str, set[str]]
"""Running programme to its partners."""


@dataclass(frozen=True)
class Fault:
    """A demand of the scenario that a choice does not keep."""

    loc: Loc
    needs: tuple[int, ...] | None = None
    """Needs whose partners break it whatever else is chosen; None where the whole choice does."""
    partner: int | None = None
    """Who takes too large a share with these needs, unless others take more than they do."""


@dataclass(frozen=True)
class Breach:
    """A limit, rule, decision, requirement or exclusion that a choice does not keep."""

    loc: Loc
    """Its place, a phase last."""
    phase: str | None = None
    allowed: Fraction | None = None
    used: Fraction | None = None
    """None where nothing is counted."""
    partners: tuple[str, ...] = ()
    """Against whom a decision, a requirement or a methodology stands."""

    @property
    def over(self) -> Fraction:
        """By how much it is broken."""
        if self.used is None or self.allowed is None:
            return Fraction(0)
        return abs(self.used - self.allowed)


class ExactCheck(ExactUse):
    """One scenario, against which choices are held."""

    def __init__(self, scenario: Scenario, table: PerformanceTable) -> None:
        super().__init__(scenario)
        self._table = table

    def faults(self, chosen: Sequence[int], changed: Changed = AS_STATED) -> list[Fault]:
        """Return every demand that a choice does not keep.

        Args:
            chosen: the partner of every need by number, -1 for nobody; (N,).
            changed: limits that stand otherwise for the moment.
        """
        pairs = [(n, int(k)) for n, k in enumerate(chosen) if k >= 0]
        over = [use for use in self._uses(pairs, changed) if use.is_over]
        return [
            *(self._fault(use, pairs, changed) for use in over),
            *(Fault(loc) for loc in self._broken(pairs, changed)),
        ]

    def _fault(self, over: Use, pairs: list[Pair], changed: Changed) -> Fault:
        """Return a limit broken with needs that by themselves take too much, none dispensable."""
        if over.loc == SHARE:
            k = self._partners.index(over.subject)
            return Fault(over.loc, tuple(n for n, other in pairs if other == k), k)
        if not over.grows:
            return Fault(over.loc)
        kept = list(pairs)
        for pair in pairs:
            fewer = [one for one in kept if one != pair]
            left = (use for use in self._uses(fewer, changed) if use.loc == over.loc)
            if any(use.is_over for use in left):
                kept = fewer
        return Fault(over.loc, tuple(n for n, _ in kept))

    def breaches(self, chosen: Sequence[int]) -> dict[Loc, Breach]:
        """Return all that a choice does not keep, by place: the worst of each.

        As `faults`, with figures, and with what stands against a partner in the place of the need.
        """
        pairs = [(n, int(k)) for n, k in enumerate(chosen) if k >= 0]
        short = [Use(loc, *figures) for loc, figures in self._short_teams(pairs, AS_STATED)]
        over = [use for use in self._uses(pairs, AS_STATED) if use.is_over]
        told = [
            *(Breach(use.loc, self._phase_of(use.loc), use.limit, use.amount) for use in over),
            *(Breach(use.loc, None, use.limit, use.amount) for use in short),
            *(Breach(loc, partners=names) for loc, names in self._obstructed(pairs).items()),
            *(Breach(loc) for loc in self._forbidden(pairs)),
            *(Breach(loc) for loc in self._not_whole(pairs, AS_STATED)),
            *(Breach(loc) for loc in self._broken_rules(pairs, AS_STATED)),
        ]
        return {one.loc: one for one in sorted(told, key=lambda one: one.over)}

    def _obstructed(self, pairs: list[Pair]) -> dict[Loc, tuple[str, ...]]:
        """Return what stands against partners for needs, and against whom."""
        found: dict[Loc, dict[str, None]] = {}
        for n, k in pairs:
            for loc in self.obstacles(n, k):
                found.setdefault(loc, {})[self._partners[k]] = None
        return {loc: tuple(names) for loc, names in found.items()}

    def _phase_of(self, loc: Loc) -> str | None:
        kind = None if loc[-1] == IN_ALL else kind_at(loc)
        return str(loc[-1]) if kind is not None and len(loc) > len(kind.path) else None

    def _forbidden(self, pairs: list[Pair]) -> Iterator[Loc]:
        """Yield the rules that forbid who works."""
        for name, rule in self._scenario.rules.items():
            if isinstance(rule, Forbid) and any(
                self._partners[k] in rule.forbid.get(self._of[self._needs[n][0]], ())
                for n, k in pairs
            ):
                yield ("rules", name)

    def _broken(self, pairs: list[Pair], changed: Changed) -> Iterator[Loc]:
        """Yield the places of what is no figure: who may serve, what must run, rules, minima."""
        for n, k in pairs:
            p, need = self._needs[n]
            pair = self._programmes[p], self._partners[k]
            is_offered = need in self._scenario.partners[pair[1]].offers
            if not is_offered or pair in self._scenario.forbidden or any(self.obstacles(n, k)):
                yield self._scenario.loc_of_need(pair[0], need)
        yield from self._not_whole(pairs, changed)
        yield from (loc for loc, _ in self._short_teams(pairs, changed))
        yield from self._broken_rules(pairs, changed)

    def _short_teams(
        self, pairs: list[Pair], changed: Changed
    ) -> Iterator[tuple[Loc, tuple[Fraction, Fraction]]]:
        """Yield where a programme has too few partners: how many, and how many it must have."""
        for p, count in Counter(p for p, _ in {(self._needs[n][0], k) for n, k in pairs}).items():
            loc: Loc = ("programmes", self._of[p], "partners", "min")
            least = changed.get(loc, self._scenario.programmes[self._programmes[p]].partners.min)
            if least is not None and count < least:
                yield loc, (Fraction(count), exact(least))

    def _broken_rules(self, pairs: list[Pair], changed: Changed) -> Iterator[Loc]:
        teams: dict[str, set[str]] = {}
        for n, k in pairs:
            programme = self._of[self._needs[n][0]]
            teams.setdefault(programme, set()).add(self._partners[k])
        rules = self._scenario.rules.items()
        broken = (("rules", name) for name, rule in rules if _is_broken(rule, teams))
        yield from (place for place in broken if place not in changed)

    def obstacles(self, n: int, k: int) -> Iterator[Loc]:
        """Yield what stands against a partner for a need that it offers, rules left out.

        A commitment stands above all but the method.
        """
        programme, name = self._programmes[self._needs[n][0]], self._partners[k]
        partner = self._scenario.partners[name]
        special = partner.for_.get(programme)
        if not self._scenario.works_in(programme, name):
            yield ("programmes", programme_of(programme), "method")
        if self._committed.get(n) == k:
            return
        if self._closed & self._spread[n].keys():
            yield ("as-at",)
        if partner.gate and not self._is_open(partner.gate):
            yield ("gates", partner.gate)
        if partner.excluded:
            yield ("partners", name, "excluded")
        if special is not None and special.excluded:
            written = programme_of(programme)
            yield ("partners", name, "for", written, "excluded")
        for path in self._table.missed.get((programme, name), ()):
            yield (*self._scenario.loc(f"criteria.{path}"), "at-least")

    @cached_property
    def _closed(self) -> set[int]:
        """Phases that are over: their successor has begun."""
        today, phases = self._scenario.as_at, self._scenario.phase_starts
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
                yield self._scenario.loc_of_need(self._programmes[p], need)
        at = defaultdict[str, list[int]](list)
        for p in running:
            at[self._of[p]].append(p)
        yield from (("programmes", name, "levels") for name, ps in at.items() if len(ps) > 1)
        for loc, (able, entries) in self._demanded.items():
            if able.isdisjoint(pairs) and entries.isdisjoint(running) and loc not in changed:
                yield loc

    @cached_property
    def _demanded(self) -> dict[Loc, tuple[frozenset[Pair], frozenset[int]]]:
        """Place to what it asks for: one of these needs by its partner, or one of these to run."""
        found: dict[Loc, tuple[frozenset[Pair], frozenset[int]]] = {}
        stated, row = self._scenario.as_written, self._programmes.index
        for name, decided in stated.committed.items():
            entries = {row(entry) for entry in self._scenario.entries[name]}
            for need, told in decided.items():
                loc: Loc = ("committed", name, need)
                if self._scenario.fixed_levels.get(name) == told and need == LEVEL:
                    found[loc] = frozenset(), frozenset({row(entry_at(name, told))})
                    continue
                k = self._partners.index(told)
                able = {
                    (n, k) for n, (p, one) in enumerate(self._needs) if one == need and p in entries
                }
                found[loc] = frozenset(able), frozenset()
        for name, programme in stated.programmes.items():
            if programme.mandatory:
                entries = {row(entry) for entry in self._scenario.entries[name]}
                found["programmes", name, "mandatory"] = frozenset(), frozenset(entries)
        return found


def _is_broken(rule: Rule, teams: Teams) -> bool:
    """Tell whether partners break a rule; `forbid` is a matter of who may serve."""
    match rule:
        case Apart():
            return any(len(group & set(rule.apart)) > 1 for group in _groups(rule, teams))
        case Together():
            named = set(rule.together)
            return any(0 < len(group & named) < len(named) for group in _groups(rule, teams))
        case Require():
            stated = rule.require.items()
            return any(not set(names) <= teams[p] for p, names in stated if p in teams)
        case Before():
            return rule.before[1] in teams and rule.before[0] not in teams
        case OnlyOne() | AtLeastRun():
            of, least, most = rule.counted
            return not least <= len(teams.keys() & set(of)) <= most
        case _:
            return False


def _groups(rule: Apart | Together, teams: Teams) -> list[set[str]]:
    """Return those among whom a rule holds: all of the portfolio, or those of each programme."""
    return [set().union(*teams.values())] if rule.anywhere else list(teams.values())
