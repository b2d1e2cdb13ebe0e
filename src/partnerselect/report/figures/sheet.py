"""The paper that figures are drawn on: sizes in inches from the top left, ink, text that fits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from partnerselect.colours import PARTS
from partnerselect.words.literal import one_line

Row = dict[str, Any]
WIDTH = 6.7
"""Inches: an A4 page between margins of 20 mm."""
INK, FAINT = "#1D1F22", "#8A9099"
"""Text and axes take the colour of the page; lines stay in the background on light and dark."""
SIZE, SMALL = 8.5, 7.5
"""Points."""
LINE = 0.15
"""Inches from one line of text to the next."""
MOST_ROWS = 24
"""Partners drawn in a panel: what a page holds; the tables have them all."""
LONGEST = 120
"""Characters of a text that are looked at: no line holds more."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HATCHES = ("", "////", "....", "xxxx")
"""A further round of colours is told apart by its pattern."""


def sheet(height: float) -> Figure:
    """Return an empty sheet of the common width."""
    on = Figure(figsize=(WIDTH, height), facecolor="none")
    FigureCanvasAgg(on)  # measures text, whatever the sheet is saved as
    return on


def panel(on: Figure, *, left: float, top: float, width: float, height: float) -> Axes:
    """Return a panel whose top left corner is given in inches from the sheet's top left."""
    whole = on.get_figheight()
    axes = on.add_axes(
        (left / WIDTH, 1 - (top + height) / whole, width / WIDTH, height / whole), facecolor="none"
    )
    axes.tick_params(colors=INK, labelcolor=INK, labelsize=SMALL, length=2.5)
    for side, spine in axes.spines.items():
        spine.set_color(FAINT)
        spine.set_visible(side in {"left", "bottom"})
    return axes


# whatever matplotlib lets a text have
def write(on: Figure, text: str, *, left: float, top: float, **style: Any) -> None:  # noqa: ANN401
    """Write a text, taken literally, at inches from the top left."""
    on.text(
        left / WIDTH,
        1 - top / on.get_figheight(),
        text,
        **{"color": INK, "size": SIZE, "va": "top", "parse_math": False, **style},
    )


def grouped(rows: Iterable[Row], key: str) -> list[tuple[str, list[Row]]]:
    """Return rows by a title, in the order of first appearance."""
    order = {title: n for n, title in reversed(list(enumerate(row[key] for row in rows)))}
    ordered = sorted(rows, key=lambda row: order[row[key]])
    return [(title, list(found)) for title, found in groupby(ordered, key=lambda row: row[key])]


def left_out(rows: Iterable[Row]) -> str:
    """Say how many partners of a panel are not drawn, of the panel that leaves out most.

    Empty where all are.
    """
    names: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        names.setdefault(
            (row["programme"], row.get("criterion", "") if "at_all" in row else ""), set()
        ).add(row["partner"])
    most = max(map(len, names.values()), default=0)
    return (
        f"Only the first {MOST_ROWS} of {most} partners are drawn; the table has all"
        if most > MOST_ROWS
        else ""
    )


def hue(n: int) -> str:
    """Return the colour of the nth part or line."""
    return PARTS[n % len(PARTS)]


def hatch(n: int) -> str:
    """Return the pattern of the nth part: none in the first round of colours."""
    return HATCHES[n // len(PARTS) % len(HATCHES)]


def letter(n: int) -> str:
    """Return the letter that stands for the nth part or line: A to Z, then A2."""
    round_, place = divmod(n, len(LETTERS))
    return LETTERS[place] + (str(round_ + 1) if round_ else "")


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return the width of a text in inches."""
    return (
        float(
            text_to_path.get_text_width_height_descent(
                text, FontProperties(size=size, weight=weight), ismath=False
            )[0]
        )
        / 72
    )


def fitted(
    text: str, width: float, *, lines: int = 1, size: float = SIZE, weight: str = "normal"
) -> str:
    """Return a text broken into lines that are no wider than asked, in inches.

    What does not fit ends in an ellipsis.
    """
    rest, done = one_line(text[: LONGEST * lines]), list[str]()
    while rest and len(done) < lines:
        end = _end_of_line(rest, width, size, weight)
        last = len(done) == lines - 1 and end < len(rest)
        done.append(_cut(rest, width, size, weight) if last else rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return "\n".join(done)


def _end_of_line(text: str, width: float, size: float, weight: str) -> int:
    most = _longest(text, width, size, weight)
    space = text.rfind(" ", 0, most + 1)
    return most if most == len(text) or space <= 0 else space


def _cut(text: str, width: float, size: float, weight: str) -> str:
    return text[: _longest(text, width - width_of("…", size, weight), size, weight)].rstrip() + "…"


def _longest(text: str, width: float, size: float, weight: str) -> int:
    """Return how many characters fit, at least one: found by halving."""
    least, most = 1, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (
            (middle, most)
            if width_of(text[:middle], size, weight) <= width
            else (least, middle - 1)
        )
    return least
