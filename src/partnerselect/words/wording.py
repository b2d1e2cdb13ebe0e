"""Numbers as readers expect them: £12,500, 72 %, 3.4 points."""

from __future__ import annotations

from collections.abc import Sequence

ILLUSTRATIVE = "Illustrative figures: made up to show the method, not findings."
UNANSWERED = {
    "time": "time ran out before any answer",
    "stopped": "it was stopped before any answer",
    "solver": "the solver came to no answer, in whatever way it was asked",
    "numbers": "some numbers lie too far apart to be reckoned with exactly",
}
"""Why a question has no answer, to be put into a sentence."""
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def amount(value: float, currency: str) -> str:
    """Return money in whole units: £12,500, or CHF 12,500 where the currency has no sign of its own here."""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    rounded = round(value)
    return f"{'−' if rounded < 0 else ''}{symbol}{abs(rounded):,}"


def with_unit(number: str, unit: str) -> str:
    """Put a number and its unit together: 7 points, £850 per day."""
    if unit[:1] in SYMBOLS.values():
        return f"{unit[0]}{number}{unit[1:]}"
    return f"{number} {'point' if (number, unit) == ('1', 'points') else unit}".rstrip()


def points(value: float) -> str:
    """Return a value or difference of values: 3.4 points."""
    # below it one decimal would show 0.0
    text = f"{value:.1f}" if abs(value) >= 0.05 or value == 0 else f"{value:.2f}"  # noqa: PLR2004
    return f"{text} {'point' if text == '1.0' else 'points'}"


def share(value: float) -> str:
    """Return a share as a whole percentage: 72 %; never 100 % or 0 % unless it is."""
    percentage = round(value * 100)
    if percentage == 100 and value < 1:  # noqa: PLR2004 - nearly all is not all
        return "over 99 %"
    if percentage == 0 and value > 0:
        return "under 1 %"
    return f"{percentage} %"


def share_or_blank(value: float | None) -> str:
    """Return a share as a whole percentage; nothing where it is not known."""
    return "" if value is None else share(value)


def figure(mark: float | str | None) -> str:
    """Return a number without needless digits, 12,500 or 3.4; a word as it is."""
    return f"{mark:,g}" if isinstance(mark, int | float) else str(mark)


def within_words(gap: float) -> str:
    """Say how near a choice not proven to be the best is to the best possible: within 0.84 % of the best possible."""
    percent = max(100 * gap, 0.01)
    told = f"{percent:.2g}" if percent < 100 else f"{percent:.0f}"  # noqa: PLR2004 - never 1.2e+02
    return f"within {told} % of the best possible"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def ordinal(rank: int) -> str:
    """Return a rank as readers expect it: 1st, 2nd, 3rd, 11th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}th" if rank % 100 in {11, 12, 13} else f"{rank}{ending}"
