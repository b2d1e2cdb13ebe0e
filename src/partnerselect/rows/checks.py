"""What good practice asks for, as rows: needs no choice, so `check` waits for no solver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partnerselect.advice import Examination, Finding, findings, in_vain, practice
from partnerselect.errors import Problem

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.rows.plain import Row


def check_rows(of: Analysis | Examination, slips: Iterable[Problem] = ()) -> list[Row]:
    """Return one row for every finding, warnings first.

    `severity` is warning or note, `words` what is lacking, `mend` what would satisfy the check,
    `source` whose advice it is,
    `path` and `loc` the place in the scenario (the shell knows the file and line),
    `place` that of what only the files show, empty for others.

    Args:
        of: a scenario, examined.
        slips: what only its files show.
    """
    found = [_row(finding) for finding in findings(_examination(of))]
    known = {row["loc"] for row in found if row["id"] in {"no-effect", "prices"}}
    found += slip_rows(slip for slip in slips if slip.loc not in known)
    return sorted(found, key=lambda row: row["severity"] != "warning")


def slip_rows(slips: Iterable[Problem]) -> list[Row]:
    """Return what only files show as rows of findings, each with its place."""
    return [_row(in_vain(slip), slip.place.label if slip.place else "") for slip in slips]


def _row(finding: Finding, place: str = "") -> Row:
    return {**vars(finding), "path": finding.path, "place": place}


def practice_rows(of: Analysis | Examination) -> list[Row]:
    """Return two published checklists, a row an item: `state`, and `why` it is met or not."""
    seen = _examination(of)
    return [vars(one) for one in practice(seen, findings(seen))]


def _examination(of: Analysis | Examination) -> Examination:
    return of if isinstance(of, Examination) else Examination(of.scenario, of.table, of.scores)
