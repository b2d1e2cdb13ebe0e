"""A plan completed as well as can be: what is written is held, and as little as can be gives way.

Every limit and rule gets a binary column that lets it be broken by any amount; first their number
is minimised, then the scenario's aim. What the written part breaks alone is lifted to what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from partnerselect.allocation.check import Breach, ExactCheck
from partnerselect.allocation.cost_account import portfolio_value
from partnerselect.allocation.exact_amounts import exact
from partnerselect.allocation.formulate import value_terms, written
from partnerselect.allocation.money_rows import asked_terms
from partnerselect.allocation.problem import (
    NOBODY,
    Bounds,
    Family,
    Formulation,
    OneOf,
    Term,
    Terms,
    allowed,
)
from partnerselect.allocation.questions import Questions
from partnerselect.allocation.tie_break import TieBreak
from partnerselect.arrays import IntArray
from partnerselect.errors import Loc
from partnerselect.model import (
    FUND,
    Apart,
    AtLeastRun,
    Forbid,
    LeastCost,
    OnlyOne,
    Rule,
    Scenario,
    programme_of,
)
from partnerselect.optimiser import Solution, TimeBudget, summed
from partnerselect.value import PerformanceTable, Scores, Workload, performance_table

FLOOR: Loc = ("aim", "least-cost", "value-at-least")
LITTLE = 1e-6
"""Added to a limit that is lifted to what is used, so that it is not refused for a last digit."""
Said = Mapping[int, int]
"""What a plan says: need to partner, by number; `NOBODY` where it does not run."""


@dataclass
class Elastic(Formulation):
    """A programme in which limits and rules may give way, at a cost of one each."""

    lifted: Mapping[Loc, Breach] = field(default_factory=dict)
    """What the written part breaks alone."""
    gives_way: dict[Loc, int] = field(default_factory=dict)
    """Place to the column that says that it is broken."""

    def limit(
        self,
        family: Family,
        name: str,
        loc: Loc,
        terms: Terms,
        bounds: Bounds,
        kind: str = "",
    ) -> None:
        """Add a row that may give way; none where it is lifted without a figure."""
        if loc[:2] == ("limits", "internal-days") and self.scenario.limits.backfill is not None:
            super().limit(family, name, loc, terms, bounds, kind)  # what is not bought is not there
            return
        lifted, (lower, upper) = self.lifted.get(loc), bounds
        if lifted is not None and lifted.used is None:
            return
        if lifted is not None:
            upper = max(upper, float(lifted.used or 0.0) + LITTLE)
        columns, coefficients = terms if isinstance(terms, tuple) else summed(terms)
        ends = coefficients * np.array(self.program.upper)[columns]
        g = self._column_of(loc)
        if upper < np.inf:
            above = max(float(np.maximum(ends, 0.0).sum()) - upper, 0.0)
            row = np.append(columns, g), np.append(coefficients, -above)
            super().limit(family, name, loc, row, (-np.inf, upper), kind)
        if lower > -np.inf:
            below = max(lower - float(np.minimum(ends, 0.0).sum()), 0.0)
            row = np.append(columns, g), np.append(coefficients, below)
            super().limit(family, f"{name}_least", loc, row, (lower, np.inf), kind)

    def is_kept(self, loc: Loc) -> bool:
        """Tell whether the written part of a plan keeps a limit."""
        return loc not in self.lifted

    def must(self, loc: Loc, columns: OneOf) -> None:
        """Ask for one of some columns to be 1, unless that is lifted or gives way."""
        if loc not in self.lifted:
            terms: list[Term] = [(column, 1.0) for column in columns]
            name = f"must{len(self.gives_way)}"
            super().limit(
                Family.RULES, name, loc, [*terms, (self._column_of(loc), 1.0)], (1.0, np.inf)
            )

    def _column_of(self, loc: Loc) -> int:
        if loc not in self.gives_way:
            self.gives_way[loc] = self.program.column(f"w{len(self.gives_way)}")
        return self.gives_way[loc]


class _Anything:
    """In the place of the recheck: what gives way is told by the exact check afterwards."""

    @staticmethod
    def settled(ask: Callable[[], Solution], *_: object) -> Solution:
        """Return what is found."""
        return ask()


class _Loose(Questions):
    """Questions about an elastic programme."""

    def __init__(self, formulation: Elastic, budget: TimeBudget) -> None:
        super().__init__(formulation, budget, None)
        self._recheck = _Anything()  # type: ignore[assignment]


@dataclass(frozen=True)
class Completion:
    """A plan as written, its open parts chosen."""

    chosen: IntArray | None
    """(N,); None where an open need cannot be met by anybody."""
    broken: dict[Loc, Breach]


def taking_several(scenario: Scenario) -> dict[str, None]:
    """Return the changes that let every programme take more than one partner."""
    stated = scenario.as_written.programmes.items()
    one = [name for name, programme in stated if programme.partners.max == 1]
    return {f"programmes.{name}.partners.max": None for name in one}


def completed(
    check: ExactCheck, scenario: Scenario, scores: Scores, said: Said, budget: TimeBudget
) -> Completion:
    """Complete a plan; raises UnansweredError where that takes too long."""
    table = performance_table(scenario.with_changes(taking_several(scenario)))
    may = _who_may(scenario, table, said)
    lifted = written_alone(scenario, table, said)
    unmet = _unmet(scenario, table, may, said)
    if unmet:
        return Completion(None, {**lifted, **unmet})
    if len(said) == len(table.workload.needs):
        chosen = np.array([said[n] for n in range(len(said))])
    else:
        f = Elastic(scenario, table.workload, table, scores, lifted=lifted)
        written(f, may)
        _pay_for_broken_funds(f)
        _demand(f, said)
        chosen = _least_giving_way(_Loose(f, budget), f)
    broken = check.breaches(chosen.tolist())
    if isinstance(scenario.aim, LeastCost):
        floor = scenario.aim.least_cost.value_at_least
        value = portfolio_value(scenario, table.workload, scores, chosen)
        if value < floor - LITTLE:
            broken[FLOOR] = Breach(FLOOR, None, exact(floor), exact(value))
    return Completion(chosen, broken)


def _who_may(scenario: Scenario, table: PerformanceTable, said: Said) -> np.ndarray:
    may = allowed(scenario, table.workload, table, others=True)
    for n, k in said.items():
        may[n] = False
        if k != NOBODY:
            may[n, k] = True
    return may


def named(work: Workload, said: Said) -> set[int]:
    """Return the programmes that run as a plan says, by number: those it speaks of, not deferred.

    Of a programme with levels the one it means, whether or not it says who works at it.
    """
    spoken = {programme_of(work.needs[n][0]) for n in said}
    deferred = {int(work.programme_of[n]) for n, k in said.items() if k == NOBODY}
    running = (p for p, name in enumerate(work.programmes) if programme_of(name) in spoken)
    return {p for p in running if p not in deferred}


def _unmet(
    scenario: Scenario, table: PerformanceTable, may: np.ndarray, said: Said
) -> dict[Loc, Breach]:
    """Return the needs of programmes that shall run and that nobody may deliver."""
    work, running = table.workload, named(table.workload, said)
    places = [
        scenario.loc_of_need(*need)
        for n, need in enumerate(work.needs)
        if work.programme_of[n] in running and not may[n].any()
    ]
    return {loc: Breach(loc) for loc in places}


def _pay_for_broken_funds(f: Elastic) -> None:
    """Let us pay all that we would top up where a fund cannot meet even what we would not."""
    for stated in FUND.stated_in(f.scenario):
        columns = f.top_ups.get(stated.subject, {})
        for loc, phase, _ in stated.caps if columns else ():
            here = None if phase is None else f.work.phases.index(phase)
            for t, column in columns.items():
                if here in {None, t}:
                    asked = asked_terms(f, stated.subject, t, topped_up=True)
                    most = 0.0 if loc in f.lifted else f.program.upper[column]
                    terms = [(column, 1.0), *((c, -amount) for c, amount in asked)]
                    broken = [*terms, (f.gives_way[loc], -most)]
                    f.program.row(
                        Family.ASSIGNMENT, f"all{column}_{f.gives_way[loc]}", broken, lower=-most
                    )


def _demand(f: Elastic, said: Said) -> None:
    """Hold the programmes that a plan names; ask for what must run and who is committed."""
    running = named(f.work, said)
    for p, (name, programme) in enumerate(f.scenario.programmes.items()):
        f.program.lower[f.z[p]] = float(p in running)
        if programme.mandatory and programme.dose is None:
            f.must(("programmes", name, "mandatory"), (f.z[p],))
    for n, k in f.held.items():
        decided = (f.y[n, k],) if (n, k) in f.y else ()
        for column in decided:
            f.program.lower[column] = 0.0
        f.must(("committed", *f.work.needs[n]), decided)
    if isinstance(f.scenario.aim, LeastCost):
        value, unchanged = value_terms(f)
        columns = np.flatnonzero(value)
        least = f.scenario.aim.least_cost.value_at_least - unchanged - LITTLE
        f.limit(Family.COUNTS, "worth", FLOOR, (columns, value[columns]), (least, np.inf))


def _least_giving_way(of: Questions, f: Elastic) -> IntArray:
    """Return the best of the choices in which the fewest limits and rules give way."""
    count = np.zeros(f.program.size)
    count[list(f.gives_way.values())] = 1.0
    of.model.set_objective(count)
    values = of.settled(of.solve()).values
    assert values is not None  # noqa: S101 - everything may give way
    with of.holding(count, float(np.round(count @ values)) + 1 / 2):
        of.restore()
        best = of.settled(of.solve(start=values)).values
        return of.chosen_in(TieBreak(of, values if best is None else best).run())


def written_alone(scenario: Scenario, table: PerformanceTable, said: Said) -> dict[Loc, Breach]:
    """Return what the written part of a plan breaks whatever else is chosen.

    What a change takes is left out for a programme that is still partly open.
    """
    work, chosen = table.workload, np.full(len(table.workload.needs), NOBODY)
    chosen[list(said)] = list(said.values())
    partly = {p for n, p in enumerate(work.programme_of.tolist()) if n not in said}
    programmes = {programme_of(work.programmes[p]) for p in partly}
    unchanged = {f"programmes.{name}.change": None for name in programmes}
    check = ExactCheck(scenario.with_changes(unchanged), table)
    deferred = {work.programmes[work.programme_of[n]] for n, k in said.items() if k == NOBODY}
    needs = {work.needs[n] for n in said}
    return {
        loc: breach
        for loc, breach in check.breaches(chosen.tolist()).items()
        if _is_of_the_part(scenario, loc, deferred, needs)
    }


def _is_of_the_part(
    scenario: Scenario, loc: Loc, deferred: set[str], needs: set[tuple[str, str]]
) -> bool:
    """Tell whether what a part of a plan breaks, no other part can put right."""
    match loc:
        case ("rules", name):
            alone = _is_broken_alone(scenario.rules[str(name)], _whole(scenario, deferred))
        case ("limits", "groups", _, what, end):
            alone = end == "max" and what in {"partners", "programmes"}
        case ("limits", key, *_):
            alone = key not in {"changes", "share-per-partner"}
        case ("partners", _, "engagement", _):
            alone = False
        case ("programmes", p, "mandatory"):
            alone = deferred.issuperset(scenario.entries[str(p)])
        case ("programmes", *rest):
            alone = rest[-1] in {"max", "method"}
        case ("committed", p, need):
            alone = all((entry, need) in needs for entry in scenario.entries[str(p)])
        case _:
            alone = loc[0] in {"partners", "gates", "criteria", "as-at"}
    return alone


def _whole(scenario: Scenario, deferred: set[str]) -> set[str]:
    """Return the programmes of which every level is deferred."""
    return {name for name, entries in scenario.entries.items() if deferred.issuperset(entries)}


def _is_broken_alone(rule: Rule, deferred: set[str]) -> bool:
    """Tell whether a rule that a part of a plan breaks stays broken whatever else is chosen."""
    if isinstance(rule, AtLeastRun):
        return len(set(rule.at_least_run.of) - deferred) < rule.at_least_run.run
    return isinstance(rule, Apart | Forbid | OnlyOne)
