"""Standard output and error, whatever they are: in another encoding, closed, full, or unread.

And the progress of long searches, on standard error where that is a terminal; Ctrl+C takes the best
found so far.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import shutil
import signal
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

import click

from partnerselect.errors import FailureError
from partnerselect.words import visible

if TYPE_CHECKING:
    from partnerselect.model import Scenario
    from partnerselect.optimiser import Progress, Watch

PATIENCE = 1.5
"""Seconds before anything is shown: most answers are there by then."""
TO_THE_START, CLEAR = "\r", "\x1b[2K"
NEAREST = {"−": "-", "→": "->", "…": "...", "·": "-", "—": "-", "–": "-", "×": "x", "£": "GBP "}
"""Signs of our own, for an encoding that does not have them."""


def prepare() -> None:
    """Let the standard streams take every character, and no file take the place of a closed one."""
    codecs.register_error("partnerselect.nearest", _nearest)
    if sys.stdin is None:
        sys.stdin = _opened(0, os.O_RDONLY, "r")
    if sys.stdout is None:  # what is written there fails, as it would on a full disk
        sys.stdout = _opened(1, os.O_RDONLY, "w")
    if sys.stderr is None:
        sys.stderr = _opened(2, os.O_WRONLY, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="partnerselect.nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return what comes nearest to characters that an encoding does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(NEAREST.get(sign) or _letter(sign) for sign in lost), error.end


def _letter(sign: str) -> str:
    """Return a letter without its accents; of any other sign, a question mark."""
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?"


def put(text: str, *, nl: bool = True, color: bool | None = None) -> None:
    """Print on standard output; where nobody reads on (`| head`), the work still ends as it would.

    Raises:
        FailureError: it is closed, or full.
    """
    try:
        click.echo(text, nl=nl, color=color)
    except BrokenPipeError:
        give_up_output()
    except OSError as error:
        give_up_output()
        raise FailureError(f"standard output {why_not(error)}") from error


def is_of_output(error: Exception) -> bool:
    """Tell an error of a stream from one of a file, which has a name, or of a lost folder."""
    return (
        isinstance(error, OSError)
        and error.filename is None
        and not isinstance(error, FileNotFoundError)
    )


def why_not(error: OSError) -> str:
    """Say why nothing can be written."""
    if error.errno == errno.EBADF:
        return "is closed; nothing could be printed"
    return f"cannot be written ({error.strerror})"


def leave_quietly() -> NoReturn:
    """End with 0 where nobody reads on."""
    give_up_output()
    sys.exit(0)


def give_up_output() -> None:
    """Send what is left to print nowhere: Python would complain of it when it ends."""
    _nowhere(sys.stdout.fileno(), os.O_WRONLY)


def notify(message: str) -> None:
    """Say something to the person, not to the next program; an answer does not wait for it."""
    with suppress(OSError):
        click.echo(visible(message), err=True)


def _opened(number: int, flag: int, mode: str) -> TextIO:
    stream: Any = os.fdopen(_nowhere(number, flag), mode, encoding="utf-8", closefd=False)
    return cast("TextIO", stream)


def _nowhere(number: int, flag: int) -> int:
    opened = os.open(os.devnull, flag)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
    return number


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
