"""`paper`: the board paper, its appendices, the workbook, each in the form its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from partnerselect.analysis import analyse_with_choices, spending
from partnerselect.cli.plans import known_plans
from partnerselect.cli.session import (
    FILE,
    FORCE,
    Session,
    one_scenario_options,
    require_free,
)
from partnerselect.cli.streams import notify
from partnerselect.errors import FailureError, input_error
from partnerselect.files import Loaded, write_whole
from partnerselect.report import Material, Part, maker_of, suffix_of

Maker = Callable[[Material], bytes]


@click.command()
@one_scenario_options
@click.option(
    "--out",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="The paper: .md, .html, .docx, or .xlsx for the workbook; give it again for more.",
)
@click.option(
    "--appendices",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="What the paper rests on, in a file of its own; give it again for more.",
)
@click.option(
    "--plan", metavar="ID", help="The plan that the paper is for, instead of the best choice."
)
@click.option("--full", is_flag=True, help="Write the appendices into every --out as well.")
@FORCE
def paper(
    session: Session,
    scenario: str,
    out: tuple[Path, ...],
    appendices: tuple[Path, ...],
    plan: str | None,
    *,
    full: bool,
    force: bool,
) -> None:
    """Write the board paper of a scenario, its appendices, its workbook: all worked out once."""
    if not (out or appendices):
        raise input_error("name a file to write: --out FILE, --appendices FILE, or both")
    wanted: dict[Path, Part] = dict.fromkeys(out, "full" if full else "paper")
    for path in appendices:
        if path in wanted:
            raise input_error(f"{path} cannot be both the paper and its appendices")
        wanted[path] = "appendices"
    makers = {path: _maker(path, part, force=force) for path, part in wanted.items()}
    session.each((scenario,), lambda loaded: _write(session, _for_plan(loaded, plan), makers))


def _maker(out: Path, part: Part, *, force: bool) -> Maker:
    """Return what makes the file.

    Raise InputError of a suffix, a place or a library before anything is worked out.
    """
    suffix = suffix_of(out.name)
    require_free(out, force=force)
    return maker_of(suffix, part)


def _for_plan(loaded: Loaded, plan: str | None) -> Loaded:
    """Return a scenario whose paper is for a plan, found by its id or title."""
    if plan is None:
        return loaded
    (known,) = known_plans(loaded.scenario, (plan,))
    return replace(loaded, scenario=loaded.scenario.with_change("paper.plan", known))


def _write(session: Session, loaded: Loaded, makers: dict[Path, Maker]) -> None:
    notify(f"Working out {loaded.scenario.title} …")
    analysis = analyse_with_choices(loaded.scenario, also=(spending,))
    session.report_state(analysis, loaded)
    material = Material(analysis)
    for out, make in makers.items():
        with session.reporting_errors():
            try:
                write_whole(out, make(material))
            except OSError as error:
                raise FailureError(
                    f"{out} could not be written ({error.strerror or error});"
                    " nothing is left behind there"
                ) from error
            notify(f"Written: {out}")
