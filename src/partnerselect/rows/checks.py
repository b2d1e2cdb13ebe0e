"""What good practice asks for, as rows: needs no choice, so `check` waits for no solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerselect.advice import Examination, findings, practice

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.rows.plain import Row


def check_rows(of: Analysis | Examination) -> list[Row]:
    """Return one row for every finding, warnings first.

    `severity` is warning or note, `words` what is lacking, `mend` what would satisfy the check,
    `source` whose advice it is,
    `path` and `loc` the place in the scenario (the shell knows the file and line).
    """
    return [{**vars(finding), "path": finding.path} for finding in findings(_examination(of))]


def practice_rows(of: Analysis | Examination) -> list[Row]:
    """Return two published checklists, a row an item: `state`, and `why` it is met or not."""
    seen = _examination(of)
    return [vars(one) for one in practice(seen, findings(seen))]


def _examination(of: Analysis | Examination) -> Examination:
    return of if isinstance(of, Examination) else Examination(of.scenario, of.table, of.scores)
