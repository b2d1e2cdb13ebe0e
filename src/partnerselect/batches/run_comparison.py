"""What differs between two finished runs: their scenarios, and case by case their answers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnerselect.allocation import HEADLINES
from partnerselect.batches.folder import read_manifest
from partnerselect.comparison import InputChange, input_changes
from partnerselect.errors import input_error
from partnerselect.model import Role, keys_for
from partnerselect.tables import WEIGHTS_CHANGED

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
    illustrative: bool
    """Whether the figures of any scenario are made up."""
    weights_changed: str
    """Which weights were changed once fixed."""


def compare_runs(before: Path, after: Path) -> RunComparison:
    """Compare the results of two finished batches; raise InputError where a folder holds none."""
    first, second = _answers(before), _answers(after)
    both = [case for case in first if case in second]
    scenarios = [row for folder in (before, after) for row in _rows(folder, "scenarios")]
    cautions = dict.fromkeys(filter(None, (row.get(WEIGHTS_CHANGED.key) for row in scenarios)))
    return RunComparison(
        inputs=tuple(input_changes(_stated(before), _stated(after))),
        compared=len(both),
        only_before=tuple(case for case in first if case not in second),
        only_after=tuple(case for case in second if case not in first),
        changes=tuple(
            change for case in both for change in _changes(case, first[case], second[case])
        ),
        illustrative=any(row["illustrative"] == "True" for row in scenarios),
        weights_changed=" ".join(cautions),
    )


Cells = dict[tuple[str | None, str], str]
"""Of one case, by programme (None: the whole) and what it is, what is compared."""


def _answers(folder: Path) -> dict[str, Cells]:
    found: dict[str, Cells] = {
        row["case"]: {(None, what): row[what] for what in ENDED} for row in _rows(folder, "summary")
    }
    for row in _rows(folder, "programmes"):
        found[row["case"]] |= {(row["programme"], what): row[what] for what in ADVISED}
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
    first, second = ({programme for programme, _ in cells} for cells in (before, after))
    for programme, what in dict.fromkeys([*before, *after]):
        one, other = (cells.get((programme, what), "") for cells in (before, after))
        is_comparable = programme is not None or what != "value" or first == second
        if one != other and is_comparable:
            yield CaseChange(case, programme, what, one, other)


def _stated(folder: Path) -> dict[str, Any]:
    """Return the inputs by scenario; what the command line stated instead counts as one."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise input_error(f"{folder} holds no finished results: manifest.json is missing")
    not_inputs = keys_for(Role.CASES)
    return {
        one["name"]: {
            "scenario": {key: one["data"][key] for key in one["data"] if key not in not_inputs},
            "overrides": one["overrides"],
        }
        for one in manifest["scenarios"]
    }
