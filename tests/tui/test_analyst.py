"""What goes on behind the screen: only the newest question counts, and nothing that fails reaches the reader raw."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partnerselect.tui import analyst, sources
from partnerselect.tui.analyst import Analyst, Answer, Finding, Question, Trouble
from partnerselect.tui.picture import Picture


def test_only_the_newest_question_is_answered(folder: Path) -> None:
    delivered: list[Answer | Finding] = []
    asked = Analyst(delivered.append)
    newest = Question(folder / "aid-agency.yaml")
    for question in (
        Question(folder / "shsc-2021.yaml"),
        Question(folder / "shsc-2021.yaml"),
        newest,
    ):
        asked.ask(question)
    deadline = time.monotonic() + 30
    while not delivered and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.2)
    assert [found.question for found in delivered if isinstance(found, Answer)] == [newest]
    assert isinstance(delivered[-1].outcome, Picture)


def test_what_the_command_line_changes_holds_on_the_screen(folder: Path) -> None:
    found = analyst.answer(
        Question(folder / "aid-agency.yaml", changes={"limits.budget": 100000})
    ).outcome
    assert isinstance(found, Picture)
    assert next(row for row in found.gauges if row["path"] == "limits.budget")["amount"].endswith(
        "of CHF 100,000"
    )


def test_a_change_that_is_not_allowed_is_told_like_any_other_problem(folder: Path) -> None:
    found = analyst.answer(
        Question(folder / "aid-agency.yaml", changes={"limits.bugdet": 1})
    ).outcome
    assert isinstance(found, Trouble)
    assert [problem.path for problem in found.problems] == ["limits.bugdet"]


def test_a_file_that_is_not_there_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    found = analyst.answer(Question(tmp_path / "nowhere.yaml")).outcome
    assert isinstance(found, Trouble)
    assert "no such file" in found.problems[0].message


def test_our_own_failure_becomes_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Picture:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(analyst, "_picture", fails)
    found = analyst.answer(Question(folder / "aid-agency.yaml")).outcome
    assert isinstance(found, Trouble)
    assert found.failure.startswith("Something went wrong on our side")
    assert not found.problems


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_still_noticed(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text("one")
    before = sources.marks([path])
    other.write_text("two")
    stat = path.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    assert sources.marks([path]) != before
    path.unlink()
    assert sources.marks([path]) == {path: None}


def test_a_crash_leaves_a_sentence_and_no_traceback(folder: Path) -> None:
    code = """
from pathlib import Path
from partnerselect.tui.app import PartnerselectApp

class Broken(PartnerselectApp):
    def on_mount(self):
        raise ValueError("[b]broken[/b]")

app = Broken([Path("scenarios/aid-agency.yaml")])
app.run(headless=True)
print(app.return_code)
"""
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=folder.parent,
    )
    assert told.stdout.strip() == "1"
    assert "Traceback" not in told.stderr
    assert "something went wrong on our side" in " ".join(told.stderr.split())
    assert "[b]broken[/b]" in told.stderr


def test_the_first_paint_needs_no_engine() -> None:
    heavy = "{'pulp', 'highspy', 'numpy', 'pandas', 'pydantic', 'yaml'}"
    code = (
        f"import sys, partnerselect.tui, partnerselect.tui.app; print(sorted({heavy} &"
        " set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert told.stdout.strip() == "[]"
