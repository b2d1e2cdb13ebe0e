"""A scenario kept as a workbook, as data that knows the cell of every value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from partnerselect.errors import InputError, Loc, Place, Problem
from partnerselect.files.book import Book, is_book
from partnerselect.files.book_kinds import (
    LIMIT,
    POINTS,
    TODAY,
    Context,
    Kind,
    text_of,
    write_scalar,
)
from partnerselect.files.book_layout import (
    BASELINES,
    BY_TITLE,
    ENTITIES,
    EVIDENCE,
    GROUPS,
    LIMITS,
    NEEDS,
    PARTNERS,
    PLANS,
    PROGRAMMES,
    READ_ME,
    RULES,
    SCENARIO,
    SCORES,
    WEIGHTS,
    Layout,
)
from partnerselect.files.book_rows import rule_in, weights_in
from partnerselect.files.book_sheets import BESIDE, FURTHER, Row, Sheet, SheetReading, first_of
from partnerselect.files.headed import Block, Heading
from partnerselect.files.marks import mark
from partnerselect.files.readings import ID, id_from, without_brackets
from partnerselect.files.score_forms import known_in
from partnerselect.files.score_tables import ScoreTable
from partnerselect.files.sheet_titles import key_of, misname, misnamed, note_alike
from partnerselect.files.sheets import Cell, Grid, read_workbook
from partnerselect.files.source import label_of
from partnerselect.model import PRICE_KINDS, UNLIMITED, Names, Scenario, keys_at, normal, value_at


def may_hold_scenario(path: Path) -> bool:
    """Tell whether a file of a folder may be a scenario: of workbooks those with sheets of one.

    What cannot be read counts as one, so that whoever reads it says why.
    """
    if not is_book(path):
        return True
    if path.name.startswith("~$"):  # a spreadsheet's mark on a book that is open
        return False
    with suppress(Exception):
        import openpyxl

        book = openpyxl.load_workbook(path, read_only=True)
        titles = {normal(title) for title in book.sheetnames}
        book.close()
        return not titles.isdisjoint(map(normal, (SCENARIO.title, PROGRAMMES.title)))
    return True


def read_book(path: Path) -> Book:
    """Read a workbook that holds a scenario.

    Raise InputError where nothing of it can be read.
    """
    titles: list[str] = []

    def wanted(title: str) -> bool:
        titles.append(title)
        return normal(title) in BY_TITLE

    grids = read_workbook(path, (), wanted)
    others = [title for title in titles if normal(title) not in {*BY_TITLE, normal(READ_ME)}]
    label = Place(label_of(path))
    if not grids:
        expected = ", ".join(layout.title for layout in BY_TITLE.values())
        message = (
            f"no sheet of a scenario is here; expected {expected} (`workbook --blank` writes them)"
        )
        raise InputError([Problem((), message, place=label)])
    book = book_of(path, grids)
    note_alike(book, grids)
    others = [title for title in others if not misnamed(book, title, grids)]
    lacking = [one.title for one in ENTITIES[2:] if normal(one.title) not in map(key_of, grids)]
    if others and lacking and not book.is_misnamed:
        message = f"there is no sheet {lacking[0]}; call the one that holds them so"
        place = Place(f"{label.label}!{others[0]}") if len(others) == 1 else label
        misname(book, message, place)
    if others:
        names = ", ".join(f'"{title}"' for title in others)
        notice = f"further sheets are left out: {names}"
        book.notices = (*book.notices, Problem((), notice, place=label))
    return book


def _beside(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the columns that are not among those of a layout, and what each is of."""
    return ((key, key.removeprefix(FURTHER)) for key in row if key.startswith(FURTHER))


def book_of(path: Path, grids: Iterable[Grid]) -> Book:
    """Return the scenario that the sheets of a workbook hold."""
    read = sorted(grids, key=lambda grid: not grid.is_hidden)
    book = _Reading(path, {key_of(grid): grid for grid in read}).book()
    hidden = [grid for grid in read if grid.is_hidden]
    book.notices = (*(notice for grid in hidden for notice in grid.notices), *book.notices)
    book.lost |= {BY_TITLE[key_of(grid)].title for grid in hidden if grid.notices}
    return book


class _Reading(SheetReading):
    """One workbook under way."""

    def __init__(self, path: Path, grids: dict[str, Grid]) -> None:
        super().__init__(path, grids)
        self.unpriced: list[Problem] = []

    def book(self) -> Book:
        """Read every sheet, in the order in which they refer to one another."""
        self.scenario()
        found = [(layout, *self.entries(layout)) for layout in ENTITIES]
        self.criteria()
        for layout, sheet, entries in found:
            for name, block, row in entries:
                self.entry(layout, sheet, (layout.section, name), block, row)
                if layout is PARTNERS and sheet:
                    self._note_price_left_out(sheet, name, block, row)
        self._needs()
        self._limits()
        self._rules()
        self._groups()
        self._plans()
        self._baselines()
        self._scores()
        self._evidence()
        book = self.result
        book.problems = tuple(problem for one in self.faults for problem in one.problems)
        book.unreported = sum(one.unreported for one in self.faults)
        seen = (grid for grid in self.grids.values() if not grid.is_hidden)
        hidden = (notice for grid in seen for notice in grid.notices)
        book.notices = (*hidden, *self.unpriced)
        return book

    def _note_price_left_out(self, sheet: Sheet, name: str, block: Block, row: Row) -> None:
        """Note that days count as free of a partner who is paid otherwise, where others' do not."""
        is_paid = not {kind.id for kind in PRICE_KINDS[1:]}.isdisjoint(row)
        if "per-day" in block.filled and is_paid and "per-day" not in row:
            at = Cell(None, first_of(row).row, block.heads["per-day"].column)
            told = "no price per day, so the days count as free; write a price, a range, or 0"
            loc = ("partners", name, "cost", "per-day")
            self.unpriced.append(Problem(loc, told, place=sheet.grid.place(at)))

    # matrices and lists

    def _needs(self) -> None:
        """Read days, programme by component."""
        named = self.result.data.get("components")
        titles = {
            name: str(value_at(one, ("title",)) or "")
            for name, one in (named.items() if isinstance(named, dict) else ())
        }
        for sheet, name, block, row in self._by_programme(NEEDS, _component(titles)):
            for key in (one for one in row if one != "programme"):
                at = ("programmes", name, "needs", key.removeprefix(FURTHER))
                self._further(sheet, block, row, key, at)

    def _further(
        self, sheet: Sheet, block: Block, row: Row, key: str, loc: Loc, kind: Kind | None = None
    ) -> None:
        """Put a cell of a column that is not among those of the layout."""
        context = sheet.context(block, key, self.names)
        is_read, value = self.value(sheet, row[key], kind or LIMIT, context)
        if is_read:
            if loc in self.result.cells:
                first = self.result.cells[loc].label
                sheet.faults.add(row[key], f"a second figure for this; the first is at {first}")
                return
            if above := self.stated_above(loc):
                sheet.faults.add(row[key], BESIDE.format(above.label))
                return
            self.put(loc, value, sheet.grid.place(row[key]))
            self.result.keys.setdefault(loc, sheet.grid.place(block.heads[key]))

    def _limits(self) -> None:
        phases = self.names["phases"]
        sheet = self.sheet(LIMITS, _found(phases))
        for block, row in self.rows(sheet):
            assert sheet  # noqa: S101 - rows come from a sheet
            if "limit" not in row:
                sheet.faults.add(first_of(row), "this row has no limit", "no limit")
                continue
            loc = _limit(text_of(row["limit"]))
            self.result.keys[loc] = sheet.grid.place(row["limit"])
            by_phase = list(_beside(row))
            if "value" in row and by_phase:
                sheet.faults.add(row["value"], "stands beside figures by phase; keep one of them")
                continue
            if "value" in row:
                self._further(sheet, block, row, "value", loc)
            for key, phase in by_phase:
                self._further(sheet, block, row, key, (*loc, phase))
            if not by_phase and "value" not in row:
                sheet.faults.add(row["limit"], f"no figure; write one, or {UNLIMITED}")

    def _rules(self) -> None:
        sheet = self.sheet(RULES, None, ("rule",))
        for block, row in self.rows(sheet):
            assert sheet  # noqa: S101 - rows come from a sheet
            read = {}
            for key in row:
                is_read, value = self.read(RULES, sheet, block, row, key)
                if is_read:
                    read[key] = value
            if row.keys() == read.keys():
                place = sheet.grid.place(row.get("rule") or first_of(row))
                try:
                    is_list = "partners" in row and "," in text_of(row["partners"])
                    for loc, value in rule_in(read, self.result.data, is_list=is_list):
                        self.put(loc, value, place)
                except ValueError as error:
                    sheet.faults.add(row.get("rule") or first_of(row), str(error))

    def _groups(self) -> None:
        """Read the weights of groups, and those of single programmes."""
        criteria = _found(self.names["criteria"])
        sheet, entries = self.entries(GROUPS, criteria)
        for name, block, row in entries:
            loc: Loc = (GROUPS.section, name)
            self.entry(GROUPS, sheet, loc, block, row)
            self._weigh(sheet, block, row, loc)
        for sheet, name, block, row in self._by_programme(WEIGHTS, criteria):
            self._weigh(sheet, block, row, ("programmes", name))

    def _weigh(self, sheet: Sheet | None, block: Block, row: Row, loc: Loc) -> None:
        """Put the weights that a row gives."""
        assert sheet  # noqa: S101 - rows come from a sheet
        points: dict[str, Any] = {}
        for key, name in _beside(row):
            context = sheet.context(block, key, self.names)
            is_read, value = self.value(sheet, row[key], POINTS, context)
            if is_read:
                points[name] = value
        said = {
            key: normal(text_of(cell)) for key, cell in row.items() if key in {"method", "variant"}
        }
        for at, value in weights_in(said, points):
            self.put((*loc, "weights", *at), value, sheet.grid.place(first_of(row)))

    def _by_programme(
        self, layout: Layout, further: Heading
    ) -> Iterator[tuple[Sheet, str, Block, Row]]:
        """Yield the rows of a sheet that each hold for one programme, with its id."""
        sheet = self.sheet(layout, further)
        for block, row in self.rows(sheet):
            assert sheet  # noqa: S101 - rows come from a sheet
            if "programme" not in row:
                sheet.faults.add(first_of(row), "this row has no programme", "no programme")
                continue
            is_read, name = self.read(layout, sheet, block, row, "programme")
            if is_read:
                yield sheet, str(name), block, row

    def _baselines(self) -> None:
        scales = known_in(self.result.data).scales
        for sheet, name, block, row in self._by_programme(
            BASELINES, _found(self.names["criteria"])
        ):
            for key, path in _beside(row):
                kind = Kind(partial(_mark_on, scales.get(path)), write_scalar)
                self._further(
                    sheet, block, row, key, ("programmes", name, "baseline", "scores", path), kind
                )

    def _plans(self) -> None:
        sheet, entries = self.entries(PLANS, _found(self.names["programmes"]))
        for name, block, row in entries:
            assert sheet  # noqa: S101 - entries come from a sheet
            loc: Loc = (PLANS.section, name)
            self.entry(PLANS, sheet, loc, block, row)
            for key, programme in _beside(row):
                self._further(sheet, block, row, key, (*loc, "choose", programme), TODAY)

    def _scores(self) -> None:
        grid = self.grids.get(normal(SCORES.title))
        if grid is None or not grid.rows:
            return
        table = ScoreTable(grid, known_in(self.result.data))
        self.faults.append(table.faults)
        self.result.scores = table
        try:
            table.read(overrides=True)
        except InputError:
            table.lost.add(("", ""))  # its problems are among the faults
            return
        for name, stated in table.data.get("partners", {}).items():
            self.result.data.setdefault("partners", {}).setdefault(name, {}).update(stated)

    def _evidence(self) -> None:
        sheet = self.sheet(EVIDENCE)
        for block, row in self.rows(sheet):
            assert sheet  # noqa: S101 - rows come from a sheet
            who = {}
            for key in ("partner", "criterion", "programme"):
                if key in row:
                    is_read, name = self.read(EVIDENCE, sheet, block, row, key)
                    who[key] = str(name) if is_read else ""
            if missing := [key for key in ("partner", "criterion") if key not in who]:
                sheet.faults.add(first_of(row), f"this row has no {missing[0]}", missing[0])
                continue
            within = ("for", who["programme"]) if "programme" in who else ()
            loc = ("partners", who["partner"], *within, "scores", who["criterion"])
            score = value_at(self.result.data, loc)
            if not all(who.values()):
                continue
            if score is None:
                sheet.faults.add(first_of(row), "there is no score that this could be evidence of")
                continue
            whole = dict(score) if isinstance(score, dict) else {"score": score}
            place = self.result.scores.place(loc) if self.result.scores else Place("")
            self.put(loc, whole, place)
            for key, column in EVIDENCE.by_key.items():
                if column.path and key in row:
                    is_read, value = self.read(EVIDENCE, sheet, block, row, key)
                    if is_read:
                        self.put((*loc, *column.path), value, sheet.grid.place(row[key]))


def _limit(text: str) -> Loc:
    """Return where a limit stands that is named by its path or in words: `partners max`."""
    first, _, rest = (named := text.removeprefix("limits.")).partition(" ")
    below = keys_at(Scenario, ("limits", normal(first))).fields
    parts = (first, rest) if normal(rest) in below else named.split(".")
    return ("limits", *map(normal, parts))


def _mark_on(scale: object, cell: Cell, context: Context) -> object:
    return mark(cell, scale, context.convention)


def _component(titles: dict[str, str]) -> Heading:
    """Return how the headings of components are read: by id, by title, or as a new title."""
    names = Names("component", titles)

    def heading(text: str) -> str | None:
        try:
            return f"{FURTHER}{names.find(text)}"
        except ValueError:
            made = text if ID.fullmatch(text) else id_from(without_brackets(text))
            return f"{FURTHER}{made}" if made and not text.startswith("#") else None

    return heading


def _found(names: Names) -> Callable[[str], str | None]:
    """Return how headings are read that name something."""

    def heading(text: str) -> str | None:
        for one in (text, without_brackets(text)):
            try:
                return f"{FURTHER}{names.find(one)}"
            except ValueError:
                continue
        return None

    return heading
