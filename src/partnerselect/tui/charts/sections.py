"""A page of several parts, one below the other, each under its heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, fitted, width_of, wrapped

RULE = "─"


@dataclass(frozen=True)
class Section:
    """One part of a page."""

    key: str
    title: str
    items: tuple[Item, ...]
    above: Lines = ()
    """What stands between its heading and its items: column heads, a sentence."""


def page(sections: Sequence[Section], width: int, *, head: Lines = ()) -> Sheet:
    """Lay the sections out below one another; those without items are left out."""
    items: list[Item] = []
    for section in (section for section in sections if section.items):
        first, *rest = section.items
        heading = (*((Content(""),) if items else ()), headed(section.title, width), *section.above)
        items += [
            Item(f"{section.key}:{first.key}", first.lines, (*heading, *first.above)),
            *(Item(f"{section.key}:{i.key}", i.lines, i.above) for i in rest),
        ]
    return Sheet(tuple(items), head=head)


def headed(title: str, width: int) -> Content:
    """Return a heading with a rule to the edge."""
    name = fitted(title, min(width_of(title), width)).stylize("bold $primary")
    return (
        name + Content(f" {RULE * max(width - name.cell_length - 1, 0)}").stylize("$track")
    ).truncate(width)


def section_of(key: str) -> str:
    """Return the section that an item of a page belongs to."""
    return key.partition(":")[0]


def item_of(key: str) -> str:
    """Return what an item was called in its section."""
    return key.partition(":")[2]


def sentences(told: Iterable[str], width: int, *, mark: str = "·") -> tuple[Item, ...]:
    """Return one item for every sentence, wrapped, with a mark before it."""
    return tuple(Item(str(n), _sentence(words, width, mark)) for n, words in enumerate(told))


def _sentence(words: str, width: int, mark: str) -> Lines:
    lines = wrapped(words, width, indent=2)
    return (
        (Content.assemble((f"{mark} ", MUTED)) + lines[0][2:], *lines[1:])
        if lines
        else (Content(mark),)
    )
