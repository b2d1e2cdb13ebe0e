"""A score with what stands behind it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic_core import CoreSchema

from partnerselect.model.base import Day, Node, Text, refusal
from partnerselect.model.messages import shown

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

    score: Mark | None = Field(default=None, description="A number, a level, or `unknown`.")
    low: Mark | None = Field(default=None, description="The least it could be.")
    likely: Mark | None = Field(default=None, description="The most likely score.")
    high: Mark | None = Field(default=None, description="The most it could be.")
    evidence: Text = Field(default="", description="What the score rests on.")
    source: Text = Field(default="", description="Where the evidence is found.")
    published: Day | None = Field(default=None, description="The day the evidence was published.")
    grade: Text = Field(default="", description="How good the evidence is.")

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
        full = handler(schema)
        return {"anyOf": [{"type": "number"}, {"type": "string"}, full]}

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known yet."""
        return self.score == UNKNOWN

    @property
    def is_range(self) -> bool:
        """Whether low and high are given."""
        return self.low is not None
