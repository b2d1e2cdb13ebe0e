"""Drawings of one line: bars of a whole and of its parts, shades, intervals, margins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from textual.content import Content

from partnerselect.tui.charts.words import MUTED, NARROW, Lines, Row, cells, fitted, plain, right
from partnerselect.words import share, short_share

FULL, HALF, REST, BLOCK = "━", "╸", "─", "█"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HUES = 8
"""How many colours for parts a theme defines; a further part starts again, told apart by its
letter."""
WHOLE = 100.0
"""Values run from 0 to 100."""


def bar(part: float, width: int, style: str = "$bar") -> Content:
    """Return a heavy line over a light one, to half a cell, for a share between 0 and 1.

    What is not nothing shows at least a half.
    """
    halves = round(min(max(part, 0.0), 1.0) * width * 2)
    full, half = divmod(max(halves, 1) if part > 0 else 0, 2)
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


def part_bar(points: float, of: float, most: float, width: int, hue: str) -> Content:
    """Return points as a heavy line on a light one as long as the points to be had.

    Every point as long on every criterion.
    """
    whole = max(round(of / most * width), 1) if of > 0 else 0
    filled = min(max(round(points / most * width), 1), whole) if points > 0 else 0
    return Content.assemble(
        (FULL * filled, hue), (REST * (whole - filled), "$track"), " " * (width - whole)
    )


def legend_lines(legend: Sequence[tuple[str, float]], width: int) -> Lines:
    """Return the criteria with their letters, hues and weights, on as many lines as they need."""
    lines: list[Content] = []
    for n, (title, weight) in enumerate(legend):
        entry = Content.assemble(
            (f" {letter_of(n)} ", f"bold auto on {hue_of(n)}"),
            f" {plain(title)} ",
            (share(weight), MUTED),
        )
        entry = entry.truncate(width, ellipsis=True) if entry.cell_length > width else entry
        if lines and lines[-1].cell_length + 3 + entry.cell_length <= width:
            lines[-1] = cells(lines[-1], entry, gap=3)
        else:
            lines.append(entry)
    return tuple(lines)


# ── A heat map: a shade, told by a glyph and a tint, with its figure beside it ──

SHADES = "·░▒▓█"
"""Nothing, and the four quarters."""
CELL = 7
"""Cells of a shaded figure: a gap, the shade, then up to `99%`."""
NEVER = "·"
STRONGEST, FAINTEST = 32, 8
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
    # more often than not
    return _tinted(part, short_share(part).rjust(CELL - 2), is_strong=part >= 0.5)  # noqa: PLR2004


def ranked(rank: int, of: int) -> Content:
    """Return a rank as a cell of the heat map, the first the darkest."""
    part = 1.0 if rank == 1 else ((of - rank) / of) ** 2
    return _tinted(part, f"{rank} ".rjust(CELL - 2), is_strong=rank == 1)


def _tinted(part: float, figure: str, *, is_strong: bool) -> Content:
    tint = f"on $bar {max(round(part * STRONGEST), FAINTEST)}%"
    return Content.assemble(
        " ", (shade(part), f"$bar {tint}"), (figure, f"bold {tint}" if is_strong else tint)
    )


# ── How far a weight can move before another partner leads ──

TODAY, TURN = "●", "┃"


def cell_at(part: float, width: int) -> int:
    """Return the cell in which a share between 0 and 1 falls: the first at 0, the last at 1."""
    return round(min(max(part, 0.0), 1.0) * (width - 1))


def interval(
    low: float, today: float, high: float, width: int, *, turns: tuple[bool, bool]
) -> Content:
    """Return a line over [0, 1]: thick where the leader stays, ┃ at a turn, ● at the weight."""
    start, now, end = (cell_at(part, width) for part in (low, today, high))
    line = [(REST, "$track")] * width
    line[start : end + 1] = [(FULL, "$bar")] * (end + 1 - start)
    for cell, turned in ((start, turns[0]), (end, turns[1])):
        if turned:
            line[cell] = (TURN, "bold $tight")
    line[now] = (TODAY, "bold $foreground")
    return Content.assemble(*line)


def scale(width: int) -> Content:
    """Return the figures over such a line: 0%, 50%, 100%, each where it belongs."""
    if width < len("0%  50%  100%"):
        return (
            fitted("0%", width - len("100%")).stylize(MUTED) + Content("100%").stylize(MUTED)
            if width > len("0%  100%")
            else fitted("", width)
        )
    middle = cell_at(0.5, width) - 1
    half = fitted("50%", width - middle - len("100%"))
    return (fitted("0%", middle) + half + Content("100%")).stylize(MUTED)


# ── A tornado: how far the margin of the leader moves with one weight or score at a time ──

AHEAD, BEHIND, NOW, LEVEL = "█", "▒", "│", "┊"
SETTING, NARROW_SETTING = 12, 9
"""Cells of what stands at an end of a bar, and where there is little room."""
FIGURE = 5


def tornado_ends(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the least and the greatest margin that the bars have to hold.

    0, where the lead is gone, always among them.
    """
    margins = [row[side]["margin"] for row in rows for side in ("low", "high")] + [
        row["today"] for row in rows
    ]
    return min(0.0, *margins), max(0.0, *margins)


def tornado_bar(row: Row, ends: tuple[float, float], width: int) -> Content:
    """Return one bar: ▒ where the leader is behind, │ its margin, ┊ no lead."""
    low, high = ends
    spread = (high - low) or 1.0

    def cell(margin: float) -> int:
        return cell_at((margin - low) / spread, width)

    margins = sorted(row[side]["margin"] for side in ("low", "high"))
    start, end = (cell(margin) for margin in margins)
    level, now = cell(0.0), cell(row["today"])
    line = [(" ", "")] * width
    line[level] = (LEVEL, "$tight")
    for at in range(start, end + 1):
        line[at] = (BEHIND, "$tight") if at < level else (AHEAD, "$bar")
    line[now] = (NOW, "bold auto on $bar" if start <= now <= end else "bold")
    return Content.assemble(*line)


def tornado_line(row: Row, ends: tuple[float, float], width: int, title: int) -> Content:
    """Return what moves, its worse end and margin, the bar, and its better end."""
    worse, better = sorted((row["low"], row["high"]), key=lambda end: end["margin"])
    setting = SETTING if width >= NARROW else NARROW_SETTING
    room = width - title - 2 * setting - 2 * FIGURE - 5
    style = "bold $tight" if row["turned_by"] else ""
    return cells(
        fitted(row["title"], title, style),
        right(worse["at"], setting),
        right(f"{worse['margin']:+.1f}".replace("-", "−"), FIGURE, style),
        tornado_bar(row, ends, max(room, 6)),
        right(f"{better['margin']:+.1f}".replace("-", "−"), FIGURE),
        right(better["at"], setting),
        gap=1,
    )
