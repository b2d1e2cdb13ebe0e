"""Weights of the leaves from shares among siblings, multiplied down the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerselect.value.scoring import TIE

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Siblings:
    """Children of one node: today's shares, summing to 1, and for each child the positions of the leaves it is or holds."""

    shares: FloatArray
    leaves: tuple[tuple[int, ...], ...]


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


def weights_with_share(
    tree: Sequence[Siblings], *, group: int, child: int, share: float, leaves: int
) -> FloatArray | None:
    """Give one child another share of its siblings' whole, the siblings in proportion.

    All else stays.

    Returns:
        Shape (leaves,); None for an only child and where the siblings have no share to be in
        proportion to.

    """
    today = tree[group].shares
    rest = 1 - today[child]
    if rest <= TIE:
        return None
    moved = today * (1 - share) / rest
    moved[child] = share
    shares = [moved if number == group else siblings.shares for number, siblings in enumerate(tree)]
    weights: FloatArray = leaf_weights(tree, [one[None, :] for one in shares], leaves=leaves)[0]
    return weights
