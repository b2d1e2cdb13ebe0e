"""`robustness`: who is first how often, how far weights can move, what would turn the order, who disagrees, what to find out."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect.analysis import Analysis, analyse_unpriced, turning_points, with_choices
from partnerselect.cli.output import format_option, print_json, print_tables
from partnerselect.cli.session import (
    finish,
    known_programme,
    one_scenario_options,
    session,
    tell_state,
)
from partnerselect.cli.voices import contradiction_tables, disagreement_tables, weight_tables
from partnerselect.files import Loaded
from partnerselect.report.tables import Table
from partnerselect.report.tables.closer import place_share, standings_table
from partnerselect.robustness.sentences import criterion_title
from partnerselect.rows import robustness as rows
from partnerselect.rows.choices import (
    choice_words,
    how_choices_were_drawn,
    portfolio_rows,
    regret_words,
    usual_words,
)
from partnerselect.rows.report import rounded, title
from partnerselect.words.wording import points, share

QUESTIONS = 10
"""Open scores printed; JSON has them all."""


@click.command()
@one_scenario_options
@format_option
@click.option("--programme", metavar="P", help="Only this programme.")
def robustness(
    scenario: str,
    form: str,
    programme: str | None,
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
) -> None:
    """Say how sure each first place is, what would change it, and who disagrees."""
    running = session(root, samples, seed, time_limit)

    def one(loaded: Loaded) -> None:
        if programme is not None:
            known_programme(loaded, programme)
        analysis = with_choices(analyse_unpriced(loaded.scenario))
        tell_state(analysis, loaded, running)
        if form == "json":
            print_json(rows.robustness_json(analysis, programme))
        else:
            print_tables(
                _tables(analysis, programme) if form != "csv" else [_csv(analysis, programme)], form
            )

    running.each((scenario,), one)
    finish(running)


def _tables(analysis: Analysis, programme: str | None) -> list[Table]:
    names = [name for name in analysis.scenario.programmes if programme in {None, name}]
    found = [
        table
        for name in names
        for table in (standings_table(analysis, name), _intervals(analysis, name))
    ]
    said = [*disagreement_tables(analysis, programme), *contradiction_tables(analysis)]
    return [
        _drawn(analysis),
        *_choice(analysis, programme),
        *weight_tables(analysis, programme),
        *found,
        *said,
        _questions(analysis, programme),
    ]


def _drawn(analysis: Analysis) -> Table:
    told = ((rows.how_it_was_drawn(analysis),), *((gate,) for gate in rows.gate_words(analysis)))
    return Table(title(analysis), ("What was drawn",), told)


def _choice(analysis: Analysis, programme: str | None) -> list[Table]:
    """Return how often the choice as a whole comes out the same: by programme, and in whole choices."""
    words = [told for told in (how_choices_were_drawn(analysis), *regret_words(analysis)) if told]
    if analysis.choices is None or not analysis.choices.draws:
        return [
            Table(title(analysis, "The choice as a whole"), ("In words",), ((told,),))
            for told in words
        ]
    shown = tuple(
        (
            analysis.scenario.programmes[p].title,
            choice_words(analysis, p),
            share(one.run_share),
            usual_words(analysis, p) or "nobody",
        )
        for p, one in analysis.choices.programmes.items()
        if programme in {None, p}
    )
    columns = ("Programme", "Chosen again", "Runs", "Chosen instead")
    by_programme = Table(title(analysis, "The choice as a whole"), columns, shown, "\n".join(words))
    wholes = tuple(
        (
            row["words"],
            share(row["share"]),
            points(row["mean_regret"]),
            points(row["greatest_regret"]),
        )
        for row in portfolio_rows(analysis)
    )
    heading = title(
        analysis, "Whole choices that are the best in some draw, by what they do otherwise"
    )
    return (
        [by_programme]
        if programme
        else [
            by_programme,
            Table(
                heading, ("Whole choice", "Best in", "Falls short on average", "At most"), wholes
            ),
        ]
    )


def _intervals(analysis: Analysis, programme: str) -> Table:
    scenario, found = analysis.scenario, rows.interval_rows(analysis, programme)
    titles = {name: partner.title for name, partner in scenario.partners.items()}
    several = len({row["leader"] for row in found}) > 1
    shown = tuple(
        (
            criterion_title(scenario, row["criterion"])
            + (f" ({titles[row['leader']]} leading)" if several else ""),
            *(share(row[key]) for key in ("whole", "whole_low", "whole_high")),
            *(
                f"{titles[row[key]]} leads" if row[key] else "nobody else"
                for key in ("below", "above")
            ),
        )
        for row in found
    )
    told = rows.headlines(turning_points(analysis, programme))
    columns = ("Weight of", "Today", "From", "To", "Below that", "Above that")
    return Table(
        title(
            analysis, "How far each weight can move, shares of all weight, the others in proportion"
        ),
        columns,
        shown,
        "\n".join(told),
    )


def _questions(analysis: Analysis, programme: str | None) -> Table:
    scenario, found = analysis.scenario, rows.question_rows(analysis, programme)
    shown = tuple(
        (
            scenario.programmes[row["programme"]].title,
            scenario.partners[row["partner"]].title,
            criterion_title(scenario, row["criterion"]),
            "nobody knows" if row["is_unknown"] else "a range",
            share(row["change_share"]),
            points(row["value"]),
        )
        for row in found[:QUESTIONS]
    )
    columns = (
        "Programme",
        "Partner",
        "Score on",
        "Today",
        "Would change the leader",
        "Lost by not knowing",
    )
    return Table(
        title(analysis, "Worth finding out before deciding"),
        columns,
        shown,
        "" if found else "No open score could change a leader.",
    )


def _csv(analysis: Analysis, programme: str | None) -> Table:
    """Return how each partner comes off as one flat table, a column for each rank."""
    names = [name for name in analysis.scenario.programmes if programme in {None, name}]
    found = [(name, row) for name in names for row in rounded(rows.standing_rows(analysis, name))]
    most = max((len(row["ranks"] or []) for _, row in found), default=0)
    keys = (
        "partner",
        "first_rank_share",
        "first_rank_error",
        "first_rank_share_any_weights",
        "first_rank_share_with_gates",
        "unavailable",
        "confidence",
    )
    columns = (
        "scenario",
        "programme",
        *keys,
        *(f"rank.{place + 1}" for place in range(most)),
        "illustrative",
    )
    shown = tuple(
        (
            analysis.scenario.id,
            name,
            *(row[key] for key in keys),
            *(place_share(row, place) for place in range(most)),
            analysis.scenario.illustrative,
        )
        for name, row in found
    )
    return Table("", columns, shown)
