"""Programmes: what each needs, when, and what doing nothing is worth."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    WrapValidator,
    model_validator,
)

from partnerselect.errors import Loc
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
    PositiveCount,
    Text,
    Title,
    Value,
    refusal,
    tag,
)
from partnerselect.model.criteria import SCORES, Score
from partnerselect.model.estimate import Amount
from partnerselect.model.levels import INTERNAL_DAYS, NEEDS, Dose, Level, Need
from partnerselect.model.names import Short
from partnerselect.model.plans import Today
from partnerselect.model.weights import Weights


class Baseline(Node):
    """Doing nothing, scored like a partner."""

    scores: dict[CriterionRef, Score] = Field(description=SCORES)


def _baseline(value: Any) -> str:
    return "Scores" if isinstance(value, dict | Baseline) else "Value"


class PartnerRange(Node):
    """How many partners a programme takes."""

    min: PositiveCount = 1
    """The fewest partners in this programme."""
    max: PositiveCount | None = None
    """The most partners in this programme."""

    @model_validator(mode="after")
    def _min_within_max(self) -> PartnerRange:
        if self.max is not None and self.min > self.max:
            raise refusal(f"min must not exceed max (found {self.min} and {self.max})")
        return self


class Change(Node):
    """What it takes us if a programme runs without any of its partners of today."""

    cost: NonNegative = 0
    """Our own money, in its first phase."""
    internal_days: NonNegative = 0
    """Protected days, spread as those of the programme are."""


def _needs_or_levels(schema: dict[str, Any]) -> None:
    """Let a schema ask for needs only where there are no levels, which have their own."""
    required = [key for key in schema["required"] if key != "needs"]
    schema |= {"required": required, "if": {"required": ["levels"]}}
    schema["else"] = {"required": ["needs"]}


class Programme(Node):
    """One programme of work for which partners are chosen."""

    model_config = ConfigDict(json_schema_extra=_needs_or_levels)
    title: Title
    short: Short = None
    about: About = ""
    importance: NonNegative = 1
    """Worth of going from 0 to 100 in this programme, against the others."""
    phases: list[PhaseRef] | None = Field(default=None, min_length=1)
    """Phases it runs in; all of them if left out."""
    needs: Annotated[
        dict[Id, Need], WrapValidator(lambda value, needs: {} if value is ... else needs(value))
    ] = Field(min_length=1, examples=["{coaching: 10}"], description=NEEDS)
    levels: dict[Id, Level] = Field(default={}, min_length=1)
    """Doses at which it may run, one at most; `needs` then stand in these alone."""
    partners: PartnerRange = PartnerRange.model_construct()
    mandatory: Flag = False
    """It must run; otherwise it may be deferred."""
    baseline: Annotated[
        Annotated[Value, Tag("~Value")] | Annotated[Baseline, Tag("~Scores")],
        Discriminator(tag(_baseline)),
    ] = 0.0
    """The value of doing nothing, as a number from 0 to 100 or as scores."""
    internal_days: Amount = Field(default=0, description=INTERNAL_DAYS)
    today: Today | None = Field(default=None, examples=["nobody"])
    """Who does it now: a partner, a partner for each need, or nobody."""
    change: Change | None = None
    """What it takes if none of today's partners works on it."""
    method: Id | None = None
    """Every partner chosen must be able to work in it."""
    weights: Weights | None = None
    """Weights elicited instead of typed."""
    sponsor: Text = ""
    """The role that leads it."""
    review: Day | None = None
    """When it is decided again."""
    notes: Notes = ""
    _dose: Dose | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _needs_in_levels(cls, value: Any) -> Any:
        """Ask for no needs beside levels, which have their own."""
        is_in_levels = isinstance(value, dict) and "levels" in value and "needs" not in value
        return {**value, "needs": ...} if is_in_levels else value

    @property
    def dose(self) -> Dose | None:
        """Which level of which programme it stands for; None where it has no levels."""
        return self._dose

    @property
    def doses(self) -> dict[Loc, Programme | Level]:
        """What has needs and internal days of its own: itself, or its levels by their keys."""
        return {("levels", name): one for name, one in self.levels.items()} or {(): self}

    @property
    def components(self) -> dict[str, Need]:
        """All needs it may have: its own, or those of its last level."""
        return [*self.doses.values()][-1].needs
