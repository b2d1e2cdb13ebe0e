"""`frontier`: what more money would buy, what each limit's next step brings, and what would be done instead."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import click

from partnerselect import rows
from partnerselect.analysis import Analysis, alternatives, analyse, prices, spending
from partnerselect.cli.attending import attending
from partnerselect.cli.output import format_option, one_table, print_csv, print_json, print_tables
from partnerselect.cli.session import finish, scenario_options, session, tell_state
from partnerselect.cli.streams import tell
from partnerselect.files import Loaded
from partnerselect.rows import advice
from partnerselect.rows import with_and_without as otherwise_rows
from partnerselect.tables import Table, sentences
from partnerselect.tables.frontier import frontier_table


def _finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Refuse a step that is no number: click takes `nan` and `inf` for numbers."""
    if value is not None and not isfinite(value):
        message = "must be a finite number."
        raise click.BadParameter(message)
    return value


@click.command()
@scenario_options
@click.option(
    "--step",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    metavar="AMOUNT",
    help="Take costs in steps of this amount; without it every efficient choice.",
)
@format_option
def frontier(
    scenarios: tuple[str, ...],
    step: float | None,
    form: str,
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
) -> None:
    """Show what more money would buy, and what each limit, gate and partner is worth."""
    running = session(root, 0 if samples is None else samples, seed, time_limit)
    reports: list[rows.Row] = []
    flat: list[rows.Row] = []

    def one(loaded: Loaded) -> None:
        with attending(loaded.scenario) as watch:
            analysis = analyse(loaded.scenario, watch)
            tell_state(analysis, loaded, running)
            if analysis.allocation.chosen is None:
                return
            traced, priced, otherwise = (
                spending(analysis, step=step),
                prices(analysis),
                alternatives(analysis),
            )
        if not traced.is_complete:
            more = " Allow more with --time-limit, or take a --step."
            told = f"{advice.missing_sentence(traced)}{more if traced.why == 'time' else ''}"
            tell(f"{loaded.scenario.title}: {told}")
        report: rows.Row = rows.rounded(advice.frontier_json(analysis, traced, priced, otherwise))
        if form == "json":
            reports.append(report)
        elif form == "csv":
            flat.extend(_flat(analysis, row) for row in report["frontier"])
        else:
            print_tables(_tables(analysis, report, advice.price_sentences(analysis, priced)), form)

    running.each(scenarios, one)
    if form == "json" and reports:
        print_json(reports if len(scenarios) > 1 else reports[0])
    if flat:
        print_csv(one_table(flat))
    finish(running)


def _tables(analysis: Analysis, report: rows.Row, prices: list[str]) -> list[Table]:
    otherwise = (
        otherwise_rows.alternative_sentence(analysis, row) for row in report["with_and_without"]
    )
    next_step = "What the next step of each limit would bring"
    return [
        frontier_table(analysis, report),
        sentences(analysis.scenario, "limit-prices", next_step, prices, NO_LIMITS),
        sentences(analysis.scenario, "with-and-without", "With and without", otherwise),
    ]


NO_LIMITS = "No limit is set, so there is none that could be widened."


def _flat(analysis: Analysis, row: rows.Row) -> rows.Row:
    """Return one choice of the frontier as a flat row, numbers as they are."""
    engaged = {key: _listed(row[key]) for key in ("enters", "leaves")}
    kept = {key: row[key] for key in ("own_cost", "value", "today")}
    return {
        "scenario": analysis.scenario.id,
        **kept,
        **engaged,
        "illustrative": analysis.scenario.illustrative,
    }


def _listed(engagements: list[rows.Row]) -> str:
    return ", ".join(
        dict.fromkeys(f"{entry['programme']}: {entry['partner']}" for entry in engagements)
    )
