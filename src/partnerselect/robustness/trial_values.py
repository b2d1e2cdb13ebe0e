"""What every partner is worth in every trial, programme by programme; the trials of the ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model.programme import Baseline
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.acceptability import drawn_values
from partnerselect.robustness.comparison_sets import comparison_set
from partnerselect.robustness.trials import Block
from partnerselect.robustness.uncertainty import uncertain_scores
from partnerselect.robustness.weight_tree import weight_draws, weight_tree
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores
from partnerselect.value.value_function import partial_values


@dataclass(frozen=True)
class SimulatedValues:
    """Values under drawn weights and scores."""

    overall: FloatArray
    """(draws, P, K)."""
    baseline: FloatArray
    """(draws, P): of doing nothing; it moves with the weights where it is scored like a partner."""


class TrialValues:
    """Draws whole sets of values, block by block."""

    def __init__(self, scenario: Scenario, table: PerformanceTable, scores: Scores) -> None:
        self._scenario, self._table, self._scores = scenario, table, scores
        self._weights = weight_draws(scenario)
        self._uncertain = uncertain_scores(scenario, table)
        self._leaves = list(scenario.criteria.leaves.values())
        self._trees = {
            self._owner(p): weight_tree(scenario.criteria, scores.weights[p], programme.weights)
            for p, programme in reversed([*enumerate(scenario.programmes.values())])
        }
        everybody = tuple(range(len(table.workload.partners)))
        self._fields = [
            comparison_set(table, p, everybody, self._uncertain)
            for p in range(len(table.workload.programmes))
        ]

    def _owner(self, p: int) -> str | None:
        """Return the programme where it has weights of its own.

        None where those common to all hold.
        """
        name = self._table.workload.programmes[p]
        return name if self._scenario.programmes[name].weights is not None else None

    def of(self, block: Block) -> SimulatedValues:
        """Draw one block."""
        weights = {
            owner: self._weights.draw(tree, block, owner) for owner, tree in self._trees.items()
        }
        drawn = [score.draw(block) for score in self._uncertain]
        programmes = range(len(self._fields))
        overall = np.stack(
            [self._overall(p, weights[self._owner(p)], drawn) for p in programmes], axis=1
        )
        return SimulatedValues(
            overall,
            np.stack([self._baseline(p, weights[self._owner(p)]) for p in programmes], axis=1),
        )

    def _overall(self, p: int, weights: FloatArray, drawn: list[FloatArray]) -> FloatArray:
        """Return the values of all partners for a programme; shape (draws, K)."""
        field, ends = self._fields[p], self._table.ends[p]
        columns = [
            self._uncertain[source].values(drawn[source], self._leaves[c], ends[c])
            for c, source in zip(field.cells[:, 1].tolist(), field.sources, strict=True)
        ]
        return drawn_values(
            weights,
            field.nominal,
            field.cells,
            np.column_stack(columns) if columns else np.empty((len(weights), 0)),
        ).T

    def _baseline(self, p: int, weights: FloatArray) -> FloatArray:
        """Return the value of doing nothing in a programme; shape (draws,)."""
        if not isinstance(list(self._scenario.programmes.values())[p].baseline, Baseline):
            return np.full(len(weights), self._scores.baseline[p])
        ends = self._table.ends[p]
        parts = [
            float(
                partial_values(
                    self._table.baseline_scores[p, c], leaf.scale, (ends[c, 0], ends[c, 1])
                )
            )
            for c, leaf in enumerate(self._leaves)
            if leaf.scale
        ]
        return np.asarray(weights @ np.array(parts))
