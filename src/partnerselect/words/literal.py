"""Text as it was typed, harmless where it is read: on a terminal, in a file, a cell, a page."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

SEEN: dict[int, str | int] = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys((0x2028, 0x2029), "\n"),
    **dict.fromkeys(
        [
            *range(0x80, 0xA0),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0xD800, 0xE000),
            *range(0xFFF9, 0xFFFC),
            0xFFFE,
            0xFFFF,
        ],
        0xFFFD,
    ),
}
"""What would steer a terminal, turn text around or break a file, to what stands for it."""
FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width
"""How a text begins that a spreadsheet would take for a formula."""
MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#&~"})
"""What Markdown reads as its own, to the same taken literally."""
TEXTS = 4_096
"""Texts of which the cell is kept: a batch writes the same titles thousands of times."""
STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
"""What JSON may hold, and a terminal must not be given."""


def visible(text: str) -> str:
    """Return text that a terminal prints, and XML holds, as it stands: nothing in it steers."""
    return text if text.isprintable() else text.translate(SEEN)


def one_line(text: str) -> str:
    """Return such text on one line."""
    return " ".join(visible(text).split())


@lru_cache(maxsize=TEXTS)
def csv_cell(text: str) -> str:
    """Return text for a cell or a heading: never a formula, nor a return that breaks the row."""
    held = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{held}" if held.startswith(FORMULA) else held


def json_text(value: Any, indent: int | None = 1) -> str:  # noqa: ANN401 - any plain data
    """Return plain data as JSON that reads back to the same and steers no terminal.

    Without `indent` it stands on one line.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False, default=str)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
