"""`rank`, `robustness`, `frontier`: the answer to one scenario, and what bears on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from partnerselect import rows, tables
from partnerselect.analysis import (
    Analysis,
    analyse,
    analyse_unpriced,
    analyse_with_choices,
    judge,
    opinions,
    prices,
    spending,
    with_and_without,
    with_choices,
)
from partnerselect.cli.meant import Figure
from partnerselect.cli.output import Output, Part, output_options
from partnerselect.cli.session import Session, known, one_scenario_options, scenario_options
from partnerselect.cli.streams import notify, progress
from partnerselect.model import programme_of

if TYPE_CHECKING:  # what an answer is made of is imported when there is one
    from partnerselect.files import Loaded
    from partnerselect.rows import Row
    from partnerselect.tables import Table
    from partnerselect.value import ProgrammeOpinions

    Opinions = tuple[ProgrammeOpinions, ...]

NO_LIMITS = "No limit is set, so there is none that could be widened."
PROGRAMME = click.option("--programme", "called", metavar="P", help="Only this programme.")


@click.command()
@scenario_options
@output_options("recommendation", "ranking", "allocation", "limits")
@PROGRAMME
@click.option(
    "--second-opinions",
    is_flag=True,
    help="Also show TOPSIS, VIKOR and others, and where they differ.",
)
def rank(
    session: Session,
    output: Output,
    scenarios: tuple[str, ...],
    called: str | None,
    *,
    second_opinions: bool,
) -> None:
    """Rank the partners programme by programme, and recommend who does what."""

    def one(loaded: Loaded) -> None:
        asked = known(loaded, "programmes", called, f"--programme {called}")
        with progress(loaded.scenario) as watch:
            analysis = analyse_with_choices(loaded.scenario, watch)
        session.report_state(analysis, loaded)
        programme = asked and analysis.recommendation.entry_of(asked)
        found = opinions(analysis) if second_opinions else ()
        output.add(
            analysis.scenario,
            lambda: _only(_ranking_json(analysis, found), programme),
            lambda: _ranking_tables(analysis, found, programme),
            _ranking_parts(analysis, found, programme),
        )

    session.each(scenarios, one)


def _ranking_json(analysis: Analysis, found: Opinions) -> Row:
    report = rows.ranking_json(analysis)
    if analysis.scenario.all_plans:
        judged = judge(analysis, over_trials=False, instead=False)
        report = {**report, "plans": rows.plan_summary_rows(analysis, judged)}
    if not found:
        return report
    return {**report, "ranking": rows.rounded(rows.with_second_opinions(report["ranking"], found))}


def _only(report: Row, programme: str | None) -> Row:
    """Keep one programme's rows; totals and limits stay those of the whole."""
    if programme is None:
        return report
    programme = programme_of(programme)
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


def _ranking_tables(analysis: Analysis, found: Opinions, programme: str | None) -> Iterator[Table]:
    if programme is None:
        yield tables.recommendation_table(analysis)
        if analysis.scenario.staff_groups and analysis.allocation.chosen is not None:
            yield tables.reach_table(analysis)
        if analysis.scenario.all_plans:
            yield tables.plans_table(analysis, judge(analysis, instead=False))
    yield from _by_programme(analysis, found, programme)


def _by_programme(analysis: Analysis, found: Opinions, programme: str | None) -> Iterator[Table]:
    return (tables.ranking_table(analysis, found, name) for name in _named(analysis, programme))


def _ranking_parts(analysis: Analysis, found: Opinions, programme: str | None) -> dict[str, Part]:
    """Return the tables that may be asked for; of one programme its rows, limits of the whole."""

    def kept(every: list[Row]) -> list[Row]:
        wanted = programme and programme_of(programme)
        return [row for row in every if wanted in {None, row.get("programme")}]

    return {
        "recommendation": Part(
            lambda: kept(tables.flat_recommendation(analysis)),
            lambda: [tables.recommendation_table(analysis)],
        ),
        "ranking": Part(
            lambda: kept(tables.flat_ranking(analysis, found)),
            lambda: _by_programme(analysis, found, programme),
        ),
        "allocation": Part(
            lambda: kept(tables.flat_allocation(analysis)),
            lambda: [tables.work_table(analysis), tables.fixed_table(analysis)],
        ),
        "limits": Part(
            lambda: tables.flat_limits(analysis), lambda: [tables.limits_table(analysis)]
        ),
    }


def _named(analysis: Analysis, programme: str | None) -> list[str]:
    """Return the programme asked for, or all of them."""
    return [name for name in analysis.scenario.programmes if programme in {None, name}]


@click.command()
@one_scenario_options
@output_options("standings", "intervals", "questions", "amounts")
@PROGRAMME
def robustness(session: Session, output: Output, scenario: str, called: str | None) -> None:
    """Say how sure the choice and each first place are, and what would change them."""

    def one(loaded: Loaded) -> None:
        asked = known(loaded, "programmes", called, f"--programme {called}")
        analysis = with_choices(analyse_unpriced(loaded.scenario))
        programme = asked and analysis.recommendation.entry_of(asked)
        session.report_state(analysis, loaded)
        output.add(
            analysis.scenario,
            lambda: rows.robustness_json(analysis, programme),
            lambda: _robustness_tables(analysis, programme),
            _robustness_parts(analysis, programme),
        )

    session.each((scenario,), one)


def _robustness_tables(analysis: Analysis, programme: str | None) -> Iterator[Table]:
    yield tables.drawn_table(analysis)
    yield from tables.choice_tables(analysis, programme)
    if analysis.scenario.has_ranges:
        yield tables.amounts_table(analysis)
    yield from tables.weight_tables(analysis, programme)
    for name in _named(analysis, programme):
        yield tables.standings_table(analysis, name)
        yield tables.intervals_table(analysis, name)
    yield from tables.disagreement_tables(analysis, programme)
    yield from tables.contradiction_tables(analysis)
    yield tables.questions_table(analysis, programme)


def _robustness_parts(analysis: Analysis, programme: str | None) -> dict[str, Part]:
    names = _named(analysis, programme)
    return {
        "standings": Part(
            lambda: tables.flat_standings(analysis, programme),
            lambda: [tables.standings_table(analysis, name) for name in names],
        ),
        "intervals": Part(
            lambda: tables.flat_intervals(analysis, programme),
            lambda: [tables.intervals_table(analysis, name) for name in names],
        ),
        "questions": Part(
            lambda: tables.flat_questions(analysis, programme),
            lambda: [tables.questions_table(analysis, programme)],
        ),
        "amounts": Part(
            lambda: tables.flat_amounts(analysis), lambda: [tables.amounts_table(analysis)]
        ),
    }


@click.command()
@scenario_options
@output_options("frontier", "limit-prices", "with-and-without")
@click.option(
    "--step",
    type=Figure(min=0, min_open=True),
    metavar="AMOUNT",
    help="Take costs in steps of this amount; default: every best-value plan.",
)
def frontier(
    session: Session, output: Output, scenarios: tuple[str, ...], step: float | None
) -> None:
    """Show what more money would buy, and what each limit, partner and decision is worth."""
    session.overrides.setdefault("analysis.samples", 0)

    def one(loaded: Loaded) -> None:
        with progress(loaded.scenario) as watch:
            analysis = analyse(loaded.scenario, watch)
            session.report_state(analysis, loaded)
            if analysis.allocation.chosen is None:
                return
            traced = spending(analysis, step=step)
            priced, otherwise = prices(analysis), with_and_without(analysis)
        if not traced.is_complete:
            more = " Allow more with --time-limit, or take a --step."
            words = f"{rows.missing_sentence(traced)}{more if traced.why == 'time' else ''}"
            notify(f"{loaded.scenario.title}: {words}")
        report: Row = rows.rounded(rows.frontier_json(analysis, traced, priced, otherwise))
        parts = _frontier_parts(analysis, report, rows.price_sentences(analysis, priced))
        output.add(
            analysis.scenario,
            lambda: rows.at_levels(analysis.scenario, report),
            lambda: (table for part in parts.values() for table in part.tables()),
            parts,
        )

    session.each(scenarios, one)


def _frontier_parts(analysis: Analysis, report: Row, priced: list[str]) -> dict[str, Part]:
    scenario, found = analysis.scenario, report["with_and_without"]
    told = [rows.alternative_sentence(analysis, row) for row in found]
    next_step = "What the next step of each limit would bring"
    return {
        "frontier": Part(
            lambda: tables.flat_frontier(report), lambda: [tables.frontier_table(analysis, report)]
        ),
        "limit-prices": Part(
            lambda: report["limits"],
            lambda: [tables.sentences(scenario, "limit-prices", next_step, priced, NO_LIMITS)],
        ),
        "with-and-without": Part(
            lambda: [{**row, "words": words} for row, words in zip(found, told, strict=True)],
            lambda: [tables.sentences(scenario, "with-and-without", "With and without", told)],
        ),
    }
