"""The starter is found in a checkout and in an installed wheel, and its absence is said plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect.errors import FailureError
from partnerselect.files.source import FOLDERS, starter


def _fill(root: Path) -> Path:
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True)
    return root


def test_a_checkout_serves_its_own_folders(tmp_path: Path) -> None:
    checkout = _fill(tmp_path)
    assert starter(package=checkout / "src" / "partnerselect") == checkout


def test_an_installed_copy_comes_before_folders_that_merely_stand_above_it(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "partnerselect"
    _fill(tmp_path)
    installed = _fill(package / "starter")
    assert starter(package=package) == installed


def test_a_missing_starter_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FailureError, match="install partnerselect again"):
        starter(package=tmp_path / "lib" / "partnerselect")
