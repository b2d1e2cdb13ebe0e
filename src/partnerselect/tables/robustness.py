"""How sure the answer is: the choice over the trials, how far weights may move, what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerselect import rows
from partnerselect.analysis import Analysis, turning_points
from partnerselect.rows import (
    HELD,
    choice_words,
    how_choices_were_drawn,
    near_words,
    portfolio_rows,
    regret_words,
    usual_words,
)
from partnerselect.tables.spec import PARTNER, PROGRAMME, Column, Row, Table, sentences, table
from partnerselect.words import NO_FINDING

QUESTIONS = 10
"""Open scores printed; JSON has them all."""
CHOICE = (
    PROGRAMME,
    Column("sure", "Chosen again"),
    Column("run_share", "Runs", "share"),
    Column("usual", "Chosen instead"),
)
PORTFOLIOS = (
    Column("words", "What would be done differently"),
    Column("share", "Best in", "share"),
    Column("mean_regret", "Falls short on average", "points"),
    Column("greatest_regret", "At most", "points"),
)
INTERVALS = (
    Column("title", "Weight of"),
    Column("whole", "Today", "share"),
    Column("whole_low", "From", "share"),
    Column("whole_high", "To", "share"),
    Column("below", "Below that"),
    Column("above", "Above that"),
)
FLIPS = (
    PROGRAMME,
    Column("words", "What would change the leader"),
)
OPEN = (
    PROGRAMME,
    PARTNER,
    Column("criterion", "Score on"),
    Column("today", "Today"),
    Column("change_share", "Would change the leader", "share"),
    Column("value", "Lost by not knowing", "points"),
)


def drawn_table(analysis: Analysis) -> Table:
    """Return what was drawn."""
    words = (
        {"words": one} for one in (rows.how_it_was_drawn(analysis), *rows.gate_words(analysis))
    )
    title = analysis.scenario.title
    return table(analysis.scenario, "drawn", title, (Column("words", "What was varied"),), words)


def choice_tables(analysis: Analysis, programme: str | None) -> list[Table]:
    """Return how often the choice comes out the same: by programme, and in whole choices."""
    scenario, title = analysis.scenario, "The choice as a whole"
    again = how_choices_were_drawn(analysis)
    if analysis.choices is None or not analysis.choices.draws:
        return [sentences(scenario, "choice", title, [again])] if again else []
    words = [again, near_words(analysis), *regret_words(analysis)]
    by_programme = [
        {
            "programme": scenario.programmes[p].title,
            "sure": choice_words(analysis, p),
            "run_share": one.run_share,
            "usual": usual_words(analysis, p) or "nobody",
        }
        for p, one in analysis.choices.programmes.items()
        if programme in {None, p}
    ]
    first = table(scenario, "choice", title, CHOICE, by_programme, note="\n".join(words))
    if programme:
        return [first]
    return [first, portfolios_table(analysis)]


def portfolios_table(analysis: Analysis, most: int | None = None) -> Table:
    """Return the whole choices that are the best in some draw, at most so many."""
    return table(
        analysis.scenario,
        "choices",
        "Plans that are the best in some trial, by what they do differently",
        PORTFOLIOS,
        portfolio_rows(analysis)[:most],
        sources=("table: choices",),
    )


def intervals_table(analysis: Analysis, programme: str) -> Table:
    """Return how far each weight may move before another partner leads."""
    scenario, found = analysis.scenario, rows.interval_rows(analysis, programme)
    several = len({row["leader"] for row in found}) > 1
    return table(
        scenario,
        f"intervals-{programme}",
        "How far each weight can move, shares of all weight, the others in proportion",
        INTERVALS,
        (_interval(analysis, row, several=several) for row in found),
        note="\n".join(rows.headlines(turning_points(analysis, programme))),
        sources=("table: intervals",),
    )


def _interval(analysis: Analysis, row: Row, *, several: bool) -> Row:
    named = rows.titled(analysis.scenario, row)
    leads = f" ({named['leader']} leading)" if several else ""
    sides = ("below", "above")
    return {
        **row,
        "title": named["criterion"] + leads,
        **{side: f"{named[side]} leads" if row[side] else "nobody else" for side in sides},
    }


def questions_table(analysis: Analysis, programme: str | None) -> Table:
    """Return the open scores that could change a leader."""
    scenario, found = analysis.scenario, rows.question_rows(analysis, programme)
    return table(
        scenario,
        "questions",
        "Worth finding out before deciding",
        OPEN,
        (
            {
                **rows.titled(scenario, row),
                "today": "not yet known" if row["is_unknown"] else "a range",
            }
            for row in found[:QUESTIONS]
        ),
        note="" if found else NO_FINDING,
    )


def flips_table(analysis: Analysis, found: Mapping[str, Sequence[Row]], most: int) -> Table:
    """Return what would change the leader, programme by programme, at most so many of each."""
    return table(
        analysis.scenario,
        "flips",
        "What would change the leader",
        FLIPS,
        (
            {**row, "programme": analysis.scenario.programmes[name].title}
            for name, flips in found.items()
            for row in flips[:most]
        ),
        note=f"Of each programme's first on value, nearest first; at most {most} a programme."
        f" {HELD}",
        sources=("table: flip points",),
    )
