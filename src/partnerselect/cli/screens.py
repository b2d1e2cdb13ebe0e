"""`tui`: the screens."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from partnerselect.cli.session import YOUR_INPUT, finish, scenario_options, session
from partnerselect.cli.streams import tell


@click.command()
@scenario_options
def tui(
    scenarios: tuple[str, ...],
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
) -> None:
    """Open the screens: see the recommendation, and why."""
    running = session(root, samples, seed, time_limit)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        tell("tui needs a terminal; `partnerselect rank` prints the table.")
        running.exit(YOUR_INPUT)
        finish(running)
    from partnerselect.tui import run

    running.exit(run([Path(path) for path in scenarios], root=root, changes=running.overrides))
    finish(running)
