"""A whole run, from an empty or interrupted folder to a finished one and what reproduces it."""

from __future__ import annotations

import datetime as dt
import platform
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnerselect.batches.engines import Engine, OnChunk, run_chunks
from partnerselect.batches.folder import Folder, read_manifest
from partnerselect.batches.results import write_tables
from partnerselect.batches.sources import Plan
from partnerselect.batches.work import ANSWERED
from partnerselect.cases import Sample
from partnerselect.errors import input_error
from partnerselect.rows import software

FORMAT = 1


@dataclass(frozen=True)
class Outcome:
    """What a run did."""

    ran: int
    kept: int
    """Cases that were finished before."""
    unanswered: dict[str, int]
    """How many cases ended without an answer, by state."""


def complete(
    planned: Plan, out: Path, engine: Engine, on_chunk: OnChunk, *, resume: bool, form: str = "csv"
) -> Outcome:
    """Run what is not finished yet, then write the tables and, last, the manifest.

    Raises:
        InputError: the folder holds something else.
        FailureError: it cannot be written; what was finished stays.
    """
    folder = Folder(out)
    folder.prepare(resume=resume)
    with folder.locked():
        return _completed(planned, folder, engine, on_chunk, form)


def _completed(
    planned: Plan, folder: Folder, engine: Engine, on_chunk: OnChunk, form: str
) -> Outcome:
    earlier = read_manifest(folder.path)
    if earlier is not None:
        folder.clear()
        if (earlier.get("run"), earlier.get("data")) != (planned.key, form):
            raise input_error(
                f"{folder.path} holds the finished results of other cases, options or versions;"
                " name another folder"
            )
        return Outcome(0, planned.cases, _unanswered(earlier["states"]))
    begun = {**_begun(planned, engine, folder), "data": form}
    folder.announce(begun)
    counted = run_chunks(planned, folder, engine, on_chunk)
    tables, states = write_tables(planned, folder, form)
    ended = {"finished": _now(), **vars(counted), "states": states, "tables": tables}
    folder.finish({**begun, **ended})
    return Outcome(counted.ran, counted.kept, _unanswered(states))


def _unanswered(states: dict[str, int]) -> dict[str, int]:
    return {state: count for state, count in states.items() if state not in ANSWERED}


def _begun(planned: Plan, engine: Engine, folder: Folder) -> dict[str, Any]:
    """Return what reproduces a run, and what its tables must not hold: times, host, paths."""
    return {
        "format": FORMAT,
        "reproduce": (
            f"partnerselect batch {shlex.quote(str(folder.path))} --case CASE --out ANOTHER"
        ),
        "run": planned.key,
        "cases": planned.cases,
        "scenarios": [
            {
                "name": source.name,
                "path": source.path,
                "sha256": source.scenario.sha256,
                "cases": source.asked,
                "design": any(isinstance(block, Sample) for block in source.blocks),
                "overrides": source.overrides,
                "files": [{"path": path, "sha256": digest} for path, digest in source.files],
                "data": source.scenario.data,
                "fixed": source.scenario.frozen,
            }
            for source in planned.sources
        ],
        "command": shlex.join(["partnerselect", *sys.argv[1:]]),
        "folder": str(Path.cwd()),
        "software": software(),
        "python": platform.python_version(),
        "host": platform.node(),
        "engine": engine.words,
        "started": _now(),
    }


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
