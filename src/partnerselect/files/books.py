"""A scenario kept as a workbook, as data that knows the cell of every value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from partnerselect.errors import Gap, InputError, Loc, Place, Problem
from partnerselect.files.book import Book, is_book
from partnerselect.files.book_hidden import by_cause, with_hidden
from partnerselect.files.book_kinds import (
    LIMIT,
    POINTS,
    TODAY,
    Context,
    Kind,
    write_scalar,
)
from partnerselect.files.book_layout import (
    BASELINES,
    BY_TITLE,
    CRITERIA,
    ENTITIES,
    EVIDENCE,
    GROUPS,
    LIMITS,
    NEEDS,
    PARTNERS,
    PHASES,
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
from partnerselect.files.book_sheets import BESIDE, FURTHER, UNREAD, Line, Row, SheetReading
from partnerselect.files.headed import SECOND, Heading, is_alone, other_money
from partnerselect.files.marks import mark
from partnerselect.files.readings import ID, id_from, without_brackets
from partnerselect.files.score_forms import currency_of, known_in, titles_in, units_of
from partnerselect.files.score_tables import ScoreTable, base_of
from partnerselect.files.sheet_titles import key_of, misname, misnamed, note_alike
from partnerselect.files.sheets import Cell, Grid, read_workbook
from partnerselect.files.source import label_of
from partnerselect.model import (
    PRICE_KINDS,
    RULE_KINDS,
    UNLIMITED,
    Names,
    Scenario,
    keys_at,
    normal,
    value_at,
)


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
    titled = Book(path)
    note_alike(titled, grids)
    others = [title for title in others if not misnamed(titled, title, grids)]
    found = {*map(key_of, grids)}
    lacking = [one.title for one in ENTITIES[2:] if normal(one.title) not in found]
    place = Place(f"{label.label}!{others[0]}") if len(others) == 1 else label
    for title in (one for one in lacking if others and one not in titled.lost):
        misname(titled, title, f"there is no sheet {title}; call the one that holds them so", place)
    book = book_of(path, grids, titled.lost)
    book.problems = (*book.problems, *titled.problems)
    if others:
        names = ", ".join(f'"{title}"' for title in others)
        notice = f"further sheets are left out: {names}"
        unseen = None if titled.problems else Gap.SIGHT
        book.notices = (*book.notices, Problem((), notice, place=label, gap=unseen))
    return book


def _beside(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the columns that are not among those of a layout, and what each is of."""
    return ((key, key.removeprefix(FURTHER)) for key in row if key.startswith(FURTHER))


def book_of(path: Path, grids: Iterable[Grid], lost: Collection[str] = ()) -> Book:
    """Return the scenario that the sheets of a workbook hold, some of which were `lost`."""
    read = sorted(grids, key=lambda grid: not grid.is_hidden)
    book = _Reading(path, {key_of(grid): grid for grid in read}, lost).book()
    if book.problems and any(grid.hidden for grid in read):
        shown = {key_of(grid): grid for grid in with_hidden(read)}
        book = by_cause(book, _Reading(path, shown, lost).book(), read)
    hidden = [grid for grid in read if grid.is_hidden]
    book.notices = (*(notice for grid in hidden for notice in grid.notices), *book.notices)
    book.lost |= {BY_TITLE[key_of(grid)].title for grid in hidden if grid.notices}
    return book


class _Reading(SheetReading):
    """One workbook under way."""

    def __init__(self, path: Path, grids: dict[str, Grid], lost: Collection[str]) -> None:
        super().__init__(path, grids)
        self.result.lost |= {*lost}
        self.unpriced: list[Problem] = []

    def book(self) -> Book:
        """Read every sheet, in the order in which they refer to one another."""
        self.scenario()
        found = [(layout, self.entries(layout)) for layout in ENTITIES]
        self.criteria()
        for layout, entries in found:
            for name, line in entries.items():
                self.entry((layout.section, name), line)
                if layout is PARTNERS:
                    self._note_price_left_out(name, line)
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
        seen = [grid for grid in self.grids.values() if not grid.is_hidden]
        hidden = (notice for grid in seen for notice in grid.notices)
        currency, units = currency_of(book.data), units_of(known_in(book.data).scales.values())
        money = (one for grid in seen for one in other_money(grid, currency, units))
        book.notices = (*hidden, *self.unpriced, *money)
        return book

    def _note_price_left_out(self, name: str, line: Line) -> None:
        """Note that days count as free of a partner who is paid otherwise, where others' do not."""
        is_paid = not {kind.id for kind in PRICE_KINDS[1:]}.isdisjoint(line.cells)
        if "per-day" in line.block.filled and is_paid and "per-day" not in line.cells:
            place = line.sheet.grid.place(line.blank("per-day"))
            told = "no price per day, so the days count as free; write a price, a range, or 0"
            self.unpriced.append(Problem(("partners", name, "cost", "per-day"), told, place=place))

    # matrices and lists

    def _names(self, layout: Layout) -> Heading:
        """Return how headings are read that name what stands on another sheet."""
        names = self.names[normal(layout.title)]
        is_unread = not names.titles and layout.title in self.result.lost

        def heading(text: str) -> str | None:
            for one in (text, without_brackets(text)):
                try:
                    return f"{FURTHER}{names.find(one)}"
                except ValueError:
                    continue
            return "" if is_unread else None

        return heading

    def _needs(self) -> None:
        """Read days, programme by component."""
        components = _component(titles_in(self.result.data, "components"))
        for name, line in self._by_programme(NEEDS, components):
            for key in (one for one in line.cells if one != "programme"):
                self._further(line, key, ("programmes", name, "needs", key.removeprefix(FURTHER)))

    def _further(self, line: Line, key: str, loc: Loc, kind: Kind = LIMIT) -> None:
        """Put a cell of a column that is not among those of the layout."""
        value = self.read(line, key, kind)
        if value is UNREAD:
            self.result.unread |= {loc, loc[:-1]}  # of which it may be the only one
            return
        if loc in self.result.cells:
            fault = SECOND.format(self.result.cells[loc].label)
            line.sheet.faults.add(line.cells[key], fault)
        elif above := self.stated_above(loc):
            line.sheet.faults.add(line.cells[key], BESIDE.format(above.label))
        else:
            self.put(loc, value, line.place(key))
            self.result.keys.setdefault(loc, line.sheet.grid.place(line.block.heads[key]))

    def _limits(self) -> None:
        for line in self.lines(LIMITS, self._names(PHASES)):
            faults, row = line.sheet.faults, line.cells
            loc = _limit(line.text("limit"))
            is_title = is_alone(row) and not keys_at(Scenario, loc[:-1]).may_hold(str(loc[-1]))
            if "limit" not in row or is_title:
                line.lacks("limit")
                continue
            self.result.keys[loc] = line.place("limit")
            by_phase = list(_beside(row))
            if "value" in row and by_phase:
                faults.add(row["value"], "stands beside figures by phase; keep one of them")
                continue
            if "value" in row:
                self._further(line, "value", loc)
            for key, phase in by_phase:
                self._further(line, key, (*loc, phase))
            if not by_phase and "value" not in row:
                faults.add(row["limit"], f"no figure; write one, or {UNLIMITED}")

    def _rules(self) -> None:
        for line in self.lines(RULES, None, ("rule",)):
            if is_alone(line.cells) and normal(line.text("rule")) not in RULE_KINDS:
                line.lacks("rule")
                continue
            read = {key: self.read(line, key) for key in line.cells}
            if UNREAD not in read.values():
                try:
                    named = read.get("partners")
                    several = isinstance(named, list) and len(named) > 1
                    is_list = several or "," in line.text("partners")
                    for loc, value in rule_in(read, self.result.data, is_list=is_list):
                        self.put(loc, value, line.place("rule"))
                except ValueError as error:
                    line.sheet.faults.add(line.cell("rule"), str(error))

    def _groups(self) -> None:
        """Read the weights of groups, and those of single programmes."""
        criteria = self._names(CRITERIA)
        for name, line in self.entries(GROUPS, criteria).items():
            loc: Loc = (GROUPS.section, name)
            self.entry(loc, line)
            self._weigh(line, loc)
        for name, line in self._by_programme(WEIGHTS, criteria):
            self._weigh(line, ("programmes", name))

    def _weigh(self, line: Line, loc: Loc) -> None:
        """Put the weights that a row gives."""
        points = {name: self.read(line, key, POINTS) for key, name in _beside(line.cells)}
        points = {name: value for name, value in points.items() if value is not UNREAD}
        said: dict[str, str] = {
            key: normal(line.text(key)) for key in ("method", "variant") if key in line.cells
        }
        for at, value in weights_in(said, points):
            self.put((*loc, "weights", *at), value, line.place())

    def _by_programme(self, layout: Layout, further: Heading) -> Iterator[tuple[str, Line]]:
        """Yield the rows of a sheet that each hold for one programme, with its id."""
        for line in self.lines(layout, further):
            if "programme" not in line.cells:
                line.lacks("programme")
            elif (name := self.read(line, "programme")) is not UNREAD:
                yield str(name), line

    def _baselines(self) -> None:
        scales = known_in(self.result.data).scales
        for name, line in self._by_programme(BASELINES, self._names(CRITERIA)):
            for key, path in _beside(line.cells):
                kind = Kind(partial(_mark_on, scales.get(path)), write_scalar)
                self._further(line, key, ("programmes", name, "baseline", "scores", path), kind)

    def _plans(self) -> None:
        for name, line in self.entries(PLANS, self._names(PROGRAMMES)).items():
            loc: Loc = (PLANS.section, name)
            self.entry(loc, line)
            for key, programme in _beside(line.cells):
                self._further(line, key, (*loc, "choose", programme), TODAY)

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
        for line in self.lines(EVIDENCE):
            if is_alone(line.cells):
                line.lacks("partner")
                continue
            named = ("partner", "criterion", "programme")
            read = {key: self.read(line, key) for key in named if key in line.cells}
            who = {key: "" if name is UNREAD else str(name) for key, name in read.items()}
            if missing := [key for key in ("partner", "criterion") if key not in who]:
                line.lacks(missing[0])
                continue
            if not all(who.values()):
                continue
            loc = (*base_of(who), "scores", who["criterion"])
            score = value_at(self.result.data, loc)
            if score is None:
                self._note_no_score(line)
                continue
            whole = dict(score) if isinstance(score, dict) else {"score": score}
            place = self.result.scores.place(loc) if self.result.scores else Place("")
            self.put(loc, whole, place)
            for key, column in EVIDENCE.by_key.items():
                if not column.path or key not in line.cells:
                    continue
                at = (*loc, *column.path)
                if at in self.result.cells:
                    fault = f"stands there already, at {self.result.cells[at].label}; keep one"
                    line.sheet.faults.add(line.cell(key), fault)
                elif (value := self.read(line, key)) is not UNREAD:
                    self.put(at, value, line.place(key))

    def _note_no_score(self, line: Line) -> None:
        """Note evidence of no score, unless what says that there is one could not be read."""
        unread = self.result.scores.lost if self.result.scores else set()
        if self.result.lost.isdisjoint({CRITERIA.title, SCORES.title}) and ("", "") not in unread:
            fault = "there is no score that this could be evidence of"
            line.sheet.faults.add(line.first, fault)


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
