"""`init`, `schema`, `check`: what an analyst starts from, and what is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from partnerselect import files
from partnerselect.advice import examine
from partnerselect.cli.output import Output, output_options
from partnerselect.cli.session import CHECK_FAILED, ROOT, SCENARIOS, Session, notify_renames
from partnerselect.cli.streams import notify, put
from partnerselect.errors import FailureError, Loc, Place, Problem, input_error
from partnerselect.model import Scenario
from partnerselect.rows import Row, check_rows, slip_rows
from partnerselect.tables import Table, data_column
from partnerselect.value import consistencies_of_set
from partnerselect.words import counted, visible

FINDINGS = (
    data_column("file", "The file that was checked."),
    data_column("severity", "`warning` or `note`."),
    data_column("place", "File, line and column; empty of the scenario as a whole."),
    data_column("path", "The path in the scenario; empty of the whole."),
    data_column("message", "What was found."),
    data_column("mend", "How to resolve it."),
    data_column("source", "Where the rule of good practice is published."),
    data_column("id", "The check that found it."),
)


@click.command()
@SCENARIOS
@ROOT
@click.option("--allow-warnings", is_flag=True, help="Exit with 0 although there are warnings.")
@output_options()
def check(
    output: Output, scenarios: tuple[str, ...], root: Path | None, *, allow_warnings: bool
) -> None:
    """Validate scenarios and criteria sets: every mistake at once, each with its place."""
    session = Session(root)
    found: list[Row] = []
    for path in scenarios:
        with session.reporting_errors():
            either = files.load_either(Path(path), root=root)
            with session.reporting_errors(either):
                found += _findings(path, either)
                notify(f"{path}: valid ({_size(either)})")
    if any(finding["severity"] == "warning" for finding in found) and not allow_warnings:
        session.exit(CHECK_FAILED)
    _print(found, output)
    session.finish()


def _print(found: list[Row], output: Output) -> None:
    """Print the findings: for a person at a terminal one after the other."""
    if output.form in {"json", "jsonl"}:
        output.print_json(found, as_array=True)
    elif output.form == "table":
        for one in found:
            words = f"{one['message']} {one['mend']}\n  [{one['source']}]\n"
            put(visible(f"{one['severity']} {one['place']}\n  {words}"))
    else:
        cells = tuple(tuple(finding.values()) for finding in found)
        output.print([Table("checks", "Checks", FINDINGS, cells)])


def _findings(path: str, either: files.Loaded | files.LoadedCriteria) -> Iterator[Row]:
    """Yield what good practice lacks, each with its place, and what only the file shows."""
    notify_renames(either)
    if isinstance(either, files.LoadedCriteria):
        for judged in consistencies_of_set(either.criteria):
            if judged.acceptable is False:
                loc, words = judged.problem.loc, judged.problem.message
                yield _finding(path, either, loc, words, judged.measured_by, "contradiction")
        rows = slip_rows(either.warnings)
    else:
        _check_cases(either.scenario)
        rows = check_rows(examine(either.scenario), either.slips)
    for row in rows:
        told = row["loc"], row["words"], row["source"], row["id"], row["mend"], row["severity"]
        yield _finding(path, either, *told, row["place"])


def _check_cases(scenario: Scenario) -> None:
    """Refuse a sweep or a design that makes no cases; raises InputError."""
    if scenario.sweep or scenario.design:
        from partnerselect.cases import blocks

        blocks(scenario)


def _finding(
    path: str,
    either: files.Loaded | files.LoadedCriteria,
    loc: Loc,
    words: str,
    source: str,
    kind: str,
    mend: str = "",
    severity: str = "warning",
    there: str = "",
) -> Row:
    problem = either.places.locate(Problem(loc, words, place=Place(there) if there else None))
    place = problem.place.label if problem.place else ""
    mend = files.advice_in_sheets(mend) if files.is_book(Path(path)) else mend
    cells = (path, severity, place, problem.path, problem.message, mend, source, kind)
    return dict(zip((one.key for one in FINDINGS), cells, strict=True))


def _size(either: files.Loaded | files.LoadedCriteria) -> str:
    if isinstance(either, files.LoadedCriteria):
        return f"a criteria set, {counted(len(either.criteria.leaves), 'criterion', 'criteria')}"
    scenario = either.scenario
    return ", ".join(
        (
            counted(len(scenario.entries), "programme"),
            counted(len(scenario.partners), "partner"),
            counted(len(scenario.criteria.leaves), "criterion", "criteria"),
        )
    )


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--blank", is_flag=True, help="One commented file to fill in instead: choice.yaml, all made up."
)
def init(folder: Path, *, blank: bool) -> None:
    """Create a starter folder with commented examples: criteria, scenarios and their schemas."""
    session = Session()
    with session.reporting_errors():
        if blank:
            path = files.write_blank(folder)
            notify(f"Made {path}. Next: edit it, and look at it with partnerselect tui {path}")
        else:
            _copy(files.starter(), folder)
            notify(
                f"Made {folder}. Next: cd {folder}, then partnerselect rank"
                " scenarios/shsc-2021.yaml"
            )
    session.finish()


def _copy(source: Path, folder: Path) -> None:
    taken = [name for name in files.FOLDERS if (folder / name).exists()]
    if taken:
        raise input_error(
            f"{folder / taken[0]} exists already and is left as it is; name another folder, or"
            " move it away"
        )
    made = [folder / name for name in files.FOLDERS] if folder.exists() else [folder]
    try:
        for file in (file for name in files.FOLDERS for file in sorted((source / name).glob("*"))):
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
@click.argument("kind", type=click.Choice(files.KINDS), default="scenario")
def schema(kind: str) -> None:
    """Print the JSON Schema of scenarios or criteria sets, for editors."""
    put(files.schema_text(kind), nl=False)
