"""Cells as they are read: what kind of thing a column holds, and how one is worded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from partnerselect.words.wording import amount, figure, points, share

Kind = Literal[
    "text", "number", "whole", "quantity", "exact", "share", "money", "points", "flag", "date"
]
"""A `number` has one decimal, a `quantity` one where it needs it, an `exact` number all it has."""
FIGURES: frozenset[Kind] = frozenset(
    {"number", "whole", "quantity", "exact", "share", "money", "points"}
)
"""Kinds that are set to the right."""
Plain = str | float | int | bool | dt.date | None
"""What a cell holds: the thing itself, never a figure that is words already."""


def reading(value: Plain, kind: Kind, unit: str = "") -> str:
    """Word one cell; `unit` is the currency of money."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, str):
        return value
    return _figure(value, kind, unit)


def _figure(value: float, kind: Kind, unit: str) -> str:
    if kind == "money":
        return amount(value, unit)
    return WORDED[kind](value)


def _number(value: float) -> str:
    """Return a number with one decimal, a count without; never −0.0."""
    return _signed(f"{value:,}" if isinstance(value, int) else f"{round(value, 1) + 0.0:,.1f}")


def _signed(number: str) -> str:
    return number.replace("-", "−")


WORDED: dict[Kind, Callable[[float], str]] = {
    "text": _number,
    "number": _number,
    "whole": lambda value: _signed(f"{round(value) + 0:,}"),
    "quantity": lambda value: _number(float(value)).removesuffix(".0"),
    "exact": figure,
    "share": share,
    "points": points,
    "flag": _number,
    "date": _number,
}
"""How a figure of each kind is worded; money needs its currency besides."""


def day(date: dt.date) -> str:
    """Return a date as 28 July 2021."""
    return f"{date.day} {date:%B %Y}"
