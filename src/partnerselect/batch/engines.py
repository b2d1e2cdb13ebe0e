"""Where chunks are worked on: processes here or a Dask cluster, each behind an `Executor`."""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from partnerselect.batch.work import Job, run_job
from partnerselect.errors import FailureError, input_error

EMBEDDED = "local"
"""The address of a cluster that lives only as long as the run."""
PATIENCE = "15s"
"""How long to wait for a cluster to answer."""
OF_A_CLUSTER = 64
"""Workers a cluster is taken to have unless stated: too few would leave some idle."""
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Work = Callable[[Job], bytes]


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
        _require_dask()
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


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401 - only whether it is there
    except ImportError:
        raise input_error(
            "--cluster needs Dask; install it with: pip install 'partnerselect[cluster]'"
        ) from None


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
