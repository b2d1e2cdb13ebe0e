"""Section 5: inputs, turning points, what the draws say, assessment summaries, good practice, and what reproduces the paper."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.advice.guidance.finding import ISPOR, MANUAL
from partnerselect.report.paper.asking import Asked
from partnerselect.report.paper.content import Block, Bullets, Figure, Heading, Paragraph
from partnerselect.report.paper.sections.assurance import group_table
from partnerselect.report.paper.sections.key_points import otherwise
from partnerselect.report.paper.sections.recommending import step_table, work_table
from partnerselect.report.paper.sections.writing import Numbering, day, plain, table
from partnerselect.robustness.sentences import criterion_title
from partnerselect.rows.assessment import assessment_rows
from partnerselect.rows.checks import check_rows, practice_rows
from partnerselect.rows.decision import money
from partnerselect.rows.figures import acceptability_rows, contribution_rows, sensitivity_rows
from partnerselect.rows.report import Row
from partnerselect.rows.robustness import interval_rows, question_rows
from partnerselect.rows.stated import input_rows, price_rows
from partnerselect.tables import Column
from partnerselect.words.wording import share

TURNS = 5
"""Turning points of a programme that are shown."""
QUESTIONS, TELLING = 6, 0.01
"""Open scores worth a line: at most so many, each changing a leader in at least this share of cases."""
PANELS = 3
"""Weights drawn in the figure of how values move: what a page holds at a size that can be read."""
SHORT = {ISPOR: "ISPOR (2016)", MANUAL: "Multi-criteria manual (2009)"}


def appendices(found: Asked) -> Iterator[Block]:
    """Write the appendices."""
    number = Numbering(5)
    yield Heading(1, "Appendices", "5")
    yield from work_table(found)
    yield from step_table(found)
    yield from _inputs(found)
    yield from group_table(found)
    yield from _turns(found)
    yield from _draws(found)
    yield from _assessments(found, number)
    yield from _practice(found)


def _inputs(found: Asked) -> Iterator[Block]:
    yield Heading(2, "Inputs with their evidence")
    rows = [
        (
            row["partner"],
            row["programme"] or "every programme",
            row["criterion"],
            row["score"],
            row["evidence"] or "none stated",
            _source(row),
            row["grade"] or "—",
        )
        for row in input_rows(found.analysis)
    ]
    yield table(
        "inputs",
        "Scores and what stands behind them",
        "Partner | For | Criterion | Score | Evidence | Source | Grade",
        rows,
        "partners",
    )
    prices = [
        (
            row["partner"],
            *(money(found.analysis, row[key]) for key in ("per_day", "per_programme", "once")),
            f"{row['payer']} {share(row['covers'])}" if row["payer"] else "us",
            row["gate"] or "—",
        )
        for row in price_rows(found.analysis)
    ]
    yield table(
        "prices",
        "Prices",
        "Partner | A day > | A programme > | Once > | Who pays | Hangs on",
        prices,
        "partners",
    )


def _source(row: Row) -> str:
    return ", ".join(part for part in (row["source"], row["published"]) if part) or "—"


def _turns(found: Asked) -> Iterator[Block]:
    titles = found.analysis.scenario.programmes
    rows = [
        (titles[name].title, flip["words"])
        for name, flips in found.flips.items()
        for flip in flips[:TURNS]
    ]
    if rows:
        yield Heading(2, "What would turn the order")
        note = f"Of each programme's first on value, nearest first; at most {TURNS} a programme."
        yield table(
            "flips",
            "Turning points",
            "Programme | What would turn the order",
            rows,
            "table: flip points",
            note=note,
        )
    without = [row["words"] for row in otherwise(found, ("partner", "commitment"))]
    if without:
        yield Heading(3, "Without one of the partners")
        yield Bullets(tuple(plain(words) for words in without), ("table: with and without",))


def _draws(found: Asked) -> Iterator[Block]:
    analysis = found.analysis
    if not analysis.robustness.samples:
        return
    yield Heading(2, "How sure the ranking is")
    for name, programme in analysis.scenario.programmes.items():
        yield from _figures(found, name, programme.title)
    yield from _least_sure(found)
    questions = [row["words"] for row in question_rows(analysis) if row["change_share"] >= TELLING][
        :QUESTIONS
    ]
    if questions:
        yield Heading(3, "Worth finding out before deciding")
        yield Bullets(tuple(plain(words) for words in questions), ("table: open questions",))


def _least_sure(found: Asked) -> Iterator[Block]:
    """Draw how the values move with each weight, for the decision that is least sure."""
    told = [row for row in found.running if row["share"] is not None]
    if not told:
        return
    row = min(told, key=lambda row: row["share"])
    ranges = interval_rows(found.analysis, row["id"])
    nearest = [
        criterion_title(found.analysis.scenario, one["criterion"])
        for one in sorted(ranges, key=_room)
    ][:PANELS]
    drawn = list(dict.fromkeys(nearest))
    lines = [
        line for line in sensitivity_rows(found.analysis, row["id"]) if line["criterion"] in drawn
    ]
    if not lines:
        return
    titles = {name: partner.title for name, partner in found.analysis.scenario.partners.items()}
    cells = [
        (
            criterion_title(found.analysis.scenario, one["criterion"]),
            *(f"{one[key]:.1%}" for key in ("whole", "whole_low", "whole_high")),
            *(titles[one[side]] if one[side] else "nobody else" for side in ("below", "above")),
        )
        for one in ranges
        if one["leader"] == ranges[0]["leader"]
    ]
    first = titles[ranges[0]["leader"]]
    caption = (
        f"{row['programme']}, the least sure: between which weights {first} stays first on value"
    )
    shown = table(
        "sensitivity",
        caption,
        "Weight of | Today > | From > | To > | First below that | First above that",
        cells,
        "table: intervals",
    )
    few = (
        f"; drawn for the {len(drawn)} weights with least room before another is first"
        if len(drawn) < len(cells)
        else ""
    )
    alt = (
        f"The value of each partner as a weight goes from nothing to all of its siblings'{few};"
        f" today {first} is first on value."
    )
    yield Figure(
        "sensitivity",
        "sensitivity",
        f"{caption}{few}",
        alt,
        tuple(lines),
        ("table: intervals",),
        shown,
    )


def _room(row: Row) -> float:
    """Return how far a weight may move before another partner is first.

    Endless where none ever is.
    """
    room = [
        abs(row["whole"] - row[end])
        for end, side in (("whole_low", "below"), ("whole_high", "above"))
        if row[side]
    ]
    return min(room, default=float("inf"))


def _figures(found: Asked, name: str, title: str) -> Iterator[Block]:
    drawn = acceptability_rows(found.analysis, name)
    parts = contribution_rows(found.analysis, name)
    if not drawn or not parts:
        return
    criteria = list(dict.fromkeys(row["criterion"] for row in parts))
    by_partner: dict[str, list[Row]] = {}
    for row in parts:
        by_partner.setdefault(row["partner"], []).append(row)
    cells = [
        (
            partner + (" (recommended)" if rows[0]["chosen"] else ""),
            *(f"{row['contribution']:.1f}" for row in rows),
            f"{sum(row['contribution'] for row in rows):.1f}",
        )
        for partner, rows in by_partner.items()
    ]
    columns = (
        Column("Partner"),
        *(Column(criterion, kind="number") for criterion in criteria),
        Column("Value", kind="number"),
    )
    shown = table(
        f"contributions-{name}",
        f"{title}: what makes up each partner's value",
        columns,
        cells,
        "table: ranking",
    )
    first = next(iter(by_partner))
    yield Figure(
        f"contributions-{name}",
        "contributions",
        shown.title,
        f"Bars of value by criterion; {first} is first of {len(by_partner)}.",
        tuple(parts),
        ("table: ranking",),
        shown,
    )
    yield _places(name, title, drawn)


def _places(name: str, title: str, drawn: list[Row]) -> Figure:
    """Draw how often each partner takes each place, all shares of the same draws."""
    depth, gated = len(drawn[0]["ranks"][:3]), drawn[0]["unavailable"] is not None
    ranks = [
        (
            row["partner"],
            *(share(part) for part in row["ranks"][:3]),
            *([share(row["unavailable"])] if gated else []),
        )
        for row in drawn
    ]
    heads = " | ".join(
        [
            "Partner",
            *[f"{place} >" for place in ("First", "Second", "Third")[:depth]],
            *(["Gate shut >"] if gated else []),
        ]
    )
    basis = "of draws of weights, scores and gates" if gated else "of draws of weights and scores"
    shares = table(
        f"acceptability-{name}",
        f"{title}: how often each partner takes each place, {basis}",
        heads,
        ranks,
        "table: standings",
    )
    alt = (
        f"Shares {basis}, by rank; {drawn[0]['partner']} is first in {share(drawn[0]['ranks'][0])}."
    )
    return Figure(
        f"acceptability-{name}",
        "acceptability",
        shares.title,
        alt,
        tuple(drawn),
        ("table: standings",),
        shares,
    )


def _assessments(found: Asked, number: Numbering) -> Iterator[Block]:
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
        yield Paragraph(
            plain(" ".join(part for part in (row["standing"], _closest(row)) if part)),
            sources=("table: ranking",),
        )
        told = [
            f"Strengths: {row['strengths']}" if row["strengths"] else "",
            f"What decided: {row['differences']}" if row["differences"] else "",
        ]
        told += [
            f"What would have changed it: {' '.join(row['changes'])}" if row["changes"] else "",
            *row["barred"],
        ]
        told += [_next(row)]
        yield Bullets(
            tuple(plain(words) for words in told if words), ("table: ranking", "table: flip points")
        )


def _closest(row: Row) -> str:
    return (
        f"It came closest to being chosen in {row['programme']}, where {row['chosen']} is"
        " recommended."
        if row["programme"]
        else ""
    )


def _next(row: Row) -> str:
    """Say when the choice a partner came closest in is looked at again.

    Empty where no date is set.
    """
    again = (
        f"{row['programme']} is looked at again on {day(row['review'])}" if row["review"] else ""
    )
    return (
        f"What comes next: {again}; new evidence or a changed offer can be weighed then."
        if again
        else ""
    )


def _practice(found: Asked) -> Iterator[Block]:
    yield Heading(2, "Good practice")
    rows = [
        (SHORT[row["source"]], row["item"], row["title"], row["state"], row["why"])
        for row in practice_rows(found.analysis)
    ]
    yield table(
        "practice",
        "Two published checklists, item by item",
        "Checklist | Item | What it asks | State | Why",
        rows,
        "table: good practice",
        note=f"{ISPOR}. {MANUAL}. In our words.",
    )
    checks = [
        (row["severity"], row["words"], row["mend"], row["path"], row["source"])
        for row in check_rows(found.analysis)
    ]
    if checks:
        yield table(
            "checks",
            "What the checks found",
            "How grave | What is lacking | What would satisfy it | Where | Whose advice",
            checks,
            "table: checks",
        )
