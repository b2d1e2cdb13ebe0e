"""Figures with a line: what more money buys, and what happens as one weight moves."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from partnerselect.colours import BLUE, PARTS, VERMILLION, YELLOW
from partnerselect.report.figures.sheet import (
    FAINT,
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
from partnerselect.words import amount, share

HEIGHT, LEFT, RIGHT, BELOW = 3.2, 0.55, 0.2, 0.5
LABEL = 1.7
"""Inches of the widest label; it may run over two lines."""
PLACES = (
    (8, -2, "left", "top"),
    (-8, 2, "right", "bottom"),
    (8, 4, "left", "bottom"),
    (-8, -4, "right", "top"),
    (0, -9, "center", "top"),
    (0, 9, "center", "bottom"),
    (-8, 6, "right", "bottom"),
)
"""Where a label may stand, from its point: dots of 1/72 inch, and which of its edges is there."""
NAMES = 2.8
"""Inches for the partners' names, right of the lines' ends."""
HEADING, LEAST = 0.42, 1.9
STYLES = ("-", "--", "-.", ":")
RINGS = (
    "A ring marks where another partner takes the lead, with the share of the weight at which it"
    " does."
)
LEADS, FOLLOWS = 2.2, 1.1
"""Width of the line of a partner that is first somewhere, and of the others."""


def frontier(rows: list[Row]) -> Figure:
    """Draw cost against value: every efficient choice, the recommended among them, and labels."""
    drawn = sheet(HEIGHT)
    axes = panel(drawn, left=LEFT, top=0.1, width=WIDTH - LEFT - RIGHT, height=HEIGHT - BELOW - 0.1)
    ordered = sorted(rows, key=lambda row: (row["own_cost"], row["value"]))
    currency = ordered[0]["currency"] if ordered else "GBP"
    axes.set(xlabel="Cost to us", ylabel="Value of the whole portfolio, 0 to 100")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda cost, _: amount(cost, currency)))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid()
    axes.margins(0.06, 0.1)
    efficient, today = ([row for row in ordered if row[key]] for key in ("efficient", "today"))
    edge: dict[str, Any] = {"linestyle": "none", "markeredgecolor": INK}
    axes.plot(*_points(efficient), drawstyle="steps-post", color=FAINT, linewidth=1, zorder=2)
    axes.plot(*_points(efficient), "o", color=BLUE, markersize=4.5, markeredgewidth=0.4, **edge)
    axes.plot(*_points(today), "D", color=VERMILLION, markersize=9, zorder=4, **edge)
    axes.autoscale_view()
    _label(axes, ordered)
    return drawn


def _points(rows: list[Row]) -> tuple[list[float], list[float]]:
    return [row["own_cost"] for row in rows], [row["value"] for row in rows]


def _label(axes: Axes, ordered: list[Row]) -> None:
    """Write labels, the recommended first, each in the first place where it covers nothing."""
    at = axes.transData.transform(list(zip(*_points(ordered), strict=True)))
    taken = [
        Bbox([point, point]).padded((6 if row["today"] else 3) * axes.figure.dpi / 72)
        for point, row in zip(at, ordered, strict=True)
    ]
    for (x, y), (beyond, above) in pairwise(at):  # the line: across to the next choice, then up
        taken += [
            Bbox([(x, y), (beyond, y)]).padded(1),
            Bbox([(beyond, y), (beyond, above)]).padded(1),
        ]
    gains = [0.0, *(row["value"] - before["value"] for before, row in pairwise(ordered))]
    for row, _ in sorted(
        zip(ordered, gains, strict=True), key=lambda pair: (not pair[0]["today"], -pair[1])
    ):
        if row["label"]:
            width, lines = (2 * LABEL, 1) if row["today"] else (LABEL, 2)
            taken += _placed(axes, row, fitted(row["label"], width, lines), taken)


def _placed(axes: Axes, row: Row, words: str, taken: list[Bbox]) -> list[Bbox]:
    """Write a label if it finds a place, and return what it takes up."""
    weight = "bold" if row["today"] else "normal"
    for across, up, horizontal, vertical in PLACES:
        label = axes.annotate(
            words,
            (row["own_cost"], row["value"]),
            (across, up),
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
            weight=weight,
        )
        box = label.get_window_extent()
        inside = axes.bbox.contains(box.x0, box.y0) and axes.bbox.contains(box.x1, box.y1)
        if inside and not box.count_overlaps(taken):
            return [box.padded(2)]
        label.remove()
    return []


def sensitivity(rows: list[Row]) -> Figure:
    """Draw a panel for each criterion: a line a partner, a ring where another takes the lead."""
    panels = [(title, lines[:MOST_ROWS]) for title, lines in grouped(rows, "criterion")]
    heights = [max(LEAST, LINE * 1.1 * len(lines)) for _, lines in panels]
    drawn = sheet(sum(HEADING + height + BELOW for height in heights), [RINGS, left_out(rows)])
    top = 0.0
    for (title, lines), height in zip(panels, heights, strict=True):
        axes = panel(drawn, left=LEFT, top=top + HEADING, width=WIDTH - LEFT - NAMES, height=height)
        axes.set_title(fitted(title, WIDTH - LEFT - NAMES), pad=17)
        _frame(axes, lines)
        _lines(axes, lines)
        _names(axes, lines, height)
        top += HEADING + height + BELOW
    return drawn


def _frame(axes: Axes, rows: list[Row]) -> None:
    """Set both axes, with room above for the shares at the rings, and mark the share of today."""
    ends = [row[key] for row in rows for key in ("at_none", "at_all")]
    room = max(max(ends) - min(ends), 5.0) * 0.12
    axes.set(xlim=(0, 1), ylim=(min(ends) - room / 2, max(ends) + room))
    axes.set(xlabel="Share of the weight", ylabel="Value")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: share(at)))
    for at in sorted({row["share"] for row in rows}):
        axes.axvline(at, color=INK, linewidth=0.9, linestyle=(0, (2, 2)), zorder=2)
        where = axes.get_xaxis_transform()
        axes.annotate(f"today {share(at)}", (at, 1), (0, 3), where, "offset points", ha="center")


def _lines(axes: Axes, rows: list[Row]) -> None:
    leads = leading(rows)
    ahead = {n for _, n in leads}
    for n, row in enumerate(rows):
        edge = [withStroke(linewidth=FOLLOWS + 1, foreground=FAINT)] if hue(n) == YELLOW else None
        axes.plot(
            [0, 1],
            [row["at_none"], row["at_all"]],
            STYLES[(n + n // len(PARTS)) % len(STYLES)],
            color=hue(n),
            linewidth=LEADS if n in ahead else FOLLOWS,
            clip_on=False,
            zorder=3,
            path_effects=edge,
        )
    for turn, (at, n) in enumerate(leads[1:]):
        height = rows[n]["at_none"] + at * (rows[n]["at_all"] - rows[n]["at_none"])
        axes.plot(at, height, "o", markersize=8, fillstyle="none", color=INK, zorder=5)
        side, up = ("top", -8) if turn % 2 else ("bottom", 8)
        axes.annotate(
            share(at),
            (at, height),
            (0, up),
            textcoords="offset points",
            ha="center",
            va=side,
            weight="bold",
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
        words = fitted(f"{letter(n)}  {rows[n]['partner']}", NAMES - 0.3)
        axes.text(1.07, place, words, va="center")


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
