"""Levels: the doses at which a programme may run, and the people whom it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Discriminator, Field, Tag, ValidatorFunctionWrapHandler, WrapValidator

from partnerselect.model.base import (
    Id,
    Node,
    PartnerRef,
    PhaseRef,
    Positive,
    PositiveCount,
    Share,
    Title,
    reference,
    tag,
)
from partnerselect.model.estimate import Amount, Estimate, is_range

LEVEL: Final = "level"
"""The key that fixes a level in what is committed."""


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
NEEDS = "Days of each component needed, in all or by phase."
INTERNAL_DAYS = "Protected time of the own improvement team."


class StaffGroup(Node):
    """People whom programmes reach."""

    title: Title
    people: PositiveCount
    """How many they are."""


class Level(Node):
    """A programme at one of its levels: what it is then worth, needs and takes."""

    title: Title
    worth: Annotated[Share, Field(gt=0)]
    """How much of the way from the baseline to the value of the whole it goes."""
    needs: dict[Id, Need] = Field(min_length=1, description=NEEDS)
    internal_days: Amount = Field(default=0, description=INTERNAL_DAYS)
    reach: dict[Annotated[Id, reference("staff-groups", "staff group")], Share] = {}
    """The share of each staff group that it reaches."""


def _committed(value: Any, needs: ValidatorFunctionWrapHandler) -> Any:
    """Let a level, which is no partner, stand beside the partners of needs."""
    if not isinstance(value, dict) or not isinstance(value.get(LEVEL), str):
        return needs(value)
    return {**needs({key: one for key, one in value.items() if key != LEVEL}), LEVEL: value[LEVEL]}


Commitment = Annotated[dict[Id, PartnerRef], WrapValidator(_committed)]
"""A partner for each need that is decided, and the level, where that is."""


@dataclass(frozen=True)
class Dose:
    """Which level of which programme an entry of a scenario's programmes stands for."""

    programme: str
    level: str
    number: int
    """Its place among the levels, from 0."""
    worth: float
    title: str
    """Of the level alone."""
    programme_title: str
    reach: tuple[tuple[str, float], ...] = ()
