"""`check`: what is wrong with a scenario, all of it, each with its place and its mend."""

from __future__ import annotations

from pathlib import Path

import click

from partnerselect import files
from partnerselect.advice.guidance.finding import FORMAT
from partnerselect.analysis import examine
from partnerselect.cases import blocks
from partnerselect.cli.output import format_option, print_json, print_tables
from partnerselect.cli.session import CHECK_FAILED, Session, finish, tell_notices
from partnerselect.cli.streams import put, tell
from partnerselect.errors import Problem
from partnerselect.files import Loaded, LoadedCriteria
from partnerselect.rows.checks import check_rows
from partnerselect.rows.report import Row
from partnerselect.tables import Column, Table
from partnerselect.value.judgements import consistencies_of_set
from partnerselect.words.literal import visible

COLUMNS = ("file", "severity", "place", "path", "message", "mend", "source", "id")
Finding = dict[str, str]


@click.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that scenarios may take files from.",
)
@click.option("--allow-warnings", is_flag=True, help="Exit with 0 although there are warnings.")
@format_option
def check(
    scenarios: tuple[str, ...], form: str, root: Path | None, *, allow_warnings: bool
) -> None:
    """Validate scenarios and criteria sets: every mistake at once, each with its place."""
    running = Session(root)
    found: list[Finding] = []
    for path in scenarios:
        with running.telling():
            either = files.load_either(Path(path), root=root)
            with running.telling(either):
                found += _findings(path, either)
                tell(f"{path}: valid ({_size(either)})")
    if any(finding["severity"] == "warning" for finding in found) and not allow_warnings:
        running.exit(CHECK_FAILED)
    _print(found, form)
    finish(running)


def _print(found: list[Finding], form: str) -> None:
    """Print the findings: for a person at a terminal one after the other, each with its place and its mend."""
    if form == "json":
        print_json(found)
    elif form == "table":
        for finding in found:
            put(
                visible(
                    f"{finding['severity']} {finding['place']}\n  {finding['message']}"
                    f" {finding['mend']}\n  [{finding['source']}]\n"
                )
            )
    else:
        print_tables(
            [
                Table(
                    "checks",
                    "Checks",
                    tuple(map(Column, COLUMNS)),
                    tuple(tuple(finding.values()) for finding in found),
                )
            ],
            form,
        )


def _findings(path: str, either: Loaded | LoadedCriteria) -> list[Finding]:
    tell_notices(either)
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
    """Return what only the file shows, as the checks of a scenario tell theirs."""
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
        return f"a criteria set, {_counted(len(either.criteria.leaves), 'criterion', 'criteria')}"
    scenario = either.scenario
    found = (
        (scenario.programmes, "programme", "programmes"),
        (scenario.partners, "partner", "partners"),
        (scenario.criteria.leaves, "criterion", "criteria"),
    )
    return ", ".join(_counted(len(things), one, many) for things, one, many in found)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
