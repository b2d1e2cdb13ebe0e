"""Other choices beside ours: what other scenarios choose, and what a what-if changes."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.allocation.amounts import HEADLINES
from partnerselect.analysis import Analysis
from partnerselect.tables.recommendation import DEFERRED
from partnerselect.tables.spec import PROGRAMME, Column, Row, Table, priced, table
from partnerselect.words.cells import reading

CHANGED = (
    PROGRAMME,
    Column("now", "Now"),
    Column("saved", "As saved"),
    Column("value", "Value", "number"),
    *(Column(one.key, one.title, one.kind) for one in HEADLINES),
)


def changed_table(
    analysis: Analysis, title: str, rows: Sequence[Row], differences: Sequence[str]
) -> Table:
    """Return who is chosen in a what-if beside who is chosen as saved.

    Args:
        analysis: the saved one.
        title: what the table is called.
        rows: of `what_if.shown.choice_rows`.
        differences: what is not as saved, in sentences, which stand below it.
    """
    return table(
        analysis.scenario,
        "what-if",
        title,
        priced(CHANGED, analysis.scenario.currency),
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
