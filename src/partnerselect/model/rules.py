"""Rules that couple choices."""

from __future__ import annotations

from math import inf
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from partnerselect.model.base import (
    Flag,
    Node,
    PartnerRef,
    PositiveCount,
    ProgrammeRef,
    refusal,
    tag,
)


class _PartnerSet(Node):
    anywhere: Flag = False
    """In the portfolio, not programme by programme."""


def _check_distinct(names: list[str], what: str = "partners") -> None:
    if len(set(names)) < 2:  # noqa: PLR2004 - a rule couples at least two
        raise refusal(f"must name at least two different {what}")


class Apart(_PartnerSet):
    """At most one of these partners."""

    apart: list[PartnerRef]
    """At most one of these partners."""

    @model_validator(mode="after")
    def _several(self) -> Apart:
        _check_distinct(self.apart)
        return self


class Together(_PartnerSet):
    """All of these partners or none."""

    together: list[PartnerRef]
    """All of these partners or none."""

    @model_validator(mode="after")
    def _several(self) -> Together:
        _check_distinct(self.together)
        return self


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


REFS_SCHEMA = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}
PartnerRefs = Annotated[
    list[PartnerRef], BeforeValidator(_listed), Field(min_length=1), WithJsonSchema(REFS_SCHEMA)
]


class Require(Node):
    """If the programme runs, these partners work on it."""

    require: dict[ProgrammeRef, PartnerRefs] = Field(min_length=1)
    """Programmes, each with the partner or partners that must work on it if it runs."""


class Forbid(Node):
    """These partners do not work on the programme."""

    forbid: dict[ProgrammeRef, PartnerRefs] = Field(min_length=1)
    """Programmes, each with the partner or partners that may not work on it."""


class Before(Node):
    """The second programme runs only if the first does."""

    before: Annotated[list[ProgrammeRef], Field(min_length=2, max_length=2)]
    """Two programmes: the second runs only if the first does."""

    @model_validator(mode="after")
    def _two(self) -> Before:
        if self.before[0] == self.before[1]:
            raise refusal("a programme cannot come before itself")
        return self


class OnlyOne(Node):
    """At most one of these programmes runs."""

    only_one: list[ProgrammeRef]
    """At most one of these programmes runs."""

    @model_validator(mode="after")
    def _several(self) -> OnlyOne:
        _check_distinct(self.only_one, "programmes")
        return self

    @property
    def counted(self) -> tuple[list[str], float, float]:
        """The programmes that count, and between which numbers of them may run."""
        return self.only_one, -inf, 1.0


class FewestOf(Node):
    """How many of some programmes must run."""

    of: list[ProgrammeRef] = Field(min_length=1)
    """The programmes that count."""
    run: PositiveCount
    """How many of them must run at least."""

    @model_validator(mode="after")
    def _enough(self) -> FewestOf:
        count = len(set(self.of))
        if self.run > count:
            raise refusal(f"run must not exceed the {count} that `of` names (found {self.run})")
        return self


class AtLeastRun(Node):
    """At least so many of these programmes run."""

    at_least_run: FewestOf = Field(examples=["{of: [reading, careers], run: 1}"])
    """Programmes, and how many of them must run at least."""

    @property
    def counted(self) -> tuple[list[str], float, float]:
        """The programmes that count, and between which numbers of them may run."""
        return self.at_least_run.of, float(self.at_least_run.run), inf


RULE_KINDS = {
    "apart": "Apart",
    "together": "Together",
    "require": "Require",
    "forbid": "Forbid",
    "before": "Before",
    "only-one": "OnlyOne",
    "at-least-run": "AtLeastRun",
}


def _kind(value: Any) -> str:
    if isinstance(value, Node):
        return type(value).__name__
    return next(name for key, name in RULE_KINDS.items() if key in value)


def _says_something(value: Any) -> Any:
    if isinstance(value, Node) or (isinstance(value, dict) and RULE_KINDS.keys() & value):
        return value
    raise refusal(f"must be a mapping with one of {', '.join(RULE_KINDS)}")


Rule = Annotated[
    Annotated[Apart, Tag("~Apart")]
    | Annotated[Together, Tag("~Together")]
    | Annotated[Require, Tag("~Require")]
    | Annotated[Forbid, Tag("~Forbid")]
    | Annotated[Before, Tag("~Before")]
    | Annotated[OnlyOne, Tag("~OnlyOne")]
    | Annotated[AtLeastRun, Tag("~AtLeastRun")],
    Discriminator(tag(_kind)),
    BeforeValidator(_says_something),
]
