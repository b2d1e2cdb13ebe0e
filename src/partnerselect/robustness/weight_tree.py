"""The tree of weights of one programme, as groups of siblings with names, and draws of all its leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from partnerselect.model.criteria import CriteriaSet, Criterion
from partnerselect.model.options import WeightSet, Within
from partnerselect.model.scenario import Scenario
from partnerselect.model.weights import Weights
from partnerselect.robustness.samplers import dirichlet, free, ordinal, within
from partnerselect.robustness.streams import Streams
from partnerselect.robustness.tree import Siblings, leaf_weights
from partnerselect.value.scoring import TIE, group_weights, sibling_shares
from partnerselect.words.wording import figure

FloatArray = NDArray[np.float64]

DEFAULT_BAND = 0.25
"""How far weights of a programme's own are drawn where the groups' weights are mixed: the groups said nothing of them."""


@dataclass(frozen=True)
class WeightTree:
    """Every group of siblings that a programme's weights are made of."""

    groups: tuple[Siblings, ...]
    """Children in order of their names, so that the order of the file does not move a draw."""
    paths: tuple[tuple[str, ...], ...]
    """For each group the dotted path of each child."""
    leaves: int

    def whole_of_parent(self, group: int, weights: FloatArray) -> float:
        """Return the weight that the siblings of a group share.

        `weights` are those of the leaves.
        """
        if group == 0:
            return 1.0
        return float(sum(weights[leaf] for below in self.groups[group].leaves for leaf in below))


def weight_tree(criteria: CriteriaSet, weights: FloatArray, own: Weights | None) -> WeightTree:
    """Return the tree whose leaves have the given weights.

    Args:
        criteria: the set.
        weights: of the leaves in file order, shape (criteria,).
        own: the programme's own block; asked for shares only below a node that weighs nothing.

    """
    position = {path: number for number, path in enumerate(criteria.leaves)}
    groups, paths = [], []
    for above, owner in _branches(criteria):
        children = dict(sorted((owner.criteria or {}).items()))
        names = tuple(above + name for name in children)
        leaves = tuple(
            tuple(
                number
                for path, number in position.items()
                if path == name or path.startswith(f"{name}.")
            )
            for name in names
        )
        parts = np.array([fsum(weights[list(below)]) for below in leaves])
        block = (
            own.branches.get(above.removesuffix("."), owner.weights)
            if own is not None and above
            else own or owner.weights
        )
        groups.append(Siblings(_shares(parts, block, children), leaves))
        paths.append(names)
    return WeightTree(tuple(groups), tuple(paths), len(position))


def _branches(
    owner: CriteriaSet | Criterion, above: str = ""
) -> Iterator[tuple[str, CriteriaSet | Criterion]]:
    yield above, owner
    for name, child in (owner.criteria or {}).items():
        if child.criteria is not None:
            yield from _branches(child, f"{above}{name}.")


def _shares(parts: FloatArray, block: Weights | None, children: dict[str, Criterion]) -> FloatArray:
    """Return shares as they follow from the leaves, or as stated where the leaves weigh nothing."""
    if parts.sum() > TIE:
        return np.asarray(parts / parts.sum())
    stated = sibling_shares(block, children, (), {})
    return np.array([stated[name] for name in children])


@dataclass(frozen=True)
class WeightDraws:
    """How the weights of a scenario are drawn."""

    chosen: WeightSet
    by_group: FloatArray
    """(groups, criteria): the leaf weights of the stakeholders; no rows where they are not asked."""
    voices: FloatArray

    def draw(self, tree: WeightTree, streams: Streams, owner: str | None) -> FloatArray:
        """Draw leaf weights for one block; shape (draws, criteria), rows sum to 1.

        The groups' leaf weights are mixed as wholes: whoever is heard more in a draw is heard more
        in all of it.

        Args:
            tree: the weights drawn around.
            streams: the block's.
            owner: the programme whose own weights they are, None for those common to all.

        """
        if self.chosen == "stakeholders" and owner is None:
            return dirichlet(streams.of("voices"), streams.draws, self.by_group, self.voices)
        drawn = [
            self._siblings(
                streams.of("weights", owner or "", paths[0].rpartition(".")[0]),
                streams.draws,
                group.shares,
            )
            for group, paths in zip(tree.groups, tree.paths, strict=True)
        ]
        return leaf_weights(tree.groups, drawn, leaves=tree.leaves)

    def _siblings(
        self, generator: np.random.Generator, draws: int, shares: FloatArray
    ) -> FloatArray:
        match self.chosen:
            case "free":
                return free(generator, draws, len(shares))
            case "ordinal":
                return ordinal(generator, draws, shares)
            case Within(within=band):
                return within(generator, draws, shares, band)
            case "stakeholders":
                return within(generator, draws, shares, DEFAULT_BAND)

    @property
    def words(self) -> str:
        """The weight set as a reader would name it."""
        match self.chosen:
            case "free":
                return "any weights at all"
            case "ordinal":
                return "any weights that keep the order of importance"
            case Within(within=band):
                return f"weights within {figure(100 * band)}% of those given"
            case "stakeholders":
                return "the groups' weights (mixed by their voices)"


def weight_draws(scenario: Scenario, chosen: WeightSet | None = None) -> WeightDraws:
    """Return how weights are drawn: as the scenario says, unless another set is chosen."""
    taken = scenario.analysis.weights if chosen is None else chosen
    if taken != "stakeholders":
        return WeightDraws(taken, np.empty((0, len(scenario.criteria.leaves))), np.empty(0))
    groups = group_weights(scenario)
    order = sorted(groups)
    return WeightDraws(
        taken,
        np.array([[groups[name][leaf] for leaf in scenario.criteria.leaves] for name in order]),
        np.array([float(scenario.stakeholders[name].voice) for name in order]),
    )
