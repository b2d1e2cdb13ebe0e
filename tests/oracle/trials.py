"""Every trial's best choice found anew by the plain solver, one by one."""

from __future__ import annotations

import numpy as np
import pulp

from partnerselect.allocation.choices import AS_GOOD
from partnerselect.allocation.formulate import value_columns
from partnerselect.allocation.portfolio_shares import PortfolioStability
from partnerselect.analysis import Analysis, analyse, analyse_unpriced, choices
from partnerselect.model import Scenario
from partnerselect.optimiser.building import as_pulp
from partnerselect.robustness.samplers import blocks
from partnerselect.robustness.trial_values import TrialValues
from tests.oracle.scores import Data

Held = tuple[list[int], int, int]
"""Columns, and between what their sum is held."""
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
    if not found.draws:
        return ", ".join([*told, found.why_none])
    return ", ".join([*told, *_other_shares(found, _Trials(analysis, found.draws))])


class _Trials:
    """The first trials of an analysis, each a programme of its own."""

    def __init__(self, analysis: Analysis, trials: int) -> None:
        f = self.formulation = analysis.allocator.formulation
        chosen = analysis.allocation.chosen
        assert chosen is not None
        self.chosen = chosen
        drawn = TrialValues(analysis.scenario, analysis.table, analysis.scores).of(
            blocks(trials, seed=analysis.scenario.analysis.seed)[0]
        )
        self.costs = -value_columns(f, drawn.overall[:trials], drawn.baseline[:trials])
        for n, k in enumerate(chosen):
            column = f.z[int(f.work.programme_of[n])] if k < 0 else f.y[n, int(k)]
            self.costs[:, column] += (AS_GOOD if k < 0 else -AS_GOOD) / len(chosen)

    def recommended(self, p: int, choice: np.ndarray) -> bool:
        """Tell whether a choice gives a programme exactly what is recommended."""
        mine = self.formulation.work.programme_of == p
        return bool((choice[mine] == self.chosen[mine]).all())

    def solved(self, trial: int, held: Held | None = None) -> tuple[float, np.ndarray]:
        """Return the least cost of a trial and a choice that has it."""
        problem, variables = as_pulp(self.formulation.program, self.costs[trial])
        if held is not None:
            terms = pulp.lpSum(variables[column] for column in held[0])
            problem += terms >= held[1]
            problem += terms <= held[2]
        problem.solve(pulp.HiGHS(msg=False, threads=1, mip_abs_gap=1e-8, mip_rel_gap=0.0))
        if problem.status != pulp.LpStatusOptimal:
            return float("inf"), self.chosen
        values = np.array([variable.value() or 0.0 for variable in variables])
        return float(values @ self.costs[trial]), self.formulation.chosen_in(values)

    def may_and_must(self, trial: int, p: int) -> tuple[bool, bool]:
        """Tell whether a best choice may, and whether every best choice must, be as recommended for p."""
        f = self.formulation
        needs = np.flatnonzero(f.work.programme_of == p)
        if self.chosen[needs[0]] < 0:
            columns, least, most = [f.z[p]], 0, 0
        else:
            columns = [f.y[int(n), int(self.chosen[n])] for n in needs]
            least = most = len(columns)
        best, _ = self.solved(trial)
        same, _ = self.solved(trial, (columns, least, most))
        other, _ = self.solved(
            trial, (columns, 1 - least, 1) if not most else (columns, 0, most - 1)
        )
        return same <= best + 2 * AS_GOOD, other > best + 2 * AS_GOOD


def _other_shares(found: PortfolioStability, trials: _Trials) -> list[str]:
    count, told = len(trials.costs), []
    alone = [trials.solved(trial)[1] for trial in range(count)]
    for p, name in enumerate(trials.formulation.work.programmes):
        share = sum(trials.recommended(p, choice) for choice in alone) / count
        error = max(float(np.sqrt(share * (1 - share) / count)), 1e-9)
        told_share = found.programmes[name].share
        if abs(told_share - share) <= ERRORS * error:
            continue
        both = [trials.may_and_must(trial, p) for trial in range(count)]  # equals, perhaps
        least, most = (sum(one[part] for one in both) / count for part in (1, 0))
        if not least - 1e-9 <= told_share <= most + 1e-9:
            told.append(f"{name}: {told_share} instead of {least} to {most}")
    return told
