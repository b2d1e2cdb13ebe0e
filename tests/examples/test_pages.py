"""Every block of the pages that show how to use it is run, in order, and prints what stands there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.examples.pages import ROOT, Page

IN_A_WORKSPACE = {"docs/plans.md", "docs/python.md"}
"""Pages about the shipped scenarios; the others begin in an empty folder."""
PAGES = [
    *sorted(IN_A_WORKSPACE),
    "docs/start.md",
    "docs/exit-codes.md",
    *(f"docs/how-to/{file.name}" for file in sorted((ROOT / "docs" / "how-to").glob("*.md"))),
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_from_its_first_block_to_its_last(name: str, tmp_path: Path) -> None:
    for folder in ("criteria", "scenarios") if name in IN_A_WORKSPACE else ():
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert Page(ROOT / name, tmp_path).run() > 3
