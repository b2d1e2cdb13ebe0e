"""Seconds from starting a process to the first words on a terminal, as someone waiting for them would count."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

SIZE = (40, 120)
"""Lines and columns."""
PATIENCE = 30.0
"""Seconds until a paint counts as missing."""


def seconds_until_shown(command: Sequence[str], words: str) -> float:
    """Start a command on a terminal of its own and return the seconds until it has written these words.

    Raises:
        TimeoutError: The words did not come, or the command ended without them.
    """
    with _terminal() as (ours, theirs), tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "TERM": "xterm-256color",
            "XDG_CONFIG_HOME": home,
            "XDG_STATE_HOME": home,
        }  # nothing remembered of another time
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        try:
            return _reading(ours, words.encode(), process) - start
        finally:
            process.kill()
            process.wait()


def _reading(terminal: int, words: bytes, process: subprocess.Popen[bytes]) -> float:
    seen = b""
    deadline = time.perf_counter() + PATIENCE
    while time.perf_counter() < deadline and (process.poll() is None or _has_more(terminal)):
        if _has_more(terminal):
            seen += os.read(terminal, 65536)
            if words in seen:
                return time.perf_counter()
    raise TimeoutError(
        f"{words.decode()!r} was not shown; the last that was:"
        f" {seen[-400:].decode(errors='replace')!r}"
    )


def _has_more(terminal: int) -> bool:
    return bool(select.select([terminal], [], [], 0.1)[0])


@contextmanager
def _terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    try:
        yield ours, theirs
    finally:
        for end in (ours, theirs):
            with suppress(OSError):
                os.close(end)
