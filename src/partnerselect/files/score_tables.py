"""Scores kept in a table, one row a score, as a layer of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from partnerselect.errors import InputError, Loc, Place, Problem
from partnerselect.files.documents import Data, Document
from partnerselect.files.sheets import Cell, Sheet, read_sheet
from partnerselect.files.syntax import plain
from partnerselect.model import key_meant, nearest

WHO = ("programme", "partner", "criterion")
NUMBERS = ("score", "low", "likely", "high")
ABOUT = ("evidence", "source", "published", "grade")
COLUMNS = (*WHO, *NUMBERS, *ABOUT)
MAX_PROBLEMS = 1_000
WHOLE: dict[tuple[float, float], int] = {(0, 100): 100, (0, 1): 1}
"""What counts for the whole, 100%, on a scale between these ends."""

Row = dict[str, Cell]
Fault = tuple[Cell, str]


@dataclass
class ScoreTable:
    """The scores of a table as scenario data, and the cells they stand in."""

    sheet: Sheet
    written: Document
    """The scenario file that names the table."""
    known: Mapping[str, tuple[str, ...]]
    """The programmes, partners and criteria that a row may name, by the name of its column."""
    scales: Mapping[str, Any]
    """The scale of each criterion as it is written."""
    data: Data = field(default_factory=dict)
    cells: dict[Loc, Row] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreported: int = 0
    """Problems beyond those that are reported one by one."""
    lost: set[tuple[str, str]] = field(default_factory=set)
    """Partner and criterion of the rows that could not be used, "" where they are not known."""

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Return the cell of the score at `loc`, or the first cell of what lies below it."""
        for depth in (4, 6):
            if row := self.cells.get(loc[:depth]):
                if at_key and len(loc) == depth:
                    return self.sheet.place(row["criterion"])
                named = str(loc[depth]) if len(loc) > depth else ""
                return self.sheet.place(
                    row.get(named) or next(row[name] for name in NUMBERS if name in row)
                )
        below = next((row for score, row in self.cells.items() if score[: len(loc)] == loc), None)
        if below is None:
            return self.sheet.place(None)
        return self.sheet.place(below["programme" if loc[2:3] == ("for",) else "partner"])

    def add(self, row: Mapping[str, Cell]) -> None:
        """Take in one row, noting what is wrong with it."""
        filled = {
            name: self._read(name, cell, row)
            for name, cell in row.items()
            if cell.value is not None
        }
        if not filled:
            return
        usable = {name: cell for name, cell in filled.items() if not cell.fault}
        unknown = list(self._unknown(usable))
        self._note([*unknown, *_unreadable(filled), *_missing(filled)])
        if not unknown and _is_whole(filled, usable):
            self._note(self._accept(usable))
        else:
            self.lost.add((self._known("partner", usable), self._known("criterion", usable)))

    def _note(self, faults: list[Fault]) -> None:
        for cell, message in faults:
            if len(self.problems) < MAX_PROBLEMS:
                self.problems.append(Problem((), message, place=self.sheet.place(cell)))
            else:
                self.unreported += 1

    def _known(self, column: str, row: Row) -> str:
        name = str(row[column].value) if column in row else ""
        return name if name in self.known.get(column, ()) else ""

    def _read(self, name: str, cell: Cell, row: Mapping[str, Cell]) -> Cell:
        """Return a cell with the value its column asks for, or with its fault."""
        if name in NUMBERS and cell.is_percentage and not cell.fault:
            return self._as_shown(cell, row)
        return _read(name, cell)

    def _as_shown(self, cell: Cell, row: Mapping[str, Cell]) -> Cell:
        """Return a percentage as its scale counts it: 84% is 84 of 100, or 0.84 of 1."""
        criterion = str(row["criterion"].value) if "criterion" in row else ""
        if criterion not in self.scales:
            return cell
        ends = _ends(self.scales[criterion])
        shown = Fraction(repr(cell.value)) * 100
        if ends and ends in WHOLE:
            return replace(cell, value=float(shown * WHOLE[ends] / 100))
        scale = f"runs from {ends[0]:g} to {ends[1]:g}" if ends else "is not one from 0 to 100"
        message = (
            f"the cell shows {float(shown):g}%, but the scale of this criterion {scale}; format the"
            " cell as a number"
        )
        return replace(cell, fault=message)

    def _accept(self, row: Row) -> list[Fault]:
        loc = _score_loc(row)
        if loc in self.cells:
            first = self.sheet.place(self.cells[loc]["criterion"]).label
            return [(row["criterion"], f"a second row for this score; the first is at {first}")]
        if other := _written_at(self.written, loc):
            return [
                (
                    row["criterion"],
                    (
                        f"the score {'.'.join(str(key) for key in loc)} is also written at"
                        f" {other.label}; keep one of them"
                    ),
                )
            ]
        self.cells[loc] = row
        within = self.data
        for key in loc[:-1]:
            within = within.setdefault(str(key), {})
        within[str(loc[-1])] = _score(row)
        return []

    def _unknown(self, row: Row) -> Iterator[Fault]:
        for name, known in self.known.items():
            if name in row and (found := str(row[name].value)) not in known:
                enough = len(self.problems) >= MAX_PROBLEMS
                meant = "" if enough else key_meant(found) or _did_you_mean(found, known)
                yield row[name], f'unknown {name} "{found}"{meant}'


def read_table(path: Path, resolved: Data, *, written: Document) -> ScoreTable:
    """Read the score table that the scenario file `written` names.

    Raise InputError where the file or its columns cannot be used.

    `resolved` is that scenario without the table: it holds the partners, programmes and criteria
    that rows may name.
    """
    sheet = read_sheet(path)
    scales = dict(_leaves(resolved.get("criteria"), ""))
    known = {
        "programme": _ids(resolved, "programmes"),
        "partner": _ids(resolved, "partners"),
        "criterion": tuple(scales),
    }
    named = {column: names for column, names in known.items() if names}
    table = ScoreTable(sheet, written, named, scales)
    table.problems += _column_problems(sheet)
    for row in sheet.rows:
        table.add(row)
    return table


def _column_problems(sheet: Sheet) -> list[Problem]:
    """Return the columns that nobody reads.

    Raise InputError where one that is needed is missing or there twice.
    """
    names = [str(cell.value) for cell in sheet.header if cell.value is not None]
    unknown: list[Fault] = []
    faults: list[Fault] = []
    for cell in sheet.header:
        name = str(cell.value)
        if cell.value is not None and name not in COLUMNS:
            meant = key_meant(name.lower()) or _did_you_mean(name.lower(), COLUMNS)
            unknown.append((cell, f'unknown column "{name}"{meant}'))
        elif names.count(name) > 1 and names.index(name) != _position(sheet, cell):
            faults.append((cell, f'the column "{name}" is there twice'))
    faults += [
        (sheet.header[0], f'there is no column "{name}"')
        for name in ("partner", "criterion")
        if name not in names
    ]
    if "score" not in names and not {"low", "high"} <= set(names):
        faults.append((sheet.header[0], 'there is no column "score" (nor "low" and "high")'))
    problems = [
        Problem(("scores",), message, place=sheet.place(cell)) for cell, message in unknown + faults
    ]
    if faults:
        raise InputError(problems)
    return problems


def _position(sheet: Sheet, cell: Cell) -> int:
    return [other for other in sheet.header if other.value is not None].index(cell)


def _read(name: str, cell: Cell) -> Cell:
    """Return a cell with its value or its fault: numbers are read as in YAML, the rest is text."""
    value = cell.value
    if isinstance(value, date) and name != "published" and not cell.fault:
        expected, form = ("a score", "a number") if name in NUMBERS else ("text", "text")
        fault = f"expected {expected} (found the date {value}); format the cell as {form}"
        return replace(cell, fault=fault)
    if name not in NUMBERS:
        return replace(cell, value=str(value))
    try:
        return replace(cell, value=plain(value)) if isinstance(value, str) else cell
    except ValueError as error:
        return replace(cell, fault=str(error))


def _unreadable(row: Row) -> Iterator[Fault]:
    if "" in row:
        yield row[""], "a value in a column without a name"
    yield from ((cell, f"{name}: {cell.fault}") for name, cell in row.items() if cell.fault)


def _missing(row: Row) -> Iterator[Fault]:
    """Yield what a row lacks, at its first filled cell."""
    at = next(iter(row.values()))
    yield from (
        (at, f"this row has no {name}") for name in ("partner", "criterion") if name not in row
    )
    if not _has_score(row):
        yield at, "this row has no score; write a number, a level or `unknown`, or low and high"


def _has_score(row: Row) -> bool:
    return "score" in row or {"low", "high"} <= row.keys()


def _is_whole(filled: Row, usable: Row) -> bool:
    """Tell whether a row says whose score it is and what it is, whatever else is wrong with it."""
    named = [name for name in WHO if name in filled or name != "programme"]
    return all(name in usable for name in named) and _has_score(usable) and "" not in filled


def _score_loc(row: Row) -> Loc:
    within = ("for", str(row["programme"].value)) if "programme" in row else ()
    return ("partners", str(row["partner"].value), *within, "scores", str(row["criterion"].value))


def _score(row: Row) -> object:
    """Return the score as an analyst would have written it in YAML."""
    parts = {name: row[name].value for name in (*NUMBERS, *ABOUT) if name in row}
    return parts["score"] if parts.keys() == {"score"} else parts


def _written_at(document: Document, loc: Loc) -> Place | None:
    value: Any = document.data
    for key in loc:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return document.place(loc, at_key=True)


def _ids(data: Data, key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(value) if isinstance(value, dict) else ()


def _leaves(node: object, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the dotted paths and scales of the leaf criteria below a criteria set or a branch."""
    if not isinstance(node, dict):
        return
    below = node.get("criteria")
    if not isinstance(below, dict):
        if path:
            yield path, node.get("scale")
        return
    for name, child in below.items():
        yield from _leaves(child, f"{path}.{name}" if path else name)


def _ends(scale: object) -> tuple[float, float] | None:
    """Return the ends of a scale as it is written, the lesser first."""
    match scale:
        case {"worst": int() | float() as one, "best": int() | float() as other}:
            return min(one, other), max(one, other)
        case {"points": [*points]}:
            scores = [point[0] for point in points if isinstance(point, list) and point]
            numbers = [score for score in scores if isinstance(score, int | float)]
            return (min(numbers), max(numbers)) if numbers else None
        case _:
            return None


def _did_you_mean(found: str, known: tuple[str, ...]) -> str:
    near = nearest(found, known)
    return f'; did you mean "{near}"?' if near else ""
