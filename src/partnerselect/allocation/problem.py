"""The allocation as a programme being written: what may be chosen, and what columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.errors import Loc
from partnerselect.model import Scenario
from partnerselect.optimiser import HALF, Block, Names, Program, summed
from partnerselect.value import PerformanceTable, Scores, Workload

Term = tuple[int, float]
TermArrays = tuple[IntArray, FloatArray]
"""Columns, none of them twice, and their coefficients."""
Terms = list[Term] | TermArrays
Bounds = tuple[float, float]
OneOf = tuple[int, ...]
"""Columns of which one is 1 where what they stand for is so: one, or one for each level."""
NOBODY = -1
"""The partner of a need whose programme does not run."""
NOTHING_YET: IntArray = np.empty((1, 0), dtype=np.intp)


def up_to(most: float) -> Bounds:
    """Return the bounds of a row that may come to so much."""
    return -np.inf, most


def at_least(least: float) -> Bounds:
    """Return the bounds of a row that must come to so much."""
    return least, np.inf


class Family(StrEnum):
    """What rows belong to, in the order in which they are written."""

    ASSIGNMENT = "assignment"
    """What choosing means; never lifted."""
    CAPACITY = "capacity"
    INTERNAL_DAYS = "internal days"
    BUDGET = "budget"
    FUNDS = "funds"
    COUNTS = "counts"
    METHODS = "methods"
    RULES = "rules"


REMOVABLE = (
    Family.CAPACITY,
    Family.BUDGET,
    Family.FUNDS,
    Family.INTERNAL_DAYS,
    Family.COUNTS,
    Family.METHODS,
    Family.RULES,
)
"""In the order in which they are named as the reason why a partner was not chosen."""


class RowKind(StrEnum):
    """What a row says, where somebody has to know."""

    NEED = "one partner a need"
    WORKS = "who delivers works"
    IDLE = "who works delivers"
    ENGAGES = "who works is engaged"
    ENGAGED = "who is engaged works"
    TEAM = "how many partners a programme has"


@dataclass
class Formulation:
    """A programme being written: its rows and columns, and which of them stands for what."""

    scenario: Scenario
    work: Workload
    table: PerformanceTable
    scores: Scores
    program: Program = field(default_factory=Program)
    y_table: IntArray = field(default_factory=lambda: NOTHING_YET)
    """(N, K): the column that says k delivers the need; -1 where it may not."""
    x_table: IntArray = field(default_factory=lambda: NOTHING_YET)
    """(P, K): k works on the programme; -1 where it cannot."""
    u_table: IntArray = field(default_factory=lambda: NOTHING_YET[0])
    """(K,): k is engaged; -1 where it cannot be."""
    z: list[int] = field(default_factory=list)
    """Programme to column: it runs."""
    h: list[int] = field(default_factory=list)
    """Phase to column: internal days bought; empty where none can be."""
    c: dict[int, int] = field(default_factory=dict)
    """Programme to column: it runs without any of its partners of today; only where that counts."""
    in_all: dict[str, int] = field(default_factory=dict)
    """What shares are of (`days`, `money`) to the column that stands for the sum."""
    top_ups: dict[str, dict[int | None, int]] = field(default_factory=dict)
    """Payer and phase (None: over the horizon) to column: what its fund cannot meet and we pay."""
    first: dict[int, list[int]] = field(default_factory=dict)
    """Partner to columns, by phase: it is the first working one; only for prices paid once."""
    musts: dict[Loc, int] = field(default_factory=dict)
    """Place to the row that asks for it, of what programmes with levels must do at one of these."""
    _blocks: dict[Loc, list[int]] = field(default_factory=dict)
    """Place in the scenario to the numbers of the blocks that it asks for."""

    def limit(
        self,
        family: Family,
        name: str,
        loc: Loc,
        terms: Terms,
        bounds: Bounds,
        kind: str = "",
    ) -> None:
        """Add a row and remember which place of the scenario asks for it."""
        self._blocks.setdefault(loc, []).append(len(self.program.blocks))
        columns, coefficients = terms if isinstance(terms, tuple) else summed(terms)
        starts, names = np.array([0, len(columns)]), Names((name,))
        self.program.block(Block(family, names, starts, columns, coefficients, *bounds, kind))

    def must(self, loc: Loc, columns: OneOf) -> None:
        """Ask, as a place of the scenario does, that one of some columns be 1."""
        self.musts[loc] = self.program.height
        self.program.row(
            Family.ASSIGNMENT, f"must{len(self.musts)}", [(one, 1.0) for one in columns], lower=1.0
        )

    def is_kept(self, _loc: Loc) -> bool:
        """Tell whether a limit holds from the start."""
        return True

    @cached_property
    def demands(self) -> dict[Loc, list[int]]:
        """Place in the scenario to the numbers of the rows that it asks for."""
        counts = [len(block.names) for block in self.program.blocks]
        first = np.append(0, np.cumsum(counts)).tolist()
        return {
            loc: [row for block in blocks for row in range(first[block], first[block + 1])]
            for loc, blocks in self._blocks.items()
        }

    @cached_property
    def importance(self) -> FloatArray:
        """(P,): importance of the programmes, summing to 1."""
        return importance(self.scenario)

    @cached_property
    def committed(self) -> dict[int, int]:
        """Need to partner, as decided at an earlier review point."""
        return committed(self.scenario, self.work)

    @cached_property
    def held(self) -> dict[int, int]:
        """What is decided of programmes without levels, whose columns are held."""
        levels = {p for p, one in enumerate(self.scenario.programmes.values()) if one.dose}
        return {n: k for n, k in self.committed.items() if self.work.programme_of[n] not in levels}

    def z_of(self, programme: str) -> OneOf:
        """Return the columns one of which says that a programme, or an entry of one, runs."""
        return tuple(self.z[p] for p in self.numbers_of(programme))

    def x_of(self, programme: str, partner: str) -> OneOf:
        """Return the columns one of which says that a partner works on it; none where it cannot."""
        k = self.work.partners.index(partner)
        columns = (int(self.x_table[p, k]) for p in self.numbers_of(programme))
        return tuple(column for column in columns if column >= 0)

    def numbers_of(self, programme: str) -> list[int]:
        """Return the numbers of the entries of a programme, or of an entry."""
        entries = self.scenario.entries.get(programme, (programme,))
        return [self.work.programmes.index(entry) for entry in entries]

    @cached_property
    def y(self) -> dict[tuple[int, int], int]:
        """(need, partner) to column, in the order of the columns; for questions about few."""
        n, k = self.y_pairs
        return dict(
            zip(zip(n.tolist(), k.tolist(), strict=True), self.y_table[n, k].tolist(), strict=True)
        )

    @cached_property
    def x(self) -> dict[tuple[int, int], int]:
        """(programme, partner) to column, in the order of the columns; for questions about few."""
        p, k = self.x_pairs
        return dict(
            zip(zip(p.tolist(), k.tolist(), strict=True), self.x_table[p, k].tolist(), strict=True)
        )

    @cached_property
    def telling(self) -> IntArray:
        """The columns that tell one choice from another: who delivers what, and what runs."""
        return np.append(self.y_table[self.y_pairs], self.z).astype(np.intp)

    @cached_property
    def y_pairs(self) -> tuple[IntArray, IntArray]:
        """Need and partner of every pair, in the order of their columns."""
        n, k = np.nonzero(self.y_table >= 0)
        return n, k

    @cached_property
    def x_pairs(self) -> tuple[IntArray, IntArray]:
        """Programme and partner of every pair, in the order of their columns."""
        p, k = np.nonzero(self.x_table >= 0)
        order = np.argsort(self.x_table[p, k])
        return p[order], k[order]

    @cached_property
    def engaged(self) -> IntArray:
        """Every partner that can be engaged, in the order of their columns."""
        able = np.flatnonzero(self.u_table >= 0)
        return np.asarray(able[np.argsort(self.u_table[able])])

    def chosen_in(self, values: FloatArray) -> IntArray:
        """Return the choice that values of the columns stand for; shape (N,)."""
        chosen = np.full(len(self.work.needs), NOBODY, dtype=np.intp)
        n, k = self.y_pairs
        taken = values[self.y_table[n, k]] > HALF
        chosen[n[taken]] = k[taken]
        return chosen

    def x_of_programme(self, p: int) -> IntArray:
        """Return the columns of who could work on a programme, in order."""
        return np.sort(self.x_table[p][self.x_table[p] >= 0])

    def x_of_partner(self, k: int) -> IntArray:
        """Return the columns of what a partner could work on, in order."""
        return np.asarray(self.x_table[:, k][self.x_table[:, k] >= 0])


def importance(scenario: Scenario) -> FloatArray:
    """Return the importance of the programmes, normalised over all of them; shape (P,).

    Levels of one programme count once.
    """
    programmes = scenario.programmes.values()
    stated = np.array([programme.importance for programme in programmes])
    once = np.array([not (one.dose and one.dose.number) for one in programmes])
    return np.asarray(stated / stated[once].sum())


def committed(scenario: Scenario, work: Workload) -> dict[int, int]:
    """Return need to partner, by number, for what was decided at an earlier review point."""
    row = {need: n for n, need in enumerate(work.needs)}
    return {
        row[programme, need]: work.partners.index(partner)
        for programme, decided in scenario.committed.items()
        for need, partner in decided.items()
    }


def internal_days_by_phase(
    scenario: Scenario, work: Workload, *, of_changes: bool = False
) -> FloatArray:
    """Return the internal days of every programme, spread evenly over its phases; shape (P, T).

    With `of_changes` those that it takes beside if none of its partners of today works on it.
    """
    days = np.array(
        [
            (programme.change.internal_days if programme.change else 0.0)
            if of_changes
            else programme.internal_days
            for programme in scenario.programmes.values()
        ]
    )
    return np.asarray(days[:, None] * work.runs_in / work.runs_in.sum(axis=1, keepdims=True))


def closed_phases(scenario: Scenario, work: Workload) -> BoolArray:
    """Return which phases are over, their successor having begun by `as-at`; shape (T,)."""
    starts = [scenario.phase_starts[phase] for phase in work.phases if phase is not None]
    as_at = scenario.as_at
    return np.array(
        [
            as_at is not None and t + 1 < len(starts) and starts[t + 1] <= as_at
            for t in range(len(work.phases))
        ]
    )


def allowed(
    scenario: Scenario, work: Workload, table: PerformanceTable, *, others: bool = False
) -> BoolArray:
    """Return which partner may deliver which need; shape (N, K).

    It offers the need and is eligible, and the need has no days in a phase that is over; a
    committed need is only for its partner, unless `others` may deliver it as if it were not.
    """
    late = (work.spread > 0) @ closed_phases(scenario, work)
    may: BoolArray = work.offered & table.eligible[work.programme_of] & ~late[:, None]
    barred = scenario.forbidden
    for n, k in committed(scenario, work).items():
        may[n] &= others
        programme, partner = work.needs[n][0], work.partners[k]
        may[n, k] = (programme, partner) not in barred and scenario.works_in(programme, partner)
    return may
