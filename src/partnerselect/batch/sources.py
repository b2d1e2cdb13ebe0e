"""What a batch is made from: files, folders, patterns, and the results of earlier batches."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from partnerselect import files
from partnerselect.batch.folder import MANIFEST, read_manifest
from partnerselect.cases import Block, Case, blocks
from partnerselect.errors import input_error
from partnerselect.files import Loaded, LoadedCriteria
from partnerselect.files.old_words import with_new_words
from partnerselect.files.source import resolved
from partnerselect.model.scenario import Scenario

SUFFIXES = frozenset({".yaml", ".yml", ".json"})
PATTERN = frozenset("*?[")


@dataclass(frozen=True)
class Source:
    """One scenario, what its cases are called, and the files it was read from."""

    name: str
    scenario: Scenario
    path: str
    files: tuple[tuple[str, str], ...]
    """Every file read and the hash of its content."""
    overrides: dict[str, Any]
    """What the command line, or the manifest it is taken from, states instead of the scenario."""
    only: str | None = None
    """The one case wanted."""

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The cases it asks for."""
        return blocks(self.scenario, self.name)

    @property
    def count(self) -> int:
        """The number of its wanted cases."""
        return sum(
            len(block) if self.only is None else sum(1 for _ in self.cases(block))
            for block in self.blocks
        )

    def cases(self, block: Block) -> Iterator[Case]:
        """Yield the wanted cases of a block."""
        return (case for case in block if self.only in {None, case.id})


def expanded(path: str) -> tuple[Path, ...]:
    """Return the files that a path stands for.

    Itself, a folder's scenarios in order of name, or what a pattern matches.

    Raises:
        InputError: there is nothing there.
    """
    given = Path(path)
    if given.is_dir() and not (given / MANIFEST).exists():
        inside = given / "scenarios" if (given / "scenarios").is_dir() else given
        found = tuple(
            sorted(
                file
                for file in inside.iterdir()
                if file.suffix in SUFFIXES and file.name != MANIFEST and not file.is_dir()
            )
        )
    elif not given.exists() and PATTERN & set(path):
        found = tuple(
            sorted(
                Path(name)
                for name in glob.glob(path, recursive=True)  # noqa: PTH207
                if Path(name).name != MANIFEST
            )
        )
    else:
        return (given,)
    if not found:
        raise input_error(f"{path}: no scenario is there")
    return found


def sources(loaded: Loaded | Path, path: Path, overrides: dict[str, Any]) -> Iterator[Source]:
    """Yield the scenario of a file, or those of an earlier result."""
    if isinstance(loaded, Loaded):
        yield Source(
            path.stem,
            loaded.scenario,
            str(path),
            tuple(_hashed(file) for file in loaded.sources),
            overrides,
        )
        return
    manifest = read_manifest(loaded) or {}
    for known in manifest.get("scenarios", []):
        scenario = Scenario.from_data(with_new_words(known["data"]), id=known["name"])
        yield Source(
            known["name"],
            scenario,
            str(path),
            tuple((file["path"], file["sha256"]) for file in known["files"]),
            {**known["overrides"], **overrides},
        )


def load(path: Path, *, root: Path | None, many: bool) -> Loaded | Path | None:
    """Load a scenario, or return the folder of an earlier result.

    None for a criteria set among many files.
    """
    if (path / MANIFEST).exists():
        return path
    either = files.load_either(path, root=root) if many else files.load(path, root=root)
    return None if isinstance(either, LoadedCriteria) else either


def with_unique_names(found: list[Source]) -> list[Source]:
    """Give scenarios of one name the folders above them in front, as many as tell them apart."""
    names = [source.name for source in found]
    return [_renamed(source, found) if names.count(source.name) > 1 else source for source in found]


def _renamed(source: Source, found: list[Source]) -> Source:
    alike = [other for other in found if other is not source and other.name == source.name]
    parts, others = _parts(source), [_parts(other) for other in alike]
    if parts in others:  # v3.yaml beside v3.yml
        suffix = Path(source.path).suffix
        if suffix in {Path(other.path).suffix for other in alike if _parts(other) == parts}:
            raise input_error(f"{source.path} is given twice")
        parts = (*parts[:-1], parts[-1] + suffix)
    depth = next(
        depth
        for depth in range(1, len(parts) + 1)
        if all(other[-depth:] != parts[-depth:] for other in others)
    )
    return replace(source, name=".".join(parts[-depth:]).lstrip("/."))


def _parts(source: Source) -> tuple[str, ...]:
    """Return the folders above a scenario and its name: of an earlier result, its folder too."""
    path = resolved(Path(source.path))
    return (*(path.parent if path.suffix in SUFFIXES else path).parts, source.name)


def _hashed(file: Path) -> tuple[str, str]:
    return str(file), hashlib.sha256(file.read_bytes()).hexdigest()
