"""The recommended choice by programme: who is chosen, who leads, who is still open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.allocation import NOBODY, Allocation, Allocator, Formulation, closed_phases
from partnerselect.arrays import IntArray
from partnerselect.value import PerformanceTable, Scores

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
    def table(self) -> PerformanceTable:
        """What the partners were scored on."""
        return self.formulation.table

    @cached_property
    def chosen(self) -> IntArray:
        """(N,): the partner of every need, -1 where its programme does not run."""
        found = self.allocation.chosen
        return np.full(len(self.formulation.work.needs), NOBODY) if found is None else found

    def chosen_in(self, p: int) -> list[int]:
        """Return the partners chosen for a programme, the one with most days first."""
        return self._chosen[p]

    @cached_property
    def _chosen(self) -> list[list[int]]:
        return [self._most_days_first(p) for p in range(len(self.formulation.work.programmes))]

    def _most_days_first(self, p: int) -> list[int]:
        work, days = self.formulation.work, dict[int, float]()
        for n in self.needs(p):
            if self.chosen[n] != NOBODY:
                k = int(self.chosen[n])
                days[k] = days.get(k, 0.0) + float(work.own_days[n])
        return sorted(days, key=lambda k: (-days[k], work.partners[k]))

    def order(self, p: int) -> list[int]:
        """Return the partners of a programme by rank, the ineligible last; ties by id."""
        work, eligible = self.formulation.work, self.table.eligible
        return sorted(
            range(len(work.partners)),
            key=lambda k: (not eligible[p, k], int(self.scores.ranks[p, k]), work.partners[k]),
        )

    def leader(self, p: int) -> int | None:
        """Return the first on value among the eligible, the smallest id of equals."""
        first = self.order(p)[0]
        return first if self.table.eligible[p, first] else None

    def largest_need(self, p: int, k: int | None = None) -> int:
        """Return the need with most days, of those that k offers where k is given."""
        work = self.formulation.work
        needs = [n for n in self.needs(p) if k is None or work.offered[n, k]]
        return min(needs, key=lambda n: (-work.own_days[n], work.needs[n]))

    def needs(self, p: int) -> list[int]:
        """Return the needs of a programme."""
        return self._needs[p]

    @cached_property
    def _needs(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.formulation.work.programmes]
        for n, p in enumerate(self.formulation.work.programme_of.tolist()):
            found[p].append(n)
        return found

    def is_committed(self, p: int, k: int) -> bool:
        """Tell whether everything that k offers here was decided at an earlier review point."""
        offered = self.formulation.work.offered
        return all(n in self.formulation.committed for n in self.needs(p) if offered[n, k])

    def is_outscored(self, p: int, k: int) -> bool:
        """Tell whether those chosen are worth more than k on every need that k offers here."""
        work, overall = self.formulation.work, self.scores.overall
        return all(
            self.chosen[n] not in {NOBODY, k}
            and overall[p, self.chosen[n]] > overall[p, k] + SAME_VALUE
            for n in self.needs(p)
            if work.offered[n, k]
        )

    def closed_phase(self, p: int) -> str | None:
        """Return a phase in which the programme needs work and which takes none any more."""
        work = self.formulation.work
        closed = closed_phases(self.formulation.scenario, work)
        over = [
            work.phases[t]
            for n in self.needs(p)
            for t in np.flatnonzero((work.spread[n] > 0) & closed)
        ]
        return over[0] if over else None

    def uncovered(self, p: int) -> tuple[str, ...]:
        """Return the components that no eligible partner offers."""
        work, eligible = self.formulation.work, self.table.eligible
        return tuple(
            work.needs[n][1] for n in self.needs(p) if not (eligible[p] & work.offered[n]).any()
        )

    def can_run(self, p: int) -> bool:
        """Tell whether a programme could run if there were no limits."""
        return self.closed_phase(p) is None and not self.uncovered(p)
