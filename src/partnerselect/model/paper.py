"""What the board paper needs beyond what is computed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from partnerselect.model.base import Day, Flag, Id, Node, PlanRef, PositiveCount, Text, Title
from partnerselect.model.criteria import Mark

OwnWords = Annotated[Text, Field(description="The paper's own words.")]
YesNo = Literal["yes", "no"]
FivePoint = Annotated[PositiveCount, Field(le=5)]


class Cover(Node):
    """The front of the paper."""

    body: Text = ""
    """The body that receives the paper."""
    public: Flag | None = None
    """Whether the paper is public."""
    date: Day | None = None
    """The day of the meeting."""
    item: Mark | None = None
    """The item on the agenda."""
    title: Text = ""
    """The title of the paper."""
    author: Text = ""
    """A role."""
    director: Text = ""
    """A role."""
    considered_before: list[Text] = []
    """Where it was considered before."""


class Ask(Node):
    """What the board is asked to do."""

    ask: Literal["consider-for-action", "approval", "assurance", "information"]
    """What the board is asked to do."""
    text: OwnWords = ""


class Priority(Node):
    """A strategic priority."""

    title: Title
    affected: YesNo | None = None
    """Whether it is affected."""
    text: OwnWords = ""


class Compliance(Node):
    """A standard the paper bears on."""

    title: Title
    applies: YesNo | None = None
    """Whether it applies."""
    domains: list[Text] = []
    """The domains it touches."""
    text: OwnWords = ""


class Considered(Node):
    """An area considered, and what follows."""

    title: Title
    considered: YesNo | None = None
    """Whether it was considered."""
    text: OwnWords = ""


class Narrative(Node):
    """The paper's own text."""

    background: Text = ""
    """How it came to this choice."""
    opportunities: Text = ""
    """What may be won."""
    challenges: Text = ""
    """What may go wrong."""


class Risk(Node):
    """A risk of an option, or of doing nothing (`none`)."""

    title: Title
    option: Id = "none"
    """The partner whose choice brings the risk; `none` is doing nothing."""
    likelihood: FivePoint | None = None
    """From 1 to 5."""
    impact: FivePoint | None = None
    """From 1 to 5."""
    mitigation: Text = ""
    """What is done about it."""


class Measure(Node):
    """How success will be measured."""

    title: Title
    baseline: Mark | None = None
    """Where it stands now."""
    target: Mark | None = None
    """Where it should stand."""
    by: Day | None = None
    """By when."""
    owner: Text = ""
    """A role."""
    direction: Literal["more", "less"] | None = None
    """Whether more or less is better."""
    unit: Text = ""
    """Unit of the scores, for the reader."""


class Engagement(Node):
    """Who was asked, when."""

    title: Title
    date: Day | None = None
    """When."""
    who: list[Text] = []
    """Who was asked; roles, not names."""
    text: OwnWords = ""


class Implication(Node):
    """What follows in one respect."""

    text: OwnWords = ""
    reference: Text = ""
    """Where more is written."""


class Paper(Node):
    """The parts of the board paper that people write."""

    plan: PlanRef | None = None
    """The plan that the paper is for, instead of the best choice."""
    cover: Cover = Cover.model_construct()
    recommendation: Ask | None = None
    priorities: dict[Id, Priority] = {}
    """Strategic priorities."""
    compliance: dict[Id, Compliance] = {}
    """Standards the paper bears on."""
    considered: dict[Id, Considered] = {}
    """Areas considered, and what follows."""
    text: Narrative = Narrative.model_construct()
    """The paper's own words."""
    risks: dict[Id, Risk] = {}
    """Risks of the options, and of doing nothing."""
    measures: dict[Id, Measure] = {}
    """How success will be measured."""
    engagement: dict[Id, Engagement] = {}
    """Who was asked, when."""
    implications: dict[Id, Implication] = {}
    """What follows in one respect or another."""
