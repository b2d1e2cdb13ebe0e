"""What a scenario is put together from: layers of plain data, one written over another.

A layer is a file, or a score table. The same list of layers gives the resolved data (`folded`) and,
when a problem needs it, the layer that wrote a value (`writers`); no copy of the data has to
remember its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from partnerselect.errors import Loc, Place

Data = dict[str, Any]


class Placed(Protocol):
    """Whatever can say where its values stand."""

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Return the place of the value at `loc`, or of its nearest ancestor."""


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
        inside = loc[len(self.layer.mount) : self.depth]
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
