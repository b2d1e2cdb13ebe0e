"""The sheets of a scenario's workbook, one after the other, as data that knows its cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
from partnerselect.files.headed import NO_HEADING, Block, Faults, Heading, Reader, heading_meant
from partnerselect.files.readings import (
    ID,
    Convention,
    convention_of,
    id_from,
    is_total,
    without_brackets,
)
from partnerselect.files.sheets import Cell, Grid
from partnerselect.model import Names, Scenario, criterion_loc, keys_at, normal, value_at

NOUNS = {"phases": "phase", "gates": "gate", "partners": "partner", "programmes": "programme"}
Row = dict[str, Cell]


@dataclass
class Sheet:
    """A sheet that is being read: its blocks, and how the numbers of its columns are written."""

    grid: Grid
    faults: Faults
    blocks: list[Block]
    _conventions: dict[tuple[int, str], Convention] = field(default_factory=dict)
    """By block, which the sheet keeps, and column."""

    def context(self, block: Block, key: str, names: dict[str, Names]) -> Context:
        """Return what a column may refer to, and how its numbers are written."""
        column = id(block), key
        if column not in self._conventions:
            cells = [row[key] for row in block.rows if key in row]
            self._conventions[column] = convention_of(self.grid, cells)
        return Context(names, self._conventions[column])


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
        return Sheet(grid, faults, blocks if needed & blocks[0].heads.keys() else [])

    def put(self, loc: Loc, value: object, place: Place) -> None:
        """Put a value in its place, and note where it stands."""
        within: Any = self.result.data
        for key in loc[:-1]:
            within = within.setdefault(str(key), {})
        within[str(loc[-1])] = value
        self.result.cells[loc] = place

    def stated_above(self, loc: Loc) -> Place | None:
        """Return where one figure stands for all of which `loc` would be a part, if one does."""
        for depth in range(1, len(loc)):
            above = value_at(self.result.data, loc[:depth])
            if above is not None and not isinstance(above, dict):
                return self.result.cells.get(loc[:depth])
        return None

    def value(self, sheet: Sheet, cell: Cell, kind: Kind, context: Context) -> tuple[bool, object]:
        """Return whether a cell could be read, and its value."""
        try:
            value = None if cell.fault else kind.read(cell, context)
        except ValueError as error:
            sheet.faults.add(cell, str(error))
            return False, None
        if cell.fault:
            sheet.faults.add(cell, cell.fault)
        return not cell.fault, value

    def rows(self, sheet: Sheet | None) -> Iterator[tuple[Block, Row]]:
        """Yield the rows of a sheet with the block they belong to."""
        for block in sheet.blocks if sheet else ():
            for row in block.rows:
                if "" in row and sheet:
                    sheet.faults.add(row[""], NO_HEADING)
                if filled := {key: cell for key, cell in row.items() if key}:
                    yield block, filled

    # the first sheet

    def scenario(self) -> None:
        """Read the first sheet, a value on each line."""
        sheet = self.sheet(SCENARIO)
        for block, row in self.rows(sheet):
            assert sheet  # noqa: S101 - rows come from a sheet
            if "key" not in row:
                sheet.faults.add(row["value"], "this row has no key")
                continue
            loc: Loc = tuple(normal(part) for part in text_of(row["key"]).split("."))
            self.result.keys[loc] = sheet.grid.place(row["key"])
            at = (
                Cell(None, row["key"].row, block.heads["value"].column)
                if ("value" in block.heads)
                else row["key"]
            )
            self.result.blanks[loc] = sheet.grid.place(at)
            if misplaced := _misplaced(loc):
                sheet.faults.add(row["key"], misplaced)
                self.result.lost.add(SCENARIO.title)
            elif loc in self.result.cells:
                sheet.faults.add(row["key"], f'"{".".join(map(str, loc))}" is there twice')
            elif above := self.stated_above(loc):
                sheet.faults.add(row["key"], BESIDE.format(above.label))
            elif "value" in row:
                context = sheet.context(block, "value", {})
                is_read, value = self.value(sheet, row["value"], kind_of_key(loc), context)
                if is_read:
                    self.put(loc, value, sheet.grid.place(row["value"]))
        if sheet:
            self.result.data.setdefault("format", 1)

    # sheets of which each row is an entry

    def entries(
        self, layout: Layout, further: Heading | None = None
    ) -> tuple[Sheet | None, list[tuple[str, Block, Row]]]:
        """Return the rows of a sheet with their ids, and note what may be referred to."""
        sheet = self.sheet(layout, further, ("id", "title"))
        found: dict[str, tuple[Block, Row]] = {}
        for block, row in self.rows(sheet):
            assert sheet  # noqa: S101 - rows come from a sheet
            name = self._id(sheet, row)
            if name in found:
                first = sheet.grid.place(first_of(found[name][1])).label
                message = f'"{name}" is the id of the row at {first} too; give each its own'
                sheet.faults.add(first_of(row), message)
            elif name:
                found[name] = (block, row)
        self.names[layout.section] = Names(
            NOUNS.get(layout.section, "entry"),
            {
                name: text_of(row["title"]) if "title" in row else ""
                for name, (_, row) in found.items()
            },
        )
        return sheet, [(name, *rest) for name, rest in found.items()]

    @staticmethod
    def _id(sheet: Sheet, row: Row) -> str:
        """Return the id of a row, made from its title where it has none, or "" and note why."""
        if "id" in row:
            return text_of(row["id"])
        if "title" not in row:
            sheet.faults.add(first_of(row), "this row has no id and no title", "no id")
            return ""
        made = id_from(text_of(row["title"]))
        if not ID.fullmatch(made):
            sheet.faults.add(row["title"], "no id can be made of this title; write one")
            return ""
        return made

    def entry(self, layout: Layout, sheet: Sheet | None, loc: Loc, block: Block, row: Row) -> None:
        """Put the values of one row below `loc`."""
        if sheet is None:
            return
        self.result.keys[loc] = sheet.grid.place(row.get("id") or row.get("title") or first_of(row))
        place = sheet.grid.place
        if loc[0] == PHASES.section and "title" not in row:
            self._phase(sheet, loc, block, row)
            return
        value_at_loc = value_at(self.result.data, loc)
        if value_at_loc is None:
            self.put(loc, {}, self.result.keys[loc])
        for key, column in layout.by_key.items():
            if not column.path:
                continue
            at = (*loc, *column.path)
            if key in row:
                is_read, value = self.read(layout, sheet, block, row, key)
                if is_read and value is not None:
                    self.put(at, value, place(row[key]))
                elif not is_read:
                    self.result.unread.add(at)
            elif key in block.heads:
                blank = Cell(None, first_of(row).row, block.heads[key].column)
                self.result.blanks.setdefault(at, place(blank))

    def _phase(self, sheet: Sheet, loc: Loc, block: Block, row: Row) -> None:
        """Put the day on which a phase starts, which is all that is said of it."""
        if "starts" not in row:
            sheet.faults.add(first_of(row), "no day; write when this phase starts")
        elif (found := self.read(PHASES, sheet, block, row, "starts"))[0]:
            self.put(loc, found[1], sheet.grid.place(row["starts"]))

    def read(
        self, layout: Layout, sheet: Sheet, block: Block, row: Row, key: str
    ) -> tuple[bool, object]:
        """Return whether a cell of a layout's column could be read, and its value."""
        context = sheet.context(block, key, self.names)
        return self.value(sheet, row[key], layout.by_key[key].kind, context)

    # criteria

    def criteria(self) -> None:
        """Read the criteria, and note what may be scored."""
        sheet = self.sheet(CRITERIA, None, ("id", "title"))
        rows = [
            (name, block, row)
            for block, row in self.rows(sheet)
            if sheet and (name := self._id(sheet, row))
        ]
        paths = self._paths(sheet, [(name, row) for name, _, row in rows])
        seen: dict[str, Row] = {}
        for (_, block, row), path in zip(rows, paths, strict=True):
            if sheet and path in seen:
                first = sheet.grid.place(first_of(seen[path])).label
                sheet.faults.add(first_of(row), f'"{path}" is the criterion at {first} too')
            elif path:
                seen[path] = row
                self.entry(CRITERIA, sheet, criterion_loc(path), block, row)
        self.names["criteria"] = Names(
            "criterion",
            {path: text_of(row["title"]) if "title" in row else "" for path, row in seen.items()},
        )

    def _paths(self, sheet: Sheet | None, rows: list[tuple[str, Row]]) -> list[str]:
        """Return the dotted path of each criterion, "" with the fault noted where it has none."""

        def path_of(at: int, below: tuple[int, ...]) -> str:
            name, row = rows[at]
            if "parent" not in row:
                return name
            wanted = text_of(row["parent"])
            branch, _, last = wanted.rpartition(".")
            near = [
                other
                for other, (known, found) in enumerate(rows)
                if normal(last or wanted) == normal(known)
                or ("title" in found and normal(text_of(found["title"])) == normal(wanted))
            ]
            if branch:
                near = [one for one in near if path_of(one, (*below, at)) == wanted]
            if len(near) != 1 or near[0] in (*below, at):
                fault = (
                    "is its own parent"
                    if near and near[0] in (*below, at)
                    else (
                        f'no criterion is called "{wanted}"'
                        if not near
                        else f'several criteria are called "{wanted}"; write the whole path'
                    )
                )
                if sheet:
                    sheet.faults.add(row["parent"], fault)
                return ""
            above = path_of(near[0], (*below, at))
            return f"{above}.{name}" if above else ""

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


def first_of(row: Row) -> Cell:
    """Return the first filled cell of a row."""
    return min(row.values(), key=lambda cell: cell.column)


def _misplaced(loc: Loc) -> str:
    """Say where a key belongs that does not stand on the first sheet, "" for one that does."""
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
        fault = f'unknown key "{part}"{heading_meant(part, SCENARIO_PARTS)}'
    return fault
