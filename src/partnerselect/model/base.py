"""What all models share: frozen nodes with kebab-case keys, and the small types people type."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from partnerselect.errors import Gap

LARGEST = 1e15
"""Of a number people type: beyond it floats no longer hold whole pounds."""
ID_PATTERN = r"^[a-z][a-z0-9-]*$"


UNKNOWN_ID = "unknown_id"


def kebab(name: str) -> str:
    """Return the YAML key of a Python attribute: `at_least` is `at-least`, `from_` is `from`."""
    return name.strip("_").replace("_", "-")


class Node(BaseModel):
    """Something people write as a mapping: frozen, unknown keys refused.

    A default that is a model is made with `model_construct`: to call the model would build its
    validator while modules are imported, and that of the whole scenario holds it anyway.
    """

    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        extra="forbid",
        alias_generator=kebab,
        validate_by_name=False,
        validate_by_alias=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe each key by what is written below its field.

        Pydantic would read that itself, but at every start, which takes a twentieth of a second.
        """
        made = handler(schema)
        for base in reversed([one for one in cls.__mro__ if issubclass(one, Node)]):
            for pair in pairwise(ast.walk(ast.parse(inspect.getsource(base)))):
                match pair:
                    case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                        key = handler.resolve_ref_schema(made)["properties"][kebab(name)]
                        key["description"] = " ".join(text.split())
        return made


def refusal(message: str, gap: Gap | None = None) -> PydanticCustomError:
    """Return an error whose message is shown to the user as it stands, braces included."""
    return PydanticCustomError("refused", "{message}", {"message": message, "gap": gap})


def reference(kind: str, noun: str, *words: str) -> AfterValidator:
    """Check an id against those the scenario defines, given as the validation context.

    One of the words may stand there instead.
    """

    def known(value: str, info: ValidationInfo) -> str:
        ids: Mapping[str, tuple[str, ...]] = info.context or {}
        if kind in ids and value not in (*ids[kind], *words):
            raise PydanticCustomError(
                UNKNOWN_ID,
                'no {noun} is called "{value}"',
                {"noun": noun, "value": value, "known": (*ids[kind], *words)},
            )
        return value

    return AfterValidator(known)


def _finite(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > LARGEST:
        raise refusal(f"the number is too large; the largest is {LARGEST:,.0f}")
    return value


SURELY_IN_A_HUNDRED = 10
"""A bare number from which nobody means so many times the whole: 60, not 1.4."""


def _part(share: Any, written: str) -> Any:
    """Refuse a share of more than the whole, and say what a bare number probably means."""
    if isinstance(share, bool) or not isinstance(share, int | float) or share <= 1:
        return share
    found, meant = written, ""
    if "%" not in written and share < SURELY_IN_A_HUNDRED:
        found, meant = f"{written}, which is {100 * share:g}%", f"; is {written}% meant?"
    elif "%" not in written and share <= 100:  # noqa: PLR2004 - a hundred in a hundred
        meant = f"; did you mean {written}%?"
    raise refusal(f"must be 100% or less (found {found}){meant}")


def _share(value: Any) -> Any:
    if not isinstance(value, str):
        return _part(_finite(value), f"{value}")
    if match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*", value):
        return _part(float(Decimal(match[1]) / 100), value.strip())
    raise refusal(f'must be a percentage such as 60% or a number such as 0.6 (found "{value}")')


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _written(title: str) -> str:
    """Refuse a title that nobody can see."""
    if not any(character.isprintable() and not character.isspace() for character in title):
        raise refusal("must hold something to read (found only blanks)")
    return title


def read_day(value: Any) -> dt.date:
    """Return the day that is written as 2021-07-28, and in no other form; raises ValueError."""
    if type(value) is dt.date:
        return value
    with suppress(ValueError):
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return dt.date.fromisoformat(value)
    meant = _day_meant(value) if isinstance(value, str) else ""
    raise refusal(f"must be a date written as 2021-07-28 (found {_quoted(value)}){meant}")


def _day_meant(text: str) -> str:
    """Say which day was probably meant, "" where that is not clear."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not re.fullmatch(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}", text):
        return ""
    year, month, day = numbers if numbers[0] >= 1000 else reversed(numbers)  # noqa: PLR2004
    with suppress(ValueError):
        meant = dt.date(year, month, day)
        unclear = numbers[0] <= 12 and numbers[0] != numbers[1]  # noqa: PLR2004 - or a month?
        return "" if unclear else f"; write {meant}"
    return "; there is no such day"


def tag(chooser: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return a union discriminator whose tags start with `~`, which paths leave out."""

    def choose(value: Any) -> str:
        return f"~{chooser(value)}"

    return choose


Number = Annotated[float, BeforeValidator(_finite), Field(strict=True, allow_inf_nan=False)]
NonNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Value = Annotated[Number, Field(ge=0, le=100)]
Count = Annotated[int, Field(strict=True, ge=0)]
PositiveCount = Annotated[int, Field(strict=True, ge=1)]
Percentage = Annotated[
    float, BeforeValidator(_share), Field(strict=True, allow_inf_nan=False, ge=0, le=1)
]
PERCENTAGE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%\s*$"},
    ],
}
Share = Annotated[Percentage, WithJsonSchema(PERCENTAGE_SCHEMA)]
Day = Annotated[
    dt.date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})
]
Text = Annotated[str, Field(strict=True)]
Reason = Annotated[str, Field(strict=True, min_length=1), AfterValidator(_written)]
Title = Annotated[Reason, Field(description="The name readers see.")]
About = Annotated[Text, Field(description="One sentence or more, for the reader.")]
Notes = Annotated[Text, Field(description="Remarks for the reader; the paper prints them.")]
Flag = Annotated[bool, Field(strict=True)]

Id = Annotated[str, Field(strict=True, pattern=ID_PATTERN)]
GateRef = Annotated[Id, reference("gates", "gate")]
PartnerRef = Annotated[Id, reference("partners", "partner")]
ProgrammeRef = Annotated[Id, reference("programmes", "programme")]
PlanRef = Annotated[Id, reference("plans", "plan")]
PhaseRef = Annotated[Id, reference("phases", "phase")]
CriterionRef = Annotated[str, Field(strict=True), reference("criteria", "criterion")]
