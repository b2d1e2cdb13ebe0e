"""Redrawing the matrix of scenarios against Textual's own table with the same cells: the next column marked, and with other cells; the first answer on the screen."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from textual._compositor import CompositorUpdate
from textual._context import active_app
from textual._wait import wait_for_idle
from textual.app import App, ComposeResult
from textual.widgets import DataTable

from benchmarks.comparisons import SHIPPED
from benchmarks.first_paint import seconds_until_shown
from benchmarks.measure import Benchmark, Pair, in_turn, timed
from partnerselect.tui.charts.scenario_comparison import Matrix
from partnerselect.tui.themes import DARK
from partnerselect.tui.widgets.sheet_view import MatrixView

SIZE = (120, 40)
PROGRAMMES, COURSES = 40, 12
MARGIN = 4
"""Cells that the matrix keeps free beside its lines."""
LOOP = asyncio.new_event_loop()
ANSWER = "partners for 8 of 9 programmes"
"""How view 1 begins to answer what is asked to be approved in the shipped scenario."""
WITHOUT_TRIALS = ("--samples", "0", "--format", "json")
OPEN: list[Any] = []
"""The apps on their terminals without a screen, to be kept alive."""


def courses(seed: int) -> list[dict[str, Any]]:
    """Make a course for every column; another seed makes other cells."""
    return [_course(number, seed) for number in range(COURSES)]


def _partner(number: int, seed: int, n: int) -> str:
    return f"Partner {(n + seed + number * (n % 3)) % 7} of seven"


def _course(number: int, seed: int) -> dict[str, Any]:
    chosen = {
        f"p{n}": {
            "title": f"Programme number {n}",
            "partners": [_partner(number, seed, n)],
            "differs": _partner(number, seed, n) != _partner(0, seed, n),
            "shared": "",
        }
        for n in range(PROGRAMMES)
    }
    totals = {
        "value": 60.0 + number,
        "gained": float(number),
        "own_cost": 40_000.0,
        "currency": "GBP",
        "caution": "",
        "words": "",
    }
    return {
        "kind": "scenario",
        "title": f"Scenario {number}",
        "state": "optimal",
        "programmes": chosen,
        **totals,
    }


class Ours(App[None]):
    """The matrix as view 7 has it."""

    CSS = """
    Screen { overflow: hidden; }
    MatrixView { height: 1fr; }
    MatrixView > .sheet--cursor { background: $cursor; }
    MatrixView > .sheet--column { background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.here, self.matrix = 0, Matrix((), full=False)

    def compose(self) -> ComposeResult:
        """Lay out the matrix alone."""
        yield MatrixView(id="matrix")

    def turn(self) -> None:
        """Look at the next column."""
        self.here = (self.here + 1) % COURSES
        self.query_one(MatrixView).show(lambda width: self.matrix.sheet(self.here, width))

    def fill(self, cells: list[dict[str, Any]]) -> None:
        """Show other cells."""
        self.matrix = Matrix(cells, full=False)
        self.turn()


class Theirs(App[None]):
    """The same cells in Textual's table."""

    def __init__(self) -> None:
        super().__init__()
        self.here = 0

    def compose(self) -> ComposeResult:
        """Lay out the table alone."""
        yield DataTable(cursor_type="column", fixed_columns=1)

    def turn(self) -> None:
        """Mark the next column from top to bottom, as ours does."""
        self.here = (self.here + 1) % COURSES
        self.query_one(DataTable).move_cursor(column=self.here + 1, animate=False)

    def fill(self, cells: list[dict[str, Any]]) -> None:
        """Show other cells."""
        table, seen = (
            self.query_one(DataTable),
            Matrix(cells, full=False).window(1, SIZE[0] - MARGIN),
        )
        table.clear(columns=True)
        table.add_column("Programme", width=seen.name)
        for course in cells:
            table.add_column(course["title"], width=seen.column)
        for key, programme in cells[0]["programmes"].items():
            table.add_row(
                programme["title"],
                *(" + ".join(course["programmes"][key]["partners"]) for course in cells),
            )


def walking() -> Callable[[], Pair]:
    """Walk one column on and draw what differs then."""
    ours, theirs, cells = _standing(Ours()), _standing(Theirs()), courses(0)
    for app in (ours, theirs):
        _redrawn(app, app.fill, cells)
    return lambda: (_walked(ours), _walked(theirs))


def filling() -> Callable[[], Pair]:
    """Put other cells in, as when a scenario has been worked out anew, and redraw all that is in sight."""
    ours, theirs, turns = _standing(Ours()), _standing(Theirs()), [courses(0), courses(1)]

    def cells() -> list[dict[str, Any]]:
        turns.reverse()
        return turns[0]

    def pair() -> Pair:
        shown = cells()
        return in_turn(
            lambda: _redrawn(ours, ours.fill, shown), lambda: _redrawn(theirs, theirs.fill, shown)
        )()

    return pair


Drawn = Ours | Theirs
Shown = TypeVar("Shown", Ours, Theirs)


def _standing(app: Shown) -> Shown:
    """Return the app, mounted and laid out, without a terminal."""

    async def start() -> None:
        running = app.run_test(size=SIZE)
        pilot = await running.__aenter__()
        OPEN.append(running)
        await pilot.pause()

    LOOP.run_until_complete(start())
    return app


def _redrawn(
    app: Drawn, change: Callable[[list[dict[str, Any]]], None], cells: list[dict[str, Any]]
) -> None:
    """Change what is shown, lay it out and draw every line in sight, as when a view is opened."""

    async def redraw() -> None:
        change(cells)
        await asyncio.sleep(0)
        # the same of both: what Textual does before it paints
        app.screen._refresh_layout(app.size)  # noqa: SLF001
        # what the screen does for every frame
        app.screen._compositor.render_strips(app.size)  # noqa: SLF001

    _run(app, redraw)


def _walked(app: Drawn) -> float:
    """Return the seconds in which the next column is turned to and its frame made, to the last byte.

    Whatever else a turn sets off comes to its end before the other table is measured.
    """

    async def walk() -> None:
        app.turn()
        screen = app.screen
        # what Textual does before it draws what has changed
        screen._compositor.update_widgets(set(screen.query("*")))  # noqa: SLF001
        # the frame after a key
        frame = screen._compositor.render_update(screen_stack=[])  # noqa: SLF001
        assert isinstance(frame, CompositorUpdate)  # noqa: S101 - something has changed
        frame.render_segments(app.console)

    seconds = timed(lambda: _run(app, walk))
    _run(app, lambda: wait_for_idle(0))
    return seconds


def _run(app: Drawn, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    token = active_app.set(app)
    try:
        LOOP.run_until_complete(work())
    finally:
        active_app.reset(token)


def first_answer() -> Callable[[], Pair]:
    """Open the screens on the shipped scenario until the first sentence of the answer stands there, against `rank` without trials from a cold process."""
    ours = [sys.executable, "-m", "partnerselect", "tui", str(SHIPPED)]
    theirs = [sys.executable, "-m", "partnerselect", "rank", str(SHIPPED), *WITHOUT_TRIALS]
    return lambda: (
        seconds_until_shown(ours, ANSWER),
        timed(lambda: subprocess.run(theirs, check=True, stdout=subprocess.DEVNULL)),
    )


BENCHMARKS = (
    Benchmark("first answer on the screen", "rank without trials", 1.2, first_answer),
    Benchmark(
        "walk to the next scenario in a matrix of 40 × 12",
        "the same in a DataTable with a cursor on columns",
        0.3,
        walking,
        pairs=25,
    ),
    Benchmark("show another matrix of 40 × 12", "the same in a DataTable", 0.3, filling, pairs=25),
)
