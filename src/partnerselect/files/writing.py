"""Files written whole or not at all, variants among them, and files claimed while in use."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

import yaml

from partnerselect.errors import FailureError, input_error
from partnerselect.files.source import resolved, workspace_of
from partnerselect.model import Scenario


def write_whole(path: Path, content: str | bytes, *, at_once: bool = True) -> None:
    """Write a file by replacing it in one step.

    A reader, or a crash, meets the old content or the new, never half of it. Unless it is to be
    there `at_once`, a crash soon afterwards may leave the old.

    Raises:
        OSError: it cannot be written; a link that leads to itself names nothing that could be.
    """
    data = content.encode() if isinstance(content, str) else content
    path = resolved(path)  # replace what a symbolic link names, not the link
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    part = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if at_once:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a crash, where the system can do so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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


SCHEMA = Path("schema") / "scenario.json"
LONGEST_NAME = 60
BLANK = "choice.yaml"
"""What a scenario to fill in is called."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _./()-]*", re.ASCII)


class _Writer(yaml.SafeDumper):
    """Writes text in quotes wherever YAML 1.1 and 1.2 might read it differently."""


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar(
        "tag:yaml.org,2002:str", text, style=None if _PLAIN.fullmatch(text) else '"'
    )


_Writer.add_representer(str, _text)


def variant_text(
    title: str, base: Path, content: Mapping[str, Any], about: Sequence[str], *, folder: Path
) -> str:
    """Return the YAML of a variant.

    Args:
        title: what the variant is called.
        base: the file that it extends.
        content: what differs; None deletes a key.
        about: what it shows, a sentence a line, as a comment.
        folder: where the file will stand; `extends` and the schema are named from there.
    """
    schema = workspace_of(base, None).folders[0] / SCHEMA
    lines = (
        [f"# yaml-language-server: $schema={_from(folder, schema)}", "#"] if schema.exists() else []
    )
    lines += [f"# {' '.join(sentence.split())}" for sentence in about]
    said = {
        "extends": _from(folder, base),
        "title": title,
        **{key: value for key, value in content.items() if key not in {"extends", "title"}},
    }
    return "\n".join([*lines, yaml_text(said)])


def yaml_text(content: Mapping[str, Any]) -> str:
    """Return content as YAML that reads as it was given, by 1.1 and by 1.2 of its rules."""
    return yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=150)


def scenario_text(data: Mapping[str, Any]) -> str:
    """Return a scenario's data as YAML, its parts in the order of the format."""
    keys = [str(field.alias) for field in Scenario.model_fields.values()]
    return yaml_text({key: data[key] for key in (*keys, *data) if key in data})


def file_name(title: str, base: Path) -> str:
    """Return a name for a variant's file, made from its title: `shsc-2021-half-the-budget.yaml`."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:LONGEST_NAME].strip("-")
    return f"{base.stem}-{words or 'what-if'}.yaml"


def _from(folder: Path, path: Path) -> str:
    """Return a path as a file of this folder names it, with / on every system."""
    return Path(os.path.relpath(path, folder)).as_posix()


def write_blank(folder: Path) -> Path:
    """Write a commented scenario to fill in, all made up, into a folder; return its path.

    The folder is made where it is not there.

    Raises:
        InputError: one stands there already.
        FailureError: it cannot be written.
    """
    path = folder / BLANK
    if path.exists():
        raise input_error(
            f"{path} exists already and is left as it is; name another folder, or move it away"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, Path(__file__).with_name("blank.yaml").read_bytes())
    except OSError as error:
        raise FailureError(f"{path} could not be written ({error.strerror or error})") from error
    return path
