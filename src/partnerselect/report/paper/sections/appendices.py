"""Section 5: inputs, what would change the leader, trials, assessments, good practice."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.report.paper.content import Block, Bullets, Figure, Heading, Paragraph
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.assurance import groups_first
from partnerselect.report.paper.sections.key_points import otherwise
from partnerselect.report.paper.sections.recommendation import steps, work
from partnerselect.report.paper.sections.writing import Numbering, day, plain
from partnerselect.robustness import criterion_title
from partnerselect.rows import (
    Row,
    acceptability_rows,
    assessment_rows,
    contribution_rows,
    interval_rows,
    question_rows,
    sensitivity_rows,
)
from partnerselect.tables import (
    basis,
    contributions_table,
    findings_table,
    flips_table,
    intervals_table,
    places_table,
    practice_table,
    prices_table,
    scores_table,
)
from partnerselect.words import share

TURNS = 5
"""Changes of the leader of a programme that are shown."""
QUESTIONS, TELLING = 6, 0.01
"""Open scores worth a line: at most so many, each changing a leader in at least this share."""
PANELS = 3
"""Weights drawn in the figure of how values move: what a page holds at a size to be read."""


def appendices(found: PaperInputs) -> Iterator[Block]:
    """Write the appendices."""
    yield Heading(1, "Appendices", "5")
    yield from work(found)
    yield from steps(found)
    yield Heading(2, "Inputs with their evidence")
    yield scores_table(found.analysis)
    yield prices_table(found.analysis)
    yield from groups_first(found)
    yield from _turns(found)
    yield from _trials(found)
    yield from _assessments(found, Numbering(5))
    yield Heading(2, "Good practice")
    yield practice_table(found.analysis)
    checks = findings_table(found.analysis)
    if checks.rows:
        yield checks


def _turns(found: PaperInputs) -> Iterator[Block]:
    shown = flips_table(found.analysis, found.flips, TURNS)
    if shown.rows:
        yield Heading(2, "What would change the leader")
        yield shown
    without = [row["words"] for row in otherwise(found, ("partner", "commitment"))]
    if without:
        yield Heading(3, "Without one of the partners")
        yield Bullets(tuple(plain(words) for words in without), ("table: with and without",))


def _trials(found: PaperInputs) -> Iterator[Block]:
    analysis = found.analysis
    if not analysis.robustness.samples:
        return
    yield Heading(2, "How sure the ranking is")
    for name in analysis.scenario.programmes:
        yield from _figures(found, name)
    yield from _least_sure(found)
    questions = [row["words"] for row in question_rows(analysis) if row["change_share"] >= TELLING]
    if questions:
        yield Heading(3, "Worth finding out before deciding")
        told = tuple(plain(words) for words in questions[:QUESTIONS])
        yield Bullets(told, ("table: open questions",))


def _least_sure(found: PaperInputs) -> Iterator[Block]:
    """Draw how the values move with each weight, for the decision that is least sure."""
    known = [row for row in found.running if row["share"] is not None]
    if not known:
        return
    row = min(known, key=lambda row: row["share"])
    scenario, ranges = found.analysis.scenario, interval_rows(found.analysis, row["id"])
    nearest = (criterion_title(scenario, one["criterion"]) for one in sorted(ranges, key=_room))
    drawn = list(dict.fromkeys(nearest))[:PANELS]
    lines = [
        line for line in sensitivity_rows(found.analysis, row["id"]) if line["criterion"] in drawn
    ]
    if not lines:
        return
    first = scenario.partners[ranges[0]["leader"]].title
    few = (
        f"; drawn for the {len(drawn)} weights with least room before another is first"
        if len(drawn) < len(ranges)
        else ""
    )
    yield Figure(
        "sensitivity",
        "sensitivity",
        f"{row['programme']}, the least sure: between which weights {first} stays first on value"
        f"{few}",
        f"The value of each partner as a weight goes from nothing to all of its siblings'{few};"
        f" today {first} is first on value.",
        tuple(lines),
        ("table: intervals",),
        intervals_table(found.analysis, row["id"]),
    )


def _room(row: Row) -> float:
    """Return how far a weight may move before another partner is first."""
    ends = (("whole_low", "below"), ("whole_high", "above"))
    room = [abs(row["whole"] - row[end]) for end, side in ends if row[side]]
    return min(room, default=float("inf"))


def _figures(found: PaperInputs, name: str) -> Iterator[Block]:
    drawn = acceptability_rows(found.analysis, name)
    parts = contribution_rows(found.analysis, name)
    if not drawn or not parts:
        return
    shown, places = (
        contributions_table(found.analysis, name),
        places_table(found.analysis, name, drawn),
    )
    yield Figure(
        shown.id,
        "contributions",
        shown.title,
        f"Bars of value by criterion; {parts[0]['partner']} is first of {len(shown.rows)}.",
        tuple(parts),
        shown.sources,
        shown,
    )
    yield Figure(
        places.id,
        "acceptability",
        places.title,
        f"Shares {basis(drawn)}, by rank; {drawn[0]['partner']} is first in"
        f" {share(drawn[0]['ranks'][0])}.",
        tuple(drawn),
        places.sources,
        places,
    )


def _assessments(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    rows = assessment_rows(found.analysis) if found.answered else []
    if not rows:
        return
    yield Heading(2, "Assessment summaries of the partners not chosen")
    opening = (
        "One for each, to be sent to the partner it is about, with our thanks. Points are of value,"
        " from 0 to 100, within the programme named."
    )
    yield number.paragraph(opening, "table: ranking")
    for row in rows:
        yield Heading(3, row["partner"])
        standing = " ".join(part for part in (row["standing"], _closest(row)) if part)
        yield Paragraph(plain(standing), sources=("table: ranking",))
        labelled = {
            "Strengths": row["strengths"],
            "What decided": row["differences"],
            "What would have changed it": " ".join(row["changes"]),
        }
        told = [f"{label}: {words}" for label, words in labelled.items() if words]
        told += [words for words in (*row["barred"], _next(row)) if words]
        yield Bullets(tuple(map(plain, told)), ("table: ranking", "table: flip points"))


def _closest(row: Row) -> str:
    return (
        f"It came closest to being chosen in {row['programme']}, where {row['chosen']} is"
        " recommended."
        if row["programme"]
        else ""
    )


def _next(row: Row) -> str:
    """Say when the choice that a partner came closest in is reviewed; empty without a date."""
    if not row["review"]:
        return ""
    return (
        f"What comes next: {row['programme']} is reviewed on {day(row['review'])}; new evidence or"
        " a changed offer can be weighed then."
    )
