"""Paths as people type them (`limits.budget`) and the keys they stand for."""

from __future__ import annotations

from typing import Any

from partnerselect.errors import InputError, Loc, Problem
from partnerselect.model.hints import did_you_mean

OPTIONAL_MAPPINGS = frozenset(
    {
        "limits",
        "analysis",
        "rules",
        "committed",
        "stakeholders",
        "gates",
        "phases",
        "paper",
        "sweep",
    }
)
WRITABLE = (
    frozenset(
        {
            "format",
            "title",
            "about",
            "as-at",
            "illustrative",
            "currency",
            "criteria",
            "partners",
            "programmes",
            "aim",
            "design",
        }
    )
    | OPTIONAL_MAPPINGS
)


def locate(data: dict[str, Any], path: str) -> Loc:
    """Return the keys of a dotted path.

    At each step the longest matching key counts; the inner word `criteria` is skipped. A key that
    is not written yet is taken as typed; whether it is allowed is for validation to say.

    Raises:
        InputError: the first key, or an id in a mapping of ids, does not exist.
    """
    words = path.split(".")
    if words[0] not in WRITABLE:
        raise InputError(
            [
                Problem(
                    (path,), f"unknown path{did_you_mean(words[0], sorted(WRITABLE))}", at_key=True
                )
            ]
        )
    loc: tuple[str, ...] = ()
    node: Any = data
    while words:
        key, node, words = _step(node, loc, words, path)
        loc += key
    return loc


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
    if (
        len(loc) == 1
        and loc[0] in {"partners", "programmes", "gates", "phases", "stakeholders", "rules"}
        and len(words) > 1
    ):
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


def value_at(data: Any, loc: Loc) -> Any:
    """Return what stands at these keys, None where nothing does."""
    for key in loc:
        if isinstance(data, list):
            data = data[key] if isinstance(key, int) and key < len(data) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def replaced(data: Any, loc: Loc, value: Any) -> Any:
    """Return a copy of nested mappings with one value replaced; None removes the key."""
    if not loc:
        return value
    copy = dict(data) if isinstance(data, dict) else {}
    key = str(loc[0])
    if len(loc) == 1 and value is None:
        copy.pop(key, None)
    else:
        copy[key] = replaced(copy.get(key), loc[1:], value)
    return copy
