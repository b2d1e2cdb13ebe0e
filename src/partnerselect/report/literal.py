"""Text as it was typed, in files that cannot hold every character."""

from __future__ import annotations

import re

UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def literal(text: str) -> str:
    """Return a text with every character that XML 1.0 forbids (controls, lone surrogates) shown as �."""
    return UNHOLDABLE.sub("�", text)


def one_line(text: str) -> str:
    """Return such a text on one line."""
    return " ".join(literal(text).split())
