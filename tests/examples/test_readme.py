"""What the README shows is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from partnerselect.cli import COMMANDS, main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_example_gives_the_tables_that_stand_below_it(tmp_path: Path) -> None:
    example = README.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "first.yaml").write_text(example, encoding="utf-8")
    printed = CliRunner().invoke(
        main, ["rank", "--format", "markdown", str(tmp_path / "first.yaml")]
    )
    assert printed.exit_code == 0
    assert printed.stdout.strip() in README


def test_every_command_named_is_a_command() -> None:
    named = set(re.findall(r"`partnerselect ([a-z]+)", README))
    assert named
    assert named <= set(COMMANDS)
