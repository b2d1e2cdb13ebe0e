"""A file as it was at a revision in git, with all that it may include, in a folder of its own."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from partnerselect.errors import FailureError, input_error
from partnerselect.files import resolved, workspace_of

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".csv", ".xlsx"})
"""Files that a scenario may include."""
ORDINARY = frozenset({"100644", "100755"})
"""Modes of files; links and submodules are not followed."""


@contextmanager
def at_revision(path: Path, revision: str, *, root: Path | None) -> Iterator[Path]:
    """Yield the path of a file as it was at a revision.

    Raises:
        InputError: the file is in no repository, or neither the revision nor the file at that
            revision exists.
        FailureError: git cannot be run.
    """
    path = resolved(path)
    repository = resolved(
        Path(
            _git(path.parent, "rev-parse", "--show-toplevel", why=f"{path} is in no git repository")
            .decode()
            .strip()
        )
    )
    commit = _git(
        repository,
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        f"{revision}^{{commit}}",
        why=f'git knows no revision "{revision}"',
    )
    workspace = [
        folder for folder in workspace_of(path, root).folders if folder.is_relative_to(repository)
    ]
    with tempfile.TemporaryDirectory() as temporary:
        copy = resolved(Path(temporary))
        for folder in workspace:
            _lay_out(repository, commit.decode().strip(), folder, copy)
        then = copy / path.relative_to(repository)
        if not then.exists():
            raise input_error(f"{path.name} did not exist at {revision}")
        yield then


def _lay_out(repository: Path, commit: str, folder: Path, copy: Path) -> None:
    """Write what stood in a folder at a commit."""
    inside = folder.relative_to(repository).as_posix()
    listed = _git(
        repository,
        "ls-tree",
        "-r",
        "-z",
        "--full-tree",
        commit,
        *([] if inside == "." else ["--", f"{inside}/"]),
        why="git cannot list the revision",
    )
    for entry in filter(None, listed.decode().split("\0")):
        stated, _, name = entry.partition("\t")
        mode, _, digest = stated.split()
        if mode in ORDINARY and PurePosixPath(name).suffix in SUFFIXES:
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_git(repository, "show", digest, why=f"git cannot show {name}"))


def _git(folder: Path, *arguments: str, why: str) -> bytes:
    try:
        return subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            check=True,
            capture_output=True,
        ).stdout
    except FileNotFoundError as error:
        raise FailureError("git is not installed, or not on the PATH") from error
    except subprocess.CalledProcessError as error:
        raise input_error(why) from error
