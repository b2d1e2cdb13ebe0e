"""Every limit as a gauge, those that bind first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.bars import bar
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, width_of
from partnerselect.words import share

TIGHT_MARK = "▲"
COLUMN = 56
"""The narrowest gauge with its words."""
GAP = 3
BAR = 6
ROOM_FOR_SHARE = 70
"""From this width on the share is told in figures too."""


def limits_sheet(rows: Sequence[dict[str, Any]], width: int) -> Sheet:
    """Lay the gauges out in as many columns as the width holds, read from left to right."""
    columns = max(1, (width + GAP) // (COLUMN + GAP))
    room = (width - GAP * (columns - 1)) // columns
    amounts = max((width_of(row["amount"]) for row in rows), default=0)
    gauges = [_gauge(row, room, amounts) for row in rows]
    lines = [
        cells(*gauges[start : start + columns], gap=GAP) for start in range(0, len(gauges), columns)
    ]
    return Sheet(
        items=tuple(Item(str(n), (line,)) for n, line in enumerate(lines)), head=(_heading(rows),)
    )


def _heading(rows: Sequence[dict[str, Any]]) -> Content:
    tight = sum(row["tight"] for row in rows)
    told = (
        f"{tight} of {len(rows)} limits are at or near capacity"
        if tight
        else f"none of {len(rows)} limits are at or near capacity"
    )
    return Content.assemble(
        ("Limits  ", "bold"), (f"{TIGHT_MARK} {told}", "bold $tight") if tight else (told, MUTED)
    )


def _gauge(row: dict[str, Any], width: int, amounts: int) -> Content:
    phase = f", {row['phase']}" if row["phase"] else ""
    style = "bold $tight" if row["tight"] else ""
    percentage = share(row["share"]).rjust(9) if width >= ROOM_FOR_SHARE else ""
    length = BAR * 2 if percentage else BAR
    label = width - length - amounts - len(percentage) - 4 - (percentage != "")
    name = fitted(row["title"], max(label - width_of(phase), 4)).rstrip().plain + phase
    return cells(
        Content.assemble((TIGHT_MARK if row["tight"] else " ", style), " ")
        + fitted(name, label, style),
        bar(row["share"], length, "$tight" if row["tight"] else "$bar"),
        right(row["amount"], amounts, style),
        Content(percentage).stylize(style),
        gap=1,
    ).truncate(width, pad=True)
