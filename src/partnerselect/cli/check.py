"""`check`: what is wrong with a scenario, all of it, each with its place and how to resolve it."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect import files
from partnerselect.advice import FORMAT
from partnerselect.analysis import examine
from partnerselect.cases import blocks
from partnerselect.cli.output import Output, format_option, print_json
from partnerselect.cli.session import CHECK_FAILED, ROOT, SCENARIOS, Session, notify_renames
from partnerselect.cli.streams import notify, put
from partnerselect.errors import Problem
from partnerselect.files import Loaded, LoadedCriteria
from partnerselect.rows import Row, check_rows
from partnerselect.tables import Column, Table
from partnerselect.value import consistencies_of_set
from partnerselect.words import counted, visible

COLUMNS = ("file", "severity", "place", "path", "message", "mend", "source", "id")
Finding = dict[str, str]


@click.command()
@SCENARIOS
@ROOT
@click.option("--allow-warnings", is_flag=True, help="Exit with 0 although there are warnings.")
@format_option
def check(
    output: Output, scenarios: tuple[str, ...], root: Path | None, *, allow_warnings: bool
) -> None:
    """Validate scenarios and criteria sets: every mistake at once, each with its place."""
    session = Session(root)
    found: list[Finding] = []
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


def _print(found: list[Finding], output: Output) -> None:
    """Print the findings: for a person at a terminal one after the other."""
    if output.form == "json":
        print_json(found)
    elif output.form == "table":
        for one in found:
            words = f"{one['message']} {one['mend']}\n  [{one['source']}]\n"
            put(visible(f"{one['severity']} {one['place']}\n  {words}"))
    else:
        cells = tuple(tuple(finding.values()) for finding in found)
        output.print([Table("checks", "Checks", tuple(map(Column, COLUMNS)), cells)])


def _findings(path: str, either: Loaded | LoadedCriteria) -> list[Finding]:
    notify_renames(either)
    if isinstance(either, LoadedCriteria):
        judged = [one for one in consistencies_of_set(either.criteria) if one.acceptable is False]
        rows = [
            {
                "severity": "warning",
                "words": one.problem.message,
                "loc": one.problem.loc,
                "mend": "",
                "source": one.measured_by,
                "id": "contradiction",
            }
            for one in judged
        ]
    else:
        blocks(either.scenario)
        rows = check_rows(examine(either.scenario))
    known = {row["loc"] for row in rows if row["id"] == "no-effect"}
    rows += [_no_effect(problem) for problem in either.warnings if problem.loc not in known]
    return [_finding(path, either, row) for row in rows]


def _no_effect(problem: Problem) -> Row:
    """Return what only the file shows, as a finding of the checks."""
    return {
        "severity": "warning",
        "words": problem.message,
        "loc": problem.loc,
        "mend": "Correct it, or leave it out.",
        "source": FORMAT,
        "id": "no-effect",
    }


def _finding(path: str, either: Loaded | LoadedCriteria, row: Row) -> Finding:
    problem = either.places.locate(Problem(row["loc"], row["words"]))
    place = problem.place.label if problem.place else ""
    values = (
        path,
        row["severity"],
        place,
        problem.path,
        problem.message,
        row["mend"],
        row["source"],
        row["id"],
    )
    return dict(zip(COLUMNS, values, strict=True))


def _size(either: Loaded | LoadedCriteria) -> str:
    if isinstance(either, LoadedCriteria):
        return f"a criteria set, {counted(len(either.criteria.leaves), 'criterion', 'criteria')}"
    scenario = either.scenario
    return ", ".join(
        (
            counted(len(scenario.programmes), "programme"),
            counted(len(scenario.partners), "partner"),
            counted(len(scenario.criteria.leaves), "criterion", "criteria"),
        )
    )
