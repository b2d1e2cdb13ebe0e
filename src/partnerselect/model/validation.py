"""From plain data to a model, or to every problem in it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from partnerselect.errors import Gap, InputError, Loc, Problem
from partnerselect.model.keys import accepts, replaced, value_at
from partnerselect.model.messages import Asked, nearest, problem_message

Model = TypeVar("Model", bound=BaseModel)
Check = Callable[[Any], Iterable[Problem]]
Ids = Mapping[str, tuple[str, ...]]
REPAIRS = 4
"""How often faulty parts are set aside to look for further problems in the rest."""
MOST_REPORTED = 2_000
MOST_SET_ASIDE = 200
"""Beyond so many faults the rest says little, and copying it for each takes long."""


def validated(model: type[Model], data: dict[str, Any], ids: Ids, check: Check) -> Model:
    """Build a model from plain data and check it as a whole.

    Raises:
        InputError: with the problems of structure and of sense together.
    """
    try:
        made = model.model_validate(data, context=ids)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MOST_REPORTED]
        problems = _without_what_follows(_problem(model, data, ids, detail) for detail in details)
        found = _unique([*problems, *_further(model, data, ids, check, error)])
        raise InputError(_without_misspelt(found)) from None
    if problems := _unique(islice(check(made), MOST_REPORTED)):
        raise InputError(problems)
    return made


def _further(
    model: type[Model],
    data: dict[str, Any],
    ids: Ids,
    check: Check,
    error: ValidationError,
) -> list[Problem]:
    """Return the problems of sense in what is left once the faulty parts are set aside."""
    aside: list[Loc] = []
    for _ in range(REPAIRS):
        if error.error_count() > MOST_SET_ASIDE:
            return []
        for detail in error.errors(include_url=False):
            loc = _clean(data, detail)
            filled = _stand_in(model, loc, ids) if detail["type"] == "missing" else None
            loc = loc if filled is not None else _set_aside(data, loc, detail)
            if not loc:
                return []
            aside.append(loc)
            data = replaced(data, loc, filled)
        try:
            rest = model.model_validate(data, context=ids)
        except ValidationError as another:
            error = another
            continue
        found = islice(check(rest), MOST_REPORTED)
        return [problem for problem in found if not _touches(problem.loc, aside)]
    return []


STAND_INS = ("-", 1)
"""What is put for a title or a format that is missing, so as to look at what stands beside it."""


def _stand_in(model: type[BaseModel], loc: Loc, ids: Ids) -> str | int | None:
    """Return what may stand at a key that is missing; None where nothing plain may."""
    if any(isinstance(key, int) for key in loc):
        return None
    return next((one for one in STAND_INS if accepts(model, loc, one, ids)), None)


def _set_aside(data: dict[str, Any], loc: Loc, detail: ErrorDetails) -> Loc:
    """Return the smallest optional part that holds the fault at `loc`.

    Empty where the root itself is at fault.
    """
    if detail["type"] == "missing" or value_at(data, loc) is None:
        loc = loc[:-1]
    while loc and isinstance(value_at(data, loc[:-1]), list):
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
    tags_gone = any(part[:1] == ("partners",) and part[2:3] in ((), ("tags",)) for part in aside)
    if tags_gone and loc[:2] == ("limits", "groups"):
        return True
    return (offers_gone and "needs" in loc) or (
        criteria_gone and ("weights" in loc or loc[:1] == ("criteria",))
    )


def _without_what_follows(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what is wrong below a key that is at fault itself."""
    distinct = _unique(problems)
    faulty = {problem.loc for problem in distinct if problem.at_key}
    return [
        problem
        for problem in distinct
        if not any(problem.loc[:depth] in faulty for depth in range(1, len(problem.loc)))
    ]


def _without_misspelt(problems: list[Problem]) -> list[Problem]:
    """Leave out that a key is missing which is there, misspelt."""
    missing = {problem.loc for problem in problems if problem.gap is Gap.VALUE and problem.loc}
    there = set[Loc]()
    for one in (problem.loc for problem in problems if problem.at_key and problem.loc):
        beside = tuple(str(loc[-1]) for loc in missing if loc[:-1] == one[:-1])
        there.add((*one[:-1], nearest(str(one[-1]), beside)))
    return [one for one in problems if one.gap is not Gap.VALUE or one.loc not in there]


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


def _problem(
    model: type[BaseModel], data: dict[str, Any], ids: Ids, detail: ErrorDetails
) -> Problem:
    loc = _clean(data, detail)
    at_key = detail["type"] == "extra_forbidden" or detail["loc"][-1:] == ("[key]",)
    gap = Gap.VALUE if detail["type"] == "missing" else detail.get("ctx", {}).get("gap")
    message = problem_message(Asked(model, data, ids), loc, detail)
    return Problem(loc, message, at_key=at_key, gap=gap)
