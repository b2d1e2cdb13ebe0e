"""`judge`, `alternatives`: plans on the table, and those almost as good as the recommended one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import click

from partnerselect.analysis import (
    Analysis,
    alternatives as almost_as_good,
    analyse_unpriced,
    judge as judged,
)
from partnerselect.cli.meant import Figure, WholeNumber
from partnerselect.cli.output import Output, Part, output_options
from partnerselect.cli.session import Session, one_scenario_options
from partnerselect.cli.streams import progress
from partnerselect.errors import input_error
from partnerselect.files import Loaded
from partnerselect.model import Scenario, named
from partnerselect.rows import alternatives_json, judgement_json
from partnerselect.tables import (
    JUDGED_ROWS,
    NEAR_ROWS,
    FrameRow,
    Table,
    alternatives_tables,
    plan_tables,
)


@click.command()
@one_scenario_options
@click.option("--plan", "plans", multiple=True, metavar="ID", help="Only this; may be repeated.")
@output_options(*JUDGED_ROWS)
def judge(session: Session, output: Output, scenario: str, plans: tuple[str, ...]) -> None:
    """Judge plans: what they come to, what they break, and what could be had instead."""

    def one(loaded: Loaded) -> None:
        wanted = known_plans(loaded.scenario, plans)
        with progress(loaded.scenario) as watch:
            analysis = analyse_unpriced(loaded.scenario, watch)
            found = judged(analysis, wanted)
        session.report_state(analysis, loaded)
        _add(output, analysis, found, _Forms(judgement_json, plan_tables, JUDGED_ROWS))

    session.each((scenario,), one)


Found = TypeVar("Found")


@dataclass(frozen=True)
class _Forms(Generic[Found]):
    """What is printed of an answer: its report, its tables, and the rows that programs read."""

    report: Callable[[Analysis, Found], FrameRow]
    tables: Callable[[Analysis, Found], Iterable[Table]]
    rows: Mapping[str, Callable[[Analysis, Found], Iterable[FrameRow]]]


def _add(output: Output, analysis: Analysis, found: Found, forms: _Forms[Found]) -> None:
    def listed(rows: Callable[[Analysis, Found], Iterable[FrameRow]]) -> list[FrameRow]:
        return list(rows(analysis, found))

    tables = partial(forms.tables, analysis, found)
    parts = {name: Part(partial(listed, rows), tables) for name, rows in forms.rows.items()}
    output.add(analysis.scenario, partial(forms.report, analysis, found), tables, parts)


def known_plans(scenario: Scenario, plans: tuple[str, ...]) -> tuple[str, ...]:
    """Return the plans asked for, or all; raises InputError where there is none of that name."""
    stated = list(scenario.all_plans)
    if not stated:
        raise input_error("states none; write who does what under `plans`", "plans")
    found = tuple(named("plan", scenario.all_plans, plan, f"--plan {plan}") for plan in plans)
    return found or tuple(stated)


@click.command()
@one_scenario_options
@click.option(
    "--within",
    type=Figure(min=0),
    default=1.0,
    show_default=True,
    metavar="POINTS",
    help="How many points below the best; per cent above the least cost with that aim.",
)
@click.option(
    "--most",
    type=WholeNumber(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="After how many plans the list ends.",
)
@output_options(*NEAR_ROWS)
def alternatives(session: Session, output: Output, scenario: str, within: float, most: int) -> None:
    """List the plans almost as good as the recommended one, and what all of them agree on."""

    def one(loaded: Loaded) -> None:
        with progress(loaded.scenario) as watch:
            analysis = analyse_unpriced(loaded.scenario, watch)
            found = almost_as_good(analysis, within=within, most=most)
        session.report_state(analysis, loaded)
        _add(output, analysis, found, _Forms(alternatives_json, alternatives_tables, NEAR_ROWS))

    session.each((scenario,), one)
