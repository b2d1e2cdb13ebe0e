"""Why not the other one, why not now, and why there is no answer: asked of the solver, told as facts."""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.allocation.account import NOBODY
from partnerselect.allocation.constraints import REMOVABLE
from partnerselect.allocation.problem import IntArray, allowed
from partnerselect.allocation.solve import Allocation, Allocator, TimeIsUpError
from partnerselect.errors import Loc
from partnerselect.model.scenario import Scenario
from partnerselect.performance import PerformanceTable

COMBINATION = "a combination of limits"
NOT_EXAMINED = "not examined"
QUESTIONS = 60
"""How many partners are priced one by one; a larger case leaves the rest to `explain`."""
WORSE = 1e-5


@dataclass(frozen=True)
class Price:
    """What a wish (a pair, or a programme) would cost against the recommended choice."""

    possible: bool
    value_lost: float
    """Points of portfolio value; 0 where the wish is as good."""
    trust_cost: float
    """What the trust would pay more (or less, if negative)."""
    because: str
    """The family of limits whose sole removal would bring it in, `a combination of limits`, or empty."""


@dataclass(frozen=True)
class Conflict:
    """Something that stands in the way of any answer."""

    loc: Loc
    words: str


class Prices:
    """The prices of wishes against one recommended choice."""

    def __init__(self, allocator: Allocator, allocation: Allocation) -> None:
        self._of, self._allocation = allocator, allocation
        self._unlimited: dict[str, float | None] = {}

    def of_pair(self, p: int, k: int) -> Price:
        """Price the wish that partner k work on programme p."""
        columns = [self._of.formulation.x[p, k], self._of.formulation.z[p]] if (p, k) in self._of.formulation.x else []
        return self._price(columns)

    def of_programme(self, p: int) -> Price:
        """Price the wish that programme p run."""
        return self._price([self._of.formulation.z[p]])

    def _price(self, columns: list[int]) -> Price:
        account = self._allocation.account
        if not columns or account is None:
            return Price(possible=False, value_lost=0.0, trust_cost=0.0, because="")
        try:
            with self._of.demanding(columns, 1.0):
                forced = self._of.variation(self._allocation.chosen)
            because = self._because(columns)
        except TimeIsUpError:
            return Price(possible=False, value_lost=0.0, trust_cost=0.0, because=NOT_EXAMINED)
        if forced.value is None or forced.trust_cost is None:
            return Price(possible=False, value_lost=0.0, trust_cost=0.0, because=because)
        return Price(possible=True, value_lost=account.value - forced.value, trust_cost=forced.trust_cost - account.trust_cost, because=because)

    def _because(self, columns: list[int]) -> str:
        """Return the first family whose sole removal puts the wish in the optimum."""
        present = {row.family for row in self._of.formulation.program.rows}
        for family in (family for family in REMOVABLE if family in present):
            with self._of.without(family):
                if family not in self._unlimited:
                    self._unlimited[family] = self._of.reached()
                with self._of.demanding(columns, 1.0):
                    wished = self._of.reached()
            best = self._unlimited[family]
            if wished is not None and best is not None and abs(wished - best) <= WORSE:
                return family
        return COMBINATION


def outscored(allocator: Allocator, chosen: IntArray, p: int, k: int) -> bool:
    """Tell whether the partners chosen for programme p are worth more than k on every need that k offers there."""
    work, overall = allocator.work, allocator.scores.overall
    needs = [n for n in range(len(work.needs)) if work.programme_of[n] == p and work.offered[n, k]]
    return all(chosen[n] not in {NOBODY, k} and overall[p, chosen[n]] > overall[p, k] + WORSE for n in needs)


def conflicts(scenario: Scenario, table: PerformanceTable) -> tuple[Conflict, ...]:
    """Return the needs of programmes that must run but that no eligible partner covers, each with the partners' reasons."""
    work = table.workload
    may = allowed(scenario, work, table)
    decided = scenario.committed if isinstance(scenario.committed, dict) else {}
    found = []
    for n, (programme, need) in enumerate(work.needs):
        if may[n].any() or not (scenario.programmes[programme].mandatory or programme in decided):
            continue
        offering = [
            (partner, table.reasons.get((programme, partner), ("The phase it is needed in is over.",)))
            for k, partner in enumerate(work.partners)
            if work.offered[n, k]
        ]
        told = "; ".join(f"{scenario.partners[partner].title}: {' '.join(reasons)}" for partner, reasons in offering)
        words = f'"{scenario.programmes[programme].title}" must run, and no partner can deliver {need}. {told}'
        found.append(Conflict(("programmes", programme, "needs", need), words))
    return tuple(found)
