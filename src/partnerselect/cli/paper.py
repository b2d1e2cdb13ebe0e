"""`paper`: the board paper or the workbook, by the suffix of the file it is written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from partnerselect.analysis import analyse
from partnerselect.cli.session import Session, one_scenario_options
from partnerselect.cli.streams import notify
from partnerselect.errors import FailureError, input_error
from partnerselect.files import Loaded, write_whole
from partnerselect.report import Material, maker_of, suffix_of

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
def paper(session: Session, scenario: str, out: tuple[Path, ...], *, force: bool) -> None:
    """Write the board paper of a scenario, or its workbook."""
    makers = {path: _maker(path, force=force) for path in out}
    session.each((scenario,), lambda loaded: _write(session, loaded, makers))


def _maker(out: Path, *, force: bool) -> Maker:
    """Return what makes the file.

    Raise InputError of a suffix, a place or a library before anything is worked out.
    """
    suffix = suffix_of(out.name)
    if out.is_dir():
        raise input_error(f"{out} cannot be written: {out} is a folder")
    if not out.parent.is_dir():
        raise input_error(f"{out} cannot be written: there is no folder {out.parent}")
    if out.exists() and not force:
        raise input_error(
            f"{out} exists already and is left as it is; name another file, or replace it with"
            " --force"
        )
    return maker_of(suffix)


def _write(session: Session, loaded: Loaded, makers: dict[Path, Maker]) -> None:
    analysis = analyse(loaded.scenario)
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
