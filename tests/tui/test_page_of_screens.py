"""docs/screens.md says of every view what it answers and its keys, and shows it."""

from __future__ import annotations

import re

from partnerselect.tui.screens.catalogue import VIEWS
from tests.tui.pictures import OPENED, PAGE, page


def test_the_page_is_what_the_views_say_now() -> None:
    """Else: `python -m tests.tui.pictures page`, and read the difference."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_view_has_its_section_and_its_picture() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == [
        *(f"{view.key} {view.label}" for view in VIEWS),
        *(heading for heading, _, _ in OPENED.values()),
    ]
    pictures = re.findall(r"\(screens/(.+?\.svg)\)", text)
    assert len(pictures) == len(headings)
    for picture in pictures:
        assert (PAGE.parent / "screens" / picture).stat().st_size > 0
