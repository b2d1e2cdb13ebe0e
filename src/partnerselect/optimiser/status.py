"""What the solver says at the end of a run, and asking it again where it says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import highspy

from partnerselect.optimiser.program import State

STATES: dict[Any, State] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",  # every column is bounded
    highspy.HighsModelStatus.kTimeLimit: "stopped",
    highspy.HighsModelStatus.kInterrupt: "stopped",
    highspy.HighsModelStatus.kSolutionLimit: "stopped",
}
"""Any other status says nothing: of one linear programme in ten thousand HiGHS knows no end."""
OTHERWISE: tuple[dict[str, Any], ...] = (
    {},
    {"simplex_strategy": 4},
    {"presolve": "off"},
    {"presolve": "on"},
)
"""Ways to solve again from scratch: as before, by the primal simplex, without presolve, with it."""


class UnsettledError(Exception):
    """The solver came to no end, in whatever way it was asked."""


def state_of(highs: Any) -> State:  # noqa: ANN401 - highspy is untyped
    """Return what the last run came to."""
    return STATES.get(highs.getModelStatus(), "failed")


def run_to_an_end(highs: Any, run: Callable[[], object]) -> State:  # noqa: ANN401 - as above
    """Run, and again in other ways while the solver says nothing; return what it came to."""
    run()
    for _ in attempts(highs):
        run()
    return state_of(highs)


def attempts(highs: Any) -> Iterator[None]:  # noqa: ANN401 - as above
    """Prepare the solver to run again in one way after another, until a run says something."""
    for otherwise in OTHERWISE:
        if state_of(highs) != "failed":
            return
        with options(highs, otherwise):
            yield


@contextmanager
def options(highs: Any, given: dict[str, Any]) -> Iterator[None]:  # noqa: ANN401 - as above
    """Begin from scratch, with other options for a while."""
    before = {name: highs.getOptionValue(name)[1] for name in given}
    highs.clearSolver()
    _set(highs, given)
    try:
        yield
    finally:
        _set(highs, before)


def _set(highs: Any, values: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    for name, value in values.items():
        highs.setOptionValue(name, value)
