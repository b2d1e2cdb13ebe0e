"""Draw the views of the shipped scenario into `docs/screens`: `python -m tests.tui.pictures`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.charts.comparing import WORKING
from partnerselect.tui.charts.robustness import SEEKING
from partnerselect.tui.screens.view import WORKING as MISSING
from tests.tui.reading import settled, until, words

HERE = Path(__file__).parents[2]
VIEWS: dict[str, tuple[tuple[int, int], Sequence[str], str]] = {
    "recommendation": ((120, 40), (), "dark"),
    "recommendation-light": ((120, 40), (), "light"),
    "recommendation-small": ((80, 24), (), "dark"),
    "programme": ((120, 40), ("enter",), "dark"),
    "evidence": ((120, 40), ("enter", "enter"), "light"),
    "compare": ((120, 40), ("2",), "dark"),
    "robustness": ((120, 40), ("4",), "dark"),
    "robustness-large": ((200, 60), ("4",), "light"),
    "people": ((120, 40), ("6",), "dark"),
}


async def draw(name: str) -> None:
    size, keys, theme = VIEWS[name]
    app = PartnerselectApp([HERE / "scenarios" / "shsc-2021.yaml"])
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            await until(pilot, lambda: not any(told in words(app) for told in (MISSING, WORKING, SEEKING)))
        app.save_screenshot(f"{name}.svg", path=str(HERE / "docs" / "screens"))


if __name__ == "__main__":
    (HERE / "docs" / "screens").mkdir(parents=True, exist_ok=True)
    for view in VIEWS:
        asyncio.run(draw(view))
