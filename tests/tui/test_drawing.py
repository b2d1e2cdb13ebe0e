"""What a sheet draws of the lines it is given."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.strip import Strip

from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.widgets.sheet_view import SheetView

NAMES = ["Ana", "Ben", "Cy"]


def sheet(*names: str, style: str = "") -> Sheet:
    return Sheet(
        tuple(Item(name, (Content(name).stylize(style),)) for name in names), head=(Content("Who"),)
    )


class Names(App[None]):
    CSS = (
        "SheetView { height: 6; } .sheet--cursor { background: green; } .sheet--column {"
        " background: blue; }"
    )

    def compose(self) -> ComposeResult:
        yield SheetView(id="sheet")


def settled(pilot: Pilot[None]) -> Awaitable[object]:
    return pilot.pause(0.1)


def test_a_column_looked_at_stands_on_its_ground_on_every_line_that_reaches_it() -> None:
    async def run() -> list[list[set[int]]]:
        app = Names()
        async with app.run_test(size=(30, 14)) as pilot:
            names = app.query_one(SheetView)
            found = []
            for column in ((0, 2), (2, 3)):
                # binds the value of the loop
                names.show(lambda _, column=column: replace(sheet(*NAMES), column=column))  # type: ignore[misc]
                await settled(pilot)
                found.append([grounds(names.render_line(y)) for y in range(4)])
        return found

    first, second = asyncio.run(run())
    assert first == [{2, 3}] * 4
    assert second == [{4}, {4}, {4}, set()]  # "Cy" ends before


def grounds(line: Strip) -> set[int]:
    """Return the cells on the ground of a column."""
    cells = [style for text, style, _ in line for _ in text]
    return {
        x
        for x, style in enumerate(cells)
        if style and style.bgcolor and style.bgcolor.name == "#0000ff"
    }


def test_a_sheet_scrolled_and_shown_again_stands_as_scrolled() -> None:
    async def run() -> list[str]:
        app = Names()
        async with app.run_test(size=(30, 14)) as pilot:
            names = app.query_one(SheetView)
            many = [f"Name {n}" for n in range(20)]
            names.show(lambda _: sheet(*many))
            await settled(pilot)
            names.mark("Name 12")
            await settled(pilot)
            names.show(lambda _: sheet(*many))
            await settled(pilot)
            return [
                "".join(segment.text for segment in line)
                for line in app.screen._compositor.render_strips()
            ]

    shown = asyncio.run(run())
    assert [line[:9].strip() for line in shown[1:5]] == [
        "Name 9",
        "Name 10",
        "Name 11",
        "▸ Name 12",
    ]
