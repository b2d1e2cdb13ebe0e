"""Processes of their own that find this package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environment() -> dict[str, str]:
    """Return the environment in which a process finds this package."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def python(
    code: str, *, check: bool = True, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, to its end."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=check,
        env=environment(),
        cwd=cwd,
    )
