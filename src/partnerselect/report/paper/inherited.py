"""What of a variant's paper was written for scenarios that it extends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from partnerselect.model import Scenario

OF_ONE_PAPER = frozenset(("author", "director", "date", "item", "considered-before"))
"""Keys of the cover that hold of the paper they were written for, and perhaps of no other."""
SECTIONS = {
    "texts": frozenset(
        (
            *("recommendation", "priorities", "compliance", "considered"),
            *("text", "engagement", "implications"),
        )
    ),
    "risks": frozenset({"risks"}),
    "measures": frozenset({"measures"}),
}
"""What sections of a paper are called together."""
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
    own = scenario.paper_of.get("", frozenset())
    marks = cycle(MARKS)
    for title, stated in scenario.paper_of.items():
        cover = frozenset(key for key in OF_ONE_PAPER if f"cover.{key}" in stated)
        sections = tuple(
            f"some {words}" if own & parts else words
            for words, parts in SECTIONS.items()
            if stated & parts
        )
        if title and (cover or sections):
            yield Inherited(title, next(marks) if cover else "", cover, sections)
