"""The partners of one programme: what makes up their value, what stands behind it, whom to pick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from partnerselect.tui.charts.bars import WHOLE, bar, hue_of, legend_lines, letter_of, stacked
from partnerselect.tui.charts.grid import Column, grid, wrapping
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import (
    MUTED,
    WIDE,
    Row,
    called,
    cells,
    fitted,
    right,
    wrapped,
)
from partnerselect.words import amount, day_words, share

CHOSEN = "●"
NOT_ELIGIBLE = "not eligible"
ALONE = "Cost if used alone"
ALONE_TOLD = f"{ALONE}: to us, for all it offers. Under each ●: cost approved."
MADE_OF = "What its value is made of"
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
    named = [{**row, "title": titles[row["partner"]]} for row in rows]
    table = grid(_columns(named, currency, width), named, width)
    items = []
    for row in named:
        below = [] if width >= WIDE or not _counts(row) else [made_of(row, width - NUMBERS)]
        told = _words(row, work.get(row["partner"]), currency, width)
        lines = (table.line(row), *(line.pad_left(NUMBERS) for line in below), *told)
        items.append(Item(row["partner"], lines))
    head = (*legend_lines(legend, width), *wrapped(ALONE_TOLD, width, MUTED), Content(""))
    return Sheet(tuple(items), head=(*head, table.head))


def _columns(rows: Sequence[Row], currency: str, width: int) -> Iterator[Column]:
    def told(row: Row, words: str) -> str:
        return words if _counts(row) else ""

    yield Column(
        "#", lambda row: "–" if row["rank"] is None else str(row["rank"]), width=2, is_figure=True
    )
    yield named("Partner", part=11)
    if width >= WIDE:
        yield Column(MADE_OF, draw=made_of, part=9, most=LONGEST)
    yield Column("Value", lambda row: (told(row, f"{row['value']:.1f}"), "bold"), is_figure=True)
    yield Column(
        ALONE,
        lambda row: amount(row["own_cost_alone"], currency) if _counts(row) else NOT_ELIGIBLE,
        is_figure=True,
    )
    if any(row["first_rank_share"] is not None for row in rows):
        yield Column(
            "First in",
            lambda row: told(row, shares(row["first_rank_share"])),
            is_figure=True,
        )


def named(heading: str, part: int = 1) -> Column:
    """Return a column of partners, the chosen ones marked."""

    def name(row: Row, room: int) -> Content:
        style = "bold $chosen" if row["chosen"] else ""
        mark = Content(f"{CHOSEN if row['chosen'] else ' '} ")
        return (mark + fitted(called(row, room - 2), room - 2)).stylize(style)

    return Column(heading, draw=name, part=part, indent=2)


def made_of(row: Row, width: int) -> Content:
    """Return what a partner's value is made of, as a bar; nothing of one that cannot be chosen."""
    return stacked(list(row["contributions"].values()), width) if _counts(row) else Content("")


def _counts(row: Row) -> bool:
    return bool(row["eligible"] or row["chosen"])


def shares(part: float | None) -> str:
    """Return a share; nothing where none is known."""
    return "" if part is None else share(part)


def _words(row: Row, work: Work | None, currency: str, width: int) -> list[Content]:
    """Return what it is chosen for, and why, or why it was not chosen, in full."""
    told = (
        f"Chosen for {', '.join(work.components)}: {amount(work.own_cost, currency)} to us."
        if row["chosen"] and work is not None
        else ""
    )
    return [
        *wrapped(told, width, "$chosen", indent=NUMBERS),
        *wrapped(row["reason"], width, MUTED, indent=NUMBERS),
    ]


# ── What one partner scores for one programme, and what stands behind each score ──

NO_EVIDENCE = "△ No evidence is given."
COMPUTED = "Worked out from its day rate, its other prices and who pays."
INDENT = 5


def evidence_sheet(rows: Sequence[Row], width: int) -> Sheet:
    """Lay out the scores, criterion by criterion, in the order of the contributions."""

    def title(row: tuple[int, Row], room: int) -> Content:
        letter = Content(f" {letter_of(row[0])} ").stylize(f"bold auto on {hue_of(row[0])}")
        return cells(letter, fitted(row[1]["title"], room - INDENT, "bold"))

    def worth(row: tuple[int, Row], room: int) -> Content:
        figure = right(f"{row[1]['value']:.0f}", 3)
        return cells(bar(row[1]["value"] / WHOLE, room - 4, hue_of(row[0])), figure, gap=1)

    numbered = list(enumerate(rows))
    columns = (
        Column("Criterion", draw=title, part=1, indent=INDENT),
        wrapping("Score", lambda row: row[1]["score"], numbered, max(12, width // 3)),
        Column("Worth of 100", draw=worth, width=16)
        if width >= WIDE
        else Column("Worth", lambda row: f"{row[1]['value']:.0f}", is_figure=True),
        Column("Weight", lambda row: share(row[1]["weight"]), is_figure=True),
        Column("Adds", lambda row: (f"{row[1]['contribution']:.1f}", "bold"), is_figure=True),
    )
    table = grid(columns, numbered, width)
    items = (
        Item(one[1]["criterion"], (*table.lines(one), *_behind(one[1], width), Content("")))
        for one in numbered
    )
    return Sheet(tuple(items), head=(table.head,))


def _behind(row: Row, width: int) -> list[Content]:
    if row["computed"]:
        return wrapped(COMPUTED, width, MUTED, indent=INDENT)
    if not row["evidence"] and not row["source"]:
        return wrapped(NO_EVIDENCE, width, "$tight", indent=INDENT)
    return [
        *wrapped(row["evidence"], width, indent=INDENT),
        *wrapped(", ".join(source(row)), width, MUTED, indent=INDENT),
    ]


def source(row: Row) -> list[str]:
    """Return the source of a score, its date and its grade, as far as they are given."""
    found = (
        row["source"],
        day_words(row["published"] or ""),
        f"grade {row['grade']}" if row["grade"] else "",
    )
    return [part for part in found if part]
