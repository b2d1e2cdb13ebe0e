"""What changes the answer: for every swept input, how often it does so by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerselect.cases import Block, Grid, Sample
from partnerselect.words.wording import share

Codes = NDArray[np.int16]
"""The answer of every case for one programme, as a number; shape (cases,)."""
UNKNOWN = -1
"""The code of a case that could not be run to an answer: it is not compared."""


@dataclass(frozen=True)
class Driver:
    """How far one input drives the choice for one programme."""

    input: str
    measure: str
    """`pairs` of cases that differ in this input alone, or `halves` of a sample: low and high."""
    compared: int
    """How many pairs, or cases."""
    strength: float
    """The share of pairs whose answers differ.

    In a sample: how much less often the usual answer holds in one half than in the other.
    """
    words: str


def drivers(blocks: Sequence[Block], codes: Codes) -> Iterator[Driver]:
    """Yield how far each input of a scenario's cases drives the choice for one programme."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    yield from grid_drivers(grids, codes)
    for sample in (block for block in blocks if isinstance(block, Sample)):
        yield from sample_drivers(sample, codes)


def grid_drivers(grids: Sequence[Grid], codes: Codes) -> Iterator[Driver]:
    """Compare all pairs of cases that differ in one input alone.

    The part of them with different answers is that input's doing. Pairs of an input that several
    grids vary are counted together; a pair never has its cases in two grids.
    """
    counted: dict[str, tuple[int, int]] = {}
    start = 0
    for grid in grids:
        part = codes[start : start + len(grid)]
        start += len(grid)
        shaped = part.reshape([len(axis.values) for axis in grid.axes])
        for position, axis in enumerate(grid.axes):
            pairs, differing = _pairs(np.moveaxis(shaped, position, 0))
            before = counted.get(axis.path, (0, 0))
            if len(axis.values) > 1:
                counted[axis.path] = before[0] + pairs, before[1] + differing
    for path, (pairs, differing) in counted.items():
        strength = differing / pairs if pairs else 0.0
        words = (
            f"the answer differs in {differing:,} of {pairs:,} pairs of cases that differ in"
            f" nothing else ({share(strength)})"
        )
        yield Driver(path, "pairs", pairs, strength, words)


def _pairs(answers: Codes) -> tuple[int, int]:
    """Count the pairs along the first axis, and those that differ.

    n values with n_c of each answer make (n² − Σ n_c²) / 2 pairs that differ.
    """
    known = (answers != UNKNOWN).sum(axis=0, dtype=np.int64)
    same = sum(
        (
            (answers == code).sum(axis=0, dtype=np.int64) ** 2
            for code in np.unique(answers)
            if code != UNKNOWN
        ),
        np.zeros_like(known),
    )
    return int((known * (known - 1) // 2).sum()), int(((known**2 - same) // 2).sum())


def sample_drivers(sample: Sample, codes: Codes) -> Iterator[Driver]:
    """Compare how often the usual answer holds in the lower and the upper half of each input."""
    known = codes != UNKNOWN
    if not known.any():
        return
    answers, counts = np.unique(codes[known], return_counts=True)
    usual = codes == answers[counts.argmax()]
    for position, path in enumerate(sample.paths):
        values = sample.values[:, position]
        lower, upper = (usual[known & half] for half in _halves(values, known))
        if len(lower) and len(upper):
            below, above = float(lower.mean()), float(upper.mean())
            words = (
                f"the usual answer holds in {share(below)} of the cases with a lower value, in"
                f" {share(above)} of those with a higher"
            )
            yield Driver(path, "halves", len(lower) + len(upper), abs(above - below), words)


def _halves(
    values: NDArray[np.float64], known: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    middle = float(np.median(values[known]))
    return values < middle, values > middle
