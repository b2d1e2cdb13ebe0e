"""What differs between two scenarios, and between their answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partnerselect.analysis import Analysis
from partnerselect.errors import Loc, dotted

ABSENT = object()
"""Stands for a key that is not written."""
NOT_COMPARED = frozenset({"sweep", "design"})
"""Keys that ask for other cases and change nothing in this one."""
OTHER_PROGRAMMES = "the programmes are not the same, so the values of the whole cannot be compared"
OTHER_SCALE = "weights, scales or importances differ, so the values are measured differently"
NO_ANSWER = "one of the two has no answer"
SCALE_WORDS = frozenset({"importance", "weights", "weight", "scale"})


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
    """Their titles, in order of name; empty where it is deferred."""
    value: float | None
    own_cost: float | None


@dataclass(frozen=True)
class Answer:
    """What is recommended for the whole."""

    state: str
    programmes: Mapping[str, ProgrammeAnswer]
    """Every programme of the scenario, by id, in file order."""
    value: float | None
    cost: float | None
    own_cost: float | None
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
        return (self.before.partners if self.before else None) != (
            self.after.partners if self.after else None
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
    caution: str
    """Why the values are not, or only with care, to be compared; empty where they may be."""


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], answers: tuple[Answer, Answer]
) -> Comparison:
    """Compare two scenarios, as resolved plain data, and their answers."""
    first, second = answers
    inputs = tuple(input_changes(before, after))
    names = dict.fromkeys([*first.programmes, *second.programmes])
    programmes = tuple(
        ProgrammeChange(name, first.programmes.get(name), second.programmes.get(name))
        for name in names
    )
    gained, caution = _value_gained(inputs, first, second)
    return Comparison(inputs, programmes, first, second, gained, caution)


def answer_of(analysis: Analysis) -> Answer:
    """Return the answer of an analysis."""
    scenario, account = analysis.scenario, analysis.allocation.account
    titles = {name: partner.title for name, partner in scenario.partners.items()}
    programmes = {
        advice.programme: ProgrammeAnswer(
            title=scenario.programmes[advice.programme].title,
            partners=tuple(sorted(titles[name] for name in advice.partners)),
            value=advice.value if account else None,
            own_cost=float(advice.own_cost) if account else None,
        )
        for advice in analysis.recommendation.programmes
    }
    value, cost, own_cost = (
        (account.value, float(account.cost), float(account.own_cost))
        if account
        else (None, None, None)
    )
    return Answer(analysis.allocation.state, programmes, value, cost, own_cost, scenario.currency)


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


def _value_gained(
    inputs: tuple[InputChange, ...], before: Answer, after: Answer
) -> tuple[float | None, str]:
    if before.value is None or after.value is None:
        return None, NO_ANSWER
    if before.programmes.keys() != after.programmes.keys():
        return None, OTHER_PROGRAMMES
    return after.value - before.value, OTHER_SCALE if are_measured_differently(inputs) else ""


def are_measured_differently(inputs: Iterable[InputChange]) -> bool:
    """Tell whether values before and after these changes have different measures."""
    return any(
        SCALE_WORDS & set(change.path.split(".")) or change.path.startswith("stakeholders")
        for change in inputs
    )
