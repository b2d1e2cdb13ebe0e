"""Every choice that is nearly as good as the best, what they agree on, and a few that differ most.

Source of the agreement: the core index of robust portfolio modelling, Liesiö, Mild & Salo (2007),
European Journal of Operational Research 181(3), here for near-optimality.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from partnerselect.allocation.cost_account import NOBODY, CostBreakdown, account, partners_of, runs
from partnerselect.allocation.formulate import SAME_VALUE
from partnerselect.allocation.outcome import Allocation, UnansweredError
from partnerselect.allocation.plans import (
    Alternatives,
    FewPlan,
    NearPlan,
    PlanAgreement,
    PlanChoice,
    Runs,
    SometimesPartner,
)
from partnerselect.allocation.problem import OneOf
from partnerselect.allocation.solve import Allocator
from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.errors import attempted
from partnerselect.model import programme_of
from partnerselect.optimiser import Enumeration
from partnerselect.value import Workload

BEYOND_ENUMERATION = 20_000
"""Columns beyond which one relaxation alone takes longer than anybody waits."""
LEAST_FEW, MOST_FEW = 3, 5
PATIENCE = 200_000
"""Sets of a few that are looked at for the one worth most."""
Regrets = Callable[[Sequence[IntArray]], FloatArray | None]
"""From choices to what each loses in each trial, (trials, choices); None where there are none."""


@dataclass(frozen=True)
class _Found:
    """One choice within the margin."""

    chosen: IntArray
    account: CostBreakdown


def nearly_best(
    allocator: Allocator, allocation: Allocation, regrets: Regrets, *, within: float, most: int
) -> Alternatives:
    """List every choice within a margin of the best, as far as the time allows.

    Args:
        allocator: the scenario's, kept in memory.
        allocation: the recommended choice; without one there is nothing to list.
        regrets: what choices lose over the trials.
        within: points of value or, with the aim least-cost, per cent of the cost.
        most: choices after which the list ends.
    """
    chosen, summed = allocation.chosen, allocation.account
    none = Alternatives(within, complete=True, count=0, best=None, plans=(), programmes=(), few=())
    if chosen is None or summed is None:
        return none

    def listed() -> Alternatives:
        allocator.allow(allocator.scenario.analysis.time_limit)
        near = _NearBest(allocator, _Found(chosen, summed), within)
        found, is_complete = near.all(most)
        is_complete &= allocation.state == "optimal"
        teams = [partners_of(allocator.work, one.chosen) for one in found]
        return Alternatives(
            within,
            is_complete,
            len(found),
            near.reached(summed),
            tuple(near.row(one) for one in found),
            tuple(
                near.agreement(programme, teams, proven=is_complete)
                for programme in allocator.scenario.entries
            ),
            tuple(near.few(found, regrets)),
        )

    return attempted(listed, replace(none, complete=False, why="fault"))


class _NearBest:
    """One scenario, its recommendation, and how far from it a choice may be."""

    def __init__(self, allocator: Allocator, best: _Found, within: float) -> None:
        self._of, self._best, aim = allocator, best, allocator.objective
        self._work = allocator.work
        reached = self.reached(best.account)
        self._limit = reached - within if aim.floor is None else reached * (1 + within / 100)
        """The least value, or the greatest cost."""

    def reached(self, summed: CostBreakdown) -> float:
        """Return what the aim is about: value, or our own cost."""
        return summed.value if self._of.floor is None else summed.own_cost

    def all(self, most: int) -> tuple[list[_Found], bool]:
        """Return the choices found, the recommendation first, and whether they are all."""
        is_complete = self._of.formulation.program.size <= BEYOND_ENUMERATION
        found = [self._best]
        for one in self._others() if is_complete else ():
            if len(found) >= most:
                is_complete = False
                break
            found.append(one)
        is_complete &= self._of.time_left > 0
        first, *others = found
        return [first, *sorted(others, key=self._order)], is_complete

    def _order(self, one: _Found) -> tuple[object, ...]:
        summed, ids = one.account, [self._work.partners[k] if k >= 0 else "~" for k in one.chosen]
        first = (-round(summed.value, 6), round(summed.own_cost, 4))
        pairs = sum(map(len, partners_of(self._work, one.chosen).values()))
        return (*(first if self._of.floor is None else first[::-1]), summed.partners, pairs, ids)

    def _others(self) -> Iterator[_Found]:
        aim, f = self._of.objective, self._of.formulation
        most = aim.sign * self._limit - aim.constant
        most += SAME_VALUE if aim.floor is None else aim.same_cost(self._limit)
        around = self._of.columns_of(self._best.chosen)
        parts = Enumeration(f.program, aim.terms, f.telling, around, aim.least_value)
        for values in parts.within(most, lambda: self._of.time_left):
            chosen = f.chosen_in(values)
            if (chosen == self._best.chosen).all() or self._of.check.faults(chosen.tolist()):
                continue
            one = _Found(chosen, account(self._of.scenario, self._work, self._of.scores, chosen))
            if self._is_within(one.account):
                yield one

    def _is_within(self, summed: CostBreakdown) -> bool:
        floor, most = self._of.floor, self._limit + self._of.objective.same_cost(self._limit)
        if floor is None:
            return summed.value >= self._limit - SAME_VALUE
        return summed.own_cost <= most and summed.value >= floor - SAME_VALUE

    def row(self, one: _Found) -> NearPlan:
        """Return a choice with its figures."""
        return NearPlan(
            one.account.value,
            one.account.own_cost,
            one.account.partners,
            self._running(one),
            int(needs_apart(self._work, np.array([one.chosen, self._best.chosen]))[0, 1]),
            choices_of(self._work, one.chosen),
        )

    def _running(self, one: _Found) -> int:
        return int(runs(self._work, one.chosen).sum())

    def agreement(
        self, programme: str, teams: Sequence[Mapping[str, tuple[str, ...]]], *, proven: bool
    ) -> PlanAgreement:
        """Return who serves a programme in all of the choices, in some, and whether it runs."""
        entries = self._of.scenario.entries[programme]
        ours = [[name for entry in entries for name in of[entry]] for of in teams]
        counts, every = Counter(name for team in ours for name in team), len(ours)
        running = sum(map(bool, ours))
        runs: Runs | None = "always" if running == every else "sometimes" if running else "never"
        always: tuple[str, ...] | None = tuple(
            sorted(name for name, count in counts.items() if count == every)
        )
        if not proven:
            runs, always = self._proven(programme, runs, always or ())
        some = sorted(
            (name for name in counts if counts[name] < every or name not in (always or ())),
            key=lambda name: (-counts[name], name),
        )
        some_partners = tuple(SometimesPartner(name, counts[name]) for name in some)
        found = PlanAgreement(programme, runs, always, some_partners)
        if entries == (programme,):
            return found
        levels = tuple(entry for entry in entries if any(of[entry] for of in teams))
        is_one = runs == "always" and len(levels) == 1 and (proven or self._is_always(levels[0]))
        return replace(found, levels=levels, level=levels[0] if is_one else None)

    def _proven(
        self, programme: str, runs: Runs | None, always: tuple[str, ...]
    ) -> tuple[Runs | None, tuple[str, ...] | None]:
        """Prove by one search each what all choices seen have in common; None where time is up."""
        f = self._of.formulation
        try:
            figure = 0.0 if runs == "always" else 1.0
            if runs != "sometimes" and self._can_be([f.z_of(programme)], figure):
                runs = "sometimes"
        except UnansweredError:
            runs = None
        try:
            columns = {name: f.x_of(programme, name) for name in always}
            return runs, tuple(name for name in always if not self._can_be([columns[name]], 0.0))
        except UnansweredError:
            return runs, None

    def _is_always(self, entry: str) -> bool:
        """Tell whether it is proven that a programme runs at this level in every choice."""
        try:
            return not self._can_be([self._of.formulation.z_of(entry)], 0.0)
        except UnansweredError:
            return False

    def _can_be(self, columns: Iterable[OneOf], figure: float) -> bool:
        """Tell whether any choice within the margin has columns at a figure."""
        self._of.hold_floor()
        with self._of.demanding(columns, figure):
            return self._of.reached_if_as_good(self._limit) is not None

    def few(self, found: list[_Found], regrets: Regrets) -> Iterator[FewPlan]:
        """Yield a few that differ most, each against the recommendation."""
        chosen = np.array([one.chosen for one in found])
        apart = needs_apart(self._work, chosen)
        numbers = most_unlike(apart, np.array([one.account.value for one in found]))
        lost = attempted(lambda: regrets([found[n].chosen for n in (0, *numbers)]), None)
        means = None if lost is None else lost.mean(axis=0)
        best = self._best.account
        ours = {name for team in self._teams(self._best) for name in team}
        for place, n in enumerate(numbers):
            one = found[n]
            theirs = {name for team in self._teams(one) for name in team}
            yield FewPlan(
                n,
                best.own_cost - one.account.own_cost,
                best.partners - one.account.partners,
                self._running(one) - self._running(self._best),
                None if means is None else float(means[place + 1]),
                None if means is None else float(means[0]),
                tuple(sorted(theirs - ours)),
                tuple(sorted(ours - theirs)),
            )

    def _teams(self, one: _Found) -> Iterable[tuple[str, ...]]:
        return partners_of(self._work, one.chosen).values()


def choices_of(
    work: Workload, chosen: IntArray, written: frozenset[tuple[str, str]] = frozenset()
) -> tuple[PlanChoice, ...]:
    """Return who delivers what, need by need; those left out that nobody delivers."""
    return tuple(
        PlanChoice(*need, work.partners[k], need in written)
        for need, k in zip(work.needs, chosen.tolist(), strict=True)
        if k != NOBODY
    )


def chosen_of(work: Workload, choose: Iterable[PlanChoice]) -> IntArray:
    """Return who delivers what as the partner of every need, by number; shape (N,)."""
    chosen = np.full(len(work.needs), NOBODY)
    for one in choose:
        chosen[work.needs.index((one.programme, one.component))] = work.partners.index(one.partner)
    return chosen


def needs_apart(work: Workload, chosen: IntArray) -> IntArray:
    """Return in how many needs choices differ from one another; shape (S, S).

    Whatever the levels at which somebody meets them; that a programme runs at another level counts
    as one need more.

    Args:
        work: what is to be done.
        chosen: (S, N), the partner of each need.
    """
    needs, entries = dict[tuple[str, str], list[int]](), dict[str, dict[str, list[int]]]()
    for n, (entry, component) in enumerate(work.needs):
        needs.setdefault((programme_of(entry), component), []).append(n)
        entries.setdefault(programme_of(entry), {}).setdefault(entry, []).append(n)
    met = np.array([chosen[:, same].max(axis=1) for same in needs.values()])
    apart: IntArray = (met[:, :, None] != met[:, None, :]).sum(axis=0)
    for levels in entries.values():
        run = np.array([(chosen[:, of] != NOBODY).any(axis=1) for of in levels.values()])
        level = np.where(run.any(axis=0), run.argmax(axis=0), NOBODY)
        both = (level[:, None] != NOBODY) & (level[None, :] != NOBODY)
        apart += both & (level[:, None] != level[None, :])
    return apart


def most_unlike(apart: IntArray, values: FloatArray) -> tuple[int, ...]:
    """Return the numbers of a few choices that differ most from one another.

    The least number of needs in which two of them differ is the greatest that any three can keep;
    as many as keep it, up to five, and of those the ones worth most.

    Args:
        apart: (S, S), in how many needs any two differ.
        values: (S,).
    """
    if len(apart) < LEAST_FEW:
        return tuple(range(len(apart)))
    for distance in range(int(apart.max()), -1, -1):
        far = (apart >= distance) & ~np.eye(len(apart), dtype=bool)
        reach = far.astype(np.int64)
        if ((reach @ reach) * reach).any():
            return _worth_most(far, values)
    return ()


def _worth_most(far: BoolArray, values: FloatArray) -> tuple[int, ...]:
    """Return the largest set up to five of whom all are far from one another, worth most in all."""
    order = np.argsort(-values, kind="stable")
    best: tuple[int, float, tuple[int, ...]] = (0, -np.inf, ())
    todo: list[tuple[tuple[int, ...], IntArray]] = [((), order)]
    for _ in range(PATIENCE):
        if not todo:
            break
        some, able = todo.pop()
        worth = float(values[list(some)].sum())
        best = max(best, (len(some), worth, some), key=lambda one: one[:2])
        room = min(MOST_FEW - len(some), len(able))
        most = len(some) + room, worth + float(values[able[:room]].sum())
        if room and most > best[:2]:
            todo.append((some, able[1:]))
            first = int(able[0])
            todo.append(((*some, first), able[1:][far[first, able[1:]]]))
    return tuple(sorted(best[2]))
