"""The recommended choice by programme: who is chosen, who leads, who is still open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.allocation import (
    NOBODY,
    Allocation,
    Allocator,
    Formulation,
    at_worth,
    closed_phases,
    teams_chosen,
)
from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import LeastCost, programme_of
from partnerselect.value import Scores, Workload

SAME_VALUE = 1e-5


@dataclass(frozen=True)
class ChosenPartners:
    """Who is chosen for what; programmes (p), partners (k) and needs (n) by their numbers."""

    formulation: Formulation
    scores: Scores
    allocation: Allocation

    @classmethod
    def of(cls, allocator: Allocator, allocation: Allocation) -> ChosenPartners:
        """Return the choice that an allocator made."""
        return cls(allocator.formulation, allocator.scores, allocation)

    @property
    def work(self) -> Workload:
        """What is to be done, and what each would do and cost."""
        return self.formulation.work

    @property
    def eligible(self) -> BoolArray:
        """(P, K): who may be chosen."""
        return self.formulation.table.eligible

    @cached_property
    def chosen(self) -> IntArray:
        """(N,): the partner of every need, -1 where its programme does not run."""
        found = self.allocation.chosen
        return np.full(len(self.work.needs), NOBODY) if found is None else found

    @cached_property
    def _partner_of(self) -> list[int]:
        return list(self.chosen.tolist())

    @cached_property
    def _overall(self) -> list[list[float]]:
        return list(self.scores.overall.tolist())

    @cached_property
    def chosen_in(self) -> list[list[int]]:
        """The partners chosen for each programme, the one with most days first."""
        teams = teams_chosen(self.work, self.chosen)
        number = {name: k for k, name in enumerate(self.work.partners)}
        return [[number[name] for name in teams[p]] for p in self.work.programmes]

    @cached_property
    def engaged(self) -> BoolArray:
        """Who works on anything at all; shape (K,)."""
        return np.isin(np.arange(len(self.work.partners)), self.chosen)

    @cached_property
    def needs(self) -> list[list[int]]:
        """The needs of each programme."""
        found: list[list[int]] = [[] for _ in self.work.programmes]
        for n, p in enumerate(self.work.programme_of.tolist()):
            found[p].append(n)
        return found

    def order(self, p: int) -> list[int]:
        """Return the partners of a programme by rank, the ineligible last; ties by id."""
        return self._orders[p]

    @cached_property
    def _orders(self) -> list[list[int]]:
        partners = self.work.partners
        by_id = sorted(range(len(partners)), key=partners.__getitem__)
        last = np.where(self.eligible, self.scores.ranks, np.iinfo(np.int64).max)[:, by_id]
        return list(np.array(by_id)[np.argsort(last, axis=1, kind="stable")].tolist())

    def leader(self, p: int) -> int | None:
        """Return the first on value among the eligible, the smallest id of equals."""
        first = self.order(p)[0]
        return first if self.eligible[p, first] else None

    def offered(self, p: int, k: int) -> list[int]:
        """Return the needs of a programme that a partner offers."""
        return self._offered[p][k]

    @cached_property
    def _offered(self) -> list[list[list[int]]]:
        found: list[list[list[int]]] = [[[] for _ in self.work.partners] for _ in self.needs]
        needs, partners = np.nonzero(self.work.offered)
        of = self.work.programme_of[needs]
        for n, k, p in zip(needs.tolist(), partners.tolist(), of.tolist(), strict=True):
            found[p][k].append(n)
        return found

    @cached_property
    def best_values(self) -> FloatArray:
        """(P,): what the best eligible partner alone would make of each; minus infinity: none."""
        best = np.where(self.eligible, self.scores.overall, -np.inf).max(axis=1)
        return at_worth(self.work, self.scores, best)

    @cached_property
    def deliverable(self) -> BoolArray:
        """(N, K): who may deliver a need, where it is open and no single limit forbids it."""
        columns = self.formulation.y_table
        return (columns >= 0) & self.formulation.program.as_arrays().raisable()[columns]

    def largest(self, needs: list[int]) -> int:
        """Return the need with most days."""
        return min(needs, key=lambda n: (-self.work.own_days[n], self.work.needs[n]))

    @cached_property
    def _stated(self) -> list[str]:
        """The programme that each entry is, or is a level of."""
        return [programme_of(entry) for entry in self.work.programmes]

    @cached_property
    def runs_as(self) -> dict[str, int]:
        """Every programme that runs to the number of its entry."""
        return {self._stated[p]: p for p, ks in enumerate(self.chosen_in) if ks}

    def wish(self, p: int, k: int | None = None) -> tuple[str, str | None]:
        """Return what is asked of a partner of an entry, or of the entry (None).

        At whatever level; of an entry whose programme runs at another, at this level.
        """
        entry, programme = self.work.programmes[p], self._stated[p]
        if k is not None:
            return programme, self.work.partners[k]
        return (entry if programme in self.runs_as else programme), None

    def is_below(self, p: int) -> bool:
        """Tell whether a programme runs at a level above that of an entry."""
        return self.runs_as.get(self._stated[p], -1) > p

    def is_committed(self, p: int, k: int) -> bool:
        """Tell whether everything that k offers here was decided at an earlier review point."""
        return all(n in self.formulation.committed for n in self.offered(p, k))

    def is_outscored(self, p: int, k: int) -> bool:
        """Tell whether those chosen are worth more than k on every need that k offers here.

        Never with the aim least-cost, where to be worth less is no reason against a partner.
        """
        overall, aim = self._overall[p], self.formulation.scenario.aim
        rivals = (self._partner_of[n] for n in self.offered(p, k))
        return not isinstance(aim, LeastCost) and all(
            rival not in {NOBODY, k} and overall[rival] > overall[k] + SAME_VALUE
            for rival in rivals
        )

    def closed_phase(self, p: int) -> str | None:
        """Return a phase in which the programme needs work and which takes none any more."""
        closed = closed_phases(self.formulation.scenario, self.work)
        over = (self.work.spread[self.needs[p]] > 0) & closed
        return self.work.phases[int(np.nonzero(over)[1][0])] if over.any() else None

    def uncovered(self, p: int) -> tuple[str, ...]:
        """Return the components that no eligible partner offers."""
        return tuple(
            self.work.needs[n][1]
            for n in self.needs[p]
            if not (self.eligible[p] & self.work.offered[n]).any()
        )

    def can_run(self, p: int) -> bool:
        """Tell whether a programme could run if there were no limits."""
        return self.closed_phase(p) is None and not self.uncovered(p)
