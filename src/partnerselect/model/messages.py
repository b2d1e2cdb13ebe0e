"""What pydantic found wrong, in words: what was found, what is expected, what to type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from partnerselect.errors import Loc
from partnerselect.model.base import UNKNOWN_ID
from partnerselect.model.hints import (
    did_you_mean,
    id_meant,
    key_meant,
    nearest,
    number_meant,
    odd_character,
    run_together,
)
from partnerselect.model.keys import keys_at
from partnerselect.model.nested import value_at

LONGEST_SHOWN = 60
"""Characters of a value that a message quotes."""
MAPPING, LIST, NUMBER = "must be a mapping", "must be a list", "must be a number"
EXPECTED = {
    "string_type": "must be text",
    "float_type": NUMBER,
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "dict_type": MAPPING,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
    "list_type": LIST,
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be {le} or less",
    "literal_error": "must be {expected}",
    "too_short": "must have at least {min_length}",
    "too_long": "must have at most {max_length}",
    "string_too_short": "must not be empty",
}
ALTERNATIVES = {
    "'unlimited'": "must be a number without currency or comma, or the word unlimited",
    "'most-value'": "must be most-value, or {least-cost: {value-at-least: 60}}",
    "'direct' or 'swing'": "must be direct, swing, rank, pairwise or best-worst",
    "'each'": "must be a list of values, {from: …, to: …, steps: …}, or each",
    "'free', 'ordinal' or 'stakeholders'": "must be free, ordinal, stakeholders, or {within: 25%}",
}
"""What else may stand where one of a few words is expected."""
PATTERNS = {
    "over": "must be `a over b` with two ids",
    "[A-Z]{3}": "must be three capital letters, such as GBP",
}
AN_ID = "small letters, digits and hyphens and starts with a letter"


@dataclass(frozen=True)
class Asked:
    """What a model was to be built from: the data, and the ids that references may name."""

    model: type[BaseModel]
    data: dict[str, Any]
    ids: Mapping[str, tuple[str, ...]]


def problem_message(asked: Asked, loc: Loc, detail: ErrorDetails) -> str:
    """Word one error that pydantic found at `loc`."""
    kind, context, found = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "extra_forbidden":
        return unknown_key(asked.model, loc, tuple(value_at(asked.data, loc[:-1]) or ()))
    if kind == "missing":
        return f"is missing{_example(asked.model, loc)}"
    if kind == UNKNOWN_ID:
        return f"{detail['msg']}{_id_meant(found, asked.ids[context['kind']])}"
    if kind == "string_pattern_mismatch" and not _has_pattern(context):
        return f"an id is made of {AN_ID} (found {shown(found)}){id_meant(str(found))}"
    if message := context.get("message"):
        return f"{message}{odd_character(found) if isinstance(found, str) else ''}"
    expected = _expected(kind, context) or str(detail["msg"])
    found_words = context.get("actual_length", shown(found))
    meant = _meant(kind, context, found)
    if expected == MAPPING and not meant:
        meant = _example(asked.model, loc)
    return f"{expected} (found {found_words}){meant}"


def unknown_key(model: type[BaseModel], loc: Loc, beside: tuple[str, ...] = ()) -> str:
    """Say of a key that nothing is called so, or not `beside` such others, and what was meant."""
    key = str(loc[-1])
    known = list(keys_at(model, loc[:-1]).fields)
    if key in known:
        others = [f"`{other}`" for other in beside if other != key]
        return f"cannot stand beside {', '.join(others)}"
    return f"unknown key{key_meant(key) or did_you_mean(key, known)}"


def _id_meant(found: str, known: tuple[str, ...]) -> str:
    return key_meant(found) or did_you_mean(found, known)


def _example(model: type[BaseModel], loc: Loc) -> str:
    field = keys_at(model, loc[:-1]).fields.get(str(loc[-1])) if loc else None
    if field is None or not field.examples:
        return ""
    return f'; write "{loc[-1]}: {field.examples[0]}"'


def _has_pattern(context: Mapping[str, Any]) -> bool:
    return any(part in context["pattern"] for part in PATTERNS)


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        return next(words for part, words in PATTERNS.items() if part in context["pattern"])
    if kind == "literal_error" and context["expected"] in ALTERNATIVES:
        return ALTERNATIVES[context["expected"]]
    figures = {
        key: _figure(value) if isinstance(value, float) else value for key, value in context.items()
    }
    return EXPECTED.get(kind, "").format(**figures).replace("'", "")


def _meant(kind: str, context: Mapping[str, Any], found: Any) -> str:
    """Say what to type instead of a value of the wrong kind, "" where nothing is near."""
    expected = EXPECTED.get(kind, "")
    match found:
        case str():
            return _text_meant(expected, context, found)
        case [str(), *_] if expected == MAPPING:
            return f"; write each with what belongs to it, such as {{{found[0]}: …}}"
        case dict() if expected == LIST:
            return f"; write [{', '.join(map(str, found))}]"
        case int() | float() if kind == "string_type":
            return f'; put it in quotes: "{shown(found)}"'
        case _:
            return ""


def _text_meant(expected: str, context: Mapping[str, Any], found: str) -> str:
    if "expected" in context:
        return _word_meant(found, context["expected"])
    if expected == LIST:
        return odd_character(found) or f"; write [{found}]"
    return number_meant(found) if "number" in expected else run_together(found)


def _word_meant(found: str, expected: str) -> str:
    words = tuple(word.strip("'") for word in re.split(r", | or ", expected))
    is_number = expected in {"'unlimited'", "1"}
    if is_number and (number := number_meant(found)):
        return number
    if odd := odd_character(found):
        return odd
    if near := nearest(found, words):
        return f'; did you mean "{near}"?'
    return ""


def shown(value: Any) -> str:
    """Return a value as it is quoted in messages: short, and in YAML's words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        value = value.replace("\n", "\\n")
    text = f'"{value}"' if isinstance(value, str) else _figure(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}…"


def _figure(value: Any) -> str:
    """Return a number as it would be typed, with every digit."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
