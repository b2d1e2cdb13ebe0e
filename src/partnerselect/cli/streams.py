"""Standard output and error, whatever they are: in another encoding, closed, full, or unread."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import Any, NoReturn, TextIO, cast

import click

from partnerselect.errors import FailureError
from partnerselect.words import visible

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
    """Print on standard output; end quietly with 0 where nobody reads on (`| head`).

    Raises:
        FailureError: it is closed, or full.
    """
    try:
        click.echo(text, nl=nl, color=color)
    except BrokenPipeError:
        leave_quietly()
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
