"""What is recorded of a scenario: weights fixed, interests declared, and the decision."""

from __future__ import annotations

from typing import Any

import click

from partnerselect.analysis import analyse_with_choices
from partnerselect.cli.output import Output, output_options
from partnerselect.cli.register import (
    REGISTER,
    WHEN,
    date_option,
    decision_parts,
    record,
    report_of,
    show_recorded,
    tell,
    url_of,
)
from partnerselect.cli.session import Session, known, one_scenario_options
from partnerselect.cli.streams import notify, progress
from partnerselect.errors import option_error
from partnerselect.model import named
from partnerselect.register import (
    Decision,
    about_scenario,
    decided_before,
    freezing,
    open_register,
    plan_wishes,
    record_on,
    wishes_of,
)


@click.command()
@one_scenario_options
@REGISTER
@output_options()
@click.option("--body", help="Who decides; default: the body on the cover of the paper.")
@WHEN
def freeze(
    session: Session, output: Output, scenario: str, url: str | None, body: str | None, date: str
) -> None:
    """Fix the criteria and weights of a scenario, before scores are opened."""
    loaded = session.load(scenario, url)
    with session.reporting_errors(loaded):
        said = {"date": date, "body": _body(loaded.scenario, body)}
        kept = open_register(url_of(url, scenario), begin=True)
        made = record_on(kept, loaded.scenario, said, freezing(loaded.scenario, said))
        show_recorded(kept, output, made)


def _body(scenario: Any, given: str | None) -> str:  # noqa: ANN401 - a Scenario
    body = given or (scenario.paper.cover.body if scenario.paper else "")
    if not body.strip():
        told = "is missing, and the paper of the scenario names no body either; write"
        raise option_error("--body", f'{told} --body "Board of Directors", or paper.cover.body')
    return str(body)


@click.command()
@one_scenario_options
@REGISTER
@output_options()
@click.argument("role", metavar="ROLE")
@click.argument("partner", metavar="PARTNER")
@click.option("--interest", required=True, help="What the interest is.")
@click.option("--managed", required=True, help="How it is managed.")
@WHEN
def declare(
    session: Session,
    output: Output,
    scenario: str,
    url: str | None,
    partner: str,
    **said: str,
) -> None:
    """Declare an interest of a ROLE in a PARTNER of a scenario."""
    loaded = session.load(scenario, url)
    with session.reporting_errors(loaded):
        content = {
            **said,
            "partner": known(loaded, "partners", partner),
            **about_scenario(loaded.scenario),
        }
        kept = open_register(url_of(url, scenario), begin=True)
        record(kept, output, ("declared", content))


@click.command()
@one_scenario_options
@REGISTER
@output_options("choices", "said")
@click.option(
    "--set",
    "wished",
    multiple=True,
    metavar="PROGRAMME=PARTNER",
    help="What is decided otherwise: a partner, several joined by +, or deferred.",
)
@click.option("--plan", metavar="ID", help="A plan of the scenario; needs a --reason.")
@click.option("--reason", multiple=True, help="Why; one for each --set, or one for all.")
@click.option("--body", help="Who decides; default: the body on the cover of the paper.")
@click.option(
    "--role", "roles", multiple=True, help="A role that took part; give it again for more."
)
@click.option("--condition", "conditions", multiple=True, help="A condition of the decision.")
@click.option("--dissent", multiple=True, help="What somebody did not agree with.")
@date_option(
    "--review", "When programmes without a review date are looked at again.", default=False
)
@WHEN
def decide(
    session: Session,
    output: Output,
    scenario: str,
    url: str | None,
    wished: tuple[str, ...],
    plan: str | None,
    reason: tuple[str, ...],
    body: str | None,
    **said: Any,  # noqa: ANN401 - what is recorded as it was said
) -> None:
    """Record a decision: as recommended, or otherwise and why."""
    loaded = session.load(scenario, url)
    with session.reporting_errors(loaded):
        plan = plan and named("plan", loaded.scenario.all_plans, plan, f"--plan {plan}")
        stated = {**said, "plan": plan, "body": _body(loaded.scenario, body)}
        wishes = plan_wishes(loaded.scenario, plan, list(reason)) if plan else {}
        wishes |= wishes_of(loaded.scenario, list(wished), list(reason))
        register = open_register(url_of(url, scenario), begin=True)
        with progress(loaded.scenario) as watch:
            analysis = analyse_with_choices(loaded.scenario, watch)
        session.report_state(analysis, loaded)
        if analysis.allocation.chosen is None:
            return
        content = Decision(analysis, stated, wishes).content()
        recorded = record_on(register, loaded.scenario, stated, ("decided", content))
        for told in decided_before(register.entries[: -len(recorded)], content):
            notify(told)
        tell(register.name, recorded)
        made = recorded[-1]
        parts = decision_parts(made)
        shown = (table for part in parts.values() for table in part.tables())
        output.show(report_of(made), shown, parts)
