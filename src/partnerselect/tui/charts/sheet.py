"""A sheet: head and foot that stay in sight, and items to scroll and choose, in parts or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from textual.content import Content

from partnerselect.tui.charts.words import Lines, hanging, wrapped

RULE = "─"


@dataclass(frozen=True)
class Item:
    """One thing to choose, on one line or several."""

    key: str
    lines: Lines
    above: Lines = ()
    """A heading over it, which is not chosen with it."""
    is_heading: bool = False
    """Whether it is itself the heading of what is folded."""
    part: str = ""
    """The title of the part of a page in which it stands, by which it is found too."""


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

    The title of its part counts as an item's own words. The head says that it is so, and the foot
    stays. A heading stays over the first of its items that is left.
    """
    wanted = words.casefold().split()
    if not wanted:
        return sheet
    kept: list[Item] = []
    above: Lines = ()
    for item in sheet.items:
        above = item.above or above
        text = " ".join([item.part, *(line.plain for line in item.lines)]).casefold()
        if all(word in text for word in wanted):
            kept.append(replace(item, above=above))
            above = ()
    told = f"/ {words}: {len(kept)} of {len(sheet.items)} shown"
    return replace(
        sheet, items=tuple(kept), head=(Content(told).stylize("bold $tight"), *sheet.head)
    )


# ── A page of several parts, one below the other, each under its heading ──


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
        air = (Content(""),) if items else ()
        heading = (*air, *headed(section.title, width), *section.above)
        items += [
            _in_part(section, first, (*heading, *first.above)),
            *(_in_part(section, item, item.above) for item in rest),
        ]
    return Sheet(tuple(items), head=head)


def _in_part(section: Section, item: Item, above: Lines) -> Item:
    return Item(f"{section.key}:{item.key}", item.lines, above, part=section.title)


def headed(title: str, width: int) -> Lines:
    """Return a heading with a rule to the edge."""
    *lines, last = wrapped(title, width, "bold $primary")
    rule = Content(f" {RULE * max(width - last.cell_length - 1, 0)}").stylize("$track")
    return (*lines, (last + rule).truncate(width))


def section_of(key: str) -> str:
    """Return the section that an item of a page belongs to."""
    return key.partition(":")[0]


def item_of(key: str) -> str:
    """Return what an item was called in its section."""
    return key.partition(":")[2]


def sentences(told: Iterable[str], width: int, *, mark: str = "·") -> tuple[Item, ...]:
    """Return one item for every sentence, wrapped, with a mark before it."""
    return tuple(Item(str(n), hanging(mark, words, width)) for n, words in enumerate(told))
