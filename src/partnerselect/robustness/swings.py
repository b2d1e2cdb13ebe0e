"""How far the leader's margin over the next best moves with each weight and each score that is a range or not known, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from partnerselect.model.options import Within
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.contest import Contest, contest
from partnerselect.robustness.uncertainty import UncertainScore, uncertain_scores
from partnerselect.robustness.weight_tree import DEFAULT_BAND
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import TIE, Scores

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class End:
    """One end of what moves: where it stands, the leader's margin there, and who is then the best of the others."""

    at: float
    """A share of the whole weight; of a score natural units, or a partial value where it is one of levels or not known."""
    margin: float
    rival: str


@dataclass(frozen=True)
class Swing:
    """One weight or score, everything else as it is: the leader's margin at its low end and at its high end."""

    kind: Literal["weight", "score"]
    programme: str
    leader: str
    subject: str
    """A criterion or branch."""
    partner: str | None
    """Whose score it is."""
    is_unknown: bool
    in_values: bool
    """Whether the ends of a score are partial values."""
    low: End
    high: End

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
    """Return the fraction of itself by which each weight is moved: that of the draws, or a quarter where weights are drawn otherwise."""
    chosen = scenario.analysis.weights
    return chosen.within if isinstance(chosen, Within) else DEFAULT_BAND


def swings(
    scenario: Scenario, table: PerformanceTable, scores: Scores, programme: str
) -> tuple[Swing, ...]:
    """Return what moves the leader's margin, most first.

    Nothing where there are not two to compare.
    """
    one = contest(scenario, table, scores, programme)
    if len(one.partners) < 2:  # noqa: PLR2004 - a margin is one over another
        return ()
    moved = _Margins(scenario, table, one)
    found = [swing for swing in (*moved.by_weights(), *moved.by_scores()) if swing.width > TIE]
    return tuple(
        sorted(
            found, key=lambda swing: (-swing.width, swing.kind, swing.subject, swing.partner or "")
        )
    )


class _Margins:
    """The margins of one programme's leader (the smallest id of equals)."""

    def __init__(self, scenario: Scenario, table: PerformanceTable, one: Contest) -> None:
        self._scenario, self._table, self._one = scenario, table, one
        self._leader = one.leaders[0]

    def _end(self, at: float, values: FloatArray) -> End:
        others = np.where(np.arange(len(values)) == self._leader, -np.inf, values)
        rival = int(np.argmax(others))
        return End(at, float(values[self._leader] - values[rival]), self._one.partners[rival])

    def by_weights(self) -> Iterator[Swing]:
        """Yield every criterion and branch, its share of its siblings' weight moved by the band."""
        moved = band(self._scenario)
        for node in self._one.nodes:
            if node.parent > TIE:
                ends = [
                    self._end(node.parent * share, node.values_at(share))
                    for share in (node.share * (1 - moved), min(node.share * (1 + moved), 1.0))
                ]
                yield self._swing("weight", node.path, *ends)

    def by_scores(self) -> Iterator[Swing]:
        """Yield every score of a partner compared that is a range or not known."""
        for score in uncertain_scores(self._scenario, self._table):
            if self._one.p in score.holds_in and score.partner in self._one.partners:
                yield self._swing("score", score.criterion, *self._score_ends(score), score=score)

    def _score_ends(self, score: UncertainScore) -> tuple[End, End]:
        row, c = (
            self._one.partners.index(score.partner),
            self._table.criteria.index(score.criterion),
        )
        marks = np.array([score.low, score.high])
        worths = score.values(
            marks, self._scenario.criteria.leaves[score.criterion], self._table.ends[self._one.p, c]
        )
        low, high = (
            self._end(float(mark), self._with(row, c, float(worth)))
            for mark, worth in zip(marks, worths, strict=True)
        )
        return low, high

    def _with(self, row: int, c: int, worth: float) -> FloatArray:
        values = self._one.overall.copy()
        values[row] += self._one.weights[c] * (worth - self._one.values[row, c])
        return values

    def _swing(
        self,
        kind: Literal["weight", "score"],
        subject: str,
        low: End,
        high: End,
        *,
        score: UncertainScore | None = None,
    ) -> Swing:
        return Swing(
            kind,
            self._one.programme,
            self._one.partners[self._leader],
            subject,
            score.partner if score else None,
            score.is_unknown if score else False,
            score.in_values if score else False,
            low,
            high,
        )
