"""Everything that can be moved, what differs from the saved scenario, and moving it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from partnerselect.errors import InputError, dotted
from partnerselect.latest import latest
from partnerselect.model import Scenario, value_at
from partnerselect.value import have_the_same_table
from partnerselect.what_if.changes import WhatIf
from partnerselect.what_if.choice_levers import (
    gate_levers,
    partner_levers,
    programme_levers,
    score_levers,
)
from partnerselect.what_if.lever import Lever
from partnerselect.what_if.limit_levers import capacity_levers, limit_levers
from partnerselect.what_if.weight_levers import weight_levers

OWNERS = frozenset({"partners", "programmes", "plans"})
"""Mappings in which everything has a title."""


NOT_THERE = "not there"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as saved."""

    key: str
    about: str
    before: str
    after: str

    def __str__(self) -> str:
        """Render as a reader would say it."""
        if self.before == NOT_THERE:
            return f"{self.about}: {self.after}"
        return f"{self.about} {self.before} → {self.after}"


def words_but_plans(found: Iterable[Difference]) -> list[str]:
    """Say what is not as saved besides plans that were kept."""
    return [str(one) for one in found if not one.key.startswith("plans.")]


def levers(scenario: Scenario, programme: str) -> tuple[Lever, ...]:
    """Return every lever, group by group.

    Weights of its own and scores are those of one programme.
    """
    return tuple(_levers(scenario, [programme]))


def _levers(scenario: Scenario, programmes: Iterable[str]) -> Iterable[Lever]:
    known = [name for name in programmes if name in scenario.programmes]
    of_each: list[str | None] = [*known] or [None]
    yield from {
        lever.key: lever for name in of_each for lever in weight_levers(scenario, name)
    }.values()
    yield from _of_no_programme(scenario)
    for name in known:
        yield from _scores((scenario, name))
    yield from _capacities(scenario)


@latest(3)
def _of_no_programme(scenario: Scenario) -> tuple[Lever, ...]:
    """Return what stands between the weights and the scores, whichever programme they are of."""
    return (
        *limit_levers(scenario),
        *gate_levers(scenario),
        *partner_levers(scenario),
        *programme_levers(scenario),
    )


@latest(4, alike=lambda one, other: one[1] == other[1] and have_the_same_table(one[0], other[0]))
def _scores(of: tuple[Scenario, str]) -> tuple[Lever, ...]:
    return tuple(score_levers(*of))


@latest(3, alike=lambda one, other: one.partners == other.partners)
def _capacities(scenario: Scenario) -> tuple[Lever, ...]:
    return tuple(capacity_levers(scenario))


@latest(3)
def differences(whatif: WhatIf) -> tuple[Difference, ...]:
    """Return what is not as saved, in words; what no lever is about by its path."""
    if not whatif.changes:
        return ()
    programmes = _programmes(whatif)
    now = {lever.key: lever for lever in _levers(whatif.scenario, programmes)}
    saved = {lever.key: lever for lever in _levers(whatif.saved, programmes)}
    found = [
        Difference(key, lever.about, saved[key].shown if key in saved else NOT_THERE, lever.shown)
        for key, lever in now.items()
        if key not in saved or saved[key].shown != lever.shown
    ]
    touched = {path for lever in now.values() for path in lever.changes(lever.value)}
    other = [
        path
        for path in whatif.changes
        if path not in touched and not any(key.startswith(f"{path}.") for key in now)
    ]
    return (
        *found,
        *(_unlevered(whatif, path) for path in other),
    )


def _unlevered(whatif: WhatIf, path: str) -> Difference:
    """Return a difference that no lever makes, named by the partner or programme it is in."""
    loc = whatif.saved.loc(path)
    before, after = value_at(whatif.saved.data, loc), whatif.changes[path]
    owners = getattr(whatif.scenario, str(loc[0])) if loc[0] in OWNERS else {}
    about = "Who is committed" if path == "committed" else path
    if len(loc) > 1 and loc[1] in owners:
        title = owners[loc[1]].title
        named = f"Plan “{title}”" if loc[0] == "plans" else title
        about = ": ".join((named, *filter(None, [dotted(loc[2:])])))
    if before is None:
        return Difference(
            path, about, NOT_THERE, "added" if isinstance(after, dict) else _short(after)
        )
    return Difference(path, about, _short(before), _short(after))


def _programmes(whatif: WhatIf) -> list[str]:
    """Return the programmes whose own scores or weights are changed."""
    found = dict.fromkeys("")
    for path in whatif.changes:
        loc = whatif.saved.loc(path)
        if loc[0] == "partners" and "for" in loc:
            found[str(loc[loc.index("for") + 1])] = None
        if loc[0] == "programmes" and "weights" in loc:
            found[str(loc[1])] = None
    return list(found)


def _short(value: Any) -> str:  # noqa: ANN401 - whatever a file may hold
    if isinstance(value, dict) and "score" in value:
        return _short(value["score"])
    return (
        "left out"
        if value is None
        else str(value)
        if isinstance(value, str | int | float)
        else "changed"
    )


# a number, a level, a status
def moved(whatif: WhatIf, lever: Lever, value: Any) -> WhatIf:  # noqa: ANN401
    """Set a lever; back where it was saved, it is no change.

    Raises:
        InputError: the scenario does not allow it.
    """
    changed = whatif.changed(lever.changes(value))
    if changed is whatif or any(difference.key == lever.key for difference in differences(changed)):
        return changed
    return _as_one_step(whatif, _back(changed, lever))


def put_back(whatif: WhatIf, lever: Lever) -> WhatIf:
    """Set a lever as it is saved.

    Raises InputError where the other changes do not stand without it.
    """
    saved = next(
        (
            other
            for other in _levers(whatif.saved, [lever.of] if lever.of else _programmes(whatif))
            if other.key == lever.key
        ),
        None,
    )
    if saved is None or _stands_alone(whatif, lever):
        return _back(whatif, lever)
    return moved(whatif, lever, saved.value)


def _stands_alone(whatif: WhatIf, lever: Lever) -> bool:
    """Tell whether its changes can be taken back without touching another lever."""
    return lever.is_alone and not any(lever.key.startswith(f"{path}.") for path in whatif.changes)


def _back(whatif: WhatIf, lever: Lever) -> WhatIf:
    """Take back what a lever changed; all of it where nothing else differs."""
    if not differences(whatif):
        return whatif.reset()
    try:
        return (
            whatif.without(tuple(lever.changes(lever.value)))
            if _stands_alone(whatif, lever)
            else whatif
        )
    except InputError:
        return whatif


def _as_one_step(before: WhatIf, after: WhatIf) -> WhatIf:
    """Return a later state as if one step had led to it."""
    return (
        before
        if after.changes == before.changes
        else WhatIf(before.saved, after.changes, (*before.past, before.changes))
    )
