"""The screens as lines of text, for whoever listens to them: no boxes, keys announced.

A line that is read is a key (`5`, `enter`, `?`, `down`), or text to be typed after an equals sign.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from partnerselect.advice import Kind
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.keys import bound
from partnerselect.tui.screens.view import WORKING, View
from partnerselect.tui.widgets.masthead import Masthead
from partnerselect.tui.widgets.sheet_lines import CURSOR
from partnerselect.tui.widgets.sheet_view import SheetView

SIZE = (140, 200)
"""Cells and lines: as many as it takes to cut no name and scroll nothing."""
AT_MOST, STEP = 120.0, 0.2
"""Seconds that an answer is waited for before what is known is told, and between looks at it."""
STILL_TO_COME = (WORKING.removesuffix(" …"), "calculating …", Kind.COUNTING.value)
"""What a view says in place of what is not worked out yet."""
DRAWN = re.compile(r"[\u2500-\u259f\u2800-\u28ff]+")
NAMES = {
    "?": "question_mark",
    "/": "slash",
    "esc": "escape",
    " ": "space",
    "+": "plus",
    "-": "minus",
}
"""Keys by the names that the screens know them by."""
HOW = (
    "Type a key, then enter. Down and up move; the other keys are told below each view. Text is"
    " typed after an equals sign: =half the money."
)


class PlainApp(PartnerselectApp):
    """The screens, drawn for nobody; what is said for a moment is kept until it is told."""

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - as of the screens
        super().__init__(*args, **named)
        self.said: list[str] = []

    def notify(self, message: str, **how: Any) -> None:  # noqa: ANN401, ARG002 - Textual's business
        """Keep what is said."""
        self.said.append(message)


async def listen(app: PlainApp, lines: Iterable[str], out: TextIO) -> None:
    """Tell every view as text, and do what the lines say, until one quits or none is left."""
    async with app.run_test(size=SIZE) as pilot:
        print(HOW, file=out, flush=True)
        reading = iter(lines)
        while app.is_running:
            await _worked_out(pilot, app)
            print("\n".join(["", *text_of(app)]), file=out, flush=True)
            app.said.clear()
            line = await asyncio.to_thread(next, reading, None)
            if line is None:
                break
            await pilot.press(*_keys(line.rstrip("\n")))


def _keys(line: str) -> list[str]:
    """Return the keys that a line stands for."""
    keys = list(line[1:]) if line.startswith("=") and len(line) > 1 else [line.strip()]
    return [NAMES.get(key, key) for key in keys if key]


async def _worked_out(pilot: Pilot[None], app: PlainApp) -> None:
    """Wait until what is in front has been worked out, or for as long as anyone waits."""
    for _ in range(int(AT_MOST / STEP)):
        await pilot.pause()
        told = "\n".join(text_of(app)) if app.is_running else ""
        if not any(words in told for words in STILL_TO_COME):
            return
        await asyncio.sleep(STEP)


def text_of(app: PlainApp) -> Iterator[str]:
    """Yield the lines of what is in front: what it is, what it shows, what was said, its keys."""
    screen = app.screen
    if isinstance(screen, View):
        listed = next((tab.name for tab in app.tabs if tab.key == app.current_mode), "")
        yield f"View {app.current_mode}, {listed}. {screen.query_one(Masthead).text}"
        yield str(app.state)
    for widget in screen.query("SheetView, Static, Input, OptionList"):
        if any(isinstance(above, Masthead) for above in widget.ancestors):
            continue
        told = [line for line in map(_undrawn, _lines(widget)) if line]
        if told and widget.border_title:
            yield _undrawn(Content.from_markup(widget.border_title).plain)
        yield from told
    yield from app.said
    yield f"Keys: {', '.join(_announced(app))}."


def _lines(widget: object) -> Iterator[str]:
    match widget:
        case SheetView():
            yield from (line.plain for line in widget.sheet.head)
            for item in widget.sheet.items:
                yield from (line.plain for line in item.above)
                mark = f"{CURSOR} " if widget.chooses and item.key == widget.key else ""
                yield from (f"{mark}{line.plain}" for line in item.lines)
            yield from (line.plain for line in widget.sheet.foot)
        case OptionList():
            for n, option in enumerate(widget.options):
                yield f"{CURSOR if n == widget.highlighted else ''} {option.prompt}".strip()
        case Input():
            yield f"Type here: {widget.value or widget.placeholder}"
        case Static():
            yield from str(widget.content).splitlines()


def _undrawn(line: str) -> str:
    """Return a line without bars and rules, and with no more than two blanks between words."""
    return re.sub(r" {3,}", "  ", DRAWN.sub("", line)).strip()


def _announced(app: PlainApp) -> Iterator[str]:
    for keys, one in bound(app.screen):
        yield f"{keys.split()[0]} {one.binding.description}"
