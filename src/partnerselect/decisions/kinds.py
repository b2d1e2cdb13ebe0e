"""What each kind of entry says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from partnerselect.errors import dotted, input_error

Content = Mapping[str, Any]
Kind = str


class Choice(BaseModel):
    """What is decided for a programme, and what is recommended: partners by need."""

    model_config = ConfigDict(defer_build=True)
    programme: str
    title: str
    needs: dict[str, str]
    recommended: dict[str, str]
    reason: str
    lead: str
    review: str | None


KINDS: dict[Kind, dict[str, Any]] = {
    "opened": {"scenario": str, "as_at": str | None, "questions": list[str], "body": str},
    "frozen": {"scenario": str, "criteria": dict[str, Any], "weights": dict[str, float]},
    "declared": dict.fromkeys(("scenario", "role", "partner", "interest", "managed"), str),
    "decided": {
        **dict.fromkeys(("scenario", "title", "data", "sha256", "body"), str),
        **dict.fromkeys(("figures", "versions"), dict[str, Any]),
        "illustrative": bool,
        "measures": dict[str, dict[str, Any]],
        "choices": list[Choice],
    },
    **{kind: {"of": int, "partner": str} for kind in ("offered", "accepted", "declined")},
    "reading": {
        **dict.fromkeys(("partner", "programme", "measure"), str),
        "of": int,
        "value": float | str,
        "met": bool | None,
    },
    "reviewed": {"of": int, "result": str},
    "superseded": {"of": int, "reason": str},
}
"""What each kind of entry says at least, besides its `date`; `of` is the entry it is about."""
BESIDE = ("title", "partner", "programme", "words", "ours", "theirs", "next")
"""What an entry may say too, as text."""


@cache
def _form(kind: Kind) -> type[BaseModel]:
    """Return what the content of a kind of entry is checked by."""
    beside = dict.fromkeys(BESIDE, (str | None, None))
    needed = {key: (kept, ...) for key, kept in {"date": str, **KINDS[kind]}.items()}
    fields: Any = {**beside, "names": (dict[str, dict[str, str]], {}), **needed}
    return create_model(kind, __config__=ConfigDict(extra="allow", strict=True), **fields)


def check_form(kind: Kind, text: str) -> None:
    """Refuse a text that is no content, as JSON, of a kind of entry; raises InputError."""
    if kind not in KINDS:
        raise input_error(f"there is no kind of entry called {kind}")
    try:
        _form(kind).model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{dotted(first['loc'])}: {first['msg']}"
        told = f"also says {dotted(first['loc'])}" if first["type"] == "missing" else f"says {what}"
        raise input_error(f"an entry of the kind {kind} {told}") from None
