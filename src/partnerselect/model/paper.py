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

    body: Text = Field(default="", description="The body that receives the paper.")
    public: Flag | None = Field(default=None, description="Whether the paper is public.")
    date: Day | None = Field(default=None, description="The day of the meeting.")
    item: Mark | None = Field(default=None, description="The item on the agenda.")
    title: Text = Field(default="", description="The title of the paper.")
    author: Text = Field(default="", description="A role.")
    director: Text = Field(default="", description="A role.")
    considered_before: list[Text] = Field(default=[], description="Where it was considered before.")


class Ask(Node):
    """What the board is asked to do."""

    ask: Literal["consider-for-action", "approval", "assurance", "information"] = Field(
        description="What the board is asked to do."
    )
    text: OwnWords = ""


class Priority(Node):
    """A strategic priority."""

    title: Title
    affected: YesNo | None = Field(default=None, description="Whether it is affected.")
    text: OwnWords = ""


class Compliance(Node):
    """A standard the paper bears on."""

    title: Title
    applies: YesNo | None = Field(default=None, description="Whether it applies.")
    domains: list[Text] = Field(default=[], description="The domains it touches.")
    text: OwnWords = ""


class Considered(Node):
    """An area considered, and what follows."""

    title: Title
    considered: YesNo | None = Field(default=None, description="Whether it was considered.")
    text: OwnWords = ""


class Narrative(Node):
    """The paper's own text."""

    background: Text = Field(default="", description="How it came to this choice.")
    opportunities: Text = Field(default="", description="What may be won.")
    challenges: Text = Field(default="", description="What may go wrong.")


class Risk(Node):
    """A risk of an option, or of doing nothing (`none`)."""

    title: Title
    option: Id = Field(
        default="none",
        description="The partner whose choice brings the risk; `none` is doing nothing.",
    )
    likelihood: FivePoint | None = Field(default=None, description="From 1 to 5.")
    impact: FivePoint | None = Field(default=None, description="From 1 to 5.")
    mitigation: Text = Field(default="", description="What is done about it.")


class Measure(Node):
    """How success will be measured."""

    title: Title
    baseline: Mark | None = Field(default=None, description="Where it stands now.")
    target: Mark | None = Field(default=None, description="Where it should stand.")
    by: Day | None = Field(default=None, description="By when.")
    owner: Text = Field(default="", description="A role.")
    direction: Literal["more", "less"] | None = Field(
        default=None, description="Whether more or less is better."
    )
    unit: Text = Field(default="", description="Unit of the scores, for the reader.")


class Engagement(Node):
    """Who was asked, when."""

    title: Title
    date: Day | None = Field(default=None, description="When.")
    who: list[Text] = Field(default=[], description="Who was asked; roles, not names.")
    text: OwnWords = ""


class Implication(Node):
    """What follows in one respect."""

    text: OwnWords = ""
    reference: Text = Field(default="", description="Where more is written.")


class Paper(Node):
    """The parts of the board paper that people write."""

    plan: PlanRef | None = Field(
        default=None, description="The plan that the paper is for, instead of the best choice."
    )
    cover: Cover = Cover.model_construct()
    recommendation: Ask | None = None
    priorities: dict[Id, Priority] = Field(default={}, description="Strategic priorities.")
    compliance: dict[Id, Compliance] = Field(
        default={}, description="Standards the paper bears on."
    )
    considered: dict[Id, Considered] = Field(
        default={}, description="Areas considered, and what follows."
    )
    text: Narrative = Field(
        default=Narrative.model_construct(), description="The paper's own words."
    )
    risks: dict[Id, Risk] = Field(
        default={}, description="Risks of the options, and of doing nothing."
    )
    measures: dict[Id, Measure] = Field(default={}, description="How success will be measured.")
    engagement: dict[Id, Engagement] = Field(default={}, description="Who was asked, when.")
    implications: dict[Id, Implication] = Field(
        default={}, description="What follows in one respect or another."
    )
