"""How fast What if answers a key: `python -m benchmarks.screens_what_if`.

Measured in the app itself, without a terminal: from a key that is posted until the frame that shows
what it led to is handed over for writing.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from textual import events
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from benchmarks.cases import Content, many_needs
from partnerselect import tui
from partnerselect.model.scenario import Scenario
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.screens.what_if import WhatIfView
from partnerselect.tui.session import WhatIfSession
from partnerselect.tui.widgets.sheet_view import LeversView, SheetView
from partnerselect.what_if.answers import best_choice, scored

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
PRESSES = 40
TURN = 10
"""Presses after which the other key is pressed."""
PATIENCE = 60.0
SIZE = (120, 40)


class WatchedFiles(PartnerselectApp):
    """The app, with the time of its last frame and of the first that shows what is waited for.

    Frames are made to the last byte, as for a terminal.
    """

    painted = 0.0
    shown = 0.0
    waits_for: Callable[[], bool] | None = None
    """Tells whether what is waited for is known."""

    # Textual's own signature
    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.console)
        self.painted = time.perf_counter()
        self.look()

    def look(self) -> None:
        """Take note that the last frame shows what is waited for: it is known, and no line of the answer has still to be drawn."""
        if (
            self.waits_for is not None
            and self.waits_for()
            and not self.screen.query_one("#answer", SheetView)._repaint_regions  # noqa: SLF001
        ):
            self.shown, self.waits_for = self.painted, None


async def until(holds: Callable[[], bool]) -> None:
    """Wait, without taking time from the screen; raise TimeoutError where it never holds."""
    deadline = time.perf_counter() + PATIENCE
    while not holds():
        if time.perf_counter() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.001)


async def opened(app: WatchedFiles, lever: str) -> None:
    """Open What if with the cursor on a lever."""
    await until(lambda: app.session.front.saved is not None)
    await app.action_view("3")
    view = app.screen
    assert isinstance(view, WhatIfView)  # noqa: S101 - the key is that of the catalogue
    await until(lambda: bool(view.query_one("#levers", LeversView).sheet.items))
    view.query_one("#levers", LeversView).mark(lever)
    await asyncio.sleep(0.5)


async def pressed(app: WatchedFiles, key: str, shows: Callable[[WhatIfSession], bool]) -> float:
    """Return the seconds from a key to the frame that shows something new."""
    before = app.session.what_if

    def is_known() -> bool:
        what_if = app.session.what_if
        return (
            what_if is not None
            and what_if is not before
            and what_if.edits is not (before.edits if before else None)
            and shows(what_if)
        )

    begun = time.perf_counter()
    app.waits_for = is_known
    app.post_message(events.Key(key, None))
    await until(lambda: app.waits_for is None)
    assert app.shown > begun  # noqa: S101 - a frame of before the key shows nothing new
    return app.shown - begun


def is_ranked(what_if: WhatIfSession) -> bool:
    """Tell whether the ranking shown is of the changes as they are now."""
    return not what_if.is_changed or what_if.ranking.scenario is what_if.edits.scenario


def is_chosen(what_if: WhatIfSession) -> bool:
    """Tell whether the best choice for the changes as they are now is known."""
    return not what_if.is_changed or (
        what_if.is_current
        and what_if.chosen.layer in {"best", "none"}
        and what_if.chosen.scenario is what_if.edits.scenario
    )


async def series(
    path: Path, lever: str, shows: Callable[[WhatIfSession], bool], pause: float
) -> list[float]:
    """Press a key again and again, each time after a pause."""
    app = WatchedFiles([path], changes={"analysis.samples": 1000})
    async with app.run_test(size=SIZE):
        await opened(app, lever)
        found = []
        for press in range(PRESSES):
            found.append(await pressed(app, ("left", "shift+right")[press // TURN % 2], shows))
            await asyncio.sleep(pause)
        app.session.discard(app.path)
    app.is_at_rest(PATIENCE)
    return found


async def beside(work: Callable[[], object]) -> list[float]:
    """Move the cursor while something is worked out in another thread.

    The seconds from key to frame.
    """
    app = WatchedFiles([SHIPPED], changes={"analysis.samples": 0})
    async with app.run_test(size=SIZE):
        await opened(app, "limits.budget")
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        found: list[float] = []
        while thread.is_alive():
            begun = time.perf_counter()
            app.post_message(events.Key(("down", "up")[len(found) // TURN % 2], None))
            # binds the value of the loop
            await until(lambda begun=begun: app.painted > begun)  # type: ignore[misc]
            found.append(app.painted - begun)
            await asyncio.sleep(0.05)
    app.is_at_rest(PATIENCE)
    return found


def allocation(content: Content) -> Callable[[], object]:
    """Return what reads a scenario and chooses for it, for half a minute at most."""

    def work() -> None:
        best_choice(
            scored(Scenario.from_data({**content, "analysis": {"time-limit": 30, "samples": 0}}))
        )

    return work


def told(name: str, seconds: list[float], aim: float) -> None:
    """Print one row."""
    middle, late = np.percentile(seconds, [50, 95]) * 1000
    met = "yes" if late <= aim * 1000 else "NO"
    print(
        f"| {name} | {middle:.0f} ms | {late:.0f} ms | {max(seconds) * 1000:.0f} ms | ≤"
        f" {aim * 1000:.0f} ms | {met} | {len(seconds)} |",
        flush=True,
    )


def main() -> None:
    """Measure and print one table."""
    sys.setswitchinterval(tui.TURN)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores, load"
        f" {load:.1f} at the start\n"
    )
    print(
        "| what | median | p95 | longest | aim for p95 | met | keys |\n| --- | --- | --- | --- |"
        " --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        wide = Path(folder) / "wide.yaml"
        wide.write_text(
            yaml.safe_dump(
                {
                    **many_needs(programmes=20, partners=50, needs=3, seed=1),
                    "analysis": {"time-limit": 10},
                }
            )
        )
        told(
            "key to redrawn ranking, shipped scenario",
            asyncio.run(series(SHIPPED, "criteria.value.weight", is_ranked, 0.1)),
            0.05,
        )
        told(
            "key to redrawn ranking, 50 partners × 20 programmes",
            asyncio.run(series(wide, "criteria.criterion-0.weight", is_ranked, 0.1)),
            0.1,
        )
        told(
            "key to a new best choice, shipped scenario, weight",
            asyncio.run(series(SHIPPED, "criteria.value.weight", is_chosen, 0.1)),
            0.5,
        )
        told(
            "key to a new best choice, shipped scenario, budget",
            asyncio.run(series(SHIPPED, "limits.budget", is_chosen, 0.1)),
            0.5,
        )
        big = many_needs(programmes=50, partners=200, needs=5, seed=1)
        told(
            "cursor key to frame while 200 × 50 × 5 is chosen for",
            asyncio.run(beside(allocation(big))),
            0.1,
        )
        told("the same with nothing else at work", asyncio.run(beside(lambda: time.sleep(5))), 0.1)


if __name__ == "__main__":
    main()
