"""Names for people: what is shown instead of ids, and what is shown where there is little room."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from partnerselect.model.base import Day, Node, Reason, Title, tag

Short = Annotated[
    Reason | None, Field(description="The name where there is little room for the title.")
]


class Payer(Node):
    """Somebody else who pays."""

    title: Title
    short: Short = None


class Component(Node):
    """A component of support that programmes need and partners offer."""

    title: Title


class Organisation(Node):
    """The organisation that decides, which pays what nobody else does."""

    title: Title
    short: Short = None


class Phase(Node):
    """A phase that has a name of its own."""

    starts: Day
    """The day it begins."""
    title: Title


def _phase(value: Any) -> str:
    return "Named" if isinstance(value, dict | Phase) else "Starts"


PhaseStart = Annotated[
    Annotated[Day, Tag("~Starts")] | Annotated[Phase, Tag("~Named")], Discriminator(tag(_phase))
]
"""The day a phase begins, alone or with a title."""
