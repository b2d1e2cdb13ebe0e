"""`robustness`: how sure the choice and each first place are, and what would change them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from partnerselect import rows
from partnerselect.analysis import Analysis, analyse_unpriced, with_choices
from partnerselect.cli.output import Output, format_option
from partnerselect.cli.session import Session, known_programme, one_scenario_options
from partnerselect.files import Loaded
from partnerselect.rows import Row
from partnerselect.tables import (
    Table,
    choice_tables,
    contradiction_tables,
    disagreement_tables,
    drawn_table,
    intervals_table,
    place_share,
    questions_table,
    standings_table,
    weight_tables,
)

KEYS = (
    "partner",
    "first_rank_share",
    "first_rank_error",
    "first_rank_share_any_weights",
    "first_rank_share_with_gates",
    "unavailable",
    "confidence",
)


@click.command()
@one_scenario_options
@format_option
@click.option("--programme", metavar="P", help="Only this programme.")
def robustness(session: Session, output: Output, scenario: str, programme: str | None) -> None:
    """Say how sure the choice and each first place are, and what would change them."""

    def one(loaded: Loaded) -> None:
        known_programme(loaded, programme)
        analysis = with_choices(analyse_unpriced(loaded.scenario))
        session.report_state(analysis, loaded)
        output.add(
            analysis.scenario,
            report=lambda: rows.robustness_json(analysis, programme),
            rows=lambda: _flat(analysis, programme),
            tables=lambda: _tables(analysis, programme),
        )

    session.each((scenario,), one)


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


def _flat(analysis: Analysis, programme: str | None) -> Iterator[Row]:
    """Yield how each partner comes off as flat rows, a column for each rank."""
    names = [name for name in analysis.scenario.programmes if programme in {None, name}]
    found = [(name, row) for name in names for row in rows.standing_rows(analysis, name)]
    most = max((len(row["ranks"] or []) for _, row in found), default=0)
    for name, row in found:
        places = {f"rank.{place + 1}": place_share(row, place) for place in range(most)}
        yield {"programme": name, **{key: row[key] for key in KEYS}, **places}
