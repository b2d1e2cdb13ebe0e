"""Tables and figures are counted as they come, and headings descend one step at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from partnerselect.report.paper.content import Block, Heading


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """Return every block with its place among the blocks of its kind, from 1."""
    counts: dict[type, count[int]] = {}
    return ((block, next(counts.setdefault(type(block), count(1)))) for block in blocks)


def depths(blocks: Sequence[Block]) -> list[int]:
    """Return how deep every heading stands under others, from 1; 0 of what is no heading."""
    above: list[int] = []
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [*(level for level in above if level < block.level), block.level]
        found.append(len(above) if isinstance(block, Heading) else 0)
    return found
