"""Text cut, padded and wrapped to a width in cells; whatever is data is shown literally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any

from textual.content import Content

from partnerselect.words import one_line

Lines = tuple[Content, ...]
Row = dict[str, Any]
"""A plain row of `rows`, by key."""
MUTED = "$muted"
NARROW, WIDE, VERY_WIDE = 64, 100, 140
"""Widths from which on there is room for conditions, for longer bars and names, and for words in
full."""
ELLIPSIS = "…"
LEAST_NAME = 6
"""Cells below which a name beside others says nothing."""
LEAST_KEPT = 0.6
"""Of the width, that a text cut at a word must fill."""
LOOSE_ENDS = " ,;:&+-–(“\"'’"
"""What no cut text ends with: half of a possessive, an opening, a mark that joins."""
KEPT, FEW = 4096, 64
"""Cells of text, and lists of names, that are kept once laid out: from one key press to the next
most stay as they are."""


def plain(text: str) -> str:
    """Return text on one line that a terminal prints as it stands: nothing in it steers."""
    return one_line(text)


@lru_cache(maxsize=KEPT)
def width_of(text: str) -> int:
    """Return how many cells a text takes on one line."""
    return Content(plain(text)).cell_length


@lru_cache(maxsize=KEPT)
def fitted(text: str, width: int, style: str = "") -> Content:
    """Return one line of exactly `width` cells: padded, or cut, at a word where it can be."""
    line = Content(plain(text))
    if width <= 0:
        return Content("")
    if line.cell_length > width:
        cut = line.truncate(max(width - 1, 0)).plain
        at_a_word = cut if line.plain[len(cut) : len(cut) + 1] == " " else cut.rpartition(" ")[0]
        is_enough = Content(at_a_word).cell_length >= width * LEAST_KEPT
        line = Content((at_a_word if is_enough else cut).rstrip(LOOSE_ENDS) + ELLIPSIS)
    return line.truncate(width, pad=True).stylize(style)


def called(row: Mapping[str, Any], width: int) -> str:
    """Return the `title` of a row where it fits, else its short `name` where it has one."""
    title = str(row["title"])
    return title if width_of(title) <= width else str(row.get("name", title))


def cut_within(text: str, width: int) -> str:
    """Return a text cut in its middle, so that it is told from others that begin alike.

    Of its end as much as goes into three fifths of the cells, the last character at least.
    """
    line = plain(text)
    if width_of(line) <= width:
        return line
    start, room = len(line) - 1, (width - 1) * 3 // 5
    while width_of(line[start - 1 :]) <= room:
        start -= 1
    end = line[start:]
    head = Content(line).truncate(max(width - 1 - width_of(end), 0)).plain
    return f"{head.rstrip(LOOSE_ENDS)}{ELLIPSIS}{end.lstrip()}"


@lru_cache(maxsize=KEPT)
def right(text: str, width: int, style: str = "") -> Content:
    """Return one line of `width` cells, set to the right."""
    line = fitted(text, width).rstrip()
    return line.pad_left(max(width - line.cell_length, 0)).stylize(style)


def wrapped(
    text: str, width: int, style: str = "", *, indent: int = 0, most: int = 0
) -> list[Content]:
    """Return the text on as many lines as it needs, each indented.

    `most` lines at the most, the last then ending in an ellipsis.
    """
    return list(_wrapped(text, width, style, indent, most)) if text.strip() else []


@lru_cache(maxsize=KEPT)
def _wrapped(text: str, width: int, style: str, indent: int, most: int) -> Lines:
    room = max(width - indent, 8)
    lines = [line.rstrip() for line in Content(plain(text)).wrap(room)]
    if most and len(lines) > most:
        lines[most - 1 :] = [fitted(" ".join(line.plain for line in lines[most - 1 :]), room)]
    return tuple(line.stylize(style).pad_left(indent) for line in lines)


def hanging(mark: str, text: str, width: int, style: str = "", *, glyph: str = MUTED) -> Lines:
    """Return text behind a mark in a style of its own; further lines are set in below the first."""
    indent = Content(mark).cell_length + 1
    first, *others = wrapped(text, width - indent, style) or [Content("")]
    return (
        Content.assemble((mark, glyph), " ") + first,
        *(line.pad_left(indent) for line in others),
    )


def together(names: Sequence[str], width: int) -> Content:
    """Return all names on one line, the long ones cut to what the short ones leave."""
    room = width - 3 * (len(names) - 1)
    if not names or room < LEAST_NAME * len(names):
        return fitted(" + ".join(names), width)
    shown = dict.fromkeys(names, "")
    for left, name in zip(range(len(names), 0, -1), sorted(names, key=width_of), strict=True):
        shown[name] = fitted(name, room // left).rstrip().plain
        room -= width_of(shown[name])
    return fitted(" + ".join(shown[name] for name in names), width)


def told_apart(names: Sequence[str], room: int) -> list[str]:
    """Return long names without the words that they begin with in common."""
    return list(_told_apart(tuple(names), room))


@lru_cache(maxsize=FEW)
def _told_apart(names: tuple[str, ...], room: int) -> tuple[str, ...]:
    return tuple(
        name if width_of(name) <= room else _own(name, [other for other in names if other != name])
        for name in names
    )


def apart(names: Mapping[str, str], width: int) -> dict[str, str]:
    """Return names, those that would be cut to the same as another by their own words."""
    cut = {key: fitted(text, width).plain for key, text in names.items()}
    count = Counter(cut.values())
    alike = {key: names[key] for key in names if count[cut[key]] > 1}
    return {**names, **dict(zip(alike, told_apart(list(alike.values()), width), strict=True))}


def _own(name: str, others: Sequence[str]) -> str:
    words = name.split()
    common = max(
        (
            sum(
                1
                for _ in takewhile(
                    lambda pair: pair[0] == pair[1], zip(words, other.split(), strict=False)
                )
            )
            for other in others
        ),
        default=0,
    )
    return f"{ELLIPSIS} {' '.join(words[common:])}" if 1 < common < len(words) else name


def cells(*parts: Content, gap: int = 2) -> Content:
    """Set parts beside one another."""
    return Content(" " * gap).join(parts)
