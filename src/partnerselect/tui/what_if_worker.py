"""Answers a what-if off the screen's thread: ranking, then choice, then the rest.

The newest change wins, work on an older one is stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from partnerselect import what_if
from partnerselect.tui.jobs import BackgroundThread, Failure, guarded
from partnerselect.tui.view_model import ViewModel

if TYPE_CHECKING:
    from partnerselect.allocation import Resolver
    from partnerselect.model import Scenario
    from partnerselect.optimiser import Progress, Watch
    from partnerselect.what_if import Choice, Scored, SeenChoices

PAUSE = 0.4
"""Seconds without a further change after which reasons and shares are worked out too."""
RANKING = 0.01
"""Seconds that the screen waits for a new ranking, so that one frame shows what was moved and what
came of it; one that takes longer comes later."""
DRAWING = 0.03
"""Seconds that the solver waits at most for the new ranking to be drawn: both at once, and whoever
changes something waits for both."""


@dataclass(frozen=True, eq=False)
class Request:
    """A changed scenario to answer for, and the saved one it came from."""

    scenario: Scenario
    base: ViewModel
    is_ranked: Event = field(default_factory=Event)
    """Set once its ranking is there, or nothing more will come of it."""


@dataclass(frozen=True)
class PartialResult:
    """What is known so far; None leaves what was known before."""

    request: Request
    scored: Scored | None = None
    choice: Choice | None = None
    progress: Progress | None = None
    view_model: ViewModel | None = None
    failure: Failure | None = None
    is_last: bool = False


class WhatIfWorker:
    """Two threads: one ranks and looks among choices seen before, which never takes long.

    One asks the solver. Results may be of a request that is no longer the newest: whoever takes
    them looks (`Session.take`).
    """

    def __init__(self, deliver: Callable[[PartialResult], object]) -> None:
        self._deliver = deliver
        self._newest: Request | None = None
        self._watch: Watch | None = None
        self._changed, self._drawn = Event(), Event()
        self._lock = Lock()
        self._seen: SeenChoices | None = None
        self._kept_model: Resolver | None = None
        self._ranked: Scored | None = None
        """What was ranked last."""
        self._first: PartialResult | None = None
        """What was delivered first of the request that was ranked last."""
        self._ranking = BackgroundThread("what-if ranking")
        self._choosing = BackgroundThread("what-if choice")

    def ask(self, request: Request) -> PartialResult | None:
        """Ask; work on every older request is stopped.

        Returns:
            The ranking, where it is there at once; it is delivered all the same.
        """
        self._newest = request
        self._drawn.clear()
        self._interrupt()
        self._ranking.do(lambda: self._do(request, self._rank))
        request.is_ranked.wait(RANKING)
        first = self._first
        return first if first is not None and first.request is request else None

    def forget(self) -> None:
        """Stop all work."""
        self._newest = None
        self._interrupt()

    def go_on(self) -> None:
        """Take note that what was delivered has been drawn."""
        self._drawn.set()

    def settle(self) -> None:
        """Stop looking for a better choice: the best found so far is delivered."""
        if self._watch is not None:
            self._watch.stop()

    def is_at_rest(self, within: float) -> bool:
        """Forget every request, wait so many seconds, and tell whether all work came to its end."""
        self.forget()
        ended = [thread.ends_within(within / 2) for thread in (self._ranking, self._choosing)]
        return all(ended)

    def _interrupt(self) -> None:
        self._changed.set()
        self.settle()

    def _do(self, request: Request, work: Callable[[Request], Any]) -> None:
        """Work on a request while it is the newest; whatever goes wrong becomes a sentence."""
        if request is self._newest:
            outcome = guarded(lambda: work(request))
            if isinstance(outcome, Failure):
                self._deliver(PartialResult(request, failure=outcome, is_last=True))
        request.is_ranked.set()

    # ── The ranking, at once ──

    def _rank(self, request: Request) -> None:
        ranked = self._ranked = what_if.scored(request.scenario, self._ranked)
        with self._lock:
            known = self._choices(request).best_for(ranked)
        self._first = PartialResult(request, scored=ranked, choice=known)
        self._deliver(self._first)
        self._choosing.do(lambda: self._choose_once_drawn(request, ranked))

    def _choices(self, request: Request) -> what_if.SeenChoices:
        """Return the choices seen so far, that of the saved scenario among them."""
        if self._seen is None:
            self._seen = what_if.SeenChoices()
        self._seen.remember(what_if.choice_of(request.base.analysis))
        return self._seen

    # ── The choice, as soon as the solver has it ──

    def _choose_once_drawn(self, request: Request, ranked: Scored) -> None:
        self._drawn.wait(DRAWING)
        self._do(request, lambda request: self._choose(request, ranked))

    def _choose(self, request: Request, ranked: Scored) -> None:
        from partnerselect.optimiser import Watch

        self._changed.clear()
        self._watch = Watch(
            lambda progress: self._deliver(PartialResult(request, progress=progress))
        )
        if request is not self._newest:  # asked anew while the watch was made
            return
        choice = what_if.best_choice(ranked, self._resolver(), self._watch)
        with self._lock:
            self._choices(request).remember(choice)
        self._deliver(PartialResult(request, choice=choice))
        if not self._changed.wait(PAUSE) and request is self._newest:
            self._explain(request)

    def _resolver(self) -> Resolver:
        """Return what keeps the solver's model from one change to the next.

        Only this thread uses it.
        """
        from partnerselect.allocation import Resolver

        if self._kept_model is None:
            self._kept_model = Resolver()
        return self._kept_model

    def _explain(self, request: Request) -> None:
        """Work out reasons, shares and all that the other views show."""
        from partnerselect.analysis import analyse
        from partnerselect.optimiser import Watch

        self._watch = Watch()
        if request is not self._newest:
            return
        base = request.base
        found = ViewModel(analyse(request.scenario, self._watch), base.sources, slips=base.slips)
        self._deliver(PartialResult(request, view_model=found.drawn(), is_last=True))
