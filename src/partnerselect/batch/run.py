"""A whole run, from an empty or interrupted folder to a finished one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from partnerselect.batch import manifest
from partnerselect.batch.chunks import OnChunk, run_chunks
from partnerselect.batch.engines import Engine
from partnerselect.batch.folder import Folder
from partnerselect.batch.planning import Plan
from partnerselect.batch.results import write_tables
from partnerselect.batch.work import ANSWERED
from partnerselect.errors import input_error


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
    earlier = folder.manifest()
    if earlier is not None:
        folder.clear()
        if (earlier.get("run"), earlier.get("data")) != (planned.key, form):
            raise input_error(
                f"{folder.path} holds the finished results of other cases, options or versions;"
                " name another folder"
            )
        return Outcome(0, planned.cases, _unanswered(earlier["states"]))
    begun = {**manifest.begun(planned, engine, folder), "data": form}
    folder.announce(begun)
    counted = run_chunks(planned, folder, engine, on_chunk)
    written = write_tables(planned, folder, form)
    folder.finish(manifest.finished(begun, written, counted))
    return Outcome(counted.ran, counted.kept, _unanswered(written.states))


def _unanswered(states: dict[str, int]) -> dict[str, int]:
    return {state: count for state, count in states.items() if state not in ANSWERED}
