"""Every hand-worked case is put to the package and to the oracle that judges it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from tests.oracle.answers import Plan, by_the_package, by_trying_all
from tests.oracle.scores import Data

Solve = Callable[[Data], Plan | None]


@pytest.fixture(params=[by_the_package, by_trying_all])
def solve(request: pytest.FixtureRequest) -> Solve:
    """Return a function from a scenario to its best plan."""
    return cast("Solve", request.param)
