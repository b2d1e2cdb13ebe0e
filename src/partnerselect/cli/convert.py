"""`workbook`, `convert`: a scenario as a workbook that people fill in, and as YAML."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect.cli.meant import WholeNumber
from partnerselect.cli.session import FILE, FORCE, ROOT, Session, require_free
from partnerselect.cli.streams import notify
from partnerselect.errors import FailureError, input_error
from partnerselect.files import (
    Loaded,
    blank_workbook,
    kept_as_workbook,
    resolved,
    scenario_text,
    write_whole,
    yaml_text,
)

BOOK, TEXTS = ".xlsx", (".yaml", ".yml")


@click.command()
@click.argument("scenario", required=False)
@click.option("--blank", is_flag=True, help="An empty one to fill in, with the shipped criteria.")
@click.option("--out", type=FILE, required=True, metavar="FILE.xlsx", help="Where it is written.")
@click.option("--programmes", type=WholeNumber(0, 1_000), default=6, help="Room for so many.")
@click.option("--partners", type=WholeNumber(0, 1_000), default=8, help="Room for so many.")
@FORCE
@ROOT
def workbook(
    scenario: str | None,
    out: Path,
    programmes: int,
    partners: int,
    root: Path | None,
    *,
    blank: bool,
    force: bool,
) -> None:
    """Write a scenario as a workbook to fill in: partners, programmes, prices, scores.

    It stands wherever a scenario may. What no sheet can hold is kept in a small YAML file beside
    it that extends the workbook.
    """
    session = Session(root)
    with session.reporting_errors():
        if blank == bool(scenario):
            raise input_error("name a scenario, or write an empty workbook with --blank")
        _require_suffix(out, BOOK)
        if scenario:
            session.each((scenario,), lambda loaded: _write_book(loaded, out, force=force))
        else:
            require_free(out, force=force)
            _write(out, blank_workbook(partners=partners, programmes=programmes))
            notify(f"Written: {out}. Fill it in, then: partnerselect check {out}")
    session.finish()


@click.command()
@click.argument("scenario", metavar="FILE")
@click.option("--out", type=FILE, required=True, metavar="FILE", help="A .yaml or an .xlsx file.")
@FORCE
@ROOT
def convert(scenario: str, out: Path, root: Path | None, *, force: bool) -> None:
    """Turn a workbook into YAML that says the same, or any scenario into a workbook."""
    session = Session(root)
    with session.reporting_errors():
        _require_suffix(out, BOOK, *TEXTS)
        write = _write_book if out.suffix.lower() == BOOK else _write_text
        session.each((scenario,), lambda loaded: write(loaded, out, force=force))
    session.finish()


def _require_suffix(out: Path, *suffixes: str) -> None:
    if out.suffix.lower() not in suffixes:
        raise input_error(f"{out} cannot be written: name a file of {' or '.join(suffixes)}")


def _write_text(loaded: Loaded, out: Path, *, force: bool) -> None:
    require_free(out, force=force)
    _write(out, scenario_text(loaded.scenario.data))
    notify(f"Written: {out}")


def _write_book(loaded: Loaded, out: Path, *, force: bool) -> None:
    """Write the workbook and, where there is anything beyond it, the YAML that extends it."""
    kept = kept_as_workbook(loaded.scenario.data)
    beside = out.with_suffix(TEXTS[0])
    if kept.rest and resolved(beside) in {resolved(one) for one in loaded.sources}:
        raise input_error(
            f"{beside} is what the scenario is read from, and what no sheet can hold would be"
            f" written there; name another file, such as {out.with_stem(out.stem + '-book')}"
        )
    for path in (out, beside) if kept.rest else (out,):
        require_free(path, force=force)
    _write(out, kept.content)
    notify(f"Written: {out}")
    if kept.rest:
        _write(beside, yaml_text({"extends": out.name, **kept.rest}))
        notify(
            f"Written: {beside}, which extends it with what no sheet can hold:"
            f" {', '.join(kept.places)}. Name this file as the scenario to keep all of it."
        )


def _write(out: Path, content: str | bytes) -> None:
    try:
        write_whole(out, content)
    except OSError as error:
        raise FailureError(
            f"{out} could not be written ({error.strerror or error}); nothing is left behind there"
        ) from error
