"""The paper laid out for a screen: tables as columns where they fit, else row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from textual.content import Content

from partnerselect.report import Block, Bullets, Figure, Heading, PaperContent, Paragraph, TickBoxes
from partnerselect.tables import Table, Text
from partnerselect.tui.charts.grid import table_lines
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import MUTED, Lines, plain, wrapped

HEADING, LABEL, TO_WRITE = "bold $primary", "bold", "bold $warning"
SECTION = "section "
"""What the key of a heading worth a leap begins with."""
SHORT = 6
"""Cells of a label behind which text hangs."""


def paper_sheet(content: PaperContent, width: int) -> Sheet:
    """Lay out the paper; every block is an item."""
    tables, figures = count(1), count(1)
    items = [Item("cover", tuple(_cover(content, width)))]
    for position, block in enumerate(content.blocks):
        match block:
            case Table():
                lines = tuple(
                    _table(block, f"Table {next(tables)}. {block.title}", content.mark, width)
                )
            case Figure():
                lines = tuple(
                    _figure(
                        block,
                        next(figures),
                        next(tables) if block.table else 0,
                        content.mark,
                        width,
                    )
                )
            case _:
                lines = tuple(_block(block, width))
        items.append(_item(block, position, lines))
    items.append(Item("footer", tuple(wrapped(content.footer, width, MUTED))))
    return Sheet(tuple(items))


def _item(block: Block, position: int, lines: Lines) -> Item:
    """Return a block as an item, with an empty line below it.

    A heading stands close over its text.
    """
    if isinstance(block, Heading):
        # the least of three
        return Item(f"{SECTION if block.level < 3 else ''}{position}", lines)  # noqa: PLR2004
    return Item(f"{position}", (*lines, Content("")))


def _cover(content: PaperContent, width: int) -> Iterator[Content]:
    yield from wrapped(content.cover.title, width, HEADING)
    yield from wrapped(content.mark, width, "$warning")
    yield from wrapped(content.cover.body, width, LABEL)
    for label, value in content.cover.lines:
        yield from _hanging(f"{label}: ", value, width)
    yield Content("")


def _block(block: Block, width: int) -> Iterator[Content]:
    match block:
        case Heading():
            yield from wrapped(
                f"{block.number} {block.text}".strip(),
                width,
                HEADING if block.level < 3 else LABEL,  # noqa: PLR2004
            )
        case Paragraph():
            yield from _hanging(f"{block.number} " if block.number else "", block.text, width)
        case Bullets():
            for item in block.items:
                yield from _hanging("• ", item, width)
        case TickBoxes():
            yield from wrapped(
                "  ".join(f"{'☑' if box.ticked else '☐'} {box.label}" for box in block.boxes), width
            )


def _hanging(label: str, text: Text, width: int) -> Iterator[Content]:
    """Return text behind its label; behind a short one, further lines are set in."""
    parts = [
        (plain(span.words), TO_WRITE)
        if span.missing
        else (_kept(span.text), LABEL if span.strong else "")
        for span in text
    ]
    long = Content(label).cell_length
    indent = long if long <= SHORT else 0
    if not indent:
        parts.insert(0, (_kept(label), MUTED))
    for number, line in enumerate(Content.assemble(*parts).wrap(max(width - indent, 8))):
        yield (
            Content.assemble(
                (label.ljust(indent) if number == 0 else " " * indent, MUTED) if indent else ""
            )
            + line.rstrip()
        )


def _kept(words: str) -> str:
    """Return words as a terminal prints them, with the blanks at their ends."""
    before, after = " " * words[:1].isspace(), " " * (words[-1:].isspace() and bool(words.strip()))
    return f"{before}{plain(words)}{after}"


def _table(table: Table, caption: str, mark: str, width: int) -> Iterator[Content]:
    yield from wrapped(caption, width, LABEL)
    yield from wrapped(mark, width, "$warning")
    yield from table_lines(table, width)
    yield from wrapped(table.note, width, MUTED)


def _figure(figure: Figure, number: int, numbered: int, mark: str, width: int) -> Iterator[Content]:
    yield from wrapped(
        f"Figure {number}: {figure.alt} It is drawn in the other forms.", width, MUTED
    )
    if figure.table:
        yield from _table(figure.table, f"Table {numbered}. {figure.title}", mark, width)
