"""`explain`: why this partner and not that one; without a name, what can be asked about."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from partnerselect import rows, tables
from partnerselect.analysis import alternatives_for, analyse, why_not
from partnerselect.cli.output import Output, Part, output_options
from partnerselect.cli.session import Session, one_scenario_options
from partnerselect.cli.streams import progress
from partnerselect.errors import InputError, Problem, input_error

if TYPE_CHECKING:  # what an answer is made of is imported when there is one
    from partnerselect.advice import PartnerReason
    from partnerselect.allocation import Alternative
    from partnerselect.files import Loaded
    from partnerselect.model import Scenario
    from partnerselect.rows import Pair
    from partnerselect.tables import Table


@click.command()
@one_scenario_options
@click.argument("programme", metavar="PROGRAMME", required=False)
@click.argument("partners", metavar="[PARTNER [OTHER]]", nargs=-1)
@click.option("--why", metavar="A", help="The same as PARTNER; default: the one chosen.")
@click.option(
    "--why-not",
    metavar="B",
    help="The same as OTHER; default: the one chosen, or if that is PARTNER its main alternative.",
)
@output_options("gap")
def explain(
    session: Session,
    output: Output,
    scenario: str,
    programme: str | None,
    partners: tuple[str, ...],
    why: str | None,
    why_not: str | None,
) -> None:
    """Explain why one partner comes before another for a programme.

    Of a PARTNER alone it says why it is chosen, or what choosing it instead would mean. Without a
    PROGRAMME it lists what can be asked.
    """
    asked = _partners_asked(partners, why, why_not)

    def one(loaded: Loaded) -> None:
        this = f"partnerselect explain {shlex.quote(scenario)}"
        if programme is None:
            raise input_error(_askable(loaded.scenario, this))
        try:
            pair = _pair(loaded, programme, *asked)
        except InputError as error:
            hint = [] if error.problems[0].loc else [Problem((), f"What can be asked: {this}")]
            raise InputError([*error.problems, *hint]) from None
        session.report_state(pair.analysis, loaded)
        output.add(
            pair.analysis.scenario,
            lambda: rows.explanation_json(pair, *_asked(pair)),
            lambda: _pair_tables(pair, *_asked(pair)),
            {"gap": Part(lambda: tables.flat_gap(pair), lambda: [tables.gap_table(pair)])},
        )

    session.each((scenario,), one)


def _askable(scenario: Scenario, this: str) -> str:
    """Return which programmes and partners can be asked about, and the next command."""
    programmes = scenario.programme_titles
    partners = scenario.partner_titles
    width = max(map(len, (*programmes, *partners)))
    lines = ["Name the programme to explain, and if you like one partner after it, or two."]
    for heading, titles in (("Programmes", programmes), ("Partners", partners)):
        lines += ["", f"{heading}:", *(f"  {name:{width}}  {of}" for name, of in titles.items())]
    first = next(iter(programmes)), next(iter(partners))
    return "\n".join([*lines, "", f"Next: {this} {first[0]}", f"  or: {this} {' '.join(first)}"])


def _partners_asked(
    partners: tuple[str, ...], why: str | None, why_not: str | None
) -> tuple[str | None, str | None]:
    """Return the two partners asked about, whether named by their place or by an option."""
    if not partners:
        return why, why_not
    if why or (why_not and len(partners) > 1):
        told = "name each partner once: after the programme, or with --why and --why-not."
        raise click.UsageError(told)
    if len(partners) > 2:  # noqa: PLR2004 - one against the other
        told = f"two partners can be compared; {len(partners)} are named."
        raise click.UsageError(told)
    return partners[0], partners[1] if len(partners) > 1 else why_not


def _pair(loaded: Loaded, programme: str, why: str | None, why_not: str | None) -> Pair:
    """Return the two partners, each known and not the same; raises InputError."""
    programme, why, why_not = rows.named_pair(loaded.scenario, programme, why, why_not)
    with progress(loaded.scenario) as watch:
        analysis = analyse(loaded.scenario, watch)
        programme = analysis.recommendation.entry_of(programme)
        pair = rows.partner_comparison(analysis, programme, why, why_not)
    assert pair is not None  # noqa: S101 - there are two partners
    return pair


def _asked(pair: Pair) -> tuple[PartnerReason, tuple[Alternative, ...]]:
    """Ask the solver what choosing the one not chosen would cost, and what others would mean."""
    of = pair.analysis, pair.programme, pair.wished
    return why_not(*of), alternatives_for(*of)


def _pair_tables(
    pair: Pair, wished: PartnerReason, others: tuple[Alternative, ...]
) -> Iterator[Table]:
    scenario = pair.analysis.scenario
    yield tables.sentences(scenario, "", scenario.title, rows.explanation_summary(pair, wished))
    yield tables.gap_table(pair)
    yield tables.largest_differences_table(pair)
    found = [
        row["words"]
        for row in (*rows.choice_price_rows(pair.analysis, others), *rows.ways_back(pair))
    ]
    if otherwise := found or [words for words in (rows.why_no_prices(pair),) if words]:
        yield tables.sentences(scenario, "", "What choosing otherwise would mean", otherwise)
    if turns := rows.turning_points_words(pair):
        yield tables.sentences(scenario, "", "What would change the leader", turns)
