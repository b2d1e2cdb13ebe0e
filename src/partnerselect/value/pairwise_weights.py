"""Weights from pairwise judgements (AHP), complete or not, with their consistency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.value.point_weights import Mend, WeightingError
from partnerselect.words import plain_number

ACCEPTABLE = 0.10
"""Consistency ratio up to which Saaty accepts judgements as they stand."""
_EXTREME = 1000.0
"""Judgements beyond this (Saaty's scale ends at 9) are slips and overflow the arithmetic."""
_SAME = 0.02
"""How far a judgement given both ways may be from its reciprocal: 0.33 is meant as 1/3."""
_FEWEST_FOR_A_CYCLE = 3


@dataclass(frozen=True)
class RandomIndex:
    """Mean consistency index of random judgements, by number of criteria from 1 up.

    The source it is quoted by.
    """

    source: str
    by_size: tuple[float, ...]

    def of(self, size: int, missing: int) -> float | None:
        """Return the index for `size` criteria with `missing` judgements.

        None beyond the table, 0 where none can contradict.

        Source: for missing judgements Ágoston & Csató (2022), Omega 108: nearly linear in their
        number. They fill gaps so that the eigenvalue is least; Harker's is no smaller, so this errs
        on the strict side.

        """
        if size > len(self.by_size):
            return None
        spare = (size - 1) * (size - 2) / 2
        return self.by_size[size - 1] * (1 - missing / spare) if spare else 0.0


SAATY = RandomIndex(
    "Saaty (1980)",
    (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
)


@dataclass(frozen=True)
class Pairwise:
    """Weights with their consistency.

    `consistency_ratio` is None, and `reason` says why, where no judgement can be checked against
    another or the random index has no entry. `mend` is there only above `ACCEPTABLE`.
    """

    weights: dict[str, float]
    principal_eigenvalue: float
    consistency_index: float
    consistency_ratio: float | None
    random_index: str
    missing: int
    reason: str = ""
    mend: Mend | None = None


def pairwise(judgements: Mapping[str, float], *, random_index: RandomIndex = SAATY) -> Pairwise:
    """Weigh criteria by judgements such as `{"value over cost": 3}`.

    Not every pair need be judged, as long as judgements lead from each criterion to every other.

    Raises:
        WeightingError: a judgement cannot be read, is not positive, contradicts its reverse or is
            of a criterion over itself; the names fall into unconnected parts.

    Source: Saaty (1980), The Analytic Hierarchy Process; for missing judgements Harker (1987),
    Mathematical Modelling 9(11).

    """
    pairs = _read(judgements)
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    ratios = np.zeros((len(names), len(names)))
    for (first, second), ratio in pairs.items():
        row, column = names.index(first), names.index(second)
        ratios[row, column], ratios[column, row] = ratio, 1 / ratio
    _require_connection(ratios, names)
    return _weighed(ratios, names, pairs, random_index)


def _read(judgements: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Read `first over second` keys; a judgement given both ways is kept once."""
    pairs: dict[tuple[str, str], float] = {}
    for words, ratio in judgements.items():
        key = ("judgements", words)
        match = re.fullmatch(r"(\S+) over (\S+)", words)
        if match is None:
            raise WeightingError(key, 'must be named "FIRST over SECOND"')
        first, second = match.groups()
        if first == second:
            raise WeightingError(key, f'judges "{first}" against itself; leave it out')
        if not (isfinite(ratio) and 1 / _EXTREME <= ratio <= _EXTREME):
            raise WeightingError(
                key,
                f"must be a positive number between 1/{plain_number(_EXTREME)} and"
                f" {plain_number(_EXTREME)} (found"
                f" {plain_number(ratio)}); the usual scale is 1/9 to 9",
            )
        reverse = pairs.get((second, first))
        if reverse is None:
            pairs[first, second] = ratio
        elif abs(reverse * ratio - 1) > _SAME:
            raise WeightingError(
                key,
                f"is given twice with different values: {plain_number(ratio)} here,"
                f' {plain_number(reverse)} in "{second}'
                f' over {first}"',
            )
    if not pairs:
        raise WeightingError(("judgements",), "must hold at least one judgement")
    return pairs


def _require_connection(ratios: FloatArray, names: list[str]) -> None:
    reached = _reached(ratios)
    if len(reached) < len(names):
        inside = ", ".join(f'"{names[index]}"' for index in sorted(reached))
        outside = ", ".join(f'"{name}"' for index, name in enumerate(names) if index not in reached)
        raise WeightingError(
            ("judgements",),
            f"nothing connects {inside} with {outside}; add a judgement between them",
        )


def _reached(ratios: FloatArray) -> set[int]:
    """Return what judgements lead to from the first criterion."""
    reached, edge = {0}, [0]
    while edge:
        found = {int(index) for index in np.flatnonzero(ratios[edge.pop()])} - reached
        reached |= found
        edge.extend(found)
    return reached


def _weighed(
    ratios: FloatArray,
    names: list[str],
    pairs: Iterable[tuple[str, str]],
    random_index: RandomIndex,
) -> Pairwise:
    """Solve and judge a reciprocal matrix with zeros on the diagonal and for missing judgements."""
    size = len(names)
    missing = (size * (size - 1) - int(np.count_nonzero(ratios))) // 2
    weights, eigenvalue = principal_eigenvector(ratios)
    index = consistency_index(eigenvalue, size)
    random = random_index.of(size, missing)
    ratio = index / random if random else None
    return Pairwise(
        dict(zip(names, weights.tolist(), strict=True)),
        eigenvalue,
        index,
        ratio,
        random_index.source,
        missing,
        reason=_unchecked(size, random, random_index),
        mend=_mend(ratios, names, pairs, random)
        if random and ratio is not None and ratio > ACCEPTABLE
        else None,
    )


def _unchecked(size: int, random: float | None, random_index: RandomIndex) -> str:
    if random is None:
        return (
            f"{random_index.source} gives the random index for up to {len(random_index.by_size)}"
            f" criteria, not for {size}"
        )
    return (
        ""
        if random
        else "no judgement can be checked against another: there are just enough of them"
    )


def principal_eigenvector(ratios: FloatArray) -> tuple[FloatArray, float]:
    """Return the weights, summing to 1, and the eigenvalue of a reciprocal matrix.

    0 stands for a missing judgement.

    Each missing judgement counts as the ratio of the weights that result: it adds 1 to the diagonal
    of its row.

    Source: Harker (1987), Mathematical Modelling 9(11), 837-848.

    """
    size = len(ratios)
    filled = ratios.copy()
    np.fill_diagonal(filled, 0.0)
    np.fill_diagonal(filled, size - np.count_nonzero(filled, axis=1))
    eigenvalues, vectors = np.linalg.eig(filled)
    greatest = int(np.argmax(eigenvalues.real))
    weights: FloatArray = np.abs(vectors[:, greatest].real)
    return weights / np.sum(weights), float(eigenvalues[greatest].real)


def consistency_index(eigenvalue: float, size: int) -> float:
    """Return how far the eigenvalue exceeds the number of criteria, per further criterion.

    Source: Saaty (1980).

    """
    return max(0.0, (eigenvalue - size) / (size - 1)) if size >= _FEWEST_FOR_A_CYCLE else 0.0


def _mend(
    ratios: FloatArray, names: list[str], pairs: Iterable[tuple[str, str]], random: float
) -> Mend | None:
    """Replace each judgement in turn by what the others imply.

    Return the one after which they agree best.
    """
    mends = [
        Mend(
            ("judgements", f"{first} over {second}"),
            float(ratios[names.index(first), names.index(second)]),
            implied,
            index / random,
        )
        for first, second in pairs
        for implied, index in _implied(ratios, names.index(first), names.index(second))
    ]
    return min(mends, key=lambda mend: mend.consistency_ratio, default=None)


def _implied(ratios: FloatArray, row: int, column: int) -> Iterable[tuple[float, float]]:
    """Yield the ratio the other judgements imply and the consistency index with it.

    Nothing where they imply none.
    """
    others = ratios.copy()
    others[row, column] = others[column, row] = 0.0
    if len(_reached(others)) == len(ratios):
        weights, eigenvalue = principal_eigenvector(others)
        yield float(weights[row] / weights[column]), consistency_index(eigenvalue, len(ratios))
