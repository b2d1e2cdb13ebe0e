"""Section 1, third part: the recommendation, working with each partner, the frontier."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect import tables
from partnerselect.advice import SENSITIVITY
from partnerselect.report.paper.content import Block, Bullets, Figure, Heading
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.writing import Numbering, day, plain
from partnerselect.rows import (
    Row,
    demand_sentences,
    frontier_points,
    money,
    no_answer_words,
    regret_words,
)
from partnerselect.tables import (
    Span,
    Text,
    columns_for,
    limits_table,
    points_table,
    portfolios_table,
    recommended_rows,
    steps_table,
    sure,
    work_table,
    working_table,
)
from partnerselect.words import listed, points

WHOLE = 5
"""Whole choices that are told."""


def recommendation(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write what is recommended, or why nothing can be."""
    yield Heading(2, "What is recommended")
    if not found.answered:
        yield number.paragraph(
            f"Nothing can be recommended: {no_answer_words(found.analysis)}.", "table: ranking"
        )
        yield from (
            number.paragraph(told, "table: conflict") for told in demand_sentences(found.analysis)
        )
        return
    yield _table(found)
    yield from _whole(found, number)
    for row in found.decisions:
        yield Heading(3, row["programme"])
        yield number.paragraph(
            _decision(found, row), f"programmes.{row['id']}", "table: recommendation"
        )
        yield from _grounds(row)
    yield from _working(found)
    limits = limits_table(found.analysis)
    if limits.rows or limits.note:
        yield limits
    yield from _frontier(found, number)


def _table(found: PaperInputs) -> Block:
    scenario = found.analysis.scenario
    note = (
        "Value and doing nothing in points, 0 to 100. How sure: the share of"
        f" {SENSITIVITY} in which the same partners are chosen again; robust from 90%, sensitive"
        " from 60%, else too close to call."
    )
    decided = [
        {**row, "sure": sure(row) or "—", "review": row["review"] or "—"} for row in found.decisions
    ]
    return tables.table(
        scenario,
        "recommendation",
        "What is recommended, programme by programme",
        columns_for("paper"),
        recommended_rows(found.analysis, decided),
        note=note,
        sources=("table: recommendation",),
        totals=1,
    )


def _whole(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write how the choice as a whole stands in the trials, and the choices that come next."""
    yield from number.paragraphs([" ".join(regret_words(found.analysis))], "table: choices")
    shown = portfolios_table(found.analysis, WHOLE)
    if len(shown.rows) > 1:
        yield shown


def _decision(found: PaperInputs, row: Row) -> Text:
    """Say of one programme: the partners, the cost, the condition, the lead, the review."""
    if not row["partners"]:
        return plain(
            f"{row['reason'] or 'It does not run.'} It stays at {row['baseline']:.1f} points."
            f" {_back(row)}"
        )
    one = len(row["partners"]) == 1
    condition = f", {row['condition']}" if row["condition"] else ""
    told = (
        f" {'is' if one else 'are'} recommended, worth {points(row['value'])}. It costs us"
        f" {money(found.analysis, row['own_cost'])}{condition}. {_back(row)}"
    )
    return (Span(listed(row["partners"]), strong=True), Span(told))


def _grounds(row: Row) -> Iterator[Block]:
    """Say why, which is the main alternative and why not, and how sure."""
    if row["partners"]:
        why = (
            f"{row['partners'][0]} is ahead of the main alternative on {row['why']}."
            if row["why"]
            else ""
        )
        told = {
            "Why": f"{why} {row['reason']}".strip(),
            "Main alternative": _runner_up(row),
            "How sure": row["assurance"],
        }
        yield Bullets(
            tuple(
                (Span(f"{label}: ", strong=True), Span(words))
                for label, words in told.items()
                if words
            ),
            ("table: recommendation",),
        )


def _runner_up(row: Row) -> str:
    if not row["runner_up"]:
        return "nobody else could be chosen for it."
    against = f" It is ahead on {row['against']}." if row["against"] else ""
    instead = f" {row['why_not']}" if row["why_not"] and not row["reason"] else ""
    return f"{row['runner_up']}, {row['margin_words']}.{against}{instead}"


def _back(row: Row) -> str:
    lead = f"Lead: {row['sponsor'].strip()}. " if row["sponsor"].strip() else ""
    return f"{lead}Review: {day(row['review']) if row['review'] else 'no date is set'}."


def _working(found: PaperInputs) -> Iterator[Block]:
    shown = working_table(found.analysis)
    if shown.rows:
        yield Heading(2, "Working with each partner")
        yield shown


def work(found: PaperInputs) -> Iterator[Block]:
    """Write the days of help, for the appendix."""
    shown = work_table(found.analysis)
    if shown.rows:
        yield Heading(2, "Who does what")
        yield shown


def _frontier(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    # a curve has two ends
    if found.frontier is None or len(found.frontier.points) < 2:  # noqa: PLR2004
        return
    curve = frontier_points(found.analysis, found.frontier)
    first, last = (
        (money(found.analysis, row["own_cost"]), points(row["value"]))
        for row in (curve[0], curve[-1])
    )
    today = next((row for row in curve if row["today"]), None)
    yield Heading(2, "What more or less money would buy")
    told = (
        f"Within the other limits there are {len(curve)} best-value plans, each at its"
        f" cost, from {first[0]} ({first[1]}) to {last[0]} ({last[1]})."
    )
    recommended = (
        f" The recommended one costs us {money(found.analysis, today['own_cost'])} and is worth"
        f" {points(today['value'])}."
        if today
        else ""
    )
    yield number.paragraph(told + recommended, "table: frontier")
    shown = points_table(found.analysis, curve)
    alt = (
        f"Value against cost to us: {len(curve)} choices, rising from {first[1]} for {first[0]} to"
        f" {last[1]} for {last[0]}; the recommended one is marked."
    )
    yield Figure(
        "frontier", "frontier", shown.title, alt, tuple(curve), ("table: frontier",), shown
    )


def steps(found: PaperInputs) -> Iterator[Block]:
    """Write the steps of the frontier nearest to the recommended choice, for the appendix."""
    curve = frontier_points(found.analysis, found.frontier) if found.frontier else []
    at = next((n for n, row in enumerate(curve) if row["today"]), None)
    if at is not None and len(curve) > 1:
        yield Heading(2, "What a little more or less money would change")
        yield steps_table(found.analysis, curve, at)
