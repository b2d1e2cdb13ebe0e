"""One programme's eligible partners as lines: how values move as a weight goes from none to all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario
from partnerselect.robustness.linear import stability_interval
from partnerselect.robustness.weight_tree import WeightTree, weight_tree
from partnerselect.value import TIE, PerformanceTable, Scores


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
class PartnerComparison:
    """Who is compared for one programme, on which values and weights."""

    scenario: Scenario
    table: PerformanceTable
    programme: str
    partners: tuple[str, ...]
    """The eligible, in order of their ids."""
    values: FloatArray
    """(partners, criteria): partial values."""
    weights: FloatArray
    overall: FloatArray

    @property
    def p(self) -> int:
        """The position of the programme."""
        return self.table.workload.programmes.index(self.programme)

    @property
    def leaders(self) -> tuple[int, ...]:
        """Rows of those first on value, in order of their ids."""
        best = self.overall.max(initial=-np.inf)
        return tuple(np.flatnonzero(self.overall >= best - TIE).tolist())

    @cached_property
    def tree(self) -> WeightTree:
        """The weights as groups of siblings."""
        own = self.scenario.programmes[self.programme].weights
        return weight_tree(self.scenario.criteria, self.weights, own)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every criterion and branch whose share can move, branch before leaf; no only child."""
        found = {
            path: node
            for group, paths in enumerate(self.tree.paths)
            for child, path in enumerate(paths)
            if (node := self._node(group, child))
        }
        return tuple(found[path] for path in self.scenario.criteria.nodes if path in found)

    def _node(self, group: int, child: int) -> Node | None:
        none, all_ = (self.tree.weights_with_share(group, child, share) for share in (0.0, 1.0))
        if none is None or all_ is None:
            return None
        return Node(
            self.tree.paths[group][child],
            float(self.tree.groups[group].shares[child]),
            self.tree.whole_of_parent(group, self.weights),
            self.values @ none,
            self.values @ all_,
        )


def compare_partners(
    scenario: Scenario, table: PerformanceTable, scores: Scores, programme: str
) -> PartnerComparison:
    """Return the eligible partners of a programme and what they are compared on."""
    work = table.workload
    p = work.programmes.index(programme)
    rows = sorted(np.flatnonzero(table.eligible[p]).tolist(), key=lambda k: work.partners[k])
    return PartnerComparison(
        scenario,
        table,
        programme,
        tuple(work.partners[k] for k in rows),
        table.values[p, rows],
        scores.weights[p],
        scores.overall[p, rows],
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


def stability_intervals(compared: PartnerComparison) -> tuple[Interval, ...]:
    """Return the interval of every node for every tied leader of a programme.

    Exact, from the crossings of lines. It speaks of the first place on value, never of the choice.
    """
    return tuple(
        _interval(compared, node, leader) for leader in compared.leaders for node in compared.nodes
    )


def _interval(compared: PartnerComparison, node: Node, leader: int) -> Interval:
    found = stability_interval(node.at_none, node.at_all, share=node.share, leader=leader)
    return Interval(
        programme=compared.programme,
        leader=compared.partners[leader],
        criterion=node.path,
        share=node.share,
        low=found.low,
        high=found.high,
        whole=node.parent * node.share,
        whole_low=node.parent * found.low,
        whole_high=node.parent * found.high,
        below=None if found.below is None else compared.partners[found.below],
        above=None if found.above is None else compared.partners[found.above],
    )
