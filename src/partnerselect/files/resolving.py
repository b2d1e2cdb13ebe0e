"""Following `extends`, `criteria` and `scores` from file to file, into layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel

from partnerselect.errors import InputError, Loc, Place, Problem
from partnerselect.files.book import Book, is_book
from partnerselect.files.documents import Data, Document, Readable, parse
from partnerselect.files.layers import Layer, folded
from partnerselect.files.slips import (
    NOW,
    ids_not_there,
    key_problems,
    points_for_thousands,
    renewed,
    texts_cut_short,
)
from partnerselect.files.source import Workspace, decode, label_of, read_bytes, why_unreadable
from partnerselect.model import CriteriaSet, value_at

MAX_CHAIN = 30
CRITERIA: Loc = ("criteria",)
SCORES: Loc = ("scores",)


@dataclass(frozen=True)
class Step:
    """A file on the way from the one asked for: the trail that finds cycles."""

    path: Path
    earlier: Step | None = None

    def trail(self) -> Iterator[Path]:
        """Yield the files on the way, the latest first."""
        step: Step | None = self
        while step is not None:
            yield step.path
            step = step.earlier


@dataclass
class Reading:
    """One load under way: what was read so far, and what was found wrong.

    `unknown` are the parts whose file could not be read.
    """

    workspace: Workspace
    model: type[BaseModel]
    """What the file asked for describes."""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    sources: list[Path] = field(default_factory=list)
    documents: dict[Path, Readable | None] = field(default_factory=dict)
    unknown: set[Loc] = field(default_factory=set)
    unreported: int = 0
    """Problems beyond those that are reported one by one."""
    lost_scores: set[tuple[str, str]] = field(default_factory=set)
    """Partner and criterion of the scores that could not be read, "" for any."""
    lost_sheets: set[str] = field(default_factory=set)
    """Sheets of a workbook below whose headings what seems to be missing may stand."""
    unread: set[Loc] = field(default_factory=set)
    """Where a value would stand whose cell could not be read."""

    def document(self, path: Path, mount: Loc) -> Readable | None:
        """Return the document of a file that stands at `mount`, read once.

        None, with the problems noted, where nothing of it can be used.
        """
        if path not in self.documents:
            self.documents[path] = self._parsed(path, mount)
        if self.documents[path] is None:
            self.unknown.add(mount)
        return self.documents[path]

    def _parsed(self, path: Path, mount: Loc) -> Readable | None:
        self.sources.append(path)
        try:
            document = _read(path)
        except InputError as error:
            self.problems += error.problems
        except (OSError, ValueError) as error:
            self.problems.append(Problem((), why_unreadable(error), place=Place(label_of(path))))
        else:
            self.problems += _mounted(document.problems, mount)
            self.unreported += document.unreported
            if isinstance(document, Document):
                for look in (texts_cut_short, points_for_thousands):
                    self.warnings += _mounted(look(document), mount)
            elif isinstance(document, Book):
                self.warnings += document.notices
                self.lost_sheets |= document.lost
                self.unread |= document.unread
                self.lost_scores |= document.scores.lost if document.scores else set()
            self.notices += _mounted(_old_words(document), mount)
            return document
        return None

    def check_nulls(
        self,
        document: Readable,
        mount: Loc,
        is_over: Callable[[Loc], bool],
        below: Callable[[], Data],
    ) -> None:
        """Note the keys of a file that have no value, except those that delete what is below."""
        model = CriteriaSet if mount == CRITERIA else self.model
        self.problems += _mounted(key_problems(document, model, is_over), mount)
        if not self.unknown:
            self.warnings += _mounted(ids_not_there(document, model, below), mount)

    def lost(self, problems: Iterable[Problem], mount: Loc) -> None:
        """Note problems that leave unknown what stands at `mount`."""
        self.problems += problems
        self.unknown.add(mount)

    def follow(self, document: Readable, loc: Loc, step: Step, mount: Loc) -> Step | None:
        """Return the step to the file named at `loc`.

        None, with the problem noted, where it cannot be taken.
        """
        try:
            path = self.workspace.follow(value_at(document.data, loc), document.path)
            _refuse_cycle(path, step)
        except (OSError, ValueError) as error:
            self.lost([Problem(loc, why_unreadable(error), place=document.place(loc))], mount)
            return None
        return Step(path, step)


def _read(path: Path) -> Readable:
    """Read a file of any kind that may hold a scenario."""
    if is_book(path):
        from partnerselect.files.books import read_book

        return read_book(path)
    return parse(decode(path, read_bytes(path)))


def _old_words(document: Readable) -> Iterator[Problem]:
    """Put today's words into a file's data, noting each old one in one line."""
    for loc, word in renewed(document.data):
        place = Place(document.place(loc).label)
        yield Problem(loc, f'"{word}" still reads; its new name is {NOW[word]}', place=place)


def _mounted(problems: Iterable[Problem], mount: Loc) -> Iterator[Problem]:
    return (replace(one, loc=(*mount, *one.loc)) if one.loc else one for one in problems)


def _refuse_cycle(path: Path, step: Step) -> None:
    trail = list(step.trail())
    if path in trail:
        way = [*reversed(trail[: trail.index(path) + 1]), path]
        raise ValueError(
            f"the files go round in a circle: {' → '.join(label_of(file) for file in way)}"
        )
    if len(trail) > MAX_CHAIN:
        raise ValueError(f"more than {MAX_CHAIN} files follow from one another")


def criteria_layers(reading: Reading, step: Step, mount: Loc = ()) -> list[Layer]:
    """Return the layers of a criteria set's file and of those it extends.

    They are mounted where the scenario holds its criteria.
    """
    document = reading.document(step.path, mount)
    if document is None:
        return []
    base: list[Layer] = []
    if "extends" in document.data:
        further = reading.follow(document, ("extends",), step, mount)
        base = criteria_layers(reading, further, mount) if further else []
    is_over = "extends" in document.data
    reading.check_nulls(
        document, mount, lambda _: is_over, lambda: value_at(folded(base), mount) or {}
    )
    data = {key: value for key, value in document.data.items() if key != "extends"}
    return [Layer(data, document, mount, covers=not base), *base]


def scenario_layers(reading: Reading, step: Step) -> list[Layer]:
    """Return the layers of a scenario's file, of what it names and of what it extends."""
    document = reading.document(step.path, ())
    if document is None:
        return []
    own, named = _named_criteria(reading, document, step)
    layers = [Layer(own, document), *named, *_extended(reading, document, step)]
    reading.check_nulls(
        document,
        (),
        lambda loc: "extends" in document.data or (bool(named) and loc[:1] == CRITERIA),
        lambda: folded(layers[1:]),
    )
    return [layers[0], *_score_layer(reading, document, layers, step), *layers[1:]]


def _named_criteria(reading: Reading, document: Readable, step: Step) -> tuple[Data, list[Layer]]:
    """Return what a scenario's file writes itself, and the layers of the criteria set it names."""
    own = {key: value for key, value in document.data.items() if key not in {"extends", "scores"}}
    criteria = own.get("criteria")
    if isinstance(criteria, dict) and "extends" in criteria:
        own["criteria"] = {key: value for key, value in criteria.items() if key != "extends"}
        further = reading.follow(document, ("criteria", "extends"), step, CRITERIA)
    elif isinstance(criteria, str):
        del own["criteria"]
        further = reading.follow(document, CRITERIA, step, CRITERIA)
    else:
        return own, []
    return own, criteria_layers(reading, further, CRITERIA) if further else []


def _extended(reading: Reading, document: Readable, step: Step) -> list[Layer]:
    if "extends" not in document.data:
        return []
    further = reading.follow(document, ("extends",), step, ())
    base = scenario_layers(reading, further) if further else []
    if "scores" in document.data:
        from partnerselect.files.score_tables import ScoreTable

        # a scalar replaces: this file's table, or null, takes the place of an extended file's
        return [layer for layer in base if not isinstance(layer.origin, ScoreTable)]
    return base


def _score_layer(
    reading: Reading, document: Readable, layers: list[Layer], step: Step
) -> list[Layer]:
    """Return the layer of the score table that a file names."""
    stated = document.data.get("scores")
    if stated is None:
        return []
    from partnerselect.files.table_files import options_of, read_table

    try:
        options = options_of(stated)
    except ValueError as error:
        reading.lost([Problem(SCORES, str(error), place=document.place(SCORES))], SCORES)
        return []
    at = (*SCORES, "file") if isinstance(stated, dict) else SCORES
    further = reading.follow(document, at, step, SCORES)
    if further is None:
        return []
    reading.sources.append(further.path)
    try:
        table = read_table(further.path, folded(layers), document, document.data, options)
    except InputError as error:
        reading.lost(error.problems, SCORES)
        return []
    reading.problems += table.problems
    reading.warnings += table.grid.notices
    reading.unreported += table.unreported
    reading.lost_scores |= table.lost
    return [Layer(table.data, table)]
