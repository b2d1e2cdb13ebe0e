"""The answer to a what-if in layers: ranking, best choice seen, best choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from partnerselect.allocation import (
    NOBODY,
    Allocation,
    ExactCheck,
    Resolver,
    account,
    portfolio_values,
)
from partnerselect.analysis import Analysis
from partnerselect.arrays import IntArray
from partnerselect.latest import latest
from partnerselect.model import LeastCost, Scenario
from partnerselect.optimiser import Watch
from partnerselect.value import (
    PerformanceTable,
    Scores,
    have_the_same_table,
    performance_table,
    require_usable,
    score,
)

Layer = Literal["seen", "within", "best", "none", "no answer yet"]
"""How much is known of a choice: the best of those seen before, the best found so far, the best
there is; or that there is none."""
LAYERS: dict[str, Layer] = {
    "optimal": "best",
    "within-gap": "within",
    "infeasible": "none",
    "no-answer-yet": "no answer yet",
}
"""How much is known of a choice, by what the solver says of it."""
MOST_TRIED = 40
"""Choices seen before that are tried, the best first, before the search is left to the solver."""
MOST_KEPT = 400


@dataclass(frozen=True)
class Scored:
    """A scenario whose partners are ranked; nothing is chosen yet."""

    scenario: Scenario
    table: PerformanceTable
    scores: Scores


@dataclass(frozen=True)
class Choice:
    """A choice, and how much is known of it."""

    scored: Scored
    allocation: Allocation
    layer: Layer

    @property
    def scenario(self) -> Scenario:
        """The scenario it is made for."""
        return self.scored.scenario

    @property
    def table(self) -> PerformanceTable:
        """The partners it is made from."""
        return self.scored.table

    @property
    def is_worth_most(self) -> bool:
        """Whether value is what is aimed at, and not cost."""
        return not isinstance(self.scenario.aim, LeastCost)


@latest(2)
def choice_of(analysis: Analysis) -> Choice:
    """Return the choice of an analysis, as a what-if is compared with it."""
    known = Scored(analysis.scenario, analysis.table, analysis.scores)
    return Choice(known, analysis.allocation, LAYERS[analysis.allocation.state])


def scored(scenario: Scenario, before: Scored | None = None) -> Scored:
    """Rank the partners of every programme.

    Args:
        scenario: what to rank them for.
        before: another state of it, ranked already: what does not differ is not worked out again.

    Raises:
        InputError: the weights cannot be turned into numbers.
    """
    require_usable(scenario)
    table = (
        before.table
        if before is not None and have_the_same_table(before.scenario, scenario)
        else performance_table(scenario)
    )
    return Scored(scenario, table, score(scenario, table))


def best_choice(
    asked: Scored, resolver: Resolver | None = None, watch: Watch | None = None
) -> Choice:
    """Choose what is best; stopped by the watch, the best found so far.

    Args:
        asked: what to choose for.
        resolver: keeps the solver's model from one state of the scenario to the next.
        watch: shows how far the search is, and stops it.

    Raises:
        FailureError: the solver broke down.
    """
    found = (
        (resolver or Resolver()).allocator(asked.scenario, asked.table, asked.scores, watch).best()
    )
    return Choice(asked, found, LAYERS[found.state])


@dataclass
class SeenChoices:
    """Every choice met so far, to be tried again when the scenario changes."""

    _shape: tuple[object, ...] = ()
    _choices: dict[bytes, IntArray] = field(default_factory=dict)

    def remember(self, choice: Choice) -> None:
        """Keep a choice; forget those of other needs or partners, and the oldest."""
        chosen, shape = choice.allocation.chosen, self._shape_of(choice.table)
        if chosen is None:
            return
        if shape != self._shape:
            self._shape, self._choices = shape, {}
        self._choices[chosen.tobytes()] = chosen
        while len(self._choices) > MOST_KEPT:
            del self._choices[next(iter(self._choices))]

    def best_for(self, asked: Scored) -> Choice | None:
        """Return the best of them that keeps every demand as it now stands.

        None where none does.
        """
        if not self._choices or self._shape_of(asked.table) != self._shape:
            return None
        scenario, table, scores = asked.scenario, asked.table, asked.scores
        choices = np.array([*self._choices.values(), np.full(len(table.workload.needs), NOBODY)])
        values = portfolio_values(scenario, table.workload, scores, choices)
        order = _in_order(asked, choices, values)
        check = ExactCheck(scenario, table)
        found = next((n for n in order[:MOST_TRIED] if not check.faults(choices[n].tolist())), None)
        if found is None:
            return None
        summed = account(scenario, table.workload, scores, choices[found])
        return Choice(
            asked, Allocation("within-gap", choices[found], summed, None, None, None, 0.0), "seen"
        )

    @staticmethod
    def _shape_of(table: PerformanceTable) -> tuple[object, ...]:
        return table.workload.needs, table.workload.partners


def _in_order(asked: Scored, choices: IntArray, values: np.ndarray) -> list[int]:
    """Return the numbers of the choices, the best first."""
    aim = asked.scenario.aim
    if not isinstance(aim, LeastCost):
        return [int(n) for n in np.argsort(-values, kind="stable")]
    enough = [int(n) for n in np.flatnonzero(values >= aim.least_cost.value_at_least)]
    work = asked.table.workload
    return sorted(
        enough, key=lambda n: account(asked.scenario, work, asked.scores, choices[n]).own_cost
    )
