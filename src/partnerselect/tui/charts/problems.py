"""What is wrong with a file, for the person who can mend it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from partnerselect.errors import Problem
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, wrapped


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
    """Return the source lines and the caret under the fault, both moved left together where the line is longer than the screen."""
    place = problem.place
    if place is None or not place.excerpt:
        return []
    gutter = max(len(str(number)) for number, _ in place.excerpt)
    room = max(width - gutter - 7, 10)
    column, length = place.caret or (0, 0)
    end = column + max(length, 1)
    start = min(end - room + 1, max(column - 1, 0)) if end >= room else 0
    lines = [
        Content.assemble((f"    {number:>{gutter}} │ ", MUTED), _window(text, start, room))
        for number, text in place.excerpt
    ]
    if place.caret is not None:
        caret = "^" * max(1, min(length, room - (column - start)))
        lines.append(
            Content.assemble(
                (f"    {'':>{gutter}} │ ", MUTED), " " * (column - start), (caret, "bold $error")
            )
        )
    return lines


def _window(text: str, start: int, room: int) -> str:
    shown = text[start : start + room]
    if start:
        shown = "…" + shown[1:]
    return shown if len(text) <= start + room else shown[:-1] + "…"
