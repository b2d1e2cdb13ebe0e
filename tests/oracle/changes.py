"""A scenario with one thing changed: the original stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from tests.oracle.levels import needs_of
from tests.oracle.scores import Data
from tests.oracle.totals import IN_ALL

Loc = Sequence[str | int]


def at(scenario: Data, loc: Loc) -> Any:  # whatever a scenario may hold
    """Return what stands at a place; None where nothing does.

    A single limit stands for every phase named below it.
    """
    found: Any = scenario
    for step in loc:
        if not isinstance(found, dict):
            return found
        found = found.get(step)
    return found


def changed(scenario: Data, loc: Loc, value: Any) -> Data:  # whatever a scenario may hold
    """Return a copy with another value at a place."""
    copy = deepcopy(scenario)
    below: Any = copy
    for step in loc[:-1]:
        below = below.setdefault(step, {})
    below[loc[-1]] = value
    return copy


def without(scenario: Data, loc: Loc) -> Data:
    """Return a copy without what stands at a place: a cap of one phase, or of all, becomes `unlimited`, all else goes."""
    if at(scenario, loc) is None:
        message = f"nothing stands at {loc}"
        raise KeyError(message)
    if loc[-1] in {*scenario.get("phases", {}), IN_ALL}:
        return changed(scenario, loc, "unlimited")
    copy = deepcopy(scenario)
    below: Any = copy
    for step in loc[:-1]:
        below = below[step]
    del below[loc[-1]]
    return copy


def group_limits(scenario: Data) -> Iterator[Loc]:
    """Yield the place of every limit on a group of partners."""
    for name, group in scenario["limits"]["groups"].items():
        for what in (key for key in group if key != "tag"):
            yield from (("limits", "groups", name, what, end) for end in group[what])


def with_eligibility_kept(scenario: Data) -> Data:
    """Return a copy in which nobody becomes eligible when a programme's one partner for everything is allowed company."""
    copy = deepcopy(scenario)
    for p, programme in copy["programmes"].items():
        if programme.get("partners", {}).get("max") != 1:
            continue
        for partner in copy["partners"].values():
            if not set(needs_of(programme)) <= set(partner["offers"]):
                partner.setdefault("for", {}).setdefault(p, {})["excluded"] = "offers not all"
    return copy
