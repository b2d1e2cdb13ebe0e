"""Whatever the order in which somebody resizes, types and clicks, the screens go on."""

from __future__ import annotations

from random import Random

import pytest
from textual import events
from textual.pilot import Pilot

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.commands import Palette
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

KEYS = (
    *"123456789gocxsepwurRftaP",
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "space", "plus", "minus"),
    *("enter", "enter", "escape", "escape", "tab", "shift+tab"),
    *("slash", "question_mark", "full_stop", "ctrl+p", "ctrl+y"),
)

WALKED = [("shsc-2021", "shsc-2021-tight-budget"), ("shsc-2021-levels", "aid-agency-winter")]
"""Scenarios opened together; with levels every second time."""


def sizes(rng: Random) -> tuple[int, int]:
    """Return a size, as often tiny as not."""
    narrow = rng.random() < 0.5
    return (rng.randint(1, 45), rng.randint(1, 12)) if narrow else (rng.randint(30, 160), 40)


def clicks(app: PartnerselectApp, x: int, y: int, times: int) -> None:
    """Click as a terminal reports it: all at once, nothing drawn in between."""
    for _ in range(times):
        for kind in (events.MouseDown, events.MouseUp):
            event = kind(
                None,
                x=x,
                y=y,
                delta_x=0,
                delta_y=0,
                button=1,
                shift=False,
                meta=False,
                ctrl=False,
                screen_x=x,
                screen_y=y,
            )
            app.post_message(event)


async def walk(pilot: Pilot[None], app: PartnerselectApp, rng: Random, steps: int) -> None:
    for _ in range(steps):
        turn = rng.random()
        if turn < 0.15:
            await pilot.resize_terminal(*sizes(rng))
        elif turn < 0.25:
            width, height = app.size
            clicks(app, rng.randrange(width), rng.randrange(height), rng.randint(1, 3))
        else:
            await pilot.press(*(rng.choice(KEYS) for _ in range(rng.randint(1, 4))))
        if not app.is_running:
            return
        await pilot.pause()


@pytest.mark.parametrize("seed", range(2))
async def test_no_sequence_of_sizes_keys_and_clicks_stops_the_screens(
    opening: Opening, seed: int
) -> None:
    await walked(opening, seed, 12)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 60))
async def test_no_long_sequence_of_sizes_keys_and_clicks_stops_the_screens(
    opening: Opening, seed: int
) -> None:
    await walked(opening, seed, 120)


async def walked(opening: Opening, seed: int, steps: int) -> None:
    app = opening(*WALKED[seed % len(WALKED)])
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await walk(pilot, app, Random(seed), steps)  # noqa: S311 - a walk, no secret
    assert not app.return_code


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize(
    "moves",
    [
        ["3", (27, 24), "down"],
        ["4", (30, 24), "down", "down", "right", "enter"],
        ["7", "left", "g", (40, 24), "down", "enter"],
        ["4", (4, 46), "down", (40, 3), "tab", "enter"],
        [(4, 46), "ctrl+p", "s"],
        ["7", (15, 5), "right"],
    ],
)
async def test_what_a_narrow_screen_has_no_room_for_is_cut_off_and_nothing_stops(
    opening: Opening, moves: list[tuple[int, int] | str]
) -> None:
    app = opening("shsc-2021", "shsc-2021-tight-budget")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for move in moves:
            if isinstance(move, str):
                await pilot.press(move)
            else:
                await pilot.resize_terminal(*move)
        await pilot.pause()
        assert all(len(line) <= app.size.width for line in words(app).splitlines())
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape", "1")
        await until(pilot, lambda: "What am I approving?" in words(app))


@pytest.mark.usefixtures("worked_out_once")
async def test_two_clicks_beside_the_palette_in_one_read_close_it_once(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        below = app.screen
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        clicks(app, 79, 23, 2)
        await until(pilot, lambda: app.screen is below)
