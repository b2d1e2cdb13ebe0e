"""The paper as Markdown: every word literal, tables that hold, figures as the tables behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count

from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    Span,
    Table,
    Text,
    TickBox,
    TickBoxes,
)
from partnerselect.words.literal import MARKS, visible

LISTED = re.compile(r"^(\d+)([.)])(?=\s|$)")
OPENING = re.compile(r"^([-+=:])")
"""What would begin a list, an underline or a row of a table at the start of a line."""
BREAK = "\\\n"


def markdown(content: PaperContent) -> str:
    """Render the paper."""
    writing = _Writing(content.mark)
    parts = [
        *_front(content),
        *(part for block in content.blocks for part in writing.block(block)),
        "---",
        literal(content.footer),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def literal(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line."""
    line = _inline(text).strip()
    return OPENING.sub(r"\\\1", LISTED.sub(r"\1\\\2", line))


def lines(text: str) -> str:
    """Return text that Markdown shows as it stands, its line breaks kept."""
    if "\n" not in text:
        return _inline(text)
    return BREAK.join(literal(line) for line in text.splitlines() if line.strip())


def _inline(text: str) -> str:
    return visible(re.sub(r"\s+", " ", text)).translate(MARKS)


def _front(content: PaperContent) -> Iterator[str]:
    yield f"# {literal(content.cover.title)}"
    yield _strong(content.mark)
    yield _strong(content.cover.body)
    yield _grid(
        (Column("Cover"), Column("")),
        tuple(((Span(label, strong=True),), value) for label, value in content.cover.lines),
    )


class _Writing:
    """Blocks one after the other; tables and figures are counted as they come."""

    def __init__(self, mark: str) -> None:
        self._mark, self._tables, self._figures = mark, count(1), count(1)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{'#' * (block.level + 1)} {literal(f'{block.number} {block.text}'.strip())}"
            case Paragraph():
                yield (
                    f"{f'**{literal(block.number)}** ' if block.number else ''}{_text(block.text, lines)}"
                )
            case Bullets():
                yield "\n".join(f"- {_cell(item)}" for item in block.items)
            case TickBoxes():
                yield " · ".join(_box(box) for box in block.boxes)
            case Table():
                yield from self._table(block, f"Table {next(self._tables)}. {block.caption}")
            case Figure():
                yield f"*{literal(f'Figure {next(self._figures)}: {block.alt}')}*"
                yield from self._table(block.table, block.caption) if block.table else ()

    def _table(self, table: Table, caption: str) -> Iterator[str]:
        yield BREAK.join(part for part in (_strong(caption), _emphasised(self._mark)) if part)
        yield _grid(table.columns, table.rows)
        yield literal(table.note)


def _grid(columns: tuple[Column, ...], rows: tuple[tuple[Text, ...], ...]) -> str:
    if not rows:
        return "None."
    head = f"| {' | '.join(literal(column.title) for column in columns)} |"
    rule = f"| {' | '.join('---:' if column.align == 'right' else '---' for column in columns)} |"
    return "\n".join(
        [head, rule, *(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)]
    )


def _box(box: TickBox) -> str:
    return f"{'☑' if box.ticked else '☐'} {literal(box.label)}"


def _cell(text: Text) -> str:
    return _text(text, _inline).strip()


def _text(text: Text, shown: Callable[[str], str]) -> str:
    written = "".join(_span(span, shown) for span in text)
    return OPENING.sub(r"\\\1", LISTED.sub(r"\1\\\2", written))


def _span(span: Span, shown: Callable[[str], str]) -> str:
    """Return a run of text; marks stand at its words, blanks outside them."""
    if span.missing:
        return _emphasised(f"[to be written: {span.text}]")
    words = shown(span.text)
    bare = words.strip()
    return words.replace(bare, f"**{bare}**", 1) if span.strong and bare else words


def _strong(text: str) -> str:
    return f"**{literal(text)}**" if text.strip() else ""


def _emphasised(text: str) -> str:
    return f"*{literal(text)}*" if text.strip() else ""
