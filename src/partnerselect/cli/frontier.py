"""`frontier`: what other sums of money would buy, and what every limit and decision is worth."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import click

from partnerselect import rows
from partnerselect.analysis import Analysis, alternatives, analyse, prices, spending
from partnerselect.cli.output import Output, format_option
from partnerselect.cli.progress import progress
from partnerselect.cli.session import Session, scenario_options
from partnerselect.cli.streams import notify
from partnerselect.files import Loaded
from partnerselect.rows import Row, alternative_sentence, rounded
from partnerselect.tables import Table, frontier_table, sentences

NO_LIMITS = "No limit is set, so there is none that could be widened."


def _finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Refuse a step that is no number: click takes `nan` and `inf` for numbers."""
    if value is not None and not isfinite(value):
        message = "must be a finite number."
        raise click.BadParameter(message)
    return value


@click.command()
@scenario_options
@format_option
@click.option(
    "--step",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
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
            priced, otherwise = prices(analysis), alternatives(analysis)
        if not traced.is_complete:
            more = " Allow more with --time-limit, or take a --step."
            words = f"{rows.missing_sentence(traced)}{more if traced.why == 'time' else ''}"
            notify(f"{loaded.scenario.title}: {words}")
        report: Row = rounded(rows.frontier_json(analysis, traced, priced, otherwise))
        output.add(
            analysis.scenario,
            report=lambda: report,
            rows=lambda: map(_flat, report["frontier"]),
            tables=lambda: _tables(analysis, report, rows.price_sentences(analysis, priced)),
        )

    session.each(scenarios, one)


def _tables(analysis: Analysis, report: Row, prices: list[str]) -> Iterator[Table]:
    scenario = analysis.scenario
    yield frontier_table(analysis, report)
    next_step = "What the next step of each limit would bring"
    yield sentences(scenario, "limit-prices", next_step, prices, NO_LIMITS)
    otherwise = (alternative_sentence(analysis, row) for row in report["with_and_without"])
    yield sentences(scenario, "with-and-without", "With and without", otherwise)


def _flat(row: Row) -> Row:
    """Return one choice of the frontier as a flat row, numbers as they are."""
    kept = {key: row[key] for key in ("own_cost", "value", "today")}
    return kept | {key: _listed(row[key]) for key in ("enters", "leaves")}


def _listed(engagements: list[Row]) -> str:
    return ", ".join(
        dict.fromkeys(f"{entry['programme']}: {entry['partner']}" for entry in engagements)
    )
