"""What good practice asks for and the scenario lacks, and what stands behind the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from partnerselect.tui.charts.approval import WIDE
from partnerselect.tui.charts.bars import bar
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, right, width_of, wrapped
from partnerselect.words import share

Row = dict[str, Any]
SEVERITY = {"warning": ("▲", "bold $tight"), "note": ("·", "bold $primary")}
STATE = {"met": ("✓", "$chosen"), "not met": ("✗", "bold $tight"), "not applicable": ("–", MUTED)}
INDENT = 2
BAR = 10
NARROW_BAR = 6


def checks_sheet(
    findings: Sequence[Row],
    places: Sequence[str],
    gates: Sequence[Row],
    evidence: Sequence[Row],
    practice: Sequence[Row],
    width: int,
) -> Sheet:
    """Lay out findings, assumed likelihoods, evidence and checklists.

    Args:
        findings: of `check_rows`.
        places: file, line and column of each finding; empty where it has none.
        gates: of the draws in `ranking_json`.
        evidence: of `evidence_rows`.
        practice: of `practice_rows`.
        width: in cells.
    """
    items = [
        _finding(n, row, place, width)
        for n, (row, place) in enumerate(zip(findings, places, strict=True))
    ]
    items = items or [
        Item("nothing", (Content("✓ Nothing is lacking of what is checked.").stylize("$chosen"),))
    ]
    return Sheet(
        (*items, *_gates(gates, width), *_evidence(evidence, width), *_practice(practice, width)),
        head=(_summary(findings, practice),),
    )


def _summary(findings: Sequence[Row], practice: Sequence[Row]) -> Content:
    warnings = sum(row["severity"] == "warning" for row in findings)
    notes, met = len(findings) - warnings, sum(row["state"] == "met" for row in practice)
    told = [
        (f"▲ {_counted(warnings, 'warning')}", "bold $tight" if warnings else MUTED),
        (f"· {_counted(notes, 'note')}", ""),
    ]
    asked = sum(row["state"] != "not applicable" for row in practice)
    told += [(f"✓ {met} of {asked} items of good practice met", "$chosen")] if practice else []
    return cells(*(Content(text).stylize(style) for text, style in told), gap=3)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing if number == 1 else f'{thing}s'}"


def _finding(n: int, row: Row, place: str, width: int) -> Item:
    glyph, style = SEVERITY[row["severity"]]
    lines = [
        *_marked(glyph, style, row["words"], width, "bold" if row["severity"] == "warning" else "")
    ]
    lines += wrapped(f"→ {row['mend']}", width, "$chosen", indent=INDENT) if row["mend"] else []
    behind = " · ".join(part for part in (place or row["path"], row["source"]) if part)
    return Item(f"finding-{n}", (*lines, *wrapped(behind, width, MUTED, indent=INDENT)))


def _marked(glyph: str, style: str, text: str, width: int, weight: str = "") -> Lines:
    first, *others = wrapped(text, width - INDENT, weight) or [Content("")]
    return (
        Content.assemble((glyph, style), " ") + first,
        *(line.pad_left(INDENT) for line in others),
    )


def _heading(text: str) -> Lines:
    return (Content(""), Content(text).stylize("bold $primary"))


def _gates(gates: Sequence[Row], width: int) -> tuple[Item, ...]:
    assumed = [row for row in gates if row["assumed"]]
    told = [
        f"{row['title']}: granted in {share(row['likelihood'])} of trials, because the"
        " file does not say how likely it is."
        for row in assumed
    ]
    return tuple(
        Item(
            f"gate-{n}",
            _marked("·", "bold $primary", text, width),
            above=_heading("Decisions of others, likelihood assumed") if n == 0 else (),
        )
        for n, text in enumerate(told)
    )


def _evidence(rows: Sequence[Row], width: int) -> tuple[Item, ...]:
    """Return a line for every partner.

    The bar says which part of its scores has something behind it.
    """
    grades = list(dict.fromkeys(sorted(grade for row in rows for grade in row["grades"])))
    length = BAR if width >= WIDE else NARROW_BAR
    room = max(4, *(width_of(grade) for grade in grades)) if grades else 0
    # what is left beside the figures on 80 columns
    shown = grades if width >= WIDE or len(grades) * (room + 2) <= 24 else []  # noqa: PLR2004
    name = max(width - length - 40 - len(shown) * (room + 2), 12)
    heads = [
        right("Scores", 6),
        fitted("With evidence", length + 6),
        right("Range", 5),
        right("Unknown", 7),
        *(right(grade, room) for grade in shown),
    ]
    head = cells(fitted("Partner", name), *heads).stylize(MUTED)
    above = (
        *_heading(
            "What stands behind the"
            f" scores{'; the last columns are grades of evidence' if shown else ''}"
        ),
        head,
    )
    return tuple(
        Item(
            f"partner:{row['partner']}",
            (_partner(row, shown, name, length, room),),
            above=above if n == 0 else (),
        )
        for n, row in enumerate(rows)
    )


def _partner(row: Row, grades: Sequence[str], name: int, length: int, room: int) -> Content:
    part = row["evidenced"] / row["scores"] if row["scores"] else 0.0
    few = part < 0.5  # noqa: PLR2004 - more without than with
    return cells(
        fitted(row["title"], name),
        right(str(row["scores"]), 6),
        cells(
            bar(part, length, "$tight" if few else "$bar"),
            fitted(f"{'△' if few else ' '}{row['evidenced']:>2}", 5),
            gap=1,
        ),
        right(str(row["ranged"] or "–"), 5),
        right(str(row["unknown"] or "–"), 7, "bold $tight" if row["unknown"] else ""),
        *(right(str(row["grades"].get(grade, "–")), room) for grade in grades),
    )


def _practice(rows: Sequence[Row], width: int) -> tuple[Item, ...]:
    items: list[Item] = []
    before = None
    for n, row in enumerate(rows):
        glyph, style = STATE[row["state"]]
        lines = (
            *_marked(glyph, style, f"{row['item']}  {row['title']}", width),
            *wrapped(row["why"], width, MUTED, indent=INDENT + 4),
        )
        above = (
            (Content(""), *wrapped(row["source"], width, "bold $primary"))
            if row["source"] != before
            else ()
        )
        items.append(Item(f"practice-{n}", lines, above=above))
        before = row["source"]
    return tuple(items)
