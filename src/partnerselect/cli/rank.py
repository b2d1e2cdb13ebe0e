"""`rank`: the ranking programme by programme, and the recommended allocation."""

from __future__ import annotations

from collections.abc import Iterator

import click

from partnerselect import rows
from partnerselect.analysis import Analysis, analyse, opinions, with_choices
from partnerselect.cli.output import Output, format_option
from partnerselect.cli.progress import progress
from partnerselect.cli.session import Session, known_programme, scenario_options
from partnerselect.files import Loaded
from partnerselect.rows import Row
from partnerselect.tables import Table, ranking_table, recommendation_table
from partnerselect.value import ProgrammeOpinions

Opinions = tuple[ProgrammeOpinions, ...]
NESTED = frozenset({"programme", "partner", "contributions", "second_opinions"})
"""Cells of a row of the ranking that are not copied to CSV as they are."""


@click.command()
@scenario_options
@format_option
@click.option("--programme", metavar="P", help="Only this programme's ranking.")
@click.option(
    "--second-opinions",
    is_flag=True,
    help="Also show TOPSIS, VIKOR and others, and where they differ.",
)
def rank(
    session: Session,
    output: Output,
    scenarios: tuple[str, ...],
    programme: str | None,
    *,
    second_opinions: bool,
) -> None:
    """Rank the partners programme by programme, and recommend who does what."""

    def one(loaded: Loaded) -> None:
        known_programme(loaded, programme)
        with progress(loaded.scenario) as watch:
            analysis = with_choices(analyse(loaded.scenario, watch), watch)
        session.report_state(analysis, loaded)
        found = opinions(analysis) if second_opinions else ()
        output.add(
            analysis.scenario,
            report=lambda: _only(_report(analysis, found), programme),
            rows=lambda: _flat(analysis, found, programme),
            tables=lambda: _tables(analysis, found, programme),
        )

    session.each(scenarios, one)


def _report(analysis: Analysis, found: Opinions) -> Row:
    report = rows.ranking_json(analysis)
    if not found:
        return report
    return {**report, "ranking": rows.rounded(rows.with_second_opinions(report["ranking"], found))}


def _only(report: Row, programme: str | None) -> Row:
    """Keep one programme's rows; totals and limits stay those of the whole."""
    if programme is None:
        return report
    kept: dict[str, set[str | None]] = {
        "programmes": {programme},
        "ranking": {programme},
        "allocation": {programme},
        "fixed_costs": {programme, None},
    }
    return {
        key: [row for row in value if row["programme"] in kept[key]] if key in kept else value
        for key, value in report.items()
    }


def _tables(analysis: Analysis, found: Opinions, programme: str | None) -> Iterator[Table]:
    if programme is None:
        yield recommendation_table(analysis)
    for name in analysis.scenario.programmes:
        if programme in {None, name}:
            yield ranking_table(analysis, found, name)


def _flat(analysis: Analysis, found: Opinions, programme: str | None) -> Iterator[Row]:
    """Yield the ranking as flat rows: a column for each contribution and second opinion."""
    scenario, ranking = analysis.scenario, rows.ranking_rows(analysis)
    for row in rows.with_second_opinions(ranking, found) if found else ranking:
        if programme not in {None, row["programme"]}:
            continue
        kept = {key: value for key, value in row.items() if key not in NESTED}
        if not row["eligible"]:
            kept |= {key: None for key in kept if "cost" in key}
        opinions = (row["second_opinions"] or {}).items()
        yield {
            "programme": row["programme"],
            "partner": row["partner"],
            "programme_title": scenario.programmes[row["programme"]].title,
            "partner_title": scenario.partners[row["partner"]].title,
            **kept,
            **{f"contribution.{name}": value for name, value in row["contributions"].items()},
            **{f"{method}.{key}": cell for method, one in opinions for key, cell in one.items()},
        }
