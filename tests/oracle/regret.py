"""What plans lose over the trials, by trying every allocation in every one: only the draws are taken from the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from partnerselect.model import Scenario
from partnerselect.robustness.samplers import blocks
from partnerselect.robustness.trial_values import TrialValues
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.oracle.feasible import feasible
from tests.oracle.scores import Data
from tests.oracle.totals import Allocation, Case

CLOSE, TELLABLE = 1e-5, 1e-6
"""Points within which figures are the same, and beyond which one choice is worth less than another."""


def worth(scenario: Data, allocations: Sequence[Allocation], draws: int) -> np.ndarray:
    """Return the portfolio value of every allocation in every draw; shape (draws, allocations)."""
    built, case = Scenario.from_data(scenario), Case(scenario)
    table = performance_table(built)
    drawn = TrialValues(built, table, score(built, table)).of(
        blocks(draws, seed=built.analysis.seed)[0]
    )
    found = np.empty((draws, len(allocations)))
    for a, allocation in enumerate(allocations):
        found[:, a] = sum(
            _worth_of(case, p, allocation, drawn.overall[:, i], drawn.baseline[:, i])
            for i, p in enumerate(case.programmes)
        )
    return found


def _worth_of(
    case: Case, p: str, allocation: Allocation, overall: np.ndarray, baseline: np.ndarray
) -> np.ndarray:
    partners = list(case.partners)
    needs = [(need, k) for (programme, need), k in allocation.items() if programme == p]
    value = sum(
        (case.shares[p, need] * overall[:, partners.index(k)] for need, k in needs),
        np.zeros(len(overall)),
    )
    return np.asarray(case.importance[p] * (value if needs else baseline))


class Regrets:
    """Every allocation of a case in every trial."""

    def __init__(self, scenario: Data, draws: int) -> None:
        """Take a plain scenario that aims at most value."""
        self._every = [one for one, _ in feasible(scenario, aim=False)]
        self._values = worth(scenario, self._every, draws)

    def faults(self, chosen: Allocation, recommended: Allocation, told: Data) -> Iterator[str]:
        """Yield how what is told of a possible choice differs from what it loses against the best of each trial."""
        mine, ours = (self._values[:, self._every.index(one)] for one in (chosen, recommended))
        lost = self._values.max(axis=1) - mine
        for what, expected in (("mean", lost.mean()), ("worst", lost.max())):
            if abs(told[what] - expected) > CLOSE:
                yield f"{what} {told[what]}, not {expected}"
        least, most = (float((mine >= ours + slack).mean()) for slack in (TELLABLE, -TELLABLE))
        if not least - CLOSE <= told["as_good_share"] <= most + CLOSE:
            yield f"as good in {told['as_good_share']}, not in {least} to {most}"
