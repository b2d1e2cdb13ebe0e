"""A what-if: the saved scenario, the changes made to it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from partnerselect.errors import InputError, Loc
from partnerselect.model import Scenario, value_at

Changes = Mapping[str, Any]
"""Path in the scenario to its new value, in the order made; None removes the key."""


@dataclass(frozen=True)
class WhatIf:
    """A saved scenario and what is changed in it; every step can be undone."""

    saved: Scenario
    changes: Changes = field(default_factory=dict)
    past: tuple[Changes, ...] = ()
    future: tuple[Changes, ...] = ()
    told: tuple[str, ...] = ()
    """What of the step gone to no longer fits the file."""
    scenario: Scenario = field(init=False)
    """The saved scenario with the changes made."""

    def __post_init__(self) -> None:
        """Raises InputError: the scenario does not allow the changes."""
        object.__setattr__(
            self,
            "scenario",
            self.saved.with_changes(dict(self.changes)) if self.changes else self.saved,
        )

    def changed(self, changes: Changes) -> WhatIf:
        """Make further changes as one step; a value that is again as saved is no change.

        Raises:
            InputError: the scenario does not allow them; this what-if stays as it is.
        """
        merged = dict(self.changes)
        for path, value in changes.items():
            merged = self._merged(merged, path, value)
        if merged == self.changes:
            return self
        return WhatIf(self.saved, merged, (*self.past, self.changes))

    # whatever stands in a file
    def _merged(self, changes: dict[str, Any], path: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
        loc = self.saved.loc(path)
        kept = {
            other: was for other, was in changes.items() if not _within(self.saved.loc(other), loc)
        }
        is_inside_a_change = any(_within(loc, self.saved.loc(other)) for other in kept)
        if is_inside_a_change or value != value_at(self.saved.data, loc):
            kept[path] = value
        return kept

    def without(self, paths_left: tuple[str, ...]) -> WhatIf:
        """Take changes back, as one step.

        Raises InputError where the others do not stand without them.
        """
        locs = [self.saved.loc(path) for path in paths_left]
        kept = {
            path: value
            for path, value in self.changes.items()
            if not any(_within(self.saved.loc(path), loc) for loc in locs)
        }
        return (
            self
            if len(kept) == len(self.changes)
            else WhatIf(self.saved, kept, (*self.past, self.changes))
        )

    @property
    def all_but_plans(self) -> dict[str, Any]:
        """What takes every change back except plans that were kept."""
        locs = {path: self.saved.loc(path) for path in self.changes}
        return {
            path: value_at(self.saved.data, loc) for path, loc in locs.items() if loc[0] != "plans"
        }

    def reset(self) -> WhatIf:
        """Take every change back, as one step."""
        return WhatIf(self.saved, {}, (*self.past, self.changes)) if self.changes else self

    def undone(self) -> WhatIf:
        """Go one step back; nothing happens at the beginning."""
        return (
            self._at(self.past[-1], self.past[:-1], (self.changes, *self.future))
            if self.past
            else self
        )

    def redone(self) -> WhatIf:
        """Go one step forward again; nothing happens at the end."""
        return (
            self._at(self.future[0], (*self.past, self.changes), self.future[1:])
            if self.future
            else self
        )

    def _at(self, step: Changes, past: tuple[Changes, ...], future: tuple[Changes, ...]) -> WhatIf:
        """Return the what-if at a step.

        Of one made before the file was saved anew, with what still fits.
        """
        merged = dict[str, Any]()
        try:
            for path, value in step.items():
                merged = self._merged(merged, path, value)
            return WhatIf(self.saved, merged, past, future)
        except InputError:
            fitting, told = made_on(self.saved, step)
            return WhatIf(self.saved, fitting.changes, past, future, told)

    def forgetting(self) -> WhatIf:
        """Keep the changes, and not the steps that led to them."""
        return replace(self, past=(), future=(), told=())


def made_on(saved: Scenario, changes: Changes) -> tuple[WhatIf, tuple[str, ...]]:
    """Make changes again on another state of the scenario, one by one.

    Returns:
        The what-if with those that still fit, and a sentence for each that does not.
    """
    whatif, told = WhatIf(saved), list[str]()
    for path, value in changes.items():
        try:
            whatif = whatif.changed({path: value})
        except InputError as error:
            told.append(f"{path} is as in the file again: {sentence(error)}")
    return whatif.forgetting(), tuple(told)


def carried_over(whatif: WhatIf, saved: Scenario) -> tuple[WhatIf, tuple[str, ...]]:
    """Make the changes of a what-if on another state of its scenario, as `made_on` does.

    The steps that led to them can still be undone and done again.
    """
    now, told = made_on(saved, whatif.changes)
    return WhatIf(saved, now.changes, whatif.past, whatif.future), told


def sentence(error: InputError) -> str:
    """Return what is wrong with a change, as one sentence."""
    return "; ".join(
        dict.fromkeys(
            f"{problem.path}: {problem.message}" if problem.loc else problem.message
            for problem in error.problems
        )
    )


def overlay(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file that extends `before` has to say to mean `after`."""
    out: dict[str, Any] = {key: None for key in before if key not in after}
    for key, value in after.items():
        was = before.get(key)
        if isinstance(value, Mapping) and isinstance(was, Mapping):
            if inside := overlay(was, value):
                out[key] = inside
        elif key not in before or was != value:
            out[key] = value
    return out


def _within(loc: Loc, outer: Loc) -> bool:
    return loc[: len(outer)] == outer
