"""Reads and analyses scenarios off the screen's thread; only the newest question is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from partnerselect.errors import FailureError, InputError, Problem
from partnerselect.tui.picture import Picture


@dataclass(frozen=True)
class Question:
    """A file to read, with what the command line changes in it."""

    path: Path
    root: Path | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


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


def answer(question: Question) -> Answer:
    """Read, analyse and lay out; whatever goes wrong becomes a trouble in plain words."""
    try:
        return Answer(question, _picture(question))
    except InputError as error:
        return Answer(question, Trouble(problems=error.problems))
    except FailureError as error:
        return Answer(question, Trouble(failure=str(error)))
    except Exception as error:  # noqa: BLE001 - nothing that fails in the worker may tear the screens down
        return Answer(
            question, Trouble(failure=f"Something went wrong on our side ({type(error).__name__}: {error}). Your file may be right; please report this.")
        )


def _picture(question: Question) -> Picture:
    from partnerselect import files
    from partnerselect.analysis import analyse

    loaded = files.load(question.path, root=question.root)
    scenario = loaded.scenario.with_changes(dict(question.changes)) if question.changes else loaded.scenario
    return Picture(analyse(scenario), loaded.sources, tuple(str(problem) for problem in loaded.warnings)).drawn()


class Analyst:
    """One long-lived thread, because the solver wants to be spoken to by one thread only."""

    def __init__(self, deliver: Callable[[Answer], object]) -> None:
        self._deliver = deliver
        self._questions: SimpleQueue[Question | None] = SimpleQueue()
        self._newest: Question | None = None
        self._thread = Thread(target=self._work, name="analyst", daemon=True)

    def ask(self, question: Question) -> None:
        """Ask; every older question is forgotten."""
        self._newest = question
        self._questions.put(question)
        if not self._thread.is_alive():
            self._thread.start()

    def is_at_rest(self, within: float) -> bool:
        """Forget every question, wait so many seconds for the one being answered, and tell whether it came to its end."""
        self._newest = None
        if self._thread.is_alive():
            self._questions.put(None)
            self._thread.join(within)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            question = self._questions.get()
            if question is None:
                return
            if question is not self._newest:
                continue
            found = answer(question)
            if question is self._newest:
                self._deliver(found)
