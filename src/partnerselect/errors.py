"""Everything partnerselect raises on purpose.

    PartnerselectError
    ├── InputError      your input: one or more problems, each with its place      (exit 2)
    │   └── NotBegunError   no register is there yet
    └── FailureError    we failed: the solver died, time ran out, the disk is full (exit 4)

The core knows only *where in the scenario* a problem is (its `Loc`); the shell knows files and
adds the `Place`. Only the command line, the screens and `batch` catch these.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

Loc = tuple[str | int, ...]
"""Keys from the root of the resolved scenario down to a value, as written in the file."""

_WRAPPERS = frozenset({"criteria"})


def dotted(loc: Loc) -> str:
    """Return the path people read and type: the keys joined by dots, inner `criteria` skipped.

    `("criteria", "criteria", "value", "weight")` is `criteria.value.weight`; the key itself, which
    a set or a branch may lack, is `criteria.criteria`.
    """
    ends = (0, len(loc) - 1)
    kept = [
        str(key)
        for depth, key in enumerate(loc)
        if depth in ends or loc[0] != "criteria" or key not in _WRAPPERS
    ]
    return ".".join(kept)


@dataclass(frozen=True)
class Place:
    """Where a value stands in what the user wrote.

    `label` is `file:line:column`, or `file!sheet:cell` for a workbook. `excerpt` holds the numbered
    source lines worth showing, the faulty one last; `caret` is the 0-based column and the width of
    the mark under it.
    """

    label: str
    excerpt: tuple[tuple[int, str], ...] = ()
    caret: tuple[int, int] | None = None


class Gap(Enum):
    """What is not there, where that is the problem: the shell says where to put it."""

    VALUE = "a value that must be given"
    SCALE = "the scale of a criterion"
    SIGHT = "nothing: it stands where a reader does not see it"


@dataclass(frozen=True)
class Problem:
    """One thing to fix (or to know): where, and in words what was found and what is expected."""

    loc: Loc
    message: str
    at_key: bool = False
    """The fault lies in the key itself (unknown, misspelt), not in its value."""
    place: Place | None = None
    gap: Gap | None = None

    @property
    def path(self) -> str:
        """The dotted path of the faulty value."""
        return dotted(self.loc)

    def __str__(self) -> str:
        """Render as `place path: message`, then the source lines with a caret where known."""
        label = self.place.label if self.place else ""
        head = " ".join(
            part
            for part in (
                label if self.loc or not label else f"{label}:",
                f"{self.path}:" if self.loc else "",
                self.message,
            )
            if part
        )
        return "\n".join([head, *_excerpt(self.place)])


def _excerpt(place: Place | None) -> list[str]:
    if place is None or not place.excerpt:
        return []
    width = max(len(str(number)) for number, _ in place.excerpt)
    lines = [f"    {number:>{width}} | {text}" for number, text in place.excerpt]
    if place.caret is not None:
        column, length = place.caret
        lines.append(f"    {'':>{width}} | {' ' * column}{'^' * max(1, length)}")
    return lines


class PartnerselectError(Exception):
    """The root of everything raised on purpose."""


class InputError(PartnerselectError):
    """What the user wrote cannot be used; `problems` says where and how to fix it, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def input_error(message: str, *loc: str | int) -> InputError:
    """Return one thing that is wrong with what the user wrote, for raising."""
    return InputError([Problem(loc, message)])


class NotBegunError(InputError):
    """There is no register yet where one was looked for."""


@contextmanager
def gathering(problems: list[Problem]) -> Iterator[None]:
    """Add what is found wrong meanwhile to other problems, so that all can be told at once."""
    try:
        yield
    except InputError as error:
        problems += error.problems


def option_error(option: str, message: str) -> InputError:
    """Return what is wrong with an option that was given, or left out, for raising."""
    return InputError([Problem((), message, place=Place(option))])


class FailureError(PartnerselectError):
    """We failed: the message says what was being done and what the reader can do about it."""


Answer = TypeVar("Answer")


def attempted(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """Ask something optional; where that breaks down, warn of it and return what stands instead."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, it never takes the answer with it
        told = f"Something could not be worked out: it went wrong on our side ({error!r})."
        warnings.warn(told, RuntimeWarning, stacklevel=2)
        return otherwise
