"""How sure the choice for a programme is: what robust, sensitive and too close to call mean.

They speak of the choice only: how often the same partners would be chosen again in trials that vary
weights and scores. How often a partner scores highest is a share of its own, with no such word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np

from partnerselect.allocation import Allocation, allowed, runs
from partnerselect.arrays import BoolArray
from partnerselect.model import Require, Scenario
from partnerselect.value import PerformanceTable
from partnerselect.words import listed, share

if TYPE_CHECKING:
    from partnerselect.allocation import PortfolioStability

_ROBUST, _SENSITIVE = 0.9, 0.6
_COUNTED = 1e-9
"""Shares are counts of trials: what is off by less is rounding."""


class Kind(StrEnum):
    """What can be said of a choice, in the words that people read."""

    ROBUST = "robust"
    SENSITIVE = "sensitive"
    TOO_CLOSE = "too close to call"
    COMMITTED = "already committed"
    NO_ALTERNATIVE = "no alternative"
    COUNTING = "counting…"
    UNKNOWN = "not worked out"
    NO_TRIALS = "without trials"


JUDGED = (Kind.ROBUST, Kind.SENSITIVE, Kind.TOO_CLOSE)
SENSITIVITY = "trials that vary the weights and scores"


@dataclass(frozen=True)
class Certainty:
    """How sure the choice for one programme is."""

    kind: Kind
    runs: bool
    share: float | None = None
    """Of the trials, in which it has exactly the recommended partners (or is deferred) again."""
    trials: int = 0

    @property
    def percentage(self) -> str:
        """The share as everywhere; where that would contradict the word, just under it."""
        if self.share is None:
            return ""
        is_lifted = kind_of(round(self.share, 2)) is not kind_of(self.share)
        return f"{'just under ' if is_lifted else ''}{share(self.share)}"

    @property
    def words(self) -> str:
        """What stands in a cell: robust 93%, deferred again 74%, already committed.

        Empty without trials. A deferral is no choice, and is not counted among the robust ones.
        """
        if self.kind is Kind.NO_TRIALS:
            return ""
        if not self.runs and self.kind in JUDGED:
            return f"deferred again {self.percentage}"
        return f"{self.kind} {self.percentage}" if self.kind in JUDGED else str(self.kind)

    @property
    def sentence(self) -> str:
        """The same in a sentence; empty without trials."""
        if self.kind in JUDGED:
            again = "chosen again" if self.runs else "deferred again"
            said = f"{again} in {self.percentage} of {self.trials:,} {SENSITIVITY}"
            return f"{self.kind.capitalize()}: {said}."
        return _SENTENCES[self.kind]


_SENTENCES = {
    Kind.COMMITTED: "Already committed, so it was not weighed again.",
    Kind.NO_ALTERNATIVE: "No alternative: nothing else could be chosen here.",
    Kind.COUNTING: "How often it would be chosen again has not been counted yet.",
    Kind.UNKNOWN: "How often it would be chosen again was not worked out.",
    Kind.NO_TRIALS: "",
}


class Chosen(Protocol):
    """A choice made for a scenario: an analysis, or less than one."""

    @property
    def scenario(self) -> Scenario: ...  # noqa: D102 - as of an analysis
    @property
    def table(self) -> PerformanceTable: ...  # noqa: D102 - as above
    @property
    def allocation(self) -> Allocation: ...  # noqa: D102 - as above


class Answered(Chosen, Protocol):
    """An analysis, or as much of one as certainty depends on."""

    @property
    def choices(self) -> PortfolioStability | None: ...  # noqa: D102 - as above


def certainties(analysis: Answered) -> dict[str, Certainty]:
    """Return how sure the choice for each programme is; of none where there is no answer."""
    chosen, work = analysis.allocation.chosen, analysis.table.workload
    if chosen is None:
        return {}
    return {
        name: _certainty(analysis, name, runs=bool(running))
        for name, running in zip(work.programmes, runs(work, chosen), strict=True)
    }


def _certainty(analysis: Answered, programme: str, *, runs: bool) -> Certainty:
    choices = analysis.choices
    found = choices.programmes.get(programme) if choices else None
    share, trials = (found.share, choices.draws) if found and choices else (None, 0)
    if _is_committed(analysis.scenario, programme):
        return Certainty(Kind.COMMITTED, runs, share, trials)
    if _has_no_alternative(analysis, programme, share, runs=runs):
        return Certainty(Kind.NO_ALTERNATIVE, runs, share, trials)
    if share is not None:
        return Certainty(kind_of(share), runs, share, trials)
    options = analysis.scenario.analysis
    if not min(options.samples, options.choice_samples):
        return Certainty(Kind.NO_TRIALS, runs)
    return Certainty(Kind.COUNTING if choices is None else Kind.UNKNOWN, runs)


def _is_committed(scenario: Scenario, programme: str) -> bool:
    stated = scenario.programmes[programme]
    is_open = stated.dose and stated.dose.programme not in scenario.fixed_levels
    return not is_open and stated.needs.keys() <= scenario.committed.get(programme, {}).keys()


def _has_no_alternative(
    analysis: Answered, programme: str, share: float | None, *, runs: bool
) -> bool:
    """Tell whether only one thing can be done: one partner a need, or nobody for one of them.

    A programme that may be deferred has that alternative, unless no trial ever takes it.
    """
    may = _may_deliver(analysis, programme).sum(axis=1)
    if not runs:
        return bool(may.min() == 0)
    is_bound_to_run = analysis.scenario.programmes[programme].mandatory or share == 1
    return bool(may.max() <= 1 and is_bound_to_run)


def _may_deliver(analysis: Answered, programme: str) -> BoolArray:
    """Return who could deliver each need, limits left out of account; shape (needs, K)."""
    scenario, work = analysis.scenario, analysis.table.workload
    may = allowed(scenario, work, analysis.table)
    needs = work.programme_of == work.programmes.index(programme)
    required = _required(scenario, programme)
    if scenario.programmes[programme].partners.max == 1 and required:
        return np.asarray(may[needs] & np.isin(work.partners, list(required)))
    return np.asarray(may[needs])


def _required(scenario: Scenario, programme: str) -> set[str]:
    """Return the partners that rules require for a programme if it runs."""
    return {
        partner
        for rule in scenario.rules.values()
        if isinstance(rule, Require)
        for partner in rule.require.get(programme, ())
    }


def kind_of(share: float) -> Kind:
    """Return the word for a share of trials: robust from 90%, sensitive from 60%."""
    if share >= _ROBUST - _COUNTED:
        return Kind.ROBUST
    return Kind.SENSITIVE if share >= _SENSITIVE - _COUNTED else Kind.TOO_CLOSE


def counted_words(found: Iterable[Certainty]) -> str:
    """Count the words: 3 robust, 1 sensitive and 2 already committed."""
    counts = Counter(one.kind for one in found)
    return listed([f"{counts[kind]} {kind}" for kind in Kind if counts[kind]])


def scored_highest(part: float) -> str:
    """Say how often a partner is first on value; never by the words for the choice."""
    return f"scored highest in {share(part)} of trials"
