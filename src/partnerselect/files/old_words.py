"""Words of earlier versions that still read, and what they are called now."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.errors import Loc
from partnerselect.files.layers import Data

NOW = {"trust-cost": "own-cost", "trust-cost-per-day": "own-cost-per-day"}
"""Of a criterion's `from`, since 0.2."""


def with_new_words(data: Data) -> Data:
    """Return data, such as an earlier version kept, in today's words."""
    for _ in renewed(data):
        pass
    return data


def renewed(data: Data) -> Iterator[tuple[Loc, str]]:
    """Put today's words in the place of old ones, yielding where each stood and what it was."""
    yield from _criteria(data.get("criteria"), ("criteria",))
    swept = data.get("sweep")
    for path, values in swept.items() if isinstance(swept, dict) else ():
        if str(path).endswith(".from") and isinstance(values, list):
            for position, word in enumerate(values):
                if isinstance(word, str) and word in NOW:
                    values[position] = NOW[word]
                    yield ("sweep", path, position), word


def _criteria(node: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if not isinstance(node, dict):
        return
    word = node.get("from")
    if isinstance(word, str) and word in NOW:
        node["from"] = NOW[word]
        yield (*loc, "from"), word
    for key, child in node.items():
        yield from _criteria(child, (*loc, key))
