"""Scores kept in a table, as a layer of a scenario.

One row a score, or a matrix: one row a partner, one column a criterion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from partnerselect.errors import InputError, Loc, Place, Problem
from partnerselect.files.book_kinds import Context, read_amount
from partnerselect.files.documents import Data, Placed
from partnerselect.files.headed import (
    ALONE,
    NO_HEADING,
    OWN_ROW,
    OWN_TITLE,
    SECOND,
    Block,
    Faults,
    Reader,
    heading_meant,
    is_alone,
)
from partnerselect.files.layers import put_at
from partnerselect.files.marks import mark
from partnerselect.files.readings import (
    Convention,
    convention_of,
    pairs,
    shows_percentage,
)
from partnerselect.files.score_forms import (
    ABOUT,
    NUMBERS,
    OVERRIDES,
    PRICES,
    WHO,
    Known,
    readers,
)
from partnerselect.files.sheets import Cell, Grid
from partnerselect.model import normal, value_at

_TURNED = (
    "the columns are partners; turn the table round, so that each partner has a row and each"
    " criterion a column"
)
OF_A_LIST = ("criterion", "score", "low", "high")
LOC: Loc = ("scores",)

Row = dict[str, Cell]
Fault = tuple[Cell, str]


@dataclass
class ScoreTable:
    """The scores of a table as scenario data, and the cells they stand in."""

    grid: Grid
    known: Known
    written: Placed | None = None
    """The scenario file that names the table, and what it holds."""
    written_data: Data = field(default_factory=dict)
    data: Data = field(default_factory=dict)
    cells: dict[Loc, Row] = field(default_factory=dict)
    blanks: dict[Loc, Cell] = field(default_factory=dict)
    """Where scores could stand in a matrix that are not there."""
    lost: set[tuple[str, str]] = field(default_factory=set)
    """Partner and criterion of the rows that could not be used, "" where they are not known."""

    def __post_init__(self) -> None:
        self.faults = Faults(self.grid)
        self._conventions: dict[int, Convention] = {}
        self._in_percent: set[str] = set()
        """The criteria of which any score is written as a percentage."""

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the table."""
        return self.faults.problems

    @property
    def unreported(self) -> int:
        """Problems beyond those that are reported one by one."""
        return self.faults.unreported

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Return the cell of the score at `loc`, or the first cell of what lies below it."""
        for depth in (4, 6):
            if blank := self.blanks.get(loc[:depth]):
                return self.grid.place(blank)
            if row := self.cells.get(loc[:depth]):
                if at_key and len(loc) == depth:
                    return self.grid.place(row["criterion"])
                named = str(loc[depth]) if len(loc) > depth else ""
                return self.grid.place(
                    row.get(named) or next(row[name] for name in NUMBERS if name in row)
                )
        below = next((row for score, row in self.cells.items() if score[: len(loc)] == loc), None)
        if below is None:
            return self.grid.place(None)
        return self.grid.place(below["programme" if loc[2:3] == ("for",) else "partner"])

    def read(self, *, ignore: Collection[str] = (), overrides: bool = False) -> None:
        """Take in the whole grid, noting what is wrong with it."""
        if not self.grid.rows:
            raise unusable_grid(self.grid, "the table is empty")
        as_list, as_matrix = readers(self.known, ignore, overrides=overrides)
        is_list = as_list.head_of(self.grid) is not None
        if not is_list and as_matrix.head_of(self.grid) is None:
            of_a_list = self._headings_of_a_list()
            is_list = of_a_list > 0
            if not is_list and not self.known.titles:
                raise InputError([])  # whose file could not be read, so that it says enough
            if self._has_partners_across() or (of_a_list <= 1 and self._has_criteria_down()):
                self.faults.add(self.grid.rows[0][0], _TURNED)
                self.lost.add(("", ""))
                return
        if is_list:
            self._read_list(as_list)
        else:
            self._read_matrix(as_matrix)
        if len(self.grid.rows) == 1 and not (self.faults.found or overrides):
            self.faults.add(self.grid.rows[0][0], "there are headings, but no rows below them")
            self.lost.add(("", ""))

    def _read_list(self, reader: Reader) -> None:
        blocks = reader.blocks(self.grid, self.faults)
        for row in (row for block in blocks for row in block.rows if "criterion" in row):
            if any(name in row and shows_percentage(row[name]) for name in NUMBERS):
                with suppress(ValueError):
                    self._in_percent.add(self.known.criteria.find(str(row["criterion"].value)))
        for block in blocks:
            self._check_columns(block)
            self._note_conventions(block, NUMBERS)
            for row in block.rows:
                self._add_score(row)

    def _read_matrix(self, reader: Reader) -> None:
        blocks = reader.blocks(self.grid, self.faults)
        if self.faults.has_unknown_heading:
            self.lost.add(("", ""))
        rows = [row for block in blocks for row in block.rows]
        self._in_percent = {
            key for row in rows for key, one in row.items() if shows_percentage(one)
        }
        for block in blocks:
            self._note_conventions(block, block.heads)
            for row in block.rows:
                self._add_partner(block, row)

    def _headings_of_a_list(self) -> int:
        """Count the headings of a list of scores, or of nearly such a name."""
        texts = [cell.value for row in self.grid.rows[:10] for cell in row]
        return sum(isinstance(one, str) and heading_meant(one, OF_A_LIST) != "" for one in texts)

    def _has_criteria_down(self) -> bool:
        """Tell whether criteria stand first in their rows, each once, where partners belong."""
        known = {normal(one) for pair in self.known.titles.items() for one in pair if one}
        first = (next((one.value for one in row if one.value), None) for row in self.grid.rows)
        named = [normal(one) for one in first if isinstance(one, str) and normal(one) in known]
        return len(named) > 1 and len({*named}) == len(named)

    def _has_partners_across(self) -> bool:
        """Tell whether the partners stand at the head of the columns."""
        known = {normal(one) for pair in self.known.partners.titles.items() for one in pair if one}
        return any(
            sum(isinstance(cell.value, str) and normal(cell.value) in known for cell in row) > 1
            for row in self.grid.rows[:10]
        )

    def _check_columns(self, block: Block) -> None:
        """Raise InputError where a column is missing that nothing can be read without."""
        first = (
            self.grid.rows[0][0]
            if not block.heads
            else min(block.heads.values(), key=lambda cell: cell.column)
        )
        missing = [name for name in ("partner", "criterion") if name not in block.heads]
        for name in missing:
            self.faults.add(first, f'there is no column "{name}"')
        if "score" not in block.heads and not {"low", "high"} <= block.heads.keys():
            self.faults.add(first, 'there is no column "score" (nor "low" and "high")')
            missing.append("score")
        if missing:
            raise InputError(replace(one, loc=LOC) for one in self.faults.problems)

    def _note_conventions(self, block: Block, keys: Iterable[str]) -> None:
        for key in keys:
            cells = [row[key] for row in block.rows if key in row]
            for cell in cells[:1]:
                self._conventions[cell.column] = convention_of(self.grid, cells)

    def _add_partner(self, block: Block, row: Row) -> None:
        """Take in one row of a matrix."""
        if "" in row:
            self.faults.add(row[""], NO_HEADING)
        if "partner" not in row:
            at = next(iter(row.values()))
            self.faults.add(at, ALONE if is_alone(row) else "this row has no partner")
            self.lost.add(("", ""))
            return
        who = {name: self._named(name, row) for name in WHO if name in row}
        if not all(who.values()):
            self.lost.add((who.get("partner", ""), ""))
            return
        base = base_of(who)
        for path in (key for key in block.heads if key in self.known.titles):
            loc = (*base, "scores", path)
            if path not in row:
                self.blanks.setdefault(loc, Cell(None, _row(row), block.heads[path].column))
                continue
            parts = {**{name: row[name] for name in who}, "criterion": block.heads[path]}
            self._accept(loc, parts, self._mark(row[path], path), {"score": row[path]})
        for key in (name for name in OVERRIDES if name in row):
            self._add_override(base, key, row)

    def _add_override(self, base: Loc, key: str, row: Row) -> None:
        """Take in what else holds for a partner in one programme."""
        if len(base) == 2:  # noqa: PLR2004 - the partner, and no programme
            self.faults.add(row[key], f'"{key}" holds for one programme; name it in this row')
            return
        text, loc = str(row[key].value), (*base, *(["cost"] if key in PRICES else []), key)
        if row[key].fault:
            self.faults.add(row[key], row[key].fault)
            return
        if loc in self.cells:
            first = self.grid.place(self.cells[loc]["score"]).label
            self.faults.add(row[key], SECOND.format(first))
            return
        try:
            value: object = text if key == "excluded" else _days(text) if key == "days" else 0
            if key in PRICES:
                context = Context({}, self._conventions.get(row[key].column, Convention()))
                value = read_amount(row[key], context)
        except ValueError as error:
            self.faults.add(row[key], str(error))
            return
        put_at(self.data, loc, value)
        self.cells[loc] = {
            "partner": row["partner"],
            "criterion": row[key],
            "score": row[key],
        }

    def _add_score(self, row: Row) -> None:
        """Take in one row that holds one score."""
        at = next(iter(row.values()))
        if is_alone(row):
            if all(name not in WHO or self._named(name, row) for name in row):
                self.faults.add(at, ALONE)
            self.lost.add(("", ""))
            return
        faulty = {name for name, cell in row.items() if name and self._is_faulty(name, cell)}
        if "" in row:
            self.faults.add(row[""], NO_HEADING)
        for name in ("partner", "criterion"):
            if name not in row:
                self.faults.add(at, f"this row has no {name}")
        if not _has_score(row):
            message = "this row has no score; write a number, a level or `unknown`, or low and high"
            self.faults.add(at, message)
        who = {name: self._named(name, row) for name in WHO if name in row and name not in faulty}
        path = who.get("criterion", "")
        marks = {
            name: self._mark(row[name], path)
            for name in NUMBERS
            if name in row and name not in faulty
        }
        is_whole = all(who.get(name) for name in WHO if name in row or name != "programme")
        if "" in row or not is_whole or not _has_score(marks) or None in marks.values():
            self.lost.add((who.get("partner", ""), path))
            return
        about = {name: _about(row[name]) for name in ABOUT if name in row and name not in faulty}
        value = marks["score"] if marks.keys() == {"score"} else marks
        if about:
            value = {**(value if isinstance(value, dict) else {"score": value}), **about}
        self._accept((*base_of(who), "scores", path), row, value, {})

    def _is_faulty(self, name: str, cell: Cell) -> bool:
        """Tell whether a cell cannot be read, noting it."""
        message = cell.fault
        if not message and isinstance(cell.value, date) and name not in {"published", *NUMBERS}:
            message = f"expected text (found the date {cell.value}); format the cell as text"
        if message:
            self.faults.add(cell, f"{name}: {message}", message)
        return bool(message)

    def _named(self, column: str, row: Row) -> str:
        """Return the id of whom a cell names, "" with the fault noted where it names nobody."""
        cell = row[column]
        if cell.fault:
            self.faults.add(cell, cell.fault)
            return ""
        names = self.known.names(column)
        if not names.titles:
            return str(cell.value)
        try:
            return names.find(str(cell.value))
        except ValueError as error:
            hint = "" if "?" in str(error) else (OWN_TITLE if is_alone(row) else OWN_ROW)
            self.faults.add(cell, f"{error}{hint}")
            return ""

    def _mark(self, cell: Cell, path: str) -> object:
        """Return the score in a cell as an analyst would write it; None with the fault noted."""
        if cell.fault:
            self.faults.add(cell, cell.fault)
            return None
        convention = replace(
            self._conventions.get(cell.column, Convention()),
            mixes_percentages=path in self._in_percent,
        )
        try:
            return mark(cell, self.known.scales.get(path), convention)
        except ValueError as error:
            self.faults.add(cell, str(error))
            return None

    def _accept(self, loc: Loc, row: Row, value: object, found: Row) -> None:
        """Put a score in its place, unless there is one already."""
        if value is None:
            self.lost.add((str(loc[1]), str(loc[-1])))
            return
        at = found.get("score", row["criterion"])
        if loc in self.cells:
            before = self.cells[loc]
            first = self.grid.place(
                before.get("score", before["criterion"]) if found else before["criterion"]
            ).label
            kind = "score" if found else "row"
            self.faults.add(at, f"a second {kind} for this score; the first is at {first}")
        elif self.written is not None and value_at(self.written_data, loc) is not None:
            other = self.written.place(loc, at_key=True).label
            name = ".".join(str(key) for key in loc)
            self.faults.add(at, f"the score {name} is also written at {other}; keep one of them")
        else:
            self.cells[loc] = {**row, **found}
            put_at(self.data, loc, value)


def unusable_grid(grid: Grid, message: str) -> InputError:
    """Return the error of a table of which nothing can be used."""
    return InputError([Problem(LOC, message, place=grid.place(None))])


def _days(text: str) -> dict[str, object]:
    """Return the days of needs, `coaching: 5; training: 2`."""
    return {
        "-".join(name.split()).casefold(): Convention().number(figure)
        for name, figure in pairs(text)
    }


def _about(cell: Cell) -> object:
    return cell.value.isoformat() if isinstance(cell.value, date) else str(cell.value)


def base_of(who: Mapping[str, str]) -> Loc:
    """Return where the scores of a partner stand, for one programme where it names one."""
    within = ("for", who["programme"]) if "programme" in who else ()
    return ("partners", who["partner"], *within)


def _row(row: Row) -> int:
    return next(iter(row.values())).row


def _has_score(row: Collection[str]) -> bool:
    return "score" in row or {"low", "high"} <= set(row)
