"""What is wrong with a workbook only because rows or columns of it are hidden, as its cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from partnerselect.files.book import Book
from partnerselect.files.sheets import Grid


def with_hidden(grids: Sequence[Grid]) -> list[Grid]:
    """Return sheets as they would be read if nothing on them was hidden."""
    return [replace(grid, rows=grid.whole or grid.rows) for grid in grids]


def by_cause(seen: Book, whole: Book, grids: Sequence[Grid]) -> Book:
    """Return what was seen; where faults go once hidden cells are shown, these as the fault.

    Args:
        seen: the workbook as it is read, without what is hidden.
        whole: the workbook as it would be read if nothing was hidden.
        grids: its sheets.
    """
    still = {problem.place for problem in whole.problems}
    if all(problem.place in still for problem in seen.problems):
        return seen
    hidden = {grid.place(cell) for grid in grids for cell in grid.hidden}
    causes = [notice for grid in grids if grid.hidden for notice in grid.notices]
    others = [problem for problem in whole.problems if problem.place not in hidden]
    whole.problems = (*causes, *others)
    return whole
