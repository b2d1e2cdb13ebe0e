"""A workbook that holds a scenario: which file is one, and where its values stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect.errors import Loc, Place, Problem
from partnerselect.files.documents import Data
from partnerselect.files.source import label_of

if TYPE_CHECKING:  # what reads sheets is imported when there are any
    from partnerselect.files.score_tables import ScoreTable


def is_book(path: Path) -> bool:
    """Tell whether a file is a workbook, by its name."""
    return path.suffix.lower() == ".xlsx"


@dataclass
class Book:
    """A workbook's scenario: its data, and the cells it stands in."""

    path: Path
    data: Data = field(default_factory=dict)
    cells: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    blanks: dict[Loc, Place] = field(default_factory=dict)
    """The empty cells in which a value could stand."""
    sheets: dict[Loc, Place] = field(default_factory=dict)
    """The sheet on which a part of the scenario stands."""
    alone: dict[Loc, Place] = field(default_factory=dict)
    """The entries of which their sheet has an id or a title and no more."""
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    unwritten: tuple[Loc, ...] = ()
    unreported: int = 0
    unread: set[Loc] = field(default_factory=set)
    """Where a value would stand whose cell could not be read."""
    lost: set[str] = field(default_factory=set)
    """The sheets of which something may be missing only because a title or heading is unknown."""
    scores: ScoreTable | None = None

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Return the cell of the value at `loc`, or of its nearest ancestor."""
        if at_key and loc in self.keys:
            return self.keys[loc]
        if loc in self.cells:
            return self.cells[loc]
        if self.scores and "scores" in loc[:5] and loc[:1] == ("partners",):
            found = self.scores.place(loc, at_key=at_key)
            if found.label != self.scores.grid.label:
                return found
        if loc in self.blanks:
            return self.blanks[loc]
        for depth in range(len(loc), 0, -1):
            for known in (self.cells, self.keys):
                if loc[:depth] in known:
                    return known[loc[:depth]]
        below = (place for at, place in self.cells.items() if at[: len(loc)] == loc != ())
        return next(below, Place(label_of(self.path)))
