"""Files that a running program has for itself; a claim ends with its program, however that ends."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO


def claim(path: Path) -> IO[bytes] | None:
    """Claim a file, made where it is not there, until the stream returned is closed.

    None where another program has it.
    """
    stream = path.open("ab")
    try:
        _lock(stream)
    except OSError:
        stream.close()
        return None
    return stream


def is_claimed(path: Path) -> bool:
    """Tell whether a running program has a file for itself; one left behind is removed."""
    if not path.exists():
        return False
    stream = claim(path)
    if stream is None:
        return True
    stream.close()
    with suppress(OSError):
        path.unlink(missing_ok=True)
    return False


def _lock(stream: IO[bytes]) -> None:
    """Lock a stream; raises OSError where another has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
