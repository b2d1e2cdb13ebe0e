"""`explain`: why this partner and not that one, in words."""

from __future__ import annotations

from collections.abc import Iterator

import click

from partnerselect import rows
from partnerselect.analysis import analyse
from partnerselect.cli.output import Output, format_option
from partnerselect.cli.progress import progress
from partnerselect.cli.session import (
    Session,
    known_partner,
    known_programme,
    one_scenario_options,
)
from partnerselect.errors import input_error
from partnerselect.files import Loaded
from partnerselect.rows import Row
from partnerselect.tables import Table, gap_table, largest_differences_table, sentences


@click.command()
@one_scenario_options
@click.argument("programme", metavar="PROGRAMME")
@click.option("--why", metavar="A", help="Why this partner; default: the one chosen.")
@click.option("--why-not", metavar="B", help="Why not this one; default: the main alternative.")
@format_option
def explain(
    session: Session,
    output: Output,
    scenario: str,
    programme: str,
    why: str | None,
    why_not: str | None,
) -> None:
    """Explain why one partner comes before another for a programme."""

    def one(loaded: Loaded) -> None:
        pair = _pair(loaded, programme, why, why_not)
        session.report_state(pair.analysis, loaded)
        output.add(
            pair.analysis.scenario,
            report=lambda: rows.explanation_json(pair),
            rows=lambda: _flat(pair),
            tables=lambda: _tables(pair),
        )

    session.each((scenario,), one)


def _pair(loaded: Loaded, programme: str, why: str | None, why_not: str | None) -> rows.Pair:
    """Return the two partners, each known and not the same; raises InputError."""
    known_programme(loaded, programme)
    known_partner(loaded, why)
    known_partner(loaded, why_not)
    if why is not None and why == why_not:
        raise input_error("cannot be compared with itself; name two partners", "partners", why)
    if len(loaded.scenario.partners) == 1:
        raise input_error("there is only one partner, and nobody to compare it with", "partners")
    with progress(loaded.scenario) as watch:
        pair = rows.partner_comparison(analyse(loaded.scenario, watch), programme, why, why_not)
    assert pair is not None  # noqa: S101 - there are two partners
    return pair


def _tables(pair: rows.Pair) -> Iterator[Table]:
    scenario = pair.analysis.scenario
    yield sentences(scenario, "", scenario.title, rows.explanation_summary(pair))
    yield gap_table(pair)
    yield largest_differences_table(pair)
    found = [row["words"] for row in (*rows.choice_price_rows(pair), *rows.ways_back(pair))]
    if otherwise := found or [words for words in (rows.why_no_prices(pair),) if words]:
        yield sentences(scenario, "", "What choosing otherwise would mean", otherwise)
    if turns := rows.turning_points_words(pair):
        yield sentences(scenario, "", "What would change the leader", turns)


def _flat(pair: rows.Pair) -> Iterator[Row]:
    """Yield the gap as flat rows."""
    for row in rows.gap_rows(pair):
        for name, side in ((pair.why, row["why"]), (pair.why_not, row["why_not"])):
            yield {
                "programme": pair.programme,
                "criterion": row["criterion"],
                "weight": row["weight"],
                "partner": name,
                **{key: side[key] for key in ("score", "value", "contribution")},
            }
