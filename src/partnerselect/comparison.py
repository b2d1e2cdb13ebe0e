"""What differs between two scenarios, and between their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from partnerselect.allocation import (
    NOBODY,
    account,
    amounts_in_all,
    amounts_of_programme,
    importance,
)
from partnerselect.analysis import Analysis
from partnerselect.arrays import FloatArray
from partnerselect.errors import Loc, dotted
from partnerselect.model import Role, Scenario, keys_for, programme_of
from partnerselect.value import PerformanceTable, Scores, weights_changed

SAME = 1e-9
ABSENT = object()
"""Stands for a key that is not written."""
NOT_COMPARED = keys_for(Role.CASES)
"""Keys that ask for other cases and change nothing in this one."""


class Incomparable(StrEnum):
    """Why the values of two choices are not subtracted."""

    NO_ANSWER = "one of the two has no answer"
    OTHER_PROGRAMMES = (
        "the programmes are not the same, so the values of the whole cannot be compared"
    )
    OTHER_MEASURE = "weights, scales or importances differ, so the values cannot be compared"


class Measured(Protocol):
    """Partners that are scored: an analysis, or less than one."""

    @property
    def scenario(self) -> Scenario: ...  # noqa: D102 - as of an analysis
    @property
    def table(self) -> PerformanceTable: ...  # noqa: D102 - as above
    @property
    def scores(self) -> Scores: ...  # noqa: D102 - as above


@dataclass(frozen=True)
class InputChange:
    """One value that is not the same; None where it is not written on that side."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ProgrammeAnswer:
    """What is recommended for one programme."""

    title: str
    partners: tuple[str, ...]
    """Their titles, most days first, the last with its level; empty where it is deferred."""
    value: float | None
    amounts: Mapping[str, float | None]
    """By the keys of `allocation.AMOUNTS`."""
    team: tuple[str, ...]
    """The same partners in order of name, to be compared."""


@dataclass(frozen=True)
class Answer:
    """What is recommended for the whole."""

    state: str
    programmes: Mapping[str, ProgrammeAnswer]
    """Every programme of the scenario, by id, in file order."""
    value: float | None
    amounts: Mapping[str, float | None]
    currency: str

    @property
    def deferred(self) -> tuple[str, ...]:
        """The programmes that do not run."""
        return (
            tuple(name for name, programme in self.programmes.items() if not programme.partners)
            if self.value is not None
            else ()
        )


@dataclass(frozen=True)
class ProgrammeChange:
    """One programme, in both answers; None where that scenario does not have it."""

    programme: str
    before: ProgrammeAnswer | None
    after: ProgrammeAnswer | None

    @property
    def title(self) -> str:
        """What the programme is called, as the later scenario has it."""
        known = self.after or self.before
        return known.title if known else self.programme

    @property
    def has_other_partners(self) -> bool:
        """Whether somebody else does it now, or nobody, or for the first time."""
        return (self.before.team if self.before else None) != (
            self.after.team if self.after else None
        )


@dataclass(frozen=True)
class Comparison:
    """Everything that differs."""

    inputs: tuple[InputChange, ...]
    programmes: tuple[ProgrammeChange, ...]
    """Every programme of either, changed or not."""
    before: Answer
    after: Answer
    value_gained: float | None
    """Portfolio value after, less before; None where the two cannot be subtracted."""
    why_not: Incomparable | None
    """Why the two cannot be subtracted."""
    measured_as_before: tuple[float, float] | None = None
    """What both choices are worth by the measure of before, where the measures differ."""
    measured_as_after: tuple[float, float] | None = None
    """The same by the measure of after."""
    illustrative: bool = False
    """Whether the figures of either are made up."""
    weights_changed: str = ""
    """Which weights of either were changed once fixed."""


def compare(before: Analysis, after: Analysis) -> Comparison:
    """Compare two scenarios and their answers."""
    first, second = answer_of(before), answer_of(after)
    names = dict.fromkeys([*first.programmes, *second.programmes])
    programmes = tuple(
        ProgrammeChange(name, first.programmes.get(name), second.programmes.get(name))
        for name in names
    )
    inputs = tuple(input_changes(before.scenario.data, after.scenario.data))
    why_not = _incomparable(before, after)
    gained = None
    if why_not is None and first.value is not None and second.value is not None:
        gained = second.value - first.value
    is_remeasured = why_not is Incomparable.OTHER_MEASURE
    return Comparison(
        inputs,
        programmes,
        first,
        second,
        gained,
        why_not,
        _both_by(before, before, after) if is_remeasured else None,
        _both_by(after, before, after) if is_remeasured else None,
        before.scenario.illustrative or after.scenario.illustrative,
        weights_changed(before.scenario, after.scenario),
    )


def _incomparable(before: Analysis, after: Analysis) -> Incomparable | None:
    if before.allocation.account is None or after.allocation.account is None:
        return Incomparable.NO_ANSWER
    if before.scenario.programmes.keys() != after.scenario.programmes.keys():
        return Incomparable.OTHER_PROGRAMMES
    return None if are_measured_alike(before, after) else Incomparable.OTHER_MEASURE


def are_measured_alike(one: Measured, other: Measured) -> bool:
    """Tell whether values of both have one measure: the same weights, scales and importances."""
    if one.scenario.programmes.keys() != other.scenario.programmes.keys():
        return False
    scales = [
        {name: (leaf.scale, leaf.from_) for name, leaf in of.scenario.criteria.leaves.items()}
        for of in (one, other)
    ]
    return scales[0] == scales[1] and all(
        np.allclose(_by_name(one, read), _by_name(other, read), equal_nan=True, atol=SAME)
        for read in (
            lambda of: of.scores.weights,
            lambda of: of.table.ends,
            lambda of: np.repeat(importance(of.scenario)[:, None], len(of.table.criteria), axis=1),
        )
    )


def _by_name(of: Measured, read: Callable[[Measured], FloatArray]) -> FloatArray:
    """Return an array over programmes and criteria with both in order of their names."""
    programmes, criteria = of.table.workload.programmes, of.table.criteria
    p = sorted(range(len(programmes)), key=programmes.__getitem__)
    c = sorted(range(len(criteria)), key=criteria.__getitem__)
    return np.asarray(read(of)[p][:, c])


def _both_by(measure: Analysis, before: Analysis, after: Analysis) -> tuple[float, float] | None:
    found = tuple(value_by(measure, one) for one in (before, after))
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def value_by(measure: Measured, choice: Analysis) -> float | None:
    """Return what a choice is worth by the weights and scores of another scenario.

    None where that scenario does not know all its needs and partners.
    """
    work, made = measure.table.workload, choice.table.workload
    if choice.allocation.chosen is None or set(work.needs) != set(made.needs):
        return None
    chosen = np.full(len(work.needs), NOBODY)
    for need, k in zip(made.needs, choice.allocation.chosen.tolist(), strict=True):
        if k != NOBODY and made.partners[k] not in work.partners:
            return None
        if k != NOBODY:
            chosen[work.needs.index(need)] = work.partners.index(made.partners[k])
    return account(measure.scenario, work, measure.scores, chosen).value


def answer_of(analysis: Analysis) -> Answer:
    """Return the answer of an analysis."""
    scenario, account = analysis.scenario, analysis.allocation.account
    titles = scenario.partner_titles
    programmes = {
        programme_of(advice.programme): ProgrammeAnswer(
            title=scenario.programme_title(programme_of(advice.programme)),
            partners=scenario.at_level(
                [titles[name] for name in advice.partners], advice.programme
            ),
            team=scenario.at_level(
                sorted(titles[name] for name in advice.partners), advice.programme
            ),
            value=advice.value if account else None,
            amounts=amounts_of_programme(scenario, account, advice.programme),
        )
        for advice in analysis.recommendation.programmes
    }
    return Answer(
        analysis.allocation.state,
        programmes,
        account.value if account else None,
        amounts_in_all(scenario, account),
        scenario.currency,
    )


def input_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[InputChange]:
    """Yield every value that differs, at the uppermost key that one of the two does not have."""
    kept = [
        {key: value for key, value in data.items() if key not in NOT_COMPARED}
        for data in (before, after)
    ]
    yield from _differences(kept[0], kept[1], ())


# plain data of any shape
def _differences(before: Any, after: Any, loc: Loc) -> Iterator[InputChange]:  # noqa: ANN401
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from _differences(before.get(key, ABSENT), after.get(key, ABSENT), (*loc, key))
    elif before is ABSENT or after is ABSENT or before != after:
        yield InputChange(
            dotted(loc), None if before is ABSENT else before, None if after is ABSENT else after
        )
