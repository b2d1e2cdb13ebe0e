"""All partners of one programme: what makes up their value, and why the others were not chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.approval import WIDE
from partnerselect.tui.charts.bars import hue_of, letter_of, stacked
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, plain, right, width_of, wrapped
from partnerselect.words import amount, share

Row = dict[str, Any]
CHOSEN = "●"
NOT_ELIGIBLE = "not eligible"
FIRST = "First in"
"""Over the share of draws in which a partner ranks first."""
ALONE = "If used alone"
ALONE_TOLD = (
    f"{ALONE}: our cost if it did all it offers here. The cost being approved is under each ●."
)
LONGEST = 60
"""Cells of the longest bar."""
NUMBERS = 5
"""Cells of the rank and of the mark before a partner's name."""


@dataclass(frozen=True)
class Work:
    """What a chosen partner is to do in the programme."""

    components: Sequence[str]
    own_cost: float
    """What that costs us."""


@dataclass(frozen=True)
class _Columns:
    title: int
    bar: int
    cost: int
    first: int


def ranking_sheet(
    rows: Sequence[Row],
    titles: Mapping[str, str],
    work: Mapping[str, Work],
    legend: Sequence[tuple[str, float]],
    currency: str,
    width: int,
) -> Sheet:
    """Lay out the partners, best first.

    Args:
        rows: of `ranking_rows`, one programme's.
        titles: of the partners, by id.
        work: of each chosen partner, by id.
        legend: title and weight of every criterion, in the order of the contributions.
        currency: of the amounts.
        width: in cells.
    """
    cost = max(len(ALONE), *(width_of(amount(row["own_cost_alone"], currency)) for row in rows))
    first = max(len(_first(row)) for row in rows)
    room = width - NUMBERS - 5 - cost - 2 * 2 - (max(first, len(FIRST)) + 2 if first else 0)
    length = min(room * 9 // 20, LONGEST) if width >= WIDE else 0
    columns = _Columns(
        room - length - (2 if length else 0), length, cost, max(first, len(FIRST)) if first else 0
    )
    items = tuple(
        Item(
            row["partner"],
            tuple(
                _partner(
                    row, titles[row["partner"]], work.get(row["partner"]), currency, columns, width
                )
            ),
        )
        for row in rows
    )
    return Sheet(
        items,
        head=(
            *legend_lines(legend, width),
            *wrapped(ALONE_TOLD, width, MUTED),
            Content(""),
            _heading(columns),
        ),
    )


def legend_lines(legend: Sequence[tuple[str, float]], width: int) -> Lines:
    """Return the criteria with their letters, hues and weights, on as many lines as they need."""
    lines: list[Content] = []
    for n, (title, weight) in enumerate(legend):
        entry = Content.assemble(
            (f" {letter_of(n)} ", f"bold auto on {hue_of(n)}"),
            f" {plain(title)} ",
            (share(weight), MUTED),
        )
        entry = entry.truncate(width, ellipsis=True) if entry.cell_length > width else entry
        if lines and lines[-1].cell_length + 3 + entry.cell_length <= width:
            lines[-1] = cells(lines[-1], entry, gap=3)
        else:
            lines.append(entry)
    return tuple(lines)


def _heading(columns: _Columns) -> Content:
    parts = [
        right("#", 2) + fitted("Partner", columns.title).pad_left(NUMBERS - 2),
        *([fitted("What its value is made of", columns.bar)] if columns.bar else []),
        right("Value", 5),
        right(ALONE, columns.cost),
        *([right(FIRST, columns.first)] if columns.first else []),
    ]
    return cells(*parts).stylize(MUTED)


def _partner(
    row: Row, title: str, work: Work | None, currency: str, columns: _Columns, width: int
) -> list[Content]:
    """Return a partner's figures, its bar beside or below them, and the words."""
    counts = row["eligible"] or row["chosen"]
    beside = (
        [
            stacked(list(row["contributions"].values()), columns.bar)
            if counts
            else fitted(NOT_ELIGIBLE, columns.bar, MUTED)
        ]
        if columns.bar
        else []
    )
    figures = [
        right(f"{row['value']:.1f}", 5, "bold"),
        right(amount(row["own_cost_alone"], currency), columns.cost),
    ]
    figures += [right(_first(row), columns.first)] if columns.first else []
    if not counts:
        figures = [] if columns.bar else [right(NOT_ELIGIBLE, 7 + columns.cost, MUTED)]
    lines = [cells(_name(row, title, columns.title), *beside, *figures)]
    if counts and not columns.bar:
        lines.append(
            stacked(list(row["contributions"].values()), width - NUMBERS).pad_left(NUMBERS)
        )
    return [*lines, *_words(row, work, currency, width)]


def _name(row: Row, title: str, width: int) -> Content:
    rank = right("–" if row["rank"] is None else str(row["rank"]), 2)
    style = "bold $chosen" if row["chosen"] else ""
    return Content.assemble(rank, (f" {CHOSEN if row['chosen'] else ' '}", style)) + fitted(
        title, width, style
    ).pad_left(1)


def _first(row: Row) -> str:
    return "" if row["first_rank_share"] is None else share(row["first_rank_share"])


def _words(row: Row, work: Work | None, currency: str, width: int) -> list[Content]:
    """Return what it is chosen for, or why it was not chosen, in full."""
    if row["chosen"] and work is not None:
        told = f"Chosen for {', '.join(work.components)}: {amount(work.own_cost, currency)} to us."
        return [
            *wrapped(told, width, "$chosen", indent=NUMBERS),
            *wrapped(row["reason"], width, MUTED, indent=NUMBERS),
        ]
    return wrapped(row["reason"], width, MUTED, indent=NUMBERS) if row["reason"] else []
