"""What is finished stays, whatever the disk does; what is somebody else's is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerselect.batches import complete, engine
from partnerselect.errors import FailureError, InputError
from tests.processes import environment
from tests.unit.batch.plans import command, planned, quiet, results, rows, write

FULL_DISK = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)   # no file may grow beyond this: the disk is full
sys.argv[0] = "partnerselect"
runpy.run_module("partnerselect", run_name="__main__", alter_sys=True)
"""

INTERRUPTED = """
import os, runpy, signal, sys
finished = []
def heard(event, arguments):   # a chunk that is written whole gets its name by being renamed
    if event == "os.rename" and str(arguments[1]).endswith(".gz"):
        finished.append(arguments[1])
        if len(finished) == 2:
            os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(heard)
signal.signal(signal.SIGINT, signal.default_int_handler)   # a job in the background may ignore it
sys.argv[0] = "partnerselect"
runpy.run_module("partnerselect", run_name="__main__", alter_sys=True)
"""


# -B: what Python compiles there would be cut short as well, and stay behind for other tests.
def on_a_disk_with(room: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-B", "-c", FULL_DISK, str(room), *map(str, arguments)]
    return subprocess.run(asked, capture_output=True, text=True, check=False, env=environment())


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is a POSIX one")
@pytest.mark.parametrize("room", [1_000, 20_000])
def test_on_a_full_disk_the_run_ends_clearly_and_resumes_where_there_is_room(
    written: Path, reference: Path, tmp_path: Path, room: int
) -> None:
    out = tmp_path / "out"
    full = on_a_disk_with(room, "batch", written, "--out", out, "--workers", 1)
    assert full.returncode == 4
    assert "could not be written" in full.stderr
    assert "--resume" in full.stderr
    assert "Traceback" not in full.stderr
    assert not (out / "manifest.json").exists()

    complete(planned(written), out, engine(1), quiet, resume=True)
    assert results(out) == results(reference)


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is a POSIX one")
def test_a_disk_that_fills_up_harms_no_earlier_chunk(written: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    on_a_disk_with(20_000, "batch", written, "--out", out, "--workers", 1)
    before = {file.name: file.read_bytes() for file in (out / "chunks.part").iterdir()}
    assert len(before) == 60
    assert (
        on_a_disk_with(1_000, "batch", written, "--out", out, "--workers", 1, "--resume").returncode
        == 4
    )
    assert {file.name: file.read_bytes() for file in (out / "chunks.part").iterdir()} == before


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write anywhere"
)
def test_a_read_only_folder_is_told_as_such(written: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(FailureError, match=r"could not be written.*; name another folder"):
        complete(planned(written), closed / "out", engine(1), quiet, resume=False)


def test_a_folder_that_cannot_be_made_is_told_as_such(written: Path) -> None:
    with pytest.raises(FailureError, match="could not be written"):
        complete(planned(written), written / "out", engine(1), quiet, resume=False)


def test_a_folder_with_something_in_it_is_refused_and_left_as_it_is(
    written: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "minutes.txt").write_text("of the board", encoding="utf-8")
    refused = command("batch", written, "--out", out)
    assert refused.returncode == 2
    assert "is not empty; add --resume" in refused.stderr
    assert command("batch", written, "--out", out, "--resume").returncode == 2
    assert [file.name for file in out.iterdir()] == ["minutes.txt"]


def test_a_finished_run_of_other_cases_is_refused_and_left_as_it_is(
    written: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    complete(planned(written), out, engine(1), quiet, resume=False)
    before = results(out)
    with pytest.raises(InputError, match="other cases"):
        complete(planned(written), out, engine(1), quiet, resume=True, form="parquet")
    with pytest.raises(InputError, match="other cases"):
        complete(
            planned(write(written, sweep={"limits.budget": [1]})),
            out,
            engine(1),
            quiet,
            resume=True,
        )
    assert results(out) == before


def test_a_file_in_place_of_the_folder_is_refused(written: Path) -> None:
    with pytest.raises(InputError, match="is a file"):
        complete(planned(written), written, engine(1), quiet, resume=False)


def test_a_finished_folder_holds_no_unfinished_part_and_no_table_says_when_or_where(
    reference: Path, tmp_path: Path
) -> None:
    names = [file.name for file in reference.iterdir()]
    assert not [name for name in names if name.endswith(".part")]
    assert len(rows(reference, "summary")) == 60
    for content in results(reference).values():
        assert str(tmp_path.parent).encode() not in content


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is a POSIX one")
def test_a_second_run_on_one_folder_is_refused_and_told_who_is_at_work(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    out, refused = tmp_path / "out", list[subprocess.CompletedProcess[str]]()

    def try_a_second(_done: int, _kept: int) -> None:
        if not refused:
            refused.append(command("batch", written, "--out", out, "--resume", "--workers", 1))

    complete(planned(written), out, engine(1), try_a_second, resume=False)
    assert refused[0].returncode == 2
    assert f"{out} is in use by another run (process {os.getpid()} on" in refused[0].stderr
    assert results(out) == results(reference)


@pytest.mark.skipif(sys.platform == "win32", reason="the signal is a POSIX one")
def test_a_run_that_is_interrupted_is_4_and_says_what_is_kept_and_how_to_go_on(
    written: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = ["batch", str(written), "--out", str(out), "--workers", "1"]
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *asked],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(),
    )
    said = ran.stderr
    assert ran.returncode == 4
    assert list(out.glob("chunks.part/*.gz"))
    assert f"What is finished is kept in {out}; go on with --resume." in said
    assert "Traceback" not in said
    assert command(*asked, "--resume").returncode == 1


def test_what_a_killed_run_left_half_written_is_gone_once_the_next_begins(
    written: Path, tmp_path: Path
) -> None:
    out, seen = tmp_path / "out", set[str]()
    chunks = out / "chunks.part"
    chunks.mkdir(parents=True)
    halves = [out / "ranking.csv.part", out / ".manifest.json.0a1b.part", chunks / ".k.gz.0a.part"]
    for half in halves:
        half.write_text("half a", encoding="utf-8")
    complete(
        planned(written),
        out,
        engine(1),
        lambda *_: seen.update(half.name for half in halves if half.exists()),
        resume=True,
    )
    assert not seen
    assert len(rows(out, "summary")) == 60
