"""`explain`: why this partner and not that one, in words."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect.analysis import analyse
from partnerselect.cli.attending import attending
from partnerselect.cli.output import format_option, print_json, print_tables
from partnerselect.cli.session import (
    finish,
    known_partner,
    known_programme,
    one_scenario_options,
    session,
    tell_state,
)
from partnerselect.cli.streams import put
from partnerselect.errors import InputError, Problem
from partnerselect.files import Loaded
from partnerselect.rows import explain as rows
from partnerselect.rows.report import rounded
from partnerselect.tables import Column, Table, sentences
from partnerselect.tables.evidence import gap_table, largest_differences_table
from partnerselect.words.literal import visible


@click.command()
@one_scenario_options
@click.argument("programme", metavar="PROGRAMME")
@click.option("--why", metavar="A", help="Why this partner; the one chosen if left out.")
@click.option("--why-not", metavar="B", help="Why not this one; the runner-up if left out.")
@format_option
def explain(
    scenario: str,
    programme: str,
    why: str | None,
    why_not: str | None,
    form: str,
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
) -> None:
    """Explain why one partner comes before another for a programme."""
    running = session(root, samples, seed, time_limit)

    def one(loaded: Loaded) -> None:
        compared = _compared(loaded, programme, why, why_not)
        tell_state(compared.analysis, loaded, running)
        if form == "json":
            print_json(rows.explanation_json(compared))
        elif form == "csv":
            print_tables([_csv(compared)], form)
        else:
            _print_words(compared, compared.analysis.scenario.title, rows.summary(compared), form)
            print_tables([gap_table(compared), largest_differences_table(compared)], form)
            told = [row["words"] for row in (*rows.price_rows(compared), *rows.ways_back(compared))]
            if otherwise := told or [words for words in (rows.why_no_prices(compared),) if words]:
                _print_words(compared, "What choosing otherwise would mean", otherwise, form)
            if turns := rows.turns(compared):
                _print_words(compared, "What would change the leader", turns, form)

    running.each((scenario,), one)
    finish(running)


def _compared(loaded: Loaded, programme: str, why: str | None, why_not: str | None) -> rows.Pair:
    """Return the two partners, each known and not the same; raises InputError."""
    known_programme(loaded, programme)
    for name in (why, why_not):
        if name is not None:
            known_partner(loaded, name)
    if why is not None and why == why_not:
        raise InputError(
            [Problem(("partners", why), "cannot be compared with itself; name two partners")]
        )
    if len(loaded.scenario.partners) == 1:
        raise InputError(
            [Problem(("partners",), "there is only one partner, and nobody to compare it with")]
        )
    with attending(loaded.scenario) as watch:
        compared = rows.comparison(analyse(loaded.scenario, watch), programme, why, why_not)
    assert compared is not None  # noqa: S101 - there are two partners
    return compared


def _print_words(compared: rows.Pair, heading: str, told: list[str], form: str) -> None:
    """Print sentences: one under the other for a terminal, else as a column, literally."""
    shown = sentences(compared.analysis.scenario, "", heading, told)
    if form != "table":
        print_tables([shown], form)
        return
    for line in (shown.heading, "", *told, ""):
        put(visible(line))


def _csv(compared: rows.Pair) -> Table:
    """Return the gap as one flat table."""
    shown = tuple(
        (
            compared.analysis.scenario.id,
            compared.programme,
            row["criterion"],
            row["weight"],
            name,
            row[side]["score"],
            row[side]["value"],
            row[side]["contribution"],
            compared.analysis.scenario.illustrative,
        )
        for row in rounded(rows.gap_rows(compared))
        for name, side in ((compared.why, "why"), (compared.why_not, "why_not"))
    )
    keys = ("scenario", "programme", "criterion", "weight", "partner", "score", "value")
    columns = tuple(map(Column, (*keys, "contribution", "illustrative")))
    return Table("gap", "", columns, shown)
