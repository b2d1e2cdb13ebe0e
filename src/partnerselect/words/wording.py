"""Numbers as readers expect them: £12,500, 72%, 3.4 points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from math import floor
from typing import Literal

ILLUSTRATIVE = "Illustrative figures: made up, not findings."
TINY, HUGE = 1e-12, 1e15
"""Nobody writes out a smaller or a larger number."""
SMALL = 100
"""Sums below it are told with their pence."""
HALF_A_TENTH = 0.05
"""Points below it would be told as 0.0."""
LEAST_GAP = 0.01
"""Per cent; nobody is told of less."""
NOT_WORKED_OUT = {
    "time": "was not worked out in the time allowed",
    "stopped": "was not worked out, because it was stopped",
    "solver": "could not be worked out: the solver came to no answer",
    "numbers": "could not be worked out: some numbers lie too far apart",
    "fault": "could not be worked out: something went wrong on our side",
}
"""Of a question beside the answer: why it has none, after what it asks."""
NEAR_CAPACITY = 0.95
"""From this share on, a limit is said to be at or near capacity."""
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
OPENERS = frozenset(
    {
        *("The", "A", "An", "Our", "Their", "Its", "This", "That"),
        *("All", "Every", "Each", "Both", "No", "Another", "Other"),
        *("It", "Does", "Offers", "Excluded:"),
    }
)
"""First words that lose their capital inside a sentence."""
ENDED = {
    "optimal": "answered",
    "within-gap": "answered, not proven to be the best",
    "infeasible": "no choice of partners meets every demand",
    "no-answer-yet": "time ran out before any answer",
    "invalid": "not allowed",
    "failed": "broke down",
}
"""The states, in words for people; files that programs read have the states themselves."""


def possible_words(broken: int) -> str:
    """Say whether a plan is possible that breaks so many limits and rules."""
    return f"no, breaks {broken}" if broken else "yes"


def amount(value: float, currency: str) -> str:
    """Return money: £12,500, small sums with their pence, CHF 12,500 for an unknown sign."""
    digits, symbol = sum_figure(value), SYMBOLS.get(currency, f"{currency} ")
    return f"−{symbol}{digits[1:]}" if digits.startswith("−") else f"{symbol}{digits}"


def sum_figure(value: float) -> str:
    """Return a sum of money without its currency: 12,500, small sums with their pence."""
    has_pence = abs(value) < SMALL and round(value, 2) != round(value)
    shown = round(value, 2) if has_pence else round(value)
    sign = "−" if shown < 0 else ""
    return f"{sign}{abs(shown):,.2f}" if has_pence else f"{sign}{abs(shown):,}"


def with_unit(number: str, unit: str) -> str:
    """Put a number and its unit together: 7 points, 52%, £850 per day."""
    if unit[:1] in SYMBOLS.values():
        return f"{unit[0]}{number}{unit[1:]}"
    if unit == "%":
        return f"{number}%"
    return f"{number} {'point' if (number, unit) == ('1', 'points') else unit}".rstrip()


NOISE = 1e-9
"""What is off by less is the rounding of floats."""


def points(value: float) -> str:
    """Return a value or difference of values: 3.4 points; small ones with a decimal more."""
    value = 0.0 if abs(value) < NOISE else value
    text = f"{value:.1f}" if abs(value) >= HALF_A_TENTH or value == 0 else f"{value:.2f}"
    if not float(text):
        return "under 0.01 points" if value else "0.0 points"
    return f"{text} {'point' if text == '1.0' else 'points'}"


def apart(gap: float, more: str, less: str, level: str) -> str:
    """Say by how many points one value is above another: 3.4 points ahead of, level with.

    Level is what no figure tells apart: two that only look alike are 0.04 points apart.
    """
    if abs(gap) < NOISE:
        return level
    return f"{points(abs(gap))} {more if gap > 0 else less}"


def plus_or_minus(value: float) -> str:
    """Return a difference of values in brackets or a column: +3.4, −0.02, 0.0."""
    if abs(value) < NOISE:
        return "0.0"
    return _signed(f"{value:+.1f}" if abs(value) >= HALF_A_TENTH else f"{value:+.2f}")


def difference(one: float, other: float) -> float:
    """Return a difference that adds up beside two values printed with one decimal.

    Where these look alike and are not, it is the difference itself.
    """
    return round(round(one, 1) - round(other, 1), 1) + 0.0 or one - other


def adding_up(parts: Sequence[float], one: float, other: float) -> list[float]:
    """Return parts of a difference with one decimal, which add up to it as `difference` shows it.

    All are rounded down; what is then lacking goes to those that lost most, a tenth each.
    """
    tenths = [0 if abs(part) < NOISE else floor(round(part * 10, 6)) for part in parts]
    lacking = round((round(one, 1) - round(other, 1)) * 10) - sum(tenths)
    lost_most = sorted(range(len(parts)), key=lambda n: tenths[n] - parts[n] * 10)
    raised = [n for n in lost_most if abs(parts[n]) >= NOISE][: max(lacking, 0)]
    return [(tenth + (n in raised)) / 10 for n, tenth in enumerate(tenths)]


def share(value: float) -> str:
    """Return a share as a whole percentage: 72%; never 100% or 0% unless it is."""
    percentage = round(value * 100)
    if percentage == 100 and value < 1:  # noqa: PLR2004 - nearly all is not all
        return "over 99%"
    if percentage == 0 and value > 0:
        return "under 1%"
    return f"{percentage}%"


def short_share(value: float) -> str:
    """Return a share in at most four characters."""
    return share(value).replace("under 1%", "<1%").replace("over 99%", ">99%")


def plain_number(value: float, separator: str = "") -> str:
    """Return a number as people write it, never 2e+06: all digits that a float holds for sure."""
    if value and not TINY < abs(value) <= HUGE:
        return f"{value:g}"
    return f"{Decimal(f'{value:.15g}') + 0:{separator}f}"


def figure(mark: float | str | None) -> str:
    """Return a number as people write it, in full: 12,500 or 3.4 or 1,999,999; a word as it is."""
    return plain_number(mark, ",") if isinstance(mark, int | float) else str(mark)


def tenths(value: float) -> str:
    """Return a quantity with one decimal where it needs it: 12, 3.5."""
    return f"{value:,.1f}".removesuffix(".0")


def counted(number: float, thing: str, things: str = "") -> str:
    """Return how many there are of a thing: 1 programme, 2.5 days, 4 criteria."""
    told = tenths(number)
    return f"{told} {thing if told == '1' else things or f'{thing}s'}"


def sentence(words: str) -> str:
    """Return words as a sentence: with a capital, and a full stop where it has no end."""
    return f"{words[:1].upper()}{words[1:]}{'' if words[-1:] in '.?' else '.'}"


def within_words(gap: float) -> str:
    """Say how near the best possible a choice not proven to be the best is."""
    return f"{gap_words(gap)} of the best possible"


def gap_words(gap: float) -> str:
    """Return a gap where there is little room: within 0.84%."""
    percent = 100 * gap
    if percent < LEAST_GAP:
        return f"within {LEAST_GAP}%"
    told = figure(float(f"{percent:.2g}")) if percent < 100 else f"{percent:.0f}"  # noqa: PLR2004
    return f"within {told}%"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def ordinal(rank: int) -> str:
    """Return a rank as readers expect it: 1st, 2nd, 3rd, 11th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}th" if rank % 100 in {11, 12, 13} else f"{rank}{ending}"


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


def day(date: dt.date) -> str:
    """Return a date as 28 July 2021."""
    return f"{date.day} {date:%B %Y}"


def day_words(text: str) -> str:
    """Return a date written as 2021-07-28 as 28 July 2021, and what is none as it stands."""
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text


NO_FINDING = "No open score could change who scores highest."
UNANSWERED = {
    "time": "time ran out before any answer",
    "stopped": "it was stopped before any answer",
    "solver": "the solver came to no answer, in whatever way it was asked",
    "numbers": "some numbers lie too far apart to be reckoned with exactly",
}
"""Why a question has no answer, to be put into a sentence."""
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


def how_to_install(extra: str) -> str:
    """Return what to type for an optional part of the program."""
    return f'type `pip install ".[{extra}]"` in the clone that partnerselect was installed from'


def within_a_sentence(sentence: str) -> str:
    """Return a sentence as it stands inside another; a name keeps its capital."""
    first, _, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first in OPENERS and rest else sentence
