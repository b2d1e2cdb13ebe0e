"""What is kept from one session to the next: the colours, the last view, unsaved what-ifs.

Whatever is wrong with a file, the screens go on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import IO, Any

from platformdirs import user_config_path, user_state_path

from partnerselect import files

MOST_RECENT = 12
"""Scenario files that are remembered."""


@dataclass(frozen=True)
class Remembered:
    """Empty where nothing is known."""

    theme: str = ""
    view: str = ""
    recent: tuple[str, ...] = ()
    """Scenario files, the latest first."""

    def of(self, paths: Sequence[Path]) -> Remembered:
        """Return it for these files: the view only where the first is the one looked at last."""
        latest = {files.resolved(Path(path)) for path in self.recent[:1]}
        same = {files.resolved(path) for path in paths[:1]} <= latest
        return self if same else replace(self, view="")


def place() -> Path:
    """Return the file in the user's configuration folder."""
    return user_config_path("partnerselect", appauthor=False) / "screens.json"


def keys_place() -> Path:
    """Return the file of the reader's own keys, beside it."""
    return place().with_name("keys.yaml")


def recalled() -> Remembered:
    """Return what was remembered."""
    try:
        known = json.loads(place().read_text(encoding="utf-8"))
        recent = tuple(str(path) for path in known.get("recent", ()))
        return Remembered(str(known["theme"]), str(known["view"]), recent[:MOST_RECENT])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Remembered()


def remember(what: Remembered) -> None:
    """Write it down, where that is possible."""
    with suppress(OSError):
        place().parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(place(), json.dumps(asdict(what)) + "\n")


Changes = Mapping[str, Any]


def folder() -> Path:
    """Return the user's folder for unsaved what-ifs (below XDG_STATE_HOME on Linux)."""
    return user_state_path("partnerselect") / "what-ifs"


@dataclass(frozen=True)
class Kept:
    """An unsaved what-if on disk."""

    place: Path
    changes: dict[str, Any]

    def discard(self) -> None:
        """Keep it no longer."""
        with suppress(OSError):
            self.place.unlink(missing_ok=True)


class Autosave:
    """Keeps the what-ifs of one running program; any number of programs may work on one scenario.

    What is kept soon is written by `flush`, which may run in any thread. What is kept now is on
    disk when the call returns, and nothing older is written after it.
    """

    def __init__(self) -> None:
        self._name = os.urandom(8).hex()
        self._claim: IO[bytes] | None = None
        self._due: dict[Path, Changes] = {}
        self._writing = Lock()

    def keep_soon(self, path: Path, changes: Changes) -> None:
        """Have the changes made to a scenario file written at the next flush."""
        self._due[path] = changes

    def keep_now(self, path: Path, changes: Changes) -> None:
        """Write the changes made to a scenario file; none: keep nothing of it."""
        with self._writing:
            self._due.pop(path, None)
            self._write(path, changes)

    @property
    def is_due(self) -> bool:
        """Whether anything is to be written."""
        return bool(self._due)

    def flush(self) -> None:
        """Write all that is due."""
        with self._writing:
            while self._due:
                self._write(*self._due.popitem())

    def close(self) -> None:
        """Write all that is due, and let others take up what is kept."""
        self.flush()
        if self._claim is not None:
            self._claim.close()
            self._claim = None
            files.is_claimed(self._lock)

    def abandoned(self, path: Path) -> list[Kept]:
        """Return the what-ifs of a scenario file that no running program works on, newest first."""
        with suppress(OSError):
            places = [place for place in folder().iterdir() if place.name.startswith(_stem(path))]
            newest_first = sorted(places, key=lambda place: -place.stat().st_mtime_ns)
            found = [Kept(place, _read(place)) for place in newest_first if self._is_free(place)]
            return [kept for kept in found if kept.changes]
        return []

    def _is_free(self, place: Path) -> bool:
        owner = place.stem.rpartition("-")[2]
        return owner != self._name and not files.is_claimed(folder() / f"{owner}.lock")

    @property
    def _lock(self) -> Path:
        return folder() / f"{self._name}.lock"

    def _write(self, path: Path, changes: Changes) -> None:
        """Write or remove what is kept of a file, where the folder can be written."""
        place = folder() / f"{_stem(path)}-{self._name}.json"
        with suppress(OSError):
            if not changes:
                place.unlink(missing_ok=True)
                return
            folder().mkdir(parents=True, exist_ok=True)
            self._claim = self._claim or files.claim(self._lock)
            kept = {"scenario": str(path), "changes": dict(changes)}
            files.write_whole(place, json.dumps(kept, ensure_ascii=False, indent=1))


def _stem(path: Path) -> str:
    import hashlib

    return f"{path.stem}-{hashlib.sha256(str(files.resolved(path)).encode()).hexdigest()[:16]}"


def _read(place: Path) -> dict[str, Any]:
    """Return the changes in a file; none where it holds nothing that can be read."""
    with suppress(OSError, ValueError):
        found = json.loads(place.read_text(encoding="utf-8"))
        if isinstance(found, dict) and isinstance(found.get("changes"), dict):
            return dict(found["changes"])
    return {}
