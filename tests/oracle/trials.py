"""Every trial's best choice found anew by the plain solver, one by one."""

from __future__ import annotations

import numpy as np
import pulp

from partnerselect.allocation.choices import AS_GOOD, ChoiceShares
from partnerselect.allocation.formulate import value_columns
from partnerselect.analysis import Analysis, analyse, analyse_unpriced, choices
from partnerselect.model import Scenario
from partnerselect.optimiser import as_pulp
from partnerselect.robustness.blocks import blocks
from partnerselect.robustness.valued import ScoreDraws
from tests.oracle.scores import Data

ERRORS = 4
"""Standard errors within which shares count as the same."""


def unlike_each_trial_alone(case: Data) -> str:
    """Say how a case's choice and shares differ from those of plain solves; empty where they do not."""
    analysis = analyse(Scenario.from_data(case))
    found = choices(analysis)
    without = {**case, "analysis": {**case["analysis"], "samples": 0}}
    calm = analyse_unpriced(Scenario.from_data(without))
    told: list[str] = [] if analysis.allocation.state == "optimal" else [analysis.allocation.state]
    if not np.array_equal(analysis.allocation.chosen, calm.allocation.chosen):  # type: ignore[arg-type]
        told.append("another choice without trials")
    if found.draws != case["analysis"]["samples"]:
        return ", ".join([*told, f"{found.draws} trials {found.why_none}"])
    return ", ".join([*told, *_other_shares(found, _alone(analysis, found.draws), analysis)])


def _alone(analysis: Analysis, trials: int) -> np.ndarray:
    """Return the partner of every need in each trial, as the plain solver has it; shape (trials, N)."""
    allocator, chosen = analysis.allocator, analysis.allocation.chosen
    assert chosen is not None
    drawn = ScoreDraws(analysis.scenario, analysis.table, analysis.scores).of(
        blocks(trials, seed=analysis.scenario.analysis.seed)[0]
    )
    f = allocator.formulation
    leaning = np.zeros(f.program.size)
    for n, k in enumerate(chosen):
        part = AS_GOOD / len(chosen)
        if k < 0:
            leaning[f.z[int(f.work.programme_of[n])]] += part
        else:
            leaning[f.y[n, int(k)]] -= part
    costs = leaning - value_columns(f, drawn.overall, drawn.baseline)
    return np.array([allocator.chosen_in(_solved(analysis, cost)) for cost in costs])


def _solved(analysis: Analysis, cost: np.ndarray) -> np.ndarray:
    problem, variables = as_pulp(analysis.allocator.formulation.program, cost)
    problem.solve(pulp.HiGHS(msg=False, threads=1, mip_abs_gap=1e-8, mip_rel_gap=0.0))
    assert problem.status == pulp.LpStatusOptimal
    return np.array([variable.value() or 0.0 for variable in variables])


def _other_shares(found: ChoiceShares, alone: np.ndarray, analysis: Analysis) -> list[str]:
    chosen, work = np.asarray(analysis.allocation.chosen), analysis.table.workload
    told = []
    for p, name in enumerate(work.programmes):
        mine = work.programme_of == p
        share = float((alone[:, mine] == chosen[mine]).all(axis=1).mean())
        error = max(float(np.sqrt(share * (1 - share) / len(alone))), 1e-9)
        if abs(found.programmes[name].share - share) > ERRORS * error:
            told.append(f"{name}: {found.programmes[name].share} instead of {share}")
    return told
