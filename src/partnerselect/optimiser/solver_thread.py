"""A solve that somebody attends: told how far it is, stopped at any moment.

HiGHS looks up seldom while it works on a large programme (measured: once in ten seconds), so it
works in a thread of its own. One that does not come back in time is abandoned: it ends when it next
looks up, and what it had found by then is taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import highspy
import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.program import State

Listener = Callable[[float, float], bool]
"""Told what nothing can lie below and the best objective so far (−inf and inf where unknown); True
stops the search."""
LOOK_EVERY = 0.02
"""Seconds between two looks at a solver at work."""
GRACE = 0.02
"""Seconds in which a solver that is told to stop may still come to an end by itself."""
OVERRUN = 2.0
"""Seconds beyond its time limit after which a solver counts as hanging."""
_abandoned: list[Thread] = []


def is_at_rest() -> bool:
    """Tell whether no abandoned solver is still at work.

    Under one, an interpreter must not end the ordinary way.
    """
    return not any(thread.is_alive() for thread in _abandoned)


@dataclass
class Incumbent:
    """What a solver has said so far."""

    bound: float = -np.inf
    best: float = np.inf
    values: FloatArray | None = None
    """Of the best so far, in the solver's order of columns."""
    stop: bool = False
    error: BaseException | None = None


class DetachedSolver:
    """Stands in for a solver left to itself: it takes every change and does nothing."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_: None


class SolverThread:
    """A solver at work in a thread of its own.

    Nothing may be asked of it until it has come to its end.
    """

    def __init__(self, highs: Any, time_limit: float) -> None:  # noqa: ANN401 - highspy is untyped
        """Let it begin."""
        self.incumbent, self._ended = Incumbent(), Event()
        self._callbacks = _callbacks(highs, self.incumbent)
        for event, callback in self._callbacks:
            event.subscribe(callback)
        self._due = time.perf_counter() + time_limit + OVERRUN
        self._thread = Thread(
            target=_run, args=(highs, self.incumbent, self._ended), name="solver", daemon=True
        )
        self._thread.start()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to come."""
        return self._ended.is_set()

    def wait(self, listener: Listener, seconds: float = np.inf) -> bool:
        """Wait until it ends, the listener stops it, or so many seconds have passed.

        Tell whether it has ended.
        """
        until, incumbent = time.perf_counter() + seconds, self.incumbent
        while (
            not self._ended.wait(min(LOOK_EVERY, max(until - time.perf_counter(), 0.0)))
            and not incumbent.stop
            and time.perf_counter() < until
        ):
            incumbent.stop = (
                listener(incumbent.bound, incumbent.best) or time.perf_counter() > self._due
            )
        return self.has_ended

    def end(self) -> bool:
        """Stop it if it is still at work; tell whether it came to its end, or is left to itself."""
        self.incumbent.stop = True
        if not self._ended.wait(GRACE):
            _abandoned.append(self._thread)
            return False
        self._thread.join()
        for event, callback in self._callbacks:
            event.unsubscribe(callback)
        if self.incumbent.error is not None:
            raise self.incumbent.error
        return True


def _run(highs: Any, incumbent: Incumbent, ended: Event) -> None:  # noqa: ANN401 - as above
    try:
        highs.run()
    except Exception as error:  # noqa: BLE001 - raised again by whoever waits
        incumbent.error = error
    finally:
        ended.set()


# as above
def _callbacks(highs: Any, incumbent: Incumbent) -> list[tuple[Any, Callable[[Any], None]]]:  # noqa: ANN401
    def look_up(event: Any) -> None:  # noqa: ANN401 - as above
        if incumbent.stop:
            event.interrupt()

    def in_search(event: Any) -> None:  # noqa: ANN401 - as above
        incumbent.bound = max(incumbent.bound, float(event.data_out.mip_dual_bound))
        look_up(event)

    def improved(event: Any) -> None:  # noqa: ANN401 - as above
        incumbent.values = np.array(event.data_out.mip_solution, dtype=float)
        incumbent.best = float(event.data_out.objective_function_value)

    return [
        (highs.cbSimplexInterrupt, look_up),
        (highs.cbIpmInterrupt, look_up),
        (highs.cbMipInterrupt, in_search),
        (highs.cbMipImprovingSolution, improved),
    ]


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
