"""Unsaved what-ifs, kept in the user's state folder until they are saved or discarded: a crash loses none."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from platformdirs import user_state_path

PAUSE = 0.3
"""Seconds in which further changes go into the same writing."""
Changes = Mapping[str, Any]


def folder() -> Path:
    """Return where unsaved what-ifs are kept: of every user and system its own place (XDG_STATE_HOME on Linux)."""
    return user_state_path("partnerselect") / "what-ifs"


def kept(path: Path) -> dict[str, Any]:
    """Return the changes kept for a scenario file.

    None where there are none, or nothing that can be read.
    """
    with suppress(OSError, ValueError):
        found = json.loads(_place(path).read_text(encoding="utf-8"))
        if isinstance(found, dict) and isinstance(found.get("changes"), dict):
            return dict(found["changes"])
    return {}


def keep(path: Path, changes: Changes) -> None:
    """Keep the changes made to a scenario file; none: keep nothing.

    A folder that cannot be written is put up with.
    """
    from partnerselect.files.writing import write_whole

    with suppress(OSError):
        if not changes:
            _place(path).unlink(missing_ok=True)
            return
        folder().mkdir(parents=True, exist_ok=True)
        write_whole(
            _place(path),
            json.dumps(
                {"scenario": str(path), "changes": dict(changes)}, ensure_ascii=False, indent=1
            ),
        )


def _place(path: Path) -> Path:
    return (
        folder()
        / f"{path.stem}-{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}.json"
    )


class Keeper:
    """A thread that keeps what-ifs while they are changed, a moment after the last change."""

    def __init__(self) -> None:
        self._due: SimpleQueue[tuple[Path, Changes] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="keeper", daemon=True)

    def keep(self, path: Path, changes: Changes) -> None:
        """Keep changes soon."""
        self._due.put((path, changes))
        if not self._thread.is_alive():
            self._thread.start()

    def finish(self) -> None:
        """Wait until everything is kept."""
        if self._thread.is_alive():
            self._due.put(None)
            self._thread.join()

    def _work(self) -> None:
        going_on = True
        while going_on:
            asked = [self._due.get()]
            if asked[0] is not None:
                time.sleep(PAUSE)
            with suppress(Empty):
                while True:
                    asked.append(self._due.get_nowait())
            latest = dict(one for one in asked if one is not None)
            for path, changes in latest.items():
                keep(path, changes)
            going_on = None not in asked
