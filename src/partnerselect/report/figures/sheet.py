"""The paper that figures are drawn on: sizes in inches from the top left, ink, text that fits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from partnerselect.colours import PARTS
from partnerselect.words import one_line

Row = dict[str, Any]
WIDTH = 6.7
"""Inches: an A4 page between margins of 20 mm."""
INK, FAINT = "#1D1F22", "#8A9099"
"""Text and axes take the colour of the page; lines stay in the background on light and dark."""
SIZE = 7.5
"""Points."""
LINE = 0.15
"""Inches from one line of text to the next."""
STYLE: Any = {
    "axes.axisbelow": True,
    "axes.edgecolor": FAINT,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.labelsize": SIZE,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": SIZE + 1,
    "axes.titleweight": "bold",
    "figure.facecolor": "none",
    "font.size": SIZE,
    "grid.alpha": 0.35,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.5,
    "legend.borderaxespad": 0,
    "legend.frameon": False,
    "patch.linewidth": 0.5,
    "svg.fonttype": "none",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": INK,
    "xtick.major.size": 2.5,
    "ytick.color": INK,
    "ytick.major.size": 2.5,
}
"""How every figure looks, in the words of the library; what people write is never read as maths."""
MOST_ROWS = 24
"""Partners drawn in a panel: what a page holds; the tables have them all."""
LONGEST = 120
"""Characters of a text that are looked at: no line holds more."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HATCHES = ("", "////", "....", "xxxx")
"""A further round of colours is told apart by its pattern."""


def sheet(height: float, notes: Sequence[str] = ()) -> Figure:
    """Return an empty sheet of the common width, so high above the notes at its foot."""
    told = "\n".join(note for note in notes if note)
    foot = LINE * (told.count("\n") + 1.3) if told else 0.0
    on = Figure(figsize=(WIDTH, height + foot))
    FigureCanvasAgg(on)  # measures text, whatever the sheet is saved as
    on.text(0, foot / (height + foot), told, va="top")
    return on


def panel(on: Figure, *, left: float, top: float, width: float, height: float) -> Axes:
    """Return a panel whose top left corner is given in inches from the sheet's top left."""
    whole = on.get_figheight()
    return on.add_axes((left / WIDTH, 1 - (top + height) / whole, width / WIDTH, height / whole))


def grouped(rows: Iterable[Row], key: str) -> list[tuple[str, list[Row]]]:
    """Return rows by a title, in the order of first appearance."""
    order = {title: n for n, title in reversed(list(enumerate(row[key] for row in rows)))}
    ordered = sorted(rows, key=lambda row: order[row[key]])
    return [(title, list(found)) for title, found in groupby(ordered, key=lambda row: row[key])]


def left_out(rows: Iterable[Row]) -> str:
    """Say how many partners are not drawn; empty where all are."""
    partners = {row["partner"] for row in rows}
    return (
        f"Only the first {MOST_ROWS} of {len(partners)} partners are drawn; the table has all."
        if len(partners) > MOST_ROWS
        else ""
    )


def hue(n: int) -> str:
    """Return the colour of the nth part or line."""
    return PARTS[n % len(PARTS)]


def letter(n: int) -> str:
    """Return the letter that stands for the nth part or line: A to Z, then A2."""
    round_, place = divmod(n, len(LETTERS))
    return LETTERS[place] + (str(round_ + 1) if round_ else "")


@lru_cache(maxsize=4096)
def width_of(text: str) -> float:
    """Return the width of a text in inches."""
    extent = text_to_path.get_text_width_height_descent(text, FontProperties(size=SIZE), False)
    return float(extent[0]) / 72


def fitted(text: str, width: float, lines: int = 1) -> str:
    """Return a text broken into lines that are no wider than asked, in inches.

    What does not fit ends in an ellipsis.
    """
    rest, done = one_line(text[: LONGEST * lines]), list[str]()
    while rest:
        end = _longest(rest, width)
        if end < len(rest) and len(done) == lines - 1:
            kept = rest[: _longest(rest, width - width_of("…"))].rstrip()
            return "\n".join([*done, f"{kept}…"])
        space = rest.rfind(" ", 0, end + 1)
        end = space if end < len(rest) and space > 0 else end
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return "\n".join(done)


def _longest(text: str, width: float) -> int:
    """Return how many characters fit, at least one."""
    lengths = range(1, len(text) + 1)
    return max(1, bisect_right(lengths, width, key=lambda n: width_of(text[:n])))
