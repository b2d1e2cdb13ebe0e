"""From a scenario to its analysis: the one path every command and screen takes."""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.allocation import Allocation, Allocator
from partnerselect.allocation.conflict import Conflict, conflicts
from partnerselect.model.scenario import Scenario
from partnerselect.performance import PerformanceTable, performance_table
from partnerselect.recommendation import Recommendation, recommend
from partnerselect.scoring import Scores, base_weights, score
from partnerselect.second_opinion import ProgrammeOpinions, second_opinions


@dataclass(frozen=True)
class Analysis:
    """Everything worked out about one scenario."""

    scenario: Scenario
    table: PerformanceTable
    weights: dict[str, float]
    """The leaf weights that hold where a programme has none of its own."""
    scores: Scores
    allocator: Allocator
    """Kept for further questions."""
    allocation: Allocation
    conflicts: tuple[Conflict, ...]
    """What stands in the way of any answer; empty where there is one."""
    recommendation: Recommendation


@dataclass(frozen=True)
class Examination:
    """What can be said of a scenario before anything is chosen."""

    table: PerformanceTable
    scores: Scores


def examine(scenario: Scenario) -> Examination:
    """Score the partners and choose nothing; raises InputError as `analyse` does."""
    table = performance_table(scenario)
    return Examination(table, score(scenario, table))


def analyse(scenario: Scenario) -> Analysis:
    """Score the partners, choose among them and say why.

    Raises:
        InputError: weights that cannot be turned into numbers.
        FailureError: the solver broke down.
    """
    table = performance_table(scenario)
    scores = score(scenario, table)
    allocator = Allocator(scenario, table, scores)
    allocation = allocator.best()
    return Analysis(
        scenario=scenario,
        table=table,
        weights=base_weights(scenario),
        scores=scores,
        allocator=allocator,
        allocation=allocation,
        conflicts=conflicts(scenario, table, allocator) if allocation.state == "infeasible" else (),
        recommendation=recommend(allocator, table, allocation),
    )


def opinions(analysis: Analysis) -> tuple[ProgrammeOpinions, ...]:
    """Ask other methods about the eligible partners of every programme."""
    return second_opinions(analysis.scenario, analysis.table, analysis.scores)
