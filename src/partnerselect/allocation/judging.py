"""Plans on the table, judged: as written, what they break, and what could be had instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeVar

import numpy as np

from partnerselect.allocation.check import Breach
from partnerselect.allocation.choices import TrialRegrets
from partnerselect.allocation.cost_account import (
    NOBODY,
    CostBreakdown,
    account,
    delivered_value,
    runs,
    teams_chosen,
)
from partnerselect.allocation.elastic import Completion, Said, completed, named
from partnerselect.allocation.near_best import choices_of
from partnerselect.allocation.outcome import Allocation, Unanswered, UnansweredError
from partnerselect.allocation.plans import (
    Broken,
    ChangedNeed,
    Difference,
    JudgedPlan,
    Judgement,
    PlanChoice,
    PlanRegret,
    PossiblePlan,
    Worth,
)
from partnerselect.allocation.problem import importance
from partnerselect.allocation.solve import Allocator
from partnerselect.allocation.tie_break import IN_TURN, TieBreak
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import attempted
from partnerselect.model import LEVEL, Plan, parts_of, programme_of

AS_GOOD = 1e-9
SAME = 1e-9
Answer = TypeVar("Answer")
SPARE = 1e-6
"""Of money, by which a plan may cost more and count as costing no more."""


def judged(
    allocator: Allocator,
    allocation: Allocation,
    regrets: TrialRegrets | None,
    plans: Mapping[str, Plan],
    *,
    instead: bool = True,
) -> Judgement:
    """Judge plans against the scenario's recommendation.

    Args:
        allocator: the scenario's, kept in memory.
        allocation: the recommended choice.
        regrets: what choices lose over the trials; None where that is not asked.
        plans: by id, in the order asked for.
        instead: whether to ask what could be had for the same money, and for the same worth.
    """
    judges = (_Judge(allocator, allocation, regrets, *one) for one in plans.items())
    return _judgement(allocation, (one.judged(instead=instead) for one in judges))


def as_written(
    allocator: Allocator, allocation: Allocation, plans: Mapping[str, Plan]
) -> Judgement:
    """Say what plans come to and what they break, and nothing of what could be had instead.

    At once for plans that leave nothing open.
    """
    judged = (_Judge(allocator, allocation, None, *one).as_written() for one in plans.items())
    return _judgement(allocation, judged)


def _judgement(allocation: Allocation, judged: Iterable[JudgedPlan]) -> Judgement:
    best = allocation.account
    worth = None if best is None else Worth(best.value, best.cost, best.own_cost)
    return Judgement(worth, tuple(judged))


class _Judge:
    """One plan, its scenario and the recommendation."""

    def __init__(
        self,
        allocator: Allocator,
        allocation: Allocation,
        regrets: TrialRegrets | None,
        plan_id: str,
        plan: Plan,
    ) -> None:
        self._of, self._best, self._regrets = allocator, allocation, regrets
        self._id, self._plan, self._work = plan_id, plan, allocator.work
        self._number = {need: n for n, need in enumerate(self._work.needs)}
        self._said: Said = {
            self._number[need]: NOBODY if name is None else self._work.partners.index(name)
            for need, name in allocator.scenario.written(plan).items()
        }
        running = [self._work.programmes[p] for p in named(self._work, self._said)]
        self._level = {programme_of(entry): entry for entry in running if parts_of(entry)[1]}
        """Programme to its entry at the level at which the plan has it run."""
        self._why: Unanswered | None = None
        allocator.allow(allocator.scenario.analysis.time_limit)

    def judged(self, *, instead: bool) -> JudgedPlan:
        """Return all that is said of it, or all but what could be had instead."""
        near = self._answered(self._possible_plan)
        changes = () if near is None else tuple(self._changes(near))
        is_possible = near is not None and not changes
        done = Completion(near, {}) if is_possible else self._answered(self._completed)
        chosen = None if done is None else done.chosen
        if done is not None and chosen is not None and not done.broken:
            # also where the nearest was not found in time
            near, changes, is_possible = chosen, (), True
        sums = self._summed(chosen) if chosen is not None and instead else None
        return replace(
            self._told(done),
            possible=is_possible,
            nearest=None if near is None else self._possible(near, changes),
            same_money=None if sums is None else self._same_money(sums.own_cost),
            same_worth=None if sums is None else self._same_worth(sums.value),
            regret=self._regret("plan" if is_possible else "nearest", near),
            why=self._why,
        )

    def as_written(self) -> JudgedPlan:
        """Return what it comes to and what it breaks."""
        return self._told(self._answered(self._completed))

    def _told(self, done: Completion | None) -> JudgedPlan:
        chosen = None if done is None else done.chosen
        sums = None if chosen is None else self._summed(chosen)
        broken = () if done is None else tuple(map(_broken, done.broken.values()))
        return JudgedPlan(
            plan=self._id,
            title=self._plan.title,
            possible=chosen is not None and not broken,
            value=None if sums is None else sums.value,
            cost=None if sums is None else sums.cost,
            own_cost=None if sums is None else sums.own_cost,
            running=None if chosen is None else int(runs(self._work, chosen).sum()),
            choose=self._choices(chosen),
            broken=broken,
            nearest=None,
            same_money=None,
            same_worth=None,
            difference=() if chosen is None else tuple(self._difference(chosen)),
            regret=None,
            why=self._why,
        )

    def _answered(self, question: Callable[[], Answer | None]) -> Answer | None:
        """Return an answer; none, and why, where it could not be worked out."""
        none: _Asked[Answer] = (None, "fault")
        found, why = attempted(lambda: _asked(question), none)
        self._why = why or self._why
        return found

    def _summed(self, chosen: IntArray) -> CostBreakdown:
        return account(self._of.scenario, self._work, self._of.scores, chosen)

    def _choices(self, chosen: IntArray | None) -> tuple[PlanChoice, ...]:
        """Return who delivers what; only what is written where the rest cannot be."""
        if chosen is None:
            chosen = np.full(len(self._work.needs), NOBODY)
            chosen[list(self._said)] = list(self._said.values())
        return choices_of(self._work, chosen, frozenset(self._work.needs[n] for n in self._said))

    def _possible_plan(self) -> IntArray | None:
        """Return the choice within all limits that changes least of what is written."""
        if self._best.state == "infeasible":
            return None
        f, terms = self._of.formulation, np.zeros(self._of.formulation.program.size)
        for n, k in self._written():
            if k == NOBODY:
                terms[f.z[int(self._work.programme_of[n])]] += 1.0
            for same in self._at_any_level(n):
                if (same, k) in f.y:
                    terms[f.y[same, k]] -= 1.0
        for programme, entry in self._level.items():
            terms[list(f.z_of(programme))] += float(not self._is_bare(entry))
            terms[list(f.z_of(entry))] -= 1.0
        fewest = self._of.lowest(terms)
        if fewest is None:
            return None
        with self._of.holding(terms, float(np.round(fewest)) + 1 / 2):
            return self._singled_out()

    def _singled_out(self, order: tuple[int, ...] = IN_TURN) -> IntArray | None:
        """Return the best choice as the demands now stand, ties broken; the model aims at it."""
        values = self._of.settled(self._of.solve()).values
        return (
            None if values is None else self._of.chosen_in(TieBreak(self._of, values, order).run())
        )

    def _changes(self, chosen: IntArray) -> Iterator[ChangedNeed]:
        """Yield what is done otherwise: needs, at whatever level they are met, and levels."""
        names = [*self._work.partners, None]
        for n, k in self._written():
            now = int(chosen[n if k == NOBODY else self._at_any_level(n)].max())
            if now != k:
                yield ChangedNeed(*self._work.needs[n], names[k], names[now])
        running = np.array(self._work.programmes)[runs(self._work, chosen)].tolist()
        now_at = {programme_of(name): name for name in running}
        for programme, entry in self._level.items():
            now_level = now_at.get(programme)
            if now_level != entry and (now_level or self._is_bare(entry)):
                level = parts_of(now_level)[1] if now_level else None
                yield ChangedNeed(entry, LEVEL, parts_of(entry)[1], level)

    def _written(self) -> Iterator[tuple[int, int]]:
        """Yield what the plan says of needs, but not of the levels beside the one it names."""
        for n, k in self._said.items():
            entry, _ = self._work.needs[n]
            if k != NOBODY or programme_of(entry) not in self._level:
                yield n, k

    def _is_bare(self, entry: str) -> bool:
        """Tell whether the plan says nothing but the level of a programme."""
        return not any(self._work.needs[n][0] == entry for n in self._said)

    def _at_any_level(self, n: int) -> list[int]:
        """Return the numbers of a need at every level of its programme."""
        entry, component = self._work.needs[n]
        entries = self._of.scenario.entries[programme_of(entry)]
        return [self._number[one, component] for one in entries if (one, component) in self._number]

    def _completed(self) -> Completion:
        return completed(
            self._of.check, self._of.scenario, self._of.scores, self._said, self._of.budget
        )

    def _possible(self, chosen: IntArray, changes: tuple[ChangedNeed, ...] = ()) -> PossiblePlan:
        sums = self._summed(chosen)
        return PossiblePlan(sums.value, sums.own_cost, choices_of(self._work, chosen), changes)

    def _same_money(self, own_cost: float) -> PossiblePlan | None:
        """Return the choice worth most that costs us no more."""

        def question() -> IntArray | None:
            value, cost = (0, 1) if self._of.floor is None else (1, 0)
            stages = self._of.objective.stages
            with (
                self._of.holding(stages[cost][0], own_cost + SPARE),
                self._of.without_floor(),
                self._of.aiming_at(value),
            ):
                return self._singled_out((value, cost, 2, 3))

        return self._instead(question)

    def _same_worth(self, value: float) -> PossiblePlan | None:
        """Return the choice that costs us least and is worth no less."""

        def question() -> IntArray | None:
            worth, cost = (0, 1) if self._of.floor is None else (1, 0)
            with self._of.nearly_worth(value), self._of.aiming_at(cost):
                return self._singled_out((cost, worth, 2, 3))

        return self._instead(question)

    def _instead(self, question: Callable[[], IntArray | None]) -> PossiblePlan | None:
        chosen = self._answered(question)
        return None if chosen is None else self._possible(chosen)

    def _difference(self, chosen: IntArray) -> Iterator[Difference]:
        """Yield what differs from the recommendation, programme by programme."""
        best = self._best.chosen
        if best is None:
            return
        weight = importance(self._of.scenario)
        gained = weight * (self._values(chosen) - self._values(best))
        paid, before = self._paid(chosen), self._paid(best)
        teams, others = (teams_chosen(self._work, one) for one in (chosen, best))
        for p, name in enumerate(self._work.programmes):
            more = paid.get(name, 0.0) - before.get(name, 0.0)
            if set(teams[name]) != set(others[name]) or abs(gained[p]) > SAME or abs(more) > SAME:
                yield Difference(name, float(gained[p]), more, teams[name], others[name])

    def _values(self, chosen: IntArray) -> FloatArray:
        return delivered_value(self._work, self._of.scores, chosen)

    def _paid(self, chosen: IntArray) -> dict[str, float]:
        """Return what we pay for each programme."""
        paid: dict[str, float] = {}
        for line in self._summed(chosen).lines:
            if line.programme is not None:
                paid[line.programme] = paid.get(line.programme, 0.0) + line.own_cost
        return paid

    def _regret(self, of: Literal["plan", "nearest"], chosen: IntArray | None) -> PlanRegret | None:
        if chosen is None or self._best.chosen is None or self._regrets is None:
            return None
        regrets, both = self._regrets, [chosen, self._best.chosen]
        lost = self._answered(lambda: regrets(both))
        if lost is None:
            return None
        as_good = float((lost[:, 0] <= lost[:, 1] + AS_GOOD).mean())
        return PlanRegret(of, float(lost[:, 0].mean()), float(lost[:, 0].max()), as_good)


_Asked = tuple[Answer | None, Unanswered | None]


def _asked(question: Callable[[], Answer | None]) -> _Asked[Answer]:
    try:
        return question(), None
    except UnansweredError as unanswered:
        return None, unanswered.why


def _broken(breach: Breach) -> Broken:
    if breach.allowed is None or breach.used is None:
        return Broken(breach.loc, breach.phase, partners=breach.partners)
    loc = breach.loc if breach.phase is None else breach.loc[:-1]
    return Broken(loc, breach.phase, float(breach.allowed), float(breach.used), float(breach.over))
