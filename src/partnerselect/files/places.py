"""From a path in the resolved scenario to the file, line and column that wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from partnerselect.errors import Problem
from partnerselect.files.layers import Layer, writers

_MOST_SHOWN = 1_000


@dataclass(frozen=True)
class Places:
    """Where every value of a scenario stands; looked up only when asked."""

    layers: tuple[Layer, ...]

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its place: of its value or key, else of its nearest ancestor."""
        if problem.place is not None or not self.layers:
            return problem
        found = list(writers(self.layers, problem.loc))
        deepest = max(found, key=lambda writer: writer.depth)  # the uppermost of equals
        place = deepest.place(problem.loc, at_key=problem.at_key)
        parts = [writer for writer in found if writer.depth == len(problem.loc) > 1]
        if len(parts) == 1 or problem.at_key or not parts:
            return replace(problem, place=place)
        labels = " over ".join(writer.place(problem.loc, at_key=True).label for writer in parts)
        return replace(
            problem,
            place=place,
            message=f"{problem.message}; put together from {labels} (null drops a key)",
        )


def in_reading_order(
    problems: Iterable[Problem], places: Places, unreported: int = 0
) -> list[Problem]:
    """Return problems with their places, by file, line and column and without repeats.

    A flood is cut and counted, with the `unreported` that were left out before.
    """
    distinct = list(dict.fromkeys(problems))
    located = (places.locate(problem) for problem in distinct[:_MOST_SHOWN])
    ordered = sorted(
        located, key=lambda problem: _numbers_apart(problem.place.label if problem.place else "")
    )
    rest = len(distinct) - len(ordered) + unreported
    return (
        [*ordered, replace(ordered[-1], loc=(), message=f"and {rest:,} more problems")]
        if rest
        else ordered
    )


def _numbers_apart(label: str) -> list[tuple[str, int]]:
    return [(words, int(digits or 0)) for words, digits in re.findall(r"(\D*)(\d*)", label)]
