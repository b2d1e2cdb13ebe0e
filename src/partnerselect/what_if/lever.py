"""One thing that can be moved, how far it moves at a key press, and what may be typed for it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from partnerselect.what_if.changes import Changes
from partnerselect.words import plain_number

WEIGHTS, LIMITS, GATES, PARTNERS, PROGRAMMES, SCORES, CAPACITY = (
    "Weights",
    "Limits",
    "Decisions of others",
    "Partners",
    "Programmes",
    "Scores",
    "Days of partners",
)


@dataclass(frozen=True)
class Lever:
    """What stands there now, how it moves, and what a move changes in the scenario."""

    key: str
    """The path that it is about; the same in every state of a scenario."""
    group: str
    title: str
    """What it is called among those of its group."""
    about: str
    """What it is called on its own."""
    value: Any
    shown: str
    """The value in words."""
    scale: Figures | Options
    changes: Callable[[Any], Changes]
    """What a new value changes, path by path."""
    note: str = ""
    """What else there is to know: the share of a weight, what a score rests on."""
    of: str = ""
    """The programme it belongs to, where it is one of many alike."""
    is_alone: bool = True
    """Whether its changes are about nothing else, so that they can be taken back without touching
    another lever."""


FINE, COARSE = 100, 10
"""A fine step is about a hundredth of what was saved, a coarse one a tenth."""
TYPED = re.compile(
    r"\s*(?P<sign>[-+−–])?\s*(?P<currency>[^\d\s.,%+−–-]{0,4})\s*(?P<digits>\d[\d, "
    r" ]*(?:\.\d+)?|\.\d+)\s*(?P<unit>k|%)?\s*",
    re.IGNORECASE,
)


class NotAllowedError(ValueError):
    """What was typed cannot be used; the message says what can."""


@dataclass(frozen=True)
class Figures:
    """A number between two ends, moved in steps."""

    fine: float
    coarse: float
    least: float = 0.0
    most: float = math.inf
    whole: bool = False
    as_share: bool = False
    """Told and typed as a percentage."""
    words: tuple[str, ...] = ()
    """Words that may be typed instead of a number (`unlimited`, `unknown`)."""
    start: float = 0.0
    """From where a word is left at a key press."""

    @property
    def hint(self) -> str:
        """What may be typed."""
        factor, unit = (100, "%") if self.as_share else (1, "")
        least, most = plain_number(self.least * factor), plain_number(self.most * factor)
        is_open = math.isinf(self.most) or math.isinf(self.least)
        ends = "" if is_open else f" from {least}{unit} to {most}{unit}"
        return f"A number{ends}, a change such as -30%{self._or_words}"

    # a number or one of the words
    def moved(self, value: Any, steps: int, *, coarse: bool = False) -> Any:  # noqa: ANN401
        """Return the next round figure in a direction, within the ends."""
        if not isinstance(value, int | float):
            return self._tidy(self.start)
        size = self.coarse if coarse else self.fine
        at = value / size
        nearest = (
            round(at)
            if abs(at - round(at)) < 1e-6  # noqa: PLR2004
            else math.floor(at)
            if steps > 0
            else math.ceil(at)
        )
        return self._tidy(min(max((nearest + steps) * size, self.least), self.most))

    def typed(self, text: str, value: Any) -> Any:  # noqa: ANN401 - whatever the lever holds
        """Return the number that was typed: `56000`, `£56,000`, `56k`.

        With a sign and % a change of what stands there (`-30%`).

        Raises:
            NotAllowedError: it is no number, or lies outside the ends.
        """
        word = text.strip().casefold()
        if word in self.words:
            return word
        match = TYPED.fullmatch(text)
        if match is None:
            raise NotAllowedError(f'"{text.strip()}" is not a number{self._or_words}')
        number = float(re.sub("[,  ]", "", match["digits"])) * (
            1000 if (match["unit"] or "").casefold() == "k" else 1
        )
        signed = -number if (match["sign"] or "+") in "-−–" else number
        if match["unit"] == "%" and match["sign"] and isinstance(value, int | float):
            signed = value * (1 + signed / 100)
        elif self.as_share:
            signed /= 100
        return self._within(signed, text)

    def _within(self, number: float, text: str) -> float:
        if not self.least <= number <= self.most:
            factor = 100 if self.as_share else 1
            least, most = plain_number(self.least * factor), plain_number(self.most * factor)
            ends = f"{least} or more" if math.isinf(self.most) else f"from {least} to {most}"
            raise NotAllowedError(
                f'"{text.strip()}" does not fit: type a number {ends}{self._or_words}'
            )
        if self.whole and number != int(number):
            raise NotAllowedError(f'"{text.strip()}" does not fit: type a whole number')
        return self._tidy(number)

    @property
    def _or_words(self) -> str:
        return f", or {' or '.join(self.words)}" if self.words else ""

    def _tidy(self, number: float) -> float:
        """Return whole numbers as such, others without the dust of binary fractions."""
        return undotted(round(number, 6))


def undotted(value: float) -> float:
    """Return a whole number as such, so that it is shown and written without a point."""
    return int(value) if value == int(value) else value


@dataclass(frozen=True)
class Options:
    """One of a few values, moved from one to the next; the ends are ends, and a turn goes round."""

    values: tuple[Any, ...]
    names: tuple[str, ...]
    """What each is called, and typed as."""
    also: Mapping[str, str] = field(default_factory=dict)
    """What else may be typed, to the name that it means."""

    @property
    def hint(self) -> str:
        """What may be typed."""
        also = f", or {' or '.join(self.also)}" if self.also else ""
        return f"One of: {', '.join(self.names)} (the first letters will do){also}"

    # as of figures
    def moved(self, value: Any, steps: int, *, coarse: bool = False) -> Any:  # noqa: ANN401, ARG002
        """Return the value so many places on."""
        return self.values[min(max(self._at(value) + steps, 0), len(self.values) - 1)]

    def turned(self, value: Any) -> Any:  # noqa: ANN401 - whatever the lever holds
        """Return the next value, the first after the last."""
        return self.values[(self._at(value) + 1) % len(self.values)]

    def typed(self, text: str, value: Any) -> Any:  # noqa: ANN401, ARG002 - as of figures
        """Return the value whose name begins with what was typed.

        Raises:
            NotAllowedError: none does, or more than one.
        """
        said = text.strip().casefold()
        meant = self.also.get(said, said)
        found = [
            option
            for option, name in zip(self.values, self.names, strict=True)
            if name.casefold().startswith(meant)
        ]
        if len(found) != 1:
            raise NotAllowedError(
                f'"{text.strip()}" does not fit: type {", ".join(self.names[:-1])} or'
                f" {self.names[-1]}"
            )
        return found[0]

    def name(self, value: Any) -> str:  # noqa: ANN401 - whatever the lever holds
        """Return what a value is called."""
        return self.names[self._at(value)]

    def _at(self, value: Any) -> int:  # noqa: ANN401 - whatever the lever holds
        return self.values.index(value) if value in self.values else 0


def steps_for(saved: float) -> tuple[float, float]:
    """Return a fine and a coarse step: about a hundredth and a tenth, rounded."""
    least = 1.0 if saved == int(saved) else 0.0
    return max(_round_figure(saved / FINE), least), max(_round_figure(saved / COARSE), least)


def _round_figure(size: float) -> float:
    """Return the number of 1, 2, 5, 10, 20 … nearest to a size; 1 for nothing."""
    if size <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(size))
    return float(min((power * digit for digit in (1, 2, 5, 10)), key=lambda nice: abs(nice - size)))
