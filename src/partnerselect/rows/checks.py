"""What good practice asks for and the scenario lacks, as rows."""

from __future__ import annotations

from partnerselect.analysis import Analysis, Examination, checked, practised
from partnerselect.rows.report import Row


def check_rows(of: Analysis | Examination) -> list[Row]:
    """Return one row for every finding, warnings first.

    `severity` is warning or note, `words` what is lacking, `mend` what would satisfy the check,
    `source` whose advice it is,
    `path` and `loc` the place in the scenario (the shell knows the file and line).
    """
    return [
        {
            "id": finding.id,
            "severity": finding.severity,
            "words": finding.words,
            "mend": finding.mend,
            "source": finding.source,
            "path": finding.path,
            "loc": finding.loc,
        }
        for finding in checked(of)
    ]


def practice_rows(of: Analysis | Examination) -> list[Row]:
    """Return two published checklists, a row an item: `state`, and `why` it is met or not."""
    return [
        {
            "source": one.source,
            "item": one.item,
            "title": one.title,
            "state": one.state,
            "why": one.why,
        }
        for one in practised(of)
    ]
