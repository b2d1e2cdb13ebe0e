"""How often each partner takes each rank: a map whose cells carry their number."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from partnerselect.colours import BLUE, GREY
from partnerselect.report.figures.sheet import (
    INK,
    LINE,
    MOST_ROWS,
    SMALL,
    WIDTH,
    Row,
    fitted,
    grouped,
    left_out,
    panel,
    sheet,
    write,
)

NAMES = 2.6
"""Inches for the partners' names."""
CELL, WIDEST, HEADING, TOP, GAP = 0.31, 0.6, 0.24, 0.32, 0.14
MOST_RANKS = 12
STRONGEST = 0.75
"""Opacity of a cell that holds every draw: ink of either page can still be read on it."""
GATE_SHUT = "re-\nfused"
NOTE = "Per cent of the trials in which a partner takes each rank; an empty cell: never."
NOTE_ON_GATES = (
    "\nDecisions of others vary too. Refused: the trials in which it cannot be had; with them each"
    " row comes to 100."
)


def acceptability(rows: list[Row]) -> Figure:
    """Draw a map for each programme."""
    panels = [(title, found[:MOST_ROWS]) for title, found in grouped(rows, "programme")]
    drawn = sheet(sum(HEADING + TOP + CELL * len(found) + GAP for _, found in panels) + LINE * 3.6)
    top = 0.0
    for title, found in panels:
        columns = _columns(found)
        width = min(WIDTH - NAMES - 0.02, WIDEST * len(columns))
        write(drawn, fitted(title, WIDTH, weight="bold"), left=0, top=top + 0.02, weight="bold")
        write(
            drawn,
            "Rank",
            left=NAMES - 0.07,
            top=top + HEADING + TOP - 0.05,
            ha="right",
            va="bottom",
            size=SMALL,
        )
        _map(
            panel(
                drawn, left=NAMES, top=top + HEADING + TOP, width=width, height=CELL * len(found)
            ),
            found,
            columns,
        )
        top += HEADING + TOP + CELL * len(found) + GAP
    gated = any(row.get("unavailable") is not None for row in rows)
    omitted = [
        left_out(rows),
        f"Ranks beyond {MOST_RANKS} are left out"
        * any(len(row["ranks"]) > MOST_RANKS for row in rows),
    ]
    told = "; ".join(part for part in omitted if part)
    write(
        drawn, NOTE + NOTE_ON_GATES * gated + f"\n{told}." * bool(told), left=0, top=top, size=SMALL
    )
    return drawn


def _columns(rows: list[Row]) -> list[str]:
    ranks = min(max((len(row["ranks"]) for row in rows), default=0), MOST_RANKS)
    return [str(n + 1) for n in range(ranks)] + [GATE_SHUT] * any(
        row.get("unavailable") is not None for row in rows
    )


def _map(axes: Axes, rows: list[Row], columns: list[str]) -> None:
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    axes.set_xticks([n + 0.5 for n in range(len(columns))], columns)
    axes.set_yticks(
        [n + 0.5 for n in range(len(rows))],
        [fitted(row["partner"], NAMES - 0.1, lines=2, size=SMALL) for row in rows],
        parse_math=False,
    )
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    for down, row in enumerate(rows):
        for across, column in enumerate(columns):
            _cell(axes, across, down, _share(row, column), GREY if column == GATE_SHUT else BLUE)


def _share(row: Row, column: str) -> float:
    if column == GATE_SHUT:
        return float(row.get("unavailable") or 0)
    place = int(column) - 1
    return float(row["ranks"][place]) if place < len(row["ranks"]) else 0.0


def _cell(axes: Axes, across: int, down: int, share: float, colour: str) -> None:
    axes.add_artist(
        Rectangle((across, down), 1, 1, fill=False, edgecolor=INK, alpha=0.25, linewidth=0.5)
    )
    if share > 0:
        axes.add_artist(
            Rectangle(
                (across, down), 1, 1, facecolor=colour, alpha=STRONGEST * share, edgecolor="none"
            )
        )
        weight = "bold" if share > 1 / 2 else "normal"
        axes.text(
            across + 0.5,
            down + 0.5,
            per_cent(share),
            ha="center",
            va="center",
            size=SMALL,
            color=INK,
            weight=weight,
        )


def per_cent(share: float) -> str:
    """Return a share as a cell shows it: 45, <1, >99, or nothing."""
    whole = round(share * 100)
    if whole == 0:
        return "<1" if share > 0 else ""
    # nearly all is not all
    return ">99" if whole == 100 and share < 1 else str(whole)  # noqa: PLR2004
