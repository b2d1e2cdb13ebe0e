"""The paper as Markdown: every word literal, figures as the tables behind them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    TickBox,
    TickBoxes,
)
from partnerselect.report.render.markdown import (
    BREAK,
    NONE,
    emphasised,
    grid,
    lines,
    literal,
    spans,
    strong,
)
from partnerselect.tables import Column, Span, Table


def markdown(content: PaperContent) -> str:
    """Render the paper."""
    writing = _Writing(content.mark)
    parts = [
        *_front(content),
        *(part for block in content.blocks for part in writing.block(block)),
        *(("---", literal(content.footer)) if content.footer else ()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(content: PaperContent) -> Iterator[str]:
    yield f"# {literal(content.cover.title)}"
    yield strong(content.mark)
    yield strong(content.cover.body)
    cells = tuple(((Span(label, strong=True),), value) for label, value in content.cover.lines)
    if cells:
        yield grid(Table("cover", "", (Column("label", "Cover"), Column("value", "")), cells))


class _Writing:
    """Blocks one after the other; tables and figures are counted as they come."""

    def __init__(self, mark: str) -> None:
        self._mark, self._tables, self._figures = mark, count(1), count(1)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{'#' * (block.level + 1)} {literal(f'{block.number} {block.text}'.strip())}"
            case Paragraph():
                number = f"**{literal(block.number)}** " if block.number else ""
                yield f"{number}{spans(block.text, lines)}"
            case Bullets():
                yield "\n".join(f"- {spans(item).strip()}" for item in block.items)
            case TickBoxes():
                yield " · ".join(_box(box) for box in block.boxes)
            case Table():
                yield from self._table(block, f"Table {next(self._tables)}. {block.title}")
            case Figure():
                yield emphasised(f"Figure {next(self._figures)}: {block.alt}")
                yield from self._table(block.table, block.title) if block.table else ()

    def _table(self, table: Table, caption: str) -> Iterator[str]:
        yield BREAK.join(part for part in (strong(caption), emphasised(self._mark)) if part)
        yield grid(table) if table.rows else NONE
        yield "\n".join(literal(line) for line in table.note.split("\n"))


def _box(box: TickBox) -> str:
    return f"{'☑' if box.ticked else '☐'} {literal(box.label)}"
