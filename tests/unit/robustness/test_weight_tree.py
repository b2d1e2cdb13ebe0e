"""Shares among siblings become weights of leaves."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.robustness.samplers import within
from partnerselect.robustness.weight_tree import Siblings, WeightTree, leaf_weights

# value 0.5 · sustainability 0.3 (handover 0.4, record 0.6) · cost 0.2
TOP = Siblings(np.array([0.5, 0.3, 0.2]), ((0,), (1, 2), (3,)))
BRANCH = Siblings(np.array([0.4, 0.6]), ((1,), (2,)))
TREE = WeightTree((TOP, BRANCH), (("value", "kept", "cost"), ("kept.a", "kept.b")), 4)


def test_todays_shares_multiply_down_the_tree() -> None:
    weights = leaf_weights(TREE.groups, [TOP.shares[None, :], BRANCH.shares[None, :]], leaves=4)
    assert weights[0] == pytest.approx([0.5, 0.12, 0.18, 0.2])


def test_drawn_weights_sum_to_one_and_move_within_the_product_of_the_bands() -> None:
    generator = np.random.default_rng(3)
    weights = leaf_weights(
        TREE.groups, [within(generator, 500, group.shares, 0.25) for group in TREE.groups], leaves=4
    )
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (
        weights <= np.array([0.5, 0.12, 0.18, 0.2]) * [1.25, 1.25**2, 1.25**2, 1.25] + 1e-12
    ).all()


def test_a_branch_with_another_share_keeps_its_inner_shares_and_its_siblings_in_proportion() -> (
    None
):
    weights = TREE.weights_with_share(0, 1, 0.65)
    assert weights == pytest.approx([0.25, 0.26, 0.39, 0.1])


def test_a_leaf_of_a_branch_moves_within_its_branch_only() -> None:
    weights = TREE.weights_with_share(1, 0, 1.0)
    assert weights == pytest.approx([0.5, 0.3, 0.0, 0.2])


def test_todays_share_gives_todays_weights() -> None:
    assert TREE.weights_with_share(0, 0, 0.5) == pytest.approx([0.5, 0.12, 0.18, 0.2])


@pytest.mark.parametrize("shares", [[1.0], [1.0, 0.0]])
def test_a_node_that_has_everything_has_nobody_to_give_to(shares: list[float]) -> None:
    group = Siblings(np.array(shares), tuple((leaf,) for leaf in range(len(shares))))
    tree = WeightTree((group,), (("a", "b")[: len(shares)],), len(shares))
    assert tree.weights_with_share(0, 0, 0.5) is None
