"""Weights from comparisons with the most and the least important criterion (best-worst method)."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from partnerselect.errors import FailureError
from partnerselect.optimiser import Model, Program
from partnerselect.value.weighting.errors import WeightingError, require_names
from partnerselect.words import plain_number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_EXTREME = 1000.0
"""Judgements beyond this (the usual scale ends at 9) are slips of the keyboard."""


@dataclass(frozen=True)
class BestWorst:
    """Weights, and the greatest departure from a judgement (0: all agree)."""

    weights: dict[str, float]
    inconsistency: float


def best_worst(
    best: str,
    worst: str,
    best_to_others: Mapping[str, float],
    others_to_worst: Mapping[str, float],
    *,
    among: Collection[str] | None = None,
) -> BestWorst:
    """Weigh criteria by how many times more the best matters than each, and each than the worst.

    The weights are those whose greatest departure from the judgements is least: a linear programme
    (`max |w_best - a_j w_j|, |w_j - b_j w_worst|`), solved by the optimiser.

    Args:
        best: the criterion that matters most.
        worst: the one that matters least.
        best_to_others: `a_j`, 1 or more, for every criterion; the best itself may be left out.
        others_to_worst: `b_j`, 1 or more, for every criterion; the worst itself may be left out.
        among: the criteria that must be named.

    Raises:
        WeightingError: a name is missing or unknown, a number is below 1 (then the best would be
            beaten or the worst beat another), or best over worst is given two values.

    Source: Rezaei (2016), Omega 64, 126-130.

    """
    names = (
        list(among)
        if among is not None
        else list(dict.fromkeys([best, *best_to_others, *others_to_worst, worst]))
    )
    _require_ends(best, worst, names)
    beaten_by = _judgements(
        "best-to-others",
        best_to_others,
        best,
        names,
        f'but then it matters more than "{best}", which is no longer the best',
    )
    beats = _judgements(
        "others-to-worst",
        others_to_worst,
        worst,
        names,
        f'but then it matters less than "{worst}", which is no longer the worst',
    )
    if beaten_by[worst] != beats[best]:
        message = (
            f"is given twice with different values: {plain_number(beats[best])} here,"
            f" {plain_number(beaten_by[worst])} for"
            f' "{worst}" in best-to-others'
        )
        raise WeightingError(("others-to-worst", best), message)
    pairs = [(best, ratio, name) for name, ratio in beaten_by.items() if name != best]
    pairs += [(name, ratio, worst) for name, ratio in beats.items() if name not in {best, worst}]
    return _solved(names, pairs)


def _require_ends(best: str, worst: str, names: list[str]) -> None:
    for key, name in (("best", best), ("worst", worst)):
        if name not in names:
            raise WeightingError((key,), f'is "{name}", which is not weighed here')
    if best == worst:
        raise WeightingError(("worst",), f'is "{worst}", and so is the best; they must differ')


def _judgements(
    key: str, stated: Mapping[str, float], end: str, names: list[str], but: str
) -> dict[str, float]:
    """Check one side's numbers and add that the end itself matters once as much as itself."""
    require_names({*stated, end}, names, (key,))
    for name, ratio in stated.items():
        if not (isfinite(ratio) and 1 <= ratio <= _EXTREME):
            raise WeightingError(
                (key, name),
                f"must be between 1 and {plain_number(_EXTREME)} (found {plain_number(ratio)})"
                + (f"; {but}" if 0 < ratio < 1 else ""),
            )
    if stated.get(end, 1) != 1:
        raise WeightingError(
            (key, end),
            f'compares "{end}" with itself: that is 1, or left out'
            f" (found {plain_number(stated[end])})",
        )
    return {**stated, end: 1.0}


def _solved(names: list[str], pairs: list[tuple[str, float, str]]) -> BestWorst:
    """Find the weights of least greatest departure from first = ratio x second."""
    program = Program()
    column = {
        name: program.column(f"w{number}", integer=False) for number, name in enumerate(names)
    }
    departure = program.column("departure", integer=False)
    program.row(
        "weights", "sum", [(weight, 1.0) for weight in column.values()], lower=1.0, upper=1.0
    )
    for number, (first, ratio, second) in enumerate(pairs):
        terms = [(column[first], 1.0), (column[second], -ratio)]
        program.row("judgements", f"over{number}", [*terms, (departure, -1.0)], upper=0.0)
        program.row("judgements", f"under{number}", [*terms, (departure, 1.0)], lower=0.0)
    objective = np.zeros(program.size)
    objective[departure] = 1.0
    values = Model(program, objective).solve().values
    if values is None:
        raise FailureError("the solver found no best-worst weights, although there always are some")
    return BestWorst(
        {name: float(values[weight]) for name, weight in column.items()},
        max(0.0, float(values[departure])),
    )
