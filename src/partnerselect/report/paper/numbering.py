"""Tables and figures are counted as they come, in every form of the paper alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from partnerselect.report.paper.content import Block


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """Return every block with its place among the blocks of its kind, from 1."""
    counts: dict[type, count[int]] = {}
    return ((block, next(counts.setdefault(type(block), count(1)))) for block in blocks)
