"""Rank acceptability and what goes with it (SMAA-2): summed block by block, then by name as shares.

Source: Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.robustness.comparison_sets import GateChance
from partnerselect.value import TIE

CountArray = NDArray[np.int16]

_ABSENT = -1e300
"""Stands for the value of an alternative that is not there: below every other, and finite, so that
differences are numbers."""
CHANCE = 2
"""Standard errors of each of two shares, within which either may be the larger by chance."""


def drawn_values(
    weights: FloatArray, nominal: FloatArray, cells: NDArray[np.intp], partial: FloatArray
) -> FloatArray:
    """Add up partial values, some of them drawn.

    Args:
        weights: shape (draws, criteria).
        nominal: shape (alternatives, criteria), the partial values that are known.
        cells: shape (cells, 2), the alternative and criterion of each drawn partial value; none
            twice.
        partial: shape (draws, cells), the drawn ones.

    Returns:
        Shape (alternatives, draws).

    """
    values: FloatArray = nominal @ weights.T
    for (alternative, criterion), drawn in zip(cells.tolist(), partial.T, strict=True):
        values[alternative] += weights[:, criterion] * (drawn - nominal[alternative, criterion])
    return values


@dataclass(frozen=True)
class Standings:
    """How many alternatives are better and worse than each, and how often each beats each.

    Shapes (alternatives, trials) and (alternatives, alternatives).
    """

    better: CountArray
    worse: CountArray
    beats: FloatArray

    @property
    def first_shares(self) -> FloatArray:
        """The share of first place in each trial, split equally between those tied for it.

        Shape (alternatives, draws).
        """
        firsts = self.better == 0
        shares: FloatArray = firsts / np.count_nonzero(firsts, axis=0)
        return shares


def standings(values: FloatArray) -> Standings:
    """Compare every two alternatives in every trial; `values` has shape (alternatives, draws).

    `beats[k, l]` counts the trials in which k is better than l by more than `TIE`, a tie as a half
    (and so the diagonal, and two that are both absent).

    Two rows at a time: quicker here than sorting, and no array larger than `values`.

    """
    count, draws = values.shape
    better = np.zeros((count, draws), dtype=np.int16)
    worse = np.zeros((count, draws), dtype=np.int16)
    beats = np.full((count, count), draws / 2)
    for k in range(count):
        for other in range(k):
            difference = values[k] - values[other]
            wins, losses = difference > TIE, difference < -TIE
            worse[k] += wins
            better[other] += wins
            better[k] += losses
            worse[other] += losses
            lead = (np.count_nonzero(wins) - np.count_nonzero(losses)) / 2
            beats[k, other] += lead
            beats[other, k] -= lead
    return Standings(better, worse, beats)


@dataclass(frozen=True)
class Tally:
    """Sums over trials, to be added up block by block in their order.

    `ranks[k, r]` is how often k took rank r + 1, ties split equally; `unavailable[k]` how often it
    was not there; `first_weights[k]` the sum of the weights of the trials it led; `values` the sum
    of its values, `weights` that of all weights.
    """

    draws: int
    ranks: FloatArray
    unavailable: FloatArray
    beats: FloatArray
    first_weights: FloatArray
    values: FloatArray
    weights: FloatArray

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.draws + other.draws,
            self.ranks + other.ranks,
            self.unavailable + other.unavailable,
            self.beats + other.beats,
            self.first_weights + other.first_weights,
            self.values + other.values,
            self.weights + other.weights,
        )


def tally(values: FloatArray, weights: FloatArray, available: BoolArray | None = None) -> Tally:
    """Count one block.

    Args:
        values: shape (alternatives, draws).
        weights: shape (draws, criteria).
        available: shape (alternatives, draws); all of them if None.

    """
    present = np.ones(values.shape, dtype=bool) if available is None else available
    compared = standings(values if available is None else np.where(available, values, _ABSENT))
    firsts = np.where(present, compared.first_shares, 0.0)
    return Tally(
        values.shape[1],
        np.array(
            [
                _rank_counts(better[here], worse[here], len(values))
                for better, worse, here in zip(
                    compared.better, compared.worse, present, strict=True
                )
            ],
        ).reshape(len(values), len(values)),
        np.count_nonzero(~present, axis=1).astype(np.float64),
        compared.beats,
        firsts @ weights,
        values.sum(axis=1),
        weights.sum(axis=0),
    )


def _rank_counts(better: CountArray, worse: CountArray, alternatives: int) -> FloatArray:
    """Count one alternative's places; a tie over several places counts as an equal part of each."""
    after = alternatives - worse
    part = 1.0 / (after - better)
    begins, ends = (
        np.bincount(place, weights=part, minlength=alternatives + 1) for place in (better, after)
    )
    counts = (begins - ends).cumsum()[:alternatives]
    # what thirds leave over when they are taken away again is no part of a place
    return np.where(np.abs(counts) < TIE, 0.0, counts)


@dataclass(frozen=True)
class Acceptability:
    """What the trials say of each alternative; k is the row.

    `ranks[k, r]`: the share of trials in which k takes rank r + 1; with `unavailable[k]` a row sums
    to 1.
    `central_weights[k]`: the mean weights of the trials it leads, not a number where it leads none.
    `winning[k, l]`: the share of trials in which k beats l, a tie as a half; the diagonal is 1/2.
    `rank_errors` are standard errors; those of shares split by ties are on the safe side.
    """

    draws: int
    ranks: FloatArray
    rank_errors: FloatArray
    unavailable: FloatArray
    central_weights: FloatArray
    winning: FloatArray


def acceptability(total: Tally) -> Acceptability:
    """Turn sums over all blocks into shares, means and their standard errors."""
    ranks, winning = total.ranks / total.draws, total.beats / total.draws
    firsts = total.ranks[:, :1].reshape(-1, 1)  # one column even where nobody takes part
    led = np.where(firsts > 0, firsts, np.nan)
    central = total.first_weights / led
    return Acceptability(
        total.draws,
        ranks,
        share_error(ranks, total.draws),
        total.unavailable / total.draws,
        central,
        winning,
    )


def share_error(share: FloatArray, draws: int) -> FloatArray:
    """Return the standard error of a share counted over independent trials (binomial)."""
    error: FloatArray = np.sqrt(np.clip(share * (1 - share), 0.0, None) / draws)
    return error


def confidence_counts(
    central_weights: FloatArray, nominal: FloatArray, cells: NDArray[np.intp], partial: FloatArray
) -> FloatArray:
    """Count first places of each alternative under its own central weights, for one block.

    Divided by all trials this is its confidence factor. Arguments as in `drawn_values`; an
    alternative without central weights has no count (not a number). A second pass over the same
    blocks: central weights are known only after the first.

    """
    counts = np.full(len(nominal), np.nan)
    for k in np.flatnonzero(~np.isnan(central_weights).any(axis=1)).tolist():
        weights = np.broadcast_to(central_weights[k], (len(partial), nominal.shape[1]))
        values = drawn_values(weights, nominal, cells, partial)
        ahead = (values > values[k] + TIE).any(axis=0)
        level = np.count_nonzero(np.abs(values - values[k]) <= TIE, axis=0)
        counts[k] = np.where(ahead, 0.0, 1 / level).sum()
    return counts


@dataclass(frozen=True)
class Standing:
    """How one partner of a programme comes off in the trials."""

    partner: str
    ranks: tuple[float, ...]
    """The share of trials in which it takes rank 1, 2 …; ties are split, and a row sums to 1."""
    first_share: float
    first_error: float
    """Standard error of `first_share`."""
    first_share_free: float
    """The same whatever the weights."""
    central_weights: dict[str, float] | None
    """The mean weights of the trials it leads; None where it leads none."""
    confidence: float | None
    """How often it is first under just those weights; below 1 only because of scores."""
    beats: dict[str, float]
    """The share of trials in which it is ahead of each other, a tie as a half."""


@dataclass(frozen=True)
class GatedStanding:
    """How one partner comes off when the gates are drawn too."""

    partner: str
    first_share: float
    first_error: float
    unavailable: float
    """The share of trials in which its gate is closed."""
    ranks: tuple[float, ...]
    """With `unavailable` they sum to 1."""


@dataclass(frozen=True)
class BelowMinimum:
    """The chance that uncertain scores turn out below what a criterion or branch must be worth."""

    partner: str
    criterion: str
    share: float


@dataclass(frozen=True)
class ProgrammeRobustness:
    """What the trials say of one programme."""

    programme: str
    standings: tuple[Standing, ...]
    """Of the eligible, in file order."""
    gated: tuple[GatedStanding, ...]
    """Of the eligible and of those only barred by their gate."""
    first_most: str | None
    """The partner first in most draws; the smallest id of equals, None where nobody is eligible."""
    below_minimum: tuple[BelowMinimum, ...]
    mean_weights: dict[str, float]

    def of(self, partner: str) -> Standing | None:
        """Return a partner's standing; None where it is not eligible."""
        return next((standing for standing in self.standings if standing.partner == partner), None)

    def with_gates(self, partner: str) -> GatedStanding | None:
        """Return a partner's standing with gates varied; None where more than its gate bars it."""
        return next((standing for standing in self.gated if standing.partner == partner), None)


@dataclass(frozen=True)
class Robustness:
    """What the trials say of every programme."""

    samples: int
    seed: int
    weight_set: str
    """In words."""
    gates: tuple[GateChance, ...]
    programmes: dict[str, ProgrammeRobustness]
    """Those with a partner that is eligible, or only barred by its gate; empty without draws."""
    why_none: str = ""
    """Why there are no draws although they were asked for, in a sentence."""

    def standing(self, programme: str, partner: str | None) -> Standing | None:
        """Return how a partner comes off; None without trials, or where it is not eligible."""
        found = self.programmes.get(programme)
        return found.of(partner) if found and partner else None

    def more_often_first(self, programme: str, leader: str | None) -> Standing | None:
        """Return who is first in more trials than the leader, by more than chance explains.

        None where nobody is: the shares differ by less than two standard errors of each.
        """
        leading = self.standing(programme, leader)
        found = self.programmes.get(programme)
        other = self.standing(programme, found.first_most if found else None)
        if leading is None or other is None:
            return None
        by_chance = CHANCE * (leading.first_error + other.first_error)
        return other if other.first_share - leading.first_share > by_chance else None
