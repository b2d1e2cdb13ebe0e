"""What is found wrong with a workbook, in the words of its sheets: columns, rows and cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from partnerselect.errors import Gap, Loc, Place, Problem, dotted
from partnerselect.files.book import Book
from partnerselect.files.book_layout import (
    BASELINES,
    BY_TITLE,
    CRITERIA,
    LAYOUTS,
    NEEDS,
    PROGRAMMES,
    SCENARIO,
    SCENARIO_PARTS,
    SCORES,
    WEIGHTS,
    Column,
)
from partnerselect.files.headed import ALONE, AND_MORE, OWN_TITLE
from partnerselect.model import Scenario, keys_at, normal, value_at

FIRST_ROW = "no {} is written yet; write one row for each, from row 2"
NOTHING_YET: dict[Loc, str] = {
    ("title",): f'no title is written yet; write it beside the key "title" of {SCENARIO.title}',
    ("partners",): FIRST_ROW.format("partner"),
    ("programmes",): FIRST_ROW.format("programme"),
    ("criteria",): FIRST_ROW.format("criterion"),
}
ON_SHEETS = {
    "unknown": "?",
    "unlimited": "unlimited",
    "beyond: clip": f'clip in the column "beyond" of {CRITERIA.title}',
    "phases": "sheet Phases",
    "stakeholders": "sheet Groups",
    "funding": 'columns "payer" and "covers"',
    "today": 'column "today"',
    "payers": f"payers of {SCENARIO.title}",
}
"""What is a key in YAML, as a workbook calls it; other keys stand as they are."""
NO_LIMIT_ALONE = (
    r'must be a mapping (\(found .*\)); write "([\w-]+): \{([\w-]+): .*',
    r'is no limit by itself \1; write \2.\3 in the column "limit"',
)
"""What has a figure below it, as YAML and as a sheet writes it."""
NO_LIMIT_BELOW = (
    r"must be a mapping (\(found .*\))$",
    r'is no limit by itself \1; write {} in the column "limit"',
)
BELOW = {"backfill": "backfill.per-day", "funds": "funds.PAYER", "groups": "groups.ID.tag"}
"""What is written of limits that hold others, in the column "limit"."""
CRITERIA_LOC = ("criteria", "criteria")


def in_sheets(problem: Problem, book: Book) -> Problem:
    """Return a problem that lies in a workbook in the words of its sheets, with its place."""
    if problem.gap:
        return _missing(problem, book)
    message = re.sub("`([^`]*)`", lambda key: _on_sheets(key[1]), problem.message)
    if problem.loc[:1] == ("limits",):
        message = re.sub(*NO_LIMIT_ALONE, message)
        if below := BELOW.get(str(problem.loc[-1])):
            message = re.sub(NO_LIMIT_BELOW[0], NO_LIMIT_BELOW[1].format(below), message)
    return replace(problem, message=message)


def _on_sheets(key: str) -> str:
    part, _, rest = key.partition(".")
    layout = next((one for one in LAYOUTS if one.section == part and rest), None)
    return ON_SHEETS.get(key, f'row "{rest}" of {layout.title}' if layout else f'"{key}"')


def advice_in_sheets(text: str) -> str:
    """Return advice that names keys by the columns and rows in which they stand."""
    told = re.sub("`([^`]*)`", lambda key: _written_on(key[1]), text)
    return re.sub(r"\ban (?=column|row|sheet)", "a ", told)


def _written_on(key: str) -> str:
    last = key.split(":", maxsplit=1)[0]
    columns = ((one, column) for one in BY_TITLE.values() for column in one.columns)
    for layout, column in columns:
        if column.path and column.path[-1] == last:
            return f'column "{column.heading}" of {layout.title}'
    if last in SCENARIO_PARTS:
        return f'row "{last}" of {SCENARIO.title}'
    if last in keys_at(Scenario, ()).fields and key not in ON_SHEETS:
        return f"{last}, in a YAML file that extends this workbook"
    return _on_sheets(key)


def _missing(problem: Problem, book: Book) -> Problem:
    """Say what to write where, of something that is missing."""
    loc, place = problem.loc, problem.place
    if loc in NOTHING_YET:
        sheet = None if loc in book.blanks else _sheet_of(loc, book)
        return replace(problem, message=NOTHING_YET[loc], place=sheet or place)
    if loc[0] == "partners" and "scores" in loc[2:]:
        return _no_score(problem, book)
    column, alone = _column_of(loc), _alone(loc, book)
    if loc[0] == "programmes" and loc[2:] == ("needs",):
        message = f"no days of it are written on the sheet {NEEDS.title}"
        message += OWN_TITLE if alone else ""
    elif alone:
        return Problem(alone, ALONE, place=book.alone[alone])
    elif loc[0] == "programmes" and "baseline" in loc:
        message = f'no score of doing nothing for "{loc[-1]}" on the sheet {BASELINES.title}'
    elif problem.gap is Gap.SCALE:
        message = "has no scale; fill in worst and best, levels or points"
    elif loc[0] in SCENARIO_PARTS and loc[:2] != CRITERIA_LOC:
        message = f'there is no row "{dotted(loc)}" on the sheet {SCENARIO.title}'
    elif column is None:
        message = problem.message
    else:
        is_there = loc in book.blanks
        what = "the cell is empty" if is_there else f'there is no column "{column.heading}"'
        message = f"{what}; what belongs there: {column.about}".rstrip(".")
    return replace(problem, message=message)


def _alone(loc: Loc, book: Book) -> Loc:
    """Return the entry that lacks something of which a sheet has a title alone; () for others."""
    entries = (one for one in (loc, loc[:-1]) if one in book.alone)
    return next((one for one in entries if value_at(book.data, one).keys() <= {"title"}), ())


def _no_score(problem: Problem, book: Book) -> Problem:
    """Say of a score that is missing whether its sheet, its column, its row or its cell is."""
    table, loc, criterion = book.scores, problem.loc, problem.loc[-1]
    if table is None:
        message = f"there is no sheet {SCORES.title}; give every partner a row there"
        return Problem((), message, place=Place(str(book.path.name)))
    if loc in table.blanks:
        message = "no score; write a number, a level, or ? where it is not known"
        return replace(problem, message=message)
    scored = {one[:2] for one in (*table.cells, *table.blanks)}
    if loc[:2] in scored:
        message = f'there is no column for the criterion "{criterion}"'
        return Problem((), message, place=table.grid.place(None))
    return replace(problem, loc=loc[:2], message=f"has no row on the sheet {SCORES.title}")


def _column_of(loc: Loc) -> Column | None:
    """Return the column in which a value stands."""
    section, keys = str(loc[0]), tuple(map(str, loc))
    layout = next((one for one in BY_TITLE.values() if one.section == section), None)
    layout = CRITERIA if section == "criteria" else layout
    columns = layout.columns if layout else ()
    return next((one for one in columns if one.path and keys[-len(one.path) :] == one.path), None)


def sheets_of(loc: Loc) -> set[str]:
    """Return the titles of the sheets on which a value may stand."""
    found = {one.title for one in LAYOUTS if one.section == loc[0]}
    if loc[0] == "programmes" and (beside := {"needs", "baseline", "weights"}.intersection(loc)):
        return {{"needs": NEEDS, "baseline": BASELINES}.get(one, WEIGHTS).title for one in beside}
    if loc[:2] == CRITERIA_LOC:
        return {CRITERIA.title}
    return found or {SCENARIO.title}


def _sheet_of(loc: Loc, book: Book) -> Place | None:
    title = {"partners": "Partners", "programmes": PROGRAMMES.title, "criteria": CRITERIA.title}
    return book.sheets.get((title.get(str(loc[0]), SCENARIO.title),))


_CELL = re.compile(r"(.*)!(.*):([A-Z]+)(\d+)")
ORDER = ("scenario", "criteria", "phases", "gates", "partners", "programmes", "needs", "scores")
"""Sheets whose faults have others as their consequence come first."""


def once_a_column(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with the same one of several cells of a column once, and how many."""
    found: dict[tuple[str, ...], list[Problem]] = {}
    for at, problem in enumerate(problems):
        cell = _CELL.fullmatch(problem.place.label) if problem.place else None
        key = (problem.message, *cell.groups()[:3]) if cell else (str(at),)
        found.setdefault(key, []).append(problem)
    return [
        replace(same[0], message=same[0].message + AND_MORE.format(len(same) - 1))
        if len(same) > 1
        else same[0]
        for same in found.values()
    ]


def sheet_rank(label: str) -> tuple[str, int]:
    """Return how the places of a workbook come one after the other: sheet by sheet."""
    file, _, rest = label.partition("!")
    title = normal(rest.rpartition(":")[0] or rest)
    rank = ORDER.index(title) if title in ORDER else len(ORDER)
    return (file, rank) if rest else (file.partition(":")[0], 0)
