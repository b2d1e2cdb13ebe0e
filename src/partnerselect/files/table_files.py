"""Which table of scores a scenario names, and the grid that holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from partnerselect.errors import InputError
from partnerselect.files.documents import Data, Placed
from partnerselect.files.headed import other_money
from partnerselect.files.readings import items
from partnerselect.files.score_forms import Known, currency_of, known_in, readers, units_of
from partnerselect.files.score_tables import LOC, ScoreTable
from partnerselect.files.sheets import Grid, read_text, read_workbook, unusable
from partnerselect.files.source import ENCODINGS
from partnerselect.model import normal

OPTIONS = ("file", "sheet", "encoding", "ignore")


@dataclass(frozen=True)
class Options:
    """Which table a scenario names, and how it is to be read."""

    file: object
    sheet: str = ""
    encoding: str = "utf-8"
    ignore: tuple[str, ...] = ()


def options_of(stated: object) -> Options:
    """Return what a scenario says of its table of scores.

    Raise ValueError where it cannot be that.
    """
    if not isinstance(stated, dict):
        return Options(stated)
    if unknown := next((key for key in stated if key not in OPTIONS), None):
        raise ValueError(f'unknown key "{unknown}"; known: {", ".join(OPTIONS)}')
    encoding = str(stated.get("encoding", "utf-8")).lower()
    if encoding not in ENCODINGS:
        raise ValueError(f'encoding must be {" or ".join(ENCODINGS)} (found "{encoding}")')
    ignore = stated.get("ignore", [])
    listed = ignore if isinstance(ignore, list) else items(str(ignore))
    return Options(
        stated.get("file"), str(stated.get("sheet", "")), encoding, tuple(map(str, listed))
    )


def read_table(
    path: Path, resolved: Data, written: Placed, written_data: Data, options: Options
) -> ScoreTable:
    """Read the score table that a scenario file names.

    Raise InputError where the file or its columns cannot be used.

    Args:
        path: the table's.
        resolved: the scenario without the table: it holds the partners, programmes and criteria
            that rows may name.
        written: the scenario file.
        written_data: what it says itself; a score stands in one of the two.
        options: how the table is to be read.
    """
    known = known_in(resolved)
    grid = _grid(path, known, options)
    money = other_money(grid, currency_of(resolved), units_of(known.scales.values()))
    grid = replace(grid, notices=(*grid.notices, *money))
    table = ScoreTable(grid, known, written, written_data)
    table.read(ignore=options.ignore)
    return table


def _grid(path: Path, known: Known, options: Options) -> Grid:
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return read_text(path, LOC, options.encoding)
        case ".xlsx":
            return _sheet(path, known, options)
        case _:
            raise unusable(path, "a score table is a .csv or an .xlsx file", LOC)


def _sheet(path: Path, known: Known, options: Options) -> Grid:
    """Return the sheet that holds the scores: that named, or called so, or the only one like it."""
    wanted = normal(options.sheet or "scores")
    found = read_workbook(path, LOC, lambda title: normal(title) == wanted)
    hidden = [notice for grid in found if grid.is_hidden for notice in grid.notices]
    if shown := [grid for grid in found if not grid.is_hidden]:
        grid = _only_one(path, shown)
        if not grid.rows:
            _refuse_hidden(read_workbook(path, LOC, lambda _: True))
        return replace(grid, notices=(*grid.notices, *hidden))
    if options.sheet:
        _refuse_hidden(found)
    grid = _likely_sheet(path, known, options)
    return replace(grid, notices=(*grid.notices, *hidden))


def _refuse_hidden(grids: Iterable[Grid]) -> None:
    """Raise InputError where sheets hold something that is hidden."""
    if hidden := [notice for grid in grids if grid.is_hidden for notice in grid.notices]:
        raise InputError(replace(one, loc=LOC) for one in hidden)


def _only_one(path: Path, alike: list[Grid]) -> Grid:
    """Return the sheet of a title; raise InputError where several have it."""
    if len(alike) > 1:
        titles = ", ".join(f'"{grid.title}"' for grid in alike)
        raise unusable(path, f"the sheets {titles} are called alike; call one otherwise", LOC)
    return alike[0]


def _likely_sheet(path: Path, known: Known, options: Options) -> Grid:
    """Return the only visible sheet that can hold the scores."""
    found = read_workbook(path, LOC, lambda _: True)
    grids = [grid for grid in found if not grid.is_hidden]
    titles = ", ".join(f'"{grid.title}"' for grid in grids)
    if options.sheet:
        raise unusable(path, f'no sheet is called "{options.sheet}"; there are {titles}', LOC)
    recognised = readers(known, options.ignore)
    likely = [grid for grid in grids if any(one.head_of(grid) is not None for one in recognised)]
    if len(likely) > 1:
        several = ", ".join(f'"{grid.title}"' for grid in likely)
        raise unusable(
            path,
            f"the sheets {several} may all hold the scores; name one:"
            f' scores: {{file: …, sheet: "{likely[0].title}"}}',
            LOC,
        )
    filled = [grid for grid in grids if grid.rows]
    if not filled:
        _refuse_hidden(found)
        raise unusable(path, "the table is empty", LOC)
    return (likely or filled)[0]
