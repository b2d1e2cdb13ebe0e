"""Plans on the table: who delivers what, as somebody proposes it or as it is today."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag

from partnerselect.model.base import Id, Node, ProgrammeRef, Text, Title, reference, tag
from partnerselect.model.levels import Commitment

NOBODY: Final = "nobody"
DEFERRED: Final = "deferred"
RESERVED_PARTNERS = frozenset({NOBODY, DEFERRED})
TODAY: Final = "today"
"""The id of the plan that leaves everything as it is."""


def _who(value: Any) -> str:
    return "ByNeed" if isinstance(value, dict) else "ByProgramme"


ByNeed = Annotated[Commitment, Field(min_length=1)]
Today = Annotated[
    Annotated[Id, reference("partners", "partner", NOBODY), Tag("~ByProgramme")]
    | Annotated[ByNeed, Tag("~ByNeed")],
    Discriminator(tag(_who)),
]
"""A partner for every need of a programme that it offers, a partner for each need, or nobody."""
Chosen = Annotated[
    Annotated[Id, reference("partners", "partner", DEFERRED), Tag("~ByProgramme")]
    | Annotated[ByNeed, Tag("~ByNeed")],
    Discriminator(tag(_who)),
]
"""A partner for every need of a programme that it offers, a partner for each need, or deferred."""


class Plan(Node):
    """Who delivers what, as somebody proposes it."""

    title: Title
    by: Text = ""
    """The role that proposes it."""
    why: Text = ""
    """Why it might be accepted for what it gives up; the paper says it."""
    choose: dict[ProgrammeRef, Chosen] = Field(default={}, examples=["{programme: partner}"])
    """Programmes, each with a partner, a partner for each need, or deferred."""
    rest: Literal["open", "deferred"] = "open"
    """What is not named is chosen as well as can be, or does not run."""
