"""`init`, `schema`, `--help`: the first minutes with the tool."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from partnerselect.cli import COMMANDS, main

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("beforehand", [False, True], ids=["new", "empty"])
def test_a_starter_is_valid_as_it_is_copied(tmp_path: Path, *, beforehand: bool) -> None:
    folder = tmp_path / "mine"
    if beforehand:
        folder.mkdir()
    assert invoke("init", str(folder)).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["criteria", "scenarios", "schema"]
    checked = invoke(
        "check", "--allow-warnings", *(str(path) for path in sorted(folder.glob("[cs]*/*.yaml")))
    )
    assert checked.exit_code == 0, checked.output


def test_the_starter_says_nothing_on_standard_output(tmp_path: Path) -> None:
    result = invoke("init", str(tmp_path / "mine"))
    assert result.stdout == ""
    assert "rank scenarios/shsc-2021.yaml" in result.stderr


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    kept = tmp_path / "scenarios" / "mine.yaml"
    kept.parent.mkdir()
    kept.write_text("mine")
    result = invoke("init", str(tmp_path))
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["scenarios"]
    assert kept.read_text() == "mine"


def test_a_blank_start_is_one_valid_file_that_says_it_is_made_up(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    result = invoke("init", "--blank", str(folder))
    assert result.exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["choice.yaml"]
    text = (folder / "choice.yaml").read_text(encoding="utf-8")
    assert "NHS" not in text
    ranked = json.loads(invoke("rank", "--format", "json", str(folder / "choice.yaml")).stdout)
    assert ranked["scenario"]["illustrative"] is True
    assert len(ranked["programmes"]) == 2
    assert len({row["partner"] for row in ranked["ranking"]}) == 3
    again = invoke("init", "--blank", str(folder))
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert (folder / "choice.yaml").read_text(encoding="utf-8") == text


def test_without_a_command_and_a_terminal_the_help_is_printed() -> None:
    result = invoke()
    assert result.exit_code == 2
    assert "Commands" in result.stderr


def test_a_folder_under_a_file_is_4_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = invoke("init", str(tmp_path / "file" / "mine"))
    assert result.exit_code == 4
    assert "could not be written" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is a POSIX one")
def test_a_full_disk_is_4_with_its_reason_and_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import resource, runpy, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000));"
        "runpy.run_module('partnerselect', run_name='__main__', alter_sys=True)"
    )
    source = str(Path(__file__).parents[3] / "src")
    full = subprocess.run(
        [sys.executable, "-B", "-c", script, "init", str(tmp_path / "mine")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert full.returncode == 4
    assert "could not be written (File too large); nothing is left behind there" in full.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for the superuser"
)
def test_a_read_only_folder_is_4_and_leaves_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        result = invoke("init", str(tmp_path / "mine"))
    finally:
        tmp_path.chmod(0o700)
    assert result.exit_code == 4
    assert "could not be written" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["criteria", "scenario"])
def test_the_schema_printed_is_the_one_committed(kind: str) -> None:
    result = invoke("schema", kind)
    committed = (Path(__file__).parents[3] / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert result.stdout == committed
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")


def test_the_schema_of_a_scenario_is_what_is_meant_without_a_word() -> None:
    assert invoke("schema").stdout == invoke("schema", "scenario").stdout


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_says_in_a_sentence_what_a_command_does(command: str, flag: str) -> None:
    usage, sentence, *_ = invoke(command, flag).stdout.split("\n\n")
    assert usage.startswith(f"Usage: main {command} ")
    assert re.fullmatch(r"  [A-Z][^.]+\.", sentence)


def test_help_lists_every_command() -> None:
    text = invoke("--help").stdout
    assert all(f"\n  {command} " in text for command in COMMANDS)


def test_the_shell_completes_commands_and_options() -> None:
    complete = ShellComplete(main, {}, "partnerselect", "_PARTNERSELECT_COMPLETE")
    assert [item.value for item in complete.get_completions([], "ra")] == ["rank"]
    assert [item.value for item in complete.get_completions(["rank"], "--form")] == ["--format"]


def test_the_module_and_the_entry_point_are_the_same_program(run: Run) -> None:
    project = tomllib.loads(
        (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]
    assert project["scripts"] == {"partnerselect": "partnerselect.__main__:main"}
    by_entry_point = CliRunner().invoke(main, ["rank", "--help"], prog_name="partnerselect").stdout
    assert run("rank", "--help").stdout.split() == by_entry_point.split()
