"""What becomes known reaches a view in its own turn: neither before its widgets stand nor once they are gone."""

from __future__ import annotations

import pytest

from partnerselect.tui.screens.catalogue import VIEWS, Listed
from partnerselect.tui.screens.view import View
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

WIDE = (120, 40)


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("listed", VIEWS, ids=lambda listed: listed.label)
async def test_news_for_a_view_that_is_not_on_the_screen_yet_waits_for_it(
    opening: Opening, listed: Listed
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        view = listed.open()
        standing = app.push_screen(view)
        assert not view.children
        view.follow()
        await standing
        view.follow()
        await until(pilot, lambda: view.view_model is app.view_model)
        assert listed.question in words(app)


@pytest.mark.usefixtures("worked_out_once")
@pytest.mark.parametrize("listed", VIEWS, ids=lambda listed: listed.label)
async def test_news_for_a_view_that_is_being_taken_away_is_not_drawn(
    opening: Opening, listed: Listed
) -> None:
    app = opening("shsc-2021")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press(listed.key)
        await until(pilot, lambda: app.current_mode == listed.key)
        view = app.screen
        assert isinstance(view, View)
    assert not view.children
    view.follow()
    app.tell_views()
