"""Stakeholder groups and the gates that others hold."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from partnerselect.model.base import About, Node, NonNegative, Share, Title
from partnerselect.model.weights import Weights


class Group(Node):
    """A stakeholder group with its voice and its own weights."""

    title: Title
    voice: NonNegative = Field(
        default=1, description="How much the group counts against the others."
    )
    weights: Weights = Field(description="Weights elicited instead of typed.")


class Gate(Node):
    """A condition that somebody else decides."""

    title: Title
    about: About = ""
    status: Literal["confirmed", "expected", "refused", "unknown"] = Field(
        description="confirmed and expected count as open, refused and unknown as closed."
    )
    likelihood: Share | None = Field(
        default=None,
        description=(
            "How likely it opens, for the trials: expected 80% and unknown 50% unless stated."
        ),
    )

    @property
    def is_open(self) -> bool:
        """Whether plans may count on it: confirmed or expected."""
        return self.status in {"confirmed", "expected"}
