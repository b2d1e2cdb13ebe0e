"""Weights from comparisons with the most and the least important criterion (best-worst method)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from partnerselect import optimiser
from partnerselect.errors import FailureError
from partnerselect.value.point_weights import Mend, WeightingError
from partnerselect.words import plain_number

_SIDES = {"best-to-others": ("more", "best"), "others-to-worst": ("less", "worst")}
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
) -> BestWorst:
    """Weigh criteria by how many times more the best matters than each, and each than the worst.

    The weights are those whose greatest departure from the judgements is least: a linear programme
    (`max |w_best - a_j w_j|, |w_j - b_j w_worst|`), solved by the optimiser.

    Args:
        best: the criterion that matters most.
        worst: the one that matters least.
        best_to_others: `a_j`, 1 or more, for every criterion; the best itself may be left out.
        others_to_worst: `b_j`, 1 or more, for every criterion; the worst itself may be left out.

    Raises:
        WeightingError: a name is missing on one side, a number is below 1 (then the best would be
            beaten or the worst beat another), or best over worst is given two values.

    Source: Rezaei (2016), Omega 64, 126-130.

    """
    if best == worst:
        raise WeightingError(("worst",), f'is "{worst}", and so is the best; they must differ')
    names = list(dict.fromkeys([best, *best_to_others, *others_to_worst, worst]))
    beaten_by = _judgements("best-to-others", best_to_others, best, names)
    beats = _judgements("others-to-worst", others_to_worst, worst, names)
    if beaten_by[worst] != beats[best]:
        raise WeightingError(
            ("others-to-worst", best),
            f"is given twice with different values: {plain_number(beats[best])} here,"
            f' {plain_number(beaten_by[worst])} for "{worst}" in best-to-others',
        )
    pairs = [(best, ratio, name) for name, ratio in beaten_by.items() if name != best]
    pairs += [(name, ratio, worst) for name, ratio in beats.items() if name not in {best, worst}]
    return _solved(names, pairs)


def _judgements(
    key: str, stated: Mapping[str, float], end: str, names: list[str]
) -> dict[str, float]:
    """Check one side's numbers and add that the end itself matters once as much as itself."""
    if missing := [f'"{name}"' for name in names if name not in {*stated, end}]:
        raise WeightingError(
            (key,), f"misses {', '.join(missing)}; every criterion weighed here must be named"
        )
    comparison, role = _SIDES[key]
    beaten = f'; but then it matters {comparison} than "{end}", which is no longer the {role}'
    for name, ratio in stated.items():
        if not (isfinite(ratio) and 1 <= ratio <= _EXTREME):
            raise WeightingError(
                (key, name),
                f"must be between 1 and {plain_number(_EXTREME)} (found {plain_number(ratio)})"
                + (beaten if 0 < ratio < 1 else ""),
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
    program = optimiser.Program()
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
    values = optimiser.Model(program, objective).solve().values
    if values is None:
        raise FailureError("the solver found no best-worst weights, although there always are some")
    return BestWorst(
        {name: float(values[weight]) for name, weight in column.items()},
        max(0.0, float(values[departure])),
    )


LIANG = "Liang, Brunelli & Rezaei (2020)"
_THRESHOLDS = {
    2: (0.0,) * 7,
    3: (0.1667,) * 7,
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
"""Their table 3: by best over worst, then for 3 to 9 criteria."""
_FEWEST, _MOST = 3, 9
_ROUNDING = 1e-9


@dataclass(frozen=True)
class InputConsistency:
    """How far best over each, times each over worst, departs from best over worst.

    `consistency_ratio` is 0 where all fit, 1 at most while no judgement exceeds best over worst,
    and None where best over worst is 1 although others differ. `acceptable` is None where no
    threshold is known; then, as for an undefined ratio, `reason` says why. `mend` is there only
    where the ratio is too high.
    """

    consistency_ratio: float | None
    threshold: float | None
    acceptable: bool | None
    reason: str = ""
    mend: Mend | None = None


def input_consistency(
    best: str, worst: str, best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float]
) -> InputConsistency:
    """Return the input-based consistency ratio against its threshold.

    `max |a_Bj a_jW − a_BW| / (a_BW² − a_BW)`.

    Args:
        best: the criterion that matters most.
        worst: the one that matters least.
        best_to_others: `a_Bj`, as `best_worst` has checked them.
        others_to_worst: `a_jW`, likewise.

    Source: Liang, Brunelli & Rezaei (2020), Omega 96, 102175; a fractional best over worst takes
    the threshold of the whole number below.
    """
    whole = best_to_others[worst]
    pairs = {
        name: (best_to_others[name], others_to_worst[name])
        for name in best_to_others
        if name not in {best, worst}
    }
    if whole == 1:
        return _all_alike(pairs)
    misfits = {name: _misfit(pair, whole) for name, pair in pairs.items()}
    ratio = max(misfits.values(), default=0.0)
    threshold = _threshold(len(pairs) + 2, whole)
    if ratio <= (threshold or 0.0) + _ROUNDING:
        return InputConsistency(ratio, threshold, acceptable=True)
    if threshold is None:
        limits = f"{_FEWEST} to {_MOST} criteria, the best up to {_MOST} times the worst"
        return InputConsistency(
            ratio, None, acceptable=None, reason=f"{LIANG} give thresholds only for {limits}"
        )
    return InputConsistency(ratio, threshold, acceptable=False, mend=_mend(misfits, pairs, whole))


def _all_alike(pairs: Mapping[str, tuple[float, float]]) -> InputConsistency:
    """Judge where the best is said to matter as much as the worst."""
    if all(pair == (1, 1) for pair in pairs.values()):
        return InputConsistency(0.0, None, acceptable=True)
    return InputConsistency(
        None,
        None,
        acceptable=False,
        reason="the best is said to matter as much as the worst, and yet not all matter the same",
    )


def _misfit(pair: tuple[float, float], whole: float) -> float:
    return abs(pair[0] * pair[1] - whole) / (whole**2 - whole)


def _threshold(criteria: int, whole: float) -> float | None:
    # the table begins at 2
    row = _THRESHOLDS.get(int(whole), (0.0,) * 7 if whole < 2 else None)  # noqa: PLR2004
    return row[criteria - _FEWEST] if row is not None and _FEWEST <= criteria <= _MOST else None


def _mend(
    misfits: Mapping[str, float], pairs: Mapping[str, tuple[float, float]], whole: float
) -> Mend:
    """Let the judgement that fits worst say what the other implies, not less than 1."""
    name = max(misfits, key=lambda one: misfits[one])
    rest = max((misfit for other, misfit in misfits.items() if other != name), default=0.0)
    from_best, to_worst = pairs[name]
    to_worst_implied, from_best_implied = max(1.0, whole / from_best), max(1.0, whole / to_worst)
    options = [
        Mend((side, name), stated, implied, max(rest, _misfit(pair, whole)))
        for side, stated, implied, pair in (
            ("others-to-worst", to_worst, to_worst_implied, (from_best, to_worst_implied)),
            ("best-to-others", from_best, from_best_implied, (from_best_implied, to_worst)),
        )
    ]
    return min(options, key=lambda mend: mend.consistency_ratio)
