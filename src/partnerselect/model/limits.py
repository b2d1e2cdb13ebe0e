"""Limits on the whole portfolio, as a total over the horizon or phase by phase."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from partnerselect.model.base import Id, Node, NonNegative, PhaseRef, PositiveCount, Share, tag

Unlimited = Literal["unlimited"]
UNLIMITED = "unlimited"


def _amount(value: Any) -> str:
    return "Unlimited" if isinstance(value, str) else "Amount"


def _limit(value: Any) -> str:
    return "ByPhase" if isinstance(value, dict) else _amount(value)


Amount = Annotated[
    Annotated[NonNegative, Tag("~Amount")] | Annotated[Unlimited, Tag("~Unlimited")],
    Discriminator(tag(_amount)),
]
Limit = Annotated[
    Annotated[NonNegative, Tag("~Amount")]
    | Annotated[Unlimited, Tag("~Unlimited")]
    | Annotated[dict[PhaseRef, Amount], Tag("~ByPhase")],
    Discriminator(tag(_limit)),
]
"""A total over the horizon, `unlimited`, or a cap for every phase."""


class Backfill(Node):
    """Internal days bought from the budget."""

    per_day: NonNegative
    max_days: NonNegative | None = None


class PartnerCount(Node):
    """How many partners the whole portfolio may engage."""

    max: PositiveCount


class Limits(Node):
    """What the organisation can afford: money, protected time, partners to manage."""

    budget: Limit | None = Field(default=None, description="Our own money.")
    funds: dict[Id, Limit] = Field(default={}, description="Ceilings of other payers.")
    internal_days: Limit | None = Field(
        default=None, description="Protected days of the own improvement team."
    )
    backfill: Backfill | None = None
    partners: PartnerCount | None = None
    programmes_per_partner: PositiveCount | None = None
    share_per_partner: Annotated[Share, Field(gt=0)] | None = Field(
        default=None,
        description="Largest share of the partner days allocated that one partner may have.",
    )
    methods: PositiveCount | None = Field(
        default=None, description="How many improvement methodologies may be in use."
    )


def total_of(limit: Limit | None) -> float | None:
    """Return the cap over the whole horizon, None where there is none."""
    return float(limit) if isinstance(limit, int | float) else None


def by_phase_of(limit: Limit | None) -> dict[str, float]:
    """Return the caps of the phases that have one."""
    return (
        {phase: float(cap) for phase, cap in limit.items() if cap != UNLIMITED}
        if isinstance(limit, dict)
        else {}
    )
