"""The small scenario on disk, and the tables that a plain loop makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect.batches import complete, engine
from tests.unit.batch.plans import planned, quiet, write


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Write the scenario and return where."""
    return write(tmp_path / "plan.json")


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run all sixty cases one after the other, in this process; return the folder."""
    folder = tmp_path_factory.mktemp("reference")
    complete(planned(write(folder / "plan.json")), folder / "out", engine(1), quiet, resume=False)
    return folder / "out"
