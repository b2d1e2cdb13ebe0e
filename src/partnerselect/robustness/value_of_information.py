"""Which open score is worth finding out before deciding: where it could change a leader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario
from partnerselect.robustness.acceptability import ProgrammeRobustness, Robustness
from partnerselect.robustness.uncertainty import UncertainScore, uncertain_scores
from partnerselect.value import TIE, PerformanceTable

QUANTILES = 2_000
"""Evenly spaced outcomes of a score; a change of the leader is told to the nearest 0.05%."""


@dataclass(frozen=True)
class InformationValue:
    """A ranged or unknown score, and what it would be worth to know it before deciding."""

    programme: str
    partner: str
    criterion: str
    is_unknown: bool
    admits: bool
    """Whether the partner is not eligible only because this score is unknown."""
    change_share: float
    """How often knowing it would make another partner the leader."""
    value: float
    """Points of value lost, on average, by choosing the leader without knowing it."""


def information_values(
    scenario: Scenario, table: PerformanceTable, robustness: Robustness
) -> tuple[InformationValue, ...]:
    """Return the scores whose resolution could change a leader, the likeliest first.

    None without draws.
    """
    scores = uncertain_scores(scenario, table)
    found = [
        question
        for name, drawn in robustness.programmes.items()
        for question in _OpenScores(scenario, table, scores, name, drawn).all()
    ]
    return tuple(
        sorted(
            found,
            key=lambda item: (
                -item.change_share,
                -item.value,
                item.programme,
                item.partner,
                item.criterion,
            ),
        )
    )


class _OpenScores:
    """The open scores of one programme.

    Weights and scores are independent, so expected values are products of means.
    """

    def __init__(
        self,
        scenario: Scenario,
        table: PerformanceTable,
        scores: tuple[UncertainScore, ...],
        programme: str,
        drawn: ProgrammeRobustness,
    ) -> None:
        self._table, self._programme = table, programme
        self._p = table.workload.programmes.index(programme)
        self._leaves = list(scenario.criteria.leaves.values())
        self._weights = np.array([drawn.mean_weights[name] for name in table.criteria])
        self._cells = {
            (
                table.workload.partners.index(score.partner),
                table.criteria.index(score.criterion),
            ): score
            for score in scores
            if self._p in score.holds_in
        }
        self._outcomes = {
            cell: self._outcome(cell[1], score) for cell, score in self._cells.items()
        }
        mean = table.values[self._p].copy()
        for cell, outcomes in self._outcomes.items():
            mean[cell] = outcomes.mean()
        self._expected: FloatArray = mean @ self._weights

    def _outcome(self, c: int, score: UncertainScore) -> FloatArray:
        return score.values(
            score.quantiles(QUANTILES), self._leaves[c], self._table.ends[self._p, c]
        )

    def all(self) -> list[InformationValue]:
        """Return those that could change the leader."""
        found = [self._value_of(k, c) for k, c in self._cells]
        return [
            question for question in found if question is not None and question.change_share > 0
        ]

    def _value_of(self, k: int, c: int) -> InformationValue | None:
        pair = (self._programme, self._table.workload.partners[k])
        eligible = np.flatnonzero(self._table.eligible[self._p])
        if k in eligible:
            row = int(np.searchsorted(eligible, k))
            found = worth_finding_out(
                self._expected[eligible],
                alternative=row,
                weight=float(self._weights[c]),
                partial=self._outcomes[k, c],
            )
            change, value = found.change_share, found.value
        elif pair in self._table.unproven and self._cells[k, c].is_unknown and len(eligible):
            change, value = self._worth_admitting(k, c, float(self._expected[eligible].max()))
        else:
            return None
        return InformationValue(
            *pair,
            self._table.criteria[c],
            self._cells[k, c].is_unknown,
            k not in eligible,
            change,
            value,
        )

    def _worth_admitting(self, k: int, c: int, best: float) -> tuple[float, float]:
        """Return how often a partner would qualify and lead with a known score, and the gain."""
        outcomes = self._outcomes[k, c]
        known = self._expected[k] + self._weights[c] * (outcomes - outcomes.mean())
        qualifies = outcomes >= self._table.least_value(self._leaves[c], self._p, k, c) - TIE
        leads = qualifies & (known > best + TIE)
        return float(leads.mean()), float(np.where(leads, known - best, 0.0).mean())


@dataclass(frozen=True)
class Worth:
    """The worth of knowing one score: points gained, how often the leader changes; with errors."""

    value: float
    value_error: float
    change_share: float
    change_error: float


def worth_finding_out(
    expected: FloatArray, *, alternative: int, weight: float, partial: FloatArray
) -> Worth:
    """Estimate the expected value of perfect information on one score of one alternative.

    Weights are drawn independently of scores and scores of one another, and value is additive. So,
    once this score is known, the expected value of its alternative is its mean plus the mean weight
    times the score's departure from its own mean, and nobody else's moves: the inner mean needs no
    nested draws, no bins and no regression. What is left is one mean over the score. Taken over
    draws it is never negative, and its bias (the means are estimated too) shrinks with the number
    of trials, faster than its standard error; taken over evenly spaced quantiles of the score it
    has practically none.

    Args:
        expected: mean value of each alternative over the trials, shape (alternatives,).
        alternative: whose score it is.
        weight: the mean whole weight of its criterion.
        partial: the score's partial values, equally likely, shape (draws,).

    Source: Raiffa & Schlaifer (1961), Applied Statistical Decision Theory; the inner mean in closed
    form for linear models: Brennan, Kharroubi, O'Hagan & Chilcott (2007), Medical Decision Making
    27(4), 448-470.

    """
    others = np.delete(expected, alternative)
    if not len(others):
        return Worth(0.0, 0.0, 0.0, 0.0)
    rival, own = float(others.max()), float(expected[alternative])
    known = own + weight * (partial - partial.mean())
    gain = np.maximum(known, rival) - max(own, rival)
    change = (known > rival + TIE) if own < rival - TIE else (known < rival - TIE)
    root = np.sqrt(len(partial))
    share = float(change.mean())
    return Worth(
        float(gain.mean()),
        float(gain.std() / root),
        share,
        float(np.sqrt(share * (1 - share)) / root),
    )
