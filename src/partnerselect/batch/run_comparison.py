"""What differs between two finished runs: their scenarios, and case by case their answers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnerselect.allocation import HEADLINES
from partnerselect.batch.folder import read_manifest
from partnerselect.comparison import InputChange, input_changes
from partnerselect.errors import input_error
from partnerselect.model import Role, keys_for

COMPARED = tuple(amount.key for amount in HEADLINES)
ENDED = ("state", "value", *COMPARED, "deferred")
"""What of a case's summary is compared."""
ADVISED = ("partners", "value", *COMPARED)
"""What of a programme's row is compared."""


@dataclass(frozen=True)
class CaseChange:
    """One thing that is not the same in a case: of the whole (no programme) or of one programme."""

    case: str
    programme: str | None
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class RunComparison:
    """Two result folders side by side."""

    inputs: tuple[InputChange, ...]
    """Paths begin with the scenario's name."""
    compared: int
    """Cases of both."""
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    changes: tuple[CaseChange, ...]


def compare_runs(before: Path, after: Path) -> RunComparison:
    """Compare the results of two finished batches; raise InputError where a folder holds none."""
    first, second = _answers(before), _answers(after)
    both = [case for case in first if case in second]
    return RunComparison(
        inputs=tuple(_inputs(before, after)),
        compared=len(both),
        only_before=tuple(case for case in first if case not in second),
        only_after=tuple(case for case in second if case not in first),
        changes=tuple(
            change for case in both for change in _changes(case, first[case], second[case])
        ),
    )


Cells = dict[str | None, dict[str, str]]
"""Of one case, by programme (None: the whole), what is compared."""


def _answers(folder: Path) -> dict[str, Cells]:
    found: dict[str, Cells] = {
        row["case"]: {None: {key: row[key] for key in ENDED}} for row in _rows(folder, "summary")
    }
    for row in _rows(folder, "programmes"):
        found[row["case"]][row["programme"]] = {key: row[key] for key in ADVISED}
    return found


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    as_csv, as_parquet = (folder / f"{table}.{form}" for form in ("csv", "parquet"))
    if as_csv.is_file():
        with as_csv.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)
    elif as_parquet.is_file():
        import pandas as pd

        for row in pd.read_parquet(as_parquet).to_dict("records"):
            yield {str(key): "" if pd.isna(value) else str(value) for key, value in row.items()}
    else:
        raise input_error(f"{folder} holds no finished results: {as_csv.name} is missing")


def _changes(case: str, before: Cells, after: Cells) -> Iterator[CaseChange]:
    same_programmes = before.keys() == after.keys()
    for programme in dict.fromkeys([*before, *after]):
        for what in ENDED if programme is None else ADVISED:
            one, other = (cells.get(programme, {}).get(what, "") for cells in (before, after))
            if one != other and (programme is not None or what != "value" or same_programmes):
                yield CaseChange(case, programme, what, one, other)


def _inputs(before: Path, after: Path) -> Iterator[InputChange]:
    """Yield the inputs that differ, scenario by scenario.

    What the command line stated instead counts as an input.
    """
    first, second = (_stated(folder) for folder in (before, after))
    yield from input_changes(first, second)


def _stated(folder: Path) -> dict[str, Any]:
    manifest = read_manifest(folder)
    if manifest is None:
        raise input_error(f"{folder} holds no finished results: manifest.json is missing")
    return {
        one["name"]: {"scenario": _without_cases(one["data"]), "overrides": one["overrides"]}
        for one in manifest["scenarios"]
    }


def _without_cases(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys_for(Role.CASES)}
