"""Bars: how much of a whole, and of which parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from textual.content import Content

FULL, HALF, REST, BLOCK = "━", "╸", "─", "█"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HUES = 8
"""How many colours for parts a theme defines; a further part starts again, told apart by its
letter."""
WHOLE = 100.0
"""Values run from 0 to 100."""


def bar(share: float, width: int, style: str = "$bar") -> Content:
    """Return a heavy line over a light one, to half a cell, for a share between 0 and 1.

    What is not nothing shows at least a half.
    """
    halves = round(min(max(share, 0.0), 1.0) * width * 2)
    full, half = divmod(max(halves, 1) if share > 0 else 0, 2)
    return Content.assemble(
        (FULL * full + HALF * half, style), (REST * (width - full - half), "$track")
    )


def stacked(parts: Sequence[float], width: int) -> Content:
    """Return contributions end to end on a bar from 0 to 100, each part beginning with its letter.

    Ends are rounded, not lengths, so that the bar as a whole is as long as the total.
    """
    ends = [round(min(end, WHOLE) / WHOLE * width) for end in accumulate(parts, initial=0.0)]
    drawn = [_part(n, end - start) for n, (start, end) in enumerate(pairwise(ends))]
    return Content("").join(drawn) + Content(REST * (width - ends[-1])).stylize("$track")


def _part(n: int, length: int) -> Content:
    if length <= 0:
        return Content("")
    hue = hue_of(n)
    return Content.assemble(
        (letter_of(n), f"bold auto on {hue}"), (BLOCK * (length - 1), f"{hue} on {hue}")
    )


def letter_of(n: int) -> str:
    """Return the letter that stands for the nth part."""
    return LETTERS[n % len(LETTERS)]


def hue_of(n: int) -> str:
    """Return the theme's colour for the nth part."""
    return f"$part-{n % HUES + 1}"
