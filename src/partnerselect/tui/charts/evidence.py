"""What one partner scores for one programme, and what stands behind each score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.approval import WIDE
from partnerselect.tui.charts.bars import WHOLE, bar, hue_of, letter_of
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import MUTED, cells, day, fitted, right, width_of, wrapped
from partnerselect.words import share

Row = dict[str, Any]
NO_EVIDENCE = "△ No evidence is given."
INDENT = 5
BAR, WORTH = 12, 5
"""Cells of a bar where there is room for one, and of a figure without."""


def evidence_sheet(rows: Sequence[Row], width: int) -> Sheet:
    """Lay out the scores, criterion by criterion, in the order of the contributions."""
    length = BAR if width >= WIDE else 0
    score = min(max(len("Score"), *(width_of(row["score"]) for row in rows)), 26)
    title = width - INDENT - score - (length + 4 if length else WORTH) - 6 - 5 - 2 * 4
    worth = fitted("Worth of 100", length + 4) if length else right("Worth", WORTH)
    head = cells(
        fitted("Criterion", title).pad_left(INDENT),
        fitted("Score", score),
        worth,
        right("Weight", 6),
        right("Adds", 5),
    ).stylize(MUTED)
    items = (
        Item(
            row["criterion"],
            (_score(n, row, title, score, length), *_behind(row, width), Content("")),
        )
        for n, row in enumerate(rows)
    )
    return Sheet(tuple(items), head=(head,))


def _score(n: int, row: Row, title: int, score: int, length: int) -> Content:
    letter = Content(f" {letter_of(n)} ").stylize(f"bold auto on {hue_of(n)}")
    return cells(
        cells(letter, fitted(row["title"], title, "bold")),
        fitted(row["score"], score),
        cells(bar(row["value"] / WHOLE, length, hue_of(n)), right(f"{row['value']:.0f}", 3), gap=1)
        if length
        else right(f"{row['value']:.0f}", WORTH),
        right(share(row["weight"]), 6),
        right(f"{row['contribution']:.1f}", 5, "bold"),
    )


def _behind(row: Row, width: int) -> list[Content]:
    if row["computed"]:
        return wrapped("Worked out from prices and who pays them.", width, MUTED, indent=INDENT)
    if not row["evidence"] and not row["source"]:
        return wrapped(NO_EVIDENCE, width, "$tight", indent=INDENT)
    source = ", ".join(
        part
        for part in (
            row["source"],
            day(row["published"]) if row["published"] else "",
            f"grade {row['grade']}" if row["grade"] else "",
        )
        if part
    )
    return [
        *wrapped(row["evidence"], width, indent=INDENT),
        *wrapped(source, width, MUTED, indent=INDENT),
    ]
