"""Scores kept in a table, one row a score, as a layer of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from partnerselect.errors import InputError, Loc, Place, Problem
from partnerselect.files import scalars
from partnerselect.files.documents import Data, Document
from partnerselect.files.sheets import Cell, Sheet, read_sheet

WHO = ("programme", "partner", "criterion")
NUMBERS = ("score", "low", "likely", "high")
ABOUT = ("evidence", "source", "published", "grade")
COLUMNS = (*WHO, *NUMBERS, *ABOUT)
MAX_ROWS = 200_000

Row = dict[str, Cell]
Fault = tuple[Cell, str]


@dataclass
class ScoreTable:
    """The scores of a table as scenario data, and the cells they stand in."""

    sheet: Sheet
    written: Document
    """The scenario file that names the table."""
    known: Mapping[str, Sequence[str]]
    """The programmes, partners and criteria that a row may name, by the name of its column."""
    data: Data = field(default_factory=dict)
    cells: dict[Loc, Row] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

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
        filled = {name: _read(name, cell) for name, cell in row.items() if cell.value is not None}
        if not filled:
            return
        faults = [*self._unknown(filled), *_unreadable(filled), *_missing(filled)]
        if not faults:
            faults = self._accept(filled)
        self.problems += [
            Problem((), message, place=self.sheet.place(cell)) for cell, message in faults
        ]

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
            if name in row and not row[name].fault and (found := str(row[name].value)) not in known:
                yield (
                    row[name],
                    (
                        f"unknown {name}"
                        f' "{found}"{_did_you_mean(get_close_matches(found, known, n=1))}'
                    ),
                )


def read_table(path: Path, resolved: Data, *, written: Document) -> ScoreTable:
    """Read the score table that the scenario file `written` names.

    Raise InputError where the file or its columns cannot be used.

    `resolved` is that scenario without the table: it holds the partners, programmes and criteria
    that rows may name.
    """
    sheet = read_sheet(path)
    _check_columns(sheet)
    if len(sheet.rows) > MAX_ROWS:
        raise InputError(
            [
                Problem(
                    ("scores",),
                    f"the table has more than {MAX_ROWS:,} rows",
                    place=sheet.place(None),
                )
            ]
        )
    known = {
        "programme": _ids(resolved, "programmes"),
        "partner": _ids(resolved, "partners"),
        "criterion": list(_leaves(resolved.get("criteria"), "")),
    }
    table = ScoreTable(sheet, written, {name: names for name, names in known.items() if names})
    for row in sheet.rows:
        table.add(row)
    return table


def _check_columns(sheet: Sheet) -> None:
    names = [str(cell.value) for cell in sheet.header if cell.value is not None]
    faults: list[Fault] = []
    for cell in sheet.header:
        name = str(cell.value)
        if cell.value is not None and name not in COLUMNS:
            faults.append(
                (
                    cell,
                    (
                        "unknown column"
                        f' "{name}"{_did_you_mean(get_close_matches(name.lower(), COLUMNS, n=1))}'
                    ),
                )
            )
        elif names.count(name) > 1 and cell is not next(
            other for other in sheet.header if other.value == cell.value
        ):
            faults.append((cell, f'the column "{name}" is there twice'))
    faults += [
        (sheet.header[0], f'there is no column "{name}"')
        for name in ("partner", "criterion")
        if name not in names
    ]
    if "score" not in names and not {"low", "high"} <= set(names):
        faults.append((sheet.header[0], 'there is no column "score" (nor "low" and "high")'))
    if faults:
        raise InputError(
            [Problem(("scores",), message, place=sheet.place(cell)) for cell, message in faults]
        )


def _read(name: str, cell: Cell) -> Cell:
    """Return a cell with the value its column asks for, or with its fault: numbers are read as in YAML, anything else is text."""
    if cell.fault:
        return cell
    if isinstance(cell.value, date):
        if name == "published":
            return replace(cell, value=cell.value.isoformat())
        return replace(
            cell,
            fault=(
                f"expected {'a score' if name in NUMBERS else 'text'} (found the date"
                f" {cell.value.isoformat()}); format the cell as text"
            ),
        )
    if name not in NUMBERS:
        return replace(cell, value=str(cell.value))
    try:
        return replace(
            cell, value=scalars.plain(cell.value) if isinstance(cell.value, str) else cell.value
        )
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
    if "score" not in row and not {"low", "high"} <= row.keys():
        yield at, "this row has no score; write a number, a level or `unknown`, or low and high"


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


def _ids(data: Data, key: str) -> list[str]:
    value = data.get(key)
    return list(value) if isinstance(value, dict) else []


def _leaves(node: object, path: str) -> Iterator[str]:
    """Yield the dotted paths of the leaf criteria below a criteria set or a branch."""
    if not isinstance(node, dict):
        return
    below = node.get("criteria")
    if not isinstance(below, dict):
        if path:
            yield path
        return
    for name, child in below.items():
        yield from _leaves(child, f"{path}.{name}" if path else name)


def _did_you_mean(close: list[str]) -> str:
    return f'; did you mean "{close[0]}"?' if close else ""
