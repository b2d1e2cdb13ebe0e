"""Whatever standard output, error and the working folder are: a sentence, and the right exit code."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.oracle.plain import partner, programme, scenario

Written = Callable[..., str]
ROOT = Path(__file__).parents[3]
CASE = scenario(
    {name: partner(worth, cost={"once": 0}) for name, worth in (("ash", 70), ("elm", 60))},
    {"x": programme()},
    title="Zoë – 日本 −1 £",
    limits={"budget": 1000},
)
COMMAND = f"{shlex.quote(sys.executable)} -m partnerselect"
FULL = pytest.param(
    ">/dev/full",
    "standard output cannot be written (No space left on device)",
    marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full"),
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what is tried is a POSIX shell's")


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which `partnerselect` is the program."""
    known = {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error"}
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONIOENCODING"}
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("partnerselect", COMMAND, 1)],
        capture_output=True,
        check=False,
        timeout=120,
        env=kept | known | environment,
    )


@pytest.mark.parametrize(
    ("redirected", "sentence"),
    [(">&-", "standard output is closed; nothing could be printed"), FULL],
)
@pytest.mark.parametrize("asked", ["rank CASE", "rank -h", "-h"])
def test_output_that_cannot_be_written_is_a_sentence_and_4(
    asked: str, redirected: str, sentence: str, written: Written
) -> None:
    ran = shell(f"partnerselect {asked.replace('CASE', written(CASE))} {redirected}")
    assert ran.returncode == 4
    assert ran.stderr.decode().splitlines()[-1] == f"partnerselect failed: {sentence}"
    assert b"Traceback" not in ran.stderr
    assert b"Exception ignored" not in ran.stderr


def test_a_paper_needs_no_standard_output(written: Written, tmp_path: Path) -> None:
    out = tmp_path / "paper.md"
    ran = shell(f"partnerselect paper {written(CASE)} --out {out} --samples 0 >&-")
    assert ran.returncode == 0
    assert out.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full"])
def test_an_answer_does_not_depend_on_who_hears_what_is_said_beside_it(
    redirected: str, written: Written
) -> None:
    path = written(scenario({"ash": partner(70, excluded="Out")}, {"x": programme(mandatory=True)}))
    heard, unheard = (
        shell(f"partnerselect rank {path} --format json {to}") for to in ("", redirected)
    )
    assert b"no choice of partners meets every demand" in heard.stderr
    assert (unheard.returncode, unheard.stderr) == (heard.returncode, b"") == (3, b"")
    assert json.loads(unheard.stdout)["conflict"] == json.loads(heard.stdout)["conflict"]


def test_the_screens_without_any_standard_input_need_a_terminal(written: Written) -> None:
    ran = shell(f"partnerselect tui {written(CASE)} <&-")
    assert (ran.returncode, ran.stderr.decode().split(";")[0]) == (2, "tui needs a terminal")


@pytest.mark.parametrize(
    ("form", "told"), [("table", "Zoë – ?? -1 £"), ("markdown", "Zoë – ?? -1 £"), ("csv", "ash")]
)
def test_what_an_encoding_lacks_is_shown_by_what_comes_nearest(
    form: str, told: str, written: Written
) -> None:
    ran = shell(f"partnerselect rank {written(CASE)} --format {form}", PYTHONIOENCODING="cp1252")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert told in ran.stdout.decode("cp1252")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_loses_nothing_in_any_encoding(encoding: str, written: Written) -> None:
    ran = shell(f"partnerselect rank {written(CASE)} --format json", PYTHONIOENCODING=encoding)
    assert json.loads(ran.stdout)["scenario"]["title"] == CASE["title"]


def test_help_that_nobody_reads_to_its_end_is_no_failure() -> None:
    ran = shell("partnerselect rank -h | true")
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_folder_that_is_gone_is_said_to_be_gone(written: Written, tmp_path: Path) -> None:
    path, gone = written(CASE), tmp_path / "gone"
    for asked, code in (("case.yaml", 2), (path, 0)):
        gone.mkdir()
        ran = shell(f"cd {gone} && rmdir {gone} && partnerselect rank {asked} --samples 0")
        assert ran.returncode == code
        assert b"Traceback" not in ran.stderr
    for asked in (f"batch {path} --out results", "init starter"):
        gone.mkdir()
        ran = shell(f"cd {gone} && rmdir {gone} && partnerselect {asked}")
        assert ran.returncode in {2, 4}
        assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv to give up a right of root")
@pytest.mark.parametrize(
    "asked", ["rank LOCKED/case.yaml", "batch LOCKED --out OUT", "paper CASE --out LOCKED/a.md"]
)
def test_a_folder_that_may_not_be_looked_into_is_named(
    asked: str, written: Written, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    for word, path in (("LOCKED", locked), ("CASE", written(CASE)), ("OUT", tmp_path / "out")):
        asked = asked.replace(word, str(path))
    rights = "-dac_override,-dac_read_search"
    ran = shell(f"setpriv --bounding-set {rights} --inh-caps {rights} partnerselect {asked}")
    locked.chmod(0o700)
    assert ran.returncode == 2
    assert b"locked" in ran.stderr
    assert b"permission denied" in ran.stderr
    assert b"Traceback" not in ran.stderr
