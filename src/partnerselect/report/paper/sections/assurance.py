"""Section 3: how success will be measured, who was asked, and where the groups differ."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.model import Engagement, Measure
from partnerselect.report.paper.content import Block, Bullets, Heading
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.writing import (
    Numbering,
    counted,
    day,
    missing,
    plain,
    table,
)
from partnerselect.rows import agreement_rows, difference_rows
from partnerselect.tables import Text, firsts_table
from partnerselect.words import figure, listed, with_unit

DIRECTIONS = {"more": "should rise", "less": "should fall", None: ""}
WIDEST = 3
"""Differences of weights that are told."""


def assurance(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write measures, engagement and groups."""
    yield Heading(1, "Assurance", "3")
    yield Heading(2, "How success will be measured")
    measures = found.paper.measures
    if not measures:
        yield number.paragraph(missing(found.unwritten["measures"]), "paper.measures")
    else:
        rows = [_measure(measure) for measure in measures.values()]
        yield table(
            "measures",
            "Measures",
            "Measure | Baseline > | Target > | By | Owner | Direction",
            rows,
            "paper.measures",
        )
    yield Heading(2, "Engagement")
    if not found.paper.engagement:
        yield number.paragraph(missing(found.unwritten["engagement"]), "paper.engagement")
    yield from (
        number.paragraph(_event(event), f"paper.engagement.{name}")
        for name, event in found.paper.engagement.items()
    )
    yield from _groups(found, number)


def _measure(measure: Measure) -> tuple[Text | str, ...]:
    marks = [
        _mark(value, measure.unit) if value is not None else missing(what)
        for value, what in ((measure.baseline, "baseline"), (measure.target, "target"))
    ]
    owner = plain(measure.owner) if measure.owner.strip() else missing("owner")
    return (
        measure.title,
        *marks,
        plain(day(measure.by)) if measure.by else missing("date"),
        owner,
        DIRECTIONS[measure.direction],
    )


def _mark(value: float | str, unit: str) -> Text:
    return plain(with_unit(figure(value) if isinstance(value, float) else value, unit))


def _event(event: Engagement) -> str:
    who = f" with {listed(event.who)}" if event.who else ""
    when = f", {day(event.date)}" if event.date else ", date not said"
    return f"{event.title}{who}{when}.{' ' + event.text.strip() if event.text.strip() else ''}"


def _groups(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    groups = found.analysis.scenario.stakeholders
    if not groups:
        return
    yield Heading(2, "Where those asked would choose differently")
    yield number.paragraph(
        f"Groups gave weights of their own: {listed([group.title for group in groups.values()])}."
        " They show where people differ.",
        "stakeholders",
    )
    widest = [row["words"] for row in difference_rows(found.analysis, found.agreement)][:WIDEST]
    if widest:
        yield number.paragraph("Their weights differ most on:", "table: differences")
        yield Bullets(tuple(plain(words) for words in widest), ("table: differences",))
    yield number.paragraph(_unanimous(found), "table: agreement", "stakeholders")


def _unanimous(found: PaperInputs) -> str:
    """Say in how many programmes all groups put the same partner first."""
    rows = agreement_rows(found.analysis, found.agreement)
    alike = sum(len({tuple(leaders) for leaders in row["leaders"].values()}) == 1 for row in rows)
    return (
        f"In {alike} of {counted(len(rows), 'programme')} every group puts the same partner first;"
        " the appendix says whom each puts first."
    )


def groups_first(found: PaperInputs) -> Iterator[Block]:
    """Write whom each group puts first, for the appendix."""
    if found.analysis.scenario.stakeholders:
        yield Heading(2, "What each group would choose")
        yield firsts_table(found.analysis, found.agreement)
