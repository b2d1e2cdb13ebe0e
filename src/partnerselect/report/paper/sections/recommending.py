"""Section 1, third part: the recommendation programme by programme, working with each partner, the allocation, the frontier."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect import tables
from partnerselect.report.paper.asking import Asked
from partnerselect.report.paper.content import Block, Bullets, Figure, Heading
from partnerselect.report.paper.sections.key_points import told_share
from partnerselect.report.paper.sections.writing import Numbering, day, plain, table
from partnerselect.rows.board import gauge_rows
from partnerselect.rows.choices import portfolio_rows, regret_words
from partnerselect.rows.decision import money, work_rows, working_rows
from partnerselect.rows.demands import demand_words
from partnerselect.rows.figures import frontier_points
from partnerselect.rows.report import Row, no_answer_words
from partnerselect.tables import Span, Text
from partnerselect.tables.recommendation import columns_for, recommended_rows
from partnerselect.words.wording import listed, points, share

WORTH_TELLING = 0.8
"""The share from which the use of a limit is told."""
WHOLE = 5
"""Whole choices that are told."""
NEAR = 2
"""Steps of the frontier told on each side of the recommended choice."""


def recommending(found: Asked, number: Numbering) -> Iterator[Block]:
    """Write what is recommended, or why nothing can be."""
    yield Heading(2, "What is recommended")
    if not found.answered:
        yield number.paragraph(
            f"Nothing can be recommended: {no_answer_words(found.analysis)}.", "table: ranking"
        )
        yield from (
            number.paragraph(_sentence(demand_words(found.analysis, one)), "table: conflict")
            for one in found.analysis.conflicts
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
    yield from _limits(found)
    yield from _frontier(found, number)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def _table(found: Asked) -> Block:
    scenario = found.analysis.scenario
    again = any(row["chosen_again"] for row in found.decisions)
    counted_in = (
        "in which the same is chosen again" if again else "in which the partner is first on value"
    )
    note = (
        "Value and doing nothing in points, 0 to 100. How sure: the share of draws of weights and"
        f" scores {counted_in}, gates as they are expected to be; robust from 90%, sensitive from"
        " 60%, else too close to call."
    )
    decided = [
        {**row, "sure": sure(row), "review": row["review"] or "—"} for row in found.decisions
    ]
    return tables.table(
        scenario,
        "recommendation",
        "What is recommended, programme by programme",
        columns_for("paper", scenario.currency),
        recommended_rows(found.analysis, decided),
        note=note,
        sources=("table: recommendation",),
        totals=1,
    )


def _whole(found: Asked, number: Numbering) -> Iterator[Block]:
    """Write how the choice as a whole stands in the draws, and the whole choices that come next."""
    yield from number.paragraphs([" ".join(regret_words(found.analysis))], "table: choices")
    rows = [
        (
            row["words"],
            share(row["share"]),
            points(row["mean_regret"]),
            points(row["greatest_regret"]),
        )
        for row in portfolio_rows(found.analysis)
    ][:WHOLE]
    if len(rows) > 1:
        heads = (
            "What would be done differently | The best in > | Falls short on average > | At most >"
        )
        yield table(
            "choices",
            "Whole choices, the one that is the best in most draws first",
            heads,
            rows,
            "table: choices",
        )


def sure(row: Row) -> str:
    """Say how sure a decision is: the word with its share, or the share alone where the partner is not first on value."""
    if row["share"] is None:
        return "—"
    return told_share(row)


def _decision(found: Asked, row: Row) -> Text:
    """Say of one programme: the partners, the cost, on what it hangs, who answers, and when it comes back."""
    if not row["partners"]:
        return plain(
            f"{row['reason'] or 'It does not run.'} It stays at {row['baseline']:.1f} points."
            f" {_back(row)}"
        )
    one = len(row["partners"]) == 1
    hangs = f", {row['condition']}" if row["condition"] else ""
    told = (
        f" {'is' if one else 'are'} recommended, worth {points(row['value'])}. It costs us"
        f" {money(found.analysis, row['own_cost'])}{hangs}. {_back(row)}"
    )
    return (Span(listed(row["partners"]), strong=True), Span(told))


def _grounds(row: Row) -> Iterator[Block]:
    """Say why, who is the runner-up and why not, and how sure."""
    if row["partners"]:
        why = (
            f"{row['partners'][0]} is ahead of the runner-up on {row['why']}." if row["why"] else ""
        )
        told = {
            "Why": f"{why} {row['reason']}".strip(),
            "Runner-up": _runner_up(row),
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
    again = (
        f"it is looked at again on {day(row['review'])}"
        if row["review"]
        else "no date is set to look at it again"
    )
    return (
        f"{row['sponsor']} answers for it; {again}."
        if row["sponsor"].strip()
        else f"{again[:1].upper()}{again[1:]}."
    )


def _working(found: Asked) -> Iterator[Block]:
    rows = [
        (
            row["partner"],
            "; ".join(row["work"]),
            "; ".join(row["gates"]) or "—",
            row["funding"] or "we pay all",
            money(found.analysis, row["cost"]),
            money(found.analysis, row["own_cost"]),
        )
        for row in working_rows(found.analysis)
    ]
    if rows:
        yield Heading(2, "Working with each partner")
        heads = "Partner | What it does | Hangs on | Who pays | Cost > | Of which us >"
        payers = sorted(
            {
                partner.funding.payer
                for partner in found.analysis.scenario.partners.values()
                if partner.funding
            }
        )
        note = (
            "Others who pay stand here and below by the short name the scenario gives them:"
            f" {listed(payers)}."
            if payers
            else ""
        )
        yield table(
            "working",
            "What each partner would do, on what it hangs, and what it costs",
            heads,
            rows,
            "table: allocation",
            "partners",
            note=note,
        )


def work_table(found: Asked) -> Iterator[Block]:
    """Write the days of help, for the appendix."""
    rows = [
        (
            row["programme"],
            row["component"],
            row["partner"],
            ", ".join(row["phases"]),
            f"{row['days']:,.1f}".removesuffix(".0"),
            money(found.analysis, row["cost"]),
        )
        for row in work_rows(found.analysis)
    ]
    if not rows:
        return
    yield Heading(2, "Who does what")
    heads = "Programme | Component | Partner | When | Days > | Cost of these days >"
    yield table(
        "allocation", "Days of help, by programme and component", heads, rows, "table: allocation"
    )


def _limits(found: Asked) -> Iterator[Block]:
    gauges = gauge_rows(found.analysis)
    used = [
        (row["title"], row["phase"] or "", row["amount"], share(row["share"]))
        for row in gauges
        if row["share"] >= WORTH_TELLING
    ]
    if gauges:
        note = (
            f"Limits of which less than {share(WORTH_TELLING)} is used are left out:"
            f" {len(gauges) - len(used)}."
        )
        yield table(
            "limits",
            "The limits that are nearly or all used up",
            "Limit | Phase | Used | Share >",
            used,
            "limits",
            note=note,
        )


def _frontier(found: Asked, number: Numbering) -> Iterator[Block]:
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
        f"Within the other limits there are {len(curve)} choices that no other beats for their"
        f" cost, from {first[0]} ({first[1]}) to {last[0]} ({last[1]})."
    )
    recommended = (
        f" The recommended one costs us {money(found.analysis, today['own_cost'])} and is worth"
        f" {points(today['value'])}."
        if today
        else ""
    )
    yield number.paragraph(told + recommended, "table: frontier")
    rows = [(_costing(found, row), f"{row['value']:.1f}") for row in curve]
    shown = table(
        "frontier",
        "What money buys: the choices that no other beats for their cost",
        "Cost to us > | Value >",
        rows,
        "table: frontier",
    )
    alt = (
        f"Value against cost to us: {len(curve)} choices, rising from {first[1]} for {first[0]} to"
        f" {last[1]} for {last[0]}; the recommended one is marked."
    )
    yield Figure(
        "frontier", "frontier", shown.title, alt, tuple(curve), ("table: frontier",), shown
    )


def step_table(found: Asked) -> Iterator[Block]:
    """Write what comes in and goes out at the steps of the frontier nearest to the recommended choice, for the appendix."""
    curve = frontier_points(found.analysis, found.frontier) if found.frontier else []
    at = next((n for n, row in enumerate(curve) if row["today"]), None)
    if at is not None and len(curve) > 1:
        yield Heading(2, "What a little more or less money would change")
        yield _steps(found, curve, at)


def _steps(found: Asked, curve: list[Row], at: int) -> Block:
    near = [
        (
            _costing(found, row),
            f"{row['value']:.1f}",
            "; ".join(row["enters"]) or "—",
            "; ".join(row["leaves"]) or "—",
        )
        for row in curve[max(1, at - NEAR) : at + NEAR + 1]
    ]
    heads = "Cost to us > | Value > | Comes in | Goes out"
    return table(
        "steps",
        "The nearest steps: what comes in and goes out, each against the one below it in cost",
        heads,
        near,
        "table: frontier",
    )


def _costing(found: Asked, row: Row) -> str:
    return money(found.analysis, row["own_cost"]) + (" (recommended)" if row["today"] else "")
