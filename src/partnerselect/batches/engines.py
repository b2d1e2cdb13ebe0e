"""Where chunks are worked on, whatever dies on the way: processes here or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import chain, islice
from typing import ParamSpec, TypeVar

from partnerselect.batches.folder import Folder
from partnerselect.batches.sources import Plan
from partnerselect.batches.work import Job, broken, holds, run_job
from partnerselect.errors import FailureError, input_error
from partnerselect.words import how_to_install

EMBEDDED = "local"
"""The address of a cluster that lives only as long as the run."""
PATIENCE = "15s"
"""How long to wait for a cluster to answer."""
OF_A_CLUSTER = 64
"""Workers a cluster is taken to have unless stated: too few would leave some idle."""
AHEAD = 2
"""Chunks handed out for each worker: one at work, one waiting."""
DIED = "the worker process died on this case"
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Work = Callable[[Job], bytes]
OnChunk = Callable[[int, int], None]
"""Called with every finished chunk: its cases, and how many were finished already."""


@dataclass(frozen=True)
class Engine:
    """How the work is done; never a part of its results."""

    words: str
    workers: int
    """How many chunks are worked on at once."""
    open: Callable[[], AbstractContextManager[Executor]]
    """Start the workers, and stop them when done."""
    work: Work = run_job
    """What is done with a chunk."""


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(
        self, fn: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Result]:
        """Do the work and return what is already there."""
        done: Future[Result] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future holds whatever was raised
            done.set_exception(error)
        return done


def engine(workers: int | None = None, cluster: str | None = None) -> Engine:
    """Return what does the work: one process a core, or as many as asked for, or a cluster.

    Raises:
        InputError: a cluster is asked for and the library for it is missing.
    """
    count = workers or cores()
    if cluster is not None:
        require("distributed", "--cluster", "Dask", "cluster")
        offered = count if cluster == EMBEDDED else workers or OF_A_CLUSTER
        return Engine(f"Dask cluster {cluster}", offered, lambda: _cluster(cluster, count))
    if count == 1:
        return Engine("this process", 1, Here)
    return Engine(f"{count} processes", count, lambda: _processes(count))


def cores() -> int:
    """Return how many cores this process may use."""
    allowed: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@contextmanager
def _processes(count: int) -> Iterator[Executor]:
    pool = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=_as_worker
    )
    try:
        yield pool
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _as_worker() -> None:
    """Leave Ctrl-C to the process that started this one, and end when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


def require(module: str, option: str, library: str, extra: str) -> None:
    """See that what an option needs is installed; raise InputError where it is not."""
    if find_spec(module) is None:
        raise input_error(f"{option} needs {library}: {how_to_install(extra)}")


@contextmanager
def _cluster(address: str, count: int) -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    try:
        if address == EMBEDDED:
            local = LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            )
            with local, Client(local) as client:
                yield client.get_executor(pure=False)
        else:
            with Client(address, timeout=PATIENCE) as client:
                yield client.get_executor(pure=False)
    except (OSError, TimeoutError) as error:
        raise FailureError(
            f"the cluster {address} cannot be reached ({str(error) or type(error).__name__});"
            " finished cases are kept"
        ) from error


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
            if (chunk := folder.chunk(job.key)).exists() and holds(job, chunk.read_bytes()):
                done(job, None)
            else:
                yield job

    jobs = unfinished()
    while first := next(jobs, None):
        with engine.open() as executor:
            lost = _until_lost(chain([first], jobs), executor, engine, done)
        for job in lost:
            done(job, _alone(job, engine))
    return Counted(ran=counts[False], kept=counts[True])


def _until_lost(
    jobs: Iterator[Job], executor: Executor, engine: Engine, done: Callable[[Job, bytes], None]
) -> list[Job]:
    """Work through chunks, a few ahead; return those that were lost when workers died."""
    at_work: dict[Future[bytes], Job] = {}
    lost: list[Job] = []
    while True:
        for job in islice(jobs, 0 if lost else AHEAD * engine.workers - len(at_work)):
            try:
                at_work[executor.submit(engine.work, job)] = job
            except BrokenProcessPool:
                lost.append(job)
        if not at_work:
            return lost
        for future in wait(at_work, return_when=FIRST_COMPLETED).done:
            job = at_work.pop(future)
            content = _result(future)
            if content is None:
                lost.append(job)
            else:
                done(job, content)


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
