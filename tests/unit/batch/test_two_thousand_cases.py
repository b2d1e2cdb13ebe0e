"""What holds for sixty cases of a small scenario, on two thousand of the shipped one: minutes, so only `make test-long` runs it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partnerselect.batches import complete, engine
from partnerselect.files.source import starter
from tests.processes import environment
from tests.unit.batch.plans import planned, quiet, results, rows

CASES = 2_000
SWEEP = """
extends: shsc-2021.yaml
sweep:
  limits.budget: {from: 42000, to: 156000, steps: 20}
  criteria.value.weight: {from: 20, to: 200, steps: 10}
  gates.intensive-support.status: [confirmed, refused]
  limits.partners.max: [3, 4, 5, 6, 7]
analysis: {samples: 0}
"""

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sweep into a copy of the shipped workspace."""
    root = tmp_path_factory.mktemp("shipped")
    for kind in ("criteria", "scenarios"):
        (root / kind).mkdir()
        for file in (starter() / kind).iterdir():
            (root / kind / file.name).write_bytes(file.read_bytes())
    path = root / "scenarios" / "many.yaml"
    path.write_text(SWEEP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def one_by_one(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the cases one after the other, in this process."""
    out = tmp_path_factory.mktemp("one-by-one") / "out"
    assert complete(planned(shipped), out, engine(1), quiet, resume=False).ran == CASES
    return out


def test_every_case_ends_with_an_answer_or_a_reason(one_by_one: Path) -> None:
    summary = rows(one_by_one, "summary")
    assert len({row["case"] for row in summary}) == CASES
    assert all(
        row["state"] == "optimal" or (row["state"] == "infeasible" and row["reason"])
        for row in summary
    )


def test_two_processes_one_killed_on_the_way_make_the_same_tables(
    shipped: Path, one_by_one: Path, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one(_done: int, _kept: int) -> None:
        if not killed and (worker := multiprocessing.active_children()[0].pid):
            killed.append(worker)
            os.kill(worker, signal.SIGKILL)

    assert (
        complete(planned(shipped), tmp_path / "out", engine(2), kill_one, resume=False).ran == CASES
    )
    assert killed
    assert results(tmp_path / "out") == results(one_by_one)


@pytest.mark.filterwarnings("ignore")
def test_an_embedded_cluster_makes_the_same_tables(
    shipped: Path, one_by_one: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    complete(planned(shipped), tmp_path / "out", engine(2, "local"), quiet, resume=False)
    assert results(tmp_path / "out") == results(one_by_one)


def test_killed_by_the_command_line_and_resumed_no_finished_case_is_run_twice(
    shipped: Path, one_by_one: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = [
        sys.executable,
        "-m",
        "partnerselect",
        "batch",
        str(shipped),
        "--out",
        str(out),
        "--workers",
        "2",
    ]
    running = subprocess.Popen(
        asked, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    finished: list[Path] = []
    while len(finished) < 20 and running.poll() is None:
        time.sleep(0.2)
        finished = list((out / "chunks.part").glob("*.gz"))
    running.kill()
    running.wait()
    finished = list((out / "chunks.part").glob("*.gz"))
    kept = 32 * len(finished)
    assert 0 < kept < CASES

    outcome = complete(planned(shipped), out, engine(2), quiet, resume=True)
    assert (outcome.ran, outcome.kept) == (CASES - kept, kept)
    assert results(out) == results(one_by_one)


def test_memory_does_not_grow_with_the_number_of_cases() -> None:
    few, many = (_peak_memory(cases) for cases in (1_000, 20_000))
    assert many < 1.1 * few


def _peak_memory(cases: int) -> float:
    asked = [sys.executable, "-m", "benchmarks.batch", str(cases)]
    return float(
        subprocess.run(asked, check=True, capture_output=True, text=True, env=environment()).stdout
    )
