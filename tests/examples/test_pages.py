"""Every block of the pages that show how to use it is run, in order, and prints what stands there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.examples.pages import ROOT, Page

PAGES = ["docs/python.md"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_from_its_first_block_to_its_last(name: str, tmp_path: Path) -> None:
    for folder in ("criteria", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert Page(ROOT / name, tmp_path).run() > 3
