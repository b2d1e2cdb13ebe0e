"""Reads and analyses scenarios off the screen's thread; only the newest question is answered."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from partnerselect.errors import FailureError, InputError, Problem
from partnerselect.tui.line import Line, Urgency
from partnerselect.tui.picture import Picture

if TYPE_CHECKING:
    from partnerselect.allocation import Watch
    from partnerselect.analysis import Analysis


@dataclass(frozen=True)
class Question:
    """A file to read, with what the command line changes in it."""

    path: Path
    root: Path | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Further:
    """A further question about a picture that is there already."""

    picture: Picture
    name: Hashable
    work: Callable[[Analysis], Any]


@dataclass(frozen=True)
class Trouble:
    """Why there is nothing to show: problems in the files, or a sentence where it is not the files' fault."""

    problems: tuple[Problem, ...] = ()
    failure: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of a question."""

    question: Question
    outcome: Picture | Trouble


@dataclass(frozen=True)
class Finding:
    """What came of a further question; a Trouble where nothing did."""

    further: Further
    outcome: Any


def answer(question: Question, watch: Watch | None = None) -> Answer:
    """Read, choose and lay out, the reasons not yet priced.

    Whatever goes wrong becomes a trouble in plain words.
    """
    return Answer(question, _without_raising(lambda: _picture(question, watch)))


def look_into(further: Further, watch: Watch) -> Finding:
    """Work out a further question; whatever goes wrong becomes a trouble in plain words."""
    further.picture.analysis.allocator.begin(watch)
    return Finding(further, _without_raising(lambda: further.work(further.picture.analysis)))


def _without_raising(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    try:
        return work()
    except InputError as error:
        return Trouble(
            problems=error.problems,
            failure="; ".join(problem.message for problem in error.problems),
        )
    except FailureError as error:
        return Trouble(failure=str(error))
    # nothing that fails in the worker may tear the screens down
    except Exception as error:  # noqa: BLE001
        return Trouble(
            failure=(
                f"Something went wrong on our side ({type(error).__name__}: {error}). Your file may"
                " be right; please report this."
            )
        )


def _picture(question: Question, watch: Watch | None) -> Picture:
    from partnerselect import files
    from partnerselect.analysis import analyse_unpriced

    loaded = files.load(question.path, root=question.root)
    scenario = (
        loaded.scenario.with_changes(dict(question.changes))
        if question.changes
        else loaded.scenario
    )
    told = tuple(map(str, (*loaded.notices, *loaded.warnings)))
    analysis = analyse_unpriced(scenario, watch)
    return Picture(
        analysis, loaded.sources, told, loaded.places, is_priced=analysis.allocation.chosen is None
    ).drawn()


NOW, STEP, UNASKED = 0, 2, 3
"""How urgent: a file, what adds to its picture, what nobody has asked for yet. Between the first two, what views ask, the latest view first."""


class Analyst:
    """One long-lived thread, because the solver wants to be spoken to by one thread only.

    A new question makes all older ones, further ones included, forgotten. Of further questions the
    most urgent is answered first; a less urgent one that is being worked out is set aside and begun
    again afterwards.
    """

    def __init__(self, deliver: Callable[[Answer | Finding], object]) -> None:
        self._deliver = deliver
        self._line: Line[Question | Further] = Line()
        self._newest: Question | None = None
        self._further: dict[tuple[int, Hashable], Further] = {}
        """Asked, and not yet kept with their pictures."""
        self._unanswered: set[tuple[int, Hashable]] = set()
        self._at_work: tuple[Urgency, Question | Further, Watch] | None = None
        self._turn = 0
        self._thread = Thread(target=self._work, name="analyst", daemon=True)

    # ── Asking, on the screen's thread ──

    def ask(self, question: Question) -> None:
        """Ask; every older question is forgotten."""
        self.forget()
        self._newest = question
        self._put((NOW, 0), question)

    def ask_further(self, further: Further) -> None:
        """Ask more about a picture, for the view in front.

        What is asked already is only made more urgent.
        """
        self._ask((1, -self._turn), further)

    def ask_next(self, further: Further) -> None:
        """Ask for what adds to a picture, after what the views have asked."""
        self._ask((STEP, 0), further)

    def ask_in_time(self, further: Further) -> None:
        """Ask for what somebody may want to know, when nothing else is to be done."""
        self._ask((UNASKED, 0), further)

    def turn(self) -> None:
        """Let what is asked from now on go before what has been asked."""
        self._turn += 1

    def forget(self, *names: Hashable) -> None:
        """Forget further questions, those of these names or else all.

        One being worked out is stopped.
        """
        gone = {
            key: further for key, further in self._further.items() if not names or key[1] in names
        }
        self._further = {key: further for key, further in self._further.items() if key not in gone}
        self._unanswered -= gone.keys()
        at_work = self._at_work
        if at_work is not None and not self._is_wanted(at_work[1]):
            at_work[2].stop()

    def done(self, further: Further) -> None:
        """Take note that what came of a further question has been kept with its picture."""
        self._further.pop(_key(further), None)

    @property
    def is_idle(self) -> bool:
        """Whether no further question is open."""
        return not self._further

    def is_at_rest(self, within: float) -> bool:
        """Forget every question, wait so many seconds for the one being answered, and tell whether it came to its end."""
        self._newest = None
        self.forget()
        if self._thread.is_alive():
            self._line.put((NOW, 0), None)
            self._thread.join(within)
        return not self._thread.is_alive()

    def _ask(self, urgency: Urgency, further: Further) -> None:
        key = _key(further)
        if key not in self._further:
            self._further[key] = further
            self._unanswered.add(key)
        if key in self._unanswered:
            self._put(urgency, self._further[key])

    def _put(self, urgency: Urgency, asked: Question | Further) -> None:
        self._line.put(urgency, asked)
        at_work = self._at_work
        if at_work is not None and at_work[0] > urgency and at_work[1] is not asked:
            at_work[2].stop()
        if not self._thread.is_alive():
            self._thread.start()

    # ── Answering, on the worker's ──

    def _work(self) -> None:
        from partnerselect.allocation import Watch

        while (waiting := self._line.get())[1] is not None:
            urgency, asked = waiting
            assert asked is not None  # noqa: S101 - the loop's own condition
            if not self._is_wanted(asked):
                continue
            watch = Watch()
            self._at_work = (urgency, asked, watch)
            found = answer(asked, watch) if isinstance(asked, Question) else look_into(asked, watch)
            self._at_work = None
            if not gc.get_freeze_count():
                # what is loaded by now stays: Python need not look through it for rubbish again
                # and again, and stop the screen for that
                gc.freeze()
            if not self._is_wanted(asked):
                continue
            if watch.is_stopped:
                self._line.put(urgency, asked)
                continue
            if isinstance(asked, Further):
                self._unanswered.discard(_key(asked))
            self._deliver(found)

    def _is_wanted(self, asked: Question | Further) -> bool:
        if isinstance(asked, Question):
            return asked is self._newest
        return _key(asked) in self._unanswered and self._further.get(_key(asked)) is asked


def _key(further: Further) -> tuple[int, Hashable]:
    return id(further.picture.findings), further.name
