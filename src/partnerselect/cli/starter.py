"""`init` and `schema`: what an analyst starts from."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from partnerselect.cli.session import Session
from partnerselect.cli.streams import notify, put
from partnerselect.errors import FailureError, input_error
from partnerselect.files import FOLDERS, KINDS, schema_text, starter


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Create a starter folder with commented examples: criteria, scenarios and their schemas."""
    session = Session()
    with session.reporting_errors():
        _copy(starter(), folder)
        notify(
            f"Made {folder}. Next: cd {folder}, then partnerselect rank scenarios/shsc-2021.yaml"
        )
    session.finish()


def _copy(source: Path, folder: Path) -> None:
    taken = [name for name in FOLDERS if (folder / name).exists()]
    if taken:
        raise input_error(
            f"{folder / taken[0]} exists already and is left as it is; name another folder, or"
            " move it away"
        )
    made = [folder / name for name in FOLDERS] if folder.exists() else [folder]
    try:
        for file in (file for name in FOLDERS for file in sorted((source / name).glob("*"))):
            if file.is_file() and not file.name.startswith("."):
                target = folder / file.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
    except OSError as error:
        for path in made:
            shutil.rmtree(path, ignore_errors=True)
        raise FailureError(
            f"{folder} could not be written ({error.strerror or error});"
            " nothing is left behind there"
        ) from error


@click.command()
@click.argument("kind", type=click.Choice(KINDS), default="scenario")
def schema(kind: str) -> None:
    """Print the JSON Schema of scenarios or criteria sets, for editors."""
    put(schema_text(kind), nl=False)
