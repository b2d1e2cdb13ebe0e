"""Tables as wide as their page, columns as wide as their words need.

The head repeats, and no row is torn in two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table as Drawn, _Cell as Cell

from partnerselect.report.render.word.elements import IN_TABLE, PORTRAIT, add_text, element
from partnerselect.tables import Span, Table, Text
from partnerselect.words import one_line

LETTER, BOLD, PADDING = Mm(1.5), Mm(2), Mm(5)
"""What a letter, one of a figure that may stand out, and the sides of a cell take up."""
UNBROKEN, LONGEST_WORD, LONGEST_LINE = 10, 22, 160
"""Letters of a short text that is kept on one line; of a word that a column has room for; and of a
text that asks for more."""
CRAMPED = 0.9
"""The share of an upright page that a table's longest words may fill."""
SHORT = 9
"""Rows, the head among them, that are kept on one page."""
LABELS = Mm(32)
"""Width of the labels on the front."""
ROOMY = 1.25
"""Times the room that a column must have, which it is given where there is more: fonts differ."""
TALLEST_ROW = 1_200
"""Letters of a cell up to which its row may be kept on one page."""


def is_wide(table: Table) -> bool:
    """Tell whether a table asks for a page on its side, so that words are not torn."""
    return bool(table.rows) and sum(least for least, _ in _needs(table)) > CRAMPED * PORTRAIT


@dataclass(frozen=True)
class _Grid:
    """A table being filled, row by row."""

    drawn: Drawn
    text_style: str
    to_the_right: Sequence[bool]
    widths: Sequence[Length]

    def add_row(self, texts: Sequence[Text]) -> None:
        """Add a row, each cell literal; one that no page could hold may be torn."""
        row = self.drawn._tbl.add_tr()
        if max(len(_plain(text)) for text in texts) <= TALLEST_ROW:
            row.get_or_add_trPr().append(element("cantSplit"))
        for text, is_figure, width in zip(texts, self.to_the_right, self.widths, strict=True):
            cell = Cell(row.add_tc(), self.drawn)
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph._p.style = (
                self.text_style
            )  # by its id: by its name the library looks through all styles for every cell
            if is_figure:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            add_text(paragraph, text)


def add_table(document: Document, table: Table, width: Length) -> None:
    """Add a table with its head, each cell literal."""
    grid = _grid(
        document,
        table.title,
        [column.is_figure for column in table.columns],
        column_widths(_needs(table), width),
        "Paper table",
    )
    grid.add_row([(Span(column.heading, strong=True),) for column in table.columns])
    for row in table.texts():
        grid.add_row(row)
    rows = grid.drawn._tbl.tr_lst
    rows[0].get_or_add_trPr().append(element("tblHeader"))
    kept = rows[: -1 if len(rows) <= SHORT else 1]
    for row in [*kept, *(rows[-1:] if table.note else ())]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def add_pairs(document: Document, pairs: Sequence[tuple[str, Text]], caption: str) -> None:
    """Add labels and what stands beside them, two pairs a row, without a head."""
    widths = (LABELS, Length(PORTRAIT // 2 - LABELS)) * 2
    grid = _grid(document, caption, (False,) * 4, widths, "Paper cover")
    cells = [((Span(label, strong=True),), text) for label, text in pairs]
    for left, right in zip_longest(cells[::2], cells[1::2], fillvalue=((), ())):
        grid.add_row([*left, *right])


def _needs(table: Table) -> list[tuple[int, int]]:
    """Return for every column what its longest word takes up, and its longest text."""
    rows = [[_plain(cell) for cell in row] for row in table.texts()]
    return [
        _needed(
            one_line(column.heading), [row[n] for row in rows], BOLD if column.is_figure else LETTER
        )
        for n, column in enumerate(table.columns)
    ]


def _needed(heading: str, texts: Sequence[str], letter: Length) -> tuple[int, int]:
    word, head = (_longest_word(part) for part in (texts, [heading]))
    line = max(map(len, texts), default=0)
    short = line if line <= UNBROKEN else 0
    least = PADDING + max(letter * max(short, word), BOLD * head)
    roomy = PADDING + int(ROOMY * (least - PADDING))
    return least, max(roomy, PADDING + letter * min(max(line, len(heading)), LONGEST_LINE))


def _longest_word(texts: Sequence[str]) -> int:
    return min(max((len(word) for text in texts for word in text.split()), default=1), LONGEST_WORD)


def _plain(text: Text) -> str:
    return one_line("".join(span.text for span in text))


def column_widths(needs: Sequence[tuple[int, int]], width: int) -> list[Length]:
    """Share a width out: first what every column must have, then the rest by what each wants."""
    least, most = sum(low for low, _ in needs), sum(high for _, high in needs)
    if least >= width or most == least:
        return [Length(low * width // least) for low, _ in needs]
    return [
        Length(int(low + (high - low) * (width - least) / (most - least))) for low, high in needs
    ]


def _grid(
    document: Document,
    caption: str,
    to_the_right: Sequence[bool],
    widths: Sequence[Length],
    style: str,
) -> _Grid:
    """Add an empty table of fixed widths, named for those who hear the document."""
    drawn: Drawn = document.add_table(rows=0, cols=len(widths), style=style)
    drawn.autofit = False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    drawn._tbl.tblPr.append(element("tblCaption", val=one_line(caption)))
    return _Grid(drawn, document.styles[IN_TABLE].style_id, to_the_right, widths)
