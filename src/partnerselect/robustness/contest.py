"""One programme's ranking as lines: how every partner's value moves when one node of the tree weighs more or less."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from partnerselect.model.scenario import Scenario
from partnerselect.robustness.linear import stability_interval
from partnerselect.robustness.tree import weights_with_share
from partnerselect.robustness.weight_tree import WeightTree, weight_tree
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import TIE, Scores

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Node:
    """A criterion or branch, and the values if it had none or all of its siblings' weight."""

    path: str
    share: float
    """Of its siblings' weight, today."""
    parent: float
    """What it and its siblings weigh in the whole."""
    at_none: FloatArray
    at_all: FloatArray
    """(partners,)."""

    def values_at(self, share: float) -> FloatArray:
        """Return the values at another share, the siblings in proportion; shape (partners,)."""
        return (1 - share) * self.at_none + share * self.at_all


@dataclass(frozen=True)
class Contest:
    """Who is compared for one programme, on which values and weights."""

    programme: str
    p: int
    partners: tuple[str, ...]
    """The eligible, in order of their ids."""
    values: FloatArray
    """(partners, criteria): partial values."""
    weights: FloatArray
    overall: FloatArray
    tree: WeightTree

    @property
    def leaders(self) -> tuple[int, ...]:
        """Rows of those first on value, in order of their ids."""
        return tuple(
            np.flatnonzero(self.overall >= self.overall.max(initial=-np.inf) - TIE).tolist()
        )

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every criterion and branch whose share can move, branch before leaf.

        An only child cannot.
        """
        found = [
            node
            for group in range(len(self.tree.groups))
            for child in range(len(self.tree.paths[group]))
            if (node := self._node(group, child))
        ]
        return tuple(sorted(found, key=lambda node: self._place(node.path)))

    def _place(self, path: str) -> tuple[int, int]:
        """Return what sorts nodes as they stand in the file: the first leaf, then the depth."""
        for group, paths in zip(self.tree.groups, self.tree.paths, strict=True):
            if path in paths:
                return group.leaves[paths.index(path)][0], path.count(".")
        raise KeyError(path)

    def _node(self, group: int, child: int) -> Node | None:
        ends = [
            weights_with_share(
                self.tree.groups, group=group, child=child, share=share, leaves=self.tree.leaves
            )
            for share in (0.0, 1.0)
        ]
        if ends[0] is None or ends[1] is None:
            return None
        share = float(self.tree.groups[group].shares[child])
        whole = self.tree.whole_of_parent(group, self.weights)
        return Node(
            self.tree.paths[group][child],
            share,
            whole,
            self.values @ ends[0],
            self.values @ ends[1],
        )


def contest(scenario: Scenario, table: PerformanceTable, scores: Scores, programme: str) -> Contest:
    """Return the eligible partners of a programme and what they are compared on."""
    work = table.workload
    p = work.programmes.index(programme)
    rows = sorted(np.flatnonzero(table.eligible[p]).tolist(), key=lambda k: work.partners[k])
    return Contest(
        programme,
        p,
        tuple(work.partners[k] for k in rows),
        table.values[p, rows],
        scores.weights[p],
        scores.overall[p, rows],
        weight_tree(scenario.criteria, scores.weights[p], scenario.programmes[programme].weights),
    )


@dataclass(frozen=True)
class Interval:
    """How far one node's weight can move before another partner leads.

    Shares of its siblings' and of the whole weight.
    """

    programme: str
    leader: str
    criterion: str
    share: float
    low: float
    high: float
    whole: float
    whole_low: float
    whole_high: float
    below: str | None
    """Who takes over below `low`; None: nobody."""
    above: str | None


def stability_intervals(one: Contest) -> tuple[Interval, ...]:
    """Return the interval of every node for every tied leader of a programme.

    Exact, from the crossings of lines. It speaks of the first place on value, never of the choice.
    """
    return tuple(_interval(one, node, leader) for leader in one.leaders for node in one.nodes)


def _interval(one: Contest, node: Node, leader: int) -> Interval:
    found = stability_interval(node.at_none, node.at_all, share=node.share, leader=leader)
    return Interval(
        programme=one.programme,
        leader=one.partners[leader],
        criterion=node.path,
        share=node.share,
        low=found.low,
        high=found.high,
        whole=node.parent * node.share,
        whole_low=node.parent * found.low,
        whole_high=node.parent * found.high,
        below=None if found.below is None else one.partners[found.below],
        above=None if found.above is None else one.partners[found.above],
    )
