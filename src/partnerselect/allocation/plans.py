"""What is said of plans: as judged, and those that are almost as good as the best.

Figures only; what they are called is worded where they are shown. The names of the fields are those
of the JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partnerselect.allocation.outcome import Unanswered
from partnerselect.errors import Loc


@dataclass(frozen=True)
class PlanChoice:
    """Who delivers one need."""

    programme: str
    component: str
    partner: str
    written: bool = False
    """Whether a plan says so, and it is not chosen as well as can be."""


@dataclass(frozen=True)
class Worth:
    """What a choice is worth, and what it costs."""

    value: float
    cost: float
    own_cost: float


@dataclass(frozen=True)
class Broken:
    """A limit, rule, decision or exclusion that has to give way for a plan."""

    loc: Loc
    """Its place; a phase is not part of it."""
    phase: str | None = None
    allowed: float | None = None
    used: float | None = None
    """None where nothing is counted."""
    over: float | None = None
    """By how much it is broken: more than may be, or less than must be."""
    partners: tuple[str, ...] = ()
    """Against whom a decision, a requirement or a methodology stands."""


@dataclass(frozen=True)
class ChangedNeed:
    """A need of the written part that is met otherwise; or another level that runs."""

    programme: str
    """Its entry, at the level that the plan means."""
    component: str
    """`level` where another level runs."""
    from_: str | None
    to: str | None
    """The partner, None where nobody delivers it; of a level its id."""


@dataclass(frozen=True)
class PossiblePlan:
    """What can be had instead: nearest to a plan, for the same money, or of the same worth."""

    value: float
    own_cost: float
    choose: tuple[PlanChoice, ...]
    changed: tuple[ChangedNeed, ...] = ()
    """Of the nearest: what it changes of the written part."""

    @property
    def changes(self) -> int:
        """How many written choices it changes."""
        return len(self.changed)


@dataclass(frozen=True)
class Difference:
    """What a plan means for one programme, against the recommendation."""

    programme: str
    value: float
    """Points of the portfolio."""
    own_cost: float
    partners: tuple[str, ...]
    """The one with most days first, as everywhere."""
    best_partners: tuple[str, ...]


@dataclass(frozen=True)
class PlanRegret:
    """What a plan loses over the trials against the best choice of each."""

    of: Literal["plan", "nearest"]
    mean: float
    worst: float
    """Points of portfolio value."""
    as_good_share: float
    """The part of the trials in which it is worth at least as much as the recommendation."""


@dataclass(frozen=True)
class JudgedPlan:
    """One plan as judged; no figures where an open need cannot be met at all."""

    plan: str
    title: str
    possible: bool
    value: float | None
    cost: float | None
    own_cost: float | None
    running: int | None
    choose: tuple[PlanChoice, ...]
    broken: tuple[Broken, ...]
    nearest: PossiblePlan | None
    same_money: PossiblePlan | None
    same_worth: PossiblePlan | None
    difference: tuple[Difference, ...]
    regret: PlanRegret | None
    why: Unanswered | None = None
    """Why something of this could not be worked out."""


@dataclass(frozen=True)
class Judgement:
    """The plans of a scenario, beside the recommendation."""

    best: Worth | None
    plans: tuple[JudgedPlan, ...]


@dataclass(frozen=True)
class NearPlan:
    """A choice within a margin of the best."""

    value: float
    own_cost: float
    partners: int
    running: int
    differs: int
    """Needs that are not met as in the recommendation."""
    choose: tuple[PlanChoice, ...]


@dataclass(frozen=True)
class SometimesPartner:
    """A partner who serves a programme in some of the plans."""

    partner: str
    plans: int


Runs = Literal["always", "sometimes", "never"]


@dataclass(frozen=True)
class PlanAgreement:
    """What all plans within the margin agree on for one programme."""

    programme: str
    runs: Runs | None
    """None where it is not proven."""
    always: tuple[str, ...] | None
    """Who serves it in every plan; None where it is not proven."""
    sometimes: tuple[SometimesPartner, ...]
    levels: tuple[str, ...] | None = None
    """The entries at which it runs in those found, in order; None of a programme without levels."""
    level: str | None = None
    """The one at which it runs in every plan; None where there is none, or it is not proven."""


@dataclass(frozen=True)
class FewPlan:
    """One of the few that differ most, against the recommendation."""

    number: int
    """Its place among all plans."""
    cheaper: float
    """Of our own money; negative where it costs us more."""
    fewer_partners: int
    more_programmes: int
    mean_regret: float | None
    """Points lost on average over the trials; None where there are none."""
    best_mean_regret: float | None
    """Of the recommendation."""
    joins: tuple[str, ...]
    leaves: tuple[str, ...]
    """Partners."""


@dataclass(frozen=True)
class Alternatives:
    """Every choice within a margin of the best, or as many as could be found."""

    within: float
    complete: bool
    count: int
    best: float | None
    """What the aim reaches: value, or our own cost."""
    plans: tuple[NearPlan, ...]
    """By the aim, the recommendation first."""
    programmes: tuple[PlanAgreement, ...]
    few: tuple[FewPlan, ...]
    why: Unanswered | None = None
    """Why nothing of this could be worked out."""
