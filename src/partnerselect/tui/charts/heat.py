"""Cells of a heat map: a shade, told by a glyph and a tint, with its figure beside it."""

from __future__ import annotations

from textual.content import Content

from partnerselect.tui.charts.words import MUTED, right
from partnerselect.words import share

SHADES = "·░▒▓█"
"""Nothing, and the four quarters."""
CELL = 7
"""Cells of a shaded figure: a gap, the shade, then up to `99%`."""
NEVER = "·"
STRONGEST, FAINTEST = 70, 8
"""Of the tint, in per cent."""


def shade(part: float) -> str:
    """Return the glyph for a share: a dot for nothing, then darker quarter by quarter."""
    return (
        SHADES[0] if part <= 0 else SHADES[min(1 + int(part * (len(SHADES) - 1)), len(SHADES) - 1)]
    )


def heat(part: float) -> Content:
    """Return a share as a cell of the heat map, `CELL` wide."""
    if part <= 0:
        return right(NEVER, CELL).stylize(MUTED)
    figure = share(part).replace("under 1%", "<1%").replace("over 99%", ">99%")
    # more often than not
    return _tinted(part, figure.rjust(CELL - 2), is_strong=part >= 0.5)  # noqa: PLR2004


def ranked(rank: int, of: int) -> Content:
    """Return a rank as a cell of the heat map, the first the darkest."""
    part = 1.0 if rank == 1 else ((of - rank) / of) ** 2
    return _tinted(part, f"{rank} ".rjust(CELL - 2), is_strong=rank == 1)


def _tinted(part: float, figure: str, *, is_strong: bool) -> Content:
    tint = f"on $bar {max(round(part * STRONGEST), FAINTEST)}%"
    return Content.assemble(
        " ", (shade(part), f"$bar {tint}"), (figure, f"bold {tint}" if is_strong else tint)
    )
