"""Answers a what-if layer by layer, off the screen's thread.

The newest change wins, work on an older one is stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from partnerselect.errors import FailureError, InputError
from partnerselect.tui.analyst import Trouble
from partnerselect.tui.picture import Picture

if TYPE_CHECKING:
    from partnerselect.allocation import Progress, Resolver, Watch
    from partnerselect.model.scenario import Scenario
    from partnerselect.what_if.answers import Choice, Scored, SeenChoices

PAUSE = 0.4
"""Seconds without a further change after which reasons and shares are worked out too."""
RANKING = 0.01
"""Seconds that the screen waits for a new ranking, so that one frame shows what was moved and what came of it; one that takes longer comes later."""
DRAWING = 0.03
"""Seconds that the solver waits at most for the new ranking to be drawn: both at once, and whoever moves a lever waits for both."""


@dataclass(frozen=True, eq=False)
class Wanted:
    """A changed scenario to answer for, the saved picture it came from, and the choice made there."""

    scenario: Scenario
    base: Picture
    is_ranked: Event = field(default_factory=Event)
    """Set once its ranking is there, or nothing more will come of it."""


@dataclass(frozen=True)
class Thought:
    """What is known so far; None leaves what was known before."""

    wanted: Wanted
    scored: Scored | None = None
    choice: Choice | None = None
    progress: Progress | None = None
    picture: Picture | None = None
    trouble: Trouble | None = None
    is_last: bool = False


class Thinker:
    """Two threads: one ranks and looks among choices seen before, which never takes long.

    One asks the solver.
    """

    def __init__(self, deliver: Callable[[Thought], object]) -> None:
        self._deliver = deliver
        self._newest: Wanted | None = None
        self._watch: Watch | None = None
        self._changed, self._drawn = Event(), Event()
        self._lock = Lock()
        self._seen: SeenChoices | None = None
        self._kept_model: Resolver | None = None
        self._ranked: Scored | None = None
        """What was ranked last."""
        self._first: Thought | None = None
        """What was told first of the question that was ranked last."""
        self._to_rank: SimpleQueue[Wanted | None] = SimpleQueue()
        self._to_choose: SimpleQueue[tuple[Wanted, Scored] | None] = SimpleQueue()
        self._threads = (
            Thread(target=self._rank_all, name="ranker", daemon=True),
            Thread(target=self._choose_all, name="chooser", daemon=True),
        )

    def ask(self, wanted: Wanted) -> Thought | None:
        """Ask; work on every older question is stopped and what it finds is dropped.

        Returns:
            The ranking, where it is there at once; it is delivered all the same.
        """
        self._newest = wanted
        self._drawn.clear()
        self._interrupt()
        self._to_rank.put(wanted)
        for thread in self._threads:
            if not thread.is_alive():
                thread.start()
        wanted.is_ranked.wait(RANKING)
        first = self._first
        return first if first is not None and first.wanted is wanted else None

    def forget(self) -> None:
        """Stop all work; nothing further is delivered."""
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
        """Forget every question, wait so many seconds, and tell whether the threads came to their ends."""
        self.forget()
        alive = [thread for thread in self._threads if thread.is_alive()]
        self._to_rank.put(None)
        self._to_choose.put(None)
        for thread in alive:
            thread.join(within / len(alive))
        return not any(thread.is_alive() for thread in alive)

    def _interrupt(self) -> None:
        self._changed.set()
        self.settle()

    def _tell(self, thought: Thought) -> None:
        if thought.wanted is self._newest:
            self._deliver(thought)

    # ── The ranking, at once ──

    def _rank_all(self) -> None:
        while (wanted := self._to_rank.get()) is not None:
            if wanted is self._newest:
                self._guarded(wanted, self._rank)
            wanted.is_ranked.set()

    def _rank(self, wanted: Wanted) -> None:
        from partnerselect.what_if.answers import scored

        ranked = self._ranked = scored(wanted.scenario, self._ranked)
        with self._lock:
            known = self._choices(wanted).best_for(ranked)
        self._first = Thought(wanted, scored=ranked, choice=known)
        self._tell(self._first)
        self._to_choose.put((wanted, ranked))

    def _choices(self, wanted: Wanted) -> SeenChoices:
        """Return the choices seen so far, that of the saved scenario among them."""
        from partnerselect.tui.trial.saved import saved_choice
        from partnerselect.what_if.answers import SeenChoices

        if self._seen is None:
            self._seen = SeenChoices()
        self._seen.remember(saved_choice(wanted.base))
        return self._seen

    # ── The choice, as soon as the solver has it ──

    def _choose_all(self) -> None:
        while (asked := self._to_choose.get()) is not None:
            wanted, ranked = asked
            self._drawn.wait(DRAWING)
            if wanted is self._newest:
                self._guarded(wanted, lambda wanted, ranked=ranked: self._choose(wanted, ranked))  # type: ignore[misc]

    def _choose(self, wanted: Wanted, ranked: Scored) -> None:
        from partnerselect.allocation import Watch
        from partnerselect.what_if.answers import best_choice

        self._changed.clear()
        self._watch = Watch(lambda progress: self._tell(Thought(wanted, progress=progress)))
        if wanted is not self._newest:  # asked anew while the watch was made
            return
        choice = best_choice(ranked, self._resolver(), self._watch)
        with self._lock:
            self._choices(wanted).remember(choice)
        self._tell(Thought(wanted, choice=choice))
        if not self._changed.wait(PAUSE) and wanted is self._newest:
            self._explain(wanted)

    def _resolver(self) -> Resolver:
        """Return what keeps the solver's model from one change to the next.

        Only this thread uses it.
        """
        from partnerselect.allocation import Resolver

        if self._kept_model is None:
            self._kept_model = Resolver()
        return self._kept_model

    def _explain(self, wanted: Wanted) -> None:
        """Work out reasons, shares and all that the other views show."""
        from partnerselect.allocation import Watch
        from partnerselect.analysis import analyse

        self._watch = Watch()
        if wanted is not self._newest:
            return
        found = Picture(
            analyse(wanted.scenario, self._watch), wanted.base.sources, wanted.base.warnings
        ).drawn()
        self._tell(Thought(wanted, picture=found, is_last=True))

    def _guarded(self, wanted: Wanted, work: Callable[[Wanted], None]) -> None:
        """Work; whatever goes wrong becomes a sentence."""
        try:
            work(wanted)
        except InputError as error:
            self._tell(
                Thought(
                    wanted,
                    trouble=Trouble(
                        error.problems, "; ".join(problem.message for problem in error.problems)
                    ),
                    is_last=True,
                )
            )
        except FailureError as error:
            self._tell(Thought(wanted, trouble=Trouble(failure=str(error)), is_last=True))
        # nothing that fails in a worker may tear the screens down
        except Exception as error:  # noqa: BLE001
            told = (
                f"Something went wrong on our side ({type(error).__name__}: {error}). Please report"
                " this."
            )
            self._tell(Thought(wanted, trouble=Trouble(failure=told), is_last=True))
