"""What a sheet draws of the lines it is given."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from rich.segment import ControlType
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
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


class Written(Names):
    """Keeps what its frames have written, cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], tuple[str, Style | None]] = {}

    # Textual's own signature
    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            return
        x = y = 0
        for text, style, control in self.console.render(renderable):
            for code in control or ():
                if code[0] is ControlType.CURSOR_MOVE_TO:
                    x, y = (int(at) for at in code[1:])
            for letter in "" if control else text:
                x, y = (0, y + 1) if letter == "\n" else (x, y)
                if letter != "\n":
                    self.cells[x, y] = letter, style
                    x += 1


def test_frames_written_in_parts_come_to_the_screen_that_is_drawn_whole() -> None:
    sheets = [
        replace(sheet(*names, style=style), column=column)
        for names in (NAMES, [*NAMES, "Dee"], ["Al", "Ben", "Cy"], [*"abcdefghij"])
        for style in ("", "bold")
        for column in ((0, 1), (1, 2), None)
    ]

    async def run() -> None:
        app = Written()
        async with app.run_test(size=(30, 14)) as pilot:
            names = app.query_one(SheetView)
            for shown in [*sheets, *reversed(sheets)]:
                names.show(lambda _, shown=shown: shown)  # type: ignore[misc]
                await settled(pilot)
                names.action_move(1)
                await settled(pilot)
                in_parts = dict(app.cells)
                names.refresh()
                names.notify_style_update()
                await settled(pilot)
                assert in_parts == app.cells

    asyncio.run(run())
