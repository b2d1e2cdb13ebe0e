"""What the trials say, for readers: names instead of positions, shares instead of sums."""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.robustness.comparison_sets import GateChance


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
    """The chance that an uncertain score turns out below what is required."""

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

    def standing(self, programme: str, partner: str | None) -> Standing | None:
        """Return how a partner comes off; None without trials, or where it is not eligible."""
        found = self.programmes.get(programme)
        return found.of(partner) if found and partner else None
