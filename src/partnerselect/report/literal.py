"""Text as it was typed, in files that cannot hold every character."""

from __future__ import annotations

import re

from partnerselect.words.wording import visible

UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def literal(text: str) -> str:
    """Return a text in which what XML 1.0 forbids, or what would turn the text around it, is a sign that only stands for it."""
    return UNHOLDABLE.sub("�", visible(text))


def one_line(text: str) -> str:
    """Return such a text on one line."""
    return " ".join(literal(text).split())
