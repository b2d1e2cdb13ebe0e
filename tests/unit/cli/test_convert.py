"""`workbook` and `convert` lose nothing, say what is kept elsewhere, and replace no file unasked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from partnerselect import files
from partnerselect.batches.sources import matching_files
from partnerselect.cli import main

ROOT = Path(__file__).parents[3]
SCENARIO = ROOT / "scenarios" / "shsc-2021.yaml"
PLAIN = ROOT / "scenarios" / "aid-agency.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_scenario_goes_into_a_workbook_and_back(tmp_path: Path) -> None:
    book, again = tmp_path / "book.xlsx", tmp_path / "again.yaml"
    found = run("workbook", SCENARIO, "--out", book)
    assert found.exit_code == 0
    assert "which extends it with what no sheet can hold: paper. Name this file" in found.stderr
    assert run("convert", tmp_path / "book.yaml", "--out", again).exit_code == 0
    assert files.load(again).scenario.sha256 == files.load(SCENARIO).scenario.sha256


def test_what_the_sheets_hold_needs_no_file_beside_the_workbook(tmp_path: Path) -> None:
    assert run("convert", PLAIN, "--out", tmp_path / "book.xlsx").exit_code == 0
    assert not (tmp_path / "book.yaml").exists()
    assert files.load(tmp_path / "book.xlsx").scenario.sha256 == files.load(PLAIN).scenario.sha256


def test_commands_take_a_workbook_for_a_scenario(tmp_path: Path) -> None:
    run("workbook", PLAIN, "--out", tmp_path / "book.xlsx")
    book = tmp_path / "book.xlsx"
    assert run("check", book, "--allow-warnings").exit_code == 0
    as_yaml, as_book = (run("rank", path, "--format", "csv").stdout for path in (PLAIN, book))
    assert as_book == as_yaml.replace("aid-agency,", "book,")
    assert run("compare", PLAIN, book).exit_code == 0


def test_an_empty_workbook_says_at_its_cells_what_is_missing(tmp_path: Path) -> None:
    out = tmp_path / "blank.xlsx"
    assert run("workbook", "--blank", "--out", out, "--partners", "3").exit_code == 0
    assert openpyxl.load_workbook(out).sheetnames[:3] == ["Read me", "Scenario", "Criteria"]
    found = run("check", out)
    assert found.exit_code == 2
    assert "blank.xlsx!Scenario:B3 title: no title is written yet; write it beside" in found.stderr
    assert "blank.xlsx!Partners partners: no partner is written yet; write one row" in found.stderr
    assert "blank.xlsx!Programmes programmes: no programme is written yet;" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("workbook", "--out", "x.xlsx"), "name a scenario, or write an empty workbook"),
        (("workbook", "--blank", "--out", "x.csv"), "name a file of .xlsx"),
        (("workbook", SCENARIO, "--out", "taken.xlsx"), "exists already and is left as it is"),
        (("convert", SCENARIO, "--out", "x.toml"), "name a file of .xlsx or .yaml or .yml"),
        (("convert", SCENARIO, "--out", "nowhere/x.xlsx"), "there is no folder nowhere"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.xlsx").write_bytes(b"mine")
    found = run(*arguments)
    assert found.exit_code == 2
    assert words in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken.xlsx"]
    assert (tmp_path / "taken.xlsx").read_bytes() == b"mine"


def test_the_file_beside_a_workbook_takes_the_place_of_none_that_the_scenario_is_read_from(
    tmp_path: Path,
) -> None:
    """It is named by nobody, so `--force` speaks of the workbook alone."""
    written = tmp_path / "mine.yaml"
    text = files.scenario_text(files.load(SCENARIO).scenario.data)
    written.write_text(text, encoding="utf-8")
    before = written.read_bytes()
    found = run("workbook", written, "--out", tmp_path / "mine.xlsx", "--force")
    assert found.exit_code == 2
    assert "is what the scenario is read from" in found.stderr
    assert written.read_bytes() == before
    assert not (tmp_path / "mine.xlsx").exists()
    assert run("workbook", written, "--out", tmp_path / "mine-book.xlsx").exit_code == 0


def test_of_a_folder_only_workbooks_of_scenarios_are_cases(tmp_path: Path) -> None:
    run("workbook", PLAIN, "--out", tmp_path / "one.xlsx")
    other = openpyxl.Workbook()
    other.save(tmp_path / "telephone-list.xlsx")
    (tmp_path / "~$one.xlsx").write_bytes(b"open elsewhere")
    (tmp_path / "two.yaml").write_text("extends: one.xlsx\n")
    assert [path.name for path in matching_files(str(tmp_path))] == ["one.xlsx", "two.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="no shell that limits the size of files")
def test_a_full_folder_of_temporary_files_is_said(tmp_path: Path) -> None:
    out = tmp_path / "book.xlsx"
    limited = ["bash", "-c", 'ulimit -f 1; exec "$0" -m partnerselect "$@"', sys.executable]
    ran = subprocess.run(
        [*limited, "convert", str(PLAIN), "--out", str(out)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert ran.returncode == 4
    assert "the workbook could not be made" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not out.exists()
