"""Whether a choice made for one state of a scenario still keeps every demand of another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from partnerselect.allocation.account import NOBODY, account, runs
from partnerselect.allocation.gauges import gauges
from partnerselect.allocation.problem import allowed, committed, importance
from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model.rules import Apart, Before, Forbid, Require, Rule, Together
from partnerselect.model.scenario import Scenario
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores

SLACK = 1e-6
"""By so much, against its limit, a use may exceed it."""


def portfolio_values(
    scenario: Scenario, table: PerformanceTable, scores: Scores, choices: IntArray
) -> FloatArray:
    """Return what each of many choices is worth; choices (S, N), values (S,) from 0 to 100."""
    work = table.workload
    picked = np.where(
        choices == NOBODY,
        0.0,
        scores.overall[work.programme_of, np.maximum(choices, 0)] * work.share,
    )
    of_programme = np.zeros((len(work.needs), len(work.programmes)))
    of_programme[np.arange(len(work.needs)), work.programme_of] = 1.0
    running = (choices != NOBODY) @ of_programme > 0
    return np.asarray(
        np.where(running, picked @ of_programme, scores.baseline) @ importance(scenario)
    )


def keeps_all(
    scenario: Scenario, table: PerformanceTable, scores: Scores, chosen: IntArray
) -> bool:
    """Tell whether a choice keeps who may serve, what must run, every rule and every limit.

    Chosen (N,), -1 where nobody.
    """
    return (
        _is_whole(scenario, table, chosen)
        and _keeps_rules(scenario, table, chosen)
        and _keeps_limits(scenario, table, scores, chosen)
    )


def _is_whole(scenario: Scenario, table: PerformanceTable, chosen: IntArray) -> bool:
    """Tell whether everybody may do what is theirs, programmes run as a whole, and those run that must."""
    work, needs = table.workload, np.arange(len(chosen))
    served = chosen != NOBODY
    running = runs(work, chosen)
    must = np.array([programme.mandatory for programme in scenario.programmes.values()])
    for n in committed(scenario, work):
        must[work.programme_of[n]] = True
    may: BoolArray = allowed(scenario, work, table)
    return bool(
        may[needs[served], chosen[served]].all()
        and (served == running[work.programme_of]).all()
        and (running | ~must).all()
    )


def _teams(table: PerformanceTable, chosen: IntArray) -> dict[str, frozenset[str]]:
    """Return the partners of every programme that runs."""
    work, found = table.workload, dict[str, set[str]]()
    for n, k in enumerate(chosen):
        if k != NOBODY:
            found.setdefault(work.needs[n][0], set()).add(work.partners[k])
    return {programme: frozenset(names) for programme, names in found.items()}


def _keeps_rules(scenario: Scenario, table: PerformanceTable, chosen: IntArray) -> bool:
    teams = _teams(table, chosen)
    sizes = all(
        programme.partners.min <= len(teams[name]) <= (programme.partners.max or len(teams[name]))
        for name, programme in scenario.programmes.items()
        if name in teams
    )
    return sizes and all(_keeps(rule, teams) for rule in scenario.rules.values())


def _keeps(rule: Rule, teams: Mapping[str, frozenset[str]]) -> bool:
    match rule:
        case Apart():
            return all(
                len(scope & set(rule.apart)) <= 1
                for scope in _scopes(teams, anywhere=rule.anywhere)
            )
        case Together():
            return all(
                len(scope & set(rule.together)) in {0, len(set(rule.together))}
                for scope in _scopes(teams, anywhere=rule.anywhere)
            )
        case Require():
            return all(
                set(names) <= teams[programme]
                for programme, names in rule.require.items()
                if programme in teams
            )
        case Before():
            return rule.before[1] not in teams or rule.before[0] in teams
        case Forbid():
            return not any(
                teams.get(programme, frozenset()) & set(names)
                for programme, names in rule.forbid.items()
            )


def _scopes(teams: Mapping[str, frozenset[str]], *, anywhere: bool) -> list[frozenset[str]]:
    return [frozenset[str]().union(*teams.values())] if anywhere else list(teams.values())


def _keeps_limits(
    scenario: Scenario, table: PerformanceTable, scores: Scores, chosen: IntArray
) -> bool:
    found = account(scenario, table.workload, scores, chosen)
    return all(
        gauge.used <= gauge.limit + SLACK * max(1.0, gauge.limit)
        for gauge in gauges(scenario, table.workload, chosen, found)
    )
