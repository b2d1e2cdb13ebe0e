"""What is aimed at, and how the analysis is run."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from partnerselect.model.base import Count, Node, Number, Positive, PositiveCount, Share, Value, tag


class ValueFloor(Node):
    """The portfolio value to reach at least cost."""

    value_at_least: Value
    """The portfolio value to reach, from 0 to 100."""


class LeastCost(Node):
    """Spend least of our own money for a portfolio value that is good enough."""

    least_cost: ValueFloor
    """Spend least for a portfolio value that is good enough."""


def _aim(value: Any) -> str:
    return "LeastCost" if isinstance(value, dict | LeastCost) else "MostValue"


Aim = Annotated[
    Annotated[Literal["most-value"], Tag("~MostValue")] | Annotated[LeastCost, Tag("~LeastCost")],
    Discriminator(tag(_aim)),
]


class Within(Node):
    """Each share of weight within this fraction of itself."""

    within: Annotated[Share, Field(gt=0)]
    """Each share of weight stays within this fraction of itself."""


def _drawn(value: Any) -> str:
    return "Within" if isinstance(value, dict | Within) else "Named"


WeightSet = Annotated[
    Annotated[Literal["free", "ordinal", "stakeholders"], Tag("~Named")]
    | Annotated[Within, Tag("~Within")],
    Discriminator(tag(_drawn)),
]


class Vikor(Node):
    """VIKOR's weight of the majority of criteria against the worst one."""

    v: Annotated[Number, Field(ge=0, le=1)] = 0.5
    """1 follows the majority of criteria, 0 the worst one."""


class SecondOpinions(Node):
    """Parameters of the other methods."""

    vikor: Vikor = Vikor.model_construct()


class AnalysisOptions(Node):
    """How many trials, which seed, how long to look."""

    samples: Annotated[Count, Field(le=10_000_000)] = 10_000
    """How many trials; 0 skips them."""
    choice_samples: Annotated[Count, Field(le=1_000_000)] = 1_000
    """For how many of the trials the best choice is worked out again; 0 skips them."""
    seed: Count = 0
    """The same seed gives the same numbers."""
    gap: Share = 0.0
    """How far from the best an answer may be."""
    time_limit: Positive = 30.0
    """Seconds the solver may take."""
    weights: WeightSet = Within.model_construct(within=0.25)
    """The weights of the trials: within a share of those stated, free, ordinal, or stakeholders."""
    base: Literal["set", "stakeholders"] = "set"
    """Whose weights count: the criteria set's, or the mean of the stakeholder groups' by voice."""
    second_opinions: SecondOpinions = SecondOpinions.model_construct()


class Span(Node):
    """Evenly spaced values."""

    from_: Number
    """The first value."""
    to: Number
    """The last value."""
    steps: Annotated[PositiveCount, Field(le=1_000_000)]
    """How many values, both ends included."""


def _swept(value: Any) -> str:
    if isinstance(value, str):
        return "Each"
    return "Span" if isinstance(value, dict | Span) else "Values"


Swept = Annotated[
    Annotated[Annotated[list[Any], Field(min_length=1)], Tag("~Values")]
    | Annotated[Span, Tag("~Span")]
    | Annotated[Literal["each"], Tag("~Each")],
    Discriminator(tag(_swept)),
]


class Design(Node):
    """A sample of cases instead of a grid."""

    method: Literal["latin-hypercube"]
    """How the cases are spread."""
    cases: PositiveCount
    """How many cases."""
    seed: Count = 0
    """The same seed gives the same numbers."""
    over: dict[str, Annotated[list[Number], Field(min_length=2, max_length=2)]] = Field(
        min_length=1
    )
    """The paths varied, each with its least and greatest value."""
