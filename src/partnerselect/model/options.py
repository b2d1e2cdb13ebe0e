"""What is aimed at, and how the analysis is run."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from partnerselect.model.base import Count, Node, Number, Positive, PositiveCount, Share, Value, tag


class ValueFloor(Node):
    """The portfolio value to reach at least cost."""

    value_at_least: Value


class LeastCost(Node):
    """Spend least of the trust's money for a portfolio value that is good enough."""

    least_cost: ValueFloor


def _aim(value: Any) -> str:
    return "LeastCost" if isinstance(value, dict | LeastCost) else "MostValue"


Aim = Annotated[
    Annotated[Literal["most-value"], Tag("~MostValue")] | Annotated[LeastCost, Tag("~LeastCost")],
    Discriminator(tag(_aim)),
]


class Within(Node):
    """Each share of weight within this fraction of itself."""

    within: Annotated[Share, Field(gt=0)]


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


class SecondOpinions(Node):
    """Parameters of the other methods."""

    vikor: Vikor = Vikor()


class AnalysisOptions(Node):
    """How many draws, which seed, how long to look."""

    samples: Annotated[Count, Field(le=10_000_000)] = 10_000
    choice_samples: Annotated[Count, Field(le=1_000_000)] = 1_000
    seed: Count = 0
    gap: Share = 0.0
    time_limit: Positive = 30.0
    weights: WeightSet = Within(within=0.25)
    base: Literal["set", "stakeholders"] = "set"
    second_opinions: SecondOpinions = SecondOpinions()


class Span(Node):
    """Evenly spaced values."""

    from_: Number
    to: Number
    steps: Annotated[PositiveCount, Field(le=1_000_000)]


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
    cases: PositiveCount
    seed: Count = 0
    over: dict[str, Annotated[list[Number], Field(min_length=2, max_length=2)]] = Field(
        min_length=1
    )
