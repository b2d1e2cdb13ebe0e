"""Batches measured: cases a second against a plain loop, and what a case costs beside its analysis.

`python -m benchmarks.batch N` prints the peak memory of N cases; a long test compares 20,000 with
1,000.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from benchmarks import cases
from benchmarks.measure import Benchmark, Pair, in_turn, timed
from partnerselect.analysis import analyse_unpriced
from partnerselect.batches import complete, engine, plan, sources
from partnerselect.batches.engines import Work
from partnerselect.batches.sources import Plan
from partnerselect.batches.work import Job, packed, run_job, unpacked
from partnerselect.cases import blocks
from partnerselect.files import load
from partnerselect.rows.plain import software

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "scenarios" / "shsc-2021.yaml"
SWEEP = {
    "limits.budget": {"from": 42_000, "to": 105_000, "steps": 16},
    "gates.intensive-support.status": ["confirmed", "refused"],
}
"""Of the shipped scenario: 32 cases that are work for the solver."""


MORE = {**SWEEP, "limits.partners.max": [3, 4, 5, 6]}
"""Of the same: 128 cases."""


def one_worker() -> Callable[[], Pair]:
    """Run a batch by one process, tables and all, against a plain loop that keeps nothing."""
    planned = _shipped()
    return in_turn(lambda: _run(planned, 1), lambda: _plain_loop(planned))


def two_workers() -> Callable[[], Pair]:
    """Run four times as many cases by two processes, against one.

    The processes' start is included.
    """
    planned = _shipped(MORE)
    return in_turn(lambda: _run(planned, 2), lambda: _run(planned, 1))


def each_of_two_workers() -> Callable[[], Pair]:
    """Run as many by two processes, the time of both counted, against a plain loop.

    What two take together a case is what one takes: start, chunks and tables are in it.
    """
    planned = _shipped(MORE)
    return lambda: (2 * timed(lambda: _run(planned, 2)), timed(lambda: _plain_loop(planned)))


def _plain_loop(planned: Plan) -> None:
    scenario = planned.sources[0].scenario
    for block in blocks(scenario):
        for case in block:
            analyse_unpriced(scenario.with_changes(case.changes))


def idle_local() -> Callable[[], Pair]:
    """Run 4,000 cases that take no time to answer by two processes, against a millisecond for each."""
    return partial(_idle, 4_000, 0.001, None)


def idle_dask() -> Callable[[], Pair]:
    """Run 4,000 cases that take no time to answer by an embedded cluster, against two milliseconds for each."""
    return partial(_idle, 4_000, 0.002, "local")


def _shipped(sweep: dict[str, Any] = SWEEP) -> Plan:
    loaded = load(SHIPPED)
    scenario = loaded.scenario.with_changes({"analysis.samples": 0, "sweep": sweep})
    return plan(sources.sources_in(replace(loaded, scenario=scenario), SHIPPED, {}))


def _small(count: int) -> Plan:
    """Return the plan of many cases of a small scenario."""
    content = cases.many_needs(programmes=2, partners=3, needs=1, seed=1) | {
        "sweep": _grid_of(count)
    }
    with tempfile.TemporaryDirectory() as folder:
        path = cases.write(content, Path(folder) / "small.yaml")
        return plan(sources.sources_in(load(path), path, {}))


def _grid_of(count: int) -> dict[str, Any]:
    paths = ("limits.budget", "programmes.programme-0.importance")
    return {
        path: {"from": 10, "to": 10_000, "steps": steps}
        for path, steps in zip(paths, (count // 20, 20), strict=True)
    }


def _run(planned: Plan, workers: int, work: Work = run_job) -> None:
    with tempfile.TemporaryDirectory() as folder:
        complete(
            planned,
            Path(folder) / "out",
            replace(engine(workers), work=work),
            lambda _done, _kept: None,
            resume=False,
        )


def _idle(count: int, allowed: float, cluster: str | None) -> Pair:
    planned, works = _small(count), engine(2, cluster)
    with works.open() as executor, tempfile.TemporaryDirectory() as folder:
        list(executor.map(answered_at_once, [next(planned.jobs())] * 2))  # the workers have started
        kept = replace(works, open=lambda: _Open(executor), work=answered_at_once)
        return timed(
            lambda: complete(
                planned, Path(folder) / "out", kept, lambda _done, _kept: None, resume=False
            )
        ), count * allowed


class _Open:
    """An executor that is open already, and stays so."""

    def __init__(self, executor: Any) -> None:  # noqa: ANN401 - of any engine
        self._executor = executor

    def __enter__(self) -> Any:  # noqa: ANN401 - whatever the engine is
        return self._executor

    def __exit__(self, *_: object) -> None:
        """Leave it open."""


def answered_at_once(job: Job) -> bytes:
    """Return rows as if every case had been analysed: those of the first, under other names."""
    first = _first(job.scenario, job.content)
    return packed({**first, "case": name, "varied": varied} for name, varied, _ in job.cases)


@lru_cache(maxsize=1)
def _first(scenario: str, content: str) -> dict[str, Any]:
    return next(
        iter(unpacked(run_job(Job(scenario, content, {}, (("first", {}, {}),), software()))))
    )


def _print_peak_memory(count: int) -> None:
    """Run so many cases that need no analysis, and print the most memory this process has held, in bytes."""
    _run(_small(count), 1, answered_at_once)
    print(1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


BENCHMARKS = (
    Benchmark(
        "a batch of 32 cases, one worker, tables and all",
        "a plain loop",
        1 / 0.9,
        one_worker,
        pairs=3,
    ),
    Benchmark("a batch of 128 cases, two workers", "one worker", 1 / 1.8, two_workers, pairs=2),
    Benchmark(
        "the same, the seconds of both workers",
        "a plain loop",
        1 / 0.9,
        each_of_two_workers,
        pairs=2,
    ),
    Benchmark(
        "4,000 cases that need no analysis, two processes", "1 ms a case", 1.0, idle_local, pairs=3
    ),
    Benchmark("4,000 cases that need no analysis, Dask", "2 ms a case", 1.0, idle_dask, pairs=3),
)


if __name__ == "__main__":
    _print_peak_memory(int(sys.argv[1]))
