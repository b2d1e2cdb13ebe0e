"""`robustness`: who is first how often, how far weights can move, what would turn the order, who disagrees, what to find out."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect.analysis import Analysis, analyse_unpriced, with_choices
from partnerselect.cli.output import format_option, print_json, print_tables
from partnerselect.cli.session import (
    finish,
    known_programme,
    one_scenario_options,
    session,
    tell_state,
)
from partnerselect.files import Loaded
from partnerselect.rows import robustness as rows
from partnerselect.rows.report import rounded
from partnerselect.tables import Column, Table
from partnerselect.tables.people import (
    contradiction_tables,
    disagreement_tables,
    weight_tables,
)
from partnerselect.tables.ranking import place_share, standings_table
from partnerselect.tables.robustness import (
    choice_tables,
    drawn_table,
    intervals_table,
    questions_table,
)


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
        for table in (standings_table(analysis, name), intervals_table(analysis, name))
    ]
    said = [*disagreement_tables(analysis, programme), *contradiction_tables(analysis)]
    return [
        drawn_table(analysis),
        *choice_tables(analysis, programme),
        *weight_tables(analysis, programme),
        *found,
        *said,
        questions_table(analysis, programme),
    ]


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
    return Table("standings", "", tuple(map(Column, columns)), shown)
