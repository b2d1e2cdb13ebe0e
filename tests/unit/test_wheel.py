"""What is shipped arrives: the wheel holds the starter that `init` copies out."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from partnerselect.files.source import FOLDERS, starter

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(folder),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_shipped_file_as_it_is(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert _files(starter(package=tmp_path / "partnerselect")) == _files(ROOT)


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    assert "partnerselect/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_the_template_and_the_style_of_the_paper(wheel: Path) -> None:
    assert {
        f"partnerselect/report/render/paper.{suffix}" for suffix in ("html.jinja", "css")
    } <= set(zipfile.ZipFile(wheel).namelist())


def _files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file()
    }
