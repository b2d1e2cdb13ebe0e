"""What happens as one weight moves: a line for each partner, a ring where another leads."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

from partnerselect.colours import PARTS, YELLOW
from partnerselect.report.figures.sheet import (
    FAINT,
    INK,
    LINE,
    MOST_ROWS,
    SMALL,
    WIDTH,
    Row,
    fitted,
    grouped,
    hue,
    left_out,
    letter,
    panel,
    sheet,
    write,
)
from partnerselect.words.wording import share

NAMES = 2.8
"""Inches for the partners' names, right of the lines' ends."""
LEFT, HEADING, BELOW, LEAST = 0.6, 0.42, 0.5, 1.9
STYLES = ("-", "--", "-.", ":")
LEADS, FOLLOWS = 2.2, 1.1
"""Width of the line of a partner that is first somewhere, and of the others."""
NOTE = (
    "A ring marks where another partner takes the lead, with the share of the weight at which it"
    " does."
)


def sensitivity(rows: list[Row]) -> Figure:
    """Draw a panel for each programme and criterion."""
    panels = [
        (f"{programme}: {criterion}", lines[:MOST_ROWS])
        for programme, found in grouped(rows, "programme")
        for criterion, lines in grouped(found, "criterion")
    ]
    heights = [max(LEAST, LINE * 1.1 * len(lines)) for _, lines in panels]
    omitted = left_out(rows)
    drawn = sheet(
        sum(HEADING + height + BELOW for height in heights) + LINE * (1.3 + 1.3 * bool(omitted))
    )
    top = 0.0
    for (title, lines), height in zip(panels, heights, strict=True):
        write(drawn, fitted(title, WIDTH, weight="bold"), left=0, top=top + 0.02, weight="bold")
        axes = panel(drawn, left=LEFT, top=top + HEADING, width=WIDTH - LEFT - NAMES, height=height)
        _frame(axes, lines)
        _lines(axes, lines)
        _names(axes, lines, height)
        top += HEADING + height + BELOW
    write(drawn, NOTE + f"\n{omitted}." * bool(omitted), left=0, top=top, size=SMALL)
    return drawn


def _frame(axes: Axes, rows: list[Row]) -> None:
    """Set both axes, with room above for the shares at the rings, and mark the share of today."""
    ends = [row[key] for row in rows for key in ("at_none", "at_all")]
    room = max(max(ends) - min(ends), 5.0) * 0.12
    axes.set(xlim=(0, 1), ylim=(min(ends) - room / 2, max(ends) + room))
    axes.set_xlabel("Share of the weight", color=INK, size=SMALL)
    axes.set_ylabel("Value", color=INK, size=SMALL)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: share(at)))
    for at in sorted({row["share"] for row in rows}):
        axes.axvline(at, color=INK, linewidth=0.9, linestyle=(0, (2, 2)), zorder=2)
        axes.annotate(
            f"today {share(at)}",
            (at, 1),
            (0, 3),
            xycoords=("data", "axes fraction"),
            **_beside("bottom"),
        )


def _beside(edge: str) -> dict[str, Any]:
    return {
        "textcoords": "offset points",
        "ha": "center",
        "va": edge,
        "size": SMALL,
        "color": INK,
        "parse_math": False,
    }


def _lines(axes: Axes, rows: list[Row]) -> None:
    leads = leading(rows)
    ahead = {n for _, n in leads}
    for n, row in enumerate(rows):
        style: dict[str, Any] = {
            "color": hue(n),
            "linestyle": STYLES[(n + n // len(PARTS)) % len(STYLES)],
            "linewidth": LEADS if n in ahead else FOLLOWS,
        }
        edge = [withStroke(linewidth=FOLLOWS + 1, foreground=FAINT)] if hue(n) == YELLOW else None
        axes.plot(
            [0, 1],
            [row["at_none"], row["at_all"]],
            clip_on=False,
            zorder=3,
            path_effects=edge,
            **style,
        )
    for turn, (at, n) in enumerate(leads[1:]):
        height = rows[n]["at_none"] + at * (rows[n]["at_all"] - rows[n]["at_none"])
        axes.plot(
            [at],
            [height],
            marker="o",
            markersize=8,
            markerfacecolor="none",
            markeredgecolor=INK,
            markeredgewidth=1.4,
            zorder=5,
        )
        axes.annotate(
            share(at),
            (at, height),
            (0, -8 if turn % 2 else 8),
            weight="bold",
            **_beside("top" if turn % 2 else "bottom"),
        )


def leading(rows: list[Row]) -> list[tuple[float, int]]:
    """Return who leads, by position, and from which share on: the uppermost of the lines."""
    slopes = [row["at_all"] - row["at_none"] for row in rows]
    at, leader = 0.0, max(range(len(rows)), key=lambda n: (rows[n]["at_none"], slopes[n]))
    found = [(at, leader)]
    while True:
        ahead = {
            n: rows[leader]["at_none"] - rows[n]["at_none"]
            for n in range(len(rows))
            if slopes[n] > slopes[leader]
        }
        meets = [(gap / (slopes[n] - slopes[leader]), -slopes[n], n) for n, gap in ahead.items()]
        at, _, leader = min(meets, default=(1.0, 0.0, leader))
        if at >= 1:
            return found
        found.append((at, leader))


def _names(axes: Axes, rows: list[Row], height: float) -> None:
    """Name every line right of its end, moved apart where ends meet, joined by a thin line."""
    low, high = axes.get_ylim()
    order = sorted(range(len(rows)), key=lambda n: rows[n]["at_all"])
    places = apart([rows[n]["at_all"] for n in order], LINE * (high - low) / height, low, high)
    for n, place in zip(order, places, strict=True):
        axes.plot([1, 1.05], [rows[n]["at_all"], place], color=hue(n), linewidth=0.7, clip_on=False)
        words = fitted(f"{letter(n)}  {rows[n]['partner']}", NAMES - 0.3, size=SMALL)
        axes.text(1.07, place, words, va="center", size=SMALL, color=INK, parse_math=False)


def apart(wanted: list[float], pitch: float, low: float, high: float) -> list[float]:
    """Return places at least a pitch apart, from those wanted, both ascending.

    Between low and high as long as there is room for all.
    """
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + pitch) if places else max(place, low))
    ceiling = max(high, low + pitch * (len(wanted) - 1))
    for n in reversed(range(len(places))):
        places[n] = min(places[n], ceiling)
        ceiling = places[n] - pitch
    return places
