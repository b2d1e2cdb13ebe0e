"""Sheets and lines draw again what differs from what stands on the screen, all of it, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.strip import Strip

from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.widgets.lines_view import LinesView
from partnerselect.tui.widgets.sheet_view import SheetView

NAMES = ["Ana", "Ben", "Cy"]


def sheet(*names: str, style: str = "") -> Sheet:
    return Sheet(
        tuple(Item(name, (Content(name).stylize(style),)) for name in names), head=(Content("Who"),)
    )


class CountingSheet(SheetView):
    def render_line(self, y: int) -> Strip:
        drawn.append(y)
        return super().render_line(y)


class CountingLines(LinesView):
    def render_line(self, y: int) -> Strip:
        drawn.append(y)
        return super().render_line(y)


drawn: list[int] = []


class Both(App[None]):
    CSS = (
        "SheetView, LinesView { height: 6; } .sheet--cursor { background: green; } .sheet--column {"
        " background: blue; }"
    )

    def compose(self) -> ComposeResult:
        yield CountingSheet(id="sheet")
        yield CountingLines(id="lines")


def lines_drawn(
    change: Callable[[SheetView, LinesView], object], size: tuple[int, int] = (30, 14)
) -> list[int]:
    """Show three names, make a change, and return which lines were drawn for it."""

    async def run() -> list[int]:
        app = Both()
        async with app.run_test(size=size) as pilot:
            names, lines = app.query_one(CountingSheet), app.query_one(CountingLines)
            names.show(lambda _: sheet(*NAMES))
            lines.show([Content("one"), Content("two")])
            await settled(pilot)
            drawn.clear()
            change(names, lines)
            await settled(pilot)
            return sorted(drawn)

    return asyncio.run(run())


def settled(pilot: Pilot[None]) -> Awaitable[object]:
    return pilot.pause(0.1)


def test_a_row_that_is_said_otherwise_is_drawn_alone() -> None:
    assert lines_drawn(lambda names, _: names.show(lambda _: sheet("Ana", "Bea", "Cy"))) == [2]


def test_rows_in_another_colour_are_drawn_though_they_say_the_same() -> None:
    assert lines_drawn(lambda names, _: names.show(lambda _: sheet(*NAMES, style="bold"))) == [
        1,
        2,
        3,
    ]


def test_a_cursor_leaves_one_row_and_marks_another() -> None:
    assert lines_drawn(lambda names, _: names.mark("Cy")) == [1, 3]


def test_a_column_looked_at_stands_on_its_ground_on_every_line_that_reaches_it() -> None:
    async def run() -> list[list[set[int]]]:
        app = Both()
        async with app.run_test(size=(30, 14)) as pilot:
            names = app.query_one(CountingSheet)
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


def show_again(names: SheetView, lines: LinesView) -> None:
    """Show what both show already."""
    names.show(lambda _: sheet(*NAMES))
    lines.show([Content("one"), Content("two")])


def test_what_is_shown_again_is_not_drawn() -> None:
    assert lines_drawn(show_again) == []


def test_rows_that_are_gone_leave_nothing_behind() -> None:
    assert {2, 3} <= set(lines_drawn(lambda names, _: names.show(lambda _: sheet("Ana"))))


def test_a_line_that_is_new_or_gone_is_drawn_alone() -> None:
    assert lines_drawn(
        lambda _, lines: lines.show([Content("one"), Content("two"), Content("three")])
    ) == [2]
    assert lines_drawn(lambda _, lines: lines.show([Content("one")])) == [1]


def test_a_sheet_scrolled_and_shown_again_stands_as_scrolled() -> None:
    async def run() -> list[str]:
        app = Both()
        async with app.run_test(size=(30, 14)) as pilot:
            names = app.query_one(CountingSheet)
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
