"""Partners to choose from, those marked with their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.ranking import CHOSEN
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import cells, fitted, right

Row = dict[str, Any]


def picking_sheet(rows: Sequence[Row], picked: Sequence[str], width: int) -> Sheet:
    """Lay out ranking rows with their `title`, each with the number of its mark."""
    return Sheet(tuple(Item(row["partner"], (_partner(row, picked, width),)) for row in rows))


def _partner(row: Row, picked: Sequence[str], width: int) -> Content:
    name = row["partner"]
    mark = f"[{picked.index(name) + 1}]" if name in picked else "[ ]"
    value = (
        right(f"{row['value']:.1f}", 12) if row["eligible"] else right("not eligible", 12, "$muted")
    )
    title = fitted(row["title"], max(width - 20, 8), "bold $chosen" if row["chosen"] else "")
    return cells(
        Content(mark).stylize("bold" if name in picked else "$muted"),
        Content(CHOSEN if row["chosen"] else " "),
        title,
        value,
        gap=1,
    )
