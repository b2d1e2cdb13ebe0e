"""What good practice asks for and the scenario lacks, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content

from partnerselect.errors import Problem
from partnerselect.tui.charts.bars import bar
from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.sheet import Item, Section, Sheet, page, sentences
from partnerselect.tui.charts.words import MUTED, WIDE, Lines, Row, cells, fitted, hanging, wrapped
from partnerselect.words import NO_FINDING, counted, share, visible

SEVERITY = {"warning": ("▲", "bold $tight", "bold"), "note": ("·", "bold $primary", "")}
STATE = {"met": ("✓", "$chosen"), "not met": ("✗", "bold $tight"), "not applicable": ("–", MUTED)}
LACK, PARTNER, FACT = "finding", "partner", "fact"
"""The parts of the page whose items are findings, partners, and facts worth finding out."""
INDENT = 2


@dataclass(frozen=True)
class Checked:
    """What the checks found, and what they are about."""

    findings: Sequence[Row] = ()
    """Of `check_rows`."""
    places: Sequence[str] = ()
    """File, line and column of each finding; empty where it has none."""
    gates: Sequence[Row] = ()
    """Of the draws in `ranking_json`, with their titles."""
    evidence: Sequence[Row] = ()
    """Of `evidence_rows`."""
    practice: Sequence[Row] = ()
    """Of `practice_rows`."""


def checks_sheet(checked: Checked, facts: Sequence[Row] | None, width: int) -> Sheet:
    """Lay out findings, facts worth finding out, assumed likelihoods, evidence and checklists.

    Args:
        checked: what was found.
        facts: of `finding_rows`; None while they are worked out.
        width: in cells.
    """
    found = tuple(
        Item(str(n), _finding(row, place, width))
        for n, (row, place) in enumerate(zip(checked.findings, checked.places, strict=True))
    )
    nothing = Content("✓ Nothing is lacking of what is checked.").stylize("$chosen")
    assumed = [
        f"{row['title']}: granted in {share(row['likelihood'])} of trials, because the file does"
        " not say how likely it is."
        for row in checked.gates
        if row["assumed"]
    ]
    sections = [
        Section(LACK, "What is lacking", found or (Item("none", (nothing,)),)),
        Section(FACT, "Worth finding out before deciding", _facts(facts, width)),
        Section("gate", "Decisions of others, likelihood assumed", sentences(assumed, width)),
        _evidence(checked.evidence, width),
        *(
            Section(f"practice-{n}", source, tuple(_item(row, width) for row in rows))
            for n, (source, rows) in enumerate(
                groupby(checked.practice, key=lambda row: row["source"])
            )
        ),
    ]
    return page(sections, width, head=_summary(checked.findings, checked.practice, width))


def _summary(findings: Sequence[Row], practice: Sequence[Row], width: int) -> Lines:
    warnings = sum(row["severity"] == "warning" for row in findings)
    met = sum(row["state"] == "met" for row in practice)
    asked = sum(row["state"] != "not applicable" for row in practice)
    told = [
        (f"▲ {counted(warnings, 'warning')}", "bold $tight" if warnings else MUTED),
        (f"· {counted(len(findings) - warnings, 'note')}", ""),
    ]
    told += [(f"✓ {met} of {asked} items of good practice met", "$chosen")] if practice else []
    parts = [Content(text).stylize(style) for text, style in told]
    whole = cells(*parts, gap=3)
    return (whole,) if whole.cell_length <= width else (cells(*parts[:2], gap=3), *parts[2:])


def _facts(facts: Sequence[Row] | None, width: int) -> tuple[Item, ...]:
    if not facts:
        told = "calculating …" if facts is None else NO_FINDING
        return sentences([told], width)
    return tuple(
        Item(row["key"], hanging("?", row["words"], width, glyph="bold $primary")) for row in facts
    )


def _finding(row: Row, place: str, width: int) -> Lines:
    """Return what is lacking, then what is to be done, then where and by whose advice."""
    mark, glyph, style = SEVERITY[row["severity"]]
    behind = " · ".join(part for part in (place or row["path"], row["source"]) if part)
    return (
        *hanging(mark, row["words"], width, style, glyph=glyph),
        *(hanging("  →", row["mend"], width, "$chosen", glyph="$chosen") if row["mend"] else ()),
        *wrapped(behind, width, MUTED, indent=2 * INDENT),
    )


def _item(row: Row, width: int) -> Item:
    mark, glyph = STATE[row["state"]]
    told = hanging(mark, f"{row['item']}  {row['title']}", width, glyph=glyph)
    return Item(row["item"], (*told, *wrapped(row["why"], width, MUTED, indent=INDENT + 4)))


def _evidence(rows: Sequence[Row], width: int) -> Section:
    """Return a line for every partner; the bar says how many of its scores have evidence."""
    grades = list(dict.fromkeys(sorted(grade for row in rows for grade in row["grades"])))
    # what is left beside the figures on 80 columns
    shown = grades if width >= WIDE or sum(len(grade) + 2 for grade in grades) <= 24 else []  # noqa: PLR2004

    def evidenced(row: Row, room: int) -> Content:
        part = row["evidenced"] / row["scores"] if row["scores"] else 0.0
        few = part < 0.5  # noqa: PLR2004 - more without than with
        figure = fitted(f"{'△' if few else ' '}{row['evidenced']:>2}", 5)
        return cells(bar(part, room - 6, "$tight" if few else "$bar"), figure, gap=1)

    columns = (
        Column("Partner", lambda row: str(row["title"]), part=1),
        Column("Scores", lambda row: str(row["scores"]), is_figure=True),
        Column("With evidence", draw=evidenced, width=16 if width >= WIDE else 13),
        Column("Range", lambda row: str(row["ranged"] or "–"), is_figure=True),
        Column(
            "Unknown",
            lambda row: (str(row["unknown"] or "–"), "bold $tight" if row["unknown"] else ""),
            is_figure=True,
        ),
        *(
            Column(grade, lambda row, of=grade: str(row["grades"].get(of, "–")), is_figure=True)  # type: ignore[misc]
            for grade in shown
        ),
    )
    table = grid(columns, rows, width)
    title = "What stands behind the scores" + ("; last, the grades" if shown else "")
    items = tuple(Item(row["partner"], (table.line(row),)) for row in rows)
    return Section(PARTNER, title, items, (table.head,))


# ── What is wrong with a file, for the person who can correct it ──


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
