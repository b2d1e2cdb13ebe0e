"""Weights as people give them: typed points, an order, judgements in pairs, best and worst.

Stakeholder groups have weights of their own.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from partnerselect.model.base import Id, Node, NonNegative, Positive, Title, tag

TYPE_OF_METHOD = {
    "direct": "PointWeights",
    "swing": "PointWeights",
    "rank": "RankWeights",
    "pairwise": "PairwiseWeights",
    "best-worst": "BestWorstWeights",
}


class _WithBranches(Node):
    branches: dict[Id, Weights] = {}
    """Weights of the sub-criteria of a branch, for programmes and groups."""


class PointWeights(_WithBranches):
    """Points typed as they are (`direct`) or as the worth of going from worst to best (`swing`)."""

    method: Literal["direct", "swing"] = Field(examples=["swing"])
    """How the weights were elicited."""
    points: dict[Id, NonNegative] = Field(min_length=1)
    """Points for each sibling; only their ratio counts."""


def _placed(value: Any) -> str:
    return "Tie" if isinstance(value, list) else "Name"


Placed = Annotated[
    Annotated[Id, Tag("~Name")] | Annotated[list[Id], Tag("~Tie")], Discriminator(tag(_placed))
]


class RankWeights(_WithBranches):
    """An order from most to least important; a nested list is a tie."""

    method: Literal["rank"]
    """How the weights were elicited."""
    order: list[Placed] = Field(min_length=1)
    """From the most important to the least; a nested list is a tie."""
    variant: Literal["centroid", "sum", "reciprocal"] = "centroid"
    """How ranks become weights: centroid (ROC), sum or reciprocal."""


class PairwiseWeights(_WithBranches):
    """Judgements `a over b: ratio` (AHP); may be incomplete if they connect all."""

    method: Literal["pairwise"]
    """How the weights were elicited."""
    judgements: dict[
        Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9-]* over [a-z][a-z0-9-]*$")],
        Positive,
    ] = Field(min_length=1)
    """`a over b: 3` says that a is three times as important as b."""


class BestWorstWeights(_WithBranches):
    """The best and the worst criterion compared with all others (Rezaei 2016, linear)."""

    method: Literal["best-worst"]
    """How the weights were elicited."""
    best: Id
    """The most important criterion."""
    worst: Id
    """The least important criterion."""
    best_to_others: dict[Id, Positive]
    """How many times as important the best is as each other."""
    others_to_worst: dict[Id, Positive]
    """How many times as important each is as the worst."""


def _method(value: Any) -> str:
    method = value.get("method") if isinstance(value, dict) else getattr(value, "method", None)
    return TYPE_OF_METHOD.get(method, "PointWeights") if isinstance(method, str) else "PointWeights"


Weights = Annotated[
    Annotated[PointWeights, Tag("~PointWeights")]
    | Annotated[RankWeights, Tag("~RankWeights")]
    | Annotated[PairwiseWeights, Tag("~PairwiseWeights")]
    | Annotated[BestWorstWeights, Tag("~BestWorstWeights")],
    Discriminator(tag(_method)),
]


class Group(Node):
    """A stakeholder group with its voice and its own weights."""

    title: Title
    voice: NonNegative = 1
    """How much the group counts against the others."""
    weights: Weights
    """Weights elicited instead of typed."""
