"""Draw the views of the shipped scenario into `docs/screens`: `make pictures`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.exports import screen_picture
from partnerselect.tui.refinement import FINDING
from partnerselect.tui.screens.catalogue import VIEWS
from tests.tui import reading
from tests.tui.conftest import AMPLE
from tests.tui.delivered import PATIENCE

HERE = Path(__file__).parents[2]
FOLDER = HERE / "docs" / "screens"
SCENARIOS = [
    "shsc-2021",
    "shsc-2021-tight-budget",
    "shsc-2021-other-weights",
    "shsc-2021-smaller-team",
    "shsc-2021-second-juncture",
]
ROOMY, SMALL, LARGE = (120, 40), (80, 24), (200, 60)
Drawing = tuple[tuple[int, int], Sequence[str], str]
EACH: dict[str, Drawing] = {
    view.label.lower().replace(" ", "-"): (ROOMY, (view.key,), "dark")
    for view in VIEWS
    if view.label != "What if"
}
CLOSER: dict[str, Drawing] = {
    "recommendation-light": (ROOMY, (), "light"),
    "recommendation-small": (SMALL, (), "dark"),
    "recommendation-monochrome": (ROOMY, (), "monochrome"),
    "programme": (ROOMY, ("enter",), "dark"),
    "evidence": (ROOMY, ("enter", "enter"), "light"),
    "robustness-large": (LARGE, ("4",), "light"),
    "scenarios-small": (SMALL, ("7", "right"), "light"),
    "what-if": (ROOMY, ("3", "tab", "shift+left", "shift+left"), "dark"),
}
"""What if comes last: from there on every view shows the changed scenario."""


async def draw_all() -> None:
    """Open the screens once, go from view to view, and draw each when everything on it has been worked out."""
    app = PartnerselectApp(
        [HERE / "scenarios" / f"{scenario}.yaml" for scenario in SCENARIOS], changes=AMPLE
    )
    async with app.run_test(size=ROOMY) as pilot:
        await reading.settled(pilot)
        await reading.until(
            pilot, lambda: app.view_model is not None and FINDING in app.view_model.findings
        )
        for name, drawing in (EACH | CLOSER).items():
            await draw(pilot, *drawing)
            (FOLDER / f"{name}.svg").write_text(screen_picture(app), encoding="utf-8")
    app.is_at_rest(PATIENCE)


async def draw(pilot: Pilot[None], size: tuple[int, int], keys: Sequence[str], theme: str) -> None:
    """Look at a view, beginning at the first."""
    pilot.app.theme = theme
    await pilot.resize_terminal(*size)
    for key in ("1", "home", *keys):
        await pilot.press(key)
        await reading.worked_out(pilot)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        asyncio.run(draw_all())
