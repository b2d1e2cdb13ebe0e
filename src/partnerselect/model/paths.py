"""Paths as people type them (`limits.budget`) and the keys they stand for."""

from __future__ import annotations

from typing import Any

from partnerselect.errors import InputError, Loc, Problem
from partnerselect.model.content import KEYS, Content
from partnerselect.model.keys import keys_at
from partnerselect.model.messages import did_you_mean


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
