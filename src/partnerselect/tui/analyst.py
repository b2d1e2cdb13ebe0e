"""Reads and analyses scenarios off the screen's thread; only the newest question is answered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from partnerselect.errors import FailureError, InputError, Problem
from partnerselect.tui.picture import Picture

if TYPE_CHECKING:
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


def answer(question: Question) -> Answer:
    """Read, analyse and lay out; whatever goes wrong becomes a trouble in plain words."""
    return Answer(question, _without_raising(lambda: _picture(question)))


def look_into(further: Further) -> Finding:
    """Work out a further question; whatever goes wrong becomes a trouble in plain words."""
    return Finding(further, _without_raising(lambda: further.work(further.picture.analysis)))


def _without_raising(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    try:
        return work()
    except InputError as error:
        return Trouble(problems=error.problems, failure="; ".join(problem.message for problem in error.problems))
    except FailureError as error:
        return Trouble(failure=str(error))
    except Exception as error:  # noqa: BLE001 - nothing that fails in the worker may tear the screens down
        return Trouble(failure=f"Something went wrong on our side ({type(error).__name__}: {error}). Your file may be right; please report this.")


def _picture(question: Question) -> Picture:
    from partnerselect import files
    from partnerselect.analysis import analyse

    loaded = files.load(question.path, root=question.root)
    scenario = loaded.scenario.with_changes(dict(question.changes)) if question.changes else loaded.scenario
    return Picture(analyse(scenario), loaded.sources, tuple(str(problem) for problem in loaded.warnings), loaded.places).drawn()


class Analyst:
    """One long-lived thread, because the solver wants to be spoken to by one thread only.

    A new question makes all older ones, further ones included, forgotten. Further questions are answered in the order asked.
    """

    def __init__(self, deliver: Callable[[Answer | Finding], object]) -> None:
        self._deliver = deliver
        self._line: SimpleQueue[Question | Further | None] = SimpleQueue()
        self._newest: Question | None = None
        self._further: dict[tuple[int, Hashable], Further] = {}
        self._thread = Thread(target=self._work, name="analyst", daemon=True)

    def ask(self, question: Question) -> None:
        """Ask; every older question is forgotten."""
        self.forget()
        self._newest = question
        self._put(question)

    def ask_further(self, further: Further) -> None:
        """Ask more about a picture; what is asked already is not asked twice."""
        key = (id(further.picture), further.name)
        if key not in self._further:
            self._further[key] = further
            self._put(further)

    def forget(self) -> None:
        """Forget the further questions; one being worked out is cut short where it can be."""
        waiting, self._further = self._further, {}
        for picture in {id(further.picture): further.picture for further in waiting.values()}.values():
            picture.analysis.allocator.allow(0.0)

    def is_at_rest(self, within: float) -> bool:
        """Forget every question, wait so many seconds for the one being answered, and tell whether it came to its end."""
        self._newest = None
        self.forget()
        if self._thread.is_alive():
            self._line.put(None)
            self._thread.join(within)
        return not self._thread.is_alive()

    def _put(self, asked: Question | Further) -> None:
        self._line.put(asked)
        if not self._thread.is_alive():
            self._thread.start()

    def _work(self) -> None:
        while (asked := self._line.get()) is not None:
            if not self._is_wanted(asked):
                continue
            found = answer(asked) if isinstance(asked, Question) else look_into(asked)
            if self._is_wanted(asked):
                self._deliver(found)

    def _is_wanted(self, asked: Question | Further) -> bool:
        if isinstance(asked, Question):
            return asked is self._newest
        return self._further.get((id(asked.picture), asked.name)) is asked

    def done(self, further: Further) -> None:
        """Take note that what came of a further question has been kept with its picture."""
        self._further.pop((id(further.picture), further.name), None)
