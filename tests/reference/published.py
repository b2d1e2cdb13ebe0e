"""The published cases: what went in, what came out, how closely it was printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CASES = {
    case["name"]: case
    for case in json.loads(
        Path(__file__).with_name("published-cases.json").read_text(encoding="utf-8")
    )
}


class Published:
    """One case by its name: `given` holds the input, `expected` the result."""

    def __init__(self, name: str) -> None:
        self.given: dict[str, Any] = _CASES[name]["input"]
        self.expected: dict[str, Any] = _CASES[name]["expected"]
        self._tolerance: dict[str, float] = _CASES[name]["tolerance"]

    def near(self, key: str) -> Any:
        """Return the expected numbers under `key`, to be compared within the tolerance of the case."""
        return pytest.approx(
            np.array(self.expected[key], dtype=float),
            abs=self._tolerance.get(key, self._tolerance["default"]),
            rel=0,
        )

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The alternatives by criteria."""
        return np.array(self.given["matrix"], dtype=float)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The weights, divided by their sum: some papers print them rounded."""
        weights = np.array(self.given["weights"], dtype=float)
        return weights / float(weights.sum())

    @property
    def increasing(self) -> NDArray[np.bool_]:
        """Where more is better."""
        return np.array(self.given["directions"]) > 0


def every_name() -> set[str]:
    """Return the names of all published cases."""
    return set(_CASES)
