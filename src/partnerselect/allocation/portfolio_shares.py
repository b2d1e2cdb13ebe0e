"""How often each part of a choice, and each whole choice, is the best of a trial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from partnerselect.allocation.cost_account import engagements_of, partners_of
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.value import Workload

Engagement = tuple[str, str, str]
"""Programme, component, partner."""


@dataclass(frozen=True)
class ProgrammeChoice:
    """How often the whole choice comes out the same for one programme."""

    programme: str
    share: float
    """The part of the trials whose best choice gives it exactly its recommended partners, or defers
    it too."""
    error: float
    """Standard error of the share."""
    run_share: float


@dataclass(frozen=True)
class PairShare:
    """How often a partner works on a programme in the best choice."""

    programme: str
    partner: str
    share: float
    error: float
    recommended: bool


@dataclass(frozen=True)
class PortfolioShare:
    """A whole choice, how often it is the best, and what choosing it could cost."""

    engagements: tuple[Engagement, ...]
    partners: dict[str, tuple[str, ...]]
    """Programme to its partners; none: deferred."""
    share: float
    error: float
    recommended: bool
    greatest_regret: float
    """Points of portfolio value lost against the best choice in the worst of the trials."""
    mean_regret: float


@dataclass(frozen=True)
class Regret:
    """Points of value that the recommended choice loses against the best of each trial."""

    mean: float
    high: float
    """The 95th percentile: in one trial of twenty it is more."""
    greatest: float


@dataclass(frozen=True)
class PortfolioStability:
    """What the trials say of the choice as a whole."""

    asked: int
    """How many trials were to be looked at: the first of those behind the ranks."""
    draws: int
    """How many were; fewer where time ran out or somebody stopped it."""
    why_none: str
    """Why there are no shares, in a sentence; empty where there are."""
    programmes: dict[str, ProgrammeChoice]
    pairs: tuple[PairShare, ...]
    """Programme by programme, the most frequent first; those never chosen left out."""
    portfolios: tuple[PortfolioShare, ...]
    """Those that are the best in some trial, the most frequent first."""
    regret: Regret | None
    minimax_regret: PortfolioShare | None
    """Of all choices seen, the one whose greatest regret is least."""


class Counted:
    """Whole choices by number, the recommended one 0, and how many trials each is the best of."""

    def __init__(
        self, work: Workload, choices: list[IntArray], counts: Counter[int], regrets: FloatArray
    ) -> None:
        self._work, self._choices, self._counts, self._regrets = work, choices, counts, regrets
        self._draws = len(regrets)
        self._partners = [partners_of(work, chosen) for chosen in choices]

    def programmes(self) -> dict[str, ProgrammeChoice]:
        """Return how often each programme gets just its recommended partners, and runs."""
        return {p: self._programme(p) for p in self._work.programmes}

    def _programme(self, p: str) -> ProgrammeChoice:
        ours = self._partners[0][p]
        share, run = (
            self._share(lambda partners: partners[p] == ours),
            self._share(lambda partners: bool(partners[p])),
        )
        return ProgrammeChoice(p, share, self._error(share), run)

    def pairs(self) -> tuple[PairShare, ...]:
        """Return how often each partner works on each programme."""
        found = []
        for p in self._work.programmes:
            named = sorted({k for number in self._counts for k in self._partners[number][p]})
            shares = [(k, self._pair_share(p, k)) for k in named]
            found += [
                PairShare(p, k, share, self._error(share), k in self._partners[0][p])
                for k, share in sorted(shares, key=lambda one: (-one[1], one[0]))
            ]
        return tuple(found)

    def _pair_share(self, p: str, k: str) -> float:
        return self._share(lambda partners: k in partners[p])

    def _share(self, holds: Callable[[dict[str, tuple[str, ...]]], bool]) -> float:
        return (
            sum(count for number, count in self._counts.items() if holds(self._partners[number]))
            / self._draws
        )

    def _error(self, share: float) -> float:
        return float(np.sqrt(share * (1 - share) / self._draws))

    def portfolio(self, number: int) -> PortfolioShare:
        """Return a whole choice with its share and its regret."""
        work, share = self._work, self._counts[number] / self._draws
        engagements = engagements_of(work, self._choices[number])
        regret = self._regrets[:, number]
        return PortfolioShare(
            engagements,
            self._partners[number],
            share,
            self._error(share),
            number == 0,
            float(regret.max()),
            float(regret.mean()),
        )
