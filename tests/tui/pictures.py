"""Draw the views of the shipped scenario into `docs/screens`: `make pictures`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.approval import PENDING
from partnerselect.tui.screens.catalogue import LISTED
from tests.tui import reading

HERE = Path(__file__).parents[2]
FOLDER = HERE / "docs" / "screens"
SCENARIOS = ["shsc-2021", "shsc-2021-tight-budget", "shsc-2021-other-weights", "shsc-2021-smaller-team", "shsc-2021-second-juncture"]
ROOMY, SMALL = (120, 40), (80, 24)
CLOSER: dict[str, tuple[tuple[int, int], Sequence[str], str]] = {
    "recommendation-light": (ROOMY, (), "light"),
    "recommendation-small": (SMALL, (), "dark"),
    "recommendation-monochrome": (ROOMY, (), "monochrome"),
    "programme": (ROOMY, ("enter",), "dark"),
    "evidence": (ROOMY, ("enter", "enter"), "light"),
    "robustness-large": ((200, 60), ("4",), "light"),
    "scenarios-small": (SMALL, ("7", "right"), "light"),
}
VIEWS = {view.name.lower().replace(" ", "-"): (ROOMY, (view.key,), "dark") for view in LISTED} | CLOSER
VIEWS["what-if"] = (ROOMY, ("3", *["down"] * 7, "shift+left", "shift+left"), "dark")
PATIENCE = 180.0
"""Seconds: the prices of all limits take a while on a slow machine."""


async def draw(name: str) -> None:
    """Open the view, wait until everything on it has been worked out, and draw it."""
    size, keys, theme = VIEWS[name]
    app = PartnerselectApp([HERE / "scenarios" / f"{scenario}.yaml" for scenario in SCENARIOS])
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await reading.settled(pilot)
        await reading.until(pilot, lambda: PENDING not in reading.words(app))
        for key in keys:
            await pilot.press(key)
            await reading.worked_out(pilot)
        app.save_screenshot(f"{name}.svg", path=str(FOLDER))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    reading.PATIENCE = PATIENCE
    for view in VIEWS:
        asyncio.run(draw(view))
