"""Rows in the order that the reader asks for, with a mark in the heading that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.sheet import Sheet

Row = dict[str, Any]
RISING, FALLING = "▲", "▼"


@dataclass(frozen=True)
class Order:
    """By what rows can be put in order."""

    heading: str
    """The words over the column."""
    by: Callable[[Row], Any]
    """None goes last."""
    falls: bool = False
    """Whether the greatest comes first."""

    @property
    def mark(self) -> str:
        """The sign beside the heading."""
        return FALLING if self.falls else RISING


def ordered(rows: Sequence[Row], order: Order | None) -> list[Row]:
    """Return rows in this order, equals as they were; None: all as they were."""
    if order is None:
        return list(rows)
    known = [row for row in rows if order.by(row) is not None]
    return sorted(known, key=order.by, reverse=order.falls) + [row for row in rows if order.by(row) is None]


def marked(sheet: Sheet, order: Order | None) -> Sheet:
    """Return the sheet with the order's mark beside its heading, where the head names it."""
    if order is None:
        return sheet
    return replace(sheet, head=tuple(_marked(line, order) for line in sheet.head))


def _marked(line: Content, order: Order) -> Content:
    at = line.plain.find(order.heading)
    if at < 0 or line.plain[at - 1 : at].strip():
        return line
    end = at + len(order.heading)
    after = line[end + 1 :] if line.plain[end : end + 1] == " " else line[end:]
    return line[:at] + line[at:end].stylize("bold $primary") + Content(order.mark).stylize("bold $primary") + after
