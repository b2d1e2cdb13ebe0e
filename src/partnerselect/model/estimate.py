"""Amounts that are not known yet: between a low and a high, often with what is likely."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Self, TypeGuard

from pydantic import Discriminator, GetCoreSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema, core_schema

from partnerselect.model.base import Node, NonNegative, Positive, refusal, tag

ENDS = ("low", "likely", "high")
"""The keys of a range; no phase may be called so."""


class AmountRange(Node):
    """An amount that is not known yet; the choice counts with what is likely, else the middle."""

    low: NonNegative
    """The least it could be."""
    likely: NonNegative | None = None
    """The most likely amount."""
    high: Positive
    """The most it could be."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        stated = {key: end for key in ENDS if (end := getattr(self, key)) is not None}
        if [*stated.values()] != sorted(stated.values()):
            told = ", ".join(f"{key} {end:g}" for key, end in stated.items())
            raise refusal(f"must rise from low through likely to high (found {told})")
        return self


class Estimate(float):
    """The amount that the choice counts with, and the ends between which it may turn out."""

    form = AmountRange
    """What is written in its place."""

    def __new__(cls, low: float, likely: float | None, high: float) -> Self:
        """Make one of its ends; without `likely` the middle counts."""
        middle = (Decimal(repr(float(low))) + Decimal(repr(float(high)))) / 2
        made = super().__new__(cls, middle if likely is None else likely)
        made.ends = (low, likely, high)
        return made

    ends: tuple[float, float | None, float]
    """What is given: low, likely and high."""

    def __getnewargs__(self) -> tuple[float, float | None, float]:  # type: ignore[override]
        return self.ends

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Estimate) and self.ends == other.ends

    def __hash__(self) -> int:
        return hash(self.ends)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it from the mapping of its ends."""

        def read(stated: AmountRange) -> Estimate:
            return cls(stated.low, stated.likely, stated.high)

        return core_schema.no_info_after_validator_function(
            read, handler.generate_schema(AmountRange)
        )


def is_range(value: object) -> TypeGuard[dict[str, Any]]:
    """Tell whether what is written is a range, and not days by phase."""
    return isinstance(value, dict) and not value.keys().isdisjoint(ENDS)


def holds_a_range(value: object) -> bool:
    """Tell whether a range stands anywhere in what was read."""
    if isinstance(value, Node):
        return any(holds_a_range(one) for _, one in value)
    if isinstance(value, dict):
        return any(map(holds_a_range, value.values()))
    return isinstance(value, Estimate)


def _form(value: Any) -> str:
    return "Range" if isinstance(value, dict) else "Amount"


Amount = Annotated[
    Annotated[NonNegative, Tag("~Amount")] | Annotated[Estimate, Tag("~Range")],
    Discriminator(tag(_form)),
]
"""An amount, or the range it is in."""
