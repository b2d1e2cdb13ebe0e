"""All partners of one programme: what makes up their value, and why the others were not chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.approval import WIDE
from partnerselect.tui.charts.bars import hue_of, letter_of, stacked
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, wrapped
from partnerselect.wording import amount, share

Row = dict[str, Any]
CHOSEN = "●"
NUMBERS = 4
"""Cells of the rank and of the mark before a partner's name."""


def ranking_sheet(
    rows: Sequence[Row], titles: Mapping[str, str], work: Mapping[str, Sequence[str]], legend: Sequence[tuple[str, float]], currency: str, width: int
) -> Sheet:
    """Lay out the partners, best first.

    Args:
        rows: of `ranking_rows`, one programme's.
        titles: of the partners, by id.
        work: what each chosen partner is to do, by id.
        legend: title and weight of every criterion, in the order of the contributions.
        currency: of the amounts.
        width: in cells.
    """
    cost = max(len("Cost to us"), *(len(amount(row["trust_cost"], currency)) for row in rows))
    sure = max(len(_first(row)) for row in rows)
    left = width - NUMBERS - cost - sure - 5 - 2 * (3 + (sure > 0))
    length = min(max(left // 2, 10), 60 if width >= WIDE else 26)
    columns = (left - length, length, cost, sure)
    items = tuple(
        Item(row["partner"], (_partner(row, titles[row["partner"]], currency, columns), *_words(row, work.get(row["partner"], ()), width))) for row in rows
    )
    return Sheet(items, head=(*legend_lines(legend, width), Content(""), _heading(columns)))


def legend_lines(legend: Sequence[tuple[str, float]], width: int) -> Lines:
    """Return the criteria with their letters, hues and weights, on as many lines as they need."""
    lines: list[Content] = []
    for n, (title, weight) in enumerate(legend):
        entry = Content.assemble((f" {letter_of(n)} ", f"bold auto on {hue_of(n)}"), f" {title} ", (share(weight), MUTED))
        entry = Content(entry.plain[: width - 1] + "…") if entry.cell_length > width else entry
        if lines and lines[-1].cell_length + 3 + entry.cell_length <= width:
            lines[-1] = cells(lines[-1], entry, gap=3)
        else:
            lines.append(entry)
    return tuple(lines)


def _heading(columns: tuple[int, int, int, int]) -> Content:
    title, length, cost, sure = columns
    parts = [
        right("#", 2) + fitted("  Partner", title + 2).pad_left(2).truncate(title + 2),
        fitted("What its value is made of", length),
        right("Value", 5),
        right("Cost to us", cost),
    ]
    return cells(*parts, *([fitted("Ranks first", sure)] if sure else [])).stylize(MUTED)


def _partner(row: Row, title: str, currency: str, columns: tuple[int, int, int, int]) -> Content:
    width, length, cost, sure = columns
    rank = right("–" if row["rank"] is None else str(row["rank"]), 2)
    mark = Content(CHOSEN if row["chosen"] else " ").stylize("bold $chosen")
    name = cells(rank, mark, fitted(title, width - 1, "bold $chosen" if row["chosen"] else ""), gap=1)
    if not row["eligible"] and not row["chosen"]:
        return cells(name.truncate(width + NUMBERS, pad=True), fitted("not eligible", length, MUTED))
    parts = [
        name.truncate(width + NUMBERS, pad=True),
        stacked(list(row["contributions"].values()), length),
        right(f"{row['value']:.1f}", 5, "bold"),
        right(amount(row["trust_cost"], currency), cost),
    ]
    return cells(*parts, *([fitted(_first(row), sure)] if sure else []))


def _first(row: Row) -> str:
    return "" if row["first_rank_share"] is None else f"in {share(row['first_rank_share'])}"


def _words(row: Row, work: Sequence[str], width: int) -> list[Content]:
    """Return what it is chosen for, or why it was not chosen, in full."""
    if row["chosen"]:
        return [*wrapped(f"Chosen for {', '.join(work)}.", width, "$chosen", indent=NUMBERS), *wrapped(row["reason"], width, MUTED, indent=NUMBERS)]
    return wrapped(row["reason"].removeprefix("Not eligible. "), width, MUTED, indent=NUMBERS) if row["reason"] else []
