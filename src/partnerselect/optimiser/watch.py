"""Watching a search: how good the best so far is, how good any can be, when to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from partnerselect.optimiser.solver_thread import Listener, SolverThread

PROVEN = 1e-5
"""Points (or pounds) between bound and answer up to which the answer counts as the best."""
TELL_EVERY = 0.1
"""Seconds between two tellings."""


def is_enough(best: float, bound: float, gap: float) -> bool:
    """Tell whether there is an answer, and it lies within the gap of the bound (minimised)."""
    return bool(np.isfinite(best)) and best - bound <= max(gap * max(abs(best), 1.0), PROVEN)


@dataclass(frozen=True)
class Progress:
    """How far the search is, in what is aimed at: points of value, or our own money."""

    best: float | None = None
    """Reached by the best choice so far; None before there is one."""
    bound: float | None = None
    """No choice is worth more (least-cost: costs less); None where nothing is known yet."""
    seconds: float = 0.0

    @property
    def gap(self) -> float | None:
        """How far the best so far may be from the best possible, as a share of it.

        None before both are known.
        """
        return (
            None
            if self.best is None or self.bound is None
            else abs(self.bound - self.best) / max(abs(self.best), 1.0)
        )


class Watch:
    """Shows how far a search is, and stops it: `analyse(scenario, watch=…)`.

    `tell` is called at most ten times a second, in the thread that analyses. `stop` may be called
    from any thread and any signal handler: within about 50 ms (with 400,000 columns within a
    second) the best choice so far is the answer (state `within-gap`, or `no-answer-yet`), and
    whatever would be asked afterwards is left unasked, as when time has run out.
    """

    def __init__(
        self, tell: Callable[[Progress], object] | None = None, *, within: Watch | None = None
    ) -> None:
        """Watch a search; `within` another it stops with that one, and tells it nothing."""
        self.progress = Progress()
        self._tell, self._told = tell, -np.inf
        self._within, self._stopped = within, False

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked for the best choice so far."""
        return self._stopped or (self._within is not None and self._within.is_stopped)

    def stop(self) -> None:
        """Ask for the best choice so far."""
        self._stopped = True

    def hear(self, progress: Progress) -> None:
        """Take note of how far the search is."""
        self.progress = progress
        if self._tell is not None and time.perf_counter() - self._told >= TELL_EVERY:
            self._told = time.perf_counter()
            self._tell(progress)


class Search:
    """The bound and the best so far of one search, put together from all that works on it."""

    def __init__(self, watch: Watch, *, sign: float) -> None:
        """Begin; `sign` is −1 where what is minimised is a value turned round, 1 for a cost."""
        self._watch, self._sign, self._begun = watch, sign, time.perf_counter()
        self._bound, self._best = -np.inf, np.inf
        self._beside: SolverThread | None = None
        self._gap = 0.0

    def beside(self, solver: SolverThread, gap: float) -> None:
        """Count in what a solver finds meanwhile that works on the whole.

        The search is over when it ends, or when both together are within the gap.
        """
        self._beside, self._gap = solver, gap

    @property
    def is_over(self) -> bool:
        """Whether nothing more need be found, or somebody asked for the best so far."""
        if self._watch.is_stopped or self._beside is None:
            return self._watch.is_stopped
        return self._beside.has_ended or is_enough(self._best, self._bound, self._gap)

    def whole(self, bound: float, best: float) -> bool:
        """Hear what was found for the whole (minimised); tell whether to stop."""
        if self._beside is not None:
            bound, best = (
                max(bound, self._beside.incumbent.bound),
                min(best, self._beside.incumbent.best),
            )
        self._bound, self._best = max(self._bound, bound), min(self._best, best)
        self._watch.hear(
            Progress(
                self._shown(self._best), self._shown(self._bound), time.perf_counter() - self._begun
            )
        )
        return self.is_over

    def part(self, _bound: float, best: float) -> bool:
        """Hear what was found within a part: its best is one of the whole, its bound is not."""
        return self.whole(-np.inf, best)

    def _shown(self, minimised: float) -> float | None:
        return float(self._sign * minimised) if np.isfinite(minimised) else None


class TimeBudget:
    """Until when questions are answered, and whether somebody asked for the best so far."""

    def __init__(self, seconds: float, watch: Watch | None = None) -> None:
        """Begin to count; without a watch nobody can stop it."""
        self.watch, self._is_watched = watch or Watch(), watch is not None
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """Give the questions that follow this much time in all."""
        self._deadline = time.perf_counter() + seconds

    def under(self, watch: Watch) -> None:
        """Let another watch show and stop what follows."""
        self.watch, self._is_watched = watch, True

    @property
    def left(self) -> float:
        """Seconds until the answer is due; none once somebody has asked for the best so far."""
        return 0.0 if self.watch.is_stopped else max(self._deadline - time.perf_counter(), 0.0)

    @property
    def listener(self) -> Listener | None:
        """Stops a solver; None where nobody can."""
        return self._stopped if self._is_watched else None

    def _stopped(self, _bound: float, _best: float) -> bool:
        return self.watch.is_stopped
