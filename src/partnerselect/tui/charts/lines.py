"""Lines of value over one weight, labelled at both ends, with their crossings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Self

from textual.content import Content

from partnerselect.tui.charts.plot import ACROSS, DOWN, Plane, Scale
from partnerselect.tui.charts.words import MUTED, Lines, Row, fitted, right
from partnerselect.words import share

CROSSING, FIRST_CHANGES, TODAY = "×", "◆", "┊"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HUES = ("$bar", "$part-2", "$part-3", "$part-4", "$part-6", "$part-8", "$part-7", "$part-1")
"""Of the lines, best of today first."""
LEAST_HEIGHT = 8
"""Lines of the plot: one for each label at the most."""
STEP = 10
"""The axis of values ends on multiples of it."""
LEFT = 6
"""Cells of the labels before the plot: a letter and a value."""


def hue_of(number: int) -> str:
    """Return the colour of a line."""
    return HUES[number % len(HUES)]


@dataclass(frozen=True)
class _Chart:
    plane: Plane
    across: Scale
    down: Scale

    @classmethod
    def of(cls, width: int, height: int, low: float, high: float) -> Self:
        return cls(
            Plane(width, height), Scale(0, 1, width * ACROSS), Scale(-high, -low, height * DOWN)
        )

    def depth(self, value: float) -> int:
        """Return how many dots below the top a value stands."""
        return self.down.place(-value)

    def column(self, part: float) -> int:
        return self.across.place(part) // ACROSS

    def draw(self, number: int, at_none: float, at_all: float) -> None:
        last = self.across.places - 1
        self.plane.line(
            [self.depth(at_none + (at_all - at_none) * x / last) for x in range(last + 1)], number
        )


def lines_chart(row: Row, width: int, height: int) -> Lines:
    """Draw the lines of one criterion.

    Args:
        row: of `line_rows`.
        width: in cells, labels included; 40 at least.
        height: of the plot in lines, axis not included; as many as there are lines, at least.
    """
    lines = row["lines"]
    height = max(height, LEAST_HEIGHT, len(lines))
    label = min(max(width // 3, 14), 44)
    chart = _Chart.of(width - LEFT - label, height, *_ends(lines))
    for number, line in enumerate(lines):
        chart.draw(number, line["at_none"], line["at_all"])
    _mark(chart, row)
    left, right_side = (
        label_rows([chart.depth(line[end]) / DOWN for line in lines], height)
        for end in ("at_none", "at_all")
    )
    now = chart.column(row["whole"] / row["whole_most"])
    chart.plane.rule(now, TODAY, "$track")
    drawn = chart.plane.lines(*(hue_of(number) for number in range(len(lines))))
    return (
        *(
            _left(lines, left, y) + plotted + _right(lines, right_side, y, label)
            for y, plotted in enumerate(drawn)
        ),
        _axis(chart.plane.width, now, _turns(chart, row)).pad_left(LEFT),
        _figures(row, chart.plane.width, now).pad_left(LEFT),
        *_crossing_figures(row, width),
    )


def _ends(lines: Sequence[Row]) -> tuple[float, float]:
    values = [line[end] for line in lines for end in ("at_none", "at_all")]
    low, high = STEP * floor(min(values) / STEP), STEP * ceil(max(values) / STEP)
    return float(low), float(high if high > low else low + STEP)


def label_rows(depths: Sequence[float], height: int) -> list[int]:
    """Return for each label a line of its own, as near to where it points as the others allow.

    No more labels than lines.
    """
    order = sorted(range(len(depths)), key=lambda number: (depths[number], number))
    rows = [0] * len(depths)
    free = 0
    for number in order:
        rows[number] = free = max(floor(depths[number]), free)
        free += 1
    most = height - 1
    for number in reversed(order):
        rows[number] = most = min(rows[number], most)
        most -= 1
    return rows


def _mark(chart: _Chart, row: Row) -> None:
    """Mark the crossings, and each line with its letter where no other line runs."""
    for found in sorted(row["crossings"], key=lambda found: found["first"]):
        glyph, style = (FIRST_CHANGES, "bold $tight") if found["first"] else (CROSSING, MUTED)
        chart.plane.mark(
            (chart.column(found["whole"] / row["whole_most"]), chart.depth(found["value"]) // DOWN),
            glyph,
            style,
        )
    for number in range(len(row["lines"])):
        alone = [(x, y) for x, y in chart.plane.only(number) if 1 < x < chart.plane.width - 2]
        wanted = chart.plane.width * (number + 1) / (len(row["lines"]) + 1)
        if alone:
            chart.plane.mark(
                min(alone, key=lambda cell: (abs(cell[0] - wanted), cell[1], cell[0])),
                LETTERS[number],
                f"bold {hue_of(number)}",
            )


def _left(lines: Sequence[Row], rows: Sequence[int], y: int) -> Content:
    if y not in rows:
        return Content(" " * LEFT)
    number = rows.index(y)
    return Content.assemble(
        f"{lines[number]['at_none']:>3.0f} ", (LETTERS[number], f"bold {hue_of(number)}"), " "
    )


def _right(lines: Sequence[Row], rows: Sequence[int], y: int, width: int) -> Content:
    if y not in rows:
        return Content("")
    number = rows.index(y)
    line = lines[number]
    name = fitted(line["title"], width - 7).rstrip()
    return (
        Content.assemble(
            " ", (LETTERS[number], f"bold {hue_of(number)}"), f" {line['at_all']:>3.0f} "
        )
        + name
    )


def _turns(chart: _Chart, row: Row) -> list[int]:
    return [
        chart.column(found["whole"] / row["whole_most"])
        for found in row["crossings"]
        if found["first"]
    ]


def _axis(width: int, now: int, turns: Sequence[int]) -> Content:
    line = [("─", "$track")] * width
    for turn in turns:
        line[turn] = (FIRST_CHANGES, "bold $tight")
    line[now] = ("┴" if now not in turns else FIRST_CHANGES, "bold")
    return Content.assemble(*line)


def _figures(row: Row, width: int, now: int) -> Content:
    """Return the figures under the axis: none, today's share, the most it can be.

    Today's gives way where it would touch the ends.
    """
    most, today = share(row["whole_most"]), f"given {share(row['whole'])}"
    at = min(max(now - len(today) // 2, 0), width - len(today))
    start = "0%  " if at >= len("0%  ") else ""
    room = width - at - len(today)
    end = right(most, room) if room > len(most) + 1 else Content(" " * room)
    return (fitted(start, at) + Content(today).stylize("bold $foreground") + end).stylize_before(
        MUTED
    )


def _crossing_figures(row: Row, width: int) -> Lines:
    """Say in figures where the first place changes hands, with the letters of the two."""
    letters = {line["partner"]: LETTERS[number] for number, line in enumerate(row["lines"])}
    told = [
        f"{letters[found['before']]} → {letters[found['beyond']]} at {100 * found['whole']:.1f}%"
        for found in row["crossings"]
        if found["first"]
    ]
    words = (
        f"{FIRST_CHANGES} first place: {' · '.join(told)}"
        if told
        else "The same partner leads whatever it weighs."
    )
    return (fitted(words, width, "$tight" if told else MUTED),)
