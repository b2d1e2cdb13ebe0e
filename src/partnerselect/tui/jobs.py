"""What takes time, done off the screen's thread, the most urgent first."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from queue import PriorityQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from partnerselect import files
from partnerselect.errors import FailureError, InputError, Problem
from partnerselect.tui.view_model import ViewModel

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.optimiser import Watch

Urgency = tuple[int, int]
"""The smaller, the sooner."""
NOW, STEP, UNASKED = 0, 2, 3
"""A file; what adds to its view model; what nobody has asked for yet. Between the first two what
views ask, the latest view first."""


class BackgroundThread:
    """One daemon thread that does tasks, the most urgent first; begun with the first."""

    def __init__(self, name: str) -> None:
        self._tasks: PriorityQueue[tuple[Urgency, int, Callable[[], object] | None]] = (
            PriorityQueue()
        )
        self._numbers = count()
        self._thread = Thread(target=self._work, name=name, daemon=True)

    def do(self, task: Callable[[], object] | None, urgency: Urgency = (NOW, 0)) -> None:
        """Do a task, behind those that are as urgent; None ends the thread."""
        self._tasks.put((urgency, next(self._numbers), task))
        if task is not None and self._thread.ident is None:
            self._thread.start()

    def ends_within(self, seconds: float) -> bool:
        """End once the task at work is done; tell whether it was within so many seconds."""
        if self._thread.is_alive():
            self.do(None)
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (task := self._tasks.get()[2]) is not None:
            task()


@dataclass(frozen=True)
class ScenarioFile:
    """A file to read and work out, with what the command line changes in it."""

    path: Path
    root: Path | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Query:
    """Something more to be worked out about a view model that is there already."""

    view_model: ViewModel
    name: Hashable
    work: Callable[[Analysis], Any]

    @property
    def key(self) -> tuple[int, Hashable]:
        """Queries of one key are one: fuller view models of a choice share what was found."""
        return id(self.view_model.findings), self.name


@dataclass(frozen=True)
class Failure:
    """Why there is nothing to show: problems in the files, or a sentence."""

    problems: tuple[Problem, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Result:
    """What came of a file or a query; a Failure where nothing did."""

    asked: ScenarioFile | Query
    outcome: Any


def guarded(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    """Work; whatever goes wrong becomes a failure in plain words."""
    try:
        return work()
    except InputError as error:
        told = "; ".join(problem.message for problem in error.problems)
        return Failure(error.problems, told)
    except FailureError as error:
        return Failure(reason=str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is
        told = f"Something went wrong on our side ({type(error).__name__}: {error})."
        return Failure(reason=f"{told} Your file may be right; please report this.")


def work_out(asked: ScenarioFile | Query, watch: Watch) -> Result:
    """Work out a file (the reasons not yet priced) or a query."""
    if isinstance(asked, ScenarioFile):
        return Result(asked, guarded(lambda: _view_model(asked, watch)))
    analysis = asked.view_model.analysis
    analysis.allocator.begin(watch)
    return Result(asked, guarded(lambda: asked.work(analysis)))


def _view_model(file: ScenarioFile, watch: Watch) -> ViewModel:
    from partnerselect.analysis import analyse_unpriced

    loaded = files.load(file.path, root=file.root)
    scenario = loaded.scenario.with_changes(dict(file.changes)) if file.changes else loaded.scenario
    analysis = analyse_unpriced(scenario, watch)
    is_priced = analysis.allocation.chosen is None
    read = loaded.sources, loaded.places, loaded.slips
    return ViewModel(analysis, *read, is_priced=is_priced).drawn()


class JobRunner:
    """One long-lived thread, because the solver wants to be spoken to by one thread only.

    A file asked for makes all that was asked before forgotten. Of queries the most urgent is worked
    out first; a less urgent one at work is set aside and begun again afterwards.
    """

    def __init__(self, deliver: Callable[[Result], object]) -> None:
        self._deliver = deliver
        self._thread = BackgroundThread("jobs")
        self._file: ScenarioFile | None = None
        """The newest file asked for, until it is answered."""
        self._open: dict[tuple[int, Hashable], Query] = {}
        """Asked, and not yet taken."""
        self._unanswered: set[tuple[int, Hashable]] = set()
        self._at_work: tuple[Urgency, ScenarioFile | Query, Watch] | None = None
        self._turn = 0

    # ── On the screen's thread ──

    def read(self, file: ScenarioFile) -> None:
        """Have a file worked out; everything asked before is forgotten."""
        self._file = file
        self.forget()
        self._do((NOW, 0), file)

    def ask(self, query: Query) -> None:
        """Ask for the view in front; what is asked already becomes more urgent."""
        self._ask((1, -self._turn), query)

    def ask_next(self, query: Query) -> None:
        """Ask for what adds to a view model, after what the views have asked."""
        self._ask((STEP, 0), query)

    def ask_in_time(self, query: Query) -> None:
        """Ask for what somebody may want to know, when nothing else is to be done."""
        self._ask((UNASKED, 0), query)

    def turn(self) -> None:
        """Let what is asked from now on go before what has been asked."""
        self._turn += 1

    def forget(self, *names: Hashable) -> None:
        """Forget queries, those of these names or else all; one at work is stopped."""
        gone = [key for key in self._open if not names or key[1] in names]
        self._open = {key: query for key, query in self._open.items() if key not in gone}
        self._unanswered.difference_update(gone)
        if self._at_work is not None and not self._is_wanted(self._at_work[1]):
            self._at_work[2].stop()

    def take(self, result: Result) -> bool:
        """Take note of a result; tell whether it was still waited for."""
        if isinstance(result.asked, ScenarioFile):
            return result.asked is self._file
        is_open = self._open.get(result.asked.key) is result.asked
        if is_open:
            del self._open[result.asked.key]
        return is_open

    @property
    def is_idle(self) -> bool:
        """Whether no query is open."""
        return not self._open

    def is_at_rest(self, within: float) -> bool:
        """Forget everything, wait so many seconds, and tell whether the work came to its end."""
        self._file = None
        self.forget()
        return self._thread.ends_within(within)

    def _ask(self, urgency: Urgency, query: Query) -> None:
        if query.key not in self._open:
            self._open[query.key] = query
            self._unanswered.add(query.key)
        if query.key in self._unanswered:
            self._do(urgency, self._open[query.key])

    def _do(self, urgency: Urgency, asked: ScenarioFile | Query) -> None:
        self._thread.do(lambda: self._answer(urgency, asked), urgency)
        at_work = self._at_work
        if at_work is not None and at_work[0] > urgency and at_work[1] is not asked:
            at_work[2].stop()

    # ── On the worker's thread ──

    def _answer(self, urgency: Urgency, asked: ScenarioFile | Query) -> None:
        from partnerselect.optimiser import Watch

        if not self._is_wanted(asked):
            return
        watch = Watch()
        self._at_work = (urgency, asked, watch)
        result = work_out(asked, watch)
        self._at_work = None
        if not gc.get_freeze_count():
            gc.freeze()  # what is loaded by now stays: looking through it again stops the screen
            gc.enable()
        if not self._is_wanted(asked):
            return
        if watch.is_stopped:
            self._thread.do(lambda: self._answer(urgency, asked), urgency)
            return
        if isinstance(asked, Query):
            self._unanswered.discard(asked.key)
        self._deliver(result)

    def _is_wanted(self, asked: ScenarioFile | Query) -> bool:
        if isinstance(asked, ScenarioFile):
            return asked is self._file
        return asked.key in self._unanswered and self._open.get(asked.key) is asked
