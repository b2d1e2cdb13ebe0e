"""The result folder: finished chunks, written whole, until the tables made from them are.

lock.part               which run is at work; the lock itself goes with its process
manifest.json.part      what the unfinished run is made of
chunks.part/KEY.gz      a finished chunk, named by the hash of all its rows depend on
summary.csv, …          the tables; while they are written, with `.part` behind their names
manifest.json           written last: where it stands, the run is finished
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from partnerselect.errors import FailureError, input_error
from partnerselect.files import write_whole
from partnerselect.words import json_text

if sys.platform != "win32":
    import fcntl

MANIFEST = "manifest.json"
PART = ".part"
CHUNKS = "chunks.part"
LOCK = "lock.part"


@dataclass(frozen=True)
class Folder:
    """Where a run's results stand."""

    path: Path

    def prepare(self, *, resume: bool) -> None:
        """Make the folder, or see that it may be used.

        Raises:
            InputError: it holds something and the run is not to be resumed.
            FailureError: it cannot be written.
        """
        if self.path.exists() and not self.path.is_dir():
            raise input_error(f"{self.path} is a file; name a folder for --out")
        inside = {one.name for one in self.path.iterdir()} if self.path.is_dir() else set()
        if inside and not resume:
            raise input_error(
                f"{self.path} is not empty; add --resume (in Python resume=True) to go on with an"
                " interrupted run, or name another folder"
            )
        if inside and not inside & {MANIFEST, MANIFEST + PART, CHUNKS}:
            raise input_error(f"{self.path} holds no run to resume; name another folder")
        with self.writing():
            self.chunks.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs out until this one ends, and remove what a killed one left half written.

        Raises:
            InputError: another run is at work here; the message says which.
        """
        with self.writing():
            lock = (self.path / LOCK).open("a+", encoding="utf-8")
        with lock:
            if not _takes(lock):
                lock.seek(0)
                raise input_error(
                    f"{self.path} is in use by another run ({lock.read() or 'just begun'});"
                    " wait until it ends, or stop it"
                )
            with self.writing():
                lock.truncate(0)
                began = dt.datetime.now(tz=dt.UTC).isoformat(" ", "minutes")
                lock.write(f"process {os.getpid()} on {platform.node()}, since {began}")
                lock.flush()
                for left in (*self.path.glob(f"*{PART}"), *self.chunks.glob(f"*{PART}")):
                    if left.is_file() and left.name not in {LOCK, MANIFEST + PART}:
                        left.unlink(missing_ok=True)
            yield

    @property
    def chunks(self) -> Path:
        """The folder of finished chunks."""
        return self.path / CHUNKS

    def chunk(self, key: str) -> Path:
        """Return where a finished chunk stands."""
        return self.chunks / f"{key}.gz"

    def keep(self, key: str, content: bytes) -> None:
        """Write a finished chunk, whole or not at all; one that a crash loses is done again."""
        with self.writing():
            write_whole(self.chunk(key), content, at_once=False)

    @contextmanager
    def part(self, name: str) -> Iterator[Path]:
        """Yield where to write a table; it takes its name once it is whole."""
        unfinished = self.path / (name + PART)
        with self.writing():
            yield unfinished
            unfinished.replace(self.path / name)

    def announce(self, manifest: dict[str, Any]) -> None:
        """Write what the unfinished run is made of."""
        with self.writing():
            write_whole(self.path / (MANIFEST + PART), json_text(manifest) + "\n")

    def finish(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, then remove what only an unfinished run needs."""
        with self.writing():
            write_whole(self.path / MANIFEST, json_text(manifest) + "\n")
        self.clear()

    def clear(self) -> None:
        """Remove what only an unfinished run needs."""
        with self.writing():
            shutil.rmtree(self.chunks, ignore_errors=True)
            for left in self.path.glob(f"*{PART}"):
                left.unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Say in plain words why the folder could not be written."""
        try:
            yield
        except OSError as error:
            why = f"{self.path} could not be written ({error.strerror or error})"
            is_begun = self.chunks.is_dir()
            kept = "what was finished before is kept there, and --resume goes on from it"
            otherwise = kept if is_begun else "name another folder for --out"
            raise FailureError(f"{why}; {otherwise}") from error


def _takes(lock: TextIO) -> bool:
    """Take the lock of a file; tell whether another process had it not."""
    if sys.platform == "win32":  # no lock there that ends with its process and is left readable
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a finished run; None where there is none or it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "scenarios" in found else None
