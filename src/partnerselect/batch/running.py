"""Chunks of cases through the engine into the folder, whatever is interrupted or dies on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain, islice

from partnerselect.batch.engines import Engine
from partnerselect.batch.folder import Folder
from partnerselect.batch.planning import Plan
from partnerselect.batch.work import Job, broken, run_job

AHEAD = 2
"""Chunks handed out for each worker: one at work, one waiting."""
DIED = "the worker process died on this case"
Told = Callable[[int, int], None]
"""Hears of every finished chunk: its cases, and how many of them were finished already."""


@dataclass(frozen=True)
class Counted:
    """How many cases were run now, and how many were finished before."""

    ran: int
    kept: int


def run(planned: Plan, folder: Folder, engine: Engine, told: Told) -> Counted:
    """Run every case that is not finished yet.

    Raises:
        FailureError: the folder cannot be written, or the cluster cannot be reached; what is finished stays.
    """
    counts = {True: 0, False: 0}

    def done(job: Job, content: bytes | None) -> None:
        if content is not None:
            folder.keep(job.key, content)
        counts[content is None] += len(job.cases)
        told(len(job.cases), len(job.cases) if content is None else 0)

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


def _until_lost(jobs: Iterator[Job], engine: Engine, done: Callable[[Job, bytes], None]) -> list[Job]:
    """Work through chunks, a few ahead; return those that were lost when workers died, none if all are done."""
    first = next(jobs, None)
    if first is None:
        return []
    lost: list[Job] = []
    at_work: dict[Future[bytes], Job] = {}
    with engine.open() as executor:
        _hand_out(executor, chain([first], islice(jobs, AHEAD * engine.workers - 1)), at_work, lost)
        while at_work:
            _take_in(at_work, lost, done)
            if not lost:
                _hand_out(executor, islice(jobs, AHEAD * engine.workers - len(at_work)), at_work, lost)
    return lost


def _hand_out(executor: Executor, jobs: Iterable[Job], at_work: dict[Future[bytes], Job], lost: list[Job]) -> None:
    for job in jobs:
        try:
            at_work[executor.submit(run_job, job)] = job
        except BrokenProcessPool:
            lost.append(job)


def _take_in(at_work: dict[Future[bytes], Job], lost: list[Job], done: Callable[[Job, bytes], None]) -> None:
    for future in wait(at_work, return_when=FIRST_COMPLETED).done:
        job = at_work.pop(future)
        content = _result(future)
        if content is None:
            lost.append(job)
        else:
            done(job, content)


def _result(future: Future[bytes]) -> bytes | None:
    """Return the rows of a chunk; None where whoever worked on it is gone (`run_job` itself raises nothing)."""
    try:
        return future.result()
    except Exception:  # noqa: BLE001 - each engine has its own word for a dead worker
        return None


def _alone(job: Job, engine: Engine) -> bytes:
    """Run a lost chunk again by itself; lost again, case by case, so that the one that kills its worker is known."""
    with replace(engine, workers=1).open() as executor:
        content = _result(executor.submit(run_job, job))
    if content is not None:
        return content
    if len(job.cases) == 1:
        return broken(job, DIED)
    return b"".join(_alone(replace(job, cases=(case,)), engine) for case in job.cases)
