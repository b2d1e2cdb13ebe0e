"""Criteria: a tree of what matters, the scales of its leaves, and scores on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from partnerselect.errors import Gap, Loc
from partnerselect.model.base import (
    About,
    Day,
    Id,
    Node,
    NonNegative,
    Number,
    Text,
    Title,
    Value,
    refusal,
    tag,
)
from partnerselect.model.messages import shown
from partnerselect.model.weights import Weights

UNKNOWN = "unknown"


def _mark(value: Any) -> Any:
    if value == "from-register":
        raise refusal("there is no register to read; write `unknown` instead")
    if isinstance(value, str) and value:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        # beyond this a float overflows; NaN fails the comparison too
        if abs(value) <= 1e300:  # noqa: PLR2004
            return float(value)
        raise refusal("must be a finite number")
    raise refusal(f"must be a number or the name of a level (found {shown(value)})")


SCORES = (
    "A score for every leaf criterion by its path, such as `sustainability.handover`; `unknown`"
    " where nothing is known."
)
MARK_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string"}]}
Mark = Annotated[float | str, BeforeValidator(_mark), WithJsonSchema(MARK_SCHEMA)]


class Score(Node):
    """One score: a number or level, a range, or `unknown`.

    In YAML a bare number or word will do.
    """

    score: Mark | None = None
    """A number, a level, or `unknown`."""
    low: Mark | None = None
    """The least it could be."""
    likely: Mark | None = None
    """The most likely score."""
    high: Mark | None = None
    """The most it could be."""
    evidence: Text = ""
    """What the score rests on."""
    source: Text = ""
    """Where the evidence is found."""
    published: Day | None = None
    """The day the evidence was published."""
    grade: Text = ""
    """How good the evidence is."""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return value if isinstance(value, dict | Score) else {"score": value}

    @model_validator(mode="after")
    def _single_or_range(self) -> Score:
        if self.score is None and self.low is None and self.high is None and self.likely is None:
            raise refusal("needs `score`, or `low` and `high`")
        if self.score is not None and not (
            self.low is None and self.high is None and self.likely is None
        ):
            raise refusal("takes either `score` or a range `low`, `likely`, `high`, not both")
        if self.score is None and (self.low is None or self.high is None):
            raise refusal(
                f"a range needs both ends; `{'low' if self.low is None else 'high'}` is missing",
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow the bare form beside the mapping."""
        full = super().__get_pydantic_json_schema__(schema, handler)
        return {"anyOf": [{"type": "number"}, {"type": "string"}, full]}

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known yet."""
        return self.score == UNKNOWN

    @property
    def is_range(self) -> bool:
        """Whether low and high are given."""
        return self.low is not None

    @property
    def is_evidenced(self) -> bool:
        """Whether anything stands behind it."""
        return bool(self.evidence.strip() or self.source.strip())


@dataclass(frozen=True)
class TypedScore:
    """A score that somebody typed: whose it is, on what, and where it stands."""

    partner: str
    programme: str | None
    """The programme it is for; None where it holds for all."""
    criterion: str
    score: Score
    loc: Loc


class _Scale(Node):
    unit: Text = ""
    """Unit of the scores, for the reader."""
    beyond: Literal["clip"] | None = None
    """What a score outside the scale means: `clip` counts it as the nearest end."""


class LinearScale(_Scale):
    """Linear between the scores worth 0 and 100."""

    worst: Number
    """The score worth 0; it may be the larger number."""
    best: Number
    """The score worth 100."""

    @model_validator(mode="after")
    def _ends_differ(self) -> LinearScale:
        if self.worst == self.best:
            raise refusal(f"worst and best must differ (both are {shown(self.worst)})")
        return self


class PointsScale(_Scale):
    """Piecewise linear through (score, value) points."""

    points: list[Annotated[list[Number], Field(min_length=2, max_length=2)]] = Field(min_length=2)
    """Pairs of a score and its value, joined by straight lines."""

    @model_validator(mode="after")
    def _monotone(self) -> PointsScale:
        scores = [point[0] for point in self.points]
        if len(set(scores)) < len(scores):
            raise refusal("two points have the same score; each score has one value")
        values = [value for _, value in sorted(self.points)]
        _check_monotone(values)
        return self


class LevelsScale(_Scale):
    """Named levels, each with its value."""

    levels: dict[Id, Value] = Field(min_length=2)
    """The levels, each with its value from 0 to 100, rising or falling."""

    @model_validator(mode="after")
    def _monotone(self) -> LevelsScale:
        if UNKNOWN in self.levels:
            raise refusal(f"`{UNKNOWN}` is a reserved word and cannot name a level")
        _check_monotone(list(self.levels.values()))
        return self


class RelativeScale(_Scale):
    """Read against the scores of the other partners of each programme."""

    @property
    def rises(self) -> bool:
        """Whether a higher score is worth more."""
        raise NotImplementedError


class LocalScale(RelativeScale):
    """Linear between the worst and the best partner of each programme."""

    local: Literal["more", "less"]
    """`more`: a higher score is better; `less`: a lower one is."""

    @property
    def rises(self) -> bool:
        """Whether a higher score is worth more."""
        return self.local == "more"


class RatioScale(RelativeScale):
    """Marks as tenders write them: in proportion to the lowest or highest of each programme."""

    ratio: Literal["lowest", "highest"]
    """`lowest`: 100 · lowest / own score; `highest`: 100 · own / highest score."""

    @property
    def rises(self) -> bool:
        """Whether a higher score is worth more."""
        return self.ratio == "highest"


def _check_monotone(values: list[float]) -> None:
    # values run from 0 to 100 by definition
    if min(values) < 0 or max(values) > 100:  # noqa: PLR2004
        raise refusal("values must lie between 0 and 100")
    if values not in (sorted(values), sorted(values, reverse=True)):
        raise refusal(
            "values must only rise or only fall along the scale (found"
            f" {', '.join(map(shown, values))})",
        )


def _kind(value: Any) -> str:
    if isinstance(value, _Scale):
        return type(value).__name__
    keys = value if isinstance(value, dict) else {}
    return next(
        (
            name
            for key, name in (
                ("levels", "LevelsScale"),
                ("points", "PointsScale"),
                ("local", "LocalScale"),
                ("ratio", "RatioScale"),
            )
            if key in keys
        ),
        "LinearScale",
    )


Scale = Annotated[
    Annotated[LinearScale, Tag("~LinearScale")]
    | Annotated[PointsScale, Tag("~PointsScale")]
    | Annotated[LevelsScale, Tag("~LevelsScale")]
    | Annotated[LocalScale, Tag("~LocalScale")]
    | Annotated[RatioScale, Tag("~RatioScale")],
    Discriminator(tag(_kind)),
]


class Preference(Node):
    """How PROMETHEE reads a difference on this criterion (natural units)."""

    shape: Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"] = "usual"
    """The shape of PROMETHEE's preference function."""
    indifference: NonNegative = 0
    """Up to this difference there is no preference."""
    preference: NonNegative | None = None
    """From this difference the preference is full."""
    deviation: NonNegative | None = None
    """Where the Gaussian curve bends."""

    @model_validator(mode="after")
    def _has_what_its_shape_needs(self) -> Preference:
        if self.shape in {"v-shape", "level", "linear"} and not self.preference:
            raise refusal(f"the shape {self.shape} needs `preference` above 0")
        if self.shape == "gaussian" and not self.deviation:
            raise refusal("the shape gaussian needs `deviation` above 0")
        if self.preference is not None and self.preference < self.indifference:
            raise refusal("`preference` must not lie below `indifference`")
        return self


class Criterion(Node):
    """A leaf, scored on a scale, or a branch of further criteria."""

    title: Title
    asks: Text = ""
    """The question a scorer answers."""
    weight: NonNegative | None = None
    """Swing weight: how much does going from worst to best matter, against its siblings?"""
    from_: Literal["own-cost-per-day", "own-cost", "cost", "cost-per-day"] | None = None
    """Computed from prices, not typed."""
    scale: Scale | None = None
    """How scores turn into values from 0 to 100: worst and best, points, levels, local or ratio."""
    preference: Preference | None = None
    at_least: Mark | None = None
    """A minimum requirement: below it the partner is not eligible. On a branch, points from 0 to
    100 of its own value."""
    criteria: dict[Id, Criterion] | None = Field(default=None, min_length=1)
    """Sub-criteria; weights multiply down the tree."""
    weights: Weights | None = None
    """Weights elicited instead of typed."""

    @property
    def unit(self) -> str:
        """The unit of its scores, for the reader; empty where there is none."""
        return self.scale.unit if self.scale else ""

    @model_validator(mode="after")
    def _leaf_or_branch(self) -> Criterion:
        if self.criteria is None:
            if self.scale is None:
                raise refusal("needs a `scale` (or sub-criteria under `criteria`)", Gap.SCALE)
            if self.weights is not None:
                raise refusal("`weights` stands beside `criteria`; this criterion has none")
            if self.from_ and isinstance(self.scale, LevelsScale):
                raise refusal(
                    f"`from: {self.from_}` gives an amount, so its scale cannot be `levels`",
                )
            return self
        misplaced = [
            key
            for key, value in (
                ("scale", self.scale),
                ("from", self.from_),
                ("preference", self.preference),
            )
            if value is not None
        ]
        if misplaced:
            raise refusal(
                f"a criterion with sub-criteria takes no `{misplaced[0]}`: give it to the"
                " sub-criteria",
            )
        return self


class CriteriaSet(Node):
    """What matters, and how much."""

    title: Title
    about: About = ""
    criteria: dict[Id, Criterion] = Field(min_length=1)
    """The criteria by id; a criterion with criteria of its own is a branch."""
    weights: Weights | None = None
    """Weights elicited instead of typed."""

    @model_validator(mode="before")
    @classmethod
    def _one_level_deeper(cls, stated: Any) -> Any:
        """Refuse criteria that stand where the keys of the set do."""
        if isinstance(stated, dict) and "criteria" not in stated:
            others = {key: one for key, one in stated.items() if key not in cls.model_fields}
            if others and all(_is_like_a_criterion(one) for one in others.values()):
                raise refusal(
                    f"the criteria stand one level too high ({', '.join(map(str, others))}): write"
                    " `criteria:` once more above them, beside a `title` of the set"
                )
        return stated

    @property
    def nodes(self) -> dict[str, Criterion]:
        """Criteria and branches by dotted path, each branch followed by what is below it."""
        return dict(_walk(self.criteria))

    @property
    def leaves(self) -> dict[str, Criterion]:
        """The criteria that are scored, by dotted path, in file order."""
        return {path: node for path, node in self.nodes.items() if node.criteria is None}


def _is_like_a_criterion(stated: object) -> bool:
    return isinstance(stated, dict) and not {"scale", "from", "criteria"}.isdisjoint(stated)


def _walk(criteria: dict[str, Criterion], above: str = "") -> Iterator[tuple[str, Criterion]]:
    for name, criterion in criteria.items():
        yield above + name, criterion
        yield from _walk(criterion.criteria or {}, f"{above}{name}.")
