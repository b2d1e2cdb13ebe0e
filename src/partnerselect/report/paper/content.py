"""What a paper is made of, whatever it is rendered to: text in blocks that know their sources.

Text is literal everywhere: renderers escape it, they never read markup in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from partnerselect.tables import Table, Text

FigureKind = Literal["contributions", "frontier", "acceptability", "sensitivity"]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a section of the paper (1 Analysis), the others stand inside it."""

    level: Literal[1, 2, 3]
    text: str
    number: str = ""
    """Of a section: 1, 2 …; empty where it has none."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, numbered within its section where the paper numbers it (1.1)."""

    text: Text
    number: str = ""
    sources: tuple[str, ...] = ()
    """Paths in the YAML (`limits.budget`) or computed tables (`table: recommendation`)."""


@dataclass(frozen=True)
class Bullets:
    """A list of short statements."""

    items: tuple[Text, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class TickBox:
    """A box to tick: yes, no, or not said."""

    label: str
    ticked: bool | None


@dataclass(frozen=True)
class TickBoxes:
    """A row of boxes."""

    boxes: tuple[TickBox, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure as data; what draws it knows the colours, and `alt` says what a reader would see."""

    id: str
    kind: FigureKind
    title: str
    alt: str
    data: tuple[dict[str, Any], ...]
    """Plain rows, as a table of them would print; `report.figures` says what they hold by kind."""
    sources: tuple[str, ...] = ()
    table: Table | None = None
    """The same for who cannot see the figure, or reads where none can be drawn."""


Block = Heading | Paragraph | Bullets | TickBoxes | Table | Figure


@dataclass(frozen=True)
class Cover:
    """The front of the paper: labelled lines in order."""

    title: str
    body: str
    """Who the paper goes to, whether in public, and of which scenario it is."""
    lines: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class PaperContent:
    """The whole paper."""

    cover: Cover
    mark: str
    """What every page and table says, such as that the figures are illustrative; may be empty."""
    blocks: tuple[Block, ...]
    footer: str
    """What reproduces it: content hash, seed, solver, versions."""


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
