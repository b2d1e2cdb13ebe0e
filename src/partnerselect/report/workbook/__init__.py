"""The workbook of one analysis: a sheet for each question, with formulas where numbers change."""

from __future__ import annotations

import io
from collections.abc import Iterator

from partnerselect.analysis import Analysis
from partnerselect.report.workbook import findings, inputs, results
from partnerselect.report.workbook.book import Book
from partnerselect.report.workbook.sheets import Sheet, write_workbook
from partnerselect.value import mark_of


def workbook(analysis: Analysis) -> bytes:
    """Return the workbook as the content of a file; the same bytes for the same analysis."""
    content = io.BytesIO()
    mark = mark_of(analysis.scenario)
    write_workbook(content, _sheets(Book(analysis)), mark=mark)
    return content.getvalue()


def _sheets(book: Book) -> Iterator[Sheet]:
    yield results.recommendation_sheet(book)
    yield findings.guide_sheet(book)
    yield results.ranking_sheet(book)
    yield from results.allocation_sheets(book)
    yield from inputs.input_sheets(book)
    yield from findings.sureness_sheets(book)
    yield findings.checks_sheet(book)
