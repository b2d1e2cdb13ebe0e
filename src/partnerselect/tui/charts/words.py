"""Text cut, padded and wrapped to a width in cells; whatever is data is shown literally."""

from __future__ import annotations

from datetime import date

from textual.content import Content

MUTED = "$muted"
ELLIPSIS = "…"


def plain(text: str) -> str:
    """Return text on one line that a terminal prints as it stands: nothing in a name may steer it, colour it or turn it around."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in " ".join(text.split()))


def fitted(text: str, width: int, style: str = "") -> Content:
    """Return one line of exactly `width` cells: padded, or cut with an ellipsis."""
    line = Content(plain(text))
    if width <= 0:
        return Content("")
    if line.cell_length > width:
        line = Content(line.truncate(max(width - 1, 0)).plain.rstrip(" ,;:") + ELLIPSIS)
    return line.truncate(width, pad=True).stylize(style)


def right(text: str, width: int, style: str = "") -> Content:
    """Return one line of `width` cells, set to the right."""
    line = fitted(text, width).rstrip()
    return line.pad_left(max(width - line.cell_length, 0)).stylize(style)


def wrapped(text: str, width: int, style: str = "", *, indent: int = 0, most: int = 0) -> list[Content]:
    """Return the text on as many lines as it needs, each indented; `most` lines at the most, the last then ending in an ellipsis."""
    if not text.strip():
        return []
    room = max(width - indent, 8)
    lines = [line.rstrip() for line in Content(plain(text)).wrap(room)]
    if most and len(lines) > most:
        lines[most - 1 :] = [fitted(" ".join(line.plain for line in lines[most - 1 :]), room)]
    return [line.stylize(style).pad_left(indent) for line in lines]


def cells(*parts: Content, gap: int = 2) -> Content:
    """Set parts beside one another."""
    return Content(" " * gap).join(parts)


def day(iso: str) -> str:
    """Return a date as people write it: 28 July 2021."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B %Y}"
