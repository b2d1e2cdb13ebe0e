"""The files that were opened, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from partnerselect.tui import sources
from partnerselect.tui.analyst import Question, Trouble
from partnerselect.tui.picture import Picture


class Shelf:
    """One file in front, the others behind."""

    def __init__(
        self, paths: Sequence[Path], root: Path | None, changes: Mapping[str, Any]
    ) -> None:
        self._paths = [path.resolve() for path in paths]
        self._root, self._changes = root, changes
        self.current = 0
        self._pictures: dict[Path, Picture] = {}
        self._troubles: dict[Path, Trouble] = {}

    @property
    def path(self) -> Path:
        """The file in front."""
        return self._paths[self.current]

    @property
    def picture(self) -> Picture | None:
        """The last good picture of that file."""
        return self._pictures.get(self.path)

    @property
    def trouble(self) -> Trouble | None:
        """Why that file as it is now gives no picture."""
        return self._troubles.get(self.path)

    @property
    def question(self) -> Question:
        """What is asked to have a picture of it."""
        return Question(self.path, self._root, self._changes)

    @property
    def names(self) -> list[str]:
        """What the scenarios are called: their titles once read, else their files."""
        return [
            self._pictures[path].title if path in self._pictures else path.name
            for path in self._paths
        ]

    @property
    def others(self) -> list[tuple[int, Question]]:
        """The files behind: their numbers, and what would be asked to have them in front."""
        return [
            (n, Question(path, self._root, self._changes))
            for n, path in enumerate(self._paths)
            if n != self.current
        ]

    def __len__(self) -> int:
        return len(self._paths)

    def number_of(self, path: Path) -> int:
        """Return the number of a file; one that is new is put at the end."""
        if path not in self._paths:
            self._paths.append(path)
        return self._paths.index(path)

    def keep(self, path: Path, outcome: Picture | Trouble) -> None:
        """Keep what became of a file; a trouble leaves the last good picture."""
        if isinstance(outcome, Picture):
            self._pictures[path] = outcome
            self._troubles.pop(path, None)
        else:
            self._troubles[path] = outcome

    def replace(self, picture: Picture, fuller: Picture) -> None:
        """Put a fuller picture where this one is kept."""
        self._pictures = {
            path: fuller if kept is picture else kept for path, kept in self._pictures.items()
        }

    def sources(self, shown: Picture | None) -> set[Path]:
        """Return the files that what is shown depends on.

        Where nobody could read it, all that it may depend on.
        """
        known = set(shown.sources) if shown else set()
        return known | {self.path} | (set(sources.neighbours(self.path)) if self.trouble else set())
