"""How far the leader's margin over the next best moves, one thing at a time.

That is each weight, and each score that is a range or not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario, Within
from partnerselect.robustness.partner_comparison import PartnerComparison
from partnerselect.robustness.uncertainty import UncertainScore, uncertain_scores
from partnerselect.robustness.weight_tree import DEFAULT_BAND
from partnerselect.value import TIE


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
