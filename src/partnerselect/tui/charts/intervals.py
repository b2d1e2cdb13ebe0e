"""How far a weight can move before another partner leads, as a bar."""

from __future__ import annotations

from textual.content import Content

from partnerselect.tui.charts.bars import FULL, REST
from partnerselect.tui.charts.words import MUTED, fitted

TODAY, TURN = "●", "┃"


def cell_at(part: float, width: int) -> int:
    """Return the cell in which a share between 0 and 1 falls: the first at 0, the last at 1."""
    return round(min(max(part, 0.0), 1.0) * (width - 1))


def interval(
    low: float, today: float, high: float, width: int, *, turns: tuple[bool, bool]
) -> Content:
    """Return a line over [0, 1]: thick where the leader stays, ┃ at a turn, ● at the weight."""
    start, now, end = (cell_at(part, width) for part in (low, today, high))
    line = [(REST, "$track")] * width
    line[start : end + 1] = [(FULL, "$bar")] * (end + 1 - start)
    for cell, turned in ((start, turns[0]), (end, turns[1])):
        if turned:
            line[cell] = (TURN, "bold $tight")
    line[now] = (TODAY, "bold $foreground")
    return Content.assemble(*line)


def scale(width: int) -> Content:
    """Return the figures over such a line: 0%, 50%, 100%, each where it belongs."""
    if width < len("0%  50%  100%"):
        return (
            fitted("0%", width - len("100%")).stylize(MUTED) + Content("100%").stylize(MUTED)
            if width > len("0%  100%")
            else fitted("", width)
        )
    middle = cell_at(0.5, width) - 1
    half = fitted("50%", width - middle - len("100%"))
    return (fitted("0%", middle) + half + Content("100%")).stylize(MUTED)
