"""`tui`: the screens."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from partnerselect.cli.session import YOUR_INPUT, Session, scenario_options
from partnerselect.cli.streams import notify


@click.command()
@scenario_options
@click.option("--plain", is_flag=True, help="Lines of text for screen readers; keys are read.")
def tui(session: Session, scenarios: tuple[str, ...], *, plain: bool) -> None:
    """Open the screens: see the recommendation, and why."""
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        notify("tui needs a terminal; `partnerselect rank` prints the table.")
        session.exit(YOUR_INPUT)
        return
    from partnerselect.tui import run

    paths = [Path(path) for path in scenarios]
    session.exit(run(paths, root=session.root, changes=session.overrides, is_plain=plain))
