"""The sheets of a scenario's workbook, one after the other, as data that knows its cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from partnerselect.errors import Loc, Place
from partnerselect.files.book import Book
from partnerselect.files.book_kinds import Context, Kind, text_of
from partnerselect.files.book_layout import (
    BY_TITLE,
    CRITERIA,
    CRITERIA_PARTS,
    LIMITS,
    PHASES,
    SCENARIO,
    SCENARIO_PARTS,
    Layout,
    kind_of_key,
)
from partnerselect.files.headed import (
    ALONE,
    NO_HEADING,
    OWN_TITLE,
    Block,
    Faults,
    Heading,
    Reader,
    heading_meant,
    is_alone,
)
from partnerselect.files.layers import put_at
from partnerselect.files.marks import mark
from partnerselect.files.readings import (
    ID,
    Convention,
    convention_of,
    id_from,
    is_total,
    shows_percentage,
    without_brackets,
)
from partnerselect.files.sheets import Cell, Grid
from partnerselect.model import Names, Scenario, criterion_loc, keys_at, normal, value_at

NOUNS = {"phases": "phase", "gates": "gate", "partners": "partner", "programmes": "programme"}
Row = dict[str, Cell]


@dataclass
class Sheet:
    """A sheet that is being read: its blocks, and how the numbers of its columns are written."""

    layout: Layout
    grid: Grid
    faults: Faults
    blocks: list[Block]
    _conventions: dict[tuple[int, str], Convention] = field(default_factory=dict)
    """By block, which the sheet keeps, and column."""

    def lines(self) -> Iterator[Line]:
        """Yield the rows that hold anything."""
        for block in self.blocks:
            for row in block.rows:
                if "" in row:
                    self.faults.add(row[""], NO_HEADING)
                if filled := {key: cell for key, cell in row.items() if key}:
                    yield Line(self, block, filled)

    def convention(self, block: Block, key: str) -> Convention:
        """Return how the numbers of a column are written."""
        column = id(block), key
        if column not in self._conventions:
            cells = [row[key] for row in block.rows if key in row]
            self._conventions[column] = convention_of(self.grid, cells)
        return self._conventions[column]


@dataclass(frozen=True)
class Line:
    """A row of a sheet that is being read, and where it stands."""

    sheet: Sheet
    block: Block
    cells: Row

    @property
    def first(self) -> Cell:
        """The cell furthest to the left."""
        return min(self.cells.values(), key=lambda cell: cell.column)

    def cell(self, *keys: str) -> Cell:
        """Return the cell of the first of these columns that is filled, else the first of all."""
        return next((self.cells[key] for key in keys if key in self.cells), self.first)

    def blank(self, key: str) -> Cell:
        """Return the empty cell of a column."""
        return Cell(None, self.first.row, self.block.heads[key].column)

    def place(self, *keys: str) -> Place:
        """Return where `cell` stands."""
        return self.sheet.grid.place(self.cell(*keys))

    def text(self, key: str) -> str:
        """Return the text of a cell, "" where it is empty."""
        return text_of(self.cells[key]) if key in self.cells else ""

    @property
    def hint(self) -> str:
        """What to do with the row if it is a title, as one that holds a single text may be."""
        return OWN_TITLE if is_alone(self.cells) else ""

    def lacks(self, what: str) -> None:
        """Note that the row lacks what it is about, or that it seems to be a title."""
        fault, same = f"this row has no {what}", f"no {what.split(maxsplit=1)[0]}"
        self.sheet.faults.add(self.first, ALONE if is_alone(self.cells) else fault, same)


UNREAD = object()
"""The value of a cell that could not be read."""
BESIDE = "stands beside the figure at {}, which is for the whole; keep one of them"
FURTHER = "~"
"""Marks the key of a column that stands for a component, a phase or a criterion."""


class SheetReading:
    """One workbook under way: what its sheets have in common, and those that name things."""

    def __init__(self, path: Path, grids: dict[str, Grid]) -> None:
        self.path, self.grids = path, grids
        self.result = Book(path)
        self.names: dict[str, Names] = {}
        self.faults: list[Faults] = []

    def sheet(
        self, layout: Layout, further: Heading | None = None, enough: Collection[str] = ()
    ) -> Sheet | None:
        """Return a sheet with its blocks, None where the workbook has none of that title."""
        grid = self.grids.get(normal(layout.title))
        if grid is None or not grid.rows:
            return None
        known = layout.by_key

        def heading(text: str) -> str | None:
            for one in (text, without_brackets(text)):
                if normal(one) in known:
                    return normal(one)
            return None if is_total(text) or not further else further(text)

        self.result.sheets[(layout.title,)] = grid.place(None)
        if len(grid.rows) == 1:  # headings alone say nothing, whatever they name
            return None
        needed = frozenset(enough or [layout.columns[0].key])
        headings = tuple(column.heading for column in layout.columns)
        reader = Reader(heading, lambda keys: bool(needed & set(keys)), columns=headings)
        faults = Faults(grid)
        self.faults.append(faults)
        blocks = reader.blocks(grid, faults)
        if not needed & blocks[0].heads.keys():
            _say_what_is_needed(layout.columns[0].heading, blocks[0], faults)
        if faults.has_unknown_heading:
            self.result.lost.add(layout.title)
        return Sheet(layout, grid, faults, blocks if needed & blocks[0].heads.keys() else [])

    def lines(
        self, layout: Layout, further: Heading | None = None, enough: Collection[str] = ()
    ) -> Iterator[Line]:
        """Yield the rows of a sheet; none where it is not there."""
        if sheet := self.sheet(layout, further, enough):
            yield from sheet.lines()

    def put(self, loc: Loc, value: object, place: Place) -> None:
        """Put a value in its place, and note where it stands."""
        put_at(self.result.data, loc, value)
        self.result.cells[loc] = place

    def stated_above(self, loc: Loc) -> Place | None:
        """Return where one figure stands for all of which `loc` would be a part, if one does."""
        for depth in range(1, len(loc)):
            above = value_at(self.result.data, loc[:depth])
            if above is not None and not isinstance(above, dict):
                return self.result.cells.get(loc[:depth])
        return None

    def read(self, line: Line, key: str, kind: Kind | None = None) -> object:
        """Return the value of a cell, by default of its column's kind, or UNREAD and note why."""
        cell, sheet = line.cells[key], line.sheet
        kind = kind or sheet.layout.by_key[key].kind
        fault = cell.fault
        if not fault:
            try:
                return kind.read(cell, Context(self.names, sheet.convention(line.block, key)))
            except ValueError as error:
                fault = f"{error}{'' if '?' in str(error) else line.hint}"
        sheet.faults.add(cell, fault)
        return UNREAD

    # the first sheet

    def scenario(self) -> None:
        """Read the first sheet, a value on each line."""
        sheet = self.sheet(SCENARIO)
        for line in sheet.lines() if sheet else ():
            faults, key = line.sheet.faults, line.cells.get("key")
            if key is None:
                line.lacks("key")
                continue
            loc: Loc = tuple(normal(part) for part in text_of(key).split("."))
            self.result.keys[loc] = line.place("key")
            at = line.blank("value") if "value" in line.block.heads else key
            self.result.blanks[loc] = line.sheet.grid.place(at)
            if misplaced := _misplaced(loc, line.hint):
                faults.add(key, misplaced)
                self.result.lost.add(SCENARIO.title)
            elif loc in self.result.cells:
                faults.add(key, f'"{".".join(map(str, loc))}" is there twice')
            elif above := self.stated_above(loc):
                faults.add(key, BESIDE.format(above.label))
            elif "value" in line.cells:
                value = self.read(line, "value", kind_of_key(loc))
                if value is not UNREAD:
                    self.put(loc, value, line.place("value"))
        if sheet:
            self.result.data.setdefault("format", 1)

    # sheets of which each row is an entry

    def entries(self, layout: Layout, further: Heading | None = None) -> dict[str, Line]:
        """Return the rows of a sheet by their ids, and note what may be referred to."""
        found: dict[str, Line] = {}
        for line in self.lines(layout, further, ("id", "title")):
            name = _id(line)
            if name in found:
                first = found[name].place().label
                message = f'"{name}" is the id of the row at {first} too; give each its own'
                line.sheet.faults.add(line.first, message)
            elif name:
                found[name] = line
        titles = {name: line.text("title") for name, line in found.items()}
        self.names[layout.section] = Names(NOUNS.get(layout.section, "entry"), titles)
        return found

    def entry(self, loc: Loc, line: Line) -> None:
        """Put the values of one row below `loc`."""
        self.result.keys[loc] = line.place("id", "title")
        if loc[0] == PHASES.section and "title" not in line.cells:
            self._phase(loc, line)
            return
        if value_at(self.result.data, loc) is None:
            self.put(loc, {}, self.result.keys[loc])
        if is_alone(line.cells):
            self.result.alone[loc] = line.place()
        for key, column in line.sheet.layout.by_key.items():
            if not column.path:
                continue
            at = (*loc, *column.path)
            if key in line.cells:
                value = self.read(line, key)
                if value is UNREAD:
                    self.result.unread.add(at)
                elif value is not None:
                    self.put(at, value, line.place(key))
            elif key in line.block.heads:
                self.result.blanks.setdefault(at, line.sheet.grid.place(line.blank(key)))

    def _phase(self, loc: Loc, line: Line) -> None:
        """Put the day on which a phase starts, which is all that is said of it."""
        if "starts" not in line.cells:
            line.sheet.faults.add(line.first, "no day; write when this phase starts")
        elif (found := self.read(line, "starts")) is not UNREAD:
            self.put(loc, found, line.place("starts"))

    # criteria

    def criteria(self) -> None:
        """Read the criteria, and note what may be scored."""
        rows = [
            (name, line)
            for line in self.lines(CRITERIA, None, ("id", "title"))
            if (name := _id(line))
        ]
        seen: dict[str, Line] = {}
        for (_, line), path in zip(rows, _paths(rows), strict=True):
            if path in seen:
                first = seen[path].place().label
                line.sheet.faults.add(line.first, f'"{path}" is the criterion at {first} too')
            elif path:
                seen[path] = line
                self.entry(criterion_loc(path), line)
                self._at_least(criterion_loc(path), line)
        titles = {path: line.text("title") for path, line in seen.items()}
        self.names["criteria"] = Names("criterion", titles)

    def _at_least(self, loc: Loc, line: Line) -> None:
        """Count a percentage as the scale of its row does."""
        cell = line.cells.get("at-least")
        if cell is not None and shows_percentage(cell):
            scale = value_at(self.result.data, (*loc, "scale")) or {"worst": 0, "best": 100}
            try:
                value = mark(cell, scale, Convention())
                self.put((*loc, "at-least"), value, line.place("at-least"))
            except ValueError as error:
                line.sheet.faults.add(cell, str(error))
                value_at(self.result.data, loc).pop("at-least", None)
                self.result.unread.add((*loc, "at-least"))


def _id(line: Line) -> str:
    """Return the id of a row, made from its title where it has none, or "" and note why."""
    if "id" in line.cells:
        if is_alone(line.cells) and not ID.fullmatch(line.text("id")):
            line.lacks("title")
            return ""
        return line.text("id")
    if "title" not in line.cells:
        line.lacks("id and no title")
        return ""
    made = id_from(line.text("title"))
    if not ID.fullmatch(made):
        line.sheet.faults.add(line.cells["title"], "no id can be made of this title; write one")
        return ""
    return made


def _paths(rows: list[tuple[str, Line]]) -> list[str]:
    """Return the dotted path of each criterion, "" with the fault noted where it has none."""

    def path_of(at: int, below: tuple[int, ...]) -> str:
        name, line = rows[at]
        if "parent" not in line.cells:
            return name
        wanted = line.text("parent")
        branch, _, last = wanted.rpartition(".")
        near = [
            other
            for other, (known, found) in enumerate(rows)
            if normal(last or wanted) == normal(known)
            or ("title" in found.cells and normal(found.text("title")) == normal(wanted))
        ]
        if branch:
            near = [one for one in near if path_of(one, (*below, at)) == wanted]
        if near and near[0] in (*below, at):
            fault = "is its own parent"
        elif len(near) == 1:
            above = path_of(near[0], (*below, at))
            return f"{above}.{name}" if above else ""
        elif near:
            fault = f'several criteria are called "{wanted}"; write the whole path'
        else:
            fault = f'no criterion is called "{wanted}"'
        line.sheet.faults.add(line.cells["parent"], fault)
        return ""

    return [path_of(at, ()) for at in range(len(rows))]


def _say_what_is_needed(heading: str, block: Block, faults: Faults) -> None:
    """Say that a column is missing without which no row can be read."""
    texts = {str(cell.value): cell for cell in block.heads.values()}
    near = next((cell for text, cell in texts.items() if heading_meant(text, [heading])), None)
    first = Cell(None, faults.grid.rows[0][0].row, faults.grid.rows[0][0].column)
    if near:
        faults.add(near, f'unknown column "{near.value}"; did you mean "{heading}"?')
    elif not faults.has_unknown_heading:
        faults.add(first, f'there is no column "{heading}"')
    faults.has_unknown_heading = True


def _misplaced(loc: Loc, hint: str) -> str:
    """Say where a key belongs that does not stand on the first sheet, "" for one that does.

    The hint is for a key that nothing is like.
    """
    part = str(loc[0])
    layout = next((one for one in BY_TITLE.values() if one.section == part), None)
    if part == "criteria" and len(loc) > 1 and loc[1] not in CRITERIA_PARTS:
        near = heading_meant(str(loc[1]), CRITERIA_PARTS)
        fault = f'unknown key "{loc[1]}"{near or f"; criteria have the sheet {CRITERIA.title}"}'
    elif part in SCENARIO_PARTS:
        fault = ""
    elif part in keys_at(Scenario, ("limits",)).fields:
        fault = f'"{part}" belongs on the sheet {LIMITS.title}'
    elif part == "extends":
        fault = "a workbook stands for itself; write a YAML file that extends it for what differs"
    elif layout:
        fault = f'"{part}" has a sheet of its own, {layout.title}'
    elif part in keys_at(Scenario, ()).fields:
        fault = f'"{part}" has no sheet; write it in a YAML file that extends this workbook'
    else:
        fault = f'unknown key "{part}"{heading_meant(part, SCENARIO_PARTS) or hint}'
    return fault
