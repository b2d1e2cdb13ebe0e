"""The workbook of one analysis: a sheet for each question, with formulas where numbers change."""

from __future__ import annotations

import io
from collections.abc import Iterator

from partnerselect.report.paper.front import key_points
from partnerselect.report.paper.inputs import PaperInputs
from partnerselect.report.workbook import findings, inputs, results
from partnerselect.report.workbook.book import Book
from partnerselect.report.workbook.sheets import Sheet, write_workbook
from partnerselect.value import mark_of


def workbook(asked: PaperInputs) -> bytes:
    """Return the workbook as the content of a file; the same bytes for the same analysis."""
    content = io.BytesIO()
    mark = mark_of(asked.analysis.scenario)
    write_workbook(content, _sheets(asked), mark=mark)
    return content.getvalue()


def _sheets(asked: PaperInputs) -> Iterator[Sheet]:
    book = Book(asked.analysis)
    yield results.recommendation_sheet(book, key_points(asked))
    yield findings.guide_sheet(book)
    yield results.ranking_sheet(book)
    yield from results.allocation_sheets(book)
    yield from inputs.input_sheets(book)
    yield from findings.sureness_sheets(book)
    yield findings.checks_sheet(book)
