"""What a paper says of the plan that it is for: what it gives up, what it breaks, what is near.

Such a paper recommends the plan; what the allocator finds is called the best choice in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerselect.analysis import judge
from partnerselect.model import programme_of
from partnerselect.report.paper.content import Block
from partnerselect.report.paper.inputs import Numbering, PaperInputs, labelled
from partnerselect.rows import (
    against_words,
    approved_words,
    broken_row,
    condition_words,
    deferred_words,
    impossible_sentence,
    instead_sentences,
    judged_sentence,
    nearest_sentence,
    nothing_words,
    plan_programme_rows,
    plan_title,
    points_against,
    regret_sentence,
    standing_words,
)
from partnerselect.tables import Column, Row, columns_for, table
from partnerselect.words import points, sentence

NOT_OF_A_PLAN = {"sure", "condition"}
"""Columns of the recommendation that only a best choice has, or that the key points say."""
PLANNED = (
    *(column for column in columns_for("paper") if column.key not in NOT_OF_A_PLAN),
    Column("best", "Best choice"),
    Column("points", "Points against it", "number"),
)
MOST_BROKEN, MOST_PROPOSED = 10, 3
BEST = (
    "The best choice within all limits, against which the plan stands, is the subject of the"
    " appendices; what they call recommended is part of it."
)


def plan_points(found: PaperInputs) -> Iterator[tuple[str, str]]:
    """Yield the key points of a plan: what is asked, what it gives up, and what is near."""
    analysis, judged, plan = found.analysis, found.judged, found.plan
    assert judged is not None  # noqa: S101 - the paper is for one
    assert plan is not None  # noqa: S101 - as above
    scenario, of = analysis.scenario, found.planned
    title = plan_title(scenario, plan.plan)
    if of is None:
        yield "For approval", judged_sentence(analysis, judged, plan)
        return
    yield "For approval", f"{title}. {approved_words(of.analysis)}"
    if plan.broken:
        yield "Limits and rules", f"{impossible_sentence(plan).removesuffix('.')}, listed below."
    yield "Worth", f"{points(plan.value or 0.0)} of 100. {nothing_words(analysis)}"
    is_less = (points_against(judged, plan) or 0.0) < 0
    told = sentence(against_words(scenario, judged, plan))
    yield "Gives up" if is_less else "Against the best", told
    if not plan.possible:
        yield "Nearest", f"{nearest_sentence(scenario, plan).partition(':')[0].rstrip('.')}."
    yield "Instead", " ".join(instead_sentences(scenario, plan))
    yield "Condition", condition_words(of.analysis)
    yield "Why all the same", scenario.all_plans[plan.plan].why.strip()
    yield "Best choice", approved_words(analysis)
    yield "Deferred", deferred_words(of.analysis).removeprefix("Deferred: ")


def against_the_best(found: PaperInputs, rows: list[Row]) -> list[Row]:
    """Return the rows of a plan with the partners of the best choice, and the points between."""
    plan, judged = found.plan, found.judged
    if plan is None or plan.value is None or judged is None or judged.best is None:
        return rows
    compared = plan_programme_rows(found.analysis, judged, plan)
    apart = {programme_of(row["id"]): row for row in compared}
    *programmes, whole = rows
    return [
        *(_against(apart, row) if "id" in row else row for row in programmes),
        {**whole, "points": points_against(judged, plan)},
    ]


def _against(apart: Mapping[str, Row], row: Row) -> Row:
    """Put the best choice beside a programme, whichever level each runs it at."""
    beside = apart[programme_of(row["id"])]
    named = "the same" if beside["partners"] == beside["best"] else beside["best_names"]
    return {**row, "best": named, "points": beside["value"]}


def broken_tables(found: PaperInputs) -> Iterator[Block]:
    """Yield what would have to give way for the plan, where anything would."""
    scenario, plan = found.analysis.scenario, found.plan
    if plan is None or not plan.broken:
        return
    more = len(plan.broken) - MOST_BROKEN
    yield table(
        scenario,
        "broken",
        "What would have to give way",
        (Column("sentence", "Limit or rule"),),
        (broken_row(scenario, one) for one in plan.broken[:MOST_BROKEN]),
        note=f"Not listed here: {more} more; see `judge`." if more > 0 else "",
        sources=("table: plans",),
    )


def plan_paragraphs(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write why the plan might be accepted, what is near it, and what could be had instead."""
    plan, scenario = found.plan, found.analysis.scenario
    if plan is None:
        return
    why = found.said(f"{plan.plan}.why", scenario.all_plans[plan.plan].why)
    if any(span.text for span in why):
        told = labelled("Why it might be accepted", why)
        yield number.paragraph(told, f"plans.{plan.plan}.why")
    said = {
        "The nearest plan": "" if plan.possible else nearest_sentence(scenario, plan),
        "What could be had instead": " ".join(instead_sentences(scenario, plan)),
        "How it fares": regret_sentence(plan.regret) if plan.regret else "",
        "The best choice": BEST if found.answered else "",
    }
    for label, words in said.items():
        if words:
            yield number.paragraph(labelled(label, words), "table: plans")


def proposed_words(found: PaperInputs) -> str:
    """Say beside the recommendation how the plans stand that somebody proposes."""
    analysis, scenario = found.analysis, found.analysis.scenario
    ids = list(scenario.all_plans)[:MOST_PROPOSED] if found.answered and not found.plan else []
    judged = judge(analysis, ids, over_trials=False, instead=False)
    return "".join(
        f" Also judged: {plan_title(scenario, one.plan)}, {standing_words(scenario, judged, one)}"
        for one in judged.plans
    )
