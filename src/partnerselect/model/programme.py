"""Programmes: what each needs, when, and what doing nothing is worth."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from partnerselect.model.base import (
    About,
    CriterionRef,
    Day,
    Flag,
    Id,
    Node,
    NonNegative,
    Notes,
    PhaseRef,
    Positive,
    PositiveCount,
    Text,
    Title,
    Value,
    refusal,
    tag,
)
from partnerselect.model.criteria import SCORES, Score
from partnerselect.model.estimate import Amount, Estimate, is_range
from partnerselect.model.names import Short
from partnerselect.model.plans import Today
from partnerselect.model.weights import Weights


def _need(value: Any) -> str:
    if isinstance(value, dict):
        return "Range" if is_range(value) else "ByPhase"
    return "Days"


Need = Annotated[
    Annotated[Positive, Tag("~Days")]
    | Annotated[Estimate, Tag("~Range")]
    | Annotated[dict[PhaseRef, Amount], Tag("~ByPhase")],
    Discriminator(tag(_need)),
]
"""Days, spread evenly over the programme's phases, or days by phase; each may be a range."""


class Baseline(Node):
    """Doing nothing, scored like a partner."""

    scores: dict[CriterionRef, Score] = Field(description=SCORES)


def _baseline(value: Any) -> str:
    return "Scores" if isinstance(value, dict | Baseline) else "Value"


class PartnerRange(Node):
    """How many partners a programme takes."""

    min: PositiveCount = Field(default=1, description="The fewest partners in this programme.")
    max: PositiveCount | None = Field(
        default=None, description="The most partners in this programme."
    )

    @model_validator(mode="after")
    def _min_within_max(self) -> PartnerRange:
        if self.max is not None and self.min > self.max:
            raise refusal(f"min must not exceed max (found {self.min} and {self.max})")
        return self


class Change(Node):
    """What it takes us if a programme runs without any of its partners of today."""

    cost: NonNegative = Field(default=0, description="Our own money, in its first phase.")
    internal_days: NonNegative = Field(
        default=0, description="Protected days, spread as those of the programme are."
    )


class Programme(Node):
    """One programme of work for which partners are chosen."""

    title: Title
    short: Short = None
    about: About = ""
    importance: NonNegative = Field(
        default=1, description="Worth of going from 0 to 100 in this programme, against the others."
    )
    phases: list[PhaseRef] | None = Field(
        default=None, min_length=1, description="Phases it runs in; all of them if left out."
    )
    needs: dict[Id, Need] = Field(
        min_length=1,
        examples=["{coaching: 10}"],
        description="Days of each component needed, in all or by phase.",
    )
    partners: PartnerRange = PartnerRange()
    mandatory: Flag = Field(default=False, description="It must run; otherwise it may be deferred.")
    baseline: Annotated[
        Annotated[Value, Tag("~Value")] | Annotated[Baseline, Tag("~Scores")],
        Discriminator(tag(_baseline)),
    ] = Field(
        default=0.0,
        description="The value of doing nothing, as a number from 0 to 100 or as scores.",
    )
    internal_days: Amount = Field(
        default=0, description="Protected time of the own improvement team."
    )
    today: Today | None = Field(
        default=None,
        examples=["nobody"],
        description="Who does it now: a partner, a partner for each need, or nobody.",
    )
    change: Change | None = Field(
        default=None, description="What it takes if none of today's partners works on it."
    )
    method: Id | None = Field(
        default=None, description="Every partner chosen must be able to work in it."
    )
    weights: Weights | None = Field(default=None, description="Weights elicited instead of typed.")
    sponsor: Text = Field(default="", description="The role that leads it.")
    review: Day | None = Field(default=None, description="When it is decided again.")
    notes: Notes = ""
