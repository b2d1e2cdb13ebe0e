"""What goes on behind the screen: only the newest question counts, and nothing that fails reaches the reader raw."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from partnerselect.optimiser.watch import Watch
from partnerselect.tui import jobs, session
from partnerselect.tui.jobs import Failure, JobRunner, Result, ScenarioFile
from partnerselect.tui.view_model import ViewModel
from tests.processes import python
from tests.tui.delivered import PATIENCE, Delivered


def outcome(file: ScenarioFile) -> Any:
    return jobs.work_out(file, Watch()).outcome


def test_only_the_newest_file_is_answered(folder: Path) -> None:
    delivered = Delivered[Result]()
    runner = JobRunner(delivered)
    newest = ScenarioFile(folder / "aid-agency.yaml")
    for file in (
        ScenarioFile(folder / "shsc-2021.yaml"),
        ScenarioFile(folder / "shsc-2021.yaml"),
        newest,
    ):
        runner.read(file)
    result = delivered.next()
    assert result.asked is newest
    assert isinstance(result.outcome, ViewModel)
    assert runner.take(result)
    assert runner.is_at_rest(PATIENCE)
    assert delivered.is_empty


def test_what_the_command_line_changes_holds_on_the_screen(folder: Path) -> None:
    found = outcome(ScenarioFile(folder / "aid-agency.yaml", changes={"limits.budget": 100000}))
    assert isinstance(found, ViewModel)
    assert next(row for row in found.gauges if row["path"] == "limits.budget")["amount"].endswith(
        "of CHF 100,000"
    )


def test_a_change_that_is_not_allowed_is_told_like_any_other_problem(folder: Path) -> None:
    found = outcome(ScenarioFile(folder / "aid-agency.yaml", changes={"limits.bugdet": 1}))
    assert isinstance(found, Failure)
    assert [problem.path for problem in found.problems] == ["limits.bugdet"]


def test_a_file_that_is_not_there_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    found = outcome(ScenarioFile(tmp_path / "nowhere.yaml"))
    assert isinstance(found, Failure)
    assert "no such file" in found.problems[0].message


def test_our_own_failure_becomes_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> ViewModel:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(jobs, "_view_model", fails)
    found = outcome(ScenarioFile(folder / "aid-agency.yaml"))
    assert isinstance(found, Failure)
    assert found.reason.startswith("Something went wrong on our side")
    assert not found.problems


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_still_noticed(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text("one")
    before = session.marks([path])
    other.write_text("two")
    stat = path.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    assert session.marks([path]) != before
    path.unlink()
    assert session.marks([path]) == {path: None}


def test_a_crash_leaves_a_sentence_and_no_traceback(folder: Path) -> None:
    code = """
from pathlib import Path
from typing import Any
from partnerselect.tui.app import PartnerselectApp

class Broken(PartnerselectApp):
    def on_mount(self):
        raise ValueError("[b]broken[/b]")

app = Broken([Path("scenarios/aid-agency.yaml")])
app.run(headless=True)
print(app.return_code)
"""
    told = python(code, check=False, cwd=folder.parent)
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
    assert python(code).stdout.strip() == "[]"
