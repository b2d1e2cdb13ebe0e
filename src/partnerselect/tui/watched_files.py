"""Tells when a file that a scenario was read from has changed.

Looking costs a few system calls and works on any disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

READ = frozenset({".yaml", ".yml", ".csv", ".xlsx"})
Marks = dict[Path, tuple[int, int, int] | None]


def marks(paths: Iterable[Path]) -> Marks:
    """Return what tells a file from an earlier state of it: inode, size and time of change.

    None where it is not there.

    The inode changes when a file is replaced as a whole, as editors do.
    """
    return {path: mark(path) for path in paths}


def mark(path: Path) -> tuple[int, int, int] | None:
    """Return what tells a file from an earlier state of it; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


class WatchedFiles:
    """Files that are looked at again and again."""

    def __init__(self) -> None:
        self._seen: Marks = {}
        self._settling = False

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch these files from now on, and no others."""
        self._seen, self._settling = marks(paths), False

    def watch_also(self, paths: Iterable[Path]) -> None:
        """Watch these files too; what was seen of the others holds."""
        self._seen = marks(paths) | self._seen

    def have_settled(self) -> bool:
        """Look once; tell whether the files had changed and have settled."""
        now = marks(self._seen)
        if now == self._seen:
            return self._settling
        self._seen, self._settling = now, True
        return False


def neighbours(path: Path) -> tuple[Path, ...]:
    """Return the files that an unreadable scenario may depend on."""
    folders = (path.parent, path.parent.parent / "criteria")
    return (
        path,
        *(
            found
            for folder in folders
            if folder.is_dir()
            for found in sorted(folder.iterdir())
            if found.suffix in READ
        ),
    )
