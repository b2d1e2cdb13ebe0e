"""`rank`: the ranking programme by programme, and the recommended allocation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from partnerselect import rows
from partnerselect.analysis import Analysis, analyse, opinions, with_choices
from partnerselect.cli.attending import attending
from partnerselect.cli.output import format_option, one_table, print_csv, print_json, print_tables
from partnerselect.cli.session import finish, known_programme, scenario_options, session, tell_state
from partnerselect.files import Loaded
from partnerselect.tables import Table
from partnerselect.tables.ranking import ranking_table
from partnerselect.tables.recommendation import recommendation_table
from partnerselect.value.second_opinion import ProgrammeOpinions


@click.command()
@scenario_options
@format_option
@click.option("--programme", metavar="P", help="Only this programme's ranking.")
@click.option("--second-opinions", is_flag=True, help="Say where other methods would disagree.")
def rank(
    scenarios: tuple[str, ...],
    form: str,
    programme: str | None,
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
    *,
    second_opinions: bool,
) -> None:
    """Rank the partners programme by programme, and recommend who does what."""
    running = session(root, samples, seed, time_limit)
    reports: list[dict[str, Any]] = []
    flat: list[dict[str, Any]] = []

    def one(loaded: Loaded) -> None:
        if programme is not None:
            known_programme(loaded, programme)
        with attending(loaded.scenario) as watch:
            analysis = with_choices(analyse(loaded.scenario, watch), watch)
        tell_state(analysis, loaded, running)
        told = opinions(analysis) if second_opinions else ()
        if form == "json":
            reports.append(_only(_report(analysis, told), programme))
        elif form == "csv":
            flat.extend(_flat_rows(analysis, told, programme))
        else:
            print_tables(_tables(analysis, told, programme), form)

    running.each(scenarios, one)
    if form == "json" and reports:
        print_json(reports if len(scenarios) > 1 else reports[0])
    if flat:
        print_csv(one_table(flat))
    finish(running)


def _report(analysis: Analysis, told: tuple[ProgrammeOpinions, ...]) -> dict[str, Any]:
    report = rows.ranking_json(analysis)
    return (
        {**report, "ranking": rows.rounded(rows.with_second_opinions(report["ranking"], told))}
        if told
        else report
    )


def _only(report: dict[str, Any], programme: str | None) -> dict[str, Any]:
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


def _tables(
    analysis: Analysis, told: tuple[ProgrammeOpinions, ...], programme: str | None
) -> list[Table]:
    ranked = [
        ranking_table(analysis, told, name)
        for name in analysis.scenario.programmes
        if programme in {None, name}
    ]
    return ranked if programme else [recommendation_table(analysis), *ranked]


def _flat_rows(
    analysis: Analysis, told: tuple[ProgrammeOpinions, ...], programme: str | None
) -> list[dict[str, Any]]:
    """Return the ranking as flat rows: a column for each contribution and second opinion."""
    ranking = rows.ranking_rows(analysis)
    ranked = rows.rounded(rows.with_second_opinions(ranking, told) if told else ranking)
    return [_flat(analysis, row) for row in ranked if programme in {None, row["programme"]}]


def _flat(analysis: Analysis, row: dict[str, Any]) -> dict[str, Any]:
    scenario = analysis.scenario
    titles = {
        "programme_title": scenario.programmes[row["programme"]].title,
        "partner_title": scenario.partners[row["partner"]].title,
    }
    nested = {"programme", "partner", "contributions", "second_opinions"}
    kept = {key: value for key, value in row.items() if key not in nested}
    if not row["eligible"]:
        kept |= {key: None for key in kept if "cost" in key}
    contributions = {f"contribution.{name}": value for name, value in row["contributions"].items()}
    others = {
        f"{method}.{key}": value
        for method, opinion in (row["second_opinions"] or {}).items()
        for key, value in opinion.items()
    }
    return {
        "scenario": scenario.id,
        "programme": row["programme"],
        "partner": row["partner"],
        **titles,
        **kept,
        **contributions,
        **others,
        "illustrative": scenario.illustrative,
    }
