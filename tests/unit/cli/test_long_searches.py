"""A search that takes long can be stopped with Ctrl+C for the best so far, says so, and says how near it came; one that is killed leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import highspy
import pytest
from click.testing import CliRunner

from benchmarks import cases
from partnerselect.cli import main
from partnerselect.optimiser import solver_thread
from partnerselect.words.wording import within_words
from tests.oracle.scores import Data

pty = pytest.importorskip("pty")  # a terminal to look at: POSIX only
ROOT = Path(__file__).parents[3]
Written = Callable[..., str]


def tight(**options: object) -> Data:
    """Return a case that keeps the solver busy for minutes."""
    made: Data = dict(cases.tight(programmes=20, partners=12, needs=4, seed=1))
    return {**made, "analysis": {"samples": 0, "time-limit": 120, **options}}


def started(path: str, *, errors: int = subprocess.PIPE) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "partnerselect", "rank", path, "--format", "json"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", env=environment
    )


def shown_on_a_terminal(leader: int, until: str, seconds: float) -> str:
    """Read what a terminal shows until words of this pattern."""
    text, limit = "", time.perf_counter() + seconds
    while not re.search(until, text):
        assert time.perf_counter() < limit, f"no {until} within {seconds} seconds: {text[-200:]!r}"
        text += os.read(leader, 4096).decode("utf-8", "replace")
    return text


def test_on_a_terminal_a_long_search_shows_its_progress_and_the_first_interrupt_gives_the_best_so_far(
    written: Written,
) -> None:
    leader, follower = pty.openpty()
    process = started(written(tight()), errors=follower)
    text = shown_on_a_terminal(leader, r"Ctrl\+C takes it", 60)
    text += shown_on_a_terminal(leader, r"within 1?\d(\.\d+)?%", 60)
    assert "best so far" in text
    assert "at most" in text
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    os.close(follower)
    os.close(leader)
    report = json.loads(told)
    assert process.returncode == 0
    assert report["status"]["state"] == "within-gap"
    assert 0 < report["status"]["gap"] < 0.2
    assert report["portfolio"]["value"] <= report["status"]["bound"]
    assert report["allocation"]


def test_nothing_is_shown_where_standard_error_is_no_terminal(written: Written) -> None:
    process = started(written(tight(**{"time-limit": 3})))
    told, errors = process.communicate(timeout=60)
    assert "\r" not in errors
    assert errors.count("\n") == 1
    assert "of the best possible" in errors
    assert json.loads(told)["status"]["state"] == "within-gap"


def test_a_killed_search_prints_no_half_answer(written: Written) -> None:
    process = started(written(tight()))
    time.sleep(3)
    process.kill()
    told, _ = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert told == ""


def test_a_solver_that_hangs_ends_in_words_and_exit_code_4_with_nothing_stale(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The solver behind the door is one that never comes back: the one thing that the real one cannot be made to do at will."""
    monkeypatch.setattr(highspy.Highs, "run", lambda _: time.sleep(0.6))
    monkeypatch.setattr(solver_thread, "OVERRUN", 0.1)
    monkeypatch.setattr("partnerselect.cli.session.os._exit", sys.exit)
    small = {
        **dict(cases.tight(programmes=3, partners=3, needs=2, seed=1)),
        "analysis": {"samples": 0, "time-limit": 0.1},
    }
    result = CliRunner().invoke(main, ["rank", written(small), "--format", "json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 4
    assert "time ran out before any answer" in result.stderr
    assert (report["status"]["state"], report["status"]["gap"], report["status"]["bound"]) == (
        "no-answer-yet",
        None,
        None,
    )
    assert (report["portfolio"], report["allocation"], report["limits"]) == (None, [], [])
    time.sleep(0.7)


def test_a_solver_that_breaks_down_ends_in_words_and_exit_code_4(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        highspy.Highs, "getModelStatus", lambda _: highspy.HighsModelStatus.kSolveError
    )
    small = {
        **dict(cases.tight(programmes=3, partners=3, needs=2, seed=1)),
        "analysis": {"samples": 0},
    }
    result = CliRunner().invoke(main, ["rank", written(small)])
    assert result.exit_code == 4
    assert "the solver came to no answer, in whatever way it was asked" in result.stderr
    assert "No recommendation" in result.stdout


def test_a_choice_not_proven_says_how_near_it_is_above_the_table(written: Written) -> None:
    result = CliRunner().invoke(main, ["rank", written(tight(**{"time-limit": 4}))])
    assert result.exit_code == 0
    assert "Not proven to be the best: within" in result.stdout


def test_no_gap_is_told_as_none_and_no_wide_one_as_a_power_of_ten() -> None:
    assert [within_words(gap) for gap in (0.0, 0.00841, 1.234)] == [
        f"within {told}% of the best possible" for told in ("0.01", "0.84", "123")
    ]
