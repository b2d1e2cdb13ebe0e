"""What is wrong with a file, for the person who can mend it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from partnerselect.errors import Problem
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, wrapped
from partnerselect.words import visible


def problems_sheet(problems: Sequence[Problem], width: int) -> Sheet:
    """Lay out the problems: place, path, message, then the source lines with a caret."""
    return Sheet(
        tuple(
            Item(str(n), (*_problem(problem, width), Content("")))
            for n, problem in enumerate(problems)
        )
    )


def _problem(problem: Problem, width: int) -> Lines:
    label = problem.place.label if problem.place else ""
    head = wrapped(
        " ".join(part for part in (label, problem.path if problem.loc else "") if part),
        width,
        "bold $primary",
    )
    return (
        *(head if label or problem.loc else ()),
        *wrapped(problem.message, width),
        *_excerpt(problem, width),
    )


def _excerpt(problem: Problem, width: int) -> list[Content]:
    """Return the source lines and the caret under the fault.

    Both move left together where the line is longer than the screen.
    """
    place = problem.place
    if place is None or not place.excerpt:
        return []
    gutter = max(len(str(number)) for number, _ in place.excerpt)
    room = max(width - gutter - 7, 10)
    column, span = place.caret or (0, 0)
    texts = [(number, visible(text)) for number, text in place.excerpt]
    faulty = texts[-1][1]
    start = _start(faulty, column, column + max(span, 1), room)
    lines = [
        Content.assemble((f"    {number:>{gutter}} │ ", MUTED), _window(text, start, room))
        for number, text in texts
    ]
    if place.caret is not None:
        before = cell_len(faulty[start:column])
        caret = "^" * max(1, min(cell_len(faulty[column : column + span]), room - before))
        lines.append(
            Content.assemble(
                (f"    {'':>{gutter}} │ ", MUTED), " " * before, (caret, "bold $error")
            )
        )
    return lines


def _start(text: str, column: int, end: int, room: int) -> int:
    """Return from which character on a line is shown so that the fault is in sight."""
    start = 0
    while start < column and cell_len(text[start:end]) >= room:
        start += 1
    return min(start, max(column - 1, 0))


def _window(text: str, start: int, room: int) -> Content:
    shown = Content(f"…{text[start + 1 :]}" if start else text)
    return shown.truncate(room, ellipsis=True)
