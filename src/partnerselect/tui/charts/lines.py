"""Lines of value over one weight, drawn in dots of Braille: labelled at both ends, crossings marked where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.sheet import Lines
from partnerselect.tui.charts.words import MUTED, fitted, right
from partnerselect.wording import share

Row = dict[str, Any]
CROSSING, FIRST_CHANGES, TODAY = "×", "◆", "┊"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of a Braille cell: two columns of four dots, from above."""
BRAILLE = 0x2800
HUES = ("$bar", "$part-2", "$part-3", "$part-4", "$part-6", "$part-8", "$part-7", "$part-1")
"""Of the lines, best of today first."""
LEAST_HEIGHT = 8
"""Lines of the plot: one for each label at the most."""
STEP = 10
"""The axis of values ends on multiples of it."""
LEFT = 6
"""Cells of the labels before the plot: a letter and a value."""
Spot = tuple[int, int]
"""Row from above and column, in cells."""


def hue_of(number: int) -> str:
    """Return the colour of a line."""
    return HUES[number % len(HUES)]


@dataclass
class _Canvas:
    width: int
    height: int
    low: float
    high: float
    bits: dict[Spot, dict[int, int]] = field(default_factory=dict)
    """For each cell the dots of each line in it."""
    marks: dict[Spot, tuple[str, str]] = field(default_factory=dict)

    def column(self, part: float) -> int:
        return round(part * (2 * self.width - 1))

    def depth(self, value: float) -> int:
        """Return how many dots below the top a value stands."""
        return round((self.high - value) / (self.high - self.low) * (4 * self.height - 1))

    def spot(self, part: float, value: float) -> Spot:
        return self.depth(value) // 4, self.column(part) // 2

    def line(self, number: int, at_none: float, at_all: float) -> None:
        """Draw one line without gaps, however steep."""
        last = 2 * self.width - 1
        depths = [self.depth(at_none + (at_all - at_none) * x / last) for x in range(last + 1)]
        for x, depth in enumerate(depths):
            before = depths[x - 1] if x else depth
            for y in range(min(before + (depth > before), depth), max(before - (depth < before), depth) + 1):
                cell = self.bits.setdefault((y // 4, x // 2), {})
                cell[number] = cell.get(number, 0) | DOTS[x % 2][y % 4]


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
    canvas = _Canvas(width - LEFT - label, height, *_ends(lines))
    for number in reversed(range(len(lines))):
        canvas.line(number, lines[number]["at_none"], lines[number]["at_all"])
    _mark(canvas, row)
    left, right_side = (label_rows([canvas.depth(line[end]) / 4 for line in lines], height) for end in ("at_none", "at_all"))
    now = canvas.column(row["whole"] / row["whole_most"]) // 2
    return (
        *(_plot_row(canvas, y, now, _left(lines, left, y), _right(lines, right_side, y, label)) for y in range(height)),
        _axis(canvas, now, _turns(canvas, row)).pad_left(LEFT),
        _figures(row, canvas.width, now).pad_left(LEFT),
        *_crossing_figures(row, width),
    )


def _ends(lines: Sequence[Row]) -> tuple[float, float]:
    values = [line[end] for line in lines for end in ("at_none", "at_all")]
    low, high = STEP * floor(min(values) / STEP), STEP * ceil(max(values) / STEP)
    return float(low), float(high if high > low else low + STEP)


def label_rows(depths: Sequence[float], height: int) -> list[int]:
    """Return for each label a line of its own, as near to where it points as the others allow; no more labels than lines."""
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


def _mark(canvas: _Canvas, row: Row) -> None:
    """Put the crossings in, those of the first place last, and on each line its letter where no other line runs."""
    for found in sorted(row["crossings"], key=lambda found: found["first"]):
        glyph, style = (FIRST_CHANGES, "bold $tight") if found["first"] else (CROSSING, MUTED)
        canvas.marks[canvas.spot(found["whole"] / row["whole_most"], found["value"])] = (glyph, style)
    for number in range(len(row["lines"])):
        alone = [spot for spot, drawn in canvas.bits.items() if set(drawn) == {number} and spot not in canvas.marks and 1 < spot[1] < canvas.width - 2]
        wanted = canvas.width * (number + 1) / (len(row["lines"]) + 1)
        if alone:
            canvas.marks[min(alone, key=lambda spot: (abs(spot[1] - wanted), spot))] = (LETTERS[number], f"bold {hue_of(number)}")


def _plot_row(canvas: _Canvas, y: int, now: int, before: Content, after: Content) -> Content:
    return before + Content.assemble(*(_cell(canvas, (y, x), now) for x in range(canvas.width))) + after


def _cell(canvas: _Canvas, spot: Spot, now: int) -> tuple[str, str]:
    if spot in canvas.marks:
        return canvas.marks[spot]
    drawn = canvas.bits.get(spot)
    if drawn:
        dots = 0
        for bits in drawn.values():
            dots |= bits
        return chr(BRAILLE + dots), hue_of(min(drawn))
    return (TODAY, "$track") if spot[1] == now else (" ", "")


def _left(lines: Sequence[Row], rows: Sequence[int], y: int) -> Content:
    if y not in rows:
        return Content(" " * LEFT)
    number = rows.index(y)
    return Content.assemble(f"{lines[number]['at_none']:>3.0f} ", (LETTERS[number], f"bold {hue_of(number)}"), " ")


def _right(lines: Sequence[Row], rows: Sequence[int], y: int, width: int) -> Content:
    if y not in rows:
        return Content("")
    number = rows.index(y)
    line = lines[number]
    name = fitted(line["title"], width - 7).rstrip()
    return Content.assemble(" ", (LETTERS[number], f"bold {hue_of(number)}"), f" {line['at_all']:>3.0f} ") + name


def _turns(canvas: _Canvas, row: Row) -> list[int]:
    return [canvas.column(found["whole"] / row["whole_most"]) // 2 for found in row["crossings"] if found["first"]]


def _axis(canvas: _Canvas, now: int, turns: Sequence[int]) -> Content:
    line = [("─", "$track")] * canvas.width
    for turn in turns:
        line[turn] = (FIRST_CHANGES, "bold $tight")
    line[now] = ("┴" if now not in turns else FIRST_CHANGES, "bold")
    return Content.assemble(*line)


def _figures(row: Row, width: int, now: int) -> Content:
    """Return the figures under the axis: none, today's share, the most it can be; today's gives way where it would touch the ends."""
    most, today = share(row["whole_most"]), f"today {share(row['whole'])}"
    at = min(max(now - len(today) // 2, 0), width - len(today))
    start = "0 %  " if at >= len("0 %  ") else ""
    room = width - at - len(today)
    end = right(most, room) if room > len(most) + 1 else Content(" " * room)
    return (fitted(start, at) + Content(today).stylize("bold $foreground") + end).stylize_before(MUTED)


def _crossing_figures(row: Row, width: int) -> Lines:
    """Say in figures where the first place changes hands, with the letters of the two."""
    letters = {line["partner"]: LETTERS[number] for number, line in enumerate(row["lines"])}
    told = [f"{letters[found['before']]} → {letters[found['beyond']]} at {100 * found['whole']:.1f} %" for found in row["crossings"] if found["first"]]
    words = f"{FIRST_CHANGES} first place: {' · '.join(told)}" if told else "The same partner leads whatever it weighs."
    return (fitted(words, width, "$tight" if told else MUTED),)
