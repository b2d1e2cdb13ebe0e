"""What every partner is worth in every trial, programme by programme; the trials of the ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.model import Baseline, Scenario, programme_of
from partnerselect.robustness.acceptability import drawn_values
from partnerselect.robustness.comparison_sets import ComparisonSet, comparison_set
from partnerselect.robustness.samplers import Block
from partnerselect.robustness.uncertainty import OpenScore, computed_scores, uncertain_scores
from partnerselect.robustness.weight_tree import WeightDraws, WeightTree, weight_draws, weight_tree
from partnerselect.value import PerformanceTable, Scores, baseline_values


@dataclass(frozen=True)
class SimulatedValues:
    """Values under drawn weights and scores."""

    overall: FloatArray
    """(draws, P, K)."""
    baseline: FloatArray
    """(draws, P): of doing nothing; it moves with the weights where it is scored like a partner."""


class TrialInputs:
    """The weights and scores of every trial: one of each for all programmes that share them."""

    def __init__(self, scenario: Scenario, table: PerformanceTable, scores: Scores) -> None:
        self.leaves, self.table = list(scenario.criteria.leaves.values()), table
        self.uncertain: tuple[OpenScore, ...] = (
            *uncertain_scores(scenario, table),
            *computed_scores(scenario, table),
        )
        programmes = scenario.programmes.items()
        self.owners = [
            None if stated.weights is None else programme_of(name) for name, stated in programmes
        ]
        """For each programme itself where it has weights of its own; None: those of all hold."""
        self._trees: dict[str | None, WeightTree] = {}
        for p, (_, stated) in enumerate(programmes):
            tree = weight_tree(scenario.criteria, scores.weights[p], stated.weights)
            self._trees.setdefault(self.owners[p], tree)

    def weights(self, how: WeightDraws, block: Block) -> dict[str | None, FloatArray]:
        """Draw leaf weights for every owner."""
        return {owner: how.draw(tree, block, owner) for owner, tree in self._trees.items()}

    def scores(self, block: Block) -> list[FloatArray]:
        """Draw every uncertain score."""
        return [score.draw(block) for score in self.uncertain]

    def partial(
        self,
        p: int,
        compared: ComparisonSet,
        drawn: list[FloatArray],
        draws: int,
        is_open: BoolArray | None = None,
    ) -> FloatArray:
        """Return the partial values of a programme's uncertain scores; shape (trials, cells).

        `is_open` (trials, gates), where gates are drawn too.
        """
        cells = zip(compared.cells[:, 1].tolist(), compared.sources, strict=True)
        ends = self.table.ends[p]
        columns = [
            self.uncertain[source].values(drawn[source], self.leaves[c], ends[c], is_open)
            for c, source in cells
        ]
        return np.column_stack(columns) if columns else np.empty((draws, 0))


class TrialValues:
    """Draws whole sets of values, block by block."""

    def __init__(self, scenario: Scenario, table: PerformanceTable, scores: Scores) -> None:
        self._scenario, self._table, self._scores = scenario, table, scores
        self._inputs, self._weights = TrialInputs(scenario, table, scores), weight_draws(scenario)
        everybody = tuple(range(len(table.workload.partners)))
        self._sets = [
            comparison_set(table, p, everybody, self._inputs.uncertain)
            for p in range(len(table.workload.programmes))
        ]

    def of(self, block: Block) -> SimulatedValues:
        """Draw one block."""
        by_owner, drawn = self._inputs.weights(self._weights, block), self._inputs.scores(block)
        weights = [by_owner[owner] for owner in self._inputs.owners]
        return SimulatedValues(
            np.stack([self._overall(p, own, drawn) for p, own in enumerate(weights)], axis=1),
            np.stack([self._baseline(p, own) for p, own in enumerate(weights)], axis=1),
        )

    def _overall(self, p: int, weights: FloatArray, drawn: list[FloatArray]) -> FloatArray:
        """Return the values of all partners for a programme; shape (trials, K)."""
        compared = self._sets[p]
        partial = self._inputs.partial(p, compared, drawn, len(weights))
        return drawn_values(weights, compared.nominal, compared.cells, partial).T

    def _baseline(self, p: int, weights: FloatArray) -> FloatArray:
        """Return the value of doing nothing in a programme; shape (draws,)."""
        if not isinstance(list(self._scenario.programmes.values())[p].baseline, Baseline):
            return np.full(len(weights), self._scores.baseline[p])
        return np.asarray(weights @ baseline_values(self._scenario, self._table, p))
