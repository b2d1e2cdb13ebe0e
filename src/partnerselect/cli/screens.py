"""`tui`: the screens."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect.cli.session import finish, scenario_options, session


@click.command()
@scenario_options
def tui(scenarios: tuple[str, ...], root: Path | None, samples: int | None, seed: int | None, time_limit: float | None) -> None:
    """Open the screens: see the recommendation, and why."""
    from partnerselect.tui import run

    running = session(root, samples, seed, time_limit)
    running.exit(run([Path(path) for path in scenarios], root=root, changes=running.overrides))
    finish(running)
