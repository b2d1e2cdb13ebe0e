"""Stakeholder groups and the gates that others hold."""

from __future__ import annotations

from typing import Literal

from partnerselect.model.base import Node, NonNegative, Share, Text, Title
from partnerselect.model.weights import Weights


class Group(Node):
    """A stakeholder group with its voice and its own weights."""

    title: Title
    voice: NonNegative = 1
    weights: Weights


class Gate(Node):
    """A condition that somebody else decides."""

    title: Title
    about: Text = ""
    status: Literal["confirmed", "expected", "refused", "unknown"]
    likelihood: Share | None = None

    @property
    def is_open(self) -> bool:
        """Whether plans may count on it: confirmed or expected."""
        return self.status in {"confirmed", "expected"}
