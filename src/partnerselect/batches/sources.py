"""What a batch is made from: files, folders, patterns, earlier results; cut into chunks."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from partnerselect import files
from partnerselect.batches.folder import MANIFEST, read_manifest
from partnerselect.batches.work import Job, hash_of
from partnerselect.cases import Block, Case, blocks
from partnerselect.errors import input_error
from partnerselect.files import Loaded, LoadedCriteria, resolved, with_new_words
from partnerselect.model import Scenario
from partnerselect.rows import software

LARGEST_CHUNK, MANY = 32, 512
"""Cases of a chunk from so many cases on: a sweep made longer keeps what is finished."""
CHUNKS_WANTED = 64
"""Fewer cases are cut into so many chunks, whoever works on them: at the end none waits long."""
SUFFIXES = frozenset({".yaml", ".yml", ".json", ".xlsx"})
PATTERN = frozenset("*?[")
MOST_CASES = 100_000
"""Cases that are begun unasked: of small scenarios they take hours."""


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
    def asked(self) -> int:
        """The number of its cases, counted without making one."""
        return sum(block.count for block in self.blocks)

    @property
    def count(self) -> int:
        """The number of its wanted cases."""
        if self.only is None:
            return self.asked
        return sum(1 for block in self.blocks for _ in self.cases(block))

    def cases(self, block: Block) -> Iterator[Case]:
        """Yield the wanted cases of a block."""
        return (case for case in block if self.only in {None, case.id})

    @cached_property
    def content(self) -> str:
        """The scenario as JSON."""
        return json.dumps(self.scenario.data, ensure_ascii=False, default=str)

    @cached_property
    def fixed(self) -> str:
        """The weights that are fixed in the register, and by which entry, as JSON."""
        return json.dumps(self.scenario.frozen)

    def jobs(self, size: int) -> Iterator[Job]:
        """Yield its wanted cases in chunks of at most so many."""
        for block in self.blocks:
            cases = self.cases(block)
            while chunk := tuple((one.id, one.varied, one.changes) for one in islice(cases, size)):
                yield Job(self.name, self.content, self.overrides, chunk, software(), self.fixed)


@dataclass(frozen=True)
class Plan:
    """All the cases of a run."""

    sources: tuple[Source, ...]

    @cached_property
    def cases(self) -> int:
        """The number of cases."""
        return sum(source.count for source in self.sources)

    @property
    def key(self) -> str:
        """The hash of everything the results depend on."""
        parts = [
            [one.name, one.content, one.overrides, one.only, one.fixed] for one in self.sources
        ]
        return hash_of([parts, software()])

    def jobs(self) -> Iterator[Job]:
        """Yield the chunks in order.

        Their borders depend on the cases alone, so that any run can resume any other.
        """
        few = max(1, self.cases // CHUNKS_WANTED)
        size = few if self.cases < MANY else LARGEST_CHUNK
        return (job for source in self.sources for job in source.jobs(size))


def plan(sources: Iterable[Source]) -> Plan:
    """Return the plan of all the cases that the sources ask for."""
    return Plan(tuple(sources))


def refuse_too_many(sources: Sequence[Source], most: int, how: str) -> None:
    """Refuse more cases than anybody means without saying so; none is made for that.

    Args:
        sources: what asks for them.
        most: how many may be begun.
        how: how to allow more, as `{cases}` says.

    Raises:
        InputError: there are more.
    """
    asked = sum(source.asked for source in sources)
    if asked > most:
        largest = max(sources, key=lambda source: source.asked)
        by = f", {largest.asked:,} of them by {largest.path}" if len(sources) > 1 else ""
        raise input_error(
            f"{asked:,} cases are asked for{by}; more than {most:,} are only begun on request."
            " Sweep fewer values, draw a sample of them with `design`, or allow as many with"
            f" {how.format(cases=asked)}"
        )


def matching_files(path: str) -> tuple[Path, ...]:
    """Return the files that a path stands for.

    Itself, a folder's scenarios in order of name, or what a pattern matches.

    Raises:
        InputError: there is nothing there.
    """
    given = Path(path)
    if given.is_dir() and not (given / MANIFEST).exists():
        inside = given / "scenarios" if (given / "scenarios").is_dir() else given
        named = [one for one in inside.iterdir() if one.suffix in SUFFIXES and not one.is_dir()]
        found = [one for one in named if files.may_hold_scenario(one)]
    elif not given.exists() and PATTERN & set(path):
        found = list(map(Path, glob.glob(path, recursive=True)))  # noqa: PTH207
    else:
        return (given,)
    if not (kept := sorted(one for one in found if one.name != MANIFEST)):
        raise input_error(f"{path}: no scenario is there")
    return tuple(kept)


def sources_in(loaded: Loaded | Path, path: Path, overrides: dict[str, Any]) -> Iterator[Source]:
    """Yield the scenario of a file, or those of an earlier result."""
    if isinstance(loaded, Loaded):
        yield Source(
            path.stem,
            loaded.scenario,
            str(path),
            tuple((str(one), hashed(one)) for one in loaded.sources),
            overrides,
        )
        return
    manifest = read_manifest(loaded) or {}
    for known in manifest.get("scenarios", []):
        scenario = Scenario.from_data(with_new_words(known["data"]), id=known["name"])
        scenario = scenario.beside_register((), known.get("fixed"))
        yield Source(
            known["name"],
            scenario,
            str(path),
            tuple((file["path"], file["sha256"]) for file in known["files"]),
            {**known["overrides"], **overrides},
        )


def load_source(path: Path, *, root: Path | None, many: bool) -> Loaded | Path | None:
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


def hashed(path: Path) -> str:
    """Return the hash of a file's content, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
