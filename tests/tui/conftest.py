"""The screens on a copy of the shipped files that a test may write over."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerselect import files
from partnerselect.analysis import Analysis, analyse
from partnerselect.tui import jobs, refinement
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.view_model import ViewModel
from tests.known import share_answers
from tests.tui.delivered import PATIENCE

SHIPPED = Path(__file__).parents[2]
AMPLE = {"analysis.time-limit": 600}
"""Reasons are left out where time runs out, and a busy machine takes many times as long."""
Opening = Callable[..., PartnerselectApp]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("criteria", "scenarios"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(
        refinement, "QUIET", 3600.0
    )  # what is worked out unasked would change what is read at its own time
    return tmp_path / "scenarios"


@pytest.fixture
def opening(folder: Path) -> Opening:
    def open_on(*names: str) -> PartnerselectApp:
        return PartnerselectApp([folder / f"{name}.yaml" for name in names], changes=AMPLE)

    return open_on


@pytest.fixture(autouse=True)
def at_rest(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave nothing at work behind a test: the next one speaks to the same solver."""
    opened: list[PartnerselectApp] = []
    begin = PartnerselectApp.__init__

    def noted(app: PartnerselectApp, *args: Any, **options: Any) -> None:
        opened.append(app)
        begin(app, *args, **options)

    monkeypatch.setattr(PartnerselectApp, "__init__", noted)
    yield
    assert all(app.is_at_rest(PATIENCE) for app in opened)


@pytest.fixture(scope="session")
def shipped() -> Analysis:
    return analyse(
        files.load(SHIPPED / "scenarios" / "shsc-2021.yaml").scenario.with_changes(AMPLE)
    )


@pytest.fixture
def worked_out_once(shipped: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the shipped scenario without working it out again for every picture."""
    monkeypatch.setattr(
        jobs, "_view_model", lambda file, _: ViewModel(shipped, (file.path,)).drawn()
    )


@pytest.fixture
def anew() -> None:
    """Let a test that is about working out have everything worked out for itself."""


@pytest.fixture(autouse=True)
def shared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "anew" not in request.fixturenames:
        share_answers(monkeypatch)
