"""The progress of long searches, on standard error where that is a terminal.

Ctrl+C takes the best found so far.
"""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from partnerselect.cli.streams import notify
from partnerselect.words import visible

if TYPE_CHECKING:
    from partnerselect.model import Scenario
    from partnerselect.optimiser import Progress, Watch

PATIENCE = 1.5
"""Seconds before anything is shown: most answers are there by then."""
TO_THE_START, CLEAR = "\r", "\x1b[2K"


@contextmanager
def progress(scenario: Scenario) -> Iterator[Watch]:
    """Give a watch for as long as a scenario is worked on."""
    from partnerselect.optimiser import Watch

    line = _Line(scenario)
    watch = Watch(line.show)
    with _interruptible(watch):
        try:
            yield watch
        finally:
            line.clear()


class _Line:
    """One line of standard error, written over and over."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self._begun = scenario, time.perf_counter()
        self._is_shown, self._may_show = False, sys.stderr.isatty()

    def show(self, progress: Progress) -> None:
        """Show how far the search is, once it has taken a while."""
        from partnerselect.rows import progress_words

        if self._may_show and time.perf_counter() - self._begun > PATIENCE:
            words = f"{progress_words(progress, self._scenario)} · Ctrl+C takes it"
            self._write(
                TO_THE_START + CLEAR + visible(words)[: shutil.get_terminal_size().columns - 1]
            )
            self._is_shown = True

    def clear(self) -> None:
        """Leave nothing of the line."""
        if self._is_shown:
            self._write(TO_THE_START + CLEAR)

    def _write(self, text: str) -> None:
        click.echo(text, nl=False, err=True, color=True)
        sys.stderr.flush()


@contextmanager
def _interruptible(watch: Watch) -> Iterator[None]:
    """Let the first Ctrl+C ask for the best so far and the second leave.

    Signals are the main thread's.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: Any) -> None:  # noqa: ANN401 - a frame that is not looked at
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        watch.stop()
        notify("\nStopping with the best found so far; Ctrl+C again leaves without it.")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
