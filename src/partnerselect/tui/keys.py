"""Every key by the name of what it does; a key has one meaning, whatever is in front.

The footer, the help, the commands and the reader's own keys all rest on the bindings made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from textual.binding import ActiveBinding, Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key, key_to_character
from textual.screen import Screen

from partnerselect import files
from partnerselect.errors import InputError, Problem

KEYS = {
    "open": "enter",
    "change": "space",
    "choose": "a",
    "keep": "P",
    "try": "i",
    "decide": "d",
    "pick": "p",
    "put-first": "f",
    "leave-out": "t",
    "note": "N",
    "undo": "u,ctrl+z",
    "redo": "U,ctrl+y",
    "reset": "r",
    "reset-all": "R",
    "save": "w,ctrl+s",
    "left": "left",
    "right": "right",
    "far-left": "minus,shift+left",
    "far-right": "plus,shift+right",
    "next-programme": "right_square_bracket",
    "previous-programme": "left_square_bracket",
    "next-part": "tab",
    "previous-part": "shift+tab",
    "filter": "slash",
    "sort": "o",
    "go-to": "g",
    "jump": "v",
    "export": "x",
    "copy": "c",
    "stop": "full_stop",
    "back": "escape",
    "up": "up,k",
    "down": "down,j",
    "page-up": "pageup",
    "page-down": "pagedown",
    "first": "home",
    "last": "end",
    "answer-up": "ctrl+up",
    "answer-down": "ctrl+down,ctrl+d",
    "problems": "e",
    "open-file": "ctrl+o",
    **{f"view-{digit}": digit for digit in "1234567890"},
    "commands": "ctrl+p",
    "help": "question_mark",
    "switch": "s",
    "quit": "q,ctrl+c",
}
"""By name, as Textual spells them; those that the footer gives up last stand first and last."""
MODIFIERS = ("ctrl+", "shift+", "alt+")
NAMED = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())


def key(name: str, action: str, told: str, more: str = "") -> Binding:
    """Return what binds the keys of a name to an action.

    Args:
        name: one of `KEYS`.
        action: what it does.
        told: a word or two for the footer and the help.
        more: a sentence for the commands, and for whoever rests the mouse on it.
    """
    return Binding(KEYS[name], action, told, tooltip=more, id=name)


def unlisted_key(name: str, action: str, told: str, more: str = "") -> Binding:
    """Return the same, for which the footer has no room."""
    return replace(key(name, action, told, more), show=False)


def shown(own: Mapping[str, str]) -> dict[str, str]:
    """Return the first key of every name as it is shown, for sentences that name a key.

    Args:
        own: the reader's own keys.
    """
    return {name: format_key(re.split(r",\s*", keys)[0]) for name, keys in {**KEYS, **own}.items()}


def bound(screen: Screen[Any]) -> Iterator[tuple[str, ActiveBinding]]:
    """Yield the keys, as they are shown, of what can be done on a screen, as `KEYS` has them."""
    by_action: dict[str, list[ActiveBinding]] = {}
    for one in screen.active_bindings.values():
        if one.binding.id in KEYS and one.enabled:
            by_action.setdefault(one.binding.action, []).append(one)
    order = list(KEYS)
    for many in sorted(by_action.values(), key=lambda many: order.index(str(many[0].binding.id))):
        shown = dict.fromkeys(screen.app.get_key_display(one.binding) for one in many)
        yield " ".join(shown), many[0]


@dataclass(frozen=True)
class OwnKeys:
    """The reader's own keys by name; none where anything is wrong with their file."""

    keys: Mapping[str, str]
    problems: tuple[str, ...] = ()
    """What is wrong: file, line, name, and what to write instead."""


def own_keys(path: Path) -> OwnKeys:
    """Read a file of `name: key, key …`; without a file there are no own keys."""
    if not path.is_file():
        return OwnKeys({})
    try:
        document = files.parse(files.decode(path, files.read_bytes(path)))
    except InputError as error:
        return OwnKeys({}, tuple(map(_in_one_line, error.problems)))
    except (OSError, ValueError) as error:
        return OwnKeys({}, (f"{path}: {files.why_unreadable(error)}",))
    given = {name: str(value) for name, value in document.data.items()}
    wrong = [(name, told) for name in given for told in [_misspelt(name, given[name])] if told]
    problems = [
        *document.problems,
        *(
            Problem((name,), told, place=document.place((name,), at_key=True))
            for name, told in wrong or _clashes(given)
        ),
    ]
    return OwnKeys({} if problems else given, tuple(map(_in_one_line, problems)))


def _in_one_line(problem: Problem) -> str:
    return str(problem).splitlines()[0]


def _misspelt(name: str, value: str) -> str:
    """Return what is wrong with a line; empty where nothing is."""
    if name not in KEYS:
        near = get_close_matches(name, KEYS, n=1)
        return f"no such name{f'; did you mean {near[0]}?' if near else ''}"
    wrong = next((one for one in map(str.strip, value.split(",")) if not _is_key(one)), None)
    told = "is no key; write a character, or a name such as ctrl+d, space or f5"
    return "" if wrong is None else f'"{wrong}" {told}'


def _is_key(spelt: str) -> bool:
    for modifier in MODIFIERS:
        spelt = spelt.removeprefix(modifier)
    return spelt in NAMED or len(spelt) == 1 or bool(key_to_character(spelt))


def _clashes(own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names of which a key has another meaning already."""
    taken: dict[str, str] = {}
    for name, value in (KEYS | dict(own)).items():
        for one in Binding.make_bindings([Binding(value, "")]):
            other = taken.setdefault(one.key, name)
            if other != name:
                mine, theirs = (name, other) if name in own else (other, name)
                yield mine, f"{one.key} is {theirs} already; give {theirs} another key as well"
