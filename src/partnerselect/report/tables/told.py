"""The tables that the command line prints and the screens export: rows under headings, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.report.tables import Table
from partnerselect.rows.choices import choice_words, how_choices_were_drawn, regret_words
from partnerselect.rows.demands import demand_words
from partnerselect.rows.figures import begun_with, exchanged
from partnerselect.rows.otherwise import alternative_rows, alternative_sentence
from partnerselect.rows.progress import proof_words
from partnerselect.rows.report import no_answer_words, title
from partnerselect.rows.robustness import gate_words, how_it_was_drawn, leader_words
from partnerselect.value.second_opinion import METHODS, ProgrammeOpinions
from partnerselect.words.wording import amount


def recommendation_table(analysis: Analysis) -> Table:
    """Return the recommendation, one row a programme.

    Below it the totals, the reasons and what the shares are shares of.
    """
    scenario, answered = analysis.scenario, analysis.allocation.account is not None
    found = rows.recommendation_rows(analysis)
    drawn = bool(analysis.choices and analysis.choices.draws)
    shown = tuple(
        (
            row["programme"],
            " + ".join(row["partners"]) or ("deferred" if answered else ""),
            row["value"] if answered else None,
            amount(row["own_cost"], scenario.currency) if answered else "",
            row["runner_up"],
            row["condition"],
            *([choice_words(analysis, name)] if drawn else []),
        )
        for row, name in zip(found, scenario.programmes, strict=True)
    )
    last = [""] if drawn else []
    extras = tuple(
        (row["title"], "", None, amount(row["own_cost"], scenario.currency), None, "", *last)
        for row in rows.extra_rows(analysis)
    )
    reasons = [f"{row['programme']}: {row['reason']}" for row in found if row["reason"]]
    return Table(
        title(analysis),
        (
            "Programme",
            "Partners",
            "Value",
            "Cost to us",
            "Best alternative",
            "On condition",
            *(["Chosen again"] if drawn else []),
        ),
        (*shown, *extras),
        "\n".join(
            [
                _total(analysis),
                *reasons,
                *_if_opened(analysis),
                _how_sure(analysis),
                *_chosen_again(analysis),
            ]
        ),
    )


def _how_sure(analysis: Analysis) -> str:
    """Say what the shares are shares of, gates included."""
    return (
        ". ".join([f"How sure: {how_it_was_drawn(analysis).rstrip('.')}", *gate_words(analysis)])
        + "."
    )


def _chosen_again(analysis: Analysis) -> list[str]:
    """Say what `Chosen again` is a share of, and what the choice could cost in regret."""
    drawn = how_choices_were_drawn(analysis)
    if not drawn:
        return []
    return (
        [" ".join([f"Chosen again: {drawn}.", *regret_words(analysis)])]
        if analysis.choices and analysis.choices.draws
        else [drawn]
    )


def _if_opened(analysis: Analysis) -> list[str]:
    return [
        alternative_sentence(analysis, row)
        for row in alternative_rows(analysis, analysis.if_opened)
    ]


def _total(analysis: Analysis) -> str:
    account, currency = analysis.allocation.account, analysis.scenario.currency
    if account is None:
        demands = [
            f"{demand_words(analysis, demand).removesuffix('.')}." for demand in analysis.conflicts
        ]
        return "\n".join([f"No recommendation: {no_answer_words(analysis)}.", *demands])
    costs = (
        f"cost to us {amount(account.own_cost, currency)}, others pay"
        f" {amount(account.cost - account.own_cost, currency)}"
    )
    total = f"Portfolio value {account.value:.1f} of 100 · {costs} · partners: {account.partners}"
    return "\n".join(words for words in (total, proof_words(analysis)) if words)


def ranking_table(analysis: Analysis, told: tuple[ProgrammeOpinions, ...], programme: str) -> Table:
    """Return all partners of a programme, best first, with what other methods say of them where they were asked."""
    scenario = analysis.scenario
    ranking = rows.ranking_rows(analysis)
    shown = tuple(
        (
            row["rank"],
            scenario.partners[row["partner"]].title,
            row["value"] if row["eligible"] else None,
            rows.how_sure(row),
            amount(row["own_cost"], scenario.currency) if row["covers"] else "",
            *_other_ranks(row),
            "chosen" if row["chosen"] else "",
            row["reason"],
        )
        for row in (rows.with_second_opinions(ranking, told) if told else ranking)
        if row["programme"] == programme
    )
    others = [name for name, _ in METHODS.values()] if told else []
    words = "\n".join(
        [
            leader_words(analysis, programme),
            *(row["words"] for row in rows.opinion_rows(told) if row["programme"] == programme),
        ]
    ).strip()
    return Table(
        title(analysis, scenario.programmes[programme].title),
        ("Rank", "Partner", "Value", "How sure", "Cost to us if alone", *others, "", "Why not"),
        shown,
        words,
    )


def _other_ranks(row: dict[str, Any]) -> list[int | None]:
    return (
        []
        if row["second_opinions"] is None
        else [opinion["rank"] for opinion in row["second_opinions"].values()]
    )


def frontier_table(analysis: Analysis, report: rows.Row) -> Table:
    """Return every efficient choice (`frontier_json`), the cheapest first."""
    shown = tuple(
        (
            amount(row["own_cost"], analysis.scenario.currency),
            row["value"],
            "today" if row["today"] else "",
            *(
                "; ".join(told)
                for told in (
                    exchanged(analysis, row) if number else (begun_with(analysis, row), [])
                )
            ),
        )
        for number, row in enumerate(report["frontier"])
    )
    note = (
        "Every efficient choice, the budget left out of account; the first is told whole."
        if report["step"] is None
        else (
            f"In steps of {amount(report['step'], analysis.scenario.currency)}; the first choice is"
            " told whole."
        )
    )
    heading = title(analysis, f"{analysis.scenario.title}: what the next pound buys")
    return Table(heading, ("Cost to us", "Value", "", "Comes in", "Goes out"), shown, note)


def evidence_table(analysis: Analysis, programme: str, partner: str) -> Table:
    """Return what a partner scores for a programme, and what stands behind it."""
    scenario = analysis.scenario
    shown = tuple(
        (
            row["title"],
            row["score"],
            row["value"],
            row["weight"],
            row["contribution"],
            row["evidence"],
            row["source"],
            row["published"],
            row["grade"],
        )
        for row in rows.rounded(rows.score_rows(analysis, programme, partner))
    )
    columns = (
        "Criterion",
        "Score",
        "Worth of 100",
        "Weight",
        "Adds",
        "Evidence",
        "Source",
        "Published",
        "Grade",
    )
    return Table(
        title(
            analysis,
            f"{scenario.partners[partner].title}, for {scenario.programmes[programme].title}",
        ),
        columns,
        shown,
    )


def checks_table(analysis: Analysis, places: Sequence[str]) -> Table:
    """Return every finding of the checks with its place in the files."""
    found = zip(rows.check_rows(analysis), places, strict=True)
    shown = tuple(
        (row["severity"], place, row["path"], row["words"], row["mend"], row["source"])
        for row, place in found
    )
    return Table(
        title(analysis, f"{analysis.scenario.title}: checks"),
        ("Severity", "Place", "Path", "What is lacking", "What would satisfy it", "Source"),
        shown,
    )


def courses_table(analysis: Analysis, courses: Sequence[rows.Row]) -> Table:
    """Return who is chosen for every programme in every course (`course_row`); the totals below."""
    titles: dict[str, str] = {}
    for course in courses:
        titles |= {
            name: programme["title"]
            for name, programme in course["programmes"].items()
            if name not in titles
        }
    chosen = tuple(
        (told, *(_chosen(course, name) for course in courses)) for name, told in titles.items()
    )
    value = ("Value", *(course["value"] for course in courses))
    cost = (
        "Cost to us",
        *(
            None if course["own_cost"] is None else amount(course["own_cost"], course["currency"])
            for course in courses
        ),
    )
    notes = [f"{course['title']}: {course['caution']}." for course in courses if course["caution"]]
    columns = ("Programme", *(course["title"] for course in courses))
    return Table(
        title(analysis, f"{analysis.scenario.title}: other courses"),
        columns,
        (*chosen, value, cost),
        "\n".join(notes),
    )


def _chosen(course: rows.Row, programme: str) -> str | None:
    if programme not in course["programmes"] or course["value"] is None:
        return None
    return " + ".join(course["programmes"][programme]["partners"]) or "deferred"
