"""Any word of the screens is explained from anywhere: ? and the word."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect.tui.dialogs import ChooseScreen
from partnerselect.tui.glossary import GLOSSARY
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words
from tests.tui.test_keys import press_at_once

DOCUMENT = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_the_screens_explain_words_of_the_glossary_in_alphabetical_order() -> None:
    document = DOCUMENT.read_text(encoding="utf-8").casefold()
    unknown = {"points", "gate", "what-if", "at or near capacity"}
    assert [word for word in GLOSSARY if word not in document and word not in unknown] == []
    assert list(GLOSSARY) == sorted(GLOSSARY)


@pytest.mark.parametrize("view", ["1", "8"])
async def test_a_word_typed_on_the_help_is_explained(opening: Opening, view: str) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(view)
        press_at_once(app, "question_mark", *"robust")
        await until(pilot, lambda: "at least 90% of trials" in " ".join(words(app).split()))
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_of_a_word_that_is_not_there_nothing_else_is_explained(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        press_at_once(app, "question_mark", *"robust")
        await until(pilot, lambda: "at least 90% of trials" in " ".join(words(app).split()))
        await pilot.press(*"zzz")
        await until(pilot, lambda: "Nothing here has these letters." in words(app))
        assert "at least 90% of trials" not in " ".join(words(app).split())
