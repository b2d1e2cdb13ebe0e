"""No answer: the demands that contradict one another, and the least change of each that helps.

None of them can be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from partnerselect.allocation.elastic import taking_several
from partnerselect.allocation.formulate import formulate
from partnerselect.allocation.limit_pricing import limits_of
from partnerselect.allocation.outcome import Kept, UnansweredError
from partnerselect.allocation.problem import Family, allowed
from partnerselect.allocation.solve import Allocator
from partnerselect.arrays import BoolArray
from partnerselect.errors import Loc
from partnerselect.model import Scenario, entry_at, programme_of
from partnerselect.value import PerformanceTable, Workload, performance_table

COMMITTED = "committed"
PHASE_OVER = "The phase it is needed in is over."
FLOOR: Loc = ("aim", "least-cost", "value-at-least")
FAMILY_ORDER = (
    Family.RULES,
    Family.BUDGET,
    Family.FUNDS,
    Family.INTERNAL_DAYS,
    Family.METHODS,
    Family.CAPACITY,
    Family.COUNTS,
)
"""The order in which demands are tried, and left out where the rest still contradict."""


class Remedy(StrEnum):
    """What the least change of one demand alone would do."""

    UNKNOWN = ""
    """Not worked out, or there is nothing to change but the partners themselves."""
    NONE = "changing this alone does not help"
    LEFT_OUT = "leaving this out would be enough"
    LEVEL = "{} would be enough"


@dataclass(frozen=True)
class Conflict:
    """One demand that stands in the way of any answer."""

    loc: Loc
    remedy: Remedy = Remedy.UNKNOWN
    least: float | None = None
    """The level that would be enough: of a limit the lowest, of a value to reach the highest."""
    unable: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of a need nobody can deliver: who offers it, and why each may not."""


class _Case:
    """A scenario with every demand written so that it can be lifted.

    Whoever a commitment gives leave to serve keeps it when the commitment is lifted, so that fewer
    demands never allow less; `remedy` judges by the file as it would be edited.
    """

    def __init__(self, allocator: Allocator) -> None:
        self.scenario = scenario = allocator.scenario
        table = performance_table(scenario.with_changes(taking_several(scenario)))
        written = formulate(scenario, table, allocator.scores, others=True)
        self._of = Allocator(scenario, table, allocator.scores, kept=Kept(written))
        self._of.allow(scenario.analysis.time_limit)
        self._musts = written.musts
        self._committed = {
            (COMMITTED, *written.work.needs[n]): (n, k) for n, k in written.held.items()
        }
        self._mandatory = {
            ("programmes", name, "mandatory"): p
            for p, (name, programme) in enumerate(scenario.programmes.items())
            if programme.mandatory and programme.dose is None
        }
        self.demands: tuple[Loc, ...] = (
            *self._limits(),
            *(loc for loc in self._musts if loc[0] == COMMITTED),
            *self._committed,
            *(loc for loc in self._musts if loc[0] != COMMITTED),
            *self._mandatory,
        )

    def _limits(self) -> Iterator[Loc]:
        """Yield rules and limits in the order in which they are tried, and the value asked for."""
        f = self._of.formulation
        rows = f.program.rows
        families = {loc: Family(rows[numbers[0]].family) for loc, numbers in f.demands.items()}
        yield from sorted(families, key=lambda loc: FAMILY_ORDER.index(families[loc]))
        if self._of.floor is not None:
            yield FLOOR

    def is_possible(self, left_out: Sequence[Loc]) -> bool:
        """Tell whether there is an answer without these demands.

        There may be one where that is left open: what is then listed still holds together.
        """
        try:
            with self._without(frozenset(left_out)) as allocator:
                return allocator.is_possible()
        except UnansweredError:
            return True

    @contextmanager
    def _without(self, left_out: frozenset[Loc]) -> Iterator[Allocator]:
        f = self._of.formulation
        rows = [row for loc, rows in f.demands.items() if loc in left_out for row in rows]
        rows += [row for loc, row in self._musts.items() if loc in left_out]
        with ExitStack() as lifted:
            lifted.enter_context(self._of.without_rows(rows))
            lifted.enter_context(self._of.relaxing(self._freed(left_out)))
            if FLOOR in left_out:
                lifted.enter_context(self._of.without_floor())
            yield self._of

    def _freed(self, left_out: frozenset[Loc]) -> list[int]:
        """Return the columns that no demand holds any more: who delivers what, and what runs."""
        f = self._of.formulation
        pairs = [f.y[pair] for loc, pair in self._committed.items() if loc in left_out]
        needed = {
            f.work.programme_of[n] for at, (n, _) in self._committed.items() if at not in left_out
        }
        needed |= {p for loc, p in self._mandatory.items() if loc not in left_out}
        return [*pairs, *(z for p, z in enumerate(f.z) if p not in needed)]

    def remedy(self, loc: Loc) -> tuple[Remedy, float | None]:
        """Return what the least change of a demand, all others standing, would do."""
        if loc[0] == COMMITTED:
            return (Remedy.LEFT_OUT if self._is_possible_uncommitted(loc) else Remedy.NONE), None
        if not self.is_possible([loc]):
            return Remedy.NONE, None
        level = self._highest_value() if loc == FLOOR else self._level(loc)
        return (Remedy.LEFT_OUT, None) if level is None else (Remedy.LEVEL, level)

    def _is_possible_uncommitted(self, loc: Loc) -> bool:
        changed = self.scenario.with_changes(_uncommitted(self.scenario, loc))
        freed = Allocator(changed, performance_table(changed), self._of.scores)
        freed.allow(self._of.time_left)
        return freed.is_possible()

    def _highest_value(self) -> float | None:
        with self._of.without_floor():
            return self._of.highest_value()

    def _level(self, loc: Loc) -> float | None:
        """Return the level of a limit that would be enough; None of a rule, or where none would."""
        limit = limits_of(self._of).get(loc)
        if limit is None:
            return None
        if limit.is_amount:
            with limit.lifted() as allocator:
                return allocator.least_use(limit.numbered[0][0])
        return limit.nearest(Allocator.is_possible)


def _uncommitted(scenario: Scenario, loc: Loc) -> dict[str, Any]:
    decided = scenario.as_written.committed
    rest = {
        p: {j: k for j, k in needs.items() if (COMMITTED, p, j) != loc}
        for p, needs in decided.items()
    }
    return {COMMITTED: {p: needs for p, needs in rest.items() if needs}}


def conflicts(
    scenario: Scenario, table: PerformanceTable, allocator: Allocator
) -> tuple[Conflict, ...]:
    """Return demands that contradict one another and from which none can be left out.

    First the needs of programmes that must run but that no eligible partner covers, each with the
    partners' reasons; else by a deletion filter (Chinneck & Dravnieks 1991, ORSA Journal on
    Computing 3(2)).
    """
    uncovered = tuple(_uncovered(scenario, table))
    if uncovered:
        return uncovered
    case = _Case(allocator)
    return tuple(Conflict(loc, *_remedy(case, loc)) for loc in _irreducible(case))


def _remedy(case: _Case, loc: Loc) -> tuple[Remedy, float | None]:
    try:
        return case.remedy(loc)
    except UnansweredError:
        return Remedy.UNKNOWN, None


def _irreducible(case: _Case) -> list[Loc]:
    """Leave out every demand without which the rest still contradict one another."""
    left_out: list[Loc] = []
    for loc in case.demands:
        if not case.is_possible([*left_out, loc]):
            left_out.append(loc)
    return [loc for loc in case.demands if loc not in left_out]


def _uncovered(scenario: Scenario, table: PerformanceTable) -> Iterator[Conflict]:
    work, may = table.workload, allowed(scenario, table.workload, table)
    decided, stated = scenario.committed, scenario.as_written
    for n, (entry, need) in enumerate(work.needs):
        programme = programme_of(entry)
        must = stated.programmes[programme].mandatory or programme in stated.committed
        if not must or not _is_met_by_nobody(scenario, may, work, n):
            continue
        only = decided.get(entry, {}).get(need)
        unable = tuple(
            (partner, table.reasons.get((entry, partner), (PHASE_OVER,)))
            for k, partner in enumerate(work.partners)
            if work.offered[n, k] and only in {None, partner}
        )
        at = (COMMITTED, programme, need) if only else scenario.loc_of_need(entry, need)
        yield Conflict(at, unable=unable)


def _is_met_by_nobody(scenario: Scenario, may: BoolArray, work: Workload, n: int) -> bool:
    """Tell whether nobody may deliver a need, at any level that it may have; once, at the last."""
    (entry, need), fixed = work.needs[n], scenario.fixed_levels
    programme = programme_of(entry)
    possible = [
        one
        for one in scenario.entries[programme]
        if programme not in fixed or one == entry_at(programme, fixed[programme])
    ]
    several = [m for m, one in enumerate(work.needs) if one[1] == need and one[0] in possible]
    return (
        len(several) == len(possible)
        and not may[several].any()
        and work.needs[n][0] == possible[-1]
    )
