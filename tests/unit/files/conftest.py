"""A small workspace that each test varies by writing over its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.files.cases import CRITERIA, SCENARIO, Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Write `scenarios/base.yaml`, `criteria/set.yaml` and any files given by relative path.

    Return the path of the first given, or of the scenario.
    """
    monkeypatch.chdir(tmp_path)

    def write(others: dict[str, str | bytes] | None = None) -> Path:
        for name, text in (
            {"criteria/set.yaml": CRITERIA, "scenarios/base.yaml": SCENARIO} | (others or {})
        ).items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return tmp_path / next(iter(others or ["scenarios/base.yaml"]))

    return write
