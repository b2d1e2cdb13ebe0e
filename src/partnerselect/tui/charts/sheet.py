"""A sheet: head and foot that stay in sight, and items to scroll and choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from textual.content import Content

Lines = tuple[Content, ...]


@dataclass(frozen=True)
class Item:
    """One thing to choose, on one line or several."""

    key: str
    lines: Lines
    above: Lines = ()
    """A heading over it, which is not chosen with it."""


@dataclass(frozen=True)
class Sheet:
    """A table laid out for one width."""

    items: tuple[Item, ...]
    head: Lines = ()
    foot: Lines = ()
    column: tuple[int, int] | None = None
    """The cells, from and to, of a column that is looked at, on whatever lines reach so far: it has
    a ground of its own."""

    @cached_property
    def height(self) -> int:
        """How many lines it takes in full."""
        return (
            len(self.head)
            + len(self.foot)
            + sum(len(item.above) + len(item.lines) for item in self.items)
        )

    @property
    def text(self) -> str:
        """What a reader reads, without styles."""
        lines = [
            *self.head,
            *(line for item in self.items for line in (*item.above, *item.lines)),
            *self.foot,
        ]
        return "\n".join(line.plain.rstrip() for line in lines)


def only(sheet: Sheet, words: str) -> Sheet:
    """Return the sheet with only those items that hold all these words, in whatever case.

    The head says that it is so, and the foot stays.

    A heading stays over the first of its items that is left.
    """
    wanted = words.casefold().split()
    if not wanted:
        return sheet
    kept: list[Item] = []
    above: Lines = ()
    for item in sheet.items:
        above = item.above or above
        text = " ".join(line.plain for line in item.lines).casefold()
        if all(word in text for word in wanted):
            kept.append(replace(item, above=above))
            above = ()
    told = f"/ {words}: {len(kept)} of {len(sheet.items)} shown, escape shows all"
    return replace(
        sheet, items=tuple(kept), head=(Content(told).stylize("bold $tight"), *sheet.head)
    )
