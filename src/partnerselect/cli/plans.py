"""`judge`, `alternatives`: plans on the table, and those almost as good as the recommended one."""

from __future__ import annotations

import click

from partnerselect.analysis import alternatives as almost_as_good, analyse_unpriced, judge as judged
from partnerselect.cli.output import Output, Part, output_options
from partnerselect.cli.session import Session, one_scenario_options
from partnerselect.cli.streams import progress
from partnerselect.errors import input_error
from partnerselect.files import Loaded
from partnerselect.model import did_you_mean
from partnerselect.rows import alternatives_json, judgement_json
from partnerselect.tables import (
    alternatives_tables,
    flat_agreement,
    flat_alternative_choices,
    flat_alternatives,
    flat_broken,
    flat_differences,
    flat_plan_choices,
    flat_plans,
    plan_tables,
)


@click.command()
@one_scenario_options
@click.option("--plan", "plans", multiple=True, metavar="ID", help="Only this; may be repeated.")
@output_options("plans", "plan-choices", "broken", "differences")
def judge(session: Session, output: Output, scenario: str, plans: tuple[str, ...]) -> None:
    """Judge plans: what they come to, what they break, and what could be had instead."""

    def one(loaded: Loaded) -> None:
        wanted = _known_plans(loaded, plans)
        with progress(loaded.scenario) as watch:
            analysis = analyse_unpriced(loaded.scenario, watch)
            found = judged(analysis, wanted)
        session.report_state(analysis, loaded)
        output.add(
            analysis.scenario,
            lambda: judgement_json(analysis, found),
            lambda: plan_tables(analysis, found),
            {
                "plans": Part(lambda: flat_plans(found), lambda: plan_tables(analysis, found)),
                "plan-choices": Part(
                    lambda: flat_plan_choices(found), lambda: plan_tables(analysis, found)
                ),
                "broken": Part(
                    lambda: flat_broken(analysis, found), lambda: plan_tables(analysis, found)
                ),
                "differences": Part(
                    lambda: flat_differences(found), lambda: plan_tables(analysis, found)
                ),
            },
        )

    session.each((scenario,), one)


def _known_plans(loaded: Loaded, plans: tuple[str, ...]) -> tuple[str, ...]:
    """Return the plans asked for, or all; raises InputError where there is none of that name."""
    stated = list(loaded.scenario.all_plans)
    if not stated:
        raise input_error("states none; write who does what under `plans`", "plans")
    for plan in plans:
        if plan not in stated:
            raise input_error(f'no plan is called "{plan}"{did_you_mean(plan, stated)}', "plans")
    return plans or tuple(stated)


@click.command()
@one_scenario_options
@click.option(
    "--within",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="POINTS",
    help="How many points below the best; per cent above the least cost with that aim.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="After how many plans the list ends.",
)
@output_options("alternatives", "alternative-choices", "agreement")
def alternatives(session: Session, output: Output, scenario: str, within: float, most: int) -> None:
    """List the plans almost as good as the recommended one, and what all of them agree on."""

    def one(loaded: Loaded) -> None:
        with progress(loaded.scenario) as watch:
            analysis = analyse_unpriced(loaded.scenario, watch)
            found = almost_as_good(analysis, within=within, most=most)
        session.report_state(analysis, loaded)
        tables = list(alternatives_tables(analysis, found))
        output.add(
            analysis.scenario,
            lambda: alternatives_json(analysis, found),
            lambda: tables,
            {
                "alternatives": Part(lambda: flat_alternatives(found), lambda: tables),
                "alternative-choices": Part(
                    lambda: flat_alternative_choices(found), lambda: tables
                ),
                "agreement": Part(lambda: flat_agreement(found), lambda: tables),
            },
        )

    session.each((scenario,), one)
