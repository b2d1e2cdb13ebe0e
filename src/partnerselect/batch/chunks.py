"""Chunks of cases through the engine into the folder, whatever dies on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain, islice

from partnerselect.batch.engines import Engine, Work
from partnerselect.batch.folder import Folder
from partnerselect.batch.planning import Plan
from partnerselect.batch.work import Job, broken
from partnerselect.errors import FailureError

AHEAD = 2
"""Chunks handed out for each worker: one at work, one waiting."""
DIED = "the worker process died on this case"
OnChunk = Callable[[int, int], None]
"""Called with every finished chunk: its cases, and how many were finished already."""


@dataclass(frozen=True)
class Counted:
    """How many cases were run now, and how many were finished before."""

    ran: int
    kept: int


def run_chunks(planned: Plan, folder: Folder, engine: Engine, on_chunk: OnChunk) -> Counted:
    """Run every case that is not finished yet.

    Raises:
        FailureError: the folder cannot be written, or the cluster cannot be reached; what is
            finished stays.
    """
    counts = {True: 0, False: 0}

    def done(job: Job, content: bytes | None) -> None:
        if content is not None:
            folder.keep(job.key, content)
        counts[content is None] += len(job.cases)
        on_chunk(len(job.cases), len(job.cases) if content is None else 0)

    def unfinished() -> Iterator[Job]:
        for job in planned.jobs():
            if folder.has(job.key):
                done(job, None)
            else:
                yield job

    jobs = unfinished()
    while lost := _until_lost(jobs, engine, done):
        for job in lost:
            done(job, _alone(job, engine))
    return Counted(ran=counts[False], kept=counts[True])


def _until_lost(
    jobs: Iterator[Job], engine: Engine, done: Callable[[Job, bytes], None]
) -> list[Job]:
    """Work through chunks, a few ahead.

    Return those that were lost when workers died, none if all are done.
    """
    first = next(jobs, None)
    if first is None:
        return []
    with engine.open() as executor:
        crew = _Crew(executor, engine.work, done)
        crew.hand_out(chain([first], islice(jobs, AHEAD * engine.workers - 1)))
        while crew.at_work:
            crew.take_in()
            if not crew.lost:
                crew.hand_out(islice(jobs, AHEAD * engine.workers - len(crew.at_work)))
        return crew.lost


class _Crew:
    """The workers of one executor: what they are at, and what was lost with them."""

    def __init__(self, executor: Executor, work: Work, done: Callable[[Job, bytes], None]) -> None:
        self._executor, self._work, self._done = executor, work, done
        self.at_work: dict[Future[bytes], Job] = {}
        self.lost: list[Job] = []

    def hand_out(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            try:
                self.at_work[self._executor.submit(self._work, job)] = job
            except BrokenProcessPool:
                self.lost.append(job)

    def take_in(self) -> None:
        for future in wait(self.at_work, return_when=FIRST_COMPLETED).done:
            job = self.at_work.pop(future)
            content = _result(future)
            if content is None:
                self.lost.append(job)
            else:
                self._done(job, content)


def _result(future: Future[bytes]) -> bytes | None:
    """Return the rows of a chunk; None where whoever worked on it is gone.

    Raises:
        FailureError: the workers have another version of this package, or none: what they would
            return is of no use.
    """
    try:
        return future.result()
    except FailureError:
        raise
    except ImportError as error:
        raise FailureError(
            f"the workers cannot run cases ({error}); they need the version of partnerselect that"
            " starts the run"
        ) from error
    except Exception:  # noqa: BLE001 - each engine has its own word for a dead worker
        return None


def _alone(job: Job, engine: Engine) -> bytes:
    """Run a lost chunk again by itself.

    Lost again, case by case, so that the one that kills its worker is known.
    """
    with replace(engine, workers=1).open() as executor:
        content = _result(executor.submit(engine.work, job))
    if content is not None:
        return content
    if len(job.cases) == 1:
        return broken(job, DIED)
    return b"".join(_alone(replace(job, cases=(case,)), engine) for case in job.cases)
