"""The score in a cell, as an analyst would write it: a number, a level, a range, `unknown`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from partnerselect.files.readings import (
    Convention,
    as_number,
    is_unknown,
    range_parts,
    said,
    shown_percentage,
)
from partnerselect.files.sheets import Cell
from partnerselect.model import UNKNOWN, normal, value_at

WHOLE = 100
"""The end of a scale on which a percentage counts as the figure before its sign."""


def mark(cell: Cell, scale: object, convention: Convention) -> object:
    """Return the score in a cell: a number, a level, `unknown`, or a range of either.

    Raise ValueError where it cannot be one.
    """
    if isinstance(cell.value, bool):
        raise ValueError(f"expected a number or text (found {said(cell)})")
    if isinstance(cell.value, date):
        raise ValueError(
            f"expected a score (found the date {cell.value}); format the cell as a number or, for"
            " a range, as text"
        )
    if not isinstance(cell.value, str):
        return _single(cell, scale, convention)
    if is_unknown(cell.value):
        return UNKNOWN
    if _level(cell.value, scale) is None and (parts := range_parts(cell.value)):
        return {
            key: _single(replace(cell, value=part), scale, convention)
            for key, part in parts.items()
        }
    return _single(cell, scale, convention)


def _single(cell: Cell, scale: object, convention: Convention) -> object:
    if isinstance(cell.value, str) and (level := _level(cell.value, scale)) is not None:
        return level
    if (shown := shown_percentage(cell, convention)) is not None:
        return _of_percentage(shown, scale)
    found = convention.number(cell.value) if isinstance(cell.value, str) else cell.value
    if convention.mixes_percentages and isinstance(found, int | float) and 0 < abs(found) <= 1:
        _refuse_share(found, scale)
    return found


def _refuse_share(found: float, scale: object) -> None:
    """Raise ValueError where a number up to 1 stands among percentages of a scale up to 100."""
    if _is_in_hundreds(scale):
        raise ValueError(
            f"{found:g} may be {found:g} or {found * 100:g}%, for other scores of this criterion"
            " are percentages; write all of them alike"
        )


def _level(text: str, scale: object) -> str | None:
    levels = value_at(scale, ("levels",))
    known = levels if isinstance(levels, dict) else {}
    return next((name for name in known if normal(name) == normal(text)), None)


def _of_percentage(shown: Fraction, scale: object) -> int | float:
    """Return a percentage as its scale counts it: 84% is 84 of 100 or in percent, 0.84 of 1."""
    ends = _ends(scale)
    if ends == (0, 1) and _is_in_percent(scale):
        raise ValueError(
            f"the cell shows {float(shown):g}%, but the scale of this criterion runs from 0 to 1%;"
            " let it run from 0 to 100, or leave out its unit"
        )
    if ends == (0, 1):
        return as_number(shown / 100)
    if _is_in_hundreds(scale):
        return as_number(shown)
    found = f"runs from {ends[0]:g} to {ends[1]:g}" if ends else "is not one from 0 to 100"
    raise ValueError(
        f"the cell shows {float(shown):g}%, but the scale of this criterion {found}; write a number"
        f"{f' from {ends[0]:g} to {ends[1]:g}' if ends else ''}, without the percent sign"
    )


def _is_in_hundreds(scale: object) -> bool:
    """Tell whether a scale is in percent or ends at a hundred."""
    ends = _ends(scale)
    return _is_in_percent(scale) or (ends is not None and max(map(abs, ends)) == WHOLE)


def _is_in_percent(scale: object) -> bool:
    return str(value_at(scale, ("unit",)) or "").strip() == "%"


def _ends(scale: object) -> tuple[float, float] | None:
    """Return the ends of a scale as it is written, the lesser first."""
    match scale:
        case {"worst": int() | float() as one, "best": int() | float() as other}:
            return min(one, other), max(one, other)
        case {"points": [*points]}:
            scores = [point[0] for point in points if isinstance(point, list) and point]
            numbers = [score for score in scores if isinstance(score, int | float)]
            return (min(numbers), max(numbers)) if numbers else None
        case _:
            return None
