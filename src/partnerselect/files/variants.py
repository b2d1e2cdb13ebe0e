"""A scenario as a small file that extends another and holds only what differs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from partnerselect.files.workspace import workspace_of

SCHEMA = Path("schema") / "scenario.json"
LONGEST_NAME = 60
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
    return "\n".join(
        [*lines, yaml.dump(said, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=150)]
    )


def file_name(title: str, base: Path) -> str:
    """Return a name for a variant's file, made from its title: `shsc-2021-half-the-budget.yaml`."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:LONGEST_NAME].strip("-")
    return f"{base.stem}-{words or 'what-if'}.yaml"


def _from(folder: Path, path: Path) -> str:
    """Return a path as a file of this folder names it, with / on every system."""
    return Path(os.path.relpath(path, folder)).as_posix()
