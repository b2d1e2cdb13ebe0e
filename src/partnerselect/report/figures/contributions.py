"""What each criterion adds to each partner's value: bars of parts, every part with its letter."""

from __future__ import annotations

from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from partnerselect.report.figures.sheet import (
    FAINT,
    INK,
    LINE,
    MOST_ROWS,
    SIZE,
    SMALL,
    WIDTH,
    Row,
    fitted,
    grouped,
    hatch,
    hue,
    left_out,
    letter,
    panel,
    sheet,
    write,
)

NAMES = 2.45
"""Inches for the partners' names."""
BAR, AXIS, HEADING, GAP = 0.31, 0.3, 0.24, 0.12
ROOM_FOR_NUMBER, ROOM_FOR_LETTER = 10.0, 2.6
"""Points that a part must be worth for its letter and number, or its letter, to fit in it."""
DARK_PARTS = {"#0072B2", "#D55E00", "#009E73"}


def contributions(rows: list[Row]) -> Figure:
    """Draw a panel for each programme and a key of the criteria below."""
    criteria = [title for title, _ in grouped(rows, "criterion")]
    panels = [
        (title, grouped(found, "partner")[:MOST_ROWS])
        for title, found in grouped(rows, "programme")
    ]
    omitted = left_out(rows)
    key = LINE * 1.25 * (len(criteria) + 1 + bool(omitted))
    drawn = sheet(sum(HEADING + BAR * len(partners) + AXIS + GAP for _, partners in panels) + key)
    top = 0.0
    for title, partners in panels:
        write(drawn, fitted(title, WIDTH, weight="bold"), left=0, top=top + 0.02, weight="bold")
        axes = panel(
            drawn,
            left=NAMES,
            top=top + HEADING,
            width=WIDTH - NAMES - 0.4,
            height=BAR * len(partners),
        )
        _bars(axes, partners, criteria)
        top += HEADING + BAR * len(partners) + AXIS + GAP
    _key(drawn, criteria, top)
    if omitted:
        write(drawn, f"{omitted}.", left=0, top=top + LINE * 1.25 * (len(criteria) + 1), size=SMALL)
    return drawn


def _bars(axes: Axes, partners: list[tuple[str, list[Row]]], criteria: list[str]) -> None:
    axes.set(xlim=(0, 100), ylim=(len(partners) - 0.5, -0.5), xticks=range(0, 101, 20))
    axes.set_yticks(
        range(len(partners)), [_name(title, parts) for title, parts in partners], parse_math=False
    )
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=FAINT, alpha=0.35, linewidth=0.6)
    axes.set_axisbelow(True)
    for at, (_, parts) in enumerate(partners):
        worth = {row["criterion"]: float(row["contribution"]) for row in parts}
        lengths = [max(worth.get(criterion, 0.0), 0.0) for criterion in criteria]
        for n, (start, length) in enumerate(
            zip(accumulate(lengths, initial=0.0), lengths, strict=False)
        ):
            _part(axes, n, at, start, length)
        axes.text(
            sum(lengths) + 1,
            at,
            f"{sum(lengths):.1f}",
            va="center",
            size=SMALL,
            color=INK,
            weight="bold",
            parse_math=False,
        )


def _name(title: str, parts: list[Row]) -> str:
    return fitted(
        f"✓ {title}" if any(row["chosen"] for row in parts) else title,
        NAMES - 0.1,
        lines=2,
        size=SMALL,
    )


def _part(axes: Axes, n: int, at: int, start: float, length: float) -> None:
    if length <= 0:
        return
    axes.add_artist(
        Rectangle(
            (start, at - 0.33),
            length,
            0.66,
            facecolor=hue(n),
            edgecolor=INK,
            linewidth=0.5,
            hatch=hatch(n),
        )
    )
    words = (
        f"{letter(n)} {length:.1f}"
        if length >= ROOM_FOR_NUMBER
        else letter(n)
        if length >= ROOM_FOR_LETTER
        else ""
    )
    axes.text(
        start + length / 2,
        at,
        words,
        ha="center",
        va="center",
        size=SMALL,
        color=_on(n),
        parse_math=False,
    )


def _on(n: int) -> str:
    """Return the ink that is read on the nth part, whatever the page."""
    return "white" if hue(n) in DARK_PARTS else "black"


def _key(drawn: Figure, criteria: list[str], top: float) -> None:
    whole = drawn.get_figheight()
    for n, criterion in enumerate(criteria):
        down = top + n * LINE * 1.25
        box = Rectangle(
            (0, 1 - (down + 0.13) / whole),
            0.2 / WIDTH,
            0.14 / whole,
            facecolor=hue(n),
            edgecolor=INK,
            linewidth=0.5,
            hatch=hatch(n),
        )
        drawn.add_artist(box)
        write(
            drawn,
            letter(n),
            left=0.1,
            top=down + 0.065,
            ha="center",
            va="center",
            size=SMALL,
            color=_on(n),
        )
        write(drawn, fitted(criterion, WIDTH - 0.3), left=0.28, top=down, size=SIZE)
    write(
        drawn,
        "✓ recommended for the programme. Points of value, from 0 to 100.",
        left=0,
        top=top + len(criteria) * LINE * 1.25,
        size=SMALL,
    )
