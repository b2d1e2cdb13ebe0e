"""Which column to divide a part of the choices by, learnt from what dividing has brought so far.

A column about which nothing is known is tried: both halves are relaxed. What that brings a unit is
kept (Achterberg, Koch & Martin 2005, Branching rules revisited, Operations Research Letters 33).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from partnerselect.arrays import FloatArray, IntArray

Tried = Callable[[int], "tuple[float, float] | None"]
"""Divides by a column and returns by how much the bound rises below and above; None: not known."""
TRIALS = 8
"""Columns tried at one part, at most."""
LEAST = 1e-4
"""What a half that brings nothing counts for, or the other half would not count either."""
UNKNOWN = 1.0
"""What a unit brings while nothing is known of any column."""


class Branching:
    """What dividing by each column has brought."""

    def __init__(self, size: int) -> None:
        """Begin with nothing known of so many columns."""
        self._gains, self._times = np.zeros((2, size)), np.zeros((2, size))

    def column(self, values: FloatArray, fractions: FloatArray, tried: Tried) -> int:
        """Return the column to divide by.

        Args:
            values: of the columns in the relaxation; (columns,).
            fractions: how far from whole each is, 0 where it need not be; (columns,), one above 0.
            tried: relaxes both halves.
        """
        candidates = np.flatnonzero(fractions > LEAST)
        if len(candidates) <= 1:
            return int(fractions.argmax())
        parts = values - np.floor(values)
        scores = self._scores(np.stack([parts, 1.0 - parts]))
        order = candidates[np.argsort(-scores[candidates], kind="stable")]
        best, column, trials = -1.0, int(order[0]), 0
        for candidate in order.tolist():
            score = float(scores[candidate])
            if trials < TRIALS and self._times[:, candidate].min() == 0:
                trials += 1
                gains = tried(candidate)
                if gains is not None:
                    self._learn(candidate, gains, float(parts[candidate]))
                    score = max(gains[0], LEAST) * max(gains[1], LEAST)
            if score > best:
                best, column = score, candidate
        return column

    def dearest(self, columns: IntArray) -> int:
        """Return the one of some columns without which the bound has risen most."""
        known = self._gains[0, columns] / np.maximum(self._times[0, columns], 1)
        return int(columns[known.argmax()])

    def _scores(self, ways: FloatArray) -> FloatArray:
        """Return what is expected of each column, the product of its halves; (columns,).

        `ways`, (2, columns): how far each value is from the halves.
        """
        times = self._times.sum(axis=1, keepdims=True)
        mean = self._gains.sum(axis=1, keepdims=True) / np.maximum(times, 1)
        usual = np.where(mean > 0, mean, UNKNOWN)
        known = self._gains / np.maximum(self._times, 1)
        expected = np.where(self._times > 0, known, usual) * ways
        return np.asarray(np.maximum(expected, LEAST).prod(axis=0))

    def _learn(self, column: int, gains: tuple[float, float], part: float) -> None:
        self._gains[:, column] += gains[0] / part, gains[1] / (1.0 - part)
        self._times[:, column] += 1
