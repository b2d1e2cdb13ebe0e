"""What is recommended: a row for every programme, what belongs to none, and the whole.

The one declaration of the recommendation: a list, the paper and the workbook show the columns that
name them; a new amount (`allocation.AMOUNTS`) is among them by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from partnerselect import rows
from partnerselect.allocation import AMOUNTS, HEADLINES, amounts_of
from partnerselect.analysis import Analysis
from partnerselect.rows import (
    BEHIND,
    alternative_rows,
    alternative_sentence,
    amount_sentences,
    demand_sentences,
    gate_words,
    how_choices_were_drawn,
    how_it_was_drawn,
    is_behind,
    near_words,
    no_answer_words,
    proof_words,
    regret_words,
)
from partnerselect.tables.spec import PROGRAMME, VALUE, Column, Row, Table, table
from partnerselect.words import amount, possible_words, reading

Form = Literal["list", "paper", "workbook"]
DEFERRED = "deferred"
THE_WHOLE = "All together"
ALL: tuple[Form, ...] = ("list", "paper", "workbook")
CHANGED = (
    PROGRAMME,
    Column("now", "Now"),
    Column("saved", "As saved"),
    VALUE,
    *(Column(one.key, one.title, one.kind) for one in HEADLINES),
)


def columns_for(form: Form) -> tuple[Column, ...]:
    """Return the columns that a form shows."""
    return tuple(column for column, forms in COLUMNS if form in forms)


def recommendation_table(analysis: Analysis) -> Table:
    """Return the recommendation; below it the reasons and what the shares are shares of."""
    found = [{**row, "sure": sure(row)} for row in rows.approval_rows(analysis)]
    columns = columns_for("list")
    reasons = [f"{row['programme']}: {row['reason']}" for row in found if row["reason"]]
    notes = [
        _total(analysis),
        *amount_sentences(analysis)[:1],
        *filter(None, [behind_words(found)]),
        *reasons,
        *_if_opened(analysis),
        *_trials(analysis),
    ]
    return table(
        analysis.scenario,
        "recommendation",
        analysis.scenario.title,
        [column for column in columns if column.key != "sure" or any(row["sure"] for row in found)],
        recommended_rows(analysis, found),
        note="\n".join(notes),
        sources=("table: recommendation",),
        totals=int(analysis.allocation.account is not None),
    )


def recommended_rows(analysis: Analysis, found: Sequence[Row]) -> list[Row]:
    """Return what the columns show: programmes, what belongs to none, and the whole."""
    account, scenario = analysis.allocation.account, analysis.scenario
    if account is None:
        return [{"programme": row["programme"], "runner_up": row["runner_up"]} for row in found]
    whole = {"programme": THE_WHOLE, "value": account.value}
    return [
        *({**row, "recommended": " + ".join(row["partners"]) or DEFERRED} for row in found),
        *({**row, "programme": row["title"]} for row in rows.extra_rows(analysis)),
        {**whole, **amounts_of(scenario, account.lines)},
    ]


def sure(row: Row) -> str:
    """Return how sure a choice is: robust 93%; empty without an answer or trials.

    Marked where another partner than the main one chosen scores highest, and it is not committed.
    """
    told = str(row["certainty"].words) if row["certainty"] else ""
    return f"{told} {BEHIND}" if told and is_behind(row) else told


def behind_words(found: Sequence[Row]) -> str:
    """Say what the mark of `sure` means; empty where nothing is marked."""
    if any(sure(row).endswith(BEHIND) for row in found):
        return f"{BEHIND} another partner scores higher than the main one chosen."
    return ""


def _trials(analysis: Analysis) -> list[str]:
    """Say what the shares are shares of, and what the choice could cost in regret."""
    tried = ". ".join([how_it_was_drawn(analysis).rstrip("."), *gate_words(analysis)])
    again = how_choices_were_drawn(analysis)
    if not analysis.choices or not analysis.choices.draws:
        return [f"Trials: {tried}.", *([again] if again else [])]
    sure = " ".join([f"How sure: {again}.", *regret_words(analysis)])
    return [f"Trials: {tried}.", sure, near_words(analysis)]


def _if_opened(analysis: Analysis) -> list[str]:
    found = alternative_rows(analysis, analysis.if_opened)
    return [alternative_sentence(analysis, row) for row in found]


def _total(analysis: Analysis) -> str:
    account, currency = analysis.allocation.account, analysis.scenario.currency
    if account is None:
        told = [f"No recommendation: {no_answer_words(analysis)}.", *demand_sentences(analysis)]
        return "\n".join(told)
    costs = (
        f"cost to us {amount(account.own_cost, currency)}, others pay"
        f" {amount(account.cost - account.own_cost, currency)}"
    )
    total = f"Portfolio value {account.value:.1f} of 100 · {costs} · partners: {account.partners}"
    return "\n".join(words for words in (total, proof_words(analysis)) if words)


def changed_table(
    analysis: Analysis, title: str, rows: Sequence[Row], differences: Sequence[str]
) -> Table:
    """Return who is chosen in a what-if beside who is chosen as saved.

    Args:
        analysis: the saved one.
        title: what the table is called.
        rows: of `what_if.choice_rows`.
        differences: what is not as saved, in sentences, which stand below it.
    """
    return table(
        analysis.scenario,
        "what-if",
        title,
        CHANGED,
        (
            {
                **row,
                "now": _partners(row["partners"]),
                "saved": "" if row["before"] is None else _partners(row["before"]),
            }
            for row in rows
        ),
        note="\n".join(differences),
    )


def _partners(titles: Sequence[str]) -> str:
    return " + ".join(titles) or DEFERRED


def courses_table(analysis: Analysis, courses: Sequence[Row]) -> Table:
    """Return who is chosen for every programme in every scenario (`other_scenario_row`)."""
    titles: Row = {}
    for course in reversed(courses):
        titles = {name: one["title"] for name, one in course["programmes"].items()} | titles
    named = [(f"course {n}", course) for n, course in enumerate(courses)]
    chosen = [
        {"programme": title, **{key: _chosen(course, name) for key, course in named}}
        for name, title in titles.items()
    ]
    value = {key: _words(course["value"]) for key, course in named}
    totals = [
        {
            "programme": one.title,
            **{
                key: reading(course.get(one.key), one.kind, course["currency"])
                for key, course in named
            },
        }
        for one in HEADLINES
    ]
    if any(course.get("broken") for course in courses):
        possible = {key: possible_words(course.get("broken", 0)) for key, course in named}
        totals.append({"programme": "Possible", **possible})
    notes = [f"{course['title']}: {course['caution']}." for course in courses if course["caution"]]
    return table(
        analysis.scenario,
        "courses",
        f"{analysis.scenario.title}: other courses",
        (PROGRAMME, *(Column(key, one["title"]) for key, one in named)),
        [*chosen, {"programme": "Value", **value}, *totals],
        note="\n".join(notes),
        totals=1 + len(totals),
    )


def _words(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}"


def _chosen(course: Row, programme: str) -> str | None:
    if programme not in course["programmes"] or course["value"] is None:
        return None
    return _partners(course["programmes"][programme]["partners"])


COLUMNS: tuple[tuple[Column, tuple[Form, ...]], ...] = (
    (PROGRAMME, ALL),
    (Column("recommended", "Recommended", width=28), ALL),
    (Column("leader", "First on value now", width=24), ("workbook",)),
    (Column("value", "Value", "number", width=9, bar=True), ("list", "workbook")),
    (Column("importance", "Importance", "quantity", width=11), ("workbook",)),
    *(
        (
            Column(one.key, one.title, one.kind, width=12, bar=one.is_headline),
            ALL if one.is_headline else ("workbook",),
        )
        for one in AMOUNTS
    ),
    (Column("sure", "How sure", width=14), ALL),
    (Column("condition", "Condition", width=28), ALL),
    (Column("runner_up", "Main alternative", width=24), ("list", "workbook")),
    (Column("review", "Review", "date"), ("paper",)),
    (Column("reason", "Why", width=52), ("workbook",)),
)
"""Every column, and the forms that show it."""
