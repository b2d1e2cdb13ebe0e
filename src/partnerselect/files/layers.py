"""What a scenario is put together from: layers of plain data, one written over another.

A layer is a file, or a score table. The same list of layers gives the resolved data (`folded`) and,
when a problem needs it, the layer that wrote a value (`writers`) and its place (`Places`); no copy
of the data has to remember its origin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from partnerselect.errors import Loc, Place, Problem
from partnerselect.files.documents import Data, Placed
from partnerselect.words import sentence


@dataclass(frozen=True)
class Layer:
    """Data written at `mount` in the resolved data, and what knows its places.

    With `covers`, nothing below the layer shows through at `mount`.
    """

    data: Data
    origin: Placed
    mount: Loc = ()
    covers: bool = False


@dataclass(frozen=True)
class Writer:
    """The layer that decides a value, and how many keys of its path the layer wrote."""

    layer: Layer
    depth: int

    def place(self, loc: Loc, *, at_key: bool) -> Place:
        """Return the place of the value at `loc`, or of the nearest ancestor this layer wrote."""
        mount = self.layer.mount
        inside = loc[len(mount) :] if loc[: len(mount)] == mount else ()
        return self.layer.origin.place(inside, at_key=at_key and self.depth == len(loc))


def folded(layers: Iterable[Layer]) -> Data:
    """Return the data that layers, the uppermost first, resolve to.

    Mappings merge by key, null deletes a key, anything else replaces.
    """
    out: Data = {}
    for layer in reversed(list(layers)):
        data = layer.data
        for key in reversed(layer.mount):
            data = {str(key): data}
        below = _without(out, layer.mount) if layer.covers else out
        out = _merged(below, data) if below else data
    return out


def put_at(data: Data, loc: Loc, value: object) -> None:
    """Put a value in its place, in mappings that are made where there are none."""
    for key in loc[:-1]:
        data = data.setdefault(str(key), {})
    data[str(loc[-1])] = value


def beyond(data: Data, kept: Data) -> Data:
    """Return what must be written over `kept` to say what `data` says; None deletes a key."""
    out: Data = {key: None for key in kept if key not in data}
    for key, value in data.items():
        if key not in kept:
            out[key] = value
        elif isinstance(value, dict) and isinstance(kept[key], dict):
            if inner := beyond(value, kept[key]):
                out[key] = inner
        elif not _same(value, kept[key]):
            out[key] = value
    return out


def _same(one: object, other: object) -> bool:
    """Tell whether two values are written alike: 7 and 7.0 are not, nor are 1 and true."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


def writers(layers: Iterable[Layer], loc: Loc) -> Iterator[Writer]:
    """Yield the layers that wrote the value at `loc` or part of it, uppermost first."""
    for layer in layers:
        depth, closed = _reach(layer, loc)
        yield Writer(layer, depth)
        if closed:
            return


def _reach(layer: Layer, loc: Loc) -> tuple[int, bool]:
    """Return how many keys of `loc` the layer wrote, and whether it hides the layers below."""
    if loc[: len(layer.mount)] != layer.mount:
        return 0, False
    value: Any = layer.data
    for depth in range(len(layer.mount), len(loc)):
        step = loc[depth]
        if isinstance(value, dict):
            if step not in value:
                return depth, layer.covers
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return depth, True
    return len(loc), layer.covers or not isinstance(value, dict)


def _merged(below: Data, above: Data) -> Data:
    out = dict(below)
    for key, value in above.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, dict):
            under = out.get(key)
            out[key] = _merged(under if isinstance(under, dict) else {}, value)
        else:
            out[key] = value
    return out


def _without(data: Data, mount: Loc) -> Data:
    """Return the data without what stands at `mount`, which is at most one key deep."""
    return {key: value for key, value in data.items() if key not in mount} if mount else {}


_MOST_SHOWN = 1_000


@dataclass(frozen=True)
class Places:
    """Where every value of a scenario stands; looked up only when asked."""

    layers: tuple[Layer, ...]

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its place: of its value or key, else of its nearest ancestor."""
        if problem.place is not None or not self.layers:
            return problem
        found = list(writers(self.layers, problem.loc))
        deepest = max(found, key=lambda writer: writer.depth)  # the uppermost of equals
        place = deepest.place(problem.loc, at_key=problem.at_key)
        parts = [writer for writer in found if writer.depth == len(problem.loc) > 1]
        if len(parts) == 1 or problem.at_key or not parts:
            return replace(problem, place=place)
        labels = " over ".join(writer.place(problem.loc, at_key=True).label for writer in parts)
        both = f"put together from {labels} (null drops a key)"
        told = problem.message
        message = f"{told} {sentence(both)}" if told.endswith(".") else f"{told}; {both}"
        return replace(problem, place=place, message=message)


def in_reading_order(
    problems: Iterable[Problem],
    places: Places,
    rank: Callable[[str], Any],
    unreported: int = 0,
) -> list[Problem]:
    """Return problems with their places, by file, line and column and without repeats.

    What has the lesser `rank` by the label of its place comes first.

    A flood is cut and counted, with the `unreported` that were left out before.
    """
    distinct = list(dict.fromkeys(problems))
    located = (places.locate(problem) for problem in distinct[:_MOST_SHOWN])

    def key(problem: Problem) -> Any:
        label = problem.place.label if problem.place else ""
        return rank(label), _numbers_apart(label)

    ordered = sorted(located, key=key)
    rest = len(distinct) - len(ordered) + unreported
    return (
        [*ordered, replace(ordered[-1], loc=(), message=f"and {rest:,} more problems")]
        if rest
        else ordered
    )


def _numbers_apart(label: str) -> list[tuple[str, int]]:
    return [(words, int(digits or 0)) for words, digits in re.findall(r"(\D*)(\d*)", label)]
