"""A plane of dots, eight to a cell, with points and labels set over them that neither cover one another nor run over the edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from textual.content import Content

BLANK = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a Braille cell, row by row."""
ACROSS, DOWN = 2, 4


@dataclass(frozen=True)
class Scale:
    """Where values fall on so many places; equal ends put everything in the middle."""

    low: float
    high: float
    places: int

    def place(self, value: float) -> int:
        """Return the place of a value, counted from the low end."""
        if self.high <= self.low:
            return self.places // 2
        return min(max(round((value - self.low) / (self.high - self.low) * (self.places - 1)), 0), self.places - 1)


@dataclass
class Plane:
    """Cells that are drawn on; (0, 0) is the left upper one."""

    width: int
    height: int
    _dots: dict[tuple[int, int], int] = field(default_factory=dict)
    _marks: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def steps(self, corners: Sequence[tuple[int, int]]) -> None:
        """Join places, counted in dots from the left upper one, by a line that first goes across and then up."""
        for (x, y), (to_x, to_y) in pairwise(corners):
            for across in range(min(x, to_x), max(x, to_x) + 1):
                self._dot(across, y)
            for down in range(min(y, to_y), max(y, to_y) + 1):
                self._dot(to_x, down)

    def _dot(self, x: int, y: int) -> None:
        cell = (x // ACROSS, y // DOWN)
        self._dots[cell] = self._dots.get(cell, 0) | DOTS[y % DOWN][x % ACROSS]

    def mark(self, cell: tuple[int, int], glyph: str, style: str) -> None:
        """Set a glyph into a cell, over what is there."""
        self._marks[cell] = (glyph, style)

    def label(self, text: str, beside: tuple[int, int], style: str) -> bool:
        """Write a label as near to a cell as it fits without covering a mark or another label, rather on no line either; tell whether it fits."""
        at = next((at for free in (self._is_empty, self._is_unmarked) for at in self._around(beside, len(text)) if free(at, len(text))), None)
        if at is None:
            return False
        for n, character in enumerate(text):
            self._marks[at[0] + n, at[1]] = (character, style)
        return True

    def _around(self, beside: tuple[int, int], length: int) -> Iterator[tuple[int, int]]:
        """Yield where a label may begin: right or left of the cell, then above and below it, farther and farther away."""
        x, y = beside
        for away in range(self.height):
            for row in dict.fromkeys((y - away, y + away)):
                yield from ((x + 2, row), (x - 1 - length, row))
                if away:
                    yield (min(max(x - length // 2, 0), max(self.width - length, 0)), row)

    def _is_unmarked(self, at: tuple[int, int], length: int) -> bool:
        """Tell whether a label lies within the plane, on no mark and next to none."""
        x, y = at
        if not (0 <= y < self.height and x >= 0 and x + length <= self.width):
            return False
        return not any((column, y) in self._marks for column in range(x - 1, x + length + 1))

    def _is_empty(self, at: tuple[int, int], length: int) -> bool:
        return self._is_unmarked(at, length) and not any((column, at[1]) in self._dots for column in range(at[0], at[0] + length))

    def lines(self, style: str) -> list[Content]:
        """Return the lines; dots in this style."""
        return [Content("").join([self._cell(x, y, style) for x in range(self.width)]) for y in range(self.height)]

    def _cell(self, x: int, y: int, style: str) -> Content:
        if (x, y) in self._marks:
            glyph, marked = self._marks[x, y]
            return Content.assemble((glyph, marked))
        return Content.assemble((chr(BLANK + self._dots[x, y]), style)) if (x, y) in self._dots else Content(" ")
