"""No answer: the demands that contradict one another, none of which can be dropped, and what would mend it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from partnerselect.allocation.outcome import TimeIsUpError
from partnerselect.allocation.problem import Family, Formulation, allowed
from partnerselect.allocation.solve import Allocator
from partnerselect.errors import Loc, dotted
from partnerselect.model import paths
from partnerselect.model.rules import Apart, Before, Forbid, Require, Rule, Together
from partnerselect.model.scenario import Scenario
from partnerselect.value.performance import PerformanceTable, performance_table
from partnerselect.words.limit_words import rounded_up

NOT_BY_THIS_ALONE = "not by this alone"
COMMITTED = "committed"
FAMILY_ORDER = (
    Family.RULES,
    Family.BUDGET,
    Family.FUNDS,
    Family.INTERNAL_DAYS,
    Family.METHODS,
    Family.CAPACITY,
    Family.COUNTS,
)
"""The order in which demands are tried and, where the rest still contradict one another, left out."""


@dataclass(frozen=True)
class Conflict:
    """One demand that stands in the way of any answer."""

    loc: Loc
    words: str
    mend: str
    """The least change of this demand alone that makes an answer possible, or `not by this alone`; empty where not worked out."""
    least: float | None = None
    """The figure it would do with, where that is its mend."""


@dataclass(frozen=True)
class _Demand:
    loc: Loc
    lifted: Callable[[], AbstractContextManager[None]] = nullcontext
    """Lift the demand for as long as the context lasts."""
    row: int | None = None
    """The row whose least bound mends it, where it is a limit."""


class _Case:
    """A scenario asked again and again with some of its demands left out."""

    def __init__(self, allocator: Allocator) -> None:
        self._scenario = allocator.scenario
        self.demands = (
            *_limits(allocator),
            *_commitments(allocator.formulation),
            *_programmes(allocator),
        )
        self._allocators = {frozenset[Loc](): allocator}
        self._until = time.perf_counter() + self._scenario.analysis.time_limit

    @contextmanager
    def without(self, left_out: Sequence[Loc]) -> Iterator[Allocator]:
        """Lift demands while questions are asked of the allocator given."""
        allocator = self._without_choices(
            frozenset(loc for loc in left_out if self.decides_who_may(loc))
        )
        with ExitStack() as lifted:
            for demand in (*_limits(allocator), *_programmes(allocator)):
                if demand.loc in left_out:
                    lifted.enter_context(demand.lifted())
            yield allocator

    def decides_who_may(self, loc: Loc) -> bool:
        """Tell whether without this demand others may serve: a commitment, or one partner for everything."""
        return loc[0] == COMMITTED or (
            loc[0] == "programmes"
            and loc[-1] == "max"
            and paths.value_at(self._scenario.data, loc) == 1
        )

    def _without_choices(self, left_out: frozenset[Loc]) -> Allocator:
        """Return the allocator of the scenario without demands that decide who may serve."""
        if left_out not in self._allocators:
            seconds = self._until - time.perf_counter()
            if seconds <= 0:
                raise TimeIsUpError
            changed = self._scenario.with_changes(
                {
                    **_uncommitted(self._scenario, left_out),
                    **{dotted(loc): None for loc in left_out if loc[-1] == "max"},
                }
            )
            built = Allocator(
                changed, performance_table(changed), self._allocators[frozenset()].scores
            )
            built.allow(seconds)
            self._allocators[left_out] = built
        return self._allocators[left_out]


def _uncommitted(scenario: Scenario, left_out: frozenset[Loc]) -> dict[str, Any]:
    decided = scenario.committed if isinstance(scenario.committed, dict) else {}
    rest = {
        p: {j: k for j, k in needs.items() if (COMMITTED, p, j) not in left_out}
        for p, needs in decided.items()
    }
    return {COMMITTED: {p: needs for p, needs in rest.items() if needs}} if decided else {}


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
    allocator.allow(scenario.analysis.time_limit)
    try:
        case = _Case(allocator)
        return tuple(
            Conflict(demand.loc, words(scenario, demand.loc), *_mend(case, demand))
            for demand in _irreducible(case)
        )
    except TimeIsUpError:
        return ()


def _uncovered(scenario: Scenario, table: PerformanceTable) -> Iterator[Conflict]:
    work, may = table.workload, allowed(scenario, table.workload, table)
    decided = scenario.committed if isinstance(scenario.committed, dict) else {}
    for n, (programme, need) in enumerate(work.needs):
        if may[n].any() or not (scenario.programmes[programme].mandatory or programme in decided):
            continue
        only = decided.get(programme, {}).get(need)
        offering = [
            (
                partner,
                table.reasons.get((programme, partner), ("The phase it is needed in is over.",)),
            )
            for k, partner in enumerate(work.partners)
            if work.offered[n, k] and only in {None, partner}
        ]
        told = " ".join(
            f"{scenario.partners[partner].title}: {' '.join(reasons)}"
            for partner, reasons in offering
        )
        opening = (
            f'"{scenario.programmes[programme].title}" must run, and no partner can deliver {need}.'
        )
        if only:
            opening = f"{words(scenario, (COMMITTED, programme, need))}, who cannot deliver it."
        yield Conflict(
            (COMMITTED, programme, need) if only else ("programmes", programme, "needs", need),
            f"{opening} {told}",
            "",
        )


def _irreducible(case: _Case) -> list[_Demand]:
    """Leave out every demand without which the rest still contradict one another.

    Again where a commitment went: with it may go the only partner who, but for it, is not eligible.
    """
    kept, left_out, again = list(case.demands), list[Loc](), True
    while again:
        again = False
        for demand in list(kept):
            with case.without([*left_out, demand.loc]) as allocator:
                if not allocator.is_possible():
                    kept.remove(demand)
                    left_out.append(demand.loc)
                    again |= demand.loc[0] == COMMITTED
    return kept


def _limits(allocator: Allocator) -> Iterator[_Demand]:
    """Yield the rules and limits that are rows, and the value asked for."""
    f = allocator.formulation
    families = {loc: Family(f.program.rows[rows[0]].family) for loc, rows in f.demands.items()}
    for loc in sorted(families, key=lambda loc: FAMILY_ORDER.index(families[loc])):
        rows = f.demands[loc]
        yield _Demand(
            loc,
            lambda rows=rows: allocator.without_rows(rows),  # type: ignore[misc]
            rows[0] if len(rows) == 1 else None,
        )
    if allocator.floor is not None:
        yield _Demand(("aim", "least-cost", "value-at-least"), allocator.without_floor)


def _commitments(f: Formulation) -> Iterator[_Demand]:
    for n in f.committed:
        yield _Demand((COMMITTED, *f.work.needs[n]))


def _programmes(allocator: Allocator) -> Iterator[_Demand]:
    """Yield what must run; a programme with a commitment runs all the same."""
    for p, (name, programme) in enumerate(allocator.scenario.programmes.items()):
        if programme.mandatory:
            column = allocator.formulation.z[p]
            yield _Demand(
                ("programmes", name, "mandatory"),
                lambda column=column: allocator.relaxing([column]),  # type: ignore[misc]
            )


def _mend(case: _Case, demand: _Demand) -> tuple[str, float | None]:
    """Return the least change of this demand alone, all others standing, that makes an answer possible; and the figure, where it is one."""
    with case.without([demand.loc]) as allocator:
        if not allocator.is_possible():
            return NOT_BY_THIS_ALONE, None
        least = (
            None
            if demand.row is None or case.decides_who_may(demand.loc)
            else allocator.least_use(demand.row)
        )
    stated = paths.value_at(allocator.scenario.data, demand.loc)
    if least is None or isinstance(stated, bool) or not isinstance(stated, int | float):
        return "would do without it", None
    if demand.loc[:2] == ("limits", "share-per-partner"):
        return "would do with a larger share", None
    if demand.loc[-1] == "min":
        return "would do with fewer", None
    figure = stated + least - allocator.formulation.program.rows[demand.row or 0].upper
    return f"would do with {f'{rounded_up(figure, 100):,.2f}'.removesuffix('.00')}", figure


def words(scenario: Scenario, loc: Loc) -> str:
    """Return a demand as the file states it."""
    if loc[0] == "rules":
        return _rule_words(str(loc[1]), scenario.rules[str(loc[1])])
    if loc[0] == "committed":
        return f"committed: {loc[1]} has {loc[2]} delivered by {paths.value_at(scenario.data, loc)}"
    if loc[-1] == "mandatory":
        return f'"{scenario.programmes[str(loc[1])].title}" must run'
    stated = paths.value_at(scenario.data, loc)
    return (
        f"{'.'.join(str(key) for key in loc)} is {stated:,}"
        if isinstance(stated, int | float)
        else f"{'.'.join(str(key) for key in loc)} is {stated}"
    )


def _rule_words(name: str, rule: Rule) -> str:
    where = (
        " in the whole portfolio"
        if isinstance(rule, Apart | Together) and rule.anywhere
        else " in any programme"
    )
    match rule:
        case Apart():
            return f"rule {name}: at most one of {', '.join(rule.apart)}{where}"
        case Together():
            return f"rule {name}: {', '.join(rule.together)} all or none{where}"
        case Before():
            return f"rule {name}: {rule.before[1]} only if {rule.before[0]} runs"
        case Require():
            return (
                f"rule {name}: requires"
                f" {'; '.join(f'{partners} for {programme}' for programme, partners in _listed(rule.require))}"
            )
        case Forbid():
            return (
                f"rule {name}: forbids"
                f" {'; '.join(f'{partners} for {programme}' for programme, partners in _listed(rule.forbid))}"
            )


def _listed(pairs: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(programme, ", ".join(partners)) for programme, partners in pairs.items()]
