"""Rows in the order that the reader asks for, with a mark in the heading that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.charts.words import Row

RISING, FALLING = "▲", "▼"


@dataclass(frozen=True)
class Order:
    """By what rows can be put in order."""

    heading: str
    """The words over the column."""
    by: Callable[[Row], Any] = field(compare=False)
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
    return sorted(known, key=order.by, reverse=order.falls) + [
        row for row in rows if order.by(row) is None
    ]


def marked(sheet: Sheet, order: Order | None) -> Sheet:
    """Return the sheet with the order's mark beside its heading."""
    if order is None:
        return sheet
    head = tuple(_marked(line, order) for line in sheet.head)
    over = [
        (n, m)
        for n, item in enumerate(sheet.items)
        for m, line in enumerate(item.above)
        if _at(line, order) is not None
    ]
    if head != sheet.head or not over:
        return replace(sheet, head=head)
    n, m = max(place for place in over if place[0] == over[0][0])
    above = sheet.items[n].above
    named = replace(sheet.items[n], above=(*above[:m], _marked(above[m], order), *above[m + 1 :]))
    return replace(sheet, items=(*sheet.items[:n], named, *sheet.items[n + 1 :]))


def order_at(orders: Sequence[Order], line: str, x: int) -> Order | None:
    """Return the order whose heading stands at a cell of a line."""
    unmarked = line.replace(RISING, " ").replace(FALLING, " ")
    starts = ((order, _at(Content(unmarked), order)) for order in orders)
    found = (
        order
        for order, start in starts
        if start is not None and start <= x <= start + len(order.heading)
    )
    return next(found, None)


def _at(line: Content, order: Order) -> int | None:
    """Return where the heading stands alone in a line."""
    found = re.search(rf"(?<!\S){re.escape(order.heading)}(?!\S)", line.plain)
    return found.start() if found else None


def _marked(line: Content, order: Order) -> Content:
    at = _at(line, order)
    if at is None:
        return line
    end = at + len(order.heading)
    after = line[end + 1 :] if line.plain[end : end + 1] == " " else line[end:]
    return (
        line[:at]
        + line[at:end].stylize("bold $primary")
        + Content(order.mark).stylize("bold $primary")
        + after
    )
