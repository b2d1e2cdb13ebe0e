"""The worked example of docs/register.md gives what stands below each command."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from partnerselect.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<kind>console|yml)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a block with what should be printed."""
    for step in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = step.partition("\n")
        yield command, printed.strip("\n")


def workspace(folder: Path) -> None:
    for name in ("criteria", "scenarios"):
        shutil.copytree(ROOT / name, folder / name)


def printed(command: str, folder: Path) -> tuple[int, str]:
    """Run a command of the page in a workspace."""
    with chdir(folder):
        ran = CliRunner(env={"COLUMNS": "120"}).invoke(main, shlex.split(command)[1:])
    return ran.exit_code, "\n".join(line.rstrip() for line in ran.stdout.strip("\n").split("\n"))


def test_the_shipped_scenario_goes_from_its_first_review_point_to_its_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARTNERSELECT_REGISTER", raising=False)
    workspace(tmp_path)
    ran = 0
    for block in BLOCK.finditer(PAGE):
        if block["kind"] == "yml":
            (tmp_path / "scenarios" / "second.yaml").write_text(block["text"], encoding="utf-8")
            continue
        for command, expected in steps(block["text"]):
            code, told = printed(command, tmp_path)
            assert code == 0, (command, told)
            if expected:
                assert told.strip() == expected.strip(), command
            ran += 1
    assert ran > 12
    assert (tmp_path / "record.md").read_text(encoding="utf-8").startswith("# Record of decision 4")
    verified = printed("partnerselect register verify --against register.jsonl", tmp_path)
    assert verified[0] == 0
    assert "The chain holds." in verified[1]
