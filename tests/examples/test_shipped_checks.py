"""What good practice has to say of the shipped files: notes, and nothing that it warns of."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from partnerselect.cli import main

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*(ROOT / "scenarios").glob("*.yaml"), *(ROOT / "criteria").glob("*.yaml")])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_checking_a_shipped_file_ends_with_0(path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 0, result.stdout
