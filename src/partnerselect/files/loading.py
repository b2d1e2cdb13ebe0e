"""A scenario or a criteria set from its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from partnerselect.errors import InputError, Place, Problem
from partnerselect.files.documents import Data
from partnerselect.files.from_register import FromRegister
from partnerselect.files.layers import Layer, Places, folded, writers
from partnerselect.files.resolving import (
    CRITERIA,
    Reading,
    Step,
    criteria_layers,
    scenario_layers,
)
from partnerselect.files.source import label_of, resolved, workspace_of
from partnerselect.model import (
    CriteriaSet,
    Scenario,
    no_effect_warnings,
    price_warnings,
    set_weight_problems,
    validated,
)
from partnerselect.value import weights_since_frozen

PAPER, COVER = "paper", "cover"
_OF_A_SCENARIO = frozenset({"format", "partners", "programmes"})

Built = TypeVar("Built", Scenario, CriteriaSet)


@dataclass(frozen=True)
class Loaded:
    """A scenario, where its values stand, what its author should know, and the files read."""

    scenario: Scenario
    places: Places
    warnings: tuple[Problem, ...]
    """What is allowed but probably not meant."""
    slips: tuple[Problem, ...]
    """Of these what only the files show."""
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
    layers = scenario_layers(reading, Step(first))
    if not reading.unknown and _is_criteria_set(folded(layers), layers[0].data):
        told = "is a criteria set; name a scenario, which names this file under `criteria`"
        raise InputError([Problem((), told, place=Place(label_of(first)))])
    return _scenario(reading, layers, first, register_url)


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


def _is_criteria_set(stated: Data, written: Data) -> bool:
    """Tell whether criteria stand where a scenario's set would, and nothing of a scenario does."""
    tree = written.get("criteria")
    is_set = isinstance(tree, dict) and tree and all(isinstance(one, dict) for one in tree.values())
    return bool(is_set) and not _OF_A_SCENARIO & stated.keys()


def _checked_set(data: Data) -> CriteriaSet:
    return validated(CriteriaSet, data, {}, set_weight_problems)


def _scenario(
    reading: Reading, layers: list[Layer], path: Path, register_url: str | None = None
) -> Loaded:
    register = FromRegister(reading.workspace.folders[0], register_url)
    scenario, places = _built(lambda data: register.build(data, path.stem), reading, layers)
    scenario.beside_bases(_paper_of(layers))
    written = scenario.as_written
    found = (*no_effect_warnings(written), *price_warnings(written))
    return Loaded(
        scenario,
        places,
        (*reading.warnings, *map(places.locate, found)),
        tuple(reading.warnings),
        (*reading.notices, *map(places.locate, register.notices), *_weights_changed(scenario)),
        tuple(reading.sources),
    )


def _paper_of(layers: list[Layer]) -> dict[str, frozenset[str]]:
    """Return what of a paper each scenario states, by its title, the first layer's by none.

    Keys of the cover (`cover.author`) and sections (`risks`).
    """

    @cache
    def title_of(at: int) -> str:
        return str(folded(layers[at:])["title"]) if at else ""

    found: dict[str, set[str]] = {}
    stated = folded(layers).get(PAPER) if len(layers) > 1 else None
    for section, content in stated.items() if isinstance(stated, dict) else ():
        for key in content if isinstance(content, dict) else ():
            loc = (PAPER, section, key)
            wrote = next((one.layer for one in writers(layers, loc) if one.depth == len(loc)), None)
            if wrote is not None:
                named = f"{section}.{key}" if section == COVER else section
                found.setdefault(title_of(layers.index(wrote)), set()).add(named)
    return {title: frozenset(keys) for title, keys in found.items()}


def _weights_changed(scenario: Scenario) -> Iterator[Problem]:
    if words := weights_since_frozen(scenario):
        yield Problem(CRITERIA, words)


def _built(
    build: Callable[[dict[str, Any]], Built], reading: Reading, layers: list[Layer]
) -> tuple[Built, Places]:
    """Build the model from the layers.

    Raise every problem of the files and of the model, located, in reading order.
    """
    places, found = Places(tuple(layers)), list[Problem]()
    if () not in reading.unknown:
        try:
            built = build(folded(layers))
        except InputError as error:
            found = list(error.problems)
        else:
            if not reading.problems:
                return built, places
    # nearly all of what words them is about workbooks, and only here is it needed
    from partnerselect.files.faults import all_faults

    raise InputError(all_faults(reading, layers, places, found))
