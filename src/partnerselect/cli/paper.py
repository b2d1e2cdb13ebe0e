"""`paper`: the board paper or the workbook, by the suffix of the file it is written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partnerselect.cli.session import (
    Session,
    finish,
    one_scenario_options,
    session,
    tell_state,
)
from partnerselect.cli.streams import tell
from partnerselect.errors import FailureError, InputError, Problem

if TYPE_CHECKING:
    from partnerselect.files import Loaded
    from partnerselect.report.paper.editions import Material

    Maker = Callable[[Material], bytes]


@click.command()
@one_scenario_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    multiple=True,
    metavar="FILE",
    help="What to write: .md, .html, .docx, or .xlsx for the workbook; give it again for more.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def paper(
    scenario: str,
    out: tuple[Path, ...],
    root: Path | None,
    samples: int | None,
    seed: int | None,
    time_limit: float | None,
    *,
    force: bool,
) -> None:
    """Write the board paper of a scenario, or its workbook."""
    running = session(root, samples, seed, time_limit)
    with running.telling():
        makers = {path: _maker(path, force=force) for path in out}
        running.each((scenario,), lambda loaded: _write(running, loaded, makers))
    finish(running)


def _maker(out: Path, *, force: bool) -> Maker:
    """Return what makes the file.

    Raise InputError of a suffix, a place or a library before anything is worked out.
    """
    from partnerselect.report.paper.editions import edition_of, maker_of

    suffix = edition_of(out.name)
    if out.is_dir() or not out.parent.is_dir():
        raise InputError(
            [
                Problem(
                    (),
                    f"{out} cannot be written:"
                    f" {f'{out} is a folder' if out.is_dir() else f'there is no folder {out.parent}'}",
                )
            ]
        )
    if out.exists() and not force:
        raise InputError(
            [
                Problem(
                    (),
                    f"{out} exists already and is left as it is; name another file, or replace it"
                    " with --force",
                )
            ]
        )
    return maker_of(suffix)


def _write(running: Session, loaded: Loaded, makers: dict[Path, Maker]) -> None:
    from partnerselect.analysis import analyse
    from partnerselect.files.writing import write_whole
    from partnerselect.report.paper.editions import Material

    analysis = analyse(loaded.scenario)
    tell_state(analysis, loaded, running)
    material = Material(analysis)
    for out, make in makers.items():
        with running.telling():
            try:
                write_whole(out, make(material))
            except OSError as error:
                raise FailureError(
                    f"{out} could not be written ({error.strerror or error});"
                    " nothing is left behind there"
                ) from error
            tell(f"Written: {out}")
