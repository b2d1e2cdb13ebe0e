"""The tree of weights of one programme, as groups of siblings, and trials of its leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import (
    CriteriaSet,
    Criterion,
    Scenario,
    Weights,
    WeightSet,
    Within,
    siblings,
)
from partnerselect.robustness.samplers import Block, dirichlet, free, ordinal, within
from partnerselect.value import TIE, group_weights, sibling_shares
from partnerselect.words import figure

DEFAULT_BAND = 0.25
"""How far weights of a programme's own are drawn where the groups' weights are mixed: the groups
said nothing of them."""


@dataclass(frozen=True)
class Siblings:
    """Children of one node: shares that sum to 1, and the leaves that each is or holds."""

    shares: FloatArray
    leaves: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class WeightTree:
    """Every group of siblings that a programme's weights are made of."""

    groups: tuple[Siblings, ...]
    """Children in order of their names, so that the order of the file does not move a trial."""
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

    def weights_with_share(self, group: int, child: int, share: float) -> FloatArray | None:
        """Give one child another share of its siblings' whole, the siblings in proportion.

        Returns:
            Shape (leaves,); None for an only child and where the siblings have no share to be in
            proportion to.
        """
        shares = [siblings.shares for siblings in self.groups]
        rest = 1 - shares[group][child]
        if rest <= TIE:
            return None
        shares[group] = shares[group] * (1 - share) / rest
        shares[group][child] = share
        drawn = [one[None, :] for one in shares]
        return np.asarray(leaf_weights(self.groups, drawn, leaves=self.leaves)[0])


def weight_tree(criteria: CriteriaSet, weights: FloatArray, own: Weights | None) -> WeightTree:
    """Return the tree whose leaves have the given weights.

    Args:
        criteria: the set.
        weights: of the leaves in file order, shape (criteria,).
        own: the programme's own block; asked for shares only below a node that weighs nothing.

    """
    position = {path: number for number, path in enumerate(criteria.leaves)}
    groups, paths = [], []
    for at, owner, unsorted in siblings((), criteria):
        above = "".join(f"{key}." for key in at if key != "criteria")
        children = dict(sorted(unsorted.items()))
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


def _shares(parts: FloatArray, block: Weights | None, children: dict[str, Criterion]) -> FloatArray:
    """Return shares as they follow from the leaves, or as stated where the leaves weigh nothing."""
    if parts.sum() > TIE:
        return np.asarray(parts / parts.sum())
    stated = sibling_shares(block, children, (), {})
    return np.array([stated[name] for name in children])


def leaf_weights(
    tree: Sequence[Siblings], shares: Sequence[FloatArray], *, leaves: int
) -> FloatArray:
    """Multiply drawn shares down the tree.

    Args:
        tree: every group of siblings, in any order.
        shares: for each group its draws, shape (draws, siblings).
        leaves: how many there are.

    Returns:
        Shape (draws, leaves); rows sum to 1.

    """
    weights = np.ones((len(shares[0]), leaves))
    for group, drawn in zip(tree, shares, strict=True):
        for below, share in zip(group.leaves, drawn.T, strict=True):
            weights[:, list(below)] *= share[:, None]
    return weights


@dataclass(frozen=True)
class WeightDraws:
    """How the weights of a scenario are drawn."""

    chosen: WeightSet
    by_group: FloatArray
    """(groups, criteria): the leaf weights of the stakeholders; no rows where they are not
    asked."""
    voices: FloatArray

    def draw(self, tree: WeightTree, block: Block, owner: str | None) -> FloatArray:
        """Draw leaf weights for one block; shape (draws, criteria), rows sum to 1.

        The groups' leaf weights are mixed as wholes: whoever is heard more in a trial is heard more
        in all of it.

        Args:
            tree: the weights drawn around.
            block: the trials.
            owner: the programme whose own weights they are, None for those common to all.

        """
        if self.chosen == "stakeholders" and owner is None:
            return dirichlet(block.stream("voices"), block.draws, self.by_group, self.voices)
        drawn = [
            self._siblings(
                block.stream("weights", owner or "", paths[0].rpartition(".")[0]),
                block.draws,
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
