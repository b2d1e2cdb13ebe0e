"""Figures with a row for each partner: what makes up its value, and which ranks it takes."""

from __future__ import annotations

from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from partnerselect.colours import BLUE, GREY, PARTS
from partnerselect.report.figures.sheet import (
    HATCHES,
    INK,
    LINE,
    MOST_ROWS,
    WIDTH,
    Row,
    fitted,
    grouped,
    hue,
    left_out,
    letter,
    panel,
    sheet,
)
from partnerselect.words import short_share

NAMES = 2.6
"""Inches for the partners' names."""
ROW, AXIS, HEAD, WIDEST = 0.31, 0.32, 0.32, 0.6
ROOM_FOR_NUMBER, ROOM_FOR_LETTER = 10.0, 2.6
"""Points that a part must be worth for its letter and number, or its letter, to fit in it."""
DARK_PARTS = {"#0072B2", "#D55E00", "#009E73"}
MOST_RANKS = 12
STRONGEST = 0.75
"""Opacity of a cell that holds every trial: ink of either page can still be read on it."""
REFUSED = "re-\nfused"


def contributions(rows: list[Row]) -> Figure:
    """Draw a bar for each partner, a part for each criterion, and a key of the criteria below."""
    criteria = [title for title, _ in grouped(rows, "criterion")]
    partners = grouped(rows, "partner")[:MOST_ROWS]
    notes = ["✓ recommended for the programme. Points of value, from 0 to 100.", left_out(rows)]
    key = LINE * 1.4 * len(criteria)
    drawn = sheet(ROW * len(partners) + AXIS + key, notes)
    axes = panel(drawn, left=NAMES, top=0, width=WIDTH - NAMES - 0.4, height=ROW * len(partners))
    axes.set(xlim=(0, 100), xticks=range(0, 101, 20))
    _name_rows(axes, [_ticked(title, parts) for title, parts in partners])
    axes.grid(axis="x")
    worth = [{row["criterion"]: row["contribution"] for row in parts} for _, parts in partners]
    lengths = [[max(parts.get(one, 0.0), 0.0) for one in criteria] for parts in worth]
    starts = [list(accumulate(parts, initial=0.0)) for parts in lengths]
    parts = [
        _part(axes, n, [row[n] for row in starts], [row[n] for row in lengths])
        for n in range(len(criteria))
    ]
    for at, row in enumerate(starts):
        axes.text(row[-1] + 1, at, f"{row[-1]:.1f}", va="center", weight="bold")
    names = [f"{letter(n)}  {fitted(title, WIDTH - 0.6)}" for n, title in enumerate(criteria)]
    drawn.legend(
        [bars[0] for bars in parts], names, loc="upper left", bbox_to_anchor=(0, _foot(drawn, axes))
    )
    return drawn


def _foot(drawn: Figure, axes: Axes) -> float:
    """Return where the key begins: below the axis of the panel."""
    return float(axes.get_position().y0) - AXIS / drawn.get_figheight()


def _name_rows(axes: Axes, names: list[str]) -> None:
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), [fitted(name, NAMES - 0.1, lines=2) for name in names])
    axes.tick_params(axis="y", length=0)


def _ticked(title: str, parts: list[Row]) -> str:
    return f"✓ {title}" if any(row["chosen"] for row in parts) else title


def _part(axes: Axes, n: int, starts: list[float], lengths: list[float]) -> BarContainer:
    """Draw the nth part of every bar."""
    bars = axes.barh(
        range(len(starts)),
        lengths,
        0.66,
        starts,
        facecolor=hue(n),
        edgecolor=INK,
        hatch=HATCHES[n // len(PARTS) % len(HATCHES)],
    )
    words = [
        f"{letter(n)} {length:.1f}"
        if length >= ROOM_FOR_NUMBER
        else letter(n) * (length >= ROOM_FOR_LETTER)
        for length in lengths
    ]
    ink = "white" if hue(n) in DARK_PARTS else "black"
    axes.bar_label(bars, words, label_type="center", color=ink)
    return bars


def acceptability(rows: list[Row]) -> Figure:
    """Draw a map of partners and ranks, the share in each cell."""
    shown, gated = rows[:MOST_ROWS], any(row.get("unavailable") is not None for row in rows)
    most = max((len(row["ranks"]) for row in rows), default=0)
    columns = [str(n + 1) for n in range(min(most, MOST_RANKS))] + [REFUSED] * gated
    notes = [
        "Per cent of the trials in which a partner takes each rank; an empty cell: never.",
        "Decisions of others vary too. Refused: the trials in which it cannot be had; with them"
        " each row comes to 100." * gated,
        left_out(rows),
        f"Ranks beyond {MOST_RANKS} are left out." * (most > MOST_RANKS),
    ]
    height, width = ROW * len(shown), min(WIDTH - NAMES - 0.02, WIDEST * len(columns))
    drawn = sheet(HEAD + height + LINE, notes)
    axes = panel(drawn, left=NAMES, top=HEAD, width=width, height=height)
    _name_rows(axes, [row["partner"] for row in shown])
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_xticks(range(len(columns)), columns)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.annotate("Rank", (0, 1), (-5, 3), "axes fraction", "offset points", ha="right")
    axes.spines[:].set_visible(False)
    for down, row in enumerate(shown):
        ranks = [*row["ranks"][:MOST_RANKS], *[0.0] * (min(most, MOST_RANKS) - len(row["ranks"]))]
        for across, share in enumerate(ranks):
            _cell(axes, across, down, share, BLUE)
        if gated:
            _cell(axes, len(ranks), down, float(row.get("unavailable") or 0), GREY)
    return drawn


def _cell(axes: Axes, across: int, down: int, share: float, colour: str) -> None:
    corner = (across - 0.5, down - 0.5)
    axes.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor=INK, alpha=0.25))
    if share > 0:
        axes.add_patch(
            Rectangle(corner, 1, 1, facecolor=colour, alpha=STRONGEST * share, edgecolor="none")
        )
        weight = "bold" if share > 1 / 2 else "normal"
        axes.text(across, down, per_cent(share), ha="center", va="center", weight=weight)


def per_cent(share: float) -> str:
    """Return a share as a cell shows it: 45, <1, >99, or nothing."""
    return short_share(share).removesuffix("%") if share else ""
