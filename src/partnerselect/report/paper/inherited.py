"""What of a variant's paper was written for scenarios that it extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle

from partnerselect.model import Scenario

OF_ONE_PAPER = frozenset(("author", "director", "date", "item", "considered-before"))
"""Keys of the cover that hold of the paper they were written for, and perhaps of no other."""
COVER = "cover."
OWN_NAME = ("risks", "measures")
"""Sections that are called by their names; all others are called texts."""
MARKS = "†‡§¶"


@dataclass(frozen=True)
class Inherited:
    """What was written for one scenario."""

    title: str
    mark: str
    """What marks its keys on the cover."""
    cover: frozenset[str]
    sections: tuple[str, ...]
    """What is called so, "some" of it where the variant states others of its own."""


def inherited(scenario: Scenario) -> Iterator[Inherited]:
    """Return what others wrote, the scenario extended first before those that it extends."""
    own = _called(scenario.paper_of.get("", frozenset()))
    marks = cycle(MARKS)
    for title, stated in scenario.paper_of.items():
        cover = frozenset(key for key in OF_ONE_PAPER if COVER + key in stated)
        called = _called(stated)
        sections = tuple(
            f"some {words}" if words in own else words
            for words in ("texts", *OWN_NAME)
            if words in called
        )
        if title and (cover or sections):
            yield Inherited(title, next(marks) if cover else "", cover, sections)


def _called(stated: Iterable[str]) -> set[str]:
    """Return what the sections are called that somebody states."""
    sections = (one for one in stated if not one.startswith(COVER))
    return {one if one in OWN_NAME else "texts" for one in sections}
