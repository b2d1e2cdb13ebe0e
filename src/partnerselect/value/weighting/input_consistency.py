"""Whether best-worst judgements fit together, before any weight is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
class MisfitMend:
    """The judgement that hurts most, what the others imply, and the ratio if it said that."""

    key: tuple[str, str]
    """`best-to-others` or `others-to-worst`, and the criterion."""
    stated: float
    implied: float
    consistency_ratio: float


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
    mend: MisfitMend | None = None


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
        if all(pair == (1, 1) for pair in pairs.values()):
            return InputConsistency(0.0, None, acceptable=True)
        return InputConsistency(
            None,
            None,
            acceptable=False,
            reason=(
                "the best is said to matter as much as the worst, and yet not all matter the same"
            ),
        )
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


def _misfit(pair: tuple[float, float], whole: float) -> float:
    return abs(pair[0] * pair[1] - whole) / (whole**2 - whole)


def _threshold(criteria: int, whole: float) -> float | None:
    # the table begins at 2
    row = _THRESHOLDS.get(int(whole), (0.0,) * 7 if whole < 2 else None)  # noqa: PLR2004
    return row[criteria - _FEWEST] if row is not None and _FEWEST <= criteria <= _MOST else None


def _mend(
    misfits: Mapping[str, float], pairs: Mapping[str, tuple[float, float]], whole: float
) -> MisfitMend:
    """Let the judgement that fits worst say what the other implies, not less than 1."""
    name = max(misfits, key=lambda one: misfits[one])
    rest = max((misfit for other, misfit in misfits.items() if other != name), default=0.0)
    from_best, to_worst = pairs[name]
    to_worst_implied, from_best_implied = max(1.0, whole / from_best), max(1.0, whole / to_worst)
    options = [
        MisfitMend(
            ("others-to-worst", name),
            to_worst,
            to_worst_implied,
            max(rest, _misfit((from_best, to_worst_implied), whole)),
        ),
        MisfitMend(
            ("best-to-others", name),
            from_best,
            from_best_implied,
            max(rest, _misfit((from_best_implied, to_worst), whole)),
        ),
    ]
    return min(options, key=lambda mend: mend.consistency_ratio)
