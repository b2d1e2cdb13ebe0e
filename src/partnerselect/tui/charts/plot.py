"""A plane of dots, eight to a cell, with points over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from operator import or_

from textual.content import Content

BLANK = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a Braille cell, row by row."""
ACROSS, DOWN = 2, 4
Cell = tuple[int, int]
"""Column and row from the left upper one."""


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
        return min(
            max(round((value - self.low) / (self.high - self.low) * (self.places - 1)), 0),
            self.places - 1,
        )


@dataclass
class Plane:
    """Cells that are drawn on; (0, 0) is the left upper one."""

    width: int
    height: int
    _dots: dict[Cell, dict[int, int]] = field(default_factory=dict)
    """For each cell the dots of each line in it, by the line's number."""
    _marks: dict[Cell, tuple[str, str]] = field(default_factory=dict)
    """A glyph and its style, over what is drawn."""

    def line(self, depths: Sequence[int], number: int = 0) -> None:
        """Draw a line without gaps through one depth for each dot across."""
        for x, depth in enumerate(depths):
            before = depths[x - 1] if x else depth
            for y in range(
                min(before + (depth > before), depth), max(before - (depth < before), depth) + 1
            ):
                self._dot(x, y, number)

    def steps(self, corners: Sequence[tuple[int, int]]) -> None:
        """Join places, counted in dots, by a line that goes across and then up."""
        for (x, y), (to_x, to_y) in pairwise(corners):
            for across in range(min(x, to_x), max(x, to_x) + 1):
                self._dot(across, y)
            for down in range(min(y, to_y), max(y, to_y) + 1):
                self._dot(to_x, down)

    def _dot(self, x: int, y: int, number: int = 0) -> None:
        drawn = self._dots.setdefault((x // ACROSS, y // DOWN), {})
        drawn[number] = drawn.get(number, 0) | DOTS[y % DOWN][x % ACROSS]

    def only(self, number: int) -> list[Cell]:
        """Return the cells in which this line runs, no other does, and nothing is marked."""
        return [
            cell
            for cell, drawn in self._dots.items()
            if drawn.keys() == {number} and cell not in self._marks
        ]

    def mark(self, cell: Cell, glyph: str, style: str) -> None:
        """Set a glyph into a cell, over what is there."""
        self._marks[cell] = (glyph, style)

    def rule(self, column: int, glyph: str, style: str) -> None:
        """Set a glyph into every cell of a column in which nothing is drawn or marked yet."""
        for cell in ((column, y) for y in range(self.height)):
            if cell not in self._dots:
                self._marks.setdefault(cell, (glyph, style))

    def lines(self, *styles: str) -> list[Content]:
        """Return the lines of text.

        The dots of each line in its own style, of several in a cell in that of the first.
        """
        return [
            Content.assemble(*(self._shown((x, y), styles) for x in range(self.width)))
            for y in range(self.height)
        ]

    def _shown(self, cell: Cell, styles: Sequence[str]) -> tuple[str, str]:
        if cell in self._marks:
            return self._marks[cell]
        if cell not in self._dots:
            return (" ", "")
        drawn = self._dots[cell]
        return (chr(BLANK + reduce(or_, drawn.values())), styles[min(drawn)])
