"""Paths as people type them (`limits.budget`) and the keys they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from pydantic import BaseModel

from partnerselect.errors import InputError, Loc, Problem
from partnerselect.model.base import kebab
from partnerselect.model.content import KEYS, Content
from partnerselect.model.keys import keys_at, value_at
from partnerselect.model.levels import Level
from partnerselect.model.messages import did_you_mean, unknown_key
from partnerselect.model.programme import Programme


def locate(data: dict[str, Any], path: str) -> Loc:
    """Return the keys of a dotted path.

    At each step the longest matching key counts; the inner word `criteria` is skipped. A key that
    is not written yet is taken as typed; whether it is allowed is for validation to say.

    Raises:
        InputError: the first key, or an id in a mapping of ids, does not exist.
    """
    words = path.split(".")
    if words[0] not in KEYS:
        raise InputError(
            [Problem((path,), f"unknown path{did_you_mean(words[0], sorted(KEYS))}", at_key=True)]
        )
    loc: tuple[str, ...] = ()
    node: Any = data
    while words:
        if words[0] in _levels_at(data, loc):
            key, words = _past_level(words)
            node = value_at(node, key)
        else:
            key, node, words = _step(node, loc, words, path)
        loc += key
    return loc


def _levels_at(data: dict[str, Any], loc: Loc) -> set[str]:
    """Return the levels whose names may follow that of a programme, `programmes.P.pilot`."""
    if loc[:-1] not in {("programmes",), ("committed",)} and loc[:1] + loc[2:-1] != FOR:
        return set()
    levels = value_at(data, ("programmes", loc[-1], "levels"))
    return {*levels} - {*Programme.model_fields} if isinstance(levels, dict) else set()


def _past_level(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the keys of a level where what follows stands there, and what follows.

    All else holds for every level.
    """
    level, *rest = words
    of_level = not rest or rest[0] in {kebab(name) for name in Level.model_fields}
    return (("levels", level), rest) if of_level and rest[:1] != ["title"] else ((), rest)


FOR = ("partners", "for")
NO_PATHS = frozenset({"stakeholders", "plans"})
"""What a sweep names that is no path."""


def unknown_swept(data: dict[str, Any], model: type[BaseModel]) -> Iterator[Problem]:
    """Yield the paths of a sweep or a design that lead nowhere, whatever else is wrong."""
    for block in (("sweep",), ("design", "over")):
        stated = value_at(data, block)
        for path in stated if isinstance(stated, dict) else ():
            if path in NO_PATHS:
                continue
            loc = (*block, path)
            try:
                found = locate(data, path)
            except InputError as error:
                yield from (replace(one, loc=loc) for one in error.problems)
                continue
            for depth in range(1, len(found)):
                if not keys_at(model, found[:depth]).may_hold(str(found[depth])):
                    yield Problem(loc, unknown_key(model, found[: depth + 1]), at_key=True)
                    break


def _step(
    node: Any, loc: tuple[str, ...], words: list[str], path: str
) -> tuple[tuple[str, ...], Any, list[str]]:
    if loc[-1:] == ("scores",) and not isinstance(node, dict):
        return (".".join(words),), None, []
    if not isinstance(node, dict):
        return (words[0],), None, words[1:]
    if (
        loc
        and loc[0] == "criteria"
        and isinstance(node.get("criteria"), dict)
        and words[0] in node["criteria"]
    ):
        return ("criteria", words[0]), node["criteria"][words[0]], words[1:]
    for length in range(len(words), 0, -1):
        key = ".".join(words[:length])
        if key in node:
            return (key,), node[key], words[length:]
    if loc and loc[-1] == "scores":
        return (".".join(words),), None, []
    if len(loc) == 1 and keys_at(Content, loc).defines_ids and len(words) > 1:
        raise InputError(
            [
                Problem(
                    (path,),
                    f'unknown path: no "{words[0]}" under'
                    f" {loc[0]}{did_you_mean(words[0], list(node))}",
                    at_key=True,
                )
            ]
        )
    return (words[0],), None, words[1:]


def plain(value: Any) -> Any:
    """Return a value as a file has it: numbers and arrays of other libraries as Python's own."""
    match value:
        case bool():
            return value
        case Integral():
            return int(value)
        case Real() | Decimal():
            return float(value)
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value
