"""Small pieces that every section writes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partnerselect.report.paper.content import Paragraph
from partnerselect.tables import Cell, Column, Span, Table, Text


def plain(text: str) -> Text:
    """Return text as it stands."""
    return (Span(text),)


def strong(text: str) -> Text:
    """Return text that stands out."""
    return (Span(text, strong=True),)


def missing(what: str) -> Text:
    """Return what is still to be written."""
    return (Span(what, missing=True),)


def typed(text: str, what: str) -> Text:
    """Return what was typed; where nothing was, what is to be written."""
    return plain(text.strip()) if text.strip() else missing(what)


def day(date: dt.date | None) -> str:
    """Return a date as 28 July 2021; a dash where there is none."""
    return "—" if date is None else f"{date.day} {date:%B %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: one programme, 9 programmes."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def table(
    id: str,  # noqa: A002 - as the table has it
    title: str,
    columns: str | tuple[Column, ...],
    rows: Iterable[Iterable[Cell]],
    *sources: str,
    note: str = "",
) -> Table:
    """Return a table.

    Args:
        id: of the table.
        title: what it shows.
        columns: of our own words, headings separated by `|`, one that ends in `>` over figures;
            where headings are data, the columns.
        rows: a cell for each column.
        sources: paths or computed tables.
        note: what a reader should know.
    """
    heads = tuple(map(_column, columns.split("|"))) if isinstance(columns, str) else columns
    return Table(id, title, heads, tuple(map(tuple, rows)), note, sources=sources)


def _column(heading: str) -> Column:
    title = heading.strip()
    bare = title.removesuffix(">").strip()
    return Column(bare, kind="number" if title.endswith(">") else "text")


@dataclass
class Numbering:
    """The numbers of the paragraphs of a section: 1.1, 1.2 and so on."""

    section: int
    last: int = 0

    def paragraph(self, text: Text | str, *sources: str) -> Paragraph:
        """Return the next paragraph."""
        self.last += 1
        return Paragraph(
            plain(text) if isinstance(text, str) else text, f"{self.section}.{self.last}", sources
        )

    def paragraphs(self, texts: Iterable[str], *sources: str) -> Iterator[Paragraph]:
        """Yield a paragraph for each text that is not empty."""
        yield from (self.paragraph(text, *sources) for text in texts if text)
