"""What the board paper needs beyond what is computed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from partnerselect.model.base import Day, Flag, Id, Node, PositiveCount, Text, Title
from partnerselect.model.score import Mark

YesNo = Literal["yes", "no"]
FivePoint = Annotated[PositiveCount, Field(le=5)]


class Cover(Node):
    """The front of the paper."""

    body: Text = ""
    public: Flag | None = None
    date: Day | None = None
    item: Mark | None = None
    title: Text = ""
    author: Text = Field(default="", description="A role.")
    director: Text = Field(default="", description="A role.")
    considered_before: list[Text] = []


class Ask(Node):
    """What the board is asked to do."""

    ask: Literal["consider-for-action", "approval", "assurance", "information"]
    text: Text = ""


class Priority(Node):
    """A strategic priority."""

    title: Title
    affected: YesNo | None = None
    text: Text = ""


class Compliance(Node):
    """A standard the paper bears on."""

    title: Title
    applies: YesNo | None = None
    domains: list[Text] = []
    text: Text = ""


class Considered(Node):
    """An area considered, and what follows."""

    title: Title
    considered: YesNo | None = None
    text: Text = ""


class Narrative(Node):
    """The paper's own text."""

    background: Text = ""
    opportunities: Text = ""
    challenges: Text = ""


class Risk(Node):
    """A risk of an option, or of doing nothing (`none`)."""

    title: Title
    option: Id = "none"
    likelihood: FivePoint | None = None
    impact: FivePoint | None = None
    mitigation: Text = ""


class Measure(Node):
    """How success will be told."""

    title: Title
    baseline: Mark | None = None
    target: Mark | None = None
    by: Day | None = None
    owner: Text = Field(default="", description="A role.")
    direction: Literal["more", "less"] | None = None
    unit: Text = ""


class Engagement(Node):
    """Who was asked, when."""

    title: Title
    date: Day | None = None
    who: list[Text] = []
    text: Text = ""


class Implication(Node):
    """What follows in one respect."""

    text: Text = ""
    reference: Text = ""


class Paper(Node):
    """The parts of the board paper that people write."""

    cover: Cover = Cover()
    recommendation: Ask | None = None
    priorities: dict[Id, Priority] = {}
    compliance: dict[Id, Compliance] = {}
    considered: dict[Id, Considered] = {}
    text: Narrative = Narrative()
    risks: dict[Id, Risk] = {}
    measures: dict[Id, Measure] = {}
    engagement: dict[Id, Engagement] = {}
    implications: dict[Id, Implication] = {}
