"""From the content to the document, block by block."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document
from docx.shared import Length, Mm

from partnerselect.report.figures import figure_png
from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    TickBoxes,
    depths,
    numbered,
)
from partnerselect.report.render.word.elements import (
    LANDSCAPE,
    NUMBERED,
    PORTRAIT,
    SMALL,
    add_bookmark,
    add_field,
    add_link,
    add_mark,
    add_section,
    add_text,
    add_tick_box,
    describe,
    empty_document,
    saved,
    turn,
)
from partnerselect.report.render.word.tables import add_pairs, add_table, is_wide
from partnerselect.tables import Table
from partnerselect.words import visible

AS_TABLE = "figure-as-table-"
"""Of the bookmarks: the number of the figure follows."""
TALLEST = Mm(225)
"""Of a picture: a page between its margins, less its caption."""


def word(content: PaperContent) -> bytes:
    """Render the paper."""
    document = empty_document(content)
    _front(document, content)
    sideways = False
    for (block, number), depth, wide in zip(
        numbered(content.blocks),
        depths(content.blocks),
        _on_wide_pages(content.blocks),
        strict=True,
    ):
        if wide != sideways:
            add_section(document, wide=wide)
        sideways = wide
        if isinstance(block, Heading):
            _say(document, f"{block.number} {block.text}".strip(), f"Heading {depth}")
        else:
            _add(document, block, number, content.mark)
    if sideways:
        add_section(document, wide=False)
    document.add_paragraph(visible(content.footer), SMALL)
    _figures_as_tables(document, content)
    return saved(document)


def _front(document: Document, content: PaperContent) -> None:
    if content.cover.body:
        document.add_paragraph(visible(content.cover.body), SMALL)
    _say(document, content.cover.title, "Title")
    add_pairs(document, content.cover.lines, content.cover.title)


def _on_wide_pages(blocks: tuple[Block, ...]) -> list[bool]:
    """Tell which blocks stand on pages on their side: wide tables and the headings above them."""
    wide = [isinstance(block, Table) and is_wide(block) for block in blocks]
    for n in reversed(range(len(blocks) - 1)):
        wide[n] = wide[n] or (wide[n + 1] and isinstance(blocks[n], Heading))
    return wide


def _add(
    document: Document,
    block: Paragraph | Bullets | TickBoxes | Table | Figure,
    number: int,
    mark: str,
) -> None:
    match block:
        case Paragraph():
            paragraph = document.add_paragraph(
                f"{block.number}\t" if block.number else "", NUMBERED if block.number else None
            )
            add_text(paragraph, block.text)
        case Bullets():
            for item in block.items:
                add_text(document.add_paragraph(style="List Bullet"), item)
        case TickBoxes():
            _tick_boxes(document, block)
        case Table():
            _caption(document, "Table", number, block.title, mark)
            _table(document, block)
        case Figure():
            _caption(document, "Figure", number, block.title, mark)
            _picture(document, block)
            if block.table:
                document.paragraphs[-1].paragraph_format.keep_with_next = True
                add_link(
                    document.add_paragraph(style=SMALL),
                    "The same as a table",
                    f"{AS_TABLE}{number}",
                )


def _figures_as_tables(document: Document, content: PaperContent) -> None:
    """End with what the pictures show as tables, each reached from its picture by a link."""
    drawn = [
        (block, number)
        for block, number in numbered(content.blocks)
        if isinstance(block, Figure) and block.table
    ]
    if not drawn:
        return
    wide = any(is_wide(figure.table) for figure, _ in drawn if figure.table)
    add_section(document, wide=wide)
    _say(document, "The figures as tables", f"Heading {min(2, max(1, *depths(content.blocks)))}")
    for figure, number in drawn:
        caption = document.add_paragraph(f"Figure {number} as a table. ", "Caption")
        caption.add_run(visible(figure.title)).bold = False
        add_mark(caption, content.mark)
        add_bookmark(caption, f"{AS_TABLE}{number}", number)
        if figure.table and figure.table.rows:
            add_table(document, figure.table, LANDSCAPE if wide else PORTRAIT)


def _say(document: Document, text: str, style: str) -> None:
    turn(document.add_paragraph(visible(text), style), text)


def _tick_boxes(document: Document, block: TickBoxes) -> None:
    paragraph = document.add_paragraph()
    for n, box in enumerate(block.boxes):
        if n:
            paragraph.add_run("   \N{EM SPACE}")
        add_tick_box(paragraph, box.label, ticked=bool(box.ticked))


def _caption(document: Document, label: str, number: int, text: str, mark: str) -> None:
    paragraph = document.add_paragraph(f"{label} ", "Caption")
    add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f". {visible(text)}").bold = False
    add_mark(paragraph, mark)


def _table(document: Document, table: Table) -> None:
    if table.rows:
        add_table(document, table, LANDSCAPE if is_wide(table) else PORTRAIT)
    else:
        document.add_paragraph("None.")
    document.add_paragraph(visible(table.note), SMALL)


def _picture(document: Document, figure: Figure) -> None:
    shape = document.add_picture(BytesIO(figure_png(figure)))
    scale = min(PORTRAIT / shape.width, TALLEST / shape.height, 1.0)
    shape.width, shape.height = Length(int(shape.width * scale)), Length(int(shape.height * scale))
    describe(shape._inline, figure.title, figure.alt)
