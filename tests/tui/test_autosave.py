"""An unsaved what-if is on disk when it is said to be, and is offered once nobody works on it any more."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from partnerselect.tui.memory import Autosave
from tests.processes import environment

KEPT, OTHER = {"limits.budget": 1}, {"limits.budget": 2}
KEEPS_AND_WAITS = """
import sys
from pathlib import Path
from partnerselect.tui.memory import Autosave

autosave = Autosave()
autosave.keep_now(Path("scenarios/aid-agency.yaml"), {"limits.budget": 3})
print("kept", flush=True)
sys.stdin.read()
"""


def offered(autosave: Autosave, path: Path) -> list[dict[str, int]]:
    return [kept.changes for kept in autosave.abandoned(path)]


def test_what_is_kept_or_discarded_now_is_on_disk_at_once_and_stays_so(folder: Path) -> None:
    path, ours, theirs = folder / "aid-agency.yaml", Autosave(), Autosave()
    ours.keep_soon(path, KEPT)
    ours.keep_now(path, OTHER)
    ours.flush()
    ours.close()
    assert offered(theirs, path) == [OTHER]
    ours.keep_soon(path, KEPT)
    ours.keep_now(path, {})
    ours.flush()
    assert offered(theirs, path) == []


def test_what_is_to_be_kept_soon_is_kept_when_the_program_ends(folder: Path) -> None:
    path, ours = folder / "aid-agency.yaml", Autosave()
    ours.keep_soon(path, KEPT)
    assert ours.is_due
    ours.close()
    assert not ours.is_due
    assert offered(Autosave(), path) == [KEPT]


def test_of_two_programs_on_one_file_neither_takes_the_others_what_if(folder: Path) -> None:
    path, ours, theirs = folder / "aid-agency.yaml", Autosave(), Autosave()
    ours.keep_now(path, KEPT)
    theirs.keep_now(path, OTHER)
    assert offered(ours, path) == offered(theirs, path) == []
    theirs.close()
    assert offered(ours, path) == [OTHER]
    ours.close()


def test_the_what_if_of_a_program_that_was_killed_is_offered_beside_one_that_runs(
    folder: Path,
) -> None:
    path, ours = folder / "aid-agency.yaml", Autosave()
    ours.keep_now(path, KEPT)
    killed = subprocess.Popen(
        [sys.executable, "-c", KEEPS_AND_WAITS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"kept\n"
    assert offered(ours, path) == []
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (kept,) = ours.abandoned(path)
    assert kept.changes == {"limits.budget": 3}
    kept.discard()
    assert offered(ours, path) == []
    ours.close()
    assert [place.suffix for place in kept.place.parent.iterdir()] == [".json"]
