"""What more money buys: every efficient choice, the recommended among them, and labels."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from partnerselect.colours import BLUE, VERMILLION
from partnerselect.report.figures.sheet import FAINT, INK, SMALL, WIDTH, Row, fitted, panel, sheet
from partnerselect.words.wording import amount

HEIGHT, LEFT, RIGHT, BELOW = 4.0, 0.55, 0.2, 0.5
LABEL = 1.7
"""Inches of the widest label; it may run over two lines."""
PLACES = (
    (8, -2, "left", "top"),
    (-8, 2, "right", "bottom"),
    (8, 4, "left", "bottom"),
    (-8, -4, "right", "top"),
    (0, -9, "center", "top"),
    (0, 9, "center", "bottom"),
)
"""Where a label may stand, from its point: dots of 1/72 inch, and which of its edges is there."""


def frontier(rows: list[Row]) -> Figure:
    """Draw cost against value."""
    drawn = sheet(HEIGHT)
    axes = panel(drawn, left=LEFT, top=0.1, width=WIDTH - LEFT - RIGHT, height=HEIGHT - BELOW - 0.1)
    ordered = sorted(rows, key=lambda row: (row["own_cost"], row["value"]))
    currency = ordered[0]["currency"] if ordered else "GBP"
    axes.set_xlabel("Cost to us", color=INK, size=SMALL)
    axes.set_ylabel("Value of the whole portfolio, 0 to 100", color=INK, size=SMALL)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda cost, _: amount(cost, currency)))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(color=FAINT, alpha=0.35, linewidth=0.6)
    axes.margins(0.06, 0.1)
    efficient = [row for row in ordered if row["efficient"]]
    costs, values = [row["own_cost"] for row in efficient], [row["value"] for row in efficient]
    axes.plot(costs, values, drawstyle="steps-post", color=FAINT, linewidth=1, zorder=2)
    axes.plot(
        costs,
        values,
        linestyle="none",
        marker="o",
        markersize=4.5,
        color=BLUE,
        markeredgecolor=INK,
        markeredgewidth=0.4,
        zorder=3,
    )
    today = [row for row in ordered if row["today"]]
    axes.plot(
        [r["own_cost"] for r in today],
        [r["value"] for r in today],
        linestyle="none",
        marker="D",
        markersize=9,
        color=VERMILLION,
        markeredgecolor=INK,
        zorder=4,
    )
    axes.autoscale_view()
    _label(axes, ordered, currency)
    return drawn


def _label(axes: Axes, ordered: list[Row], currency: str) -> None:
    """Write labels, the recommended first, each in the first place where it covers nothing."""
    gains = [row["value"] - before["value"] for before, row in pairwise(ordered)]
    taken = [_around(axes, row, 6 if row["today"] else 3) for row in ordered] + _steps(
        axes, ordered
    )
    for row, _ in sorted(
        zip(ordered, [0.0, *gains], strict=False), key=lambda pair: (not pair[0]["today"], -pair[1])
    ):
        words = (
            f"Today: {amount(row['own_cost'], currency)} buys {row['value']:.1f}"
            if row["today"]
            else row["label"]
        )
        if words:
            taken += _placed(axes, row, fitted(words, LABEL, lines=2, size=SMALL), taken)


def _around(axes: Axes, row: Row, dots: float) -> Bbox:
    x, y = axes.transData.transform((row["own_cost"], row["value"]))
    reach = dots * axes.figure.dpi / 72
    return Bbox.from_extents(x - reach, y - reach, x + reach, y + reach)


def _steps(axes: Axes, ordered: list[Row]) -> list[Bbox]:
    """Return where the line runs: from each choice across, then up to the next."""
    corners = [
        axes.transData.transform(
            [
                (a["own_cost"], a["value"]),
                (b["own_cost"], a["value"]),
                (b["own_cost"], b["value"]),
            ]
        )
        for a, b in pairwise(ordered)
    ]
    return [Bbox([start, end]).padded(1) for corner in corners for start, end in pairwise(corner)]


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
            size=SMALL,
            color=INK,
            weight=weight,
            parse_math=False,
        )
        box = label.get_window_extent()
        inside = (
            axes.bbox.x0 <= box.x0
            and box.x1 <= axes.bbox.x1
            and axes.bbox.y0 <= box.y0
            and box.y1 <= axes.bbox.y1
        )
        if inside and not any(box.overlaps(other) for other in taken):
            return [box.padded(2)]
        label.remove()
    return []
