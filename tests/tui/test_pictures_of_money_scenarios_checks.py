"""How views 5, 7 and 8 look, and what lies over every view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from tests.tui.reading import settled, worked_out
from tests.tui.test_pictures import SIZES, Compare, ink, named

__all__ = ["ink"]
HALF = "extends: aid-agency.yaml\ntitle: Less than half of the money\nlimits: {budget: 20000}\n"


def pressing(*keys: str, theme: str = "dark") -> Callable[[Pilot[None]], Awaitable[None]]:
    async def press(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await worked_out(pilot)

    return press


@pytest.mark.usefixtures("ink")
@pytest.mark.parametrize("size", SIZES, ids=named)
@pytest.mark.parametrize(
    "keys", [("5", "up"), ("7", "right"), ("8",)], ids=["money", "scenarios", "checks"]
)
def test_picture(
    keys: tuple[str, ...], size: tuple[int, int], folder: Path, snap_compare: Compare
) -> None:
    (folder / "half.yaml").write_text(HALF)
    app = PartnerselectApp([folder / "aid-agency.yaml", folder / "half.yaml"])
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))


@pytest.mark.parametrize(
    "keys", [("slash", *"safe"), ("o",), ("g", *"uni")], ids=["filter", "sort", "jump"]
)
def test_picture_of_what_can_be_done_anywhere(
    keys: tuple[str, ...], folder: Path, snap_compare: Compare
) -> None:
    assert snap_compare(PartnerselectApp([folder / "aid-agency.yaml"]), run_before=pressing(*keys))


def test_picture_of_monochrome(folder: Path, snap_compare: Compare) -> None:
    assert snap_compare(
        PartnerselectApp([folder / "aid-agency.yaml"]),
        run_before=pressing("enter", theme="monochrome"),
    )
