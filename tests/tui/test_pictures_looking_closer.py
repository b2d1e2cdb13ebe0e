"""How views 2, 4 and 6 look.

After a wanted change: this file with `--snapshot-update`, and look at each picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partnerselect import files
from partnerselect.analysis import Analysis, analyse, with_choices
from partnerselect.tui import jobs, refinement
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.comparing import WORKING
from partnerselect.tui.charts.robustness import SEEKING
from partnerselect.tui.screens.view import WORKING as MISSING
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView
from tests.tui.conftest import AMPLE
from tests.tui.reading import settled, until

Compare = Callable[..., bool]
VIEWS = {
    "compare": ("2",),
    "robustness": ("4",),
    "weights": ("4", "tab", "down"),
    "choice": ("4", *["tab"] * 4),
    "people": ("6",),
}


@pytest.fixture(scope="module")
def shipped() -> Analysis:
    scenario = files.load(Path(__file__).parents[2] / "scenarios" / "shsc-2021.yaml").scenario
    return with_choices(
        analyse(
            scenario.with_changes(
                {"analysis.samples": 2000, "analysis.choice-samples": 200, **AMPLE}
            )
        )
    )


def pressing(*keys: str) -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await until(
                pilot, lambda: bool(pilot.app.screen.query("#page")) and not is_waiting(pilot)
            )

    return press


def is_waiting(pilot: Pilot[None]) -> bool:
    text = pilot.app.screen.query_one("#page", SheetView).text
    return not text or MISSING in text or WORKING in text or SEEKING in text


@pytest.fixture
def app(folder: Path, shipped: Analysis, monkeypatch: pytest.MonkeyPatch) -> PartnerselectApp:
    monkeypatch.setattr(
        jobs, "_view_model", lambda file, _: ViewModel(shipped, (file.path,)).drawn()
    )
    monkeypatch.setattr(
        refinement, "counted", lambda view_model: view_model
    )  # found already, once for all pictures
    return PartnerselectApp([folder / "shsc-2021.yaml"])


@pytest.fixture(params=["colour", "monochrome"])
# `folder` clears NO_COLOR first
def ink(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001
    if request.param == "monochrome":
        monkeypatch.setenv("NO_COLOR", "1")
    return str(request.param)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("keys", VIEWS.values(), ids=VIEWS)
def test_picture(
    keys: Sequence[str],
    size: tuple[int, int],
    ink: str,  # noqa: ARG001
    snap_compare: Compare,
    request: pytest.FixtureRequest,
) -> None:
    assert snap_compare(
        request.getfixturevalue("app"), terminal_size=size, run_before=pressing(*keys)
    )
