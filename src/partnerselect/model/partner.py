"""Candidate partners: what they offer, cost and score, and the gates that others hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from partnerselect.model.base import (
    About,
    CriterionRef,
    GateRef,
    Id,
    Node,
    NonNegative,
    Notes,
    Positive,
    ProgrammeRef,
    Reason,
    Share,
    Title,
    refusal,
)
from partnerselect.model.criteria import SCORES, Score
from partnerselect.model.finding import normal
from partnerselect.model.limits import Limit
from partnerselect.model.messages import shown
from partnerselect.model.names import Short
from partnerselect.model.prices import Cost, OwnPrices

_NOT_EXCLUDED = ("no", "n", "false", "none", "n/a", "na", "-", "0")
"""What people write who mean that somebody is not excluded."""


def _says_why(text: str) -> str:
    if normal(text) in _NOT_EXCLUDED:
        raise refusal(
            "says why this partner is excluded; leave it empty where it is not"
            f" (found {shown(text)})"
        )
    return text


WhyExcluded = Annotated[Reason, AfterValidator(_says_why)]


class Gate(Node):
    """A condition that somebody else decides."""

    title: Title
    about: About = ""
    status: Literal["confirmed", "expected", "refused", "unknown"]
    """confirmed and expected count as granted, refused and unknown as refused."""
    likelihood: Share | None = None
    """How likely it opens, for the trials: expected 80% and unknown 50% unless stated."""

    @property
    def is_open(self) -> bool:
        """Whether plans may count on it: confirmed or expected."""
        return self.status in {"confirmed", "expected"}


class Funding(Node):
    """Another payer's share of all three prices; we pay if the decision at its gate is refused."""

    payer: Id
    """Who pays; its ceiling stands under `limits.funds`."""
    covers: Share = Field(examples=["100%"])
    """The share of all three prices that the payer meets."""
    gate: GateRef | None = None
    """The gate that must be open."""
    top_up: Literal["us", "none"] = "none"
    """Who pays what the payer's fund cannot: `us`, up to our budget; `none`, and the partner
    cannot be chosen beyond the fund."""


class Engagement(Node):
    """What it takes to work with a partner at all."""

    min_days: NonNegative
    """If it works at all, then for at least so many days over the horizon."""


class ForProgramme(Node):
    """What differs for one programme."""

    scores: dict[CriterionRef, Score] = {}
    """Scores that differ in this programme."""
    days: dict[Id, Positive] = {}
    """Days this partner takes for a need, instead of the programme's figure."""
    cost: OwnPrices = Field(default=OwnPrices.model_construct(), examples=["{per-day: 640}"])
    """Prices that differ in this programme."""
    excluded: WhyExcluded | None = Field(default=None, examples=["its offer came late"])
    """Why this partner cannot work on this programme."""


class Partner(Node):
    """A candidate partner."""

    title: Title
    short: Short = None
    about: About = ""
    offers: list[Id]
    """The components of support it can deliver; programmes need them by the same names."""
    methods: list[Id] = []
    """Improvement methodologies it can work in; none listed: any."""
    tags: list[Id] = []
    """What it is among others; `limits.groups` limit those of one tag."""
    gate: GateRef | None = None
    """The gate that must be open."""
    capacity: Limit | None = None
    """Days over the whole horizon, or by phase with every phase named."""
    engagement: Engagement | None = Field(default=None, examples=["{min-days: 10}"])
    """The least for which the partner can be engaged."""
    cost: Cost = Field(default=Cost.model_construct(), examples=["{per-day: 850}"])
    funding: Funding | None = None
    scores: dict[CriterionRef, Score] = Field(
        default={},
        description=SCORES,
    )
    for_: dict[ProgrammeRef, ForProgramme] = {}
    """What differs for one programme."""
    excluded: WhyExcluded | None = Field(default=None, examples=["its offer came late"])
    """Why this partner is out everywhere."""
    notes: Notes = ""

    def cost_for(self, programme: str) -> Cost:
        """Return the prices that hold for a programme."""
        special = self.for_.get(programme)
        own = {key: price for key, price in special.cost if price is not None} if special else {}
        return self.cost.model_copy(update=own) if own else self.cost

    @property
    def is_priced(self) -> bool:
        """Whether any price is stated, everywhere or for a programme; it may be 0."""
        stated = (self.cost, *(special.cost for special in self.for_.values()))
        return any(cost.model_fields_set for cost in stated)

    @property
    def costs(self) -> dict[str | None, Cost]:
        """The prices everywhere (None), then those for programmes where they differ."""
        differ = {name: self.cost_for(name) for name in self.for_}
        return {None: self.cost, **{p: cost for p, cost in differ.items() if cost != self.cost}}

    @property
    def gates(self) -> tuple[str, ...]:
        """Gates that the partner or its funding depends on."""
        stated = (self.gate, self.funding.gate if self.funding else None)
        return tuple(dict.fromkeys(gate for gate in stated if gate))
