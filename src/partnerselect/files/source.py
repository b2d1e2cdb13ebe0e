"""Files by name: which a scenario may name, their text, and how a place in it is shown."""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Final

from partnerselect.errors import FailureError, InputError, Loc, Place, Problem, input_error

MAX_BYTES = 10_000_000
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as the end of a line
_WIDEST = 140
_BEFORE_CARET = 60


def label_of(path: Path) -> str:
    """Name a file as its reader would: relative to the current directory when it lies below it."""
    try:
        here = Path.cwd()
    except OSError:  # the working folder is gone, or may not be looked into
        return str(path)
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def resolved(path: Path) -> Path:
    """Return a path with its symbolic links followed, as far as they lead.

    Unlike `Path.resolve` before Python 3.13 it lets a link that leads to itself stand, so that
    whoever opens it meets the system's own error.
    """
    try:
        return Path(os.path.realpath(path))
    except OSError:  # a relative path, and the working folder is gone
        return path
    except ValueError:  # a character that no path holds
        raise input_error(f"{str(path)!a} is no path of a file") from None


@dataclass(frozen=True)
class Source:
    """A file that was read: its resolved path, the name it is shown under, and its text."""

    path: Path
    label: str
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, broken where YAML breaks them."""
        return _LINE_BREAK.split(self.text)

    def place(self, line: int, column: int, width: int = 1) -> Place:
        """Return the place at a 0-based line and column, with that line and the one before it."""
        line = min(line, len(self.lines) - 1)
        faulty = self.lines[line]
        column = min(column, len(faulty))
        width = max(1, min(width, len(faulty) - column))
        start = max(0, column - _BEFORE_CARET) if len(faulty) > _WIDEST else 0
        above = (
            [(line, _shown(self.lines[line - 1], 0))]
            if line and self.lines[line - 1].strip()
            else []
        )
        excerpt = (*above, (line + 1, _shown(faulty, start)))
        return Place(
            f"{self.label}:{line + 1}:{column + 1}",
            excerpt,
            (column - start, min(width, _WIDEST - (column - start))),
        )

    def place_at_offset(self, offset: int) -> Place:
        """Return the place of the character at an offset into the text."""
        lines = _LINE_BREAK.split(self.text[:offset])
        return self.place(len(lines) - 1, len(lines[-1]))


def _shown(line: str, start: int) -> str:
    """Cut a long line to a window, and make visible what a terminal would obey."""
    window = line[start : start + _WIDEST]
    if window.isprintable():
        return window
    return "".join(
        " "
        if character == "\t"
        else character
        if character.isprintable()
        else "\N{REPLACEMENT CHARACTER}"
        for character in window
    )


def read_bytes(path: Path) -> bytes:
    """Read a whole regular file of at most 10 MB.

    Raise OSError or ValueError with a sentence for the user otherwise.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise ValueError("is a folder; expected a file")
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("is not an ordinary file")
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(
            f"is larger than {MAX_BYTES // 1_000_000} MB, the most a file here may hold"
        )
    return content


def why_unreadable(error: OSError | ValueError) -> str:
    """Say in plain words why a file could not be read."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file"
        case PermissionError():
            return "the file may not be read (permission denied)"
        case OSError():
            return f"the file could not be read ({error.strerror or error})"
        case _:
            return str(error)


ENCODINGS = {"utf-8": "UTF-8", "windows-1252": "Windows-1252"}
"""What a table may be encoded in, if it says so, and how it is called."""


ARCHIVE, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of office programs begin: those of today, and older ones or with a password."""


def decode(path: Path, content: bytes, loc: Loc = (), encoding: str = "utf-8") -> Source:
    """Decode text, by default UTF-8, with or without a byte order mark.

    Raise InputError at the first byte that is not.
    """
    label = label_of(path)
    if content.startswith((ARCHIVE, COMPOUND)):
        message = "is a workbook or another program's file, not text; save it as .xlsx, called so"
        raise InputError([Problem(loc, message, place=Place(label))])
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b"\0\0" in (content[:4:2], content[1:4:2]):  # without its mark
        place = Place(f"{label}:1:1")
        raise InputError([Problem(loc, "the text is UTF-16; save the file as UTF-8", place=place)])
    try:
        return Source(path, label, content.decode(encoding))
    except UnicodeDecodeError as error:
        readable = Source(path, label, content.decode(encoding, errors="replace"))
        before = content[: error.start].decode(encoding)
        place = readable.place_at_offset(len(before))
        name, found = ENCODINGS[encoding], f"0x{content[error.start]:02x}"
        message = f"the text is not {name} (found the byte {found}); save the file as UTF-8"
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            message = "the text is UTF-16; save the file as UTF-8"
        elif loc:
            message += ", or write `scores: {file: …, encoding: windows-1252}`"
        raise InputError([Problem(loc, message, place=place)]) from None


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
        if path.is_dir():
            raise ValueError(f'"{reference}" is a folder; expected a file')
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
    close = [name for name in names if name.casefold() == path.name.casefold()]
    close += get_close_matches(path.name, names, n=1, cutoff=ALIKE)
    return f'; did you mean "{close[0]}"?' if close else ""


FOLDERS: Final = ("criteria", "scenarios", "schema")
"""What `init` copies out."""

_PACKAGE = Path(__file__).parent.parent


def starter(*, package: Path = _PACKAGE) -> Path:
    """Return the folder that holds `criteria/`, `scenarios/` and `schema/`.

    Raises:
        FailureError: Neither an installed copy nor a checkout is there.
    """
    for root in (package / "starter", package.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise FailureError(
        "the shipped criteria, scenarios and schema are missing from this installation; install"
        " partnerselect again"
    )
