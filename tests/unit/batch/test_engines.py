"""The same tables, whoever does the work and whatever dies on the way."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from partnerselect.batches import Engine, complete, engine, engines
from partnerselect.batches.engines import Here
from partnerselect.batches.work import Job, holds, packed, run_job, unpacked
from partnerselect.errors import FailureError
from tests.processes import environment
from tests.unit.batch.plans import planned, quiet, results, rows, write

CASES = 60


def test_two_processes_make_the_tables_that_a_plain_loop_makes(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    outcome = complete(planned(written), tmp_path / "out", engine(2), quiet, resume=False)
    assert outcome.ran == CASES == len(rows(reference, "summary"))
    assert results(tmp_path / "out") == results(reference)


@pytest.mark.filterwarnings("ignore")
def test_an_embedded_cluster_makes_the_tables_that_a_plain_loop_makes(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    complete(planned(written), tmp_path / "out", engine(2, "local"), quiet, resume=False)
    assert results(tmp_path / "out") == results(reference)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """Start a scheduler and two workers, as an operator would, and return the scheduler's address."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    known = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(known), "--no-dashboard"]
    running = [_dask("scheduler", "--host", "127.0.0.1", "--port", "0", *common)]
    try:
        _wait_for(known.exists)
        running += [
            _dask(
                "worker",
                "--nthreads",
                "1",
                "--no-nanny",
                "--local-directory",
                str(tmp_path),
                *common,
            )
            for _ in range(2)
        ]
        yield json.loads(known.read_text(encoding="utf-8"))["address"]
    finally:
        for process in running:
            process.kill()
            process.wait()


def _dask(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    module = f"distributed.cli.dask_{kind}"
    quietly = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment(),
        stdout=quietly,
        stderr=quietly,
    )


def _wait_for(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    patience = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < patience, "waited too long"
        time.sleep(0.02)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_its_own_makes_the_tables_that_a_plain_loop_makes(
    written: Path, reference: Path, tmp_path: Path, cluster: str
) -> None:
    complete(planned(written), tmp_path / "out", engine(2, cluster), quiet, resume=False)
    assert results(tmp_path / "out") == results(reference)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_does_not_answer_is_told_as_such(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    monkeypatch.setattr(engines, "PATIENCE", "1s")
    with pytest.raises(FailureError, match="cannot be reached"):
        complete(
            planned(written), tmp_path / "out", engine(2, "tcp://127.0.0.1:9"), quiet, resume=False
        )


def test_a_run_completes_although_a_worker_is_killed(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one(_done: int, _kept: int) -> None:
        if not killed and (worker := multiprocessing.active_children()[0].pid):
            killed.append(worker)
            os.kill(worker, signal.SIGKILL)

    outcome = complete(planned(written), tmp_path / "out", engine(2), kill_one, resume=False)
    assert killed
    assert outcome.ran == CASES
    assert results(tmp_path / "out") == results(reference)


class _Deadly(Executor):
    """Workers that die of one case."""

    def __init__(self, case: str) -> None:
        self._case = case

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        job: Job = args[0]
        if self._case not in [name for name, _, _ in job.cases]:
            return Here().submit(fn, *args, **kwargs)
        dead: Future[Any] = Future()
        dead.set_exception(BrokenProcessPool())
        return dead


def test_a_case_that_kills_every_worker_is_a_row_that_says_so_and_stops_no_other(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    expected = rows(reference, "summary")
    fatal = expected[31]["case"]
    complete(
        planned(written),
        tmp_path / "out",
        Engine("deadly", 2, lambda: _Deadly(fatal)),
        quiet,
        resume=False,
    )
    found = rows(tmp_path / "out", "summary")
    assert [row for row in found if row["case"] != fatal] == [
        row for row in expected if row["case"] != fatal
    ]
    assert (found[31]["state"], found[31]["reason"]) == (
        "failed",
        "the worker process died on this case",
    )


def test_workers_with_another_version_are_refused(written: Path, tmp_path: Path) -> None:
    job = replace(next(planned(written).jobs()), software="partnerselect 0.0.1")
    with pytest.raises(FailureError, match=r"started with partnerselect 0\.0\.1"):
        run_job(job)
    with pytest.raises(FailureError, match="install the same on both"):
        complete(
            planned(written),
            tmp_path / "out",
            replace(engine(1), work=_of_another_version),
            quiet,
            resume=False,
        )


def _of_another_version(job: Job) -> bytes:
    return run_job(replace(job, software="partnerselect 0.0.1"))


KILLS_ITSELF = """
import multiprocessing, os, signal, sys
from pathlib import Path
from partnerselect.batches import complete, engine
from tests.unit.batch.plans import planned

seen = 0
def told(done, kept):
    global seen
    seen += 1
    if seen == 7:
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    complete(planned(Path(sys.argv[1])), Path(sys.argv[2]), engine(2), told, resume=False)
"""


def test_killed_in_the_middle_a_run_is_resumed_without_running_a_finished_case_twice(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    out, script = tmp_path / "out", tmp_path / "kills_itself.py"
    script.write_text(KILLS_ITSELF, encoding="utf-8")
    killed = subprocess.run(
        [sys.executable, str(script), str(written), str(out)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not (out / "manifest.json").exists()
    chunks = (out / "chunks.part").glob("*.gz")
    finished = sum(len(list(unpacked(chunk.read_bytes()))) for chunk in chunks)
    assert 0 < finished < CASES

    outcome = complete(planned(written), out, engine(1), quiet, resume=True)
    assert (outcome.ran, outcome.kept) == (CASES - finished, finished)
    assert results(out) == results(reference)
    _wait_for(lambda: not any(_lives(int(pid)) for pid in killed.stdout.split()))


def _lives(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return (
            "zombie" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
            if Path("/proc/self/status").exists()
            else True
        )
    return False


def test_a_run_interrupted_while_its_tables_are_written_is_resumed(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        complete(planned(written), out, engine(1), _interrupt_at(CASES), resume=False)
    (out / "summary.csv.part").write_text("half a ta", encoding="utf-8")
    complete(planned(written), out, engine(1), quiet, resume=True)
    assert results(out) == results(reference)


def _interrupt_at(last: int) -> Callable[[int, int], None]:
    """Return what interrupts a run once so many cases are finished."""
    seen: list[int] = []

    def on_chunk(done: int, _kept: int) -> None:
        seen.append(done)
        if sum(seen) == last:
            raise KeyboardInterrupt

    return on_chunk


def _given_away(row: dict[str, Any]) -> None:
    """Let Elm do all of the care, whose capacity is 12 days, for as little as before."""
    for line in row["allocation"]:
        line["partner"] = "elm"


def _dearer(row: dict[str, Any]) -> None:
    row["summary"]["own_cost"] += 1


def _of_another_case(row: dict[str, Any]) -> None:
    row["case"] += "x"


@pytest.mark.parametrize("alter", [_given_away, _dearer, _of_another_case])
def test_an_answer_read_back_that_its_scenario_does_not_bear_out_is_worked_out_again(
    written: Path, reference: Path, tmp_path: Path, alter: Callable[[dict[str, Any]], None]
) -> None:
    out, altered, rerun = tmp_path / "out", list[str](), 0
    with pytest.raises(KeyboardInterrupt):
        complete(planned(written), out, engine(1), _interrupt_at(CASES), resume=False)
    for job in planned(written).jobs():
        path = out / "chunks.part" / f"{job.key}.gz"
        before = path.read_bytes()
        assert holds(job, before)
        found = list(unpacked(before))
        if found[0]["summary"]["state"] == "optimal":
            alter(found[0])
            path.write_bytes(packed(found))
        if path.read_bytes() != before:
            altered.append(job.key)
            rerun += len(found)
    assert len(altered) > 5
    outcome = complete(planned(written), out, engine(1), quiet, resume=True)
    assert outcome.ran == rerun
    assert results(out) == results(reference)


def test_a_chunk_that_was_cut_short_is_run_again(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        complete(planned(written), out, engine(1), _interrupt_at(CASES), resume=False)
    last = [job.key for job in planned(written).jobs()][-1]
    chunk = out / "chunks.part" / f"{last}.gz"
    chunk.write_bytes(chunk.read_bytes()[:-40])
    assert complete(planned(written), out, engine(1), quiet, resume=True).ran == 1
    assert results(out) == results(reference)


def test_resuming_a_finished_run_runs_nothing(written: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    complete(planned(written), out, engine(1), quiet, resume=False)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    outcome = complete(planned(written), out, engine(1), quiet, resume=True)
    assert (outcome.ran, outcome.kept) == (0, CASES)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_a_sweep_made_longer_at_its_end_keeps_what_is_finished(tmp_path: Path) -> None:
    budgets = [100 + 2 * i for i in range(600)]
    first, longer = (
        write(tmp_path / f"{kind}.json", sweep={"limits.budget": values})
        for kind, values in (("a", budgets[:576]), ("b", budgets))
    )
    first.rename(tmp_path / "plan.json")
    kept = {job.key for job in planned(tmp_path / "plan.json").jobs()}
    longer.rename(tmp_path / "plan.json")
    again = [job.key for job in planned(tmp_path / "plan.json").jobs()]
    assert len(again) == 19
    assert sum(key in kept for key in again) == 18
