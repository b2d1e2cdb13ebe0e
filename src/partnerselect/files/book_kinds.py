"""What may stand in a cell of a scenario's workbook: how each kind is read, and how it is written.

Reading raises ValueError with a sentence for the person who can correct the cell. Writing may say
less than it was given: who writes reads back, and keeps elsewhere what a cell cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from partnerselect.files.readings import (
    Convention,
    as_number,
    flag,
    id_of,
    items,
    number,
    pairs,
    range_parts,
    said,
    shown_percentage,
)
from partnerselect.files.sheets import Cell
from partnerselect.files.syntax import Scalar
from partnerselect.model import ENDS, RESERVED_PARTNERS, Names, is_range, nearest, normal

PAIR = ("score", "value")
"""Of a point of a scale."""
LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_PERCENTAGE = re.compile(r"(\d+)(?:\.(\d+))?%")
_THREE_DIGITS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")


class Written(NamedTuple):
    """What is put into a cell, and the number format it is shown in."""

    value: str | float | bool | date | None
    number_format: str = "General"


BLANK = Written(None)


@dataclass(frozen=True)
class Context:
    """What a cell may refer to, and how the numbers of its column are written."""

    names: Mapping[str, Names] = field(default_factory=dict)
    convention: Convention = field(default_factory=Convention)

    def find(self, kind: str, text: str) -> str:
        """Return the id of what is named, or one made of the name where none are known."""
        known = self.names.get(kind)
        if known and known.titles:
            return known.find(text)
        return id_of(text)


@dataclass(frozen=True)
class Kind:
    """A kind of cell."""

    read: Callable[[Cell, Context], object]
    write: Callable[[object], Written]
    choices: tuple[str, ...] = ()
    """What a person may choose from."""
    refers_to: str = ""
    """What its text names: partners, programmes, gates, phases, criteria."""


def text_of(cell: Cell) -> str:
    """Return the text of a cell, with its line ends where it has any."""
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    if isinstance(cell.value, str):
        return cell.text if "\n" in cell.text else cell.value
    return str(cell.value).removesuffix(".0")


def fits(text: str) -> bool:
    """Tell whether a cell can hold a text."""
    return len(text) <= LONGEST and not _FORBIDDEN.search(text)


def write_text(value: object) -> Written:
    """Write text as it stands."""
    return Written(value) if isinstance(value, str) and fits(value) else BLANK


def figure(value: object) -> str:
    """Return a value as text, a number so that it can be read in one way only."""
    text = str(value)
    is_in_doubt = isinstance(value, float) and _THREE_DIGITS.fullmatch(text)
    return f"{text}0" if is_in_doubt else text


def write_scalar(value: object) -> Written:
    """Write a number, a percentage, yes or no, or a word."""
    if isinstance(value, bool):
        return Written(value)
    if isinstance(value, int):
        return Written(value) if abs(value) < 10**15 else Written(str(value))
    if isinstance(value, float):
        return Written(figure(value)) if value.is_integer() else Written(value)
    if isinstance(value, str) and (found := _PERCENTAGE.fullmatch(value)):
        digits = found[2] or ""
        shown = f"0.{'0' * len(digits)}%" if digits else "0%"
        return Written(float(Decimal(value[:-1]) / 100), shown)
    return write_text(value)


def read_scalar(cell: Cell, context: Context) -> Scalar:
    """Read what `write_scalar` writes."""
    if isinstance(cell.value, bool):
        return cell.value
    if (shown := shown_percentage(cell, context.convention)) is not None:
        exact = Decimal(shown.numerator) / Decimal(shown.denominator)
        return f"{exact.normalize():f}%"
    if isinstance(cell.value, str):
        return context.convention.number(cell.value)
    return text_of(cell) if isinstance(cell.value, date) else cell.value


def _read_points(cell: Cell, context: Context) -> object:
    """Read points of weight: 25% counts 25, as the cell shows it."""
    shown = shown_percentage(cell, context.convention)
    if shown is not None and context.convention.mixes_percentages:
        raise ValueError(
            f"shows {float(shown):g}%, but other cells of this column hold plain numbers; write"
            " all of them alike"
        )
    if shown is not None:
        return as_number(shown)
    return number(cell, context.convention)


def _write_day(value: object) -> Written:
    try:
        return Written(date.fromisoformat(str(value)), "yyyy-mm-dd")
    except ValueError:
        return write_text(value)


def _write_flag(value: object) -> Written:
    return Written("yes" if value else "no") if isinstance(value, bool) else BLANK


def _write_list(value: object) -> Written:
    if not isinstance(value, list) or not value:
        return BLANK
    return write_text(", ".join(map(str, value)))


def _read_limit(cell: Cell, context: Context) -> object:
    """Read one figure, or one for each phase: `scoping: 10; spread: 20`; each may be a range."""
    if isinstance(cell.value, str) and ":" in cell.value:
        return {
            context.find("phases", name): _range(shown, context) or context.convention.number(shown)
            for name, shown in pairs(cell.value)
        }
    return _range(cell.value, context) or read_scalar(cell, context)


NOT_KNOWN = "; write the range it may be in, such as 650–900, or nothing where nothing is paid"


def read_amount(cell: Cell, context: Context) -> object:
    """Read an amount, or the range it is in: `650–900`, `650 / 700 / 900`."""
    if found := _range(cell.value, context):
        return found
    if isinstance(cell.value, str) and not any(map(str.isdigit, cell.value)):
        raise ValueError(f"expected an amount (found {said(cell)}){NOT_KNOWN}")
    return number(cell, context.convention)


def _range(shown: object, context: Context) -> dict[str, Scalar]:
    """Read a range; empty where it is none."""
    parts = range_parts(shown) if isinstance(shown, str) else None
    return {key: context.convention.number(part) for key, part in (parts or {}).items()}


def range_text(stated: Mapping[str, object]) -> str:
    """Write a range as it is read."""
    marks = [stated[key] for key in ENDS if key in stated]
    shown = list(map(figure, marks))
    if "likely" in stated:
        return " / ".join(shown)
    is_plain = all(isinstance(one, int | float) and one >= 0 for one in marks)
    return ("–" if is_plain else " .. ").join(shown)


def _read_today(cell: Cell, context: Context) -> object:
    """Read who does a programme: nobody (deferred), a partner, or one for each need."""

    def who(text: str) -> str:
        if normal(text) in RESERVED_PARTNERS:
            return normal(text)
        try:
            return context.find("partners", text)
        except ValueError:
            if not (meant := nearest(normal(text), tuple(RESERVED_PARTNERS))):
                raise
            raise ValueError(f'no partner is called "{text}"; did you mean "{meant}"?') from None

    text = text_of(cell)
    if ":" not in text:
        return who(text)
    return {id_of(need): who(partner) for need, partner in pairs(text)}


def _write_limit(value: object) -> Written:
    if is_range(value):
        return write_text(range_text(value))
    return _write_pairs(value) if isinstance(value, dict) else write_scalar(value)


def _write_pairs(value: object) -> Written:
    if not isinstance(value, dict) or not value:
        return BLANK
    shown = (range_text(one) if is_range(one) else figure(one) for one in value.values())
    told = (f"{name}: {one}" for name, one in zip(value, shown, strict=True))
    return write_text("; ".join(told))


def _read_levels(cell: Cell, context: Context) -> object:
    return {id_of(name): context.convention.number(shown) for name, shown in pairs(text_of(cell))}


def _read_curve(cell: Cell, context: Context) -> object:
    convention = context.convention
    return [
        [convention.number(score), convention.number(value)]
        for score, value in pairs(text_of(cell))
    ]


def _write_curve(value: object) -> Written:
    if not isinstance(value, list) or not all(
        isinstance(point, list) and len(point) == len(PAIR) for point in value
    ):
        return BLANK
    shown = (map(figure, point) for point in value)
    return write_text("; ".join(f"{score}: {worth}" for score, worth in shown))


def _read_mapping(cell: Cell, context: Context) -> object:
    return {normal(name): context.convention.number(shown) for name, shown in pairs(text_of(cell))}


def _read_local(cell: Cell, _context: Context) -> object:
    """Read the kind of a scale: only that of a local one says what no other column says."""
    found = normal(text_of(cell))
    if found in {"linear", "points", "levels", "ratio"}:
        return None
    for direction in ("more", "less"):
        if found in {direction, f"local-{direction}", f"local,-{direction}"}:
            return direction
    raise ValueError(
        f"must be linear, points, levels, ratio, local more or local less (found {said(cell)})"
    )


def _write_local(value: object) -> Written:
    return Written(f"local {value}") if value in {"more", "less"} else BLANK


def _read_mark(cell: Cell, context: Context) -> object:
    value = read_scalar(cell, context)
    return normal(value) if isinstance(value, str) and value[:1].isalpha() else value


def words(*choices: str) -> Kind:
    """Return the kind of a cell that holds one of a few words."""
    return Kind(lambda cell, _: normal(text_of(cell)), write_text, choices)


def reference(to: str) -> Kind:
    """Return the kind of a cell that names something by its id or its title."""
    return Kind(lambda cell, context: context.find(to, text_of(cell)), write_text, refers_to=to)


def references(to: str) -> Kind:
    """Return the kind of a cell that names several things."""
    return Kind(
        lambda cell, context: [context.find(to, one) for one in items(text_of(cell))],
        _write_list,
        refers_to=to,
    )


TEXT = Kind(lambda cell, _: text_of(cell), write_text)
SCALAR = Kind(read_scalar, write_scalar)
NUMBER = Kind(lambda cell, context: number(cell, context.convention), write_scalar)
POINTS = Kind(_read_points, write_scalar)
DAY = Kind(TEXT.read, _write_day)
FLAG = Kind(lambda cell, _: flag(cell), _write_flag, ("yes", "no"))
IDS = Kind(lambda cell, _: [id_of(one) for one in items(text_of(cell))], _write_list)
LIMIT = Kind(_read_limit, _write_limit)
AMOUNT = Kind(read_amount, _write_limit)
TODAY = Kind(_read_today, _write_limit)
LEVELS = Kind(_read_levels, _write_pairs)
CURVE = Kind(_read_curve, _write_curve)
MAPPING = Kind(_read_mapping, _write_pairs)
LOCAL = Kind(
    _read_local, _write_local, ("linear", "points", "levels", "ratio", "local more", "local less")
)
MARK = Kind(_read_mark, write_scalar)
