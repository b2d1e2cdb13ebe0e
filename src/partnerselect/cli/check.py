"""`check`: what is wrong with a scenario, all of it, each with its place and its mend."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from partnerselect import files
from partnerselect.analysis import examine
from partnerselect.cli.output import Table, format_option, print_json, print_tables
from partnerselect.cli.session import CHECK_FAILED, Session, finish, tell
from partnerselect.errors import Problem
from partnerselect.files import Loaded, LoadedCriteria
from partnerselect.judgements import Consistency, consistencies_of_set
from partnerselect.model.unused import unused

COLUMNS = ("file", "severity", "place", "path", "message")
Finding = tuple[str, str, str, str, str]


@click.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The folder that scenarios may take files from.")
@click.option("--allow-warnings", is_flag=True, help="Exit with 0 although there are warnings.")
@format_option
def check(scenarios: tuple[str, ...], form: str, root: Path | None, *, allow_warnings: bool) -> None:
    """Validate scenarios and criteria sets: every mistake at once, each with its place."""
    running = Session(root)
    found: list[Finding] = []
    for path in scenarios:
        with running.telling():
            either = files.load_either(Path(path), root=root)
            with running.telling(either):
                found += _findings(path, either)
                tell(f"{path}: valid ({_size(either)})")
    if any(severity == "warning" for _, severity, *_ in found) and not allow_warnings:
        running.exit(CHECK_FAILED)
    if form == "json":
        print_json([dict(zip(COLUMNS, finding, strict=True)) for finding in found])
    elif found or form != "table":
        print_tables([Table("Checks", COLUMNS, tuple(found))], form)
    finish(running)


def _findings(path: str, either: Loaded | LoadedCriteria) -> list[Finding]:
    if isinstance(either, LoadedCriteria):
        return [_finding(path, "warning", either.places.locate(problem)) for problem in _contradictions(consistencies_of_set(either.criteria))]
    for name in unused(either.scenario):
        tell(f"{name}: not used yet")
    examined = examine(either.scenario)
    warned = [("warning", problem) for problem in (*either.warnings, *_contradictions(examined.judgements))]
    noted = [("note", problem) for problem in examined.table.notices]
    return [_finding(path, severity, either.places.locate(problem)) for severity, problem in (*warned, *noted)]


def _contradictions(judged: Iterable[Consistency]) -> list[Problem]:
    return [one.problem for one in judged if one.acceptable is False]


def _finding(path: str, severity: str, problem: Problem) -> Finding:
    return path, severity, problem.place.label if problem.place else "", problem.path, problem.message


def _size(either: Loaded | LoadedCriteria) -> str:
    if isinstance(either, LoadedCriteria):
        return f"a criteria set, {_counted(len(either.criteria.leaves), 'criterion', 'criteria')}"
    scenario = either.scenario
    found = ((scenario.programmes, "programme", "programmes"), (scenario.partners, "partner", "partners"), (scenario.criteria.leaves, "criterion", "criteria"))
    return ", ".join(_counted(len(things), one, many) for things, one, many in found)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
