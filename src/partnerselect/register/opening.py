"""Where the register is, and whether what it needs is installed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect.decisions import Entry, Head, canonical, faults
from partnerselect.errors import InputError, input_error
from partnerselect.words import how_to_install

if TYPE_CHECKING:
    from partnerselect.register.store import Register

VARIABLE = "PARTNERSELECT_REGISTER"
FILE = "register.sqlite"


def location(given: str | None, folder: Path) -> str:
    """Return the URL or path of the register: as given, as the environment has it, or in a folder.

    Args:
        given: by the user; None where it was not.
        folder: that of the workspace.
    """
    return given or os.environ.get(VARIABLE) or str(folder / FILE)


def is_there(given: str | None, folder: Path) -> bool:
    """Tell whether there is a register to look for: one that is named, or a file in a folder."""
    return bool(given or os.environ.get(VARIABLE)) or (folder / FILE).exists()


def open_register(url: str, *, begin: bool = False, verified: bool = True) -> Register:
    """Open a register and verify its chain.

    Args:
        url: of a PostgreSQL database or an SQLite file, whose path will do.
        begin: begin one where there is none.
        verified: refuse one whose chain does not hold; else its `faults` say what is wrong.

    Raises:
        NotBegunError: there is none.
        InputError: it is not ours, or of a newer version, its chain does not hold,
            or a library is missing.
        FailureError: the database cannot be reached.
    """
    try:
        from partnerselect.register.store import Register

        register = Register(url, begin=begin)
    except ModuleNotFoundError as error:
        if str(error.name).startswith("partnerselect"):
            raise
        raise missing_library(error) from error
    if verified and register.faults:
        told = "; ".join(register.faults[:5])
        raise input_error(f"the register {register.name} was changed from outside: {told}")
    return register


def missing_library(error: ModuleNotFoundError) -> InputError:
    """Return what to tell of a library that is not installed."""
    return input_error(
        f"the register needs {error.name}, which is not installed: {how_to_install('register')}"
    )


def read_export(path: Path) -> list[Entry]:
    """Read an export, and verify its chain; raises InputError."""
    try:
        *lines, last = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise input_error(f"{path} is no export of a register (not UTF-8)") from None
    if last:  # cut in the middle, or saved without its end
        lines.append(last)
    if not lines:
        raise input_error(f"{path} is empty, so it is no export of a register")
    return read_lines(lines, str(path))


def read_lines(lines: Iterable[str], name: str) -> list[Entry]:
    """Read an export, and verify its chain; raises InputError."""
    entries: list[Entry] = []
    for n, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
            entry = Entry(text=canonical(said.pop("content")), **said)
            _ = entry.content
        except RecursionError:
            raise input_error(f"{name}:{n}: is no entry of a register (nested too deep)") from None
        except (ValueError, TypeError, KeyError, AttributeError, InputError) as error:
            raise input_error(f"{name}:{n}: is no entry of a register ({error})") from None
        entries.append(entry)
    if found := list(faults(entries, Head.of(entries))):
        raise input_error(f"{name} was changed since it was exported: {'; '.join(found[:5])}")
    return entries
