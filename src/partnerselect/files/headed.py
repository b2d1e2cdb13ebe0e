"""Tables as people make them: where the headings stand, which rows and columns belong to them.

Above a table may stand a title, between its rows and columns blank ones; a column whose heading
starts with `#`, or a row whose first cell does, is its author's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from partnerselect.errors import Problem
from partnerselect.files.readings import is_total
from partnerselect.files.sheet_money import is_of_another
from partnerselect.files.sheet_shapes import Area
from partnerselect.files.sheets import Cell, Grid
from partnerselect.model import key_meant, normal

MAX_PROBLEMS = 1_000
ALIKE = 0.7
"""How alike, of 1, a heading must be to another before that one is suggested."""
MOST_NAMED = 20
"""Headings that are all named where none is alike."""
AND_MORE = " (and {} more in this column)"
SECOND = "a second figure for this; the first is at {}"
OWN = "#"
"""Marks a column or a row that is its author's own."""
NO_HEADING = "a value in a column without a heading; give it one, or one that starts with #"
OWN_ROW = "; a row that starts with # is left out"
OWN_TITLE = f"; a title belongs above the headings{OWN_ROW}"
ALONE = (
    "nothing else stands in this row; if it is a title, put it above the headings or start it with"
    " #; if not, fill in its row"
)
_ACROSS = (
    "a title across the columns is no row of the table; put it above the headings, or start it"
    " with # to leave it out"
)
_NOT_NAMED = ""
Heading = Callable[[str], str | None]
"""Returns the key that a heading stands for, None where it stands for nothing.

"" where what it may stand for could not be read: its column is left out.
"""


@dataclass
class Faults:
    """What is wrong with the cells of a grid: of the same fault in a column the first cell."""

    grid: Grid
    found: dict[tuple[str, int], list[Cell]] = field(default_factory=dict)
    messages: dict[tuple[str, int], str] = field(default_factory=dict)
    has_unknown_heading: bool = False
    """Whether what seems to be missing may stand below a heading that was not understood, or in a
    merged cell."""

    def add(self, cell: Cell, message: str, same: str = "") -> None:
        """Note a fault; `same` tells which others of the column are the same one."""
        key = (same or message, cell.column)
        self.found.setdefault(key, []).append(cell)
        self.messages.setdefault(key, message)

    @property
    def problems(self) -> list[Problem]:
        """The faults that are reported one by one, in the order in which they were found."""
        told = []
        for key, cells in list(self.found.items())[:MAX_PROBLEMS]:
            more = AND_MORE.format(len(cells) - 1) if len(cells) > 1 else ""
            place = self.grid.place(cells[0])
            told.append(Problem((), f"{self.messages[key]}{more}", place=place))
        return told

    @property
    def unreported(self) -> int:
        """How many faults there are beyond those."""
        return max(0, len(self.found) - MAX_PROBLEMS)


@dataclass(frozen=True)
class Block:
    """Headings and the rows below them, by the keys that the headings stand for."""

    heads: dict[str, Cell]
    rows: tuple[dict[str, Cell], ...]
    """Each with its filled cells; under "" the first that stands in no column."""

    @cached_property
    def filled(self) -> frozenset[str]:
        """The keys of the columns that are filled in any row."""
        return frozenset[str]().union(*self.rows)


@dataclass(frozen=True)
class Reader:
    """What to look for in a grid."""

    heading: Heading
    enough: Callable[[Collection[str]], bool]
    """Whether a row with headings of these keys is the head of the table."""
    ignore: Collection[str] = ()
    """Headings of columns to leave out, as `normal` returns them."""
    known: Collection[str] = ()
    """Names that are no totals, whatever they look like."""
    columns: Collection[str] = ()
    """Headings that are meant where another is mistyped."""
    corner: str = ""
    """The key of the first column where its heading is empty."""

    def heads_in(self, row: tuple[Cell, ...]) -> list[str]:
        """Return the keys of the headings of a row."""
        texts = [cell.value for cell in row if isinstance(cell.value, str)]
        return [key for text in texts if (key := self.heading(text))]

    def head_of(self, grid: Grid) -> int | None:
        """Return which row of a grid holds the headings, None where none does."""
        found = (at for at, row in enumerate(grid.rows) if self.enough(self.heads_in(row)))
        return next(found, None)

    def _last_row_of(self, grid: Grid, first: int) -> int:
        """Return the last of the rows that headings merged downwards make one head of."""
        at = grid.rows[first][0].row
        ends = [
            area.bottom
            for area in grid.merged
            if area.left == area.right and area.top <= at <= area.bottom
        ]
        last = max(ends, default=at)
        return max(n for n, row in enumerate(grid.rows) if n == first or row[0].row <= last)

    def blocks(self, grid: Grid, faults: Faults) -> list[Block]:
        """Return the blocks of a grid, noting what is wrong with its headings and rows."""
        first = self.head_of(grid)
        if first is None:
            first = _likeliest([self.heads_in(row) for row in grid.rows], grid)
        first = self._last_row_of(grid, first)
        later = [
            at for at, row in enumerate(grid.rows) if at > first and self.enough(self.heads_in(row))
        ]
        starts = [first, *later]
        blocks = []
        for start, end in zip(starts, [*later, len(grid.rows)], strict=True):
            last = end - 1 if end in later and len(grid.rows[end - 1]) == 1 else end  # its title
            blocks.append(self._block(grid, faults, start, max(last, start + 1)))
        return blocks

    def _block(self, grid: Grid, faults: Faults, start: int, end: int) -> Block:
        top = grid.rows[start][0].row
        heads, own = self._heads(grid, faults, start)
        by_column = {cell.column: key for key, cell in heads.items()}
        bottom = grid.rows[end - 1][0].row
        titles = _titles(grid, start + 1, end)
        tops = {area.top for area in titles}
        for area in grid.merged:
            is_in_it = top <= area.bottom and area.top <= bottom and area.left not in own
            if is_in_it and area not in titles:
                self._merged(grid, faults, area, top)
        rows = []
        for row in grid.rows[start + 1 : end]:
            cells = [cell for cell in row if cell.value is not None and cell.column not in own]
            if not cells or str(cells[0].value).startswith(OWN):
                continue
            text = cells[0].value
            if is_total(text) and normal(str(text)) not in self.known:
                faults.add(cells[0], _TOTAL.format("row", text, "its first cell"), "total")
                continue
            if cells[0].row in tops:
                faults.add(cells[0], _ACROSS)
                continue
            named = {by_column[cell.column]: cell for cell in cells if cell.column in by_column}
            stray = [cell for cell in cells if cell.column not in by_column]
            rows.append({_NOT_NAMED: stray[0], **named} if stray else named)
        return Block(heads, tuple(rows))

    def _heads(
        self, grid: Grid, faults: Faults, start: int
    ) -> tuple[dict[str, Cell], frozenset[int]]:
        """Return the heading of each key, and the columns that are not part of the table."""
        heads: dict[str, Cell] = {}
        own: set[int] = set()
        cells = [*_heading_cells(grid, start)]
        if self._has_none(cells):
            faults.has_unknown_heading = True
            faults.add(cells[0], _NO_HEADINGS.format(" and ".join(filter(None, self.columns))))
            return {}, frozenset(cell.column for cell in cells)
        for cell in cells:
            text = str(cell.value)
            key = self.heading(text)
            if text.startswith(OWN) or normal(text) in self.ignore:
                own.add(cell.column)
            elif not key:
                own.add(cell.column)
                faults.has_unknown_heading = True
                if key is None:
                    faults.add(cell, self._unknown(text), text)
            elif key in heads:
                own.add(cell.column)
                faults.add(cell, f'the column "{text}" is there twice')
            else:
                heads[key] = cell
        if self.corner and self.corner not in heads:
            self._add_corner(grid, start, heads, own)
        return heads, frozenset(own)

    def _has_none(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row that should hold the two headings of a sheet holds what is below."""
        known = [column for column in self.columns if column]
        texts = [str(cell.value) for cell in cells]
        found = (self.heading(text) is not None or heading_meant(text, known) for text in texts)
        return len(known) == len(texts) == _PAIR and not any(found)

    def _add_corner(self, grid: Grid, start: int, heads: dict[str, Cell], own: set[int]) -> None:
        """Take the first column for the names where nothing stands above them."""
        below = [row[0] for row in grid.rows[start + 1 :] if row and row[0].value is not None]
        columns = [cell.column for cell in below if cell.column not in own]
        first = min((cell.column for cell in heads.values()), default=0)
        if columns and min(columns) < first:
            heads[self.corner] = Cell(None, grid.rows[start][0].row, min(columns))

    def _unknown(self, text: str) -> str:
        if is_total(text):
            return _TOTAL.format("column", text, "its heading")
        known = [column for column in self.columns if column]
        near = key_meant(text.casefold()) or heading_meant(text, known)
        named = f" (the columns here: {', '.join(known)})" if len(known) <= MOST_NAMED else ""
        return f'unknown column "{text}"' + (
            near or f"; start its heading with # to leave it out{named}"
        )

    @staticmethod
    def _merged(grid: Grid, faults: Faults, area: Area, top: int) -> None:
        is_heading = area.bottom == top and area.left == area.right
        if area.bottom >= top and not is_heading:
            first = Cell(None, area.top, area.left)
            last = Cell(None, area.bottom, area.right)
            there = grid.place(last).label.rpartition(":")[2]
            faults.add(
                first,
                f"merged with the cells up to {there}; part them, and write in each what holds"
                " there",
            )
            faults.has_unknown_heading = True


_PAIR = 2
_NO_HEADINGS = "there are no headings here; write {} in a row of their own above this one"
_TOTAL = 'looks like a {0} of totals ("{1}"); delete it, or start {2} with # to leave it out'


def other_money(grid: Grid, currency: str, units: Collection[str] = ()) -> Iterator[Problem]:
    """Yield, once a column, what shows money of another currency than the scenario counts in.

    Args:
        grid: a sheet.
        currency: the scenario's, as three letters.
        units: of the criteria; what one of them names is meant.
    """
    own = {cell.column for row in grid.rows for cell in row if str(cell.value).startswith(OWN)}
    found: dict[tuple[int, str], list[Cell]] = {}
    for cell in (cell for row in grid.rows for cell in row if cell.currency):
        is_meant = cell.column in own or any(cell.currency in unit for unit in units)
        if not is_meant and is_of_another(cell.currency, currency):
            found.setdefault((cell.column, cell.currency), []).append(cell)
    for (_, shown), cells in found.items():
        more = AND_MORE.format(len(cells) - 1) if len(cells) > 1 else ""
        message = f"shows {shown}, but the scenario counts in {currency}; convert the figure, or"
        message += f" correct the currency{more}"
        yield Problem((), message, place=grid.place(cells[0]))


def heading_meant(text: str, known: Collection[str]) -> str:
    """Return `; did you mean "x"?` of a title or heading, "" where none is alike."""
    by_key = {normal(one): one for one in reversed([*known])}
    near = next(iter(get_close_matches(normal(text), by_key, n=1, cutoff=ALIKE)), "")
    return f'; did you mean "{by_key[near]}"?' if near else ""


def _likeliest(heads: list[list[str]], grid: Grid) -> int:
    """Return which row is likeliest to hold headings where none holds enough of them."""
    most = max(map(len, heads), default=0)
    if most:
        return next(at for at, found in enumerate(heads) if len(found) == most)
    several = (at for at, row in enumerate(grid.rows) if len(_filled(row)) > 1)
    return next(several, 0)


def is_alone(row: Mapping[str, Cell]) -> bool:
    """Tell whether a text is all that stands in a row, as of a title."""
    texts = [key for key, cell in row.items() if key and isinstance(cell.value, str)]
    return len(row) == len(texts) == 1


def _titles(grid: Grid, start: int, end: int) -> set[Area]:
    """Return the merged areas of some rows that are titles: nothing else stands in their rows."""
    filled = [(row[0].row, len(_filled(row))) for row in grid.rows[start:end]]
    numbers = [number for number, _ in filled]

    def is_title(area: Area) -> bool:
        first, after = bisect_left(numbers, area.top), bisect_right(numbers, area.bottom)
        return area.left < area.right and filled[first:after] == [(area.top, 1)]

    return {area for area in grid.merged if is_title(area)}


def _filled(row: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in row if cell.value is not None]


def _heading_cells(grid: Grid, start: int) -> Iterator[Cell]:
    """Yield the headings of a row, those included that a cell merged downwards gives it."""
    row = grid.rows[start]
    at = row[0].row
    filled = _filled(row)
    yield from filled
    taken = {cell.column for cell in filled}
    anchors = {
        (cell.row, cell.column): cell for above in grid.rows[:start] for cell in _filled(above)
    }
    for area in grid.merged:
        if area.left == area.right and area.bottom == at and area.left not in taken:
            anchor = anchors.get((area.top, area.left))
            if anchor is not None:
                yield Cell(anchor.value, at, area.left, text=anchor.text)
