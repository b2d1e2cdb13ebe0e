"""A tornado: how far the leader's margin moves with one weight or score at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.intervals import cell_at
from partnerselect.tui.charts.words import cells, fitted, right

Row = dict[str, Any]
AHEAD, BEHIND, TODAY, LEVEL = "█", "▒", "│", "┊"
SETTING = 12
"""Cells of what stands at an end of a bar."""
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
    line[now] = (TODAY, "bold auto on $bar" if start <= now <= end else "bold")
    return Content.assemble(*line)


def tornado_line(row: Row, ends: tuple[float, float], width: int, title: int) -> Content:
    """Return what moves, its worse end and margin, the bar, and its better end."""
    worse, better = sorted((row["low"], row["high"]), key=lambda end: end["margin"])
    room = width - title - 2 * SETTING - 2 * FIGURE - 5
    style = "bold $tight" if row["turned_by"] else ""
    return cells(
        fitted(row["title"], title, style),
        right(worse["at"], SETTING),
        right(f"{worse['margin']:+.1f}".replace("-", "−"), FIGURE, style),
        tornado_bar(row, ends, max(room, 6)),
        right(f"{better['margin']:+.1f}".replace("-", "−"), FIGURE),
        right(better["at"], SETTING),
        gap=1,
    )
