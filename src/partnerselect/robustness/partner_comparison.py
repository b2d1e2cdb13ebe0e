"""One programme's eligible partners as lines: how values and the leader's margin move.

A weight goes from none to all of its siblings'; a score that is a range or not known from end to
end; one thing at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario, Within
from partnerselect.robustness.linear import stability_interval
from partnerselect.robustness.uncertainty import UncertainScore, uncertain_scores
from partnerselect.robustness.weight_tree import DEFAULT_BAND, WeightTree, weight_tree
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
    none: FloatArray
    all_: FloatArray
    """(criteria,): the weights of all leaves then."""

    def weights_at(self, share: float) -> FloatArray:
        """Return the weights of all leaves at another share; shape (criteria,)."""
        return (1 - share) * self.none + share * self.all_

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
            none,
            all_,
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


@dataclass(frozen=True)
class End:
    """One end of what moves: where it stands, the leader's margin there, and over whom."""

    at: float
    """A share of the whole weight; of a score natural units, or a partial value where it is one of
    levels or not known."""
    margin: float
    rival: str


@dataclass(frozen=True)
class Swing:
    """One weight or score, all else as it is: the leader's margin at its two ends."""

    kind: Literal["weight", "score"]
    leader: str
    subject: str
    """A criterion or branch."""
    low: End
    high: End
    score: UncertainScore | None = None
    """The score that moves; None for a weight."""

    @property
    def partner(self) -> str | None:
        """Whose score it is."""
        return self.score.partner if self.score else None

    @property
    def is_unknown(self) -> bool:
        """Whether it is a score that is not known."""
        return bool(self.score and self.score.is_unknown)

    @property
    def least(self) -> End:
        """The end that is worse for the leader.

        No place between is worse: the margin bends only upwards.
        """
        return min(self.low, self.high, key=lambda end: end.margin)

    @property
    def width(self) -> float:
        """How far the margin moves between the ends."""
        return abs(self.high.margin - self.low.margin)


def band(scenario: Scenario) -> float:
    """Return the fraction of itself by which each weight is moved: that of the trials.

    A quarter where weights vary otherwise.
    """
    chosen = scenario.analysis.weights
    return chosen.within if isinstance(chosen, Within) else DEFAULT_BAND


def tornado(compared: PartnerComparison) -> tuple[Swing, ...]:
    """Return what moves the leader's margin, most first; nothing where there are not two."""
    if len(compared.partners) < 2:  # noqa: PLR2004 - a margin is one over another
        return ()
    swings = (*_by_weights(compared), *_by_scores(compared))
    return tuple(
        sorted(
            (swing for swing in swings if swing.width > TIE),
            key=lambda swing: (-swing.width, swing.kind, swing.subject, swing.partner or ""),
        )
    )


def _end(compared: PartnerComparison, at: float, values: FloatArray) -> End:
    leader = compared.leaders[0]
    others = np.where(np.arange(len(values)) == leader, -np.inf, values)
    rival = int(np.argmax(others))
    return End(at, float(values[leader] - values[rival]), compared.partners[rival])


def _by_weights(compared: PartnerComparison) -> Iterator[Swing]:
    """Yield every criterion and branch, its share of its siblings' weight moved by the band."""
    moved = band(compared.scenario)
    for node in compared.nodes:
        if node.parent > TIE:
            shares = (node.share * (1 - moved), min(node.share * (1 + moved), 1.0))
            low, high = (
                _end(compared, node.parent * share, node.values_at(share)) for share in shares
            )
            yield Swing("weight", _leader(compared), node.path, low, high)


def _by_scores(compared: PartnerComparison) -> Iterator[Swing]:
    """Yield every score of a partner compared that is a range or not known."""
    leaves, table = compared.scenario.criteria.leaves, compared.table
    for found in uncertain_scores(compared.scenario, table):
        if compared.p not in found.holds_in or found.partner not in compared.partners:
            continue
        row, c = compared.partners.index(found.partner), table.criteria.index(found.criterion)
        marks = np.array([found.low, found.high])
        worths = found.values(marks, leaves[found.criterion], table.ends[compared.p, c])
        ends = []
        for mark, worth in zip(marks.tolist(), worths.tolist(), strict=True):
            values = compared.overall.copy()
            values[row] += compared.weights[c] * (worth - compared.values[row, c])
            ends.append(_end(compared, mark, values))
        yield Swing("score", _leader(compared), found.criterion, ends[0], ends[1], found)


def _leader(compared: PartnerComparison) -> str:
    """Return the leader, the smallest id of equals."""
    return compared.partners[compared.leaders[0]]
