"""Sweeps and designs: the many cases that one scenario asks of itself.

A case is the scenario with some values changed. A sweep crosses its inputs (the last varies
fastest); a design samples them. Cases are made one at a time, and their number is known before the
first.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerselect.errors import Gap, InputError, Problem, dotted, input_error
from partnerselect.model import Design, Scenario, Span, did_you_mean, value_at
from partnerselect.words import figure

STAKEHOLDERS = "stakeholders"
PLANS = "plans"
"""Swept, it changes nothing: each case judges one plan beside its answer."""
DIGITS = 12
"""Significant digits of the values in a span: enough to be exact, too few to show rounding."""
SAMPLED_DIGITS = 6
LONGEST_ID = 120
_READABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")
_UNREADABLE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Case:
    """One what-if: what it is called, what it varies, and the changes that make it."""

    id: str
    varied: dict[str, Any]
    """The swept inputs and their values, as the tables show them."""
    changes: dict[str, Any]
    """What to hand to `Scenario.with_changes`."""


@dataclass(frozen=True)
class Axis:
    """One swept input and its values in order."""

    path: str
    stated: Span | tuple[Any, ...]
    groups: tuple[str, ...] = ()
    """All the groups of the scenario, where the values name those whose weights count."""

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """Its values in order, each once."""
        return spanned(self.stated) if isinstance(self.stated, Span) else self.stated

    @property
    def count(self) -> int:
        """The number of its values; those of a span are not made for that."""
        span = self.stated
        return span.steps if isinstance(span, Span) and _are_apart(span) else len(self.values)

    def changes(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - a sweep may list anything
        """Return the changes that a value stands for; of a group: that it alone has a voice."""
        if self.path == PLANS:
            return {}
        if not self.groups:
            return {self.path: value}
        return {
            "analysis.base": "stakeholders",
            **{f"stakeholders.{group}.voice": int(group == value) for group in self.groups},
        }


@dataclass(frozen=True)
class Grid:
    """Every combination of its axes, the last varying fastest.

    Without axes, the scenario as it stands.
    """

    name: str
    axes: tuple[Axis, ...]
    labels: tuple[str, ...]
    """What each axis is called in the ids of cases."""

    @property
    def paths(self) -> tuple[str, ...]:
        """What it varies."""
        return tuple(axis.path for axis in self.axes)

    @property
    def count(self) -> int:
        """The number of cases."""
        return math.prod(axis.count for axis in self.axes)

    def __iter__(self) -> Iterator[Case]:
        """Yield the cases in order."""
        worded = [tuple(zip(axis.values, _words(axis.values), strict=True)) for axis in self.axes]
        for chosen in itertools.product(*worded):
            varied: dict[str, Any] = {}
            changes: dict[str, Any] = {}
            name = [self.name]
            for axis, label, (value, word) in zip(self.axes, self.labels, chosen, strict=True):
                varied[axis.path] = value
                changes |= axis.changes(value)
                name.append(f"{label}={word}")
            yield Case(_cut("~".join(name)), varied, changes)


@dataclass(frozen=True)
class Sample:
    """Cases drawn over ranges, so that each range is covered evenly."""

    name: str
    paths: tuple[str, ...]
    ranges: tuple[tuple[float, float], ...]
    whole: tuple[bool, ...]
    """Which inputs take whole numbers only."""
    count: int
    """The number of cases."""
    seed: int

    def __iter__(self) -> Iterator[Case]:
        """Yield the cases in order.

        They are called by their number, for a sampled value does not read well.
        """
        width = len(str(self.count))
        for number, row in enumerate(self.values, start=1):
            varied = {
                path: _value(float(x), whole=whole)
                for path, x, whole in zip(self.paths, row, self.whole, strict=True)
            }
            yield Case(f"{self.name}~{number:0{width}d}", varied, varied)

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The sampled values, one row a case; shape (cases, inputs)."""
        low, high = np.array(self.ranges).T
        drawn = latin_hypercube(self.count, len(self.paths), self.seed)
        values: NDArray[np.float64] = np.where(
            self.whole, np.floor(low + drawn * (high - low + 1)), low + drawn * (high - low)
        )
        return values


Block = Grid | Sample


def blocks(scenario: Scenario, name: str | None = None) -> tuple[Block, ...]:
    """Return the cases that a scenario asks for, as grids and samples.

    Just itself where it asks for none.

    Args:
        scenario: with a `sweep`, a `design`, or neither.
        name: what its cases are called, where not by its id.

    Raises:
        InputError: an input that does not exist, both a sweep and a design, or groups that are not
            there.
    """
    called = _UNREADABLE.sub("-", name or scenario.id)
    if scenario.sweep and scenario.design:
        raise InputError(
            [Problem(("design",), "stands beside a `sweep`; keep one of the two", at_key=True)]
        )
    if scenario.design:
        return (_sample(scenario, scenario.design, called),)
    axes = _axes(scenario)
    labels = _labels([axis.path for axis in axes])
    return tuple(
        Grid(called, grid, tuple(labels[axis.path] for axis in grid))
        for grid in _without_overridden(scenario, axes)
    )


def latin_hypercube(cases: int, inputs: int, seed: int) -> NDArray[np.float64]:
    """Draw points of the unit cube, one in each of `cases` equal slices of every side.

    Shape (cases, inputs).

    Source: McKay, Beckman & Conover (1979), Technometrics 21(2).
    """
    rng = np.random.default_rng(seed)
    slices = rng.permuted(np.tile(np.arange(cases), (inputs, 1)), axis=1).T
    drawn: NDArray[np.float64] = (slices + rng.random((cases, inputs))) / cases
    return drawn


def _axes(scenario: Scenario) -> tuple[Axis, ...]:
    problems: list[Problem] = []
    axes: list[Axis] = []
    for path, swept in scenario.sweep.items():
        with _gathering(problems, "sweep", path):
            values = {STAKEHOLDERS: _groups, PLANS: _plans}.get(path, _axis)
            axes.append(values(scenario, path, swept))
    if problems:
        raise InputError(problems)
    return tuple(axes)


@contextmanager
def _gathering(problems: list[Problem], *loc: str) -> Iterator[None]:
    """Keep what is raised, with the place of what is being read before its own."""
    try:
        yield
    except InputError as error:
        problems += [replace(problem, loc=(*loc, *problem.loc)) for problem in error.problems]


def _axis(scenario: Scenario, path: str, swept: Span | list[Any] | str) -> Axis:
    if isinstance(swept, str):
        raise input_error(f"`each` is for `{STAKEHOLDERS}` and `{PLANS}`; here, list the values")
    if isinstance(swept, Span) and swept.steps == 1 and swept.from_ != swept.to:
        raise input_error("`steps: 1` would leave out the last value; write 2 or more")
    if isinstance(swept, Span):
        _known(scenario, path, _value(swept.from_, digits=DIGITS))
        return Axis(path, swept)
    values = _distinct(swept)
    _known(scenario, path, values[0])
    return Axis(path, values)


# a sweep may list anything
def _known(scenario: Scenario, path: str, value: Any) -> None:  # noqa: ANN401
    """Refuse a path that no value can be given to.

    That one value is not allowed is for its case to say.
    """
    try:
        scenario.with_change(path, value)
    except InputError as error:
        if unknown := [problem for problem in error.problems if problem.at_key]:
            raise InputError(replace(problem, loc=()) for problem in unknown) from error
        loc = scenario.loc(path)
        for above in {problem.loc[:-1] for problem in error.problems if problem.gap is Gap.VALUE}:
            if above == loc[: len(above)] and value_at(scenario.data, above) is None:
                raise input_error(f"unknown path: there is no {dotted(above)}") from error


def spanned(span: Span) -> tuple[float | int, ...]:
    """Return evenly spaced values, both ends among them; whole ones as whole numbers."""
    values = (_value(span.from_ + _step(span) * i, digits=DIGITS) for i in range(span.steps))
    return tuple(dict.fromkeys(values))


def _step(span: Span) -> float:
    return (span.to - span.from_) / max(1, span.steps - 1)


def _are_apart(span: Span) -> bool:
    """Tell whether values lie further apart than rounding can bring together."""
    unit = max(abs(span.from_), abs(span.to)) * 10.0 ** (1 - DIGITS)
    return abs(_step(span)) > 2 * unit


def _value(number: float, *, digits: int = SAMPLED_DIGITS, whole: bool = False) -> float | int:
    rounded = number if whole else float(f"{number:.{digits}g}")
    return int(rounded) if rounded.is_integer() else rounded


def _distinct(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple({_canonical(value): value for value in values}.values())


def _groups(scenario: Scenario, path: str, swept: Span | list[Any] | str) -> Axis:
    """Return one value a group: its weights take the place of those that hold otherwise."""
    known = list(scenario.stakeholders)
    return Axis(path, _named(path, swept, known, "group"), groups=tuple(known))


def _plans(scenario: Scenario, path: str, swept: Span | list[Any] | str) -> Axis:
    """Return one value a plan: it is judged beside the answer."""
    return Axis(path, _named(path, swept, list(scenario.all_plans), "plan"))


def _named(
    path: str, swept: Span | list[Any] | str, known: Sequence[str], kind: str
) -> tuple[str, ...]:
    """Return what is swept by name: each of those known, or those listed."""
    if not known:
        raise input_error(f"the scenario has no `{path}`")
    if isinstance(swept, Span):
        raise input_error(f"expected `each`, or a list of {kind}s")
    names = known if isinstance(swept, str) else [str(name) for name in _distinct(swept)]
    if strangers := [name for name in names if name not in known]:
        raise InputError(
            Problem((), f'no {kind} is called "{name}"{did_you_mean(name, known)}')
            for name in strangers
        )
    return tuple(names)


def _without_overridden(scenario: Scenario, axes: tuple[Axis, ...]) -> tuple[tuple[Axis, ...], ...]:
    """Return the grids of a sweep.

    A weight that the groups' weights override is swept under the scenario's own weights only.
    """
    groups = next((axis for axis in axes if axis.path == STAKEHOLDERS), None)
    overridden = {
        axis.path for axis in axes if groups and _is_overridden(scenario, axis.path, groups.values)
    }
    if not overridden:
        return (axes,)
    own = tuple(axis for axis in axes if axis is not groups)
    return own, tuple(axis for axis in axes if axis.path not in overridden)


def _is_overridden(scenario: Scenario, path: str, groups: Sequence[str]) -> bool:
    loc = [str(key) for key in scenario.loc(path)]
    if loc[0] != "criteria" or loc[-1] != "weight":
        return False
    branch = ".".join(key for key in loc[1:-2] if key != "criteria")
    return all(
        not branch or branch in scenario.stakeholders[name].weights.branches for name in groups
    )


def _sample(scenario: Scenario, design: Design, called: str) -> Sample:
    problems: list[Problem] = []
    for path, (low, high) in design.over.items():
        with _gathering(problems, "design", "over", path):
            _known(scenario, path, low)
        with _gathering(problems, "design", "over", path):
            if low >= high:
                raise input_error(
                    "the first number must be below the second (found"
                    f" {figure(low)} and {figure(high)})"
                )
    if problems:
        raise InputError(problems)
    ranges = tuple((low, high) for low, high in design.over.values())
    whole = tuple(
        _takes_whole_numbers_only(scenario, path, low, high)
        for path, (low, high) in design.over.items()
    )
    return Sample(called, tuple(design.over), ranges, whole, design.cases, design.seed)


def _takes_whole_numbers_only(scenario: Scenario, path: str, low: float, high: float) -> bool:
    """Tell whether both ends are whole and allowed, and a number between them is refused."""
    return all(
        end.is_integer() and _allows(scenario, path, int(end)) for end in (low, high)
    ) and not _allows(scenario, path, math.floor(low) + 0.5)


def _allows(scenario: Scenario, path: str, value: float) -> bool:
    try:
        scenario.with_change(path, value)
    except InputError:
        return False
    return True


def _labels(paths: Sequence[str]) -> dict[str, str]:
    """Return short names of paths for ids: without the first word where that leaves them apart."""
    short = {path: (path.partition(".")[2] or path).removesuffix(".status") for path in paths}
    counts = Counter(short.values())
    return {path: path if counts[name] > 1 else name for path, name in short.items()}


def _words(values: Sequence[Any]) -> list[str]:
    """Return how values are written in ids: as they are where short and plain, else by a hash."""
    words = [_word(value) for value in values]
    counts = Counter(words)
    return [
        f"x{_digest(value)}" if counts[word] > 1 else word
        for value, word in zip(values, words, strict=True)
    ]


def _word(value: Any) -> str:  # noqa: ANN401 - a sweep may list anything
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    if isinstance(value, float | int) and math.isfinite(value):
        return str(_value(float(value), digits=DIGITS))
    return value if isinstance(value, str) and _READABLE.fullmatch(value) else f"x{_digest(value)}"


def _cut(name: str) -> str:
    """Return an id of bearable length: its beginning, and a hash of the whole."""
    return name if len(name) <= LONGEST_ID else f"{name[: LONGEST_ID - 10]}~{_digest(name)}"


def _digest(value: Any) -> str:  # noqa: ANN401 - plain data of any shape
    return hashlib.sha256(_canonical(value).encode()).hexdigest()[:8]


def _canonical(value: Any) -> str:  # noqa: ANN401 - plain data of any shape
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
