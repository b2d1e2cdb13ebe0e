"""The paper laid out for a screen: tables as columns where they fit, else row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from textual.content import Content

from partnerselect.report import Block, Bullets, Figure, Heading, PaperContent, Paragraph, TickBoxes
from partnerselect.tables import Table, Text
from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import MUTED, cells, fitted, plain, right, width_of, wrapped

HEADING, LABEL, TO_WRITE = "bold $primary", "bold", "bold $warning"
SECTION = "section "
"""What the key of a heading worth a leap begins with."""
SHORT = 6
"""Cells of a label behind which text hangs."""
GAP = 2
WIDEST = 40
"""Cells of a column beyond which a table is told row by row."""


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
    indent = width_of(label) if width_of(label) <= SHORT else 0
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
    yield from _grid(table, width)
    yield from wrapped(table.note, width, MUTED)


def _figure(figure: Figure, number: int, numbered: int, mark: str, width: int) -> Iterator[Content]:
    yield from wrapped(
        f"Figure {number}: {figure.alt} It is drawn in the other forms.", width, MUTED
    )
    if figure.table:
        yield from _table(figure.table, f"Table {numbered}. {figure.title}", mark, width)


def _grid(table: Table, width: int) -> Lines:
    """Return columns side by side where they fit, else every row on its own."""
    rows = [[_flat(cell) for cell in row] for row in table.texts()]
    heads = [plain(column.heading) for column in table.columns]
    widths = [
        max([width_of(head), *(width_of(row[i]) for row in rows)]) for i, head in enumerate(heads)
    ]
    if sum(widths) + GAP * (len(widths) - 1) > width or max(widths) > max(WIDEST, width // 2):
        return tuple(line for row in rows for line in _one_by_one(heads, row, width))
    sides = [column.is_figure for column in table.columns]
    lines = [_line(heads, widths, sides, MUTED), *(_line(row, widths, sides, "") for row in rows)]
    return tuple(lines)


def _line(row: list[str], widths: list[int], sides: list[bool], style: str) -> Content:
    return cells(
        *(
            right(text, size, style) if side else fitted(text, size, style)
            for text, size, side in zip(row, widths, sides, strict=True)
        ),
        gap=GAP,
    )


def _one_by_one(heads: list[str], row: list[str], width: int) -> Iterator[Content]:
    yield from wrapped(row[0] or "—", width, LABEL)
    for head, text in zip(heads[1:], row[1:], strict=True):
        if text:
            yield from wrapped(f"{head}: {text}" if head else text, width, indent=2)


def _flat(text: Text) -> str:
    return " ".join(plain(span.words) for span in text)
