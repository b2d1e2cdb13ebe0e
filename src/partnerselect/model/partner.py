"""Candidate partners: what they offer, cost and score."""

from __future__ import annotations

from pydantic import Field

from partnerselect.model.base import (
    CriterionRef,
    GateRef,
    Id,
    Node,
    NonNegative,
    Positive,
    ProgrammeRef,
    Share,
    Text,
    Title,
)
from partnerselect.model.limits import Limit
from partnerselect.model.score import Score


class Cost(Node):
    """Prices in the scenario's currency."""

    per_day: NonNegative = 0
    per_programme: NonNegative = 0
    once: NonNegative = 0


class Funding(Node):
    """Another payer's share of all three prices; if its own gate is closed the trust pays."""

    payer: Id
    covers: Share = Field(examples=["100%"])
    gate: GateRef | None = None


class ForProgramme(Node):
    """What differs for one programme."""

    scores: dict[CriterionRef, Score] = {}
    days: dict[Id, Positive] = Field(
        default={},
        description="Days this partner takes for a need, instead of the programme's figure.",
    )
    excluded: Title | None = Field(
        default=None, description="Why this partner cannot work on this programme."
    )


class Partner(Node):
    """A candidate partner."""

    title: Title
    about: Text = ""
    offers: list[Id]
    methods: list[Id] = Field(
        default=[], description="Improvement methodologies it can work in; none listed: any."
    )
    gate: GateRef | None = None
    capacity: Limit | None = None
    cost: Cost = Cost()
    funding: Funding | None = None
    scores: dict[CriterionRef, Score] = {}
    for_: dict[ProgrammeRef, ForProgramme] = {}
    excluded: Title | None = Field(default=None, description="Why this partner is out everywhere.")
