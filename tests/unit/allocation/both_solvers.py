"""Put hand-worked cases of what is new to the oracle, and to the package once it has it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.oracle.answers import Plan, by_the_package, by_trying_all
from tests.oracle.scores import Data
from tests.oracle.wider_cases import LANDED

Solve = Callable[[Data], Plan | None]


def puts(feature: str) -> pytest.MarkDecorator:
    """Put a case to both solvers; to the oracle alone while the package has not got the feature."""
    solvers = [by_trying_all, *([by_the_package] if feature in LANDED else [])]
    return pytest.mark.parametrize("solve", solvers)


def partners_of(plan: Plan | None) -> str:
    """Return the partners in order of the needs, in one word each."""
    assert plan is not None
    return " ".join(plan.served[need] for need in sorted(plan.served))
