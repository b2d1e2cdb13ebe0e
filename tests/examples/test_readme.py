"""What the README shows and docs/json.md explains is what the program prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from partnerselect.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


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


def test_every_key_that_rank_prints_is_explained() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z0-9_]+)`", page))
    for answer in (ROOT / "tests" / "golden" / "answers").glob("*.json"):
        printed = json.loads(answer.read_text(encoding="utf-8"))
        assert set(_keys(printed)) <= explained


def _keys(value: object) -> Iterator[str]:
    """Yield the keys of an answer; those of mappings by criterion or method are names of things."""
    if isinstance(value, list):
        for one in value:
            yield from _keys(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            if key not in {"weights", "contributions", "second_opinions"}:
                yield from _keys(one)
