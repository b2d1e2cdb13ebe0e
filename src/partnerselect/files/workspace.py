"""Which files a scenario may name: those of its workspace, and of no other folder."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from partnerselect.files.source import resolved


@dataclass(frozen=True)
class Workspace:
    """The folders that references may reach, symbolic links resolved."""

    folders: tuple[Path, ...]

    def follow(self, reference: object, writer: Path) -> Path:
        """Return the file a reference names, read from the folder of the file that wrote it.

        Raise ValueError or OSError where it may not be read.
        """
        if not isinstance(reference, str) or not reference.strip() or "\0" in reference:
            raise ValueError("expected the path of a file")
        path = resolved(writer.parent / reference)
        if not any(path.is_relative_to(folder) for folder in self.folders):
            raise ValueError(
                f'the path "{reference}" leaves the workspace; move the file into it, or widen the'
                " workspace with --root"
            )
        if not path.exists():
            meant = "; write / between folders" if "\\" in reference else _similar(path)
            raise ValueError(f'there is no file "{reference}"{meant}')
        return path


ALIKE = 0.8
"""How alike, of 1, two file names must be before one is suggested: all of them end alike."""


def workspace_of(path: Path, root: Path | None) -> Workspace:
    """Return the workspace of a resolved file.

    It is the nearest folder above that holds both `criteria/` and `scenarios/`, else the file's
    own; `root` widens it.
    """
    nearest = next(
        (
            folder
            for folder in path.parents
            if (folder / "criteria").is_dir() and (folder / "scenarios").is_dir()
        ),
        path.parent,
    )
    return Workspace((nearest,) if root is None else (nearest, resolved(root)))


def _similar(path: Path) -> str:
    try:
        names = [neighbour.name for neighbour in path.parent.iterdir()]
    except OSError:
        return ""
    close = get_close_matches(path.name, names, n=1, cutoff=ALIKE)
    return f'; did you mean "{close[0]}"?' if close else ""
