"""A scenario or a criteria set from its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from partnerselect.errors import Gap, InputError, Loc, Problem
from partnerselect.files.book_sheets import Book
from partnerselect.files.book_words import in_sheets, once_a_column, sheet_rank, sheets_of
from partnerselect.files.from_register import FromRegister
from partnerselect.files.layers import Data, Layer, Places, folded, in_reading_order
from partnerselect.files.resolving import (
    CRITERIA,
    SCORES,
    Reading,
    Step,
    criteria_layers,
    scenario_layers,
)
from partnerselect.files.source import label_of, resolved, workspace_of
from partnerselect.model import (
    CriteriaSet,
    Scenario,
    did_you_mean,
    keys_at,
    no_effect_warnings,
    price_warnings,
    set_weight_problems,
    validated,
    value_at,
)
from partnerselect.value import weights_since_frozen

_OF_A_SCENARIO = frozenset({"format", "partners", "programmes"})
_NAMING_CRITERIA = frozenset({"scores", "weights"})

Built = TypeVar("Built", Scenario, CriteriaSet)


@dataclass(frozen=True)
class Loaded:
    """A scenario, where its values stand, what its author should know, and the files read."""

    scenario: Scenario
    places: Places
    warnings: tuple[Problem, ...]
    """What is allowed but probably not meant."""
    notices: tuple[Problem, ...]
    """What reads, but has another name now; what came from the register."""
    sources: tuple[Path, ...]


@dataclass(frozen=True)
class LoadedCriteria:
    """A criteria set on its own, where its values stand, and every file that was read."""

    criteria: CriteriaSet
    places: Places
    warnings: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    sources: tuple[Path, ...]


def load(path: str | Path, *, root: Path | None = None, register_url: str | None = None) -> Loaded:
    """Read and validate a scenario and all it names, from the register too where it says so.

    Raise InputError with every problem, each with its place.
    """
    first = resolved(Path(path))
    reading = Reading(workspace_of(first, root), Scenario)
    return _scenario(reading, scenario_layers(reading, Step(first)), first, register_url)


def load_criteria(path: str | Path, *, root: Path | None = None) -> LoadedCriteria:
    """Read and validate a criteria set on its own.

    Raise InputError with every problem, each with its place.
    """
    first = resolved(Path(path))
    reading = Reading(workspace_of(first, root), CriteriaSet)
    layers = criteria_layers(reading, Step(first))
    criteria, places = _built(_checked_set, reading, layers)
    return LoadedCriteria(
        criteria, places, tuple(reading.warnings), tuple(reading.notices), tuple(reading.sources)
    )


def load_either(path: str | Path, *, root: Path | None = None) -> Loaded | LoadedCriteria:
    """Read and validate a file of either kind.

    What resolves to neither format, partners nor programmes is a criteria set.
    """
    first = resolved(Path(path))
    reading = Reading(workspace_of(first, root), Scenario)
    layers = scenario_layers(reading, Step(first))
    if reading.unknown or _OF_A_SCENARIO & folded(layers).keys():
        return _scenario(reading, layers, first)
    return load_criteria(path, root=root)


def _checked_set(data: Data) -> CriteriaSet:
    return validated(CriteriaSet, data, {}, set_weight_problems)


def _scenario(
    reading: Reading, layers: list[Layer], path: Path, register_url: str | None = None
) -> Loaded:
    register = FromRegister(reading.workspace.folders[0], register_url)
    scenario, places = _built(lambda data: register.build(data, path.stem), reading, layers)
    written = scenario.as_written
    found = (*no_effect_warnings(written), *price_warnings(written))
    return Loaded(
        scenario,
        places,
        (*reading.warnings, *map(places.locate, found)),
        (*reading.notices, *map(places.locate, register.notices), *_weights_changed(scenario)),
        tuple(reading.sources),
    )


def _weights_changed(scenario: Scenario) -> Iterator[Problem]:
    if words := weights_since_frozen(scenario):
        yield Problem(CRITERIA, words)


def _built(
    build: Callable[[dict[str, Any]], Built], reading: Reading, layers: list[Layer]
) -> tuple[Built, Places]:
    """Build the model from the layers.

    Raise every problem of the files and of the model, located, in reading order.
    """
    places = Places(tuple(layers))
    found: list[Problem] = []
    if () not in reading.unknown:
        data = folded(layers)
        try:
            built = build(data)
        except InputError as error:
            known = {problem.loc for problem in reading.problems}
            found = [
                _as_in_a_book(_as_new_id(one, layers, data), layers, places)
                for one in error.problems
                if not _follows(one.loc, reading, known, data)
            ]
        else:
            if not reading.problems:
                return built, places
    unseen: list[Problem] = [one for one in reading.warnings if one.gap is Gap.SIGHT]
    together = once_a_column([*reading.problems, *unseen, *found])
    problems = in_reading_order(together, places, sheet_rank, reading.unreported)
    raise InputError(problems)


def _as_in_a_book(problem: Problem, layers: list[Layer], places: Places) -> Problem:
    """Say of what stands in a workbook, or is missing there, what to write on which sheet."""
    located = places.locate(problem)
    label = located.place.label if located.place else ""
    books = [one.origin for one in layers if isinstance(one.origin, Book)]
    book = next((one for one in books if label.startswith(label_of(one.path))), None)
    return in_sheets(located, book) if book else problem


def _as_new_id(problem: Problem, layers: list[Layer], data: Data) -> Problem:
    """Say of an entry that is only half there that nothing below it is called so."""
    kind, name = (*problem.loc, "", "")[:2]
    is_missing = len(problem.loc) > 2 and problem.gap is Gap.VALUE  # noqa: PLR2004
    if not is_missing or value_at(data, (kind, name, "title")) is not None:
        return problem
    writing = [at for at, one in enumerate(layers) if value_at(one.data, (kind, name)) is not None]
    known = value_at(folded(layers[writing[-1] + 1 :]), (kind,)) if writing else None
    if not (keys_at(Scenario, (kind,)).defines_ids and isinstance(known, dict)):
        return problem
    fields = keys_at(Scenario, (kind, name)).fields
    needed = ", ".join(key for key, field in fields.items() if field.is_required())
    message = f"nothing is called so in what this extends{did_you_mean(str(name), list(known))}"
    message += f"{'' if '?' in message else ';'} a new entry needs {needed}"
    return Problem((kind, name), message, at_key=True)


def _follows(loc: Loc, reading: Reading, known: set[Loc], data: Data) -> bool:
    """Tell whether a problem of the model only follows from a problem of the files, at `known`."""
    if CRITERIA in reading.unknown and (loc[:1] == CRITERIA or _NAMING_CRITERIA.intersection(loc)):
        return True
    if SCORES in reading.unknown and "scores" in loc:
        return True
    if value_at(data, loc) is None and (
        loc in reading.unread or _is_lost(loc, reading) or _is_run_together(loc, known)
    ):
        return True
    return any(loc[:depth] in known for depth in range(1, len(loc) + 1))


def _is_lost(loc: Loc, reading: Reading) -> bool:
    """Tell whether a score that is missing may stand in a row that could not be used."""
    match loc:
        case "partners", partner, "scores", criterion:
            wanted = {(partner, criterion), (partner, ""), ("", criterion), ("", "")}
            return bool(wanted & reading.lost_scores)
        case _:
            return bool(loc) and reading.lost_sheets.intersection(sheets_of(loc)) != set()


def _is_run_together(loc: Loc, known: set[Loc]) -> bool:
    """Tell whether a key that is missing is there without the space after its colon."""
    return any(
        one[:-1] == loc[:-1] and str(one[-1]).startswith(f"{loc[-1]}:") for one in known if one
    )
