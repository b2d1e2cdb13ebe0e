"""What a dialog asks can be answered by its buttons: by mouse, and by tab and enter."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import Dialog
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

OPENED = (("x",), ("g",), ("question_mark",), ("3", "tab", "enter"), ("2", "p"))


async def closed(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: not isinstance(pilot.app.screen, Dialog))


@pytest.mark.usefixtures("worked_out_once")
async def test_every_dialog_is_closed_by_its_button_and_accepted_by_it(opening: Opening) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for keys in OPENED:
            await pilot.press("1", *keys)
            await until(pilot, lambda: isinstance(app.screen, Dialog) and " esc " in words(app))
            await pilot.click("#close")
            await closed(pilot)
        await pilot.press("3", "enter")
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        app.screen.query_one(Input).value = "56k"
        await pilot.click("#accept")
        await until(pilot, lambda: changed(app) == {"limits.budget": 56000})
        await closed(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        app.screen.query_one(Input).value = "no figure"
        await pilot.press("tab", "enter")
        await until(
            pilot, lambda: '✗ "no figure"' in words(app) and not app.screen.query("Button.-active")
        )
        app.screen.query_one(Input).value = "57k"
        await pilot.press("enter")
        await until(pilot, lambda: changed(app) == {"limits.budget": 57000})


def changed(app: PartnerselectApp) -> dict[str, object]:
    assert app.session.what_if is not None
    return dict(app.session.what_if.edits.changes)
