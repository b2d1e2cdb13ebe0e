"""From pydantic's errors to problems people can mend, all of them at once."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from partnerselect.errors import InputError, Loc, Problem
from partnerselect.model import paths
from partnerselect.model.base import did_you_mean

Model = TypeVar("Model", bound=BaseModel)
Check = Callable[[Any], Iterable[Problem]]
REPAIRS = 4
"""How often faulty parts are set aside to look for further problems in the rest."""
MOST_REPORTED = 2_000
MOST_SET_ASIDE = 200
"""Beyond so many faults the rest says little, and copying it for each takes long."""


def validated(
    model: type[Model], data: dict[str, Any], ids: Mapping[str, tuple[str, ...]], check: Check
) -> Model:
    """Build a model from plain data and check it as a whole.

    Raises:
        InputError: with the problems of structure and of sense together.
    """
    try:
        made = model.model_validate(data, context=ids)
    except ValidationError as error:
        problems = _unique(
            _problem(model, data, detail)
            for detail in error.errors(include_url=False)[:MOST_REPORTED]
        )
        raise InputError(_unique([*problems, *_further(model, data, ids, check, error)])) from None
    if problems := _unique(check(made)):
        raise InputError(problems)
    return made


def _further(
    model: type[Model],
    data: dict[str, Any],
    ids: Mapping[str, tuple[str, ...]],
    check: Check,
    error: ValidationError,
) -> list[Problem]:
    """Return the problems of sense in what is left once the faulty parts are set aside."""
    aside: list[Loc] = []
    for _ in range(REPAIRS):
        if error.error_count() > MOST_SET_ASIDE:
            return []
        for detail in error.errors(include_url=False):
            loc = _set_aside(data, detail)
            if not loc:
                return []
            aside.append(loc)
            data = paths.replaced(data, loc, None)
        try:
            rest = model.model_validate(data, context=ids)
        except ValidationError as another:
            error = another
            continue
        return [problem for problem in check(rest) if not _touches(problem.loc, aside)]
    return []


def _set_aside(data: dict[str, Any], detail: ErrorDetails) -> Loc:
    """Return the smallest optional part that holds the fault.

    Empty where the root itself is at fault.
    """
    loc = _clean(data, detail)
    if detail["type"] == "missing" or paths.value_at(data, loc) is None:
        loc = loc[:-1]
    while loc and isinstance(paths.value_at(data, loc[:-1]), list):
        loc = loc[:-1]
    return loc


def _touches(loc: Loc, aside: list[Loc]) -> bool:
    """Whether a problem may only exist because something was set aside."""
    if any(loc[: len(part)] == part for part in aside):
        return True
    offers_gone = any(
        part[:1] == ("partners",) and part[2:3] in ((), ("offers",)) for part in aside
    )
    criteria_gone = any(part[:1] == ("criteria",) for part in aside)
    return (offers_gone and "needs" in loc) or (
        criteria_gone and ("weights" in loc or loc[:1] == ("criteria",))
    )


def _unique(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _clean(data: dict[str, Any], detail: ErrorDetails) -> Loc:
    """Return the keys as the user wrote them: no union tags, nothing below what is in the data."""
    kept = [
        key
        for key in detail["loc"]
        if not (isinstance(key, str) and (key.startswith("~") or key == "[key]"))
    ]
    node: Any = data
    for depth, key in enumerate(kept):
        if isinstance(node, dict) and key not in node:
            return tuple(kept[: depth + 1]) if detail["type"] == "missing" else tuple(kept[:depth])
        if not isinstance(node, dict | list) or (
            isinstance(node, list) and not isinstance(key, int)
        ):
            return tuple(kept[:depth])
        node = node[key]  # type: ignore[index]  # a path leads through mappings and lists
    return tuple(kept)


def _problem(model: type[BaseModel], data: dict[str, Any], detail: ErrorDetails) -> Problem:
    loc = _clean(data, detail)
    at_key = detail["type"] == "extra_forbidden" or detail["loc"][-1:] == ("[key]",)
    if detail["type"] == "extra_forbidden":
        return Problem(
            loc,
            f"unknown key{did_you_mean(str(loc[-1]), _keys_allowed(model, detail['loc'][:-1]))}",
            at_key=True,
        )
    if (
        detail["type"] == "string_pattern_mismatch"
        and at_key
        and " over " not in detail["ctx"]["pattern"]
    ):
        return Problem(
            loc,
            "an id is made of small letters, digits and hyphens and starts with a letter",
            at_key=True,
        )
    return Problem(loc, _message(detail), at_key=at_key)


def shown(value: Any) -> str:
    """Return a value as it is quoted in messages: short, and in YAML's words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = (
        f'"{value}"'
        if isinstance(value, str)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line of a terminal


EXPECTED = {
    "missing": "is missing",
    "string_type": "must be text",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "list_type": "must be a list",
}


ALTERNATIVES = {
    "'unlimited'": "must be a number without currency or comma, or the word unlimited",
    "'most-value'": "must be most-value, or {least-cost: {value-at-least: 60}}",
    "'free', 'ordinal' or 'stakeholders'": "must be free, ordinal, stakeholders, or {within: 25%}",
}
"""What else may stand where one of a few words is expected."""
PATTERNS = {
    "over": "must be `a over b` with two ids",
    "[A-Z]{3}": "must be three capital letters, such as GBP",
}
AN_ID = "must be made of small letters, digits and hyphens and start with a letter"


def _message(detail: ErrorDetails) -> str:
    context, kind = detail.get("ctx", {}), detail["type"]
    if kind == "missing":
        return EXPECTED[kind]
    if message := context.get("message"):
        return str(message)
    expected = EXPECTED.get(kind) or _bound(kind, context) or str(detail["msg"])
    hint = (
        did_you_mean(detail["input"], _words(context["expected"]))
        if kind == "literal_error" and isinstance(detail["input"], str)
        else ""
    )
    found = context.get("actual_length", shown(detail["input"]))
    return f"{expected} (found {found}){hint if 'did you mean' in hint else ''}"


def _words(expected: str) -> list[str]:
    return [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]


def _bound(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        return next(
            (words for part, words in PATTERNS.items() if part in context["pattern"]), AN_ID
        )
    if kind == "literal_error" and context["expected"] in ALTERNATIVES:
        return ALTERNATIVES[context["expected"]]
    bounds = {
        "greater_than_equal": "must be {ge:g} or more",
        "greater_than": "must be more than {gt:g}",
        "less_than_equal": "must be {le:g} or less",
        "literal_error": "must be {expected}",
        "too_short": "must have at least {min_length}",
        "too_long": "must have at most {max_length}",
        "string_too_short": "must not be empty",
    }
    return bounds[kind].format(**context).replace("'", "") if kind in bounds else ""


def _keys_allowed(model: Any, loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys a mapping may have, by following the models down to it."""
    for key in loc:
        model = _below(model, key)
    model = _unwrapped(model)
    is_model = isinstance(model, type) and issubclass(model, BaseModel)
    return [field.alias or name for name, field in model.model_fields.items()] if is_model else []


def _below(annotation: Any, key: str | int) -> Any:
    annotation = _unwrapped(annotation)
    if isinstance(key, str) and key.startswith("~"):
        return next(
            (
                member
                for member in get_args(annotation)
                if any(isinstance(meta, Tag) and meta.tag == key for meta in get_args(member)[1:])
            ),
            annotation,
        )
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return next(
            (
                field.annotation
                for name, field in annotation.model_fields.items()
                if key in {field.alias, name}
            ),
            None,
        )
    return get_args(annotation)[-1] if get_origin(annotation) in {dict, list} else None


def _unwrapped(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, types.UnionType}:
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _unwrapped(members[0]) if len(members) == 1 else annotation
    return annotation
