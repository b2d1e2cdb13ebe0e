"""Scenario files to run commands on, and commands run as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.known import share_answers
from tests.oracle.scores import Data

ROOT = Path(__file__).parents[3]
Written = Callable[..., str]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print as where nobody looks: a process that runs tests for another may state its own width."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch) -> None:
    share_answers(monkeypatch)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Return a function that writes a scenario (data or text) to a file and returns its path."""

    def write(scenario: Data | str, name: str = "case.yaml") -> str:
        path = tmp_path / name
        path.write_text(
            scenario if isinstance(scenario, str) else json.dumps(scenario), encoding="utf-8"
        )
        return str(path)

    return write


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs `python -m partnerselect` in a folder of its own.

    `shell` runs a pipe.
    """

    def ran(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}
        }
        inside = {
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONWARNINGS": "error",
            **environment,
        }
        command = [sys.executable, "-m", "partnerselect", *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            cwd=tmp_path,
            env=kept | inside,
            stdin=subprocess.DEVNULL,
        )

    return ran
