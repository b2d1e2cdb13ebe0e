"""Explains what is on the screen, its keys, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerselect.tui.dialogs import Choice, ChooseScreen, Conversation, GuideScreen
from partnerselect.tui.glossary import GLOSSARY
from partnerselect.tui.keys import bound

if TYPE_CHECKING:
    from partnerselect.tui.shell import Shell


async def guide(shell: Shell, asked: str, told: str) -> Conversation:
    """Show how to read the screen in front, and its keys; then a word that is asked for.

    Args:
        shell: knows the keys in force.
        asked: the question that the screen answers.
        told: how to read it; a key stands as the name of what it does, in braces.
    """
    keys = [(shown, one.binding.description) for shown, one in bound(shell.screen)]
    typed = yield GuideScreen(asked, told.format_map(shell.key_of), keys)
    if typed is not None:
        yield _words(typed)


async def glossary() -> Conversation:
    """Explain a word."""
    yield _words("")


def _words(typed: str) -> ChooseScreen:
    words = [Choice(word, None, about=told) for word, told in GLOSSARY.items()]
    return ChooseScreen(
        "What does it mean?", words, letters="a word, as robust or trial", typed=typed
    )
